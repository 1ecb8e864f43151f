"""Dialogue files: what a person is, what is said in turn, and what the last answer must come to.

`tests/dialogues/README.md` describes the form; a line that fits nothing in it is an error that names the line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from programme.model.zones import Zone

KINDS = ("single", "follow-up", "reply", "negative")
SETTINGS = frozenset(("who", "at", "has", "not", "warns", "never", "asks", "records", "reminded", "outside", "note"))


class DialogueError(ValueError):
    """A dialogue file says something that can't be read; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the dialogue: the person's own words, forwarded ones, or what the bot sends by itself."""

    by: str
    """`person`, `forwarded`, `reminder`, `check` or `broadcast`."""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One dialogue; `at` is when the last line is said, and lists in `has` and the like are alternatives."""

    name: str
    kind: str
    place: str
    at: datetime
    who: tuple[str, ...] = ()
    lines: tuple[Said, ...] = ()
    has: tuple[tuple[str, ...], ...] = ()
    lacks: tuple[str, ...] = ()
    warns: tuple[tuple[str, ...], ...] = ()
    never: tuple[str, ...] = ()
    asks: str = "no"
    records: tuple[str, ...] = ()
    reminded: bool | None = None
    outside: bool = False


@dataclass(slots=True)
class _Block:
    name: str
    kind: str
    place: str
    said: list[Said] = field(default_factory=list)
    told: dict[str, list[str]] = field(default_factory=dict)


def read_scripts(path: Path) -> list[Script]:
    """Return the dialogues of a file, or of all files of a folder. Raises OSError and DialogueError."""
    files = sorted(path.glob("*.txt")) if path.is_dir() else [path]
    return [_script(block) for file in files for block in _blocks(file)]


def _blocks(file: Path) -> Iterator[_Block]:
    block: _Block | None = None
    for number, row in enumerate(file.read_text("utf-8").splitlines(), 1):
        place, line = f"{file.name}:{number}", row.strip()
        if line.startswith("=="):
            if block is not None:
                yield block
            block = _opened(line, place)
        elif line and not line.startswith("#"):
            if block is None:
                raise DialogueError(f"{place}: a dialogue begins with `== name (kind)`")
            _take(block, line, place)
    if block is not None:
        yield block


def _opened(line: str, place: str) -> _Block:
    name, _bracket, kind = line.removeprefix("==").strip().rstrip(")").rpartition("(")
    if kind not in KINDS:
        raise DialogueError(f"{place}: the kind is one of {', '.join(KINDS)}")
    return _Block(name.strip(), kind, place)


def _take(block: _Block, line: str, place: str) -> None:
    if line.startswith(">"):
        by = "forwarded" if line.startswith(">>") else "person"
        block.said.append(Said(by, line.lstrip(">").strip()))
        return
    word, colon, rest = line.partition(":")
    if word == "bot":
        by, _space, text = rest.strip().partition(" ")
        block.said.append(Said(by, text.strip()))
    elif colon and word in SETTINGS:
        block.told.setdefault(word, []).append(rest.strip())
    else:
        raise DialogueError(f"{place}: {line[:40]!r} is neither said nor one of {', '.join(sorted(SETTINGS))}")


def _script(block: _Block) -> Script:
    def last(word: str, otherwise: str = "") -> str:
        return block.told.get(word, [otherwise])[-1]

    try:
        at = datetime.fromisoformat(last("at")).replace(tzinfo=Zone.WIB.tz)
    except ValueError:
        raise DialogueError(f"{block.place}: needs a line `at: 2021-10-18 09:00`") from None
    return Script(
        name=block.name,
        kind=block.kind,
        place=block.place,
        at=at,
        who=_parts(last("who"), ","),
        lines=tuple(block.said),
        has=_alternatives(block, "has"),
        lacks=tuple(one for each in _alternatives(block, "not") for one in each),
        warns=_alternatives(block, "warns"),
        never=tuple(one for each in _alternatives(block, "never") for one in each),
        asks=last("asks", "no"),
        records=tuple(one for one in _parts(",".join(block.told.get("records", ())), ",") if one != "nothing"),
        reminded={"yes": True, "no": False}.get(last("reminded")),
        outside=last("outside") == "yes",
    )


def _alternatives(block: _Block, word: str) -> tuple[tuple[str, ...], ...]:
    return tuple(_parts(each, "|") for each in block.told.get(word, ()))


def _parts(text: str, sign: str) -> tuple[str, ...]:
    return tuple(part.strip().casefold() if sign == "|" else part.strip() for part in text.split(sign) if part.strip())
