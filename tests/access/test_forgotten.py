"""Semua datamu sudah kuhapus: from every table, from the disk's log, and from what the process keeps in memory."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Date, DateTime, Integer, LargeBinary, Table, Text, insert, select
from sqlalchemy.types import TypeDecorator

from bot.app.wiring import build_app
from bot.channels.web.channel import WebChannel
from bot.cli.chat import DEMO_KEY
from bot.demo.journal import Journal
from bot.demo.pages import forgets
from bot.demo.visitor import Visitor
from bot.demo.visitor_limit import VisitorLimiters
from bot.store import RosterRow, Store, UnitOfWork
from bot.store.repositories.leaving import OWNED
from bot.store.schema.columns import Choice, JsonDocument, Moment, Ranked
from bot.store.schema.conventions import PERSONAL, metadata
from bot.store.schema.people import participants
from programme.model.clock import SetClock
from programme.model.imports import ImportState
from programme.model.phones import OwnHash
from tests.fakes.open_page import on_page
from tests.store.samples import MONDAY, meet

BY_PARTICIPANT = {table.name for table in OWNED} | {"participants", "broadcast_deliveries"}
BY_NUMBER_OR_PLACE = {"inbox", "roster", "roster_payments", "import_portions"}

OF_NOBODY = {
    "misses": "words that were not understood; they go with the last person who said them, by missed_by",
    "models": "trained models; features that two lines have, no lines",
    "shared_messages": "words owed to many; they go once no delivery needs them",
    "broadcasts": "what staff announce to many",
    "handing_out": "how far an announcement is",
    "audit": "what staff did, to tickets and announcements by their number",
    "staff": "who works here",
    "agents": "how staff work",
    "invitations": "to the staff",
    "staff_notices": "numbers of tickets and how long they wait",
    "topics_to_drop": "topics of staff's group that are about to be deleted",
    "group_turns": "how fast staff's groups are written to",
    "incidents": "what concerns many, in staff's words",
    "canned_replies": "staff's words",
    "cutoffs": "the programme's",
    "trainings": "the programme's",
    "number_keys": "fingerprints of secrets",
    "rate_budgets": "one row an account of ours",
    "templates": "texts that WhatsApp approves",
    "charges": "how many messages a channel charged for on a day",
    "channel_facts": "what a channel tells of our account",
    "console_views": "how somebody of the staff filters the inbox",
    "programme_edits": "proposed edits of the data files, by whom",
    "programme_version": "which edits hold",
    "planned_policy": "by which reminder policy everybody is planned, and how far that went",
    "broadcast_drafts": "what somebody of the staff is about to announce",
    "audience_lists": "for whom announcements are, by number; who is on them stands apart",
    "amendments": "corrections and withdrawals of announcements",
    "imports": "lists that staff bring in: counts and columns",
    "console_links": "ways of the staff into their console",
    "console_sessions": "who of the staff is signed in",
    "tallies": "how many of what, by the hour",
    "back_fills": "how far what migrations left to be written is",
    "dead_letters": "numbers of rows that failed, and the kind of failure",
}
"""Why what else there is tells of no participant."""


def test_every_table_belongs_to_somebody_or_says_why_not() -> None:
    """A new table is covered by its column `participant`, or is named here with a reason."""
    known = BY_PARTICIPANT | BY_NUMBER_OR_PLACE | set(OF_NOBODY)
    assert {table.name for table in metadata.sorted_tables} == known
    personal = {table.name for table in metadata.sorted_tables if table.comment == PERSONAL}
    assert personal == BY_PARTICIPANT | BY_NUMBER_OR_PLACE


def _value(column: Column[Any], number: int) -> object:
    """Return something that fits into a column."""
    kind = column.type
    if isinstance(kind, Moment):
        return MONDAY
    if isinstance(kind, Boolean):
        return True
    if isinstance(kind, Choice | Ranked):
        return next(iter(kind.choices))
    if isinstance(kind, JsonDocument):
        return {"said": f"text{number}"}
    plain = kind.impl if isinstance(kind, TypeDecorator) else kind
    match plain:
        case LargeBinary():
            return b"picture%d" % number
        case Date():
            return date(2021, 10, 18)
        case DateTime():
            return MONDAY
        case Text():
            return f"{column.name}{number}"
        case _:
            return number


async def _fill(tx: UnitOfWork, table: Table, person: int, number: int) -> None:
    row = {column.name: _value(column, number) for column in table.c if column.name != "id" or not _counts(column)}
    row |= {"participant": person}
    if table.name == "missed_by":
        await tx.misses.add(f"kata {number}", None, None)
        row["miss"] = max(miss.id for miss in await tx.misses.grouped(99))
    if table.name == "audience_people":
        lists = metadata.tables["audience_lists"]
        made = {"made_by": "terminal:sari", "at": MONDAY, "named": 1, "strangers": 0}
        row["list"] = (await tx.connection.execute(insert(lists).values(made).returning(lists.c.id))).scalar_one()
    if table.name == "import_people":
        row["import"] = await tx.imports.begin("roster", "list.csv", "terminal:sari", ImportState.KEPT)
    if table.name in {"ticket_entries", "console_drafts"}:
        row["ticket"] = number
    await tx.connection.execute(insert(table).values(row))


def _counts(column: Column[Any]) -> bool:
    return isinstance(column.type, Integer) and column.name == "id" and column.table.name != "tickets"


async def test_whatever_belongs_to_a_person_is_shown_and_goes(tx: UnitOfWork) -> None:
    """A row in each table that has a `participant`, whoever added it: exported, then deleted; the other's stay."""
    one, other = await meet(tx, "1"), await meet(tx, "2")
    made = [table for table in reversed(OWNED) if table.name != "addresses"]
    for person in (one, other):
        for table in made:
            await _fill(tx, table, person, person)
    export = await tx.people.export(one)
    assert {table.name for table in made} | {"participant", "addresses", "misses"} <= set(export)
    before = await tx.people.export(other)
    await tx.people.forget(one)
    assert await tx.people.export(one) == {}
    for table in OWNED:
        rows = await tx.connection.execute(select(table.c.participant))
        assert set(rows.scalars()) <= {other}, table.name
    assert await tx.people.export(other) == before


