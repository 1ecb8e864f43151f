"""Whose number it is, only a channel can say: whatever is typed opens nobody's data, and deletes nobody's."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

import bot
from bot.app.secret import Secrets
from bot.app.wiring import App, build_app
from bot.channels.web.channel import WebChannel
from bot.cli.chat import DEMO_KEY, open_chat
from bot.demo.clock import START, DemoClock
from bot.demo.people import NOT_BOUGHT, PAID, made_up, seed
from bot.demo.timeline import Timeline
from bot.demo.visitor import Visitor
from bot.store import RosterRow, open_store
from programme.model.clock import SetClock
from programme.model.messages import AskContact
from programme.model.phones import OwnNumber
from tests.fakes.open_page import on_page
from tests.story.town import open_town

ROOT = Path(bot.__file__).parents[1]
NUMBERS = Secrets.of(DEMO_KEY).fresh
SARI = "+6281234567890"

MAY_VOUCH = {
    "OwnNumber": {
        "bot/channels/telegram/receiving.py",
        "bot/channels/whatsapp/contents.py",
        "bot/demo/people.py",
        "bot/cli/chat.py",
    },
    "OwnHash": {"programme/model/phones.py", "bot/store/repositories/inbox.py", "bot/store/repositories/roster.py"},
}
"""Who may say that a number is somebody's own: a channel that vouches, and the demonstration's stand-ins."""


def test_nobody_but_a_channel_that_can_vouch_makes_an_own_number() -> None:
    """Whoever adds a place here answers for it: what it makes opens official data and deletes roster rows."""
    made: dict[str, set[str]] = defaultdict(set)
    for folder in ("bot", "handlers", "reminders", "programme"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "id", None) in MAY_VOUCH:
                    made[node.func.id].add(path.relative_to(ROOT).as_posix())  # type: ignore[union-attr]
    assert dict(made) == MAY_VOUCH


@pytest.fixture
async def page() -> AsyncIterator[tuple[App, WebChannel, SetClock]]:
    clock = SetClock(START)
    channel = WebChannel(clock)
    async with build_app(database=None, clock=clock, channels={"web": channel}, key=DEMO_KEY) as app:
        await seed(app.store, app.inbox_processor.numbers)
        yield app, channel, clock


def _keys(channel: WebChannel) -> list[object]:
    return [key for post in on_page(channel, "a") for row in post.message.keys for key in row]


def _said(channel: WebChannel) -> str:
    return "\n".join(post.message.text for post in on_page(channel, "a"))


async def test_beside_the_real_bot_the_page_shares_no_number(page: tuple[App, WebChannel, SetClock]) -> None:
    """No key asks for it, and what would share it does nothing, even with a number that is on the roster."""
    app, channel, _clock = page
    stranger = Visitor(app, channel, None, "a")
    for words in ("/start g21", "/riwayat", "bagikan nomorku", "insentif blm cair"):
        await stranger.say(words)
    assert not [key for key in _keys(channel) if isinstance(key, AskContact)]
    await stranger.share(OwnNumber(NOT_BOUGHT), shown="nomorku")
    assert "Makassar" not in _said(channel)
    assert "Cocok" not in _said(channel)
    async with app.store.reading() as tx:
        assert await tx.roster.linked([NUMBERS.current.hash(NOT_BOUGHT)]) == {}


async def test_the_demonstration_plays_with_its_made_up_people_only(page: tuple[App, WebChannel, SetClock]) -> None:
    """A number of anybody real is vouched for by nobody."""
    app, channel, clock = page
    visitor = Visitor(app, channel, DemoClock(Timeline(clock, app.jobs)), "a")
    own = made_up(PAID)
    assert own is not None
    await visitor.share(own, shown="nomorku")
    assert "Cocok" in _said(channel)
    assert made_up(SARI) is None


async def test_somebody_elses_contact_is_not_looked_up(tmp_path: Path) -> None:
    """It is said plainly; nothing is linked, and going afterwards deletes nothing of the number's owner."""
    database = f"sqlite:///{tmp_path}/sobat.db"
    store = open_store(database)
    await store.prepare()
    number = OwnNumber(SARI).hashed(NUMBERS)
    async with store.writing() as tx:
        await tx.roster.put([RosterRow(phone_hash=number.text, wave=21, passed_on=date(2021, 9, 22))])
    async with open_town(database) as town:
        budi = town.person("budi")
        await budi.shares_a_contact()
        assert "tidak kucek" in budi.heard
        assert "belum ada di data resmi" not in budi.heard
        await budi.says("/hapusdata")
        await budi.presses("Ya, hapus semua")
    async with store.reading() as tx:
        assert await tx.roster.find(number) is not None
    await store.close()


async def test_a_terminal_over_a_database_vouches_only_where_its_operator_says_so(tmp_path: Path) -> None:
    """With nobody's data behind it, a number is simply believed."""
    database = f"sqlite:///{tmp_path}/sobat.db"
    for given, vouch, believed in ((None, False, True), (database, False, False), (database, True, True)):
        async with open_chat(at=START, person="budi", database=given, vouch=vouch) as chat:
            [shown] = await chat.share_contact(SARI)
            assert ("tidak kucek" in shown.text) is not believed
