"""A list by the console's way: two people, one difference, and back again as it was before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.importing import applying
from bot.importing.job import GONE, OTHER_DIFFERENCE, OTHER_FILE
from bot.importing.lists import Office
from bot.importing.orders import NotAuthor, WrongFile
from bot.importing.queue import NotItsFault
from bot.importing.recognising import Recognised, WrongColumns
from bot.importing.undo_record import Overtaken, UndoRecord
from bot.store import Store
from programme.model.events import PlanMade
from programme.model.imports import MOST_TRIES, ChangedSince, ImportState, OwnImport, TooLate
from programme.model.milestones import Milestone
from programme.model.phones import OwnNumber
from tests.databases import at
from tests.importing.conftest import NUMBERS
from tests.importing.ordering import SARI, TARI, Desk

OPEN = "phone,wave,passed_on\n" + "".join(f"0812345678{n},21,2021-09-22\n" for n in range(10, 15))
BOUGHT = "phone,wave,bought_on\n" + "".join(f"0812345678{n},21,2021-10-01\n" for n in range(13, 18))


@pytest.fixture
def desk(kept: Store, office: Office, tmp_path: Path) -> Desk:
    return Desk(at(kept, office.now), office, tmp_path / "lists")


@pytest.fixture
def desk_on_both(store: Store, office: Office, tmp_path: Path) -> Desk:
    return Desk(at(store, office.now), office, tmp_path / "lists")


async def test_a_list_needs_two_people_and_stands_in_the_records(desk: Desk) -> None:
    number = await desk.send(OPEN, piece=40)
    assert (await desk.one(number)).state is ImportState.COLUMNS
    compared = await desk.compare(number)
    assert compared.found is not None
    assert (compared.state, compared.changes, compared.found["new"]) == (ImportState.COMPARED, 5, 5)
    assert await desk.table() == []
    ordered = await desk.order(number)
    with pytest.raises(OwnImport):
        await desk.approve(ordered, SARI)
    with pytest.raises(ChangedSince):
        await desk.approve(compared)
    await desk.approve(ordered)
    await desk.queue.work()
    kept = await desk.one(number)
    assert (kept.state, kept.kept, kept.approver) == (ImportState.KEPT, 5, TARI)
    assert len(await desk.table()) == 5
    assert not desk.folder.file(kept).exists()
    assert await desk.acts(number) == [
        "import.brought", "import.columns", "import.compared", "import.ordered",
        "import.approved", "import.begun", "import.done",
    ]  # fmt: skip


async def test_an_import_is_undone_as_a_whole(desk: Desk) -> None:
    """What was there is as it was, what was new is gone; the records and the counts say so."""
    await desk.bring(OPEN)
    before = await desk.table()
    kept = await desk.bring(BOUGHT)
    assert (kept.kept, len(await desk.table())) == (5, 8)
    undone = await desk.undo(kept.id)
    assert (undone.state, undone.undone, undone.left) == (ImportState.UNDONE, 5, 0)
    assert await desk.table() == before
    assert (await desk.acts(kept.id))[-2:] == ["import.undo", "import.undone"]
    with pytest.raises(TooLate):
        await desk.undo(kept.id)


async def test_payments_are_undone_too(desk_on_both: Desk) -> None:
    desk = desk_on_both
    heading = "phone,number,amount,status\n"
    await desk.bring(f"{heading}081234567810,1,600000,scheduled\n", "incentives")
    before = await desk.table("roster_payments")
    kept = await desk.bring(f"{heading}081234567810,1,600000,paid\n081234567810,2,600000,held\n", "incentives")
    await desk.undo(kept.id)
    assert await desk.table("roster_payments") == before


async def test_what_came_after_an_import_stays(desk: Desk) -> None:
    """A later list changed two of the lines, one number was deleted: these are left, and counted."""
    kept = await desk.bring(OPEN)
    await desk.bring("phone,wave,zone\n081234567810,21,WITA\n081234567811,21,WIT\n")
    async with desk.store.writing() as tx:
        await tx.roster.drop(OwnNumber("+6281234567812").hashed(NUMBERS))
    undone = await desk.undo(kept.id)
    assert (undone.undone, undone.left) == (2, 2)
    assert [row[3] for row in await desk.table()] in (["WITA", "WIT"], ["WIT", "WITA"])


async def test_people_behind_the_lines_go_back_but_keep_what_they_did(desk_on_both: Desk) -> None:
    """The list took a purchase for true: the person is reminded again after it; their own plan stays."""
    desk = desk_on_both
    async with desk.store.writing() as tx:
        person = await tx.people.at("web", "siti", language="id")
        await tx.people.join(OwnNumber("+6281234567813").hashed(NUMBERS), person.id)
    await desk.bring(OPEN)
    async with desk.store.reading() as tx:
        official = await tx.people.get(person.id)
        row = await tx.reminders.row_of(person.id)
    kept = await desk.bring(BOUGHT)
    async with desk.store.writing() as tx:
        bought = await tx.people.get(person.id)
        assert bought is not None
        assert bought.has(Milestone.BOUGHT)
        event = PlanMade(tx.now + timedelta(hours=3))
        await tx.people.save(bought.after(event), [event])
    await desk.undo(kept.id)
    async with desk.store.reading() as tx:
        now = await tx.people.get(person.id)
        assert official is not None
        assert now == replace(official, plan_at=event.at)
        assert await tx.reminders.row_of(person.id) is not None or row is None


async def test_another_difference_than_the_approved_one_is_not_kept(desk: Desk) -> None:
    """Meanwhile another list was taken in: it is looked at anew, and approved anew."""
    number = await desk.send(BOUGHT)
    await desk.compare(number)
    ordered = await desk.order(number)
    await desk.bring(OPEN)
    before = await desk.table()
    await desk.approve(ordered)
    await desk.queue.work()
    again = await desk.one(number)
    assert (again.state, again.reason, again.approver) == (ImportState.COMPARED, OTHER_DIFFERENCE, None)
    assert await desk.table() == before


@pytest.mark.parametrize(("content", "reason"), [(None, GONE), (OPEN.replace("21,", "20,"), OTHER_FILE)])
async def test_another_file_than_the_approved_one_is_not_kept(desk: Desk, content: str | None, reason: str) -> None:
    number = await desk.send(OPEN)
    await desk.compare(number)
    ordered = await desk.order(number)
    await desk.approve(ordered)
    if content is None:
        desk.folder.drop(ordered)
    else:
        desk.folder.file(ordered).write_text(content)
    await desk.queue.work()
    assert (await desk.one(number)).reason == reason
    assert await desk.table() == []


async def test_who_was_killed_is_gone_on_with(desk: Desk, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """After silence another takes the work, and the one that was thought dead writes nothing more."""
    for name in ("_FIRST", "_LEAST", "_MOST"):
        monkeypatch.setattr(applying, name, 2)
    number = await desk.send(OPEN)
    await desk.compare(number)
    await desk.approve(await desk.order(number))
    async with desk.store.writing() as tx:
        dead = await tx.imports.claim()
        assert dead is not None
        assert await tx.imports.claim() is None
    await desk.queue.work()
    assert await desk.table() == []
    at(desk.store, office.now + timedelta(minutes=2))
    await desk.queue.work()
    kept = await desk.one(number)
    assert (kept.state, kept.kept) == (ImportState.KEPT, 5)
    with pytest.raises(Overtaken):
        async with desk.store.writing() as tx:
            await UndoRecord(dead, 9).keep(tx, ["[]"], {}, 1)
    assert await desk.one(number) == kept


async def test_a_full_disk_costs_an_import_no_try(desk: Desk) -> None:
    """However long it lasts: once there is room, it is gone on with, and nobody has to bring the list again."""
    number, works = await desk.send(OPEN), desk.queue.run

    async def full(_claimed: object) -> None:
        raise NotItsFault

    one = await desk.one(number)
    assert one.columns is not None
    async with desk.store.writing() as tx:
        await desk.orders.confirm(tx, SARI, one, Recognised.from_document(one.columns).places)
    desk.queue.run = full
    for _ in range(2 * MOST_TRIES):
        with pytest.raises(NotItsFault):
            await desk.queue.work()
    desk.queue.run = works
    await desk.queue.work()
    assert (await desk.one(number)).state is ImportState.COMPARED


async def test_stopped_in_the_middle_it_goes_on_or_is_undone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_FIRST", "_LEAST", "_MOST"):
        monkeypatch.setattr(applying, name, 2)
    number = await desk.send(OPEN)
    await desk.compare(number)
    await desk.approve(await desk.order(number))
    keep, calls = applying._Keeper.keep, []

    async def once(self: applying._Keeper, *given: object, **named: object) -> float:
        calls.append(given)
        if len(calls) == 2:
            async with desk.store.writing() as tx:
                await desk.orders.stop(tx, SARI, await desk.one(number))
        return await keep(self, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(applying._Keeper, "keep", once)
    await desk.queue.work()
    stopped = await desk.one(number)
    assert (stopped.state, stopped.kept, len(await desk.table())) == (ImportState.STOPPED, 2, 2)
    async with desk.store.writing() as tx:
        await desk.orders.go_on(tx, TARI, stopped)
    await desk.queue.work()
    assert (await desk.one(number)).kept == 5
    assert (await desk.undo(number)).undone == 5
    assert await desk.table() == []


async def test_a_heading_that_is_not_known_is_chosen(desk: Desk) -> None:
    number = await desk.send("Telepon Kontak Peserta;Angkatan Seleksi;nama\n081234567890;21;Siti\n")
    one = await desk.one(number)
    assert one.columns is not None
    assert (one.columns["cells"][0], one.columns["wrong"] != "") == ("Telepon Kontak Peserta", True)
    assert "Siti" not in str(one.columns["examples"])
    with pytest.raises(WrongColumns):
        await desk.compare(number, phone=0, wave=0)
    assert (await desk.compare(number, phone=0, wave=1)).changes == 1


async def test_bad_rows_are_a_file_without_numbers_and_formulas(desk: Desk) -> None:
    number = await desk.send(
        "phone,wave,zone,nama\n081234567890123456,21,=1+1,Siti\n0812,21,,Budi\n081234567890,21,,\n"
    )
    one = await desk.compare(number)
    assert one.found is not None
    assert one.found["bad"] == 2
    written = desk.folder.refused(one).read_text("utf-8-sig").splitlines()
    assert written[0] == "baris,alasan ditolak,phone,wave,zone"
    assert "'=1+1" in written[1]
    assert "081234567890123456" not in "".join(written)
    assert "Siti" not in "".join(written)


async def test_only_lists_of_a_size_and_sort_that_are_taken(desk: Desk) -> None:
    for name, size in (("a.exe", 5), ("a.csv", 0), ("a.csv", 1 << 40), ("a.xls", 5)):
        with pytest.raises(WrongFile):
            async with desk.store.writing() as tx:
                await desk.orders.bring(tx, SARI, "roster", name, size)
    async with desk.store.writing() as tx:
        one = await desk.orders.bring(tx, SARI, "roster", "../../etc/lolos.csv", 9)
    assert one.file == "lolos.csv"
    with pytest.raises(NotAuthor):
        desk.orders.check_piece(TARI, one, 0, 9)
    for wrong in ((1, 3), (0, 10), (0, 0)):
        with pytest.raises(ChangedSince):
            desk.orders.check_piece(SARI, one, *wrong)


async def test_after_a_day_nothing_is_left_of_it(desk: Desk, office: Office) -> None:
    """Neither file nor record of what it changed; a list that nobody went on with is dropped."""
    kept, waiting = await desk.bring(OPEN), await desk.send(BOUGHT)
    at(desk.store, office.now + timedelta(days=1, minutes=1))
    with pytest.raises(TooLate):
        await desk.undo(kept.id)
    await desk.queue.tidy()
    assert (await desk.one(waiting)).state is ImportState.DROPPED
    assert await desk.table("import_portions") == []
    at(desk.store, office.now + timedelta(days=2, minutes=2))
    await desk.queue.tidy()
    assert list(desk.place.iterdir()) == []