async def test_words_that_two_missed_go_with_the_last_of_them(tx: UnitOfWork) -> None:
    """What only one said goes with them; what another said, too, stays as long as that one does."""
    one, other = await meet(tx, "1"), await meet(tx, "2")
    for person, words in ((one, "aku Siti dari Kediri"), (one, "apaan tuh"), (other, "Apaan tuh")):
        await tx.misses.add(words, None, None, by=person)
    await tx.people.forget(one)
    assert [miss.text for miss in await tx.misses.grouped(9)] == ["Apaan tuh"]
    await tx.people.forget(other)
    assert await tx.misses.grouped(9) == []


def _texts(root: object) -> Iterator[str]:
    """Go through every text that is reachable from an object; types, modules and running frames are left out."""
    seen: set[int] = set()
    waiting: list[object] = [root]
    left_out = (type, type(sys), type(sys._getframe()), type(_texts))
    while waiting:
        each = waiting.pop()
        if id(each) in seen or isinstance(each, left_out):
            continue
        seen.add(id(each))
        if isinstance(each, str):
            yield each
        elif isinstance(each, bytes):
            yield each.decode("utf-8", "replace")
        else:
            waiting += gc.get_referents(each)


SECRET_WORDS = ("kucingku bernama Momoijo", "bapakku Sutarjito orang Wonogiri")


