"""Who has been silent for too long gets an approved text: its notice goes along; for others nothing is looked up."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.outbound.composer import Composer
from bot.store import Store
from programme.model.deliveries import Claimed, Delivery
from programme.model.events import WaveTold
from programme.model.messages import Kind, Message, Notice
from programme.programme import load_programme
from reminders.policy import load_policy
from tests.store.samples import MONDAY, happen, meet

TEXT = "<b>Kabar</b> dari Prakerja:\ndashboard dirawat &amp; dibuka lagi <i>Sabtu</i>."
SILENT = timedelta(hours=25)


async def composed(
    store: Store,
    kind: Kind,
    source: str,
    *,
    channel: str = "whatsapp",
    silent: timedelta = SILENT,
    words: Message | None = None,
) -> Message:
    async with store.writing() as tx:
        person = await meet(tx)
        await happen(tx, person, WaveTold(21))
    message = None if kind is Kind.REMINDER else words or Message(TEXT)
    owed = Delivery(participant=person, source=source, kind=kind, due_at=MONDAY, message=message)
    heard = store.clock.now() - silent
    claimed = Claimed(id=1, attempt=1, delivery=owed, channel=channel, address="1", heard_at=heard)
    found = (await Composer(store, store.clock, load_programme(), load_policy()).words_of([claimed]))[1]
    assert isinstance(found, Message)
    return found


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
async def test_what_goes_to_somebody_silent_has_its_notice(
    store: Store, kind: Kind, source: str, notice: Notice | None
) -> None:
    assert (await composed(store, kind, source)).notice == notice


@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
async def test_where_one_may_write_freely_there_is_none(store: Store, channel: str) -> None:
    silent = SILENT if channel == "telegram" else timedelta(hours=23)
    assert (await composed(store, Kind.BROADCAST, "broadcast/7", channel=channel, silent=silent)).notice is None


async def test_a_reminder_has_the_picture_that_stays_true(store: Store) -> None:
    """Beside its own, which counts the time that is left."""
    message = await composed(store, Kind.REMINDER, "reminder/21/2021-10-21/H-3")
    assert message.notice is not None
    assert message.notice.picture is not None
    assert "Batas beli pelatihan. Kamis, 21 Oktober 2021. 23.59 WIB" in message.notice.picture.alt
    assert "hari lagi" not in message.notice.picture.alt


async def test_days_that_are_counted_are_good_until_midnight(store: Store) -> None:
    """A text that waits for a phone over night would count one too many."""
    words = Message("Tinggal {sisa_hari} hari.", per_person=True)
    found = await composed(store, Kind.BROADCAST, "broadcast/7", words=words)
    assert found.notice is not None
    assert found.notice.values == {"text": "Tinggal 3 hari."}
    assert found.notice.until == datetime.fromisoformat("2021-10-19T00:00:00+07:00")
