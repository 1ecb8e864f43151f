"""Message text in WhatsApp's markup: `*bold*` and `_italic_`, and nothing else that would be taken for markup.

WhatsApp knows no escape sign. It takes a sign for an opening one where nothing but space or punctuation stands
before it and a word follows; so a word joiner, which nobody sees, is put before a sign that could open something,
and before what would begin a list or a quotation. Where marks could not be told from the words around them, the
words stay and are not bold. What an address is made of is never touched.

https://faq.whatsapp.com/539178204879377, as of November 2025: bold, italic, strikethrough, monospace, lists,
quotations, inline code. How signs beside letters are read is what people see, not what that page says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import groupby
from operator import attrgetter
from typing import Literal, NamedTuple

from bot.channels.splitting import split, units

WORD_JOINER = "\u2060"

_PIECE = re.compile(r"<(/?)([bi])>|<[^>]*>|([^<]+|<)")
_WORD = re.compile(r"\S+")
_ADDRESS = re.compile(r"(?:https?|tg|mailto|tel):|www\.|[\w.+-]+@\w|(?:[\w-]+\.)+[a-z]{2,}\b", re.IGNORECASE)
_LINE_MARKER = re.compile(r"\s*(?:[*>-]|\d+\.)(?=\s)|\s*>")
_SIGNS = frozenset("*_~`")
_Style = Literal["bold", "italic"]


class _Letter(NamedTuple):
    """One character, how it is to be shown, and whether it belongs to an address."""

    sign: str
    bold: bool = False
    italic: bool = False
    address: bool = False


class _Run(NamedTuple):
    """Words that are shown alike."""

    words: str
    bold: bool
    italic: bool


def written(text: str) -> str:
    """Return the HTML of a message in WhatsApp's markup; the words are the same, line by line."""
    return "\n".join(map(_line, _lines(text)))


def parts(text: str, limit: int) -> list[str]:
    """Return the HTML of a message in WhatsApp's markup, in parts of at most `limit`; at least one.

    Marks count as well, so where they make a part too long all are cut shorter.
    """
    room = limit
    while True:
        found = [written(part) for part in split(text, room)]
        longest = max(units(part) for part in found)
        if longest <= limit:
            return found
        room = min(room - 1, room * limit // longest)


def _lines(text: str) -> Iterator[list[_Run]]:
    """What each line is made of; every line opens and closes for itself."""
    line: list[_Run] = []
    for run in _runs_of(text):
        first, *others = run.words.split("\n")
        line.append(run._replace(words=first))
        for words in others:
            yield line
            line = [run._replace(words=words)]
    yield line


def _runs_of(text: str) -> Iterator[_Run]:
    open_tags = {"b": 0, "i": 0}
    for found in _PIECE.finditer(text):
        closing, tag, words = found.groups()
        if tag:
            open_tags[tag] = max(open_tags[tag] + (-1 if closing else 1), 0)
        if words:
            yield _Run(unescape(words), open_tags["b"] > 0, open_tags["i"] > 0)


def _line(runs: list[_Run]) -> str:
    """Write one line: letter by letter only where something in it is, or could be taken for, markup."""
    shown = "".join(run.words for run in runs)
    styled = any(run.bold or run.italic for run in runs)
    if not styled and _SIGNS.isdisjoint(shown) and not _LINE_MARKER.match(shown):
        return shown
    return _marked(_plain_addresses([_Letter(sign, bold, italic) for words, bold, italic in runs for sign in words]))


def _plain_addresses(line: list[_Letter]) -> list[_Letter]:
    """A mark beside an address would become part of it, so the whole word goes without."""
    shown = "".join(letter.sign for letter in line)
    for word in _WORD.finditer(shown):
        if found := _ADDRESS.search(word[0]):
            start = word.start() + found.start()
            for at in range(word.start(), word.end()):
                line[at] = _Letter(line[at].sign, address=at >= start)
    return line


def _marked(line: list[_Letter]) -> str:
    shown = "".join(letter.sign for letter in line)
    guarded = [_guarded(line, at) for at in range(len(line))]
    if marker := _LINE_MARKER.match(shown):
        at = len(marker[0]) - len(marker[0].lstrip())
        if not line[at].address:
            guarded[at] = WORD_JOINER + guarded[at].removeprefix(WORD_JOINER)
    line = _only_where_seen(_only_where_seen(line, "bold", "*"), "italic", "_")
    return "".join(_bold(line, guarded))


def _guarded(line: list[_Letter], at: int) -> str:
    sign = line[at].sign
    if sign not in _SIGNS or line[at].address:
        return sign
    opens = not _before(line, at).isalnum() and not _after(line, at + 1).isspace()
    return WORD_JOINER + sign if opens or sign == "`" else sign


def _only_where_seen(line: list[_Letter], style: _Style, mark: str) -> list[_Letter]:
    """Take a style away from spaces at its ends, and from words round which its marks would be seen."""
    kept = list(line)
    for start, end in _runs(line, style):
        kept[start:end] = [_without(letter, style) for letter in line[start:end]]
        inside = "".join(letter.sign for letter in line[start:end])
        first, last = start + len(inside) - len(inside.lstrip()), start + len(inside.rstrip())
        if first < last and mark not in inside and _is_clear(line, first, last):
            kept[first:last] = line[first:last]
    return kept


def _without(letter: _Letter, style: _Style) -> _Letter:
    return letter._replace(bold=False) if style == "bold" else letter._replace(italic=False)


def _is_clear(line: list[_Letter], first: int, last: int) -> bool:
    """Tell whether marks can be put around what stands there: no letter beside it, no sign beside or at its ends."""
    beside = _before(line, first), _after(line, last)
    ends = line[first].sign, line[last - 1].sign
    return not any(sign.isalnum() for sign in beside) and _SIGNS.isdisjoint((*beside, *ends))


def _runs(line: list[_Letter], style: _Style) -> Iterator[tuple[int, int]]:
    """From where to where a style goes; what is partly bold is italic part by part."""
    start = 0
    for (is_so, _bold), letters in groupby(line, attrgetter(style, "bold")):
        end = start + sum(1 for _letter in letters)
        if is_so:
            yield start, end
        start = end


def _before(line: list[_Letter], at: int) -> str:
    return line[at - 1].sign if at > 0 else " "


def _after(line: list[_Letter], at: int) -> str:
    return line[at].sign if at < len(line) else " "


def _bold(line: list[_Letter], guarded: list[str]) -> Iterator[str]:
    written_line = list(zip(line, guarded, strict=True))
    for is_bold, run in groupby(written_line, lambda each: each[0].bold):
        inside = "".join(_italic(run))
        yield f"*{inside}*" if is_bold else inside


def _italic(run: Iterable[tuple[_Letter, str]]) -> Iterator[str]:
    for is_italic, letters in groupby(run, lambda each: each[0].italic):
        inside = "".join(sign for _letter, sign in letters)
        yield f"_{inside}_" if is_italic else inside
