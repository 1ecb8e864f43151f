"""Keeps the catalogs complete and current: `python -m locales.catalogs [--check]`.

A sentence inside an f-string is not found on Python 3.11: give it a name first.
Collects every sentence marked in the code or listed in `short_answers.tsv`, and brings it into each language's
`sobat.po`; with `--check` it changes nothing and says what is missing, left over, or lacks a `{name}`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from locales.catalogue import FOLDER, SOURCE, languages

FLOORS = ("bot", "handlers", "reminders", "programme", "locales")
KEYWORDS = {"_": None, "N_": None, "_n": (1, 2)}
_NAME = re.compile(r"{(\w*)}")
_TAG = re.compile(r"</?[a-z]+>")


def of_a_table(file: IO[bytes], *_wanted: object, **_options: object) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield the sentences of a table whose last column they are."""
    for at, line in enumerate(file.read().decode().splitlines(), start=1):
        if line and not line.startswith("#"):
            yield at, "_", line.rpartition("\t")[2].replace(r"\n", "\n"), []


_WAYS = [("**.py", "python"), ("**/short_answers.tsv", "locales.catalogs:of_a_table")]


def collected(root: Path = FOLDER.parent) -> Catalog:
    """Return the catalog of every sentence marked in the code, in order of its file."""
    catalog = Catalog(project="Sobat Prakerja", charset="utf-8")
    for floor in FLOORS:
        found = extract_from_dir(root / floor, _WAYS, keywords=KEYWORDS, strip_comment_tags=True)
        for file, _line, message, comments, context in found:
            catalog.add(message, None, [(f"{floor}/{file}", 0)], auto_comments=comments, context=context)
    return catalog


def update(code: str, sentences: Catalog) -> None:
    """Bring new sentences into a language's catalog and drop those that are gone; translations are kept."""
    catalog = _read(code)
    catalog.update(sentences, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    text = BytesIO()
    write_po(text, catalog, width=110, include_lineno=False, omit_header=False, sort_by_file=True)
    _file(code).write_bytes(text.getvalue())


def problems(code: str, sentences: Catalog) -> list[str]:
    """Say what keeps a language from being complete and current."""
    catalog = _read(code)
    known = {message.id for message in catalog if message.id}
    wanted = {message.id for message in sentences if message.id}
    found = [f"{code}: missing: {_short(one)}" for one in sorted(map(_key, wanted - known))]
    found += [f"{code}: left over: {_short(one)}" for one in sorted(map(_key, known - wanted))]
    return found + [
        f"{code}: {complaint}: {_short(_key(message.id))}"
        for message in catalog
        if message.id in wanted and (complaint := _complaint(message)) is not None
    ]


def _complaint(message: Message) -> str | None:
    theirs = [message.string or ""] if isinstance(message.string, str | None) else list(message.string)
    if message.fuzzy or not all(theirs):
        return "not translated"
    ours = _key(message.id)
    for text in theirs:
        if sorted(set(_NAME.findall(ours))) != sorted(set(_NAME.findall(text))):
            return "its {names} differ"
        if sorted(_TAG.findall(ours)) != sorted(_TAG.findall(text)):
            return "its tags differ"
    return None


def _read(code: str) -> Catalog:
    if not _file(code).exists():
        return Catalog(locale=languages()[code].locale, project="Sobat Prakerja", charset="utf-8")
    with _file(code).open("rb") as text:
        return read_po(text, locale=languages()[code].locale)


def _file(code: str) -> Path:
    return FOLDER / code / "sobat.po"


def _key(message_id: str | list[str] | tuple[str, ...]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def _short(text: str) -> str:
    return text if len(text) <= 70 else text[:67] + "..."


def main(arguments: list[str]) -> int:
    """Update the catalogs, or check them; return the exit code."""
    sentences = collected()
    translated = [code for code in languages() if code != SOURCE]
    if "--check" not in arguments:
        for code in translated:
            update(code, sentences)
    found = [problem for code in translated for problem in problems(code, sentences)]
    sys.stdout.writelines(f"{problem}\n" for problem in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
