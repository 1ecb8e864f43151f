"""People in three zones, the real programme and the real policy."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from programme.model.participants import Participant
from programme.model.zones import Zone
from programme.programme import Programme, load_programme
from reminders.policy import Policy, load_policy

JOINED = datetime(2021, 9, 23, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def programme() -> Programme:
    return load_programme()


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load_policy()


@pytest.fixture
def jakarta() -> Participant:
    return Participant(id=1, wave=21, zone=Zone.WIB, joined_at=JOINED)


@pytest.fixture
def makassar() -> Participant:
    return Participant(id=2, wave=21, zone=Zone.WITA, joined_at=JOINED)


@pytest.fixture
def jayapura() -> Participant:
    return Participant(id=3, wave=21, zone=Zone.WIT, joined_at=JOINED)
