"""Who is reminded when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from moments import at, reached, wib, written

from programme.facts import Certainty
from programme.model.milestones import Milestone, Source
from programme.model.participants import ReminderLevel, ReminderWishes
from programme.model.payments import Payment, PaymentStatus
from programme.model.zones import Zone
from reminders.timetable import certain_cutoff, timetable

CUTOFF = wib("2021-10-21 23:59:59")


def test_everybody_is_reminded_at_nine_of_their_own_clock_and_thrice_on_the_last_day(
    jakarta, makassar, jayapura, programme, policy
):
    """H-14 to H-1 come at 09.00 where the person lives; the last day goes by the programme's clock."""
    joined = {"joined": "2021-09-24 09.00"}
    days = {"H-14": "2021-10-07", "H-7": "2021-10-14", "H-3": "2021-10-18", "H-1": "2021-10-20"}
    ahead = joined | {key: f"{day} 09.00" for key, day in days.items()}
    after = {"H+1": "2021-10-22 09.00"}
    for person, hours in ((jakarta, (9, 18, 21)), (makassar, (10, 19, 22)), (jayapura, (11, 20, 23))):
        last = {
            f"H-0-{official}": f"2021-10-21 {own:02}.00"
            for official, own in zip(("09", "18", "21"), hours, strict=True)
        }
        assert written(timetable(person, programme, policy), person.local) == ahead | last | after


def test_deadline_reminders_end_at_the_cutoff_and_the_morning_after_in_the_evening(jakarta, programme, policy):
    """No deadline reminder is useful past the cutoff; the question of the morning after has its day."""
    *deadline, morning_after = timetable(jakarta, programme, policy)
    assert {due.not_after for due in deadline} == {CUTOFF.astimezone(UTC)}
    assert morning_after.not_after == wib("2021-10-22 20:00")
    assert {due.unless for due in (*deadline, morning_after)} == {Milestone.BOUGHT}


def test_a_source_names_the_wave_and_the_day_of_its_cutoff(jakarta, programme, policy):
    """A cutoff that moves gives new names, so that its reminders can be sent."""
    assert "reminder/21/2021-10-21/H-3" in {due.source for due in timetable(jakarta, programme, policy)}


@pytest.mark.parametrize(
    ("hour", "day_before"),
    [(6, "08.00"), (8, "08.00"), (12, "12.00"), (20, "20.00"), (21, "20.30"), (23, "20.30"), (0, "08.00")],
)
def test_the_wished_hour_is_kept_but_not_at_night(jayapura, programme, policy, hour, day_before):
    """A wished hour in quiet hours moves to the evening before them or to their end."""
    person = replace(jayapura, reminders=ReminderWishes(at=time(hour)))
    plan = written(timetable(person, programme, policy), Zone.WIT)
    assert plan["H-3"] == f"2021-10-18 {day_before}"
    assert plan["H-0-09"] == "2021-10-21 11.00"


def test_fewer_means_the_day_before_and_the_last_call(makassar, programme, policy):
    """Whoever wants fewer gets two."""
    person = replace(makassar, reminders=ReminderWishes(ReminderLevel.FEWER))
    assert list(written(timetable(person, programme, policy), Zone.WITA)) == ["H-1", "H-0-21"]


def test_off_is_off(makassar, programme, policy):
    """Whoever wants none gets none, not even a plan."""
    person = replace(makassar, reminders=ReminderWishes(ReminderLevel.NONE), plan_at=wib("2021-10-20 19:00"))
    assert timetable(person, programme, policy) == ()


@pytest.mark.parametrize(
    "milestone", [Milestone.BOUGHT, Milestone.COMPLETED, Milestone.REVIEWED, Milestone.INCENTIVE_PAID]
)
def test_buying_ends_the_deadline_reminders_also_when_only_a_later_step_is_known(jakarta, programme, policy, milestone):
    """Whoever finished a training has bought it."""
    confirmed = reached(jakarta, milestone, source=Source.OFFICIAL)
    person = replace(confirmed, plan_at=wib("2021-10-20 19:00"))
    assert timetable(person, programme, policy) == ()


def test_an_unknown_wave_has_no_deadline_reminders(jakarta, programme, policy):
    """Without a wave there is no date, and a date is never guessed."""
    assert timetable(replace(jakarta, wave=None), programme, policy) == ()


def test_an_uncertain_cutoff_has_no_deadline_reminders(jakarta, programme, policy):
    """Wave 17's date is unsure in the data: nothing is reminded of it."""
    person = replace(jakarta, wave=17)
    assert programme.cutoff_of(person).certainty is Certainty.UNSURE
    assert certain_cutoff(person, programme) is None
    assert timetable(person, programme, policy) == ()


def test_a_plan_is_one_reminder_more(jakarta, programme, policy):
    """The plan comes at its moment and ends with the cutoff."""
    plan = wib("2021-10-19 19:00")
    due = next(due for due in timetable(replace(jakarta, plan_at=plan), programme, policy) if due.at == plan)
    assert due.source == "reminder/plan/2021-10-19T12:00:00+00:00"
    assert due.not_after == CUTOFF


def test_a_plan_past_the_cutoff_is_none(jakarta, programme, policy):
    """A plan that the moved cutoff overtook is dropped."""
    person = replace(jakarta, plan_at=wib("2021-10-22 08:00"))
    assert timetable(person, programme, policy) == timetable(jakarta, programme, policy)


def test_a_plan_works_without_a_known_wave(jakarta, programme, policy):
    """A promise is kept also where no date is known, but not half a day late."""
    person = replace(jakarta, wave=None, plan_at=wib("2021-10-19 19:00"))
    (due,) = timetable(person, programme, policy)
    assert due.not_after - due.at == timedelta(hours=12)


