"""A person, by what happens to them."""

from dataclasses import FrozenInstanceError
from datetime import date, time

import pytest

from programme.model import events
from programme.model.clock import SetClock, SystemClock
from programme.model.messages import Picture
from programme.model.milestones import Milestone, Source, Step
from programme.model.participants import Participant, ReminderLevel, ReminderWishes
from programme.model.payments import Payment, PaymentStatus
from programme.model.zones import Zone
from programme.programme import load_programme

CUTOFF = load_programme().cutoff(21)
assert CUTOFF is not None
SITI = Participant(id=1, wave=21, told_cutoff=CUTOFF.at, plan_at=CUTOFF.at)


def test_another_wave_voids_what_was_told_and_planned():
    moved = SITI.after(events.WaveTold(20))
    assert (moved.wave, moved.told_cutoff, moved.plan_at) == (20, None, None)


def test_the_same_wave_again_keeps_what_was_told():
    again = SITI.after(events.WaveTold(21, date(2021, 9, 22)))
    assert (again.wave, again.passed_on, again.told_cutoff) == (21, date(2021, 9, 22), CUTOFF.at)


def test_simple_facts_are_remembered():
    siti = SITI
    for event in (
        events.ZoneTold(Zone.WITA),
        events.LanguageChosen("en"),
        events.Welcomed(),
        events.RemindersWished("fewer", time(19, 45)),
        events.PlanMade(CUTOFF.at),
        events.ObstacleNamed("cant_choose"),
        events.CutoffTold(CUTOFF.at),
    ):
        siti = siti.after(event)
    assert (siti.zone, siti.local, siti.language, siti.welcomed) == (Zone.WITA, Zone.WITA, "en", True)
    assert siti.reminders == ReminderWishes(ReminderLevel.FEWER, time(19, 45))
    assert (siti.plan_at, siti.obstacle, siti.told_cutoff) == (CUTOFF.at, "cant_choose", CUTOFF.at)


def test_where_no_zone_was_told_wib_is_meant():
    assert SITI.local is Zone.WIB


def test_a_reported_step_can_be_undone():
    bought = SITI.after(events.MilestoneReached(Milestone.BOUGHT, on=date(2021, 10, 18), platform="tokopedia"))
    assert bought.has(Milestone.BOUGHT)
    assert bought.progress[Milestone.BOUGHT].platform == "tokopedia"
    assert not bought.after(events.MilestoneUndone(Milestone.BOUGHT)).has(Milestone.BOUGHT)


def test_what_the_programme_recorded_cannot_be_undone():
    step = Step(Milestone.BOUGHT, on=date(2021, 10, 1), source=Source.OFFICIAL)
    official = SITI.after(events.RosterMatched(21, progress=(step,)))
    assert official.after(events.MilestoneUndone(Milestone.BOUGHT)).has(Milestone.BOUGHT)


def test_the_roster_makes_the_status_official():
    payment = Payment(1, 600_000, PaymentStatus.PAID)
    told = SITI.after(events.MilestoneReached(Milestone.INDUCTION_WATCHED))
    official = told.after(events.RosterMatched(21, date(2021, 9, 22), Zone.WIT, (), (payment,)))
    assert (official.official, official.zone, official.payments) == (True, Zone.WIT, (payment,))
    assert official.has(Milestone.INDUCTION_WATCHED)
    assert official.after(events.ZoneTold(Zone.WIB)).after(events.RosterMatched(21, zone=Zone.WIT)).zone is Zone.WIB


def test_the_roster_leaves_the_day_of_passing_that_it_does_not_tell():
    told = SITI.after(events.WaveTold(30, date(2022, 5, 1)))
    assert told.after(events.RosterMatched(30)).passed_on == date(2022, 5, 1)
    assert told.after(events.RosterMatched(31)).passed_on is None


def test_what_the_programme_takes_back_is_reached_no_more():
    bought = Step(Milestone.BOUGHT, on=date(2021, 10, 1), source=Source.OFFICIAL)
    official = SITI.after(events.MilestoneReached(Milestone.INDUCTION_WATCHED)).after(
        events.RosterMatched(21, progress=(bought,))
    )
    without = official.after(events.RosterMatched(21))
    assert not without.has(Milestone.BOUGHT)
    assert without.has(Milestone.INDUCTION_WATCHED)


def test_forgotten_means_forgotten():
    known = SITI.after(events.MilestoneReached(Milestone.BOUGHT))
    assert known.after(events.Forgotten()) == Participant(id=1)


def test_a_person_is_never_changed_in_place():
    with pytest.raises(FrozenInstanceError):
        SITI.wave = 22  # type: ignore[misc]


def test_a_set_clock_stands_still_until_it_is_set():
    clock = SetClock(CUTOFF.at.astimezone(Zone.WIT.tz))
    assert clock.now() == CUTOFF.at
    assert clock.now().utcoffset() is not None
    clock.set(SystemClock().now())
    assert clock.now() > CUTOFF.at


def test_the_same_picture_has_the_same_digest():
    assert Picture(b"x", "a").digest == Picture(b"x", "b").digest != Picture(b"y", "a").digest
