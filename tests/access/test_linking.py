"""A page on the web knows somebody by a code that Telegram shows: short-lived, used once, tried a few times."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

import pytest

from bot.app.wiring import App, build_app
from bot.channels.channel import FREE, Terms
from bot.channels.web.channel import WebChannel
from bot.cli.chat import DEMO_KEY
from bot.demo.clock import START
from bot.demo.visitor import Visitor
from bot.outbound.worker import deliver_due
from bot.store import RosterRow
from programme.model.clock import SetClock
from programme.model.deliveries import Delivery
from programme.model.linking import LASTS, MOST_WRONG, PAUSE, new_code, plain_code
from programme.model.messages import Incoming, Kind, Message, Open, Sort
from programme.model.phones import OwnNumber
from tests.fakes.open_page import on_page

SARI = "+6281234567890"
_numbers = count(1)


class Telegram:
    """A channel that vouches, and keeps what each chat heard."""

    name = "telegram"

    def __init__(self) -> None:
        self.heard: list[Message] = []

    async def send(
        self,
        address: str,
        message: Message,
        *,
        kind: Kind = Kind.REPLY,
        edits: str | None = None,
        terms: Terms = FREE,
    ) -> str:
        self.heard.append(message)
        return str(next(_numbers))


@dataclass
class Both:
    app: App
    clock: SetClock
    telegram: Telegram
    web: WebChannel

    async def writes(self, text: str = "", address: str = "7", **parts: object) -> str:
        """Write on Telegram; return the answer."""
        before = len(self.telegram.heard)
        sort = {"sort": Sort.TEXT, **parts}
        at = self.clock.now()
        row = await self.app.inbox_processor.take(
            Incoming(
                channel="telegram", address=address, id=str(next(_numbers)), at=at, text=text, can_vouch=True, **sort
            )
        )
        assert row is not None
        await self.app.inbox_processor.answer(row)
        await deliver_due(self.app.sender)
        return "\n".join(message.text for message in self.telegram.heard[before:])

    async def types(self, text: str, address: str = "page") -> str:
        """Type at the page; return the answer."""
        before = len(on_page(self.web, address))
        await Visitor(self.app, self.web, None, address).say(text)
        await deliver_due(self.app.sender)
        return "\n".join(post.message.text for post in on_page(self.web, address)[before:] if not post.own)

    async def code(self) -> str:
        found = re.search(r"<b>([A-Z]{5}-[A-Z]{5})</b>", await self.writes("/sambung"))
        assert found is not None
        return found[1]


@pytest.fixture
async def both() -> AsyncIterator[Both]:
    clock, telegram = SetClock(START), Telegram()
    web = WebChannel(clock)
    channels = {"telegram": telegram, "web": web}
    async with build_app(database=None, clock=clock, channels=channels, key=DEMO_KEY) as app:
        own = OwnNumber(SARI)
        async with app.store.writing() as tx:
            await tx.roster.put([RosterRow(phone_hash=own.hashed(app.inbox_processor.numbers).text, wave=20)])
        opened = Both(app, clock, telegram, web)
        await opened.writes(sort=Sort.CONTACT, number=own)
        yield opened


async def test_the_page_knows_the_person_once_it_is_told_the_code(both: Both) -> None:
    """Official data is there; both sides are told; reminders still go to Telegram."""
    assert "tulis /sambung" in await both.types("/sambung")
    code = await both.code()
    assert "Tersambung" in await both.types(code.lower().replace("-", " "))
    assert "baru saja tersambung" in both.telegram.heard[-1].text
    assert "gelombang: 20" in await both.types("lihat data saya")
    async with both.app.store.reading() as tx:
        person = await tx.people.who("web", "page")
        assert person == await tx.people.who("telegram", "7")
        assert len(await tx.people.places(person or 0)) == 2


async def test_what_is_owed_goes_to_telegram_though_the_page_was_used_last(both: Both) -> None:
    """A page that was closed would swallow the last reminder."""
    await both.types(f"/sambung {await both.code()}")
    both.clock.set(both.clock.now() + timedelta(hours=1))
    await both.types("menu")
    heard = len(both.telegram.heard)
    async with both.app.store.writing() as tx:
        person = await tx.people.who("web", "page")
        owed = Delivery(
            participant=person or 0, source="test", kind=Kind.STAFF, due_at=both.clock.now(), message=Message("Halo")
        )
        await tx.outbox.put([owed])
    await deliver_due(both.app.sender)
    assert [message.text for message in both.telegram.heard[heard:]] == ["Halo"]


async def test_a_code_is_used_once_and_not_for_long(both: Both) -> None:
    """A second page, a late one, and one before a newer code all hear the same."""
    used = await both.code()
    assert "Tersambung" in await both.types(f"/sambung {used}")
    assert "tidak cocok" in await both.types(f"/sambung {used}", "another")
    replaced = await both.code()
    late = await both.code()
    assert "tidak cocok" in await both.types(f"/sambung {replaced}", "another")
    both.clock.set(both.clock.now() + LASTS)
    assert "tidak cocok" in await both.types(f"/sambung {late}", "another")


async def test_wrong_codes_are_looked_at_a_few_times_only(both: Both) -> None:
    """Then even the right one waits."""
    for _try in range(MOST_WRONG):
        assert "tidak cocok" in await both.types(f"/sambung {new_code()}")
    assert "terlalu banyak" in await both.types(f"/sambung {await both.code()}")
    both.clock.set(both.clock.now() + PAUSE)
    assert "Tersambung" in await both.types(f"/sambung {await both.code()}")


async def test_the_person_parts_with_every_page_by_one_touch(both: Both) -> None:
    """The page is a stranger's again, and empty."""
    await both.types(f"/sambung {await both.code()}")
    assert "kuputus" in await both.writes(sort=Sort.PRESS, action=Open("unlink_web"))
    assert on_page(both.web, "page") == ()
    assert "gelombang: 20" not in await both.types("lihat data saya")
    async with both.app.store.reading() as tx:
        assert await tx.people.who("web", "page") != await tx.people.who("telegram", "7")


async def test_a_page_gives_no_codes_and_keeps_none(both: Both) -> None:
    """Only a digest lies in the store, and goes with the person."""
    code = await both.code()
    assert "<b>" not in await both.types("/sambung")
    async with both.app.store.writing() as tx:
        person = await tx.people.who("telegram", "7")
        kept = str((await tx.people.export(person or 0))["link_codes"])
        assert code not in kept
        assert (plain_code(code) or "") not in kept
        await tx.people.forget(person or 0)
        assert await tx.links.use(plain_code(code) or "") is None


@pytest.mark.parametrize("told", ["", "BKTRM", "AEIOU-AEIOU", "12345-67890", "BKTRM-PLSNV-BKTRM", "ya"])
def test_what_is_no_code_is_none(told: str) -> None:
    assert plain_code(told) is None
