"""The named things that people write, and that no wrong one is read into their words."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.understanding import find_entities
from handlers.understanding.entities.days import MONTHS

MONDAY = date(2021, 10, 18)
MARKED = [Path(__file__).with_name(name) for name in ("entities.tsv", "entities_fresh.tsv")]
MONTH_NAMES = {number: name for name, number in reversed(MONTHS.items())}


def marked() -> list[tuple[str, Counter[str]]]:
    lines = [line for path in MARKED for line in path.read_text("utf-8").splitlines()]
    rows = [line.partition("\t") for line in lines if not line.startswith("#")]
    return [(text, Counter(one.strip() for one in names.split(";") if one.strip())) for text, _, names in rows]


def test_the_marked_messages_reach_95_per_cent():
    """Of what the messages name nearly all is found, and next to nothing else."""
    hits = misses = extras = 0
    for text, wanted in marked():
        found = Counter(f"{entity.kind}={entity.value}" for entity in find_entities(text, today=MONDAY))
        hits += (wanted & found).total()
        misses += (wanted - found).total()
        extras += (found - wanted).total()
    assert len(marked()) >= 400
    assert 2 * hits / (2 * hits + misses + extras) >= 0.95


def said(text: str, kind: str, *, asked: bool = False) -> list[str]:
    kinds = {kind} if asked else None
    return [entity.value for entity in find_entities(text, today=MONDAY, kinds=kinds) if entity.kind == kind]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("21", "wave", "21"),
        ("dua satu kak", "wave", "21"),
        ("yang 22", "wave", "22"),
        ("5", "date", "2021-10-05"),
        ("tgl 16", "date", "2021-10-16"),
        ("kemarin", "date", "2021-10-17"),
        ("pagi aja", "hour", "08:00"),
        ("8 malem", "hour", "20:00"),
        ("300", "budget", "300000"),
        ("sejuta", "budget", "1000000"),
        ("dana", "partner", "dana"),
        ("masak", "topic", "masak"),
        ("makrame kak", "topic", "makrame"),
        ("palu", "zone", "WITA"),
    ],
)
def test_a_bare_answer_is_taken_for_what_was_asked(text: str, kind: str, value: str):
    """After "tanggal berapa?" a lone "5" is a date; after "gelombang berapa?" a lone "21" is a wave."""
    assert said(text, kind, asked=True) == [value]


@pytest.mark.parametrize(
    "text", ["21", "2 pelatihan", "masih 21 hari", "gelombang 2x gagal", "gel 211", "6g8", "gel dua puluh sau"]
)
def test_a_doubtful_number_is_no_wave(text: str):
    """A wrong wave means a wrong deadline: in doubt there is none, and the bot asks."""
    assert said(text, "wave") == []


@pytest.mark.parametrize("text", ["tgl 31 september", "30 februari", "31/2/2021", "tanggal 0", "tgl 45"])
def test_a_day_that_no_calendar_has_is_no_date(text: str):
    """An impossible date is not bent into a possible one."""
    assert said(text, "date") == []


@given(st.dates(date(2020, 1, 1), date(2029, 12, 31)))
def test_a_full_date_is_read_as_written(when: date):
    """Whatever the way of writing, day, month and year come out again."""
    forms = (
        f"{when.day} {MONTH_NAMES[when.month]} {when.year}",
        f"{when.day}/{when.month}/{when.year}",
        f"{when.day:02d}-{when.month:02d}-{when.year}",
        when.isoformat(),
    )
    for form in forms:
        assert [e.value for e in find_entities(f"udah beli {form} kak", today=MONDAY)] == [when.isoformat()]


@given(st.dates(date(2020, 6, 1), date(2029, 12, 31)), st.integers(1, 60))
def test_days_ago_and_ahead_count_from_the_persons_today(today: date, days: int):
    """ "3 hari lalu" and "3 hari lagi" are that many days from the person's own date."""
    (ago,) = find_entities(f"beli {days} hari yang lalu", today=today)
    (ahead,) = find_entities(f"ingetin {days} hari lagi", today=today)
    assert ago.value == (today - timedelta(days=days)).isoformat()
    assert ahead.value == (today + timedelta(days=days)).isoformat()


@given(st.dates(date(2020, 6, 1), date(2029, 12, 31)), st.integers(1, 31))
def test_a_day_of_the_month_that_was_bought_on_lies_in_the_past(today: date, number: int):
    """ "udah beli tgl 5" is the latest 5th that has come, never one to come."""
    for entity in find_entities(f"udah beli tgl {number}", today=today):
        when = date.fromisoformat(entity.value)
        assert when.day == number
        assert when <= today or (when - today).days < 31


@given(st.integers(1, 99))
def test_any_wave_is_understood_in_digits(number: int):
    """Every wave from 1 to 99, in the common spellings."""
    for form in (f"gel {number}", f"gelombang {number}", f"g{number}", f"G-{number}", f"gelombang ke-{number}?"):
        assert said(form, "wave") == [str(number)]


@given(st.text(max_size=300))
def test_nothing_that_is_written_breaks_the_finding(text: str):
    """Any characters at all: entities lie within the message and hold the text they claim."""
    for entity in find_entities(text, today=MONDAY):
        assert text[entity.start : entity.end] == entity.text


@given(st.text(alphabet="gel0123456789 dutsapih.,/:-jamrb", max_size=40))
def test_numbers_in_any_disorder_stay_within_reason(text: str):
    """Waves are 1 to 99, hours exist, dates exist, sums are a price."""
    for entity in find_entities(text, today=MONDAY):
        if entity.kind == "wave":
            assert 1 <= int(entity.value) <= 99
        elif entity.kind == "hour":
            assert "00:00" <= entity.value <= "23:59"
        elif entity.kind == "date":
            date.fromisoformat(entity.value)
        elif entity.kind == "budget":
            assert 10_000 <= int(entity.value) <= 5_000_000
