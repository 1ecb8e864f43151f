"""Lists that staff bring in: good rows go in, bad ones are named, and twice is the same as once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.app.secret import Secrets
from bot.cli.chat import DEMO_KEY
from bot.importing.errors import UnreadableFile
from bot.importing.intake import Import, Report
from bot.importing.lists import Office
from bot.importing.rolls import LISTS
from bot.store import Store, open_store
from programme.model.phones import OwnNumber
from programme.programme import load_programme
from reminders.policy import load_policy
from tests.story.town import open_town

NUMBERS = Secrets.of(DEMO_KEY).fresh
PHONE = "+6281234567890"


@pytest.fixture
def office() -> Office:
    return Office(load_programme(), load_policy(), NUMBERS, datetime(2021, 10, 18, 2, tzinfo=UTC))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/sobat.db")
    await opened.prepare()
    yield opened
    await opened.close()


async def bring(what: str, text: str, store: Store, office: Office, tmp_path: Path, *, dry_run: bool = False) -> Report:
    file = tmp_path / f"{what}.csv"
    file.write_text(text, encoding="utf-8")
    return await Import(store, office).take(LISTS[what], file, Report(), dry_run=dry_run)


async def test_good_rows_go_in_and_bad_ones_are_named(store: Store, office: Office, tmp_path: Path) -> None:
    """One bad row does not hold up the others; its number is the one in the spreadsheet."""
    report = await bring(
        "roster",
        "phone,wave,passed_on,zone\n081234567890,21,2021-09-22,WITA\n12,21,,\n0812999888777,x,,\n0812999888776,21,31/02/2021,\n",
        store,
        office,
        tmp_path,
    )
    assert (report.good, report.changed) == (1, 1)
    assert [number for number, _why in report.bad] == [3, 4, 5]
    assert "mobile number" in report.bad[0][1]
    async with store.reading() as tx:
        found = await tx.roster.find(OwnNumber(PHONE).hashed(NUMBERS))
    assert found is not None
    assert found.wave == 21


async def test_importing_twice_changes_nothing(store: Store, office: Office, tmp_path: Path) -> None:
    """The second run finds everything as it is."""
    text = "phone,wave\n081234567890,21\n081234567891,20\n"
    assert (await bring("roster", text, store, office, tmp_path)).changed == 2
    assert (await bring("roster", text, store, office, tmp_path)).changed == 0


async def test_a_dry_run_changes_nothing(store: Store, office: Office, tmp_path: Path) -> None:
    """It only tells what would happen."""
    report = await bring("roster", "phone,wave\n081234567890,21\n", store, office, tmp_path, dry_run=True)
    assert (report.good, report.changed) == (1, 0)
    async with store.reading() as tx:
        assert await tx.roster.find(OwnNumber(PHONE).hashed(NUMBERS)) is None


async def test_spreadsheets_are_read_with_their_numbers_and_days(store: Store, office: Office, tmp_path: Path) -> None:
    """Excel keeps numbers as floats and days as dates."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Phone", "Number", "Amount", "Status", "scheduled_on", "partner", "reason"])
    sheet.append([6281234567890, 1, 600000.0, "failed", datetime(2021, 10, 14), "Ovo", "NIK berbeda"])  # noqa: DTZ001
    file = tmp_path / "incentives.xlsx"
    book.save(file)
    report = await Import(store, office).take(LISTS["incentives"], file, Report())
    assert report.bad == []
    assert report.changed == 1


async def test_trainings_can_be_found_afterwards(tmp_path: Path) -> None:
    """An imported training is recommended like those that ship with the project."""
    database = f"sqlite:///{tmp_path}/town.db"
    office = Office(load_programme(), load_policy(), NUMBERS, datetime(2021, 10, 18, tzinfo=UTC))
    async with open_town(database) as town:
        text = "title;platforms;source;seen\nMerakit Gitar Akustik;Tokopedia=250000; Bukalapak;daftar;2021-10\n"
        report = await bring("trainings", text.replace("; Bukalapak", ""), town.app.store, office, tmp_path)
        assert report.bad == []
        await town.restart()
        found = town.app.programme.catalogue.search(topic="gitar")
        assert [training.title for training in found.trainings] == ["Merakit Gitar Akustik"]


async def test_people_who_shared_their_number_before_become_official_with_one_reminder(tmp_path: Path) -> None:
    """A late roster import catches up with the most urgent reminder, not with all that were missed."""
    async with open_town(f"sqlite:///{tmp_path}/town.db", at="2021-10-20T13:00:00+07:00") as town:
        budi = town.person("budi")
        await budi.says("/start")
        await budi.presses("Lewati")
        await budi.shares_number(PHONE)
        assert "belum ada di data resmi" in budi.heard
        office = Office(load_programme(), load_policy(), NUMBERS, town.clock.now())
        await bring("roster", "phone,wave,zone\n081234567890,21,WIB\n", town.app.store, office, tmp_path)
        await town.app.jobs.run()
        assert len(budi.reminders) == 1
        await budi.says("status saya gimana")
        assert "data resmi" in budi.heard


@pytest.mark.parametrize("name", ["list.txt", "list.xlsx", "list.csv"])
async def test_a_file_that_is_none_is_refused_in_one_sentence(
    name: str, store: Store, office: Office, tmp_path: Path
) -> None:
    """The wrong ending, no spreadsheet, no heading."""
    file = tmp_path / name
    file.write_bytes(b"\xff\xfe nothing")
    with pytest.raises(UnreadableFile):
        await Import(store, office).take(LISTS["roster"], file, Report())
