"""Dialogues by people who never saw the rules, judged by the answer: `tests/dialogues/README.md`."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.dialogues.judge import Verdict, figures, judge
from bot.cli.dialogues.play import play
from bot.cli.dialogues.script import DialogueError, Script, read_scripts
from programme.programme import Programme, load_programme
from reminders.policy import load_policy
from tests.replayed import replayed


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_programme()


@pytest.mark.xdist_group("replayed dialogues")
def test_dialogues_are_answered_and_none_dangerously() -> None:
    found = figures([judge(script, went) for script, went in replayed()])
    dangerous = [one for one in found["failing"] if one["verdict"] == Verdict.DANGEROUS]
    assert not dangerous
    assert found["n"] >= 2245
    assert found["right"] + found["asked"] >= 0.95 * found["n"]
    assert found["needless"] <= 0.03 * found["n"]


def one(text: str, tmp_path: Path) -> Script:
    file = tmp_path / "one.txt"
    file.write_text(text, "utf-8")
    [script] = read_scripts(file)
    return script


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        ("> batas gel 21 kapan\nhas: 21 oktober\nhas: 23.59", Verdict.RIGHT),
        ("> batas gel 21 kapan\nhas: 22 november", Verdict.WRONG),
        ("> batas gel 21 kapan\nhas: 21 oktober\nnever: 23.59", Verdict.DANGEROUS),
        ("> sudah beli di tokopedia kemarin\nhas: tercatat", Verdict.DANGEROUS),
        ("> sudah beli di tokopedia kemarin\nhas: tercatat\nrecords: bought tokopedia\nreminded: no", Verdict.RIGHT),
        ("> insentif belum cair\nhas: 1500696", Verdict.NEEDLESS),
        ("> insentif belum cair\nhas: 1500696\nasks: fine", Verdict.ASKED),
        ("bot: reminder\n> besok jam 8 malam\nrecords: plan 2021-10-15 20:00", Verdict.RIGHT),
        ("> sudah beli di pijar mahir kemarin\nhas: tercatat\nrecords: bought pijarmahir", Verdict.RIGHT),
        ("> siapa juara liga inggris\noutside: yes", Verdict.RIGHT),
    ],
)
async def test_a_dialogue_is_judged_by_its_last_answer(lines, verdict, programme, tmp_path):
    script = one(f"== it (single)\nwho: wave 21\nat: 2021-10-14 10:00\n{lines}\n", tmp_path)
    assert judge(script, await play(script, programme, load_policy())).verdict is verdict


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("> halo", "one.txt:1: a dialogue begins with `== name (kind)`"),
        ("== it (strange)", "one.txt:1: the kind is one of single"),
        ("== it (single)\nat: 2021-10-14 10:00\nhaz: 23.59", "one.txt:3: 'haz: 23.59' is neither said nor"),
        ("== it (single)\n> halo", "one.txt:1: needs a line `at: 2021-10-18 09:00`"),
    ],
)
def test_a_line_that_fits_nothing_is_named(text, message, tmp_path):
    with pytest.raises(DialogueError) as error:
        one(text, tmp_path)
    assert message in str(error.value)
