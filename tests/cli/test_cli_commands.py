"""The command line as an operator meets it: what it says, its exit codes, and never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.command_line import SOBAT

_OURS = ("TELEGRAM", "DATABASE", "SOBAT")


@dataclass(frozen=True)
class Done:
    """How a command ended and what it said."""

    returncode: int
    stdout: str
    stderr: str


def sobat(*words: str, typed: str = "", **environment: str) -> Done:
    """Run a command in this process: a process of its own would load everything anew."""
    clean = {name: None for name in os.environ if name.startswith(_OURS)}
    done = CliRunner().invoke(SOBAT, words, input=typed, env={**clean, **environment})
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    return Done(done.exit_code, done.stdout, done.stderr)


def process(*words: str, typed: str = "") -> Done:
    """Run a command as an operator does."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    command = [sys.executable, "-c", "from bot.cli.main import app; app()", *words]
    done = subprocess.run(command, input=typed, capture_output=True, text=True, env=clean, check=False, timeout=60)  # noqa: S603 - our own
    return Done(done.returncode, done.stdout, done.stderr)


def test_chat_answers_one_json_object_a_line() -> None:
    """Text, press, contact and clock; a bad line gets an error and the session goes on."""
    typed = "\n".join(
        [
            '{"text": "/start g21"}',
            '{"press": "WIB"}',
            '{"text": "aku tinggal di jayapura"}',
            "not json",
            '{"press": "no such button"}',
            '{"contact": "12"}',
            '{"clock": "2021-10-20"}',
            '{"clock": "2021-10-20T10:00:00+07:00"}',
            '{"text": "udah beli kemarin di tokped"}',
        ]
    )
    done = process("chat", "--json", "--at", "2021-10-18T09:00:00+07:00", "--person", "ani", typed=typed)
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == 9
    assert [bool(answer.get("error")) for answer in answers] == [False] * 3 + [True] * 4 + [False] * 2
    assert "WIT" in answers[2]["messages"][0]["text"]
    reminders = answers[7]["messages"]
    assert [message["kind"] for message in reminders] == ["reminder", "reminder"]
    assert reminders[1]["picture"] is True
    assert reminders[1]["sent_at"].startswith("2021-10-20T07:00:00")
    assert answers[8]["intent"] == "report_bought"
    assert answers[8]["confidence"] > 0.9


def test_help_teaches() -> None:
    """Every command is there with its sentence."""
    done = sobat("--help")
    assert done.returncode == 0
    for command in ("run", "chat", "import", "check", "db", "understand"):
        assert command in done.stdout


def test_check_finds_the_house_in_order() -> None:
    """Settings, data, policy, conversations and names."""
    done = sobat("check")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("words", "environment", "sentence"),
    [
        (("run",), {"PORT": "abc"}, "PORT"),
        (("run",), {"DATABASE_URL": "mysql://x"}, "DATABASE_URL"),
        (("run",), {"TELEGRAM_WEBHOOK_URL": "http://x"}, "https://"),
        (("run",), {"TELEGRAM_WEBHOOK_SECRET": "short"}, "16 to 256"),
        (("import", "roster", "nothing.csv"), {}, "no such file"),
        (("chat", "--at", "yesterday"), {}, "is no moment"),
        (("understand", "label", "1", "nonsense"), {}, "is no intent"),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence(
    words: tuple[str, ...], environment: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    """Exit code 2, and no traceback."""
    done = sobat(*words, **({"DATABASE_URL": f"sqlite:///{tmp_path}/x.db"} | environment))
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_staff_learn_from_what_was_not_understood(tmp_path: Path) -> None:
    """A miss is kept, listed and labelled."""
    database = f"sqlite:///{tmp_path}/sobat.db"
    sobat("chat", "--json", "--database", database, typed='{"text": "itu lho yang kemarin gimana"}\n')
    listed = sobat("understand", "review", "--database", database)
    assert "itu lho yang kemarin gimana" in listed.stdout
    unknown = sobat("understand", "label", "1", "status", "7", "status", "--database", database)
    assert (unknown.returncode, unknown.stderr) == (2, "sobat: there is no number 7: see sobat understand review\n")
    assert "kemarin" in sobat("understand", "review", "--database", database).stdout
    assert sobat("understand", "label", "1", "status", "--database", database).returncode == 0
    assert "Nothing waits" in sobat("understand", "review", "--database", database).stdout


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    """The exit code tells whether all rows were good."""
    rows = tmp_path / "passed.csv"
    rows.write_text("phone,wave\n081234567890,21\n12,21\n", encoding="utf-8")
    database = f"sqlite:///{tmp_path}/sobat.db"
    first = sobat("import", "roster", str(rows), "--database", database)
    assert first.returncode == 1
    assert "row 3" in first.stderr
    assert "1 new or changed" in first.stderr
    assert "0 new or changed" in sobat("import", "roster", str(rows), "--database", database).stderr


def test_chat_shows_what_whatsapp_would_be_given() -> None:
    """A list by its rows, the bodies themselves, a template outside the day; STOP is heard as there."""
    typed = "\n".join(
        [
            '{"text": "/start g21"}',
            '{"press": "WIB"}',
            '{"clock": "2021-10-21T18:30:00+07:00"}',
            '{"press": "Ada kendala"}',
            '{"text": "STOP"}',
            '{"press": "no such row"}',
        ]
    )
    done = sobat("chat", "--json", "--channel", "whatsapp", typed=typed)
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert answers[0]["messages"][0]["posts"][0]["interactive"]["type"] == "list"
    assert answers[0]["messages"][0]["buttons"] == ["WIB", "WITA", "WIT", "Lewati"]
    evening = answers[2]["messages"][-1]
    assert (evening["posts"][0]["template"]["name"], evening["category"]) == ("sobat_last_evening_3h", "utility")
    assert evening["buttons"] == ["Beli sekarang", "Sudah beli", "Ada kendala"]
    assert "macet" in answers[3]["messages"][0]["text"].lower() or answers[3]["messages"][0]["buttons"]
    assert "berhenti" in answers[4]["messages"][0]["text"]
    assert "no such row" in answers[5]["error"]


def test_chat_in_a_terminal_numbers_the_rows_of_a_list() -> None:
    """The list's own button stands above them; a template has its name for a title."""
    typed = "1\n1\n1\n/jam 2021-10-21T18:30+07:00\n"
    done = sobat("chat", "--channel", "whatsapp", typed=typed)
    assert "☰ Pilih" in done.stdout
    assert "1 WIB" in done.stdout
    assert "template: sobat_last_evening_3h" in done.stdout
