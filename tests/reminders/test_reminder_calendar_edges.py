"""29 February and the turn of the year: a cutoff is counted over both, and reminders stand where people expect them."""

from __future__ import annotations

from datetime import UTC, date

import pytest
from moments import wib, written

from programme.model.participants import Participant
from programme.model.zones import Zone
from reminders.timetable import timetable

COUNTED = 30
"""A wave whose day is not published: it is counted from the day on which somebody passed, which is day 1 of 30."""


@pytest.mark.parametrize(
    ("passed_on", "cutoff", "week_before", "day_before", "morning_after"),
    [
        (date(2024, 1, 31), "2024-02-29", "2024-02-22", "2024-02-28", "2024-03-01"),
        (date(2023, 1, 31), "2023-03-01", "2023-02-22", "2023-02-28", "2023-03-02"),
        (date(2024, 2, 29), "2024-03-29", "2024-03-22", "2024-03-28", "2024-03-30"),
        (date(2022, 12, 2), "2022-12-31", "2022-12-24", "2022-12-30", "2023-01-01"),
        (date(2022, 12, 3), "2023-01-01", "2022-12-25", "2022-12-31", "2023-01-02"),
    ],
)
def test_a_month_is_thirty_days_over_any_edge_of_the_calendar(
    programme, policy, passed_on, cutoff, week_before, day_before, morning_after
):
    person = Participant(id=1, wave=COUNTED, passed_on=passed_on, zone=Zone.WIB)
    plan = written(timetable(person, programme, policy), Zone.WIB)
    assert programme.cutoff_of(person).at == wib(f"{cutoff} 23:59:59").astimezone(UTC)
    assert plan["H-7"] == f"{week_before} 09.00"
    assert plan["H-1"] == f"{day_before} 09.00"
    assert plan["H-0-21"] == f"{cutoff} 21.00"
    assert plan["H+1"] == f"{morning_after} 09.00"


def test_in_jayapura_the_last_call_of_the_year_still_comes_before_the_cutoff(programme, policy):
    person = Participant(id=1, wave=COUNTED, passed_on=date(2022, 12, 2), zone=Zone.WIT)
    plan = written(timetable(person, programme, policy), Zone.WIT)
    assert plan["H-0-21"] == "2022-12-31 23.00"
