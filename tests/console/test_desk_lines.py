"""What the desk notes on a complaint is read in the language of the page; nothing of it stays Indonesian in English."""

from __future__ import annotations

import re

import pytest

from bot.console.desk_lines import _LINES, in_language
from bot.helpdesk.console_acts import plain_told
from bot.helpdesk.jobs import _FATES
from bot.helpdesk.undoing import UNDOABLE
from handlers.helpdesk.acts import decide
from handlers.helpdesk.orders import read_order
from locales import speaking
from programme.model.tickets import Ticket
from tests.console.conftest import Staffed
from tests.helpdesk.test_acts import CLOSED, MINE, OPEN, SARI, at

INDONESIAN = re.compile(r"\b(?:oleh|ke|sampai|diserahkan|ditutup|aduan|peserta|terkirim|kembali)\b", re.IGNORECASE)


@pytest.mark.parametrize(
    ("said", "ticket", "english"),
    [
        ("/ambil", OPEN, "Taken by Sari"),
        ("/serahkan Budi", MINE, "Handed over by Sari to Budi"),
        ("/serahkan tim:insentif", MINE, "Handed over by Sari to team insentif"),
        ("/bot", MINE, "Given back to the bot by Sari"),
        ("/tutup", MINE, "Closed by Sari"),
        ("/buka", CLOSED, "Opened again by Sari"),
        ("/bisukan", MINE, "Muted by Sari"),
        ("/suarakan", MINE, "Heard again, by Sari"),
        ("/insiden 3", MINE, "Tied to incident 3"),
        ("/label tokopedia", MINE, "tokopedia put on by Sari"),
        ("/minta", OPEN, "Asked the participant"),
        ("/tunda 4", MINE, "until Monday, 18 October 2021 at 14.00 WIB"),
    ],
)
def test_each_act_is_told_in_english(said: str, ticket: Ticket, english: str) -> None:
    """As the group reads it on an Indonesian page, and by the same names and numbers on an English one."""
    with speaking("en"):  # as whoever complained does
        told = plain_told(decide(read_order(said), at(ticket, SARI)).told)
    assert in_language(told) == told
    with speaking("en"):
        assert english in in_language(told)


def test_no_line_is_left_over() -> None:
    """Every form has an English one with the same places; what became of answers has one each."""
    for line in _LINES:
        named = {name: f"<{name}>" for name in re.findall(r"{(\w+)}", line)}
        with speaking("en"):
            told = in_language(line.format(**named))
        assert all(value in told for value in named.values()), line
        assert not INDONESIAN.search(told.replace("/kabar", "")), told
    with speaking("en"):
        assert not [told for told in _FATES.values() if in_language(told) == told]
        undone = [in_language(f"↩️ Sari mengurungkan: {act}. Tidak ada yang terkirim ke peserta.") for act in UNDOABLE]
    assert not [told for told in undone if re.search(r"mengurungkan|jawab|tutup|luar|serahkan|ambil|tunda|buka", told)]


async def test_a_thread_on_an_english_page_has_english_lines(staffed: Staffed) -> None:
    """What people wrote stays as they wrote it."""
    assert staffed.app.helpdesk is not None
    ticket = await staffed.complains("siti", "Ditutup Budi.")
    sari = await staffed.signed_in("sari")
    await sari.open(f"/konsol/aduan?aduan={ticket.id}")
    await sari.should_see("Ditutup Budi.")
    sari.find(marker="Ambil").click()
    await sari.should_see("✋ Diambil Sari.")
    await sari.http_client.get("/konsol/bahasa/en")
    await sari.open(f"/konsol/aduan?aduan={ticket.id}&tumpukan=milikku")
    await sari.should_see("✋ Taken by Sari.")
    await sari.should_see("Ditutup Budi.")
