"""Every file that the console hands out: nothing in it is computed, turned round or forged, nobody's number is whole,
and who fetched it stands in the trail. They are found by themselves, so that a new one is held to the same."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from typing import Final

import httpx
import pytest
from sqlalchemy import update

from bot.console import inbox_files, trail
from bot.store.repositories.staff import AuditEntry
from bot.store.schema.traffic import broadcast_deliveries
from programme.model.imports import ImportState
from programme.model.messages import Attachment, Sort
from programme.model.spreadsheet_cells import inert, without_sign
from programme.model.tickets import Author, Entry
from tests.console.conftest import OURS, STAFF, Staffed
from tests.console.test_console_broadcasts import ordered, people_of_wave_21
from tests.console.test_console_imports import send, until
from tests.console.test_console_walk import DOORS, addresses

SARI, BUDI, _WATI, TARI = STAFF
PHONE: Final = "085712345670"
NAME: Final = "Siti Aminah"
HOSTILE: Final = (
    "=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r\n=1", ";=1", '";=HYPERLINK("x")', "＝1", "\u202e=1", "a,+1",
    "<script>alert(1)</script>", "\u200fgpj.exe", "A" * 4096, f"hubungi {PHONE}, +62 857-1234-5671",
)  # fmt: skip
ALL: Final = " \n".join(HOSTILE)
TURNS: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
COMPUTED: Final = re.compile(r'[\s"]*[=+\-@＝＋－＠]|[\t\r\n]')

LIST: Final = "Nomor HP,Gelombang\n" + "".join(
    '"{}",99\n'.format(cell.replace('"', '""')) for cell in (*HOSTILE[:8], PHONE) if "\n" not in cell
)

FILES: Final = {
    "/konsol/berkas/{entry}": ("GET", "ticket.file"),
    "/konsol/aduan/{number}.txt": ("GET", "console.export"),
    "/konsol/aduan.csv": ("GET", "console.export"),
    "/konsol/siaran/hasil.csv": ("GET", "console.export"),
    "/konsol/jejak.csv": ("GET", "console.export"),
    "/konsol/impor/{number}/ditolak.csv": ("GET", "console.export"),
    "/konsol/impor/contoh/{what}.csv": ("GET", ""),
    "/konsol/peserta/{number}/data.json": ("POST", "person.export"),
    "/konsol/pemahaman/kalimat.tsv": ("POST", "understanding.export"),
}
"""Every file: how it is asked for, and the act in the trail; an empty list with an example is nobody's."""

ASKED: Final = {"/konsol/aduan.csv": "?tumpukan=terbuka", "/konsol/siaran/hasil.csv": "?nomor=1"}


async def write(staffed: Staffed) -> None:
    """Have everybody write what they can in a place that some file shows."""
    ticket = await staffed.complains("siti", ALL)
    async with staffed.app.store.writing() as tx:
        person = (await tx.people.speaker("web", "siti", language="id", name=NAME)).participant
        kept = await tx.uploads.keep(ticket.participant, "\u202egpj.exe", b"MZ")
        file = Attachment(Sort.DOCUMENT, "web", kept, "\u202egpj.exe")
        await tx.ticket_entries.say(Entry(ticket=ticket.id, at=tx.now, author=Author.PERSON, text="", attachment=file))
        for text in (ALL, "lalu\n2021-10-18 09:10 Budi: saya setujui"):
            await tx.ticket_entries.say(Entry(ticket=ticket.id, at=tx.now, author=Author.PERSON, text=text))
        await tx.staff.put(replace(BUDI, name=HOSTILE[0]))
        await tx.tickets.save(replace(ticket, team=HOSTILE[7], owner=BUDI.who))
        for place, text in enumerate(HOSTILE[:12], start=1):
            await tx.misses.add(f"{text} sertifikat", "help", 0.2, by=person.id)
            await tx.misses.label_all([place], "certificate", SARI.who)
        for text in HOSTILE:
            await tx.staff.note(AuditEntry(tx.now, text, text, text, {"what": text}))


