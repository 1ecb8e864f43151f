from __future__ import annotations

import pytest
from talking import Talk

from programme.model.participants import Participant
from programme.model.zones import Zone


@pytest.fixture
def talk() -> Talk:
    """Somebody of whom nothing is known yet, on Monday 18 October 2021 at 09.00 WIB."""
    return Talk()


@pytest.fixture
def jakarta() -> Talk:
    """A participant of wave 21 in Jakarta who has not bought yet."""
    return Talk(Participant(id=1, welcomed=True, wave=21, zone=Zone.WIB))


@pytest.fixture
def makassar() -> Talk:
    """A participant of wave 21 in Makassar who has not bought yet."""
    return Talk(Participant(id=2, welcomed=True, wave=21, zone=Zone.WITA))


@pytest.fixture
def jayapura() -> Talk:
    """A participant of wave 21 in Jayapura who has not bought yet."""
    return Talk(Participant(id=3, welcomed=True, wave=21, zone=Zone.WIT))