@pytest.mark.parametrize(
    ("plan", "replaced"),
    [
        ("2021-10-20 08:00", {"H-1"}),
        ("2021-10-20 07:59", set()),
        ("2021-10-21 19:00", {"H-0-18"}),
        ("2021-10-21 21:00", {"H-0-21"}),
        ("2021-10-21 22:00", {"H-0-21"}),
        ("2021-10-21 20:30", set()),
    ],
)
def test_a_plan_takes_the_place_of_a_reminder_within_the_hour(jakarta, programme, policy, plan, replaced):
    """Not both; but a plan does not silence the last call that comes after it."""
    usual = written(timetable(jakarta, programme, policy), Zone.WIB)
    planned = written(timetable(replace(jakarta, plan_at=wib(plan)), programme, policy), Zone.WIB)
    assert set(usual) - set(planned) == replaced
    assert f"{wib(plan):%Y-%m-%d %H.%M}" in planned.values()


def test_where_the_cutoff_is_not_certain_two_nudges_follow_the_day_of_passing(jakarta, programme, policy):
    """Wave 48: no date may be told, but nobody is forgotten; buying ends it, fewer means one."""
    person = replace(jakarta, wave=48, joined_at=wib("2023-03-01 10:00"), passed_on=date(2023, 2, 28))
    nudges = {"passed-2": "2023-03-02 09.00", "passed-7": "2023-03-07 09.00"}
    assert certain_cutoff(person, programme) is None
    assert written(timetable(person, programme, policy), Zone.WIB) == nudges
    fewer = replace(person, reminders=ReminderWishes(ReminderLevel.FEWER))
    assert list(written(timetable(fewer, programme, policy), Zone.WIB)) == ["passed-7"]
    assert timetable(reached(person, Milestone.BOUGHT), programme, policy) == ()
    forgot = replace(person, passed_on=None)
    assert written(timetable(forgot, programme, policy), Zone.WIB)["passed-2"] == "2023-03-03 09.00"


def test_a_certain_cutoff_needs_no_nudges(jakarta, programme, policy):
    """Whoever's date is known hears the date."""
    person = replace(jakarta, passed_on=date(2021, 9, 22))
    assert not {"passed-2", "passed-7"} & set(written(timetable(person, programme, policy), Zone.WIB))


def test_the_one_for_joining_gives_way_to_a_deadline_reminder_of_the_same_day(jakarta, programme, policy):
    """Whoever joins on 17 October hears once on the 18th."""
    person = replace(jakarta, joined_at=wib("2021-10-17 15:00"))
    assert "joined" not in written(timetable(person, programme, policy), Zone.WIB)
    person = replace(jakarta, joined_at=wib("2021-10-18 09:00"))
    assert written(timetable(person, programme, policy), Zone.WIB)["joined"] == "2021-10-19 09.00"


def test_the_path_after_buying(makassar, programme, policy):
    """After buying: to finish, to rate and review, to connect the account, each until it is done."""
    person = reached(makassar, Milestone.BOUGHT, "2021-10-18", source=Source.OFFICIAL)
    keys = {"finish-3": "2021-10-21 09.00", "finish-10": "2021-10-28 09.00"}
    assert written(timetable(person, programme, policy), Zone.WITA) == keys

    person = reached(person, Milestone.COMPLETED, "2021-10-22")
    keys = {"review-1": "2021-10-23 09.00", "review-5": "2021-10-27 09.00"}
    assert written(timetable(person, programme, policy), Zone.WITA) == keys

    person = reached(person, Milestone.REVIEWED, "2021-10-23")
    assert written(timetable(person, programme, policy), Zone.WITA) == {"connect-1": "2021-10-24 09.00"}

    person = reached(person, Milestone.ACCOUNT_CONNECTED, "2021-10-24")
    assert timetable(person, programme, policy) == ()


def test_the_survey_comes_a_month_after_the_first_incentive(jakarta, programme, policy):
    """The day is the milestone's, or the first payment that was made."""
    paid = reached(jakarta, Milestone.INCENTIVE_PAID, "2021-11-01", source=Source.OFFICIAL)
    assert written(timetable(paid, programme, policy), Zone.WIB) == {"survey-30": "2021-12-01 09.00"}

    payments = (
        Payment(1, 600_000, PaymentStatus.PAID, paid_on=date(2021, 11, 3)),
        Payment(2, 600_000, PaymentStatus.FAILED),
    )
    official = replace(reached(jakarta, Milestone.INCENTIVE_PAID, source=Source.OFFICIAL), payments=payments)
    assert written(timetable(official, programme, policy), Zone.WIB) == {"survey-30": "2021-12-03 09.00"}
    assert timetable(reached(official, Milestone.SURVEYED), programme, policy) == ()


def test_a_milestone_without_a_day_gives_no_reminder(jakarta, programme, policy):
    """Nothing is counted from a day that nobody told."""
    assert timetable(reached(jakarta, Milestone.BOUGHT, source=Source.OFFICIAL), programme, policy) == ()
    assert timetable(replace(jakarta, joined_at=None), programme, policy)


def test_what_would_fall_into_the_night_before_an_early_end_goes_to_the_evening(policy):
    """Past midnight a reminder waits for the morning, unless it would then be too late."""
    late = at("2021-10-22 00:30", Zone.WIT)
    spared = policy.quiet.spared(late, Zone.WIT.tz, before=CUTOFF)
    assert spared == at("2021-10-21 20:30", Zone.WIT)
    assert policy.quiet.spared(late, Zone.WIT.tz) == at("2021-10-22 08:00", Zone.WIT)
    assert isinstance(spared, datetime)
