"""Whatever a webhook holds, reading it ends, raises nothing, and tells why something is ignored."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import UTC, timedelta

import pytest

from bot.channels.whatsapp.addresses import recipient
from bot.channels.whatsapp.items import Ignored, NextPage
from programme.model.messages import Incoming, Sort
from programme.model.receipts import Receipt
from tests.whatsapp.mutating import mutations
from tests.whatsapp.written import NOW, reader

_WHY = re.compile(r"[a-z_ 0-9:]{1,60}")


def test_nothing_is_too_strange(
    caplog: pytest.LogCaptureFixture, record_property: Callable[[str, object], None]
) -> None:
    record_property("times", 5000)
    caplog.set_level(logging.ERROR)
    ours, read = reader(), 0
    for payload in mutations(5000):
        for item in ours.items(payload):
            read += not isinstance(item, Ignored)
            if isinstance(item, Ignored):
                assert _WHY.fullmatch(item.why)
            elif isinstance(item, NextPage | Incoming):
                _can_be_answered(item.incoming if isinstance(item, NextPage) else item)
            else:
                assert item.at.tzinfo is UTC
                assert item.at <= NOW + timedelta(days=1)
            if isinstance(item, Receipt):
                assert item.message
    assert read > 2000
    assert not caplog.records


def _can_be_answered(said: Incoming) -> None:
    assert recipient(said.address)
    assert all(recipient(alias) for alias in said.aliases)
    assert said.at.tzinfo is UTC
    assert said.message or said.sort in {Sort.MOVED, Sort.MARKETING_OFF, Sort.MARKETING_ON}
    file = said.attachment
    kept = (said.id, said.text, said.name, said.sight, said.message, said.pressed, said.answers)
    words = "".join(filter(None, (*kept, *((file.reference, file.name) if file else ()))))
    assert b"\0" not in words.encode()  # which halves of characters would not survive either