@pytest.mark.parametrize("way", ["typed", "pressed"])
async def test_nothing_stays_in_memory_or_on_the_disk(tmp_path: Path, way: str) -> None:
    """What was said at the page, shown, journaled, paced, missed: in no object, in no byte of a file."""
    clock = SetClock(datetime(2021, 10, 18, 2, tzinfo=UTC))
    channel, paces, path = WebChannel(clock), VisitorLimiters(), tmp_path / "sobat.db"
    app_of = build_app(database=f"sqlite:///{path}", clock=clock, channels={"web": channel}, key=DEMO_KEY)
    async with app_of as app:
        journal = Journal(app)
        app.sender.listeners.append(journal.heard)
        app.inbox_processor.forgetters += forgets(journal, paces)
        address = "alamatnyaSitiYangRahasia"
        siti = Visitor(app, channel, None, address, paces.of(address))
        for words in ("/start g21", *SECRET_WORDS, "/riwayat", "insentif saya belum cair, " + SECRET_WORDS[0]):
            await siti.say(words)
        await journal.read(address)
        roots = (app, channel, journal, paces)
        held = " ".join(text for root in roots for text in _texts(root))
        assert all(words in held for words in ("Momoijo", "Sutarjito", address))
        drawn: list[str] = []
        close = channel.listen(address, lambda post: drawn.append(post.message.text), drawn.clear)
        await siti.say("/hapusdata")
        [button] = [key for post in on_page(channel, address) for row in post.message.keys for key in row][-2:-1]
        if way == "pressed":
            await siti.press(button, on_page(channel, address)[-1].id)  # type: ignore[arg-type]
        else:
            await siti.say("ya hapus")
        assert "sudah kuhapus" in drawn[0]
        assert len(drawn) == 1
        assert on_page(channel, address) == ()
        close()
        del siti, button
        gc.collect()
        for root in roots:
            for text in _texts(root):
                assert not any(words in text for words in ("Momoijo", "Sutarjito", "Wonogiri", address)), text[:300]
        await _until_wiped(app.store)
        for file in (path, Path(f"{path}-wal")):
            content = file.read_bytes()
            assert not any(words in content for words in (b"Momoijo", b"Sutarjito", b"Wonogiri")), file.name


async def _until_wiped(store: Store) -> None:
    disk = store._disk
    if disk._due is not None:
        disk._due.cancel()
    disk._tidy()
    assert not disk._wiping


async def test_emptying_the_log_holds_nobody_up(tmp_path: Path) -> None:
    """Somebody reads meanwhile: the log is emptied later, and a writer goes on at once."""
    from bot.store import open_store

    store = open_store(f"sqlite:///{tmp_path}/sobat.db")
    await store.prepare()
    async with store.writing() as tx:
        person = await meet(tx, "makassar")
    async with store.reading() as reading:
        await reading.people.get(person)
        async with store.writing() as tx:
            await tx.people.forget(person)
        store._disk._tidy()
        assert store._disk._wiping
        async with store.writing() as tx:
            await meet(tx, "jayapura")
    await _until_wiped(store)
    assert (tmp_path / "sobat.db-wal").stat().st_size == 32 + 24 + 4096, "a page that means nothing"
    assert b"makassar" not in (tmp_path / "sobat.db-wal").read_bytes()
    await store.close()


async def test_who_is_deleted_by_a_command_beside_the_bot_is_in_no_log_either(tmp_path: Path) -> None:
    """The bot holds the file open and knows nothing of it; the command empties the log before it ends."""
    from bot.store import open_store

    url, log = f"sqlite:///{tmp_path}/sobat.db", tmp_path / "sobat.db-wal"
    serving, command = open_store(url), open_store(url)
    await serving.prepare()
    async with serving.writing() as tx:
        person = await meet(tx, "makassar")
    assert b"makassar" in log.read_bytes()
    async with command.writing() as tx:
        await tx.people.forget(person)
    await command.close()
    assert b"makassar" not in log.read_bytes()
    async with serving.writing() as tx:
        assert await meet(tx, "jayapura")
    await serving.close()


async def test_a_number_shared_by_two_goes_with_the_first(tx: UnitOfWork) -> None:
    """The roster's row is the number's own, and it was vouched for: whoever has it may have it deleted."""
    one = await meet(tx, "1")
    number = OwnHash("1:abc")
    await tx.roster.put([RosterRow(phone_hash=number.text, wave=21)])
    await tx.people.join(number, one)
    await tx.people.forget(one)
    assert await tx.roster.find(number) is None
    found = await tx.connection.execute(select(participants.c.id))
    assert found.scalars().all() == []
