"""What lies loose in a wing is of one kind, and the rooms below it don't know it; import-linter holds the rest."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.dialogue.register import conversations

ROOT = Path(__file__).parents[2]


def _loose(wing: str) -> set[str]:
    return {path.stem for path in (ROOT / wing).glob("*.py")} - {"__init__"}


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_every_file_of_handlers_is_a_conversation():
    registered = {known.script.__module__ for known in conversations().values()}
    assert {f"handlers.{name}" for name in _loose("handlers") - {"intents"}} - registered == set()


@pytest.mark.parametrize(
    ("room", "allowed"),
    [
        ("handlers/helpdesk", {"handlers.intents"}),
        ("handlers/staff", {"handlers.intents"}),
        ("handlers/phrases", {"handlers.intents"}),
        ("handlers/dialogue", {"handlers.intents"}),
        ("handlers/understanding", {"handlers.intents"}),
        ("programme/model", set()),
        ("programme/redaction", set()),
        ("reminders/pictures", set()),
    ],
)
def test_a_room_knows_nothing_that_lies_loose_in_its_wing(room: str, allowed: set[str]):
    wing = room.split("/", maxsplit=1)[0]
    above = {f"{wing}.{name}" for name in _loose(wing)} - allowed
    files = sorted((ROOT / room).rglob("*.py"))
    assert files, room
    known = {(path.name, name) for path in files for name in _imported(path) if name in above}
    assert known == set()
