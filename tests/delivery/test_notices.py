"""Where a channel may take only approved texts, what is sent there has its notice; elsewhere nothing is looked up."""

from __future__ import annotations

import pytest

from bot.outbound.composer import APPROVED_ONLY, Composer
from bot.store import Store
from programme.model.deliveries import Claimed, Delivery
from programme.model.messages import Kind, Message, Notice
from programme.programme import load_programme
from tests.store.samples import MONDAY, meet

TEXT = "<b>Kabar</b> dari Prakerja:\ndashboard dirawat &amp; dibuka lagi <i>Sabtu</i>."


async def noticed(store: Store, channel: str, kind: Kind, source: str, approved: frozenset[str]) -> Notice | None:
    async with store.writing() as tx:
        person = await meet(tx)
    owed = Delivery(participant=person, source=source, kind=kind, due_at=MONDAY, message=Message(TEXT))
    claimed = Claimed(id=1, attempt=1, delivery=owed, channel=channel, address="1")
    composer = Composer(store, store.clock, load_programme(), approved)
    words = (await composer.words_of([claimed]))[1]
    assert isinstance(words, Message)
    assert words.text == TEXT
    return words.notice


@pytest.mark.usefixtures("in_memory")
@pytest.mark.parametrize(
    ("kind", "source", "notice"),
    [
        (
            Kind.BROADCAST,
            "broadcast/7",
            Notice("announcement", "id", {"text": "Kabar dari Prakerja: dashboard dirawat & dibuka lagi Sabtu."}),
        ),
        (Kind.STAFF, "ticket/12/34", Notice("staff_reply", "id", {"ticket": "#12"})),
        (Kind.STAFF, "broadcast/7/approval", None),
        (Kind.REPLY, "reply/3/0", None),
    ],
)
async def test_what_goes_to_whatsapp_has_its_notice(store: Store, kind: Kind, source: str, notice) -> None:
    assert await noticed(store, "whatsapp", kind, source, APPROVED_ONLY) == notice


async def test_elsewhere_there_is_none(store: Store) -> None:
    assert await noticed(store, "telegram", Kind.BROADCAST, "broadcast/7", APPROVED_ONLY) is None
