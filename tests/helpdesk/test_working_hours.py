"""Time that counts only while somebody works."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from programme.helpdesk import load_helpdesk
from programme.working_hours import indonesian_holidays

RULES = load_helpdesk()
HOURS = RULES.hours
moments = st.datetimes(datetime(2021, 1, 1), datetime(2021, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
works = st.integers(0, 40 * 60).map(lambda minutes: timedelta(minutes=minutes))


def wib(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


@given(moments, works)
def test_what_was_worked_until_then_is_what_was_asked_for(at: datetime, work: timedelta) -> None:
    end = HOURS.after(at, work)
    assert end is not None
    assert HOURS.worked(at, end) == work


@given(moments, moments, moments)
def test_stretches_of_work_add_up(one: datetime, two: datetime, three: datetime) -> None:
    first, middle, last = sorted((one, two, three))
    assert HOURS.worked(first, middle) + HOURS.worked(middle, last) == HOURS.worked(first, last)


@given(moments)
def test_it_opens_at_the_first_working_moment(at: datetime) -> None:
    opens = HOURS.opens_at(at)
    assert opens is not None
    assert HOURS.is_open(opens)
    assert HOURS.worked(at, opens) == timedelta()


def test_breaks_of_one_shift_are_covered_by_the_other() -> None:
    assert HOURS.is_open(wib("2021-10-18T12:30:00"))
    assert not HOURS.at_work("pagi", wib("2021-10-18T12:30:00"))
    assert HOURS.in_shift("pagi", wib("2021-10-18T12:30:00"))
    assert not HOURS.in_shift("pagi", wib("2021-10-18T16:30:00"))


def test_public_holidays_and_weekends_are_off() -> None:
    assert indonesian_holidays()(date(2021, 8, 17))
    assert "holidays.countries.germany" not in sys.modules, "nobody asked for other countries"
    assert HOURS.opens_at(wib("2021-10-19T18:00:00")) == wib("2021-10-21T08:00:00")
    assert HOURS.opens_at(wib("2021-10-22T18:00:00")) == wib("2021-10-25T08:00:00")


def test_targets_are_tighter_near_the_cutoff() -> None:
    now = wib("2021-10-21T09:00:00")
    firsts = [
        RULES.target(cutoff, now).first_answer
        for cutoff in (now + timedelta(hours=5), now + timedelta(hours=50), now + timedelta(days=20), None, now)
    ]
    assert firsts == sorted(firsts)
    assert firsts[0] < firsts[1] < firsts[2] == firsts[3] == firsts[4]
