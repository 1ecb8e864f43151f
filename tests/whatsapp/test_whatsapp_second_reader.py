"""pywa reads the same webhooks: both must say the same of who wrote what."""

from __future__ import annotations

from typing import Any

import pytest
import pywa
from pywa import types

from bot.channels.whatsapp.items import NextPage
from programme.model.messages import Incoming, Sort
from tests.whatsapp.real import needs_webhooks, reader_of, real_webhooks


@needs_webhooks
@pytest.mark.parametrize("name", [name for name in real_webhooks() if name.startswith("message/")])
def test_messages_are_read_alike(name: str) -> None:
    payload = real_webhooks()[name]
    theirs = types.Message.from_update(client=_client(), update=payload)
    ours = _first(payload)
    if ours is None:
        assert theirs.type.value == "reaction"
        return
    assert {ours.address, *ours.aliases} == {theirs.from_user.bsuid, theirs.from_user.wa_id}
    assert (ours.message, ours.at, ours.name) == (theirs.id, theirs.timestamp, theirs.from_user.name)
    assert ours.text == (theirs.text or theirs.caption or "")
    assert ours.forwarded == (theirs.forwarded or theirs.forwarded_many_times)
    if ours.attachment is not None:
        assert ours.attachment.reference == theirs.media.id


@needs_webhooks
@pytest.mark.parametrize("name", [name for name in real_webhooks() if name.startswith("callback_")])
def test_presses_are_read_alike(name: str) -> None:
    payload = real_webhooks()[name]
    of_list = name.startswith("callback_selection/")
    kind = types.CallbackSelection if of_list else types.CallbackButton
    theirs, ours = kind.from_update(client=_client(), update=payload), _first(payload)
    assert ours is not None
    assert (ours.sort, ours.text, ours.message) == (Sort.PRESS, theirs.title, theirs.id)
    assert ours.pressed == (theirs.reply_to_message and theirs.reply_to_message.id)


def _client() -> Any:
    return pywa.WhatsApp(phone_id="1", token="a token for tests")


def _first(payload: dict[str, Any]) -> Incoming | None:
    found = reader_of(payload).items(payload)[0]
    assert not isinstance(found, NextPage)
    return found if isinstance(found, Incoming) else None
