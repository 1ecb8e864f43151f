"""Sentences per language. The Indonesian sentence is its own id; a language is a folder here."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent
SOURCE = "id"

_speaking: ContextVar[str] = ContextVar("speaking", default=SOURCE)


@dataclass(frozen=True, slots=True)
class Language:
    """A language that Sobat speaks: its code, its own name, and the CLDR locale of its dates and numbers."""

    code: str
    name: str
    locale: str


@cache
def languages() -> dict[str, Language]:
    """Return the languages by code, one for each folder with a `language.toml`."""
    found = {}
    for file in sorted(FOLDER.glob("*/language.toml")):
        code = file.parent.name
        found[code] = Language(code, **tomllib.loads(file.read_text(encoding="utf-8")))
    return found


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak `code` within the block; an unknown language speaks Indonesian."""
    token = _speaking.set(code if code in languages() else SOURCE)
    try:
        yield
    finally:
        _speaking.reset(token)


def language() -> Language:
    """Return the language being spoken."""
    return languages()[_speaking.get()]


def marked(message: str) -> str:
    """Mark a sentence for the catalogs that is looked up later, in the language spoken then."""
    return message


def gettext(message: str) -> str:
    """Return `message` in the language being spoken."""
    return _translations(_speaking.get()).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of the message that fits `count`."""
    return _translations(_speaking.get()).ngettext(one, many, count)


def load() -> None:
    """Read the catalogs of all languages, so that nobody's message waits for one."""
    for code in languages():
        _translations(code)


@cache
def _translations(code: str) -> NullTranslations:
    file = FOLDER / code / "sobat.po"
    if not file.exists():
        return NullTranslations()
    with file.open("rb") as text:
        catalogue = read_po(text, locale=code)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
