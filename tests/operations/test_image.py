"""The Dockerfile without Docker: what it copies, installed by its own lines, is a whole Sobat."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.operations.deployed import ROOT

FIRST_STAGE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ").rpartition("\nFROM ")[0]
COPIED = [name for words in re.findall(r"^COPY (.*) \S+$", FIRST_STAGE, flags=re.MULTILINE) for name in words.split()]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first stage's own installation went, from nothing but what it copies."""
    source, place = tmp_path_factory.mktemp("src"), tmp_path_factory.mktemp("installed")
    for name in COPIED:
        found, there = ROOT / name, source / name
        if found.is_dir():
            shutil.copytree(found, there, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(found, there)
    for words in _installing():
        subprocess.run([*words, "--target", str(place)], cwd=source, check=True, capture_output=True)  # noqa: S603
    return place


def _installing() -> list[list[str]]:
    """The line that installs Sobat itself, by the Python that runs the tests."""
    [run] = [line for line in re.findall(r"^RUN (.*)$", FIRST_STAGE, flags=re.MULTILINE) if "--no-deps" in line]
    installing, _compiling = (shlex.split(each) for each in run.split("&&"))
    return [[sys.executable, "-m", "pip", *installing[1:]]]


def test_everything_that_is_copied_is_let_through_to_docker() -> None:
    through = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert through == set(COPIED)


def test_no_file_of_ours_is_left_behind(installed: Path) -> None:
    """Words, pictures, models and tables go with the code."""
    folders = [name for name in COPIED if (ROOT / name).is_dir()]
    done = subprocess.run(["git", "ls-files", *folders], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603, S607
    if done.returncode:
        pytest.skip("no history here that says which files are ours")
    assert [name for name in done.stdout.splitlines() if not (installed / name).exists()] == []


@pytest.mark.parametrize(
    ("words", "typed", "told"),
    [(["check"], "", "✓ programme data"), (["chat", "--json"], '{"text": "/start g21"}\n', "Gelombang 21")],
    ids=["check", "chat"],
)
def test_what_was_installed_answers_from_an_empty_folder(
    words: list[str], typed: str, told: str, installed: Path, tmp_path: Path
) -> None:
    sobat = "import bot, sys; from bot.cli.main import app; assert bot.__file__.startswith(sys.argv.pop(1)); app()"
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", sobat, str(installed), *words],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed)},
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert told in done.stdout
