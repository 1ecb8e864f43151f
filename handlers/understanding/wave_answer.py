"""What answers *gelombang berapa?*: a number, or about when it was announced.

A day in the same sentence is that of the announcement only where the sentence is about nothing else: *21!! sekarang kan
tgl 21, masih bisa?* names the wave first, and then today.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from handlers.understanding.entities import find_entities
from handlers.understanding.entities.days import MONTHS
from handlers.understanding.entities.numbers import small
from handlers.understanding.entities.waves import COUNTED
from handlers.understanding.meaning import Entity
from handlers.understanding.of_whom import Whose
from handlers.understanding.phrases import says
from handlers.understanding.spelling import spelt
from handlers.understanding.statements import Clause, clauses, words_of
from handlers.understanding.tokens import Token
from handlers.understanding.whose_wave import waves_said

Span = tuple[date, date]

_TWO_DIGITS = 10
_ALONE = 3  # words
_FEW = 8
"""Words of a text that is nothing but a day."""
_PARTS = {"awal": (1, 10), "pertengahan": (11, 20), "tengah": (11, 20), "akhir": (21, 31)}
_BEHIND = frozenset({"lalu", "kemarin"})


def numbers_answered(text: str, today: date, newest: int) -> list[int]:
    """Return the waves that a text may mean, each once: the person's own, else those named, else numbers alone."""
    said = waves_said(text, today, asked=True)
    for whose in (Whose.OWN, Whose.UNSAID, Whose.OTHERS):
        if found := [one.number for one in said if one.whose is whose]:
            return list(dict.fromkeys(found))
    return list(dict.fromkeys(_alone(text, today, newest) or _bare(text, today, newest)))


def answered_first(text: str, today: date, newest: int) -> int | None:
    """Return the wave with which a text begins that goes on about something else: *18 la kubilang! tgl 15?*."""
    words, named = words_of("passed"), find_entities(text, today=today)
    first = next(clauses(spelt(text)), None)
    found = list(_free(first, named, newest)) if first is not None else []
    if first is None or len(found) != 1:
        return None
    beside = [token for token in first.tokens if not (token.is_number or words.have("filler", token))]
    return found[0] if all(words.have("link", token) or words.addresses(token) for token in beside) else None


def announced_about(text: str, today: date) -> Span | None:
    """Return the days between which a text says that the wave was announced; None where it says nothing of it."""
    named = [one for one in find_entities(text, today=today) if one.kind == "date"]
    if (part := _part_of_month(spelt(text), today)) is not None:
        return part
    days = {day for one in named if (day := date.fromisoformat(one.value)) <= today}
    about = says("the announcement", text) or len(text.split()) <= _FEW
    return (min(days), min(days)) if len(days) == 1 and about and "?" not in text else None


def _bare(text: str, today: date, newest: int) -> list[int]:
    """Return the number that a short text is, in any words; one that no wave has yet only where it stands alone."""
    found = [int(one.value) for one in find_entities(text, today=today, kinds=("wave",))]
    return [number for number in found if number <= newest or len(text.split()) <= _ALONE]


def _alone(text: str, today: date, newest: int) -> list[int]:
    """Return the numbers that belong to nothing named: those of the first clause that holds any, or one by itself."""
    named = find_entities(text, today=today)
    parts = [list(_free(clause, named, newest)) for clause in clauses(spelt(text)) if not _counts(clause)]
    return next((found for found in parts if found), [])


def _counts(clause: Clause) -> bool:
    return says("counts something", " ".join(token.raw for token in clause.tokens))


def _free(clause: Clause, named: Sequence[Entity], newest: int) -> Iterator[int]:
    words, tokens, at = words_of("passed"), list(clause.tokens), 0
    while at < len(tokens):
        taken = any(one.start <= tokens[at].start < one.end for one in named)
        read = None if taken or (at and tokens[at - 1].word == "bukan") else small(tokens, at)
        if read is not None and _TWO_DIGITS <= read[0] <= newest and not _is_counted(tokens, read[1]):
            yield read[0]
        at = at + 1 if read is None else read[1]
        if words.have("asks", tokens[at - 1]) and tokens[at - 1].word != "apa":
            return


def _is_counted(tokens: Sequence[Token], after: int) -> bool:
    return after < len(tokens) and tokens[after].word in COUNTED


def _part_of_month(tokens: Sequence[Token], today: date) -> Span | None:
    """Read *pertengahan september*, *akhir bulan lalu*, *bulan september akhir*, *bulan 9*: never a time ahead."""
    for at, token in enumerate(tokens):
        rest = [each for each in tokens[at + 1 : at + 4] if each.word not in {"bulan", "di"}]
        part = _PARTS.get(token.raw) or ((1, 31) if token.word == "bulan" else None)
        month = _month(rest, today) if part is not None and rest else None
        if part is not None and month is not None:
            last = calendar.monthrange(month.year, month.month)[1]
            part = next((_PARTS[word] for each in rest[1:] if (word := each.raw.rstrip("2")) in _PARTS), part)
            return month.replace(day=part[0]), month.replace(day=min(part[1], last))
    return None


def _month(tokens: Sequence[Token], today: date) -> date | None:
    """Return the first day of the month that these words begin with."""
    first = today.replace(day=1)
    if tokens[0].word in _BEHIND:
        return (first - timedelta(days=1)).replace(day=1)
    if tokens[0].word == "ini":
        return first
    number = MONTHS.get(tokens[0].raw) or MONTHS.get(tokens[0].word) or _numbered(tokens[0], today)
    if number is None:
        return None
    return date(today.year - (number > today.month), number, 1)


def _numbered(token: Token, today: date) -> int | None:
    """Read *bulan 9*; of a number that is ahead in this year, *akhir 21* or *awal 12*, nothing is believed."""
    number = int(token.raw) if token.raw.isdecimal() else 0
    return number if 0 < number <= today.month else None
