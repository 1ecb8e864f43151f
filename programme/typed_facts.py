"""Typed facts: deadlines and sums that somebody wrote by hand, though the programme's data would fill them in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from programme.programme import Programme

_NAMES: Final = """
januari january jan; februari february feb; maret march mar; april apr; mei may; juni june jun; juli july jul;
agustus august agu aug; september sep; oktober october okt oct; november nov; desember december des dec
"""
_MONTHS: Final = {name: number for number, names in enumerate(_NAMES.split(";"), start=1) for name in names.split()}
_DAYS: Final = re.compile(
    r"\bH-\d+\b|\b\d+ hari (?:lagi|tersisa)\b|\b(?:sisa|tinggal|kurang) \d+ hari\b|\b\d+ days? (?:left|to go|more)\b",
    re.IGNORECASE,
)
_SOON: Final = re.compile(r"\b(?:lagi|more)$", re.IGNORECASE)
_HOUR: Final = re.compile(r"\b23[.:]59\b")
_DATE: Final = re.compile(r"\b(?P<day>\d{1,2})[ -](?P<month>[A-Za-z]{3,9})\b|\b(?P<day2>\d{1,2})/(?P<month2>\d{1,2})\b")
_SUM: Final = re.compile(r"\bRp\.? ?(?P<sum>\d[\d.,]*\d|\d)(?P<more> ?(?:rb|ribu|jt|juta|k)\b)?", re.IGNORECASE)
_TIMES: Final = {"rb": 1_000, "ribu": 1_000, "k": 1_000, "jt": 1_000_000, "juta": 1_000_000}


class TypedFact(NamedTuple):
    """What was typed, and the place that would be filled with it."""

    words: str
    place: str


def typed_facts(text: str, programme: Programme, waves: tuple[int, ...] = ()) -> list[TypedFact]:
    """Return what stands typed in a broadcast to these waves (all, if none are named) that a place would fill."""
    return [*_days(text), *_dates(text, _cutoffs(programme, waves)), *_sums(text, programme, waves)]


def typed_in_talk(text: str, programme: Programme, wave: int | None) -> list[TypedFact]:
    """Return what stands typed in an answer to one person that a place would fill with the same.

    In a talk “2 hari lagi kukabari” is no deadline, and one payment is not the sum of all of them.
    """
    waves = (wave,) if wave else ()
    totals = [fact for fact in _sums(text, programme, waves, parts=False) if wave]
    return [*_days_in_talk(text), *_dates(text, _cutoffs(programme, waves)), *totals]


def typed_in_news(text: str, programme: Programme, waves: tuple[int, ...]) -> list[TypedFact]:
    """Return what stands typed in news of an incident to people of these waves (all, if none are known).

    There, as in a talk, “2 hari lagi pulih” is no deadline.
    """
    return [*_days_in_talk(text), *_dates(text, _cutoffs(programme, waves)), *_sums(text, programme, waves)]


def _days(text: str) -> Iterator[TypedFact]:
    for found in _DAYS.finditer(text):
        yield TypedFact(found[0], "{sisa_hari}")
    for found in _HOUR.finditer(text):
        yield TypedFact(found[0], "{batas}")


def _days_in_talk(text: str) -> Iterator[TypedFact]:
    yield from (fact for fact in _days(text) if not _SOON.search(fact.words))


def _dates(text: str, cutoffs: set[date]) -> Iterator[TypedFact]:
    known = {(day.day, day.month) for day in cutoffs}
    for found in _DATE.finditer(text):
        month = _MONTHS.get((found["month"] or "").casefold()) or int(found["month2"] or 0)
        if (int(found["day"] or found["day2"]), month) in known:
            yield TypedFact(found[0], "{batas}")


def _sums(text: str, programme: Programme, waves: tuple[int, ...], *, parts: bool = True) -> Iterator[TypedFact]:
    schemes = [each for each in programme.schemes if not waves or any(map(each.covers, waves))]
    known = {each.incentive * each.incentive_times for each in schemes}
    known |= {each.incentive for each in schemes} if parts else set()
    for found in _SUM.finditer(text):
        if _rupiah(found["sum"], (found["more"] or "").strip().casefold()) in known:
            yield TypedFact(found[0].strip(), "{insentif}")


def _rupiah(written: str, more: str) -> int:
    if not more:
        return int(re.sub(r"[.,]", "", re.sub(r",00$", "", written)))
    return round(float(written.replace(",", ".")) * _TIMES[more]) if written.count(".") + written.count(",") < 2 else 0


def _cutoffs(programme: Programme, waves: tuple[int, ...]) -> set[date]:
    found = (programme.cutoff(wave) for wave in waves or programme.waves)
    return {cutoff.day for cutoff in found if cutoff is not None}
