"""Words that somebody wrote stand on every page as they wrote them: nothing of them is HTML, so nothing is escaped."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from typing import Final

import pytest
from nicegui.testing.user import User

import bot.console
from bot.console.correcting import Correcting, CorrectionResult
from bot.console.correcting import Wish as ConsoleWish
from bot.console.many import told_of_many
from bot.console.refusal_words import refusal_words
from bot.editing.service import Wish, propose
from bot.editing.words import CANNED
from bot.helpdesk.console_acts import Acted
from bot.store import UnitOfWork
from bot.store.repositories.agents import Invitation
from handlers.helpdesk.refusals import Refusal, Why
from locales import fill
from programme.edits import Place
from programme.model.milestones import Milestone, Step
from programme.model.staff import Role
from programme.model.tickets import Author, Entry
from tests.console.conftest import STAFF, Staffed

SARI, BUDI, _WATI, TARI = STAFF
WRITTEN: Final = "Tom & \"Jo\" <3 'x'"
ESCAPED: Final = re.compile(r"&(amp|lt|gt|quot|#x?[0-9a-f]+);")
LOOKS: Final = {
    "/konsol/aduan?aduan=1": f"Catatan Budi {WRITTEN}",
    "/konsol/jejak": f"Sari {WRITTEN}",
    "/konsol/peserta?orang=1": f"dibetulkan petugas Tari {WRITTEN}",
    "/konsol/program": WRITTEN,
    "/konsol/program?lihat=riwayat": WRITTEN,
    "/konsol/program?usulan=1": f"Sumber: {WRITTEN}",
    "/konsol/program?usulan=2": WRITTEN,
    "/konsol/staf": f"Giliran Budi {WRITTEN}",
}
"""Pages, and what they show of what was written."""

PROPOSED: Final = {Place("waves.tsv", "21", "cutoff"): "2021-10-25", Place(CANNED, "baru", "text"): WRITTEN}


def everything_on(user: User) -> Iterator[str]:
    """Whatever a browser is sent: words, names for who can't see it, choices, and what only stands still."""
    assert user.client is not None
    for element in user.client.elements.values():
        yield from (str(value) for value in element.props.values())
        yield from (str(text) for text in element._displayed_contents(only_visible=False) if text)


async def write(tx: UnitOfWork, staffed: Staffed) -> None:
    """Have everybody write the same: as their name, a note, news, a proposal's value and source."""
    for member in STAFF:
        await tx.staff.put(replace(member, name=f"{member.name} {WRITTEN}"))
    await tx.ticket_entries.say(Entry(ticket=1, at=tx.now, author=Author.NOTE, who=BUDI.who, text=WRITTEN))
    incident = await tx.incidents.open("buying", None)
    await tx.incidents.propose(incident.id, WRITTEN, last=True, who=BUDI.who)
    for place, value in PROPOSED.items():
        await propose(tx, Wish(place=place, value=value, source=WRITTEN, as_of="2021-10-18"), SARI)
    bought = ConsoleWish(milestone=Milestone.BOUGHT, step=Step(Milestone.BOUGHT), seen=None, reason=f"Kata {WRITTEN}")
    correcting = Correcting(staffed.app.programme, staffed.app.policy)
    assert await correcting.correct(tx, 1, bought, TARI.who) is CorrectionResult.DONE
    await tx.agents.invite(Invitation(Role.AGENT, SARI.who, None), tx.now)


@pytest.fixture
async def tari(staffed: Staffed) -> User:
    """An admin's browser, where everybody wrote the same."""
    await staffed.complains("siti", WRITTEN)
    async with staffed.app.store.writing() as tx:
        await write(tx, staffed)
    return await staffed.signed_in("tari")


@pytest.mark.parametrize("address", LOOKS)
async def test_words_stand_on_the_pages_as_they_were_written(tari: User, address: str) -> None:
    """Names, notes, values and sources with `&`, `<` and both quotes."""
    await tari.open(address)
    await tari.should_see(LOOKS[address])
    assert not [told for told in everything_on(tari) if ESCAPED.search(told)]


async def test_words_stand_in_sheets_and_notices_as_they_were_written(tari: User) -> None:
    """News that wait; and what is said when somebody else holds the complaint."""
    await tari.open("/konsol/aduan")
    tari.find(marker="insiden").click()
    await tari.should_see(f"ditulis Budi {WRITTEN}: {WRITTEN}")
    assert not [told for told in everything_on(tari) if ESCAPED.search(told)]
    held = Refusal(Why.HELD, WRITTEN)
    assert refusal_words(held).startswith(f"Dipegang {WRITTEN}.")
    assert f"1 tidak: Dipegang {WRITTEN}." in told_of_many([Acted(done=False, told="", refusal=held)])


async def test_words_stand_in_what_is_saved_as_they_were_written(tari: User) -> None:
    """The transcript is plain text, too."""
    saved = (await tari.http_client.get("/konsol/aduan/1.txt")).text
    assert WRITTEN in saved
    assert not ESCAPED.search(saved)


def test_no_part_of_the_console_fills_the_html_of_messages() -> None:
    """`fill` escapes for a messenger; what the console shows is plain, and `plainly` is for that."""
    names = [one.name for one in pkgutil.iter_modules(bot.console.__path__, "bot.console.")]
    assert len(names) > 50
    assert not [name for name in names if fill in vars(import_module(name)).values()]
