"""What an operator reads when something is wrong: one sentence with what to do, and never a traceback."""

from __future__ import annotations

import asyncio
import os
import socket
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.store import open_store
from tests.command_line import SOBAT
from tests.fakes.bot_api import FakeBotApi

TOKEN = "7000000001:AAHxFakeTokenOfTheFakeBotApiServer_12345"
NOWHERE = "http://127.0.0.1:9"
READERS = [
    ("check", "--live"),
    ("staff", "list"),
    ("broadcast", "status", "1"),
    ("understand", "review"),
    ("db", "upgrade"),
]


def sobat(*words: str, database: str, **more: str) -> Result:
    clean = {name: None for name in os.environ if name.startswith(("TELEGRAM", "DATABASE", "SOBAT", "WEB_"))}
    return CliRunner().invoke(SOBAT, words, env={**clean, "DATABASE_URL": database, "PORT": "18999", **more})


def _is_a_sentence(done: Result, *parts: str) -> None:
    assert done.exit_code in {1, 2}, done.output
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    assert "Traceback" not in done.output
    for part in parts:
        assert part in done.output


def _corrupt(path: Path) -> None:
    path.write_bytes(b"this is no database, " * 500)


def _damaged(path: Path) -> None:
    _made(path)
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + os.urandom(len(whole) - 4096))


