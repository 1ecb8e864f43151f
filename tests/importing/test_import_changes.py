"""What an import changes is known before it is changed: nothing untold is lost, and what looks wrong is asked about."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from bot.app.secret import Secrets
from bot.cli.import_commands import listed, undo
from bot.cli.importing import UNSURE, import_file
from bot.importing import applying
from bot.importing.changes import EffectKind
from bot.importing.intake import Import, Report
from bot.importing.lists import Office
from bot.importing.progress import Teller
from bot.importing.rolls import LISTS
from bot.store import Store
from programme.model.events import RosterMatched
from programme.model.imports import ImportState
from programme.model.milestones import Milestone
from programme.model.payments import PaymentStatus
from programme.model.phones import OwnNumber
from programme.model.zones import Zone
from tests.databases import at
from tests.importing.conftest import NUMBERS, PHONE, Bring

FULL = "phone,wave,passed_on,zone,bought_on,platform\n081234567890,21,2021-09-22,WITA,2021-10-19,Tokopedia\n"


class Watched(Teller):
    """Says when the first changes are kept."""

    def __init__(self, kept: asyncio.Event, report: Report) -> None:
        super().__init__(Console(quiet=True))
        self._kept, self._report = kept, report

    @contextmanager
    def stage(self, doing: str, total: int) -> Iterator[Callable[[int], None]]:
        def advance(more: int) -> None:
            if self._report.applied.done:
                self._kept.set()

        yield advance


async def known(store: Store, phone: str = PHONE) -> RosterMatched:
    async with store.writing() as tx:
        found = await tx.roster.find(OwnNumber(phone).hashed(NUMBERS))
    assert found is not None
    return found


@pytest.mark.parametrize(
    "later",
    [
        "phone,wave\n081234567890,21\n",
        "phone,wave,bought_on,zone\n081234567890,21,,\n",
        "phone,wave,bought_on,platform\n081234567890,21,-,N/A\n",
        "phone,wave,bought_on\n081234567890,21,ya\n",
    ],
)
async def test_what_a_later_list_does_not_tell_stays(later: str, bring: Bring, kept: Store) -> None:
    await bring(FULL)
    before = await known(kept)
    report = await bring(later)
    assert (report.changes.unchanged, report.doubts) == (1, [])
    assert await known(kept) == before
    assert before.zone is Zone.WITA
    assert before.progress[0].platform == "tokopedia"


async def test_who_is_told_not_to_have_bought_is_asked_about(bring: Bring, kept: Store) -> None:
    await bring(FULL)
    taken_back = "phone,wave,sudah beli\n081234567890,21,Tidak\n"
    report = await bring(taken_back)
    assert report.changed == 0
    assert report.doubts == ["1 of 1 become not bought"]
    assert (await known(kept)).progress != ()
    assert (await bring(taken_back, sure=True)).changed == 1
    assert (await known(kept)).progress == ()


async def test_another_wave_voids_the_day_of_passing_and_is_asked_about(bring: Bring, kept: Store) -> None:
    await bring(FULL)
    assert (await bring("phone,wave\n081234567890,20\n")).doubts == ["1 of 1 come into another wave"]
    await bring("phone,wave\n081234567890,20\n", sure=True)
    found = await known(kept)
    assert (found.wave, found.passed_on) == (20, None)


async def test_a_purchase_before_a_day_of_passing_known_from_before_is_refused(bring: Bring) -> None:
    await bring("phone,wave,passed_on\n081234567890,21,2021-10-01\n")
    report = await bring("phone,wave,bought_on\n081234567890,21,2021-09-25\n")
    assert report.bad == [(2, "bought_on: 2021-09-25 is before the day of passing that is known, 2021-10-01")]


async def test_rows_about_the_same_number_are_taken_once_or_not_at_all(bring: Bring, kept: Store) -> None:
    """However the number is written; which of two stories is true nobody can tell."""
    report = await bring(
        "phone,wave\n081234567890,21\n0812-3456-7890,20\n081234567891,21\n6281234567891,21.0\n081234567892,21\n"
    )
    assert report.good == 3
    assert report.changes.repeated == 1
    assert [row for row, _ in report.bad] == [2, 3]
    assert "row 3" in report.bad[0][1]
    async with kept.writing() as tx:
        assert await tx.roster.find(OwnNumber(PHONE).hashed(NUMBERS)) is None


async def test_waves_without_a_cutoff_are_told(bring: Bring) -> None:
    report = await bring("phone,wave,passed_on\n081234567890,24,\n081234567891,24,2021-10-10\n081234567892,21,\n")
    assert report.changes.effects == {EffectKind.NO_CUTOFF: 1}
    assert any("wave 24: 1" in line for line in report.changes.lines())


async def test_many_bad_rows_and_a_list_without_cutoffs_look_wrong(bring: Bring) -> None:
    bad = "".join(f"08{number},21\n" for number in range(30))
    report = await bring("phone,wave\n081234567890,21\n" + bad)
    assert report.changed == 0
    assert report.doubts == ["30 of 31 rows are bad"]
    blind = "".join(f"0812345678{number},24\n" for number in range(10, 40))
    assert "without a cutoff" in (await bring("phone,wave\n" + blind)).doubts[0]


async def test_a_payment_keeps_what_is_not_told_but_not_the_reason_of_another_status(bring: Bring, kept: Store) -> None:
    await bring(FULL)
    heading = "phone,number,amount,status,scheduled_on,partner,reason\n"
    await bring(f"{heading}081234567890,1,600000,failed,2021-10-14,OVO,Rekening ditutup\n", "incentives")
    await bring("phone,number,amount,status\n081234567890,1,600000,failed\n", "incentives")
    assert (await known(kept)).payments[0].reason == "Rekening ditutup"
    await bring("phone,number,amount,status,paid_on\n081234567890,1,600000,paid,2021-10-20\n", "incentives")
    [payment] = (await known(kept)).payments
    assert (payment.status, payment.reason, payment.partner) == (PaymentStatus.PAID, None, "ovo")
    assert (payment.scheduled_on, payment.paid_on) == (date(2021, 10, 14), date(2021, 10, 20))
    taken_back = await bring("phone,number,amount,status\n081234567890,1,600000,held\n", "incentives")
    assert taken_back.doubts == ["1 of 1 become not paid"]


async def test_an_import_stands_in_the_records(bring: Bring, kept: Store) -> None:
    await bring(FULL)
    async with kept.reading() as tx:
        done, begun = await tx.staff.records()
    assert (begun.act, done.act, done.subject, done.who) == ("import.begun", "import.done", "import/1", "terminal:sari")
    told = {"file": "list.csv", "list": "roster"}
    assert done.details == told | {"new": 1, "changed": 0, "unchanged": 0, "bad": 0, "kept": 1}


async def test_the_next_import_of_a_kind_says_that_the_last_one_was_killed(
    bring: Bring, office: Office, kept: Store
) -> None:
    """What is killed writes down no end; another kind of list has nothing to do with it."""
    async with at(kept, office.now - timedelta(1)).writing() as tx:
        await tx.imports.begin("roster", "lolos.csv", "terminal:sari", ImportState.KEEPING)
    payments = await bring("phone,number,amount,status\n081234567890,1,600000,paid\n", "incentives")
    assert not payments.notes
    [told] = (await bring(FULL)).notes
    assert told.startswith(
        "the last import of this kind (lolos.csv, 2021-10-24 09:00 WIB, terminal:sari) has not ended"
    )
    assert not (await bring(FULL)).notes


async def test_an_import_that_is_stopped_says_how_far_it_came_and_goes_on_from_there(
    office: Office, kept: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "_FIRST", 10)
    monkeypatch.setattr(applying, "_LEAST", 10)
    monkeypatch.setattr(applying, "_MOST", 10)
    file, report = tmp_path / "list.csv", Report()
    file.write_text("phone,wave\n" + "".join(f"0812345678{number},21\n" for number in range(10, 60)))
    first_portion = asyncio.Event()

    teller = Watched(first_portion, report)
    taking = asyncio.ensure_future(Import(kept, office, teller).take(LISTS["roster"], file, report))
    await first_portion.wait()
    taking.cancel()
    with suppress(asyncio.CancelledError):
        await taking
    assert 0 < report.applied.done < report.applied.of == 50
    async with kept.reading() as tx:
        stopped, *_ = await tx.staff.records()
    assert (stopped.act, stopped.details["kept"]) == ("import.stopped", report.applied.done)
    again = await Import(kept, office).take(LISTS["roster"], file, Report())
    assert (again.changes.unchanged, again.changed) == (report.applied.done, 50 - report.applied.done)


async def test_a_number_known_under_an_earlier_key_is_the_same_number(
    bring: Bring, office: Office, kept: Store, tmp_path: Path
) -> None:
    """What it was told before stays, and lies under the new key afterwards."""
    await bring(FULL)
    new, old = Secrets.of(b"a new secret, long enough").current, NUMBERS.current
    keys = type(NUMBERS)(new.number_key(2), (old,))
    renewed = Office(office.programme, office.policy, keys, office.now)
    report = await Import(kept, renewed).take(LISTS["roster"], tmp_path / "list.csv", Report())
    assert (report.changes.unchanged, report.changed) == (1, 1)
    async with kept.writing() as tx:
        found = await tx.roster.find(OwnNumber(PHONE).hashed(keys))
        assert found is not None
        assert found.progress[0].milestone is Milestone.BOUGHT
        assert not await tx.number_keys.left(1)


def test_the_command_tells_the_difference_and_needs_a_yes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOBAT_SECRET", "kJ8x2LqP9wZr4TnVb7Yc")
    database, file = f"sqlite:///{tmp_path}/sobat.db", tmp_path / "lolos.csv"
    file.write_text(FULL)
    assert import_file("roster", file, dry_run=True, database=database) == 0
    assert not (tmp_path / "sobat.db").exists()
    assert import_file("roster", file, dry_run=False, database=database) == 0
    file.write_text("phone,wave,bought_on\n081234567890,21,belum\n0812,21,\n")
    capsys.readouterr()
    assert import_file("roster", file, dry_run=False, database=database) == UNSURE
    told = capsys.readouterr().err
    assert "1 of 1 become not bought" in told
    assert "run it again with --yes" in told
    assert "lolos.csv.ditolak.csv" in told
    assert import_file("roster", file, dry_run=False, database=database, sure=True) == 1


def test_the_command_undoes_an_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told by which number; a second time there is nothing to undo."""
    monkeypatch.setenv("SOBAT_SECRET", "kJ8x2LqP9wZr4TnVb7Yc")
    database, file = f"sqlite:///{tmp_path}/sobat.db", tmp_path / "lolos.csv"
    file.write_text(FULL)
    import_file("roster", file, dry_run=False, database=database)
    assert "sobat import undo 1" in capsys.readouterr().err
    undo(1, database)
    listed(database)
    told = capsys.readouterr().err
    assert "1 of 1 changes of lolos.csv are undone" in told
    assert "undone: 1 of 1 kept, 1 undone" in told
    with pytest.raises(SystemExit):
        undo(1, database)
    assert "nothing of it can be undone" in capsys.readouterr().err
