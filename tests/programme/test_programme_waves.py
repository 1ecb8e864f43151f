"""Nothing is told of a wave before anybody could know it."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.model.zones import Zone
from programme.programme import Programme, load_programme

PROGRAMME = load_programme()
MOMENTS = st.dates(date(2020, 1, 1), date(2026, 1, 1)).flatmap(
    lambda day: st.times().map(lambda hour: datetime.combine(day, hour, Zone.WIB.tz))
)


def wib(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=Zone.WIB.tz)


def test_wave_21_as_it_was(programme: Programme):
    wave = programme.wave(21, wib("2021-10-18T09:00"))
    assert wave is not None
    assert wave.announced_at == wib("2021-09-22T20:00")
    assert wave.announced_on == date(2021, 9, 22)
    assert wave.cutoff == date(2021, 10, 21)
    assert wave.recipients == 754_929


def test_on_18_october_2021_wave_22_is_not_known(programme: Programme):
    assert programme.wave(22, wib("2021-10-18T09:00")) is None
    assert programme.wave(22, wib("2021-10-24T23:59")) is None
    opened = programme.wave(22, wib("2021-10-25T00:00"))
    assert opened is not None
    assert (opened.announced_at, opened.cutoff, opened.recipients) == (None, None, None)


def test_a_wave_without_a_row_is_not_known(programme: Programme):
    assert programme.wave(999, wib("2030-01-01T00:00")) is None


def test_before_the_announcement_no_result_is_told(programme: Programme):
    before = programme.wave(21, wib("2021-09-22T19:59"))
    after = programme.wave(21, wib("2021-09-22T20:00"))
    assert before is not None
    assert after is not None
    assert (before.cutoff, before.announced_on, before.recipients) == (None, None, None)
    assert after.cutoff == date(2021, 10, 21)


@given(st.integers(1, 75), MOMENTS)
def test_what_is_known_was_public(number: int, now: datetime):
    wave = PROGRAMME.wave(number, now)
    if wave is not None:
        assert wave.known_from <= now
        assert wave.announced_at is None or wave.announced_at <= now


@given(MOMENTS)
def test_the_latest_wave_is_known_and_none_above_it_is(now: datetime):
    latest = PROGRAMME.latest_wave(now)
    above = latest.number if latest else 0
    assert latest is None or PROGRAMME.wave(latest.number, now) == latest
    assert all(PROGRAMME.wave(number, now) is None for number in PROGRAMME.waves if number > above)


@pytest.mark.parametrize(
    ("now", "number"),
    [
        ("2021-09-16T00:00", 21),
        ("2021-09-19T23:59", 21),
        ("2021-09-20T00:00", None),
        ("2021-10-18T09:00", None),
        ("2021-10-26T12:00", 22),
        ("2021-02-26T11:59", 12),
        ("2021-02-26T12:01", None),
        ("2023-02-18T12:00", None),
    ],
)
def test_registration_is_open_between_opening_and_closing(programme: Programme, now: str, number: int | None):
    """Of wave 48 no closing day is sourced, so nobody is told that it is open."""
    wave = programme.open_wave(wib(now))
    assert (wave and wave.number) == number


def test_a_wave_known_by_its_source_alone_counts_from_the_end_of_its_as_of(programme: Programme):
    assert programme.wave(2, wib("2020-12-30T12:00")) is None
    wave = programme.wave(2, wib("2020-12-31T12:00"))
    assert wave is not None
    assert wave.recipients == 288_154


def test_a_round_number_is_read_without_its_mark(programme: Programme):
    assert programme.waves[22].recipients == 46_000