def _newer(path: Path) -> None:
    _made(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999', oldest = '9998'")
        connection.commit()


def _directory(path: Path) -> None:
    path.mkdir()


def _made(path: Path) -> None:
    async def make() -> None:
        store = open_store(f"sqlite:///{path}")
        await store.prepare()
        await store.close()

    asyncio.run(make())


@pytest.mark.parametrize("words", READERS, ids=" ".join)
@pytest.mark.parametrize(
    ("spoil", "part"),
    [(_corrupt, "no SQLite database"), (_damaged, "damaged"), (_directory, "opened")],
    ids=["no database", "damaged", "a directory"],
)
def test_a_database_that_can_not_be_used(tmp_path: Path, words: tuple[str, ...], spoil: object, part: str) -> None:
    path = tmp_path / "sobat.db"
    assert callable(spoil)
    spoil(path)
    _is_a_sentence(sobat(*words, database=f"sqlite:///{path}"), part)


@pytest.mark.parametrize("words", READERS[1:], ids=" ".join)
def test_a_database_of_a_newer_version(tmp_path: Path, words: tuple[str, ...]) -> None:
    _newer(tmp_path / "sobat.db")
    _is_a_sentence(sobat(*words, database=f"sqlite:///{tmp_path}/sobat.db"), "newer Sobat")


@pytest.mark.parametrize("words", READERS, ids=" ".join)
@pytest.mark.parametrize("database", ["sqlite:////nosuch/dir/x.db", "postgresql://u:p@127.0.0.1:9/x", "mysql://x"])
def test_a_database_that_is_not_there(words: tuple[str, ...], database: str) -> None:
    _is_a_sentence(sobat(*words, database=database), "sobat: ")


@pytest.mark.parametrize("words", ["import list", "staff list", "dead-letters", "person export --phone 081234567890"])
@pytest.mark.parametrize("typed", ["mysql://x/y", "postgresql://h:abc/y", "kantor"])
def test_an_address_that_is_typed_beside_a_command_is_none(words: str, typed: str) -> None:
    _is_a_sentence(sobat(*words.split(), "--database", typed, database="sqlite://"), "sobat: ")


@pytest.mark.parametrize(
    "words",
    [
        "check --live",
        "staff list",
        "staff records",
        "staff remove --telegram 5",
        "broadcast status",
        "broadcast status 1",
        "broadcast results 1",
        "broadcast cancel 1",
        "understand review",
        "understand label 1 deadline",
        "understand learn",
        "helpdesk report",
        "person export --at telegram:5",
        "person delete --at telegram:5 --yes",
        "dead-letters",
        "dead-letters retry inbox/1",
    ],
)
def test_only_what_may_come_first_makes_a_database(tmp_path: Path, words: str) -> None:
    """Else an operator in the wrong directory reads that there is nobody and nothing, and leaves an empty file."""
    done = sobat(*words.split(), database=f"sqlite:///{tmp_path}/sobat.db")
    _is_a_sentence(done, "no database at", "Set DATABASE_URL to its file")
    assert list(tmp_path.iterdir()) == []


def test_the_first_member_of_staff_can_come_before_the_first_start(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/sobat.db"
    added = sobat("staff", "add", "--telegram", "5", "--role", "admin", "--name", "Rina", database=database)
    assert "Rina" in added.output
    assert "Rina" in sobat("staff", "list", database=database).output


def test_looking_at_a_database_that_was_never_set_up(tmp_path: Path) -> None:
    (tmp_path / "sobat.db").touch()
    _is_a_sentence(sobat("check", "--live", database=f"sqlite:///{tmp_path}/sobat.db"), "sobat db upgrade")


@pytest.mark.parametrize(
    ("database", "part"),
    [
        ("sqlite:////nosuch/dir/x.db", "no directory"),
        ("postgresql://u:p@127.0.0.1:9/x", "does not answer"),
    ],
)
def test_check_gives_no_tick_to_a_database_that_can_not_be_used(database: str, part: str) -> None:
    done = sobat("check", database=database)
    _is_a_sentence(done, "✗ database", part)


def test_check_finds_a_newer_database(tmp_path: Path) -> None:
    _newer(tmp_path / "sobat.db")
    _is_a_sentence(sobat("check", database=f"sqlite:///{tmp_path}/sobat.db"), "✗ database", "newer Sobat")


@pytest.mark.parametrize("token", ["abc", "123", ":AAH", "123:", "123:AA AA", "123:AAé"])
@pytest.mark.parametrize("words", [("check",), ("run",)], ids=" ".join)
def test_what_is_no_token(tmp_path: Path, words: tuple[str, ...], token: str) -> None:
    done = sobat(*words, database=f"sqlite:///{tmp_path}/x.db", TELEGRAM_TOKEN=token)
    _is_a_sentence(done, "TELEGRAM_TOKEN", "@BotFather")
    assert "AA" not in done.output.replace("AAH...", "")


def test_check_says_where_telegram_can_not_be_asked(tmp_path: Path) -> None:
    done = sobat("check", database=f"sqlite:///{tmp_path}/x.db", TELEGRAM_TOKEN=TOKEN, TELEGRAM_BASE_URL=NOWHERE)
    assert "the token was not tried" in done.output
    assert "✗ Telegram" not in done.output
    assert TOKEN not in done.output


@pytest.mark.parametrize(("token", "mark"), [(TOKEN, "✓ Telegram"), ("1:refused", "✗ Telegram")])
def test_check_asks_telegram(tmp_path: Path, token: str, mark: str) -> None:
    with _telegram() as url:
        done = sobat("check", database=f"sqlite:///{tmp_path}/x.db", TELEGRAM_TOKEN=token, TELEGRAM_BASE_URL=url)
    assert mark in done.output


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        _is_a_sentence(sobat("run", database=f"sqlite:///{tmp_path}/x.db", PORT=port), f"PORT: {port} is in use")


@pytest.mark.parametrize(("host", "part"), [("nosuch.invalid", "is not known"), ("203.0.113.1", "not an address")])
def test_a_host_that_is_not_here(tmp_path: Path, host: str, part: str) -> None:
    _is_a_sentence(sobat("run", database=f"sqlite:///{tmp_path}/x.db", HOST=host), "HOST: ", part)


@contextmanager
def _telegram() -> Iterator[str]:
    """The strict server in a thread of its own, for commands that run a loop themselves."""
    ready, urls, ended = threading.Event(), [], asyncio.Event()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        async with FakeBotApi() as api:
            urls.append(api.base_url)
            ready.set()
            await ended.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    ready.wait(30)
    yield urls[0]
    loop.call_soon_threadsafe(ended.set)
    thread.join()
    loop.close()


LEAK = ("breach", "--since", "2021-10-01T00:00:00+07:00", "--table", "participants", "--out")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("backup", "nosuch/there"), "no such directory: nosuch"),
        (("backup", "file/there"), "not a directory"),
        (("backup", "x" * 300), "file name too long"),
        ((*LEAK, "file"), "file: file exists"),
        ((*LEAK, "file/there"), "not a directory"),
        ((*LEAK, "x" * 300), "file name too long"),
    ],
)
def test_a_place_where_nothing_can_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], part: str
) -> None:
    monkeypatch.chdir(tmp_path)
    _made(tmp_path / "sobat.db")
    Path("file").touch()
    _is_a_sentence(sobat(*words, database=f"sqlite:///{tmp_path}/sobat.db"), "sobat: ", part)


def test_what_is_written_of_people_only_its_owner_may_read(tmp_path: Path) -> None:
    """Also in place of a file that anybody could read."""
    database = f"sqlite:///{tmp_path}/sobat.db"
    _made(tmp_path / "sobat.db")
    old = tmp_path / "terdampak.csv"
    old.touch(mode=0o644)
    assert sobat(*LEAK, str(tmp_path), database=database).exit_code == 0
    assert stat.S_IMODE(old.stat().st_mode) == 0o600


HUGE = "9" * 20


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (f"broadcast status {HUGE}", "sobat: "),
        (f"import undo {HUGE}", "too large"),
        (f"helpdesk report --days {HUGE}", "too large"),
        (f"understand review --limit {HUGE}", "too large"),
        ("breach --since 0001-01-01T00:00:00+07:00 --table participants", "out of range"),
        ("broadcast approve 1 --clock 9999-12-31T23:59:59+00:00", "9999-12-31"),
        ("staff add --telegram 5 --role admin --name \udcff", "UTF-8"),
    ],
)
def test_what_no_database_holds_is_told(tmp_path: Path, words: str, part: str) -> None:
    _made(tmp_path / "sobat.db")
    _is_a_sentence(sobat(*words.split(), database=f"sqlite:///{tmp_path}/sobat.db"), part)