async def bring(staffed: Staffed) -> None:
    """Have rows refused that hold the same."""
    number = await send(staffed, "sari", LIST)
    sari = await staffed.signed_in("sari")
    await sari.open(f"/konsol/impor?nomor={number}")
    sari.find(marker="Kolomnya benar, lihat bedanya").click()
    await until(staffed, number, ImportState.COMPARED)


@pytest.fixture
async def tari(staffed: Staffed) -> httpx.AsyncClient:
    """An admin's browser, where everything holds what it should not."""
    await write(staffed)
    await people_of_wave_21(staffed, "ani", "budi2")
    await ordered(staffed)
    await staffed.app.jobs.run()
    async with staffed.app.store.writing() as tx:
        await tx.connection.execute(update(broadcast_deliveries).values(reason=HOSTILE[7]))
    await bring(staffed)
    return (await staffed.signed_in("tari")).http_client


async def fetched(tari: httpx.AsyncClient, method: str, path: str) -> httpx.Response:
    filled = path.replace("{what}", "roster").replace("{entry}", "2")
    return await tari.request(method, re.sub(r"{[^}]*}", "1", filled) + ASKED.get(path, ""), headers=OURS)


def cells(text: str) -> list[str]:
    """Every cell, by each separator that a spreadsheet may be set to."""
    return [
        cell
        for separator in (",", ";", "\t")
        for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator)
        for cell in row
    ]


async def test_no_file_computes_forges_or_names_anybody(staffed: Staffed, tari: httpx.AsyncClient) -> None:
    """All that can be fetched is fetched by an admin, and each fetching stands in the trail once."""
    found = set()
    for method, path in addresses():
        if DOORS.fullmatch(path):
            continue
        before = len(await staffed.trail())
        answer = await fetched(tari, method, path)
        if not answer.headers.get("content-disposition", "").startswith("attachment"):
            continue
        found.add(path)
        known, act = FILES[path]
        assert (known, answer.status_code, answer.headers["cache-control"]) == (method, 200, "no-store"), path
        assert "html" not in answer.headers["content-type"], path
        noted = await staffed.trail()
        assert [one for _who, one, _on in noted[: len(noted) - before]] == ([act] if act else []), path
        if path.endswith(("csv", "tsv")):
            assert not [cell for cell in cells(answer.text) if COMPUTED.match(cell)], path
        if not path.endswith("json"):  # which the person themselves asked for
            assert not TURNS.search(answer.text), path
            assert not [word for word in (PHONE, PHONE[3:], "1234-5671", NAME) if word in answer.text], path
    assert found == set(FILES)


async def test_a_transcript_has_no_entry_that_nobody_wrote(tari: httpx.AsyncClient) -> None:
    """What is below the first line of somebody's words stands further in; a number keeps its last digits."""
    told = (await fetched(tari, "GET", "/konsol/aduan/{number}.txt")).text
    entries = [line for line in told.splitlines() if re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d \S", line)]
    assert [line.split()[2] for line in entries if not line.split()[2].startswith("-")] == ["Peserta:"] * 4
    assert "\n    2021-10-18 09:10 Budi: saya setujui\n" in told
    assert "A" * 4096 in told
    assert "hubungi 08•••670, 08•••671" in told


async def test_what_is_cut_short_says_so(tari: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever counts the rows is told that there were more."""
    monkeypatch.setattr(inbox_files, "MOST_TICKETS", 0)
    monkeypatch.setattr(inbox_files, "MOST_ENTRIES", 2)
    monkeypatch.setattr(trail, "MOST", 3)
    for path, most in (("/konsol/aduan.csv", 0), ("/konsol/jejak.csv", 3), ("/konsol/aduan/{number}.txt", 2)):
        assert f"Hanya {most} yang terbaru" in (await fetched(tari, "GET", path)).text, path


@pytest.mark.parametrize("cell", ["Sari", "18/10 - 19/10", "satu, dua", "a-b", "'=1", "", "Rp600.000"])
def test_plain_words_stay_as_they_are(cell: str) -> None:
    """And what was made inert once is not made so again."""
    assert inert(cell) == without_sign(cell) == cell
