"""Bad nights and bad people, end to end: nothing acknowledged is lost, nothing is applied twice. See docs/FAULTS.md."""

from __future__ import annotations

import asyncio
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.channels.pictures import as_png, as_preview, as_screenshot
from bot.importing.errors import UnreadableFile
from bot.importing.spreadsheets import Workbook
from bot.store import open_store
from bot.store.unavailable import is_away
from programme.model.messages import Incoming
from programme.model.spreadsheet_cells import inert
from tests.fakes.telegram_html import read
from tests.operations.watched import Watched, watched
from tests.store.samples import MONDAY, meet

HOSTILE = (
    "'; DROP TABLE participants; --",
    '" OR 1=1; UPDATE participants SET wave=1 --',
    "<b>tebal</b><script>alert(1)</script><a href='tg://user?id=1'>klik</a>",
    "*tebal* _miring_ [klik](https://jahat.example) `kode` ~coret~",
    "{wave} {name} {0} {{ 7*7 }} ${7*7} %s %(wave)s {name.__class__}",
    '=HYPERLINK("https://jahat.example";"klik")',
    "+1+cmd|' /C calc'!A0",
    "../../etc/passwd\\..\\..\\windows",
    "file:///etc/passwd",
    "\u202e12 gnalegimok\u202c \u200b\u200d\ufeff g\u0435l 21",
    "Z\u0351\u036b\u0343a\u0342\u0366l\u0489g\u0321o\u0334" * 40,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 \ufdfd \u0000 \ud800",
    "%00%0d%0aSet-Cookie: a=b\r\nX: y",
)


async def _hear_out(bot: Watched, words: str) -> None:
    """Say it, be called by it, complain with it."""
    for said in (words, f"/start {words}", "petugas", words):
        await bot.says(said, who=str(HOSTILE.index(words) + 1), name=words)


async def test_whatever_people_write_and_are_called_is_answered_and_stays_text(
    record_property: Callable[[str, object], None],
) -> None:
    """SQL, HTML, Markdown, templates, formulas, paths and tricks of Unicode: each answer is sound HTML."""
    record_property("times", 4 * len(HOSTILE))
    async with watched() as bot:
        for words in HOSTILE:
            await _hear_out(bot, words)
        async with bot.app.store.reading() as tx:
            people = (await tx.connection.execute(text("SELECT count(*), count(wave) FROM participants"))).one()
            kept = [await tx.people.export(person) for person in range(1, len(HOSTILE) + 1)]
    assert people == (len(HOSTILE), 0)
    assert len(bot.channel.heard) >= 3 * len(HOSTILE)
    for answer in bot.channel.heard:
        shown = read(answer, "HTML")  # raises where Telegram would
        assert not [entity for entity in shown.entities if "jahat" in str(entity)]
    assert len(kept) == len(HOSTILE)


async def test_on_a_full_disk_what_was_acknowledged_is_answered_once_there_is_room_and_the_rest_comes_again(
    sqlite_url: str,
) -> None:
    """SQLite that may not grow: every message is kept or refused, and in the end each is answered, once."""
    async with watched(sqlite_url) as bot:
        await bot.says("batas")
        answers, store = len(bot.channel.heard), bot.app.store
        pages = await _grow_to(bot, "page_count")
        refused = [said for number in range(40) if not await _is_taken(bot, said := _asked(number))]
        assert refused
        assert store.no_room is not None
        assert is_away(store.no_room[1])
        await _grow_to(bot, 10 * pages)
        for said in (*refused, *refused):  # the channel delivers again what nobody acknowledged, and once more
            assert await _is_taken(bot, said)
        await bot.desk.catch_up()
        await bot.quiet()
        assert len(bot.channel.heard) == 41 * answers


async def _grow_to(bot: Watched, pages: int | str) -> int:
    async with bot.app.store.writing() as tx:
        most = (await tx.connection.execute(text("PRAGMA page_count"))).scalar_one() if pages == "page_count" else pages
        await tx.connection.execute(text(f"PRAGMA max_page_count = {most}"))
    return int(most)


def _asked(number: int) -> Incoming:
    return Incoming(channel="telegram", address=f"{100 + number}", id=f"full/{number}", at=MONDAY, text="batas")


async def _is_taken(bot: Watched, said: Incoming) -> bool:
    """Whether the channel would be told that it arrived."""
    try:
        await bot.desk.take(said)
        await bot.quiet()
    except DBAPIError:
        return False
    return True


async def test_of_two_that_lock_each_other_out_one_is_told_to_try_again(postgres_url: str) -> None:
    """PostgreSQL ends one of them; that counts as an outage, so it is tried again, and the other goes through."""
    store = open_store(postgres_url)
    async with store.writing() as tx:
        first, second = await meet(tx, "1"), await meet(tx, "2")
    both = asyncio.Barrier(2)

    async def lock(here: int, there: int) -> None:
        async with store.writing() as tx:
            await tx.connection.execute(text("SET LOCAL deadlock_timeout = '20ms'"))
            await _touch(tx.connection, here)
            await both.wait()
            await _touch(tx.connection, there)

    ends = await asyncio.gather(lock(first, second), lock(second, first), return_exceptions=True)
    [told] = [each for each in ends if each is not None]
    assert is_away(told)
    async with store.reading() as tx:
        kept = await tx.connection.execute(text("SELECT count(*) FROM participants WHERE obstacle = 'other'"))
        assert kept.scalar_one() == 2
    await store.close()


async def _touch(connection: object, person: int) -> None:
    await connection.execute(text("UPDATE participants SET obstacle = 'other' WHERE id = :id"), {"id": person})  # type: ignore[attr-defined]


@pytest.mark.parametrize("words", [each for each in HOSTILE if each[0] in "=+-@"] + ["\t=1+1", "\r@SUM(A1)", "-2+3"])
def test_no_cell_of_ours_is_a_formula(words: str) -> None:
    assert inert(words)[0] not in "=+-@\t\r"
    assert inert("Sari") == "Sari"


def _png(width: int, height: int) -> bytes:
    """A picture of a few bytes that would take gigabytes to draw."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(50_000, 50_000), (60_000, 1_000), (2**31 - 1, 1), (0, 0)])
def test_a_picture_that_would_fill_the_memory_is_none(size: tuple[int, int]) -> None:
    bomb = _png(*size)
    assert (as_png(bomb), as_preview(bomb), as_screenshot(bomb)) == (None, None, None)


def test_a_spreadsheet_that_is_none_is_refused_in_a_sentence(tmp_path: Path) -> None:
    for name, held in {"a.xlsx": b"PK\x03\x04rubbish", "b.xls": b"\xd0\xcf\x11\xe0" * 99, "c.ods": b""}.items():
        (tmp_path / name).write_bytes(held)
        with pytest.raises(UnreadableFile, match="not a spreadsheet"):
            Workbook(tmp_path / name)
