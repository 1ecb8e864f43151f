"""The first-purchase cutoff is the one thing that must never be wrong."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from waves import with_waves

from programme.cutoffs import cutoff_on
from programme.facts import Certainty
from programme.model.participants import Participant
from programme.model.zones import Zone
from programme.programme import Programme, load_programme
from programme.waves import Wave

PROGRAMME = load_programme()
DAYS = st.dates(date(2020, 4, 1), date(2030, 12, 31))
MOMENTS = DAYS.flatmap(lambda day: st.times(timezones=st.just(UTC)).map(lambda hour: datetime.combine(day, hour)))
PRESS = {
    5: date(2020, 9, 27),
    12: date(2021, 4, 1),
    13: date(2021, 4, 8),
    16: date(2021, 4, 29),
    18: date(2021, 9, 22),
    19: date(2021, 9, 30),
    20: date(2021, 10, 14),
    21: date(2021, 10, 21),
    23: date(2022, 4, 7),
}
COUNTED = {
    11: date(2020, 12, 9),
    14: date(2021, 4, 15),
    15: date(2021, 4, 22),
    22: date(2021, 11, 30),
    38: date(2022, 8, 27),
}


def a_wave(number: int, **facts: object) -> Wave:
    return replace(Wave(number=number, source="a test", as_of="2021"), **facts)  # type: ignore[arg-type]


@given(DAYS)
def test_a_cutoff_is_the_last_second_of_its_day_in_jakarta(day: date):
    local = cutoff_on(day, Certainty.PUBLISHED, "").at.astimezone(Zone.WIB.tz)
    assert (local.date(), local.time()) == (day, time(23, 59, 59))


@given(DAYS)
def test_in_makassar_and_jayapura_it_is_already_the_next_day(day: date):
    at = cutoff_on(day, Certainty.PUBLISHED, "").at
    for zone, hour in ((Zone.WITA, 0), (Zone.WIT, 1)):
        local = at.astimezone(zone.tz)
        assert (local.date(), local.time()) == (day + timedelta(days=1), time(hour, 59, 59))


@given(st.integers(1, 200), st.none() | DAYS)
def test_whatever_the_wave_a_cutoff_is_in_utc_and_ends_its_day(wave: int, passed_on: date | None):
    cutoff = PROGRAMME.cutoff(wave, passed_on)
    if cutoff is not None:
        assert cutoff == cutoff_on(cutoff.day, cutoff.certainty, cutoff.source)
        assert cutoff.at.tzinfo is UTC
        assert cutoff.source


@given(st.sampled_from(sorted(PRESS)), st.none() | DAYS)
def test_the_published_day_is_the_truth_whatever_the_person_says(wave: int, passed_on: date | None):
    cutoff = PROGRAMME.cutoff(wave, passed_on)
    assert cutoff is not None
    assert (cutoff.day, cutoff.certainty) == (PRESS[wave], Certainty.PUBLISHED)


@pytest.mark.parametrize(("wave", "day"), COUNTED.items())
def test_where_none_is_published_the_rule_counts_from_the_announcement(wave: int, day: date):
    cutoff = PROGRAMME.cutoff(wave, passed_on=date(2021, 1, 1))
    assert cutoff is not None
    assert (cutoff.day, cutoff.certainty) == (day, Certainty.DERIVED)


@pytest.mark.parametrize("wave", [16, 18, 19, 21])
def test_the_rule_gives_what_was_published(programme: Programme, wave: int):
    """Wave 21 was miscounted as 18 October by the press; broadcast day is day 1."""
    unpublished = replace(programme.waves[wave], cutoff=None)
    counted = with_waves(programme, [unpublished]).cutoff(wave)
    assert counted is not None
    assert (counted.day, counted.certainty) == (PRESS[wave], Certainty.DERIVED)


@given(st.integers(1, 47), MOMENTS)
def test_the_announcement_day_in_jakarta_is_day_one(number: int, announced_at: datetime):
    programme = with_waves(PROGRAMME, [a_wave(number, announced_at=announced_at)])
    cutoff = programme.cutoff(number)
    assert cutoff is not None
    assert cutoff.day == announced_at.astimezone(Zone.WIB.tz).date() + timedelta(days=29)
    assert cutoff.certainty is Certainty.DERIVED


@given(st.sampled_from([3, 4, 24, 30, 33, 47]), DAYS)
def test_a_wave_without_announcement_counts_from_the_day_the_person_passed(wave: int, passed_on: date):
    cutoff = PROGRAMME.cutoff(wave, passed_on)
    assert cutoff is not None
    assert (cutoff.day, cutoff.certainty) == (passed_on + timedelta(days=29), Certainty.DERIVED)
    assert "11 Tahun 2020" in cutoff.source


def test_a_wave_of_which_nothing_is_known_has_no_cutoff(programme: Programme):
    assert programme.cutoff(30) is None
    assert programme.cutoff(48) is None
    assert programme.cutoff(0, date(2021, 9, 22)) is None


@given(st.integers(48, 90), st.none() | DAYS)
def test_the_fifteen_day_rule_is_never_told_as_certain(wave: int, passed_on: date | None):
    """Which day is day 1 is not sourced from wave 48 on; the safer day is kept for staff."""
    cutoff = PROGRAMME.cutoff(wave, passed_on)
    assert cutoff is None or cutoff.certainty is Certainty.UNSURE


def test_an_unsure_announcement_leaves_the_cutoff_unsure(programme: Programme):
    """Wave 17 was announced on 10 or 11 June 2021."""
    cutoff = programme.cutoff(17)
    assert cutoff is not None
    assert (cutoff.day, cutoff.certainty) == (date(2021, 7, 9), Certainty.UNSURE)


def test_a_derived_day_without_announcement_is_kept_as_it_is(programme: Programme):
    wave = a_wave(30, cutoff=date(2022, 6, 1), certainty=Certainty.DERIVED)
    cutoff = with_waves(programme, [wave]).cutoff(30)
    assert cutoff is not None
    assert (cutoff.day, cutoff.certainty) == (date(2022, 6, 1), Certainty.DERIVED)


def test_a_person_has_the_cutoff_of_their_wave(programme: Programme):
    assert programme.cutoff_of(Participant(id=1)) is None
    assert programme.cutoff_of(Participant(id=1, wave=21)) == programme.cutoff(21)
    late = Participant(id=1, wave=30, passed_on=date(2022, 5, 1))
    assert programme.cutoff_of(late) == programme.cutoff(30, date(2022, 5, 1))
