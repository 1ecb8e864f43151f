"""`sobat breach`: whom a leak touched, where to tell them, and the notices of article 46."""

from __future__ import annotations

import asyncio
import csv
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.breach import FILE
from bot.store import RosterRow, Store, open_store
from bot.store.repositories.touched import PERSONAL_TABLES, touched
from programme.model.events import MilestoneReached
from programme.model.milestones import Milestone
from tests.command_line import SOBAT
from tests.store.samples import HOUR, MONDAY, happen, incoming, meet

SINCE = "2021-10-18T00:00:00+07:00"


async def _people(url: str) -> None:
    store = open_store(url)
    await store.prepare()
    async with store.writing() as tx:
        bought = await meet(tx, "628111", "whatsapp")
        await meet(tx, "42")
        await meet(tx, "43", now=MONDAY + timedelta(days=2))
        await happen(tx, bought, MilestoneReached(Milestone.BOUGHT))
        await tx.roster.put([RosterRow(phone_hash="a" * 64, wave=21)])
    await store.close()


def _breach(url: str, out: Path, *tables: str, **options: str) -> Result:
    named = [word for table in tables for word in ("--table", table)]
    more = [word for name, value in options.items() for word in (f"--{name}", value)]
    return CliRunner().invoke(SOBAT, ["breach", "--since", SINCE, *named, *more, "--out", str(out), "--database", url])


async def test_everybody_with_a_row_there_is_listed_with_where_to_tell_them(sqlite_url: str, tmp_path: Path) -> None:
    await _people(sqlite_url)
    told = {"until": "2021-10-18T23:00:00+07:00", "known": "2021-10-19T08:00:00+07:00", "how": "Cadangan hilang."}
    done = await asyncio.to_thread(_breach, sqlite_url, tmp_path, "participants", "progress", "roster", **told)
    assert done.exit_code == 0, done.output
    assert "2 people touched (1 telegram, 1 whatsapp)" in done.output
    assert "1 numbers of the lists" in done.output
    assert "by 2021-10-22 08:00 WIB" in done.output
    rows = list(csv.DictReader((tmp_path / "terdampak.csv").read_text().splitlines()))
    assert [(row["channel"], row["address"], row["tables"]) for row in rows] == [
        ("whatsapp", "628111", "participants progress"),
        ("telegram", "42", "participants"),
    ]
    notice = (tmp_path / "pemberitahuan-peserta.txt").read_text()
    assert "Pasal 46" in notice
    assert "Cadangan hilang." in notice
    assert "[ISI: upaya" in notice
    assert "terdampak dan dapat dihubungi: 2" in (tmp_path / "pemberitahuan-lembaga.txt").read_text()


def test_a_table_without_personal_data_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    asyncio.run(_people(sqlite_url))
    refused = _breach(sqlite_url, tmp_path, "tallies")
    assert refused.exit_code == 2
    assert "tallies: no table with personal data" in refused.output


async def test_every_personal_table_can_be_asked_about(store: Store) -> None:
    """On both databases, what waits in the inbox too."""
    async with store.writing() as tx:
        person = await meet(tx)
        await tx.inbox.add(incoming())
        found = [each async for each in touched(tx.connection, PERSONAL_TABLES, tx.now + 10_000 * HOUR)]
    [only] = found
    assert only.person == person
    assert {"participants", "addresses", "inbox"} <= set(only.tables)


def test_every_personal_table_has_words_for_the_notice() -> None:
    words = FILE.read_text(encoding="utf-8")
    assert [table for table in PERSONAL_TABLES if f"\n{table} = " not in words] == []


async def test_the_notices_are_signed_by_who_answers_for_the_data(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPERATOR_NAME", "Yayasan A")
    monkeypatch.setenv("OPERATOR_CONTACT", "data@a.example")
    await _people(sqlite_url)
    done = await asyncio.to_thread(_breach, sqlite_url, tmp_path, "participants")
    assert done.exit_code == 0, done.output
    assert "Yayasan A, data@a.example, [ISI: tanggal]" in (tmp_path / "pemberitahuan-lembaga.txt").read_text()
