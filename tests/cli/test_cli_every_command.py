"""Every command of `sobat`, as the command line itself lists them: what is wrong is one sentence, never a traceback."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import click
import pytest
from click.testing import CliRunner, Result

from tests.command_line import SOBAT
from tests.processes.sobat_run import free_port

WORDS: Final = {
    "breach": "--since 2021-10-01T00:00:00+07:00 --table participants",
    "backup": "today.backup",
    "restore": "--resume --past drop",
    "run": "",
    "chat": "--json --database {database}",
    "check": "--live",
    "understand": "review",
    "db upgrade": "",
    "broadcast": "--wave 21 --text-file words.txt",
    "broadcast status": "1",
    "broadcast results": "1",
    "broadcast approve": "1",
    "broadcast pause": "1",
    "broadcast resume": "1",
    "broadcast cancel": "1",
    "broadcast retry": "1",
    "broadcast withdraw": "1",
    "broadcast edit": "1 --text-file words.txt",
    "broadcast correct": "1 --text-file words.txt --yes",
    "broadcast stop-all": "",
    "import roster": "passed.csv --yes",
    "import trainings": "trainings.csv --yes",
    "import incentives": "incentives.csv --yes",
    "import list": "",
    "import undo": "1",
    "staff add": "--telegram 5 --role admin --name Rina",
    "staff remove": "--telegram 5",
    "staff list": "",
    "staff link": "Rina",
    "staff records": "",
    "helpdesk report": "",
    "helpdesk invite": "",
    "person export": "--at telegram:5",
    "person delete": "--at telegram:5 --yes",
    "person restrict": "--at telegram:5",
    "person withdraw": "--at telegram:5",
    "dead-letters": "",
    "dead-letters retry": "inbox/1",
    "dead-letters drop": "inbox/1",
    "whatsapp costs": "",
    "whatsapp templates check": "",
    "whatsapp templates push": "",
    "whatsapp templates status": "",
    "whatsapp templates stop": "sobat_deadline_12h id",
    "whatsapp templates go-on": "sobat_deadline_12h id",
    "whatsapp templates try": "6281234567890",
}
"""What an operator would write after each command."""

NO_STORE: Final = frozenset(f"whatsapp templates {each}" for each in ("check", "push", "status"))
"""Commands that open no database, or only once Meta has answered."""

COPIES: Final = "backup"
"""A copy is made whichever version the database is of."""

OURS: Final = ("TELEGRAM", "WHATSAPP", "DATABASE", "SOBAT", "WEB_", "BACKUP")
REAL: Final = {
    "TELEGRAM_TOKEN": "1:refused",
    "TELEGRAM_BASE_URL": "http://127.0.0.1:9",
    "WHATSAPP_TOKEN": "a-token",
    "WHATSAPP_BASE_URL": "http://127.0.0.1:9/v26.0",
    "WHATSAPP_PHONE_NUMBER_ID": "106540352242922",
    "WHATSAPP_ACCOUNT_ID": "102290129340398",
    "WHATSAPP_APP_SECRET": "0123456789abcdef0123456789abcdef",
    "WHATSAPP_VERIFY_TOKEN": "0123456789abcdef",
    "SOBAT_SECRET": "0123456789abcdef0123456789abcdef",
}
"""Settings of a real bot, whose messengers are not within reach."""


def commands(group: Any = SOBAT, above: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        path = (*above, name)
        if not hasattr(command, "commands") or command.invoke_without_command:
            yield " ".join(path), command
        if hasattr(command, "commands"):
            yield from commands(command, path)


KNOWN: Final = dict(commands())


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a database would lie; the working folder is another one, with what the commands read."""
    files = tmp_path / "files"
    files.mkdir()
    (files / "words.txt").write_text("Batas beli malam ini, ya.")
    (files / "passed.csv").write_text("phone,wave\n081234567890,21\n")
    (files / "trainings.csv").write_text("title,platforms,source,seen\nBarista,tokopedia,example.org,2021-10-01\n")
    (files / "incentives.csv").write_text("phone,number,amount,status\n081234567890,1,600000,paid\n")
    monkeypatch.chdir(files)
    for name in [name for name in os.environ if name.startswith(OURS)]:
        monkeypatch.delenv(name)
    return tmp_path


def sobat(name: str, database: str, **more: str) -> Result:
    words = [*name.split(), *WORDS[name].format(database=database).split()]
    given = {"DATABASE_URL": database, "PORT": str(free_port()), **REAL, **more}
    return CliRunner().invoke(SOBAT, words, env=given, input="")


def is_a_sentence(done: Result, *parts: str) -> None:
    assert done.exit_code in {1, 2}, done.output
    assert isinstance(done.exception, SystemExit), repr(done.exception)
    assert "Traceback" not in done.output
    for part in parts:
        assert part in done.output


def test_every_command_is_tried_here() -> None:
    assert set(KNOWN) == set(WORDS)


@pytest.mark.parametrize("name", WORDS)
def test_a_word_too_many_or_too_few_is_told_with_where_help_is(name: str) -> None:
    wrong = [[*name.split(), "--no-such-option"]]
    if any(each.required for each in KNOWN[name].params):
        wrong.append(name.split())
    for words in wrong:
        is_a_sentence(CliRunner().invoke(SOBAT, words), "--help")


@pytest.mark.parametrize("name", sorted(WORDS.keys() - NO_STORE))
def test_a_database_that_does_not_answer_is_told(name: str, here: Path) -> None:
    is_a_sentence(sobat(name, "postgresql://u:p@127.0.0.1:9/x"), "Connection refused")


@pytest.mark.parametrize("name", ["whatsapp templates push", "whatsapp templates status"])
def test_where_meta_can_not_be_asked_that_is_told(name: str, here: Path) -> None:
    is_a_sentence(sobat(name, f"sqlite:///{here}/sobat.db"), "Meta can't be reached")


@pytest.mark.parametrize("name", sorted(WORDS.keys() - NO_STORE))
def test_an_address_that_is_none_is_told(name: str, here: Path) -> None:
    is_a_sentence(sobat(name, "mysql://x"), "DATABASE_URL")


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A database that a newer version made, which older code can't use."""
    path = tmp_path_factory.mktemp("newer") / "sobat.db"
    assert CliRunner().invoke(SOBAT, ["db", "upgrade", "--database", f"sqlite:///{path}"]).exit_code == 0
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999', oldest = '9998'")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes()


@pytest.mark.parametrize("name", sorted(WORDS.keys() - NO_STORE - {COPIES}))
def test_a_database_of_a_newer_version_is_told(name: str, here: Path, newer: bytes) -> None:
    (here / "sobat.db").write_bytes(newer)
    is_a_sentence(sobat(name, f"sqlite:///{here}/sobat.db"), "a newer Sobat made this database")


@pytest.mark.parametrize("name", sorted(WORDS.keys() - {"whatsapp templates check"}))
def test_a_setting_that_is_wrong_is_told_by_its_name(name: str, here: Path) -> None:
    is_a_sentence(sobat(name, f"sqlite:///{here}/sobat.db", TELEGRAM_RATE="many"), "TELEGRAM_RATE")
