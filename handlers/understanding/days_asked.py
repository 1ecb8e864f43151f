"""Which days a question asks of: *tanggal 15 apa 16?*, *besok lusa*, *hari ini*, each the one ahead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from handlers.understanding.entities import dates
from handlers.understanding.entities.days import of_some_month
from handlers.understanding.entities.numbers import small
from handlers.understanding.entities.span import Asked, Span
from handlers.understanding.spelling import spelt
from handlers.understanding.tokens import Token

_OR: Final = frozenset(("atau", "apa", "or", "dan", "sama", "ko", "ka", "kah", "opo", "apo"))
_LATELY: Final = timedelta(days=7)


def days_asked(text: str, today: date) -> tuple[date, ...]:
    """Return the days that a text names, from a week before `today` on, in order; () where it names none."""
    tokens = spelt(text)
    found = {day for span in dates.find(tokens, Asked(today, ahead=True)) for day in _of(tokens, span, today)}
    return tuple(sorted(day for day in found if day >= today - _LATELY))


def _of(tokens: list[Token], span: Span, today: date) -> Iterator[date]:
    """Yield the day of one place, and that of the number that stands beside it: *tanggal 15 apa 16*."""
    yield date.fromisoformat(span.value)
    if any(token.word == "tanggal" for token in tokens[span.first : span.last]):
        other = small(tokens, span.last + 1) if span.last + 1 < len(tokens) else None
        joined = tokens[span.last].word in _OR if span.last < len(tokens) else False
        if other is not None and joined and 1 <= other[0] <= 31:
            yield of_some_month(other[0], today, 1) or date.fromisoformat(span.value)
    at = span.first - 2
    if at >= 0 and tokens[at].raw.isdecimal() and tokens[at + 1].word in _OR and 1 <= int(tokens[at].raw) <= 31:
        yield of_some_month(int(tokens[at].raw), today, 1) or date.fromisoformat(span.value)  # *18 atau 21 Oktober*
