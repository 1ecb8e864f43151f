"""What conversations may ask: what is ahead, and when one more reminder could come."""

from __future__ import annotations

from dataclasses import replace

import pytest
from moments import at, reached, wib

from programme.model.milestones import Milestone
from programme.model.participants import ReminderLevel, ReminderWishes
from programme.model.ports import ReminderPlanner
from programme.model.zones import Zone
from reminders.planner import Planner
from reminders.sources import key_of


@pytest.fixture
def planner(programme, policy) -> Planner:
    planner = Planner(programme, policy)
    _port: ReminderPlanner = planner
    return planner


def test_upcoming_is_what_is_ahead(planner, policy, jakarta):
    """What was is not ahead, what falls due now neither."""
    ahead = planner.upcoming(jakarta, wib("2021-10-21 09:00"))
    assert [policy.rule(key_of(due.source)).key for due in ahead] == ["H-0-18", "H-0-21", "H+1"]
    assert policy.rule(key_of("reminder/plan/2021-10-19T12:00:00+00:00")) is None


@pytest.mark.parametrize(
    ("now", "tonight", "tomorrow"),
    [
        ("2021-10-19 10:00", "2021-10-19 19:00", "2021-10-20 08:00"),
        ("2021-10-19 19:00", "2021-10-19 20:00", "2021-10-20 08:00"),
        ("2021-10-19 20:59", "2021-10-19 21:00", "2021-10-20 08:00"),
        ("2021-10-19 21:40", "2021-10-19 22:00", "2021-10-20 08:00"),
        ("2021-10-19 22:10", None, "2021-10-20 08:00"),
        ("2021-10-20 01:30", "2021-10-20 19:00", "2021-10-20 08:00"),
        ("2021-10-21 02:00", "2021-10-21 19:00", "2021-10-21 08:00"),
        ("2021-10-21 09:00", "2021-10-21 19:00", None),
        ("2021-10-21 21:05", "2021-10-21 22:00", None),
        ("2021-10-21 22:05", None, None),
        ("2021-10-22 10:00", None, None),
    ],
)
def test_a_plan_in_jakarta(planner, jakarta, now, tonight, tomorrow):
    """19.00 or the next full hour, 08.00 tomorrow, and never in the last hour before the cutoff."""
    assert planner.plan_for(jakarta, "tonight", wib(now)) == (tonight and wib(tonight))
    assert planner.plan_for(jakarta, "tomorrow_morning", wib(now)) == (tomorrow and wib(tomorrow))


@pytest.mark.parametrize(
    ("now", "tonight"),
    [
        ("2021-10-21 20:10", "2021-10-21 21:00"),
        ("2021-10-21 22:30", "2021-10-21 23:00"),
        ("2021-10-21 23:30", "2021-10-22 00:00"),
        ("2021-10-22 00:10", None),
    ],
)
def test_on_the_last_night_in_jayapura_a_plan_may_be_late(planner, jayapura, now, tonight):
    """The cutoff is at 01.59 there: the evening of the last day goes on until an hour before."""
    assert planner.plan_for(jayapura, "tonight", at(now, Zone.WIT)) == (tonight and at(tonight, Zone.WIT))


def test_no_plan_for_those_who_need_none(planner, jakarta):
    """Not after buying, not where reminders are off, not for another word."""
    now = wib("2021-10-19 10:00")
    assert planner.plan_for(reached(jakarta, Milestone.BOUGHT), "tonight", now) is None
    off = replace(jakarta, reminders=ReminderWishes(ReminderLevel.NONE))
    assert planner.plan_for(off, "tonight", now) is None
    assert planner.plan_for(jakarta, "someday", now) is None


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("2021-10-18 22:00", "2021-10-18 22:00"),
        ("2021-10-21 22:45", "2021-10-21 22:45"),
        ("2021-10-21 23:30", "2021-10-21 22:00"),
        ("2021-10-25 08:00", "2021-10-21 22:00"),
        ("2021-10-18 08:00", None),
    ],
)
def test_a_named_moment_is_kept_or_the_last_safe_one(planner, jakarta, wanted, given):
    """An hour before the cutoff is the last; what is past is none."""
    assert planner.safe_moment(jakarta, wib(wanted), wib("2021-10-18 09:00")) == (given and wib(given))


def test_no_moment_is_safe_in_the_last_hour_and_for_those_who_need_none(planner, jakarta):
    """Then it is now; without a wave any moment will do."""
    late, now = wib("2021-10-21 23:30"), wib("2021-10-21 22:30")
    assert planner.safe_moment(jakarta, late, now) is None
    assert planner.safe_moment(replace(jakarta, wave=None), late, now) == late
    assert planner.safe_moment(reached(jakarta, Milestone.BOUGHT), late, wib("2021-10-19 10:00")) is None
    off = replace(jakarta, reminders=ReminderWishes(ReminderLevel.NONE))
    assert planner.safe_moment(off, late, wib("2021-10-19 10:00")) is None


def test_a_plan_without_a_known_wave(planner, jakarta):
    """Where no cutoff is known the plan is not bound by one."""
    person = replace(jakarta, wave=None)
    assert planner.plan_for(person, "tonight", wib("2021-10-21 22:30")) is None
    assert planner.plan_for(person, "tomorrow_morning", wib("2021-10-21 22:30")) == wib("2021-10-22 08:00")
