"""The page of the settings is as the code has it, and machines can read what `sobat check` finds."""

from __future__ import annotations

import asyncio
import json

import pytest
from click.testing import CliRunner

from bot.app.settings import Settings
from bot.app.settings_page import PAGE, page
from bot.store import open_store
from tests.command_line import SOBAT
from tests.store.samples import MONDAY, meet


def test_the_page_is_as_the_code_has_it() -> None:
    assert PAGE.read_text() == page(), "python -m bot.app.settings_page"


def test_every_setting_is_on_it_and_says_what_it_is() -> None:
    for name, field in Settings.model_fields.items():
        assert f"| `{name.upper()}`" in page()
        assert field.description, name


def test_sobat_check_tells_machines_what_it_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    done = CliRunner().invoke(SOBAT, ["check", "--json"])
    told = json.loads(done.stdout)
    assert done.exit_code == 0
    assert told["ok"]
    assert {"settings", "database", "programme data"} <= {each["name"] for each in told["checks"]}
    monkeypatch.setenv("PORT", "0")
    wrong = CliRunner().invoke(SOBAT, ["check", "--json"])
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("sobat: PORT: ")


def test_sobat_check_live_does_so_too(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    well = CliRunner().invoke(SOBAT, ["check", "--live", "--json"])
    assert (well.exit_code, json.loads(well.stdout)["ok"]) == (0, True)
    asyncio.run(_unswept(url))
    done = CliRunner().invoke(SOBAT, ["check", "--live", "--json"])
    told = json.loads(done.stdout)
    assert (done.exit_code, told["ok"]) == (1, False)
    assert "is a scheduler running?" in told["wrong"][0]


async def _unswept(url: str) -> None:
    store = open_store(url)
    async with store.writing() as tx:
        await tx.reminders.set_row(await meet(tx), MONDAY)
    await store.close()


def test_who_answers_for_the_data_must_be_set_where_they_are_peoples(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (
        ("DATABASE_URL", sqlite_url),
        ("TELEGRAM_TOKEN", "1:a"),
        ("TELEGRAM_BASE_URL", "http://127.0.0.1:1"),
    ):
        monkeypatch.setenv(name, value)
    assert _found("privacy notice")[0].startswith("OPERATOR_NAME and OPERATOR_CONTACT: ")
    monkeypatch.setenv("OPERATOR_NAME", "Yayasan A")
    monkeypatch.setenv("OPERATOR_CONTACT", "data@a.example")
    assert _found("privacy notice") == []


def _found(name: str) -> list[str]:
    told = json.loads(CliRunner().invoke(SOBAT, ["check", "--json"]).stdout)
    [wrong] = [each["wrong"] for each in told["checks"] if each["name"] == name]
    return list(wrong)
