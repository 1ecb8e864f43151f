"""Rows, sweeps and late comers: the right one reminder, once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from memory_rows import MemoryRows
from moments import at, reached, wib

from programme.model.milestones import Milestone, Source
from programme.model.participants import ReminderLevel, ReminderWishes
from programme.model.zones import Zone
from reminders.schedule import reschedule
from reminders.sources import key_of
from reminders.sweep import sweep

NINE = wib("2021-10-18 09:00")


@pytest.fixture
def rows(jakarta, makassar, jayapura) -> MemoryRows:
    rows = MemoryRows()
    rows.add(jakarta, makassar, jayapura)
    return rows


def sent_keys(rows: MemoryRows) -> list[str]:
    return [key_of(source) for source in rows.sources]


async def test_the_row_holds_the_next_reminder(rows, jakarta, programme, policy):
    """Planning puts the row to the next moment, and only that."""
    await reschedule(rows.at(wib("2021-10-17 12:00")), jakarta, programme, policy)
    assert rows.rows == {1: NINE}
    assert not rows.pending


async def test_a_sweep_owes_what_fell_due_and_moves_the_row_on(rows, jakarta, programme, policy):
    """At H-3 one reminder is owed, without words yet; then the row waits for H-1."""
    await rows.set_row(1, NINE)
    assert await sweep(rows.at(NINE), programme, policy) == 1
    (delivery,) = rows.pending.values()
    assert (delivery.source, delivery.due_at) == ("reminder/21/2021-10-21/H-3", NINE)
    assert (delivery.message, delivery.unless) == (None, Milestone.BOUGHT)
    assert delivery.not_after == wib("2021-10-21 23:59:59")
    assert rows.rows == {1: wib("2021-10-20 09:00")}


async def test_nobody_is_swept_early(rows, programme, policy):
    """A second before nine nothing happens."""
    await rows.set_row(1, NINE)
    assert await sweep(rows.at(wib("2021-10-18 08:59:59")), programme, policy) == 0
    assert not rows.pending


async def test_of_all_that_was_missed_only_the_latest_is_sent(rows, programme, policy):
    """A standstill from H-14 to the last afternoon ends in one reminder, not in five."""
    await rows.set_row(1, wib("2021-10-07 09:00"))
    await sweep(rows.at(wib("2021-10-21 15:00")), programme, policy)
    assert [key_of(source) for _person, source in rows.pending] == ["H-0-09"]


async def test_a_standstill_over_the_cutoff_sends_no_deadline_reminder(rows, programme, policy):
    """After the cutoff only the question of the morning after is left, and only on that day."""
    for now, left in (("2021-10-22 07:00", []), ("2021-10-22 12:00", ["H+1"]), ("2021-10-23 12:00", [])):
        rows.pending.clear()
        await rows.set_row(1, wib("2021-10-21 18:00"))
        await sweep(rows.at(wib(now)), programme, policy)
        assert [key_of(source) for _person, source in rows.pending] == left


async def test_sweeping_twice_or_crashing_in_between_sends_nothing_twice(rows, programme, policy):
    """The reminders are owed first; a row that was not moved finds them there already."""
    await rows.set_row(1, NINE)
    await sweep(rows.at(NINE), programme, policy)
    rows.send(NINE)
    await rows.set_row(1, NINE)  # as if the process had died before it moved the row
    await sweep(rows.at(wib("2021-10-18 09:05")), programme, policy)
    rows.send(wib("2021-10-18 09:05"))
    assert sent_keys(rows) == ["H-3"]


async def test_a_sweep_takes_no_more_than_its_limit(rows, programme, policy):
    """Large crowds are swept in batches, until fewer than the limit are found."""
    for person in rows.people.values():
        await reschedule(rows.at(wib("2021-10-17 12:00")), person, programme, policy)
    counts = [await sweep(rows.at(NINE), programme, policy, limit=2) for _again in range(3)]
    assert counts == [2, 1, 0]
    assert [source for _person, source in rows.pending] == ["reminder/21/2021-10-21/H-3"] * 3


async def test_a_row_without_a_reminder_is_moved_and_nothing_is_sent(rows, jakarta, programme, policy):
    """Whoever bought since the row was set is left in peace."""
    rows.add(reached(jakarta, Milestone.BOUGHT, source=Source.OFFICIAL))
    await rows.set_row(1, NINE)
    assert await sweep(rows.at(NINE), programme, policy) == 1
    assert not rows.pending
    assert not rows.rows


async def test_writing_at_the_very_second_skips_no_reminder(rows, jakarta, programme, policy):
    """A row that fell due and was not swept yet stays when the person changes something."""
    await rows.set_row(1, NINE)
    person = replace(jakarta, zone=Zone.WIB, obstacle="no_money")
    await reschedule(rows.at(wib("2021-10-18 09:00:01")), person, programme, policy)
    assert rows.rows == {1: NINE}


async def test_buying_withdraws_what_waits(rows, jakarta, programme, policy):
    """A reminder in the outbox is cancelled by the report, and the row goes to the next nudge."""
    await rows.set_row(1, NINE)
    await sweep(rows.at(NINE), programme, policy)
    bought = reached(jakarta, Milestone.BOUGHT, "2021-10-18")
    rows.add(bought)
    await reschedule(rows.at(NINE), bought, programme, policy)
    assert not rows.pending
    assert rows.rows == {1: wib("2021-10-21 09:00")}


async def test_undoing_the_report_brings_the_reminders_back(rows, jakarta, programme, policy):
    """The row waits for the next reminder again."""
    bought = reached(jakarta, Milestone.BOUGHT, "2021-10-18")
    await reschedule(rows.at(NINE), bought, programme, policy)
    await reschedule(rows.at(NINE), jakarta, programme, policy)
    assert rows.rows == {1: wib("2021-10-20 09:00")}


async def test_off_takes_the_row_away(rows, jakarta, programme, policy):
    """Off means no row and nothing pending."""
    await rows.set_row(1, NINE)
    await sweep(rows.at(NINE), programme, policy)
    off = replace(jakarta, reminders=ReminderWishes(ReminderLevel.NONE))
    await reschedule(rows.at(NINE), off, programme, policy)
    assert not rows.rows
    assert not rows.pending


async def test_a_late_import_catches_up_with_the_one_most_urgent(rows, jakarta, programme, policy):
    """Whoever comes on 19 October hears H-3 at once, not H-14 and H-7 too."""
    now = wib("2021-10-19 14:00")
    await reschedule(rows.at(now), jakarta, programme, policy, catch_up=True)
    await sweep(rows.at(now), programme, policy)
    assert rows.send(now) == ["reminder/21/2021-10-21/H-3"]
    assert rows.rows == {1: wib("2021-10-20 09:00")}


@pytest.mark.parametrize("now", ["2021-10-21 17:00", "2021-10-21 08:15", "2021-10-20 23:30"])
async def test_a_late_import_waits_for_a_regular_one_that_is_near(rows, jakarta, programme, policy, now):
    """Within the hour, or in the night before it, the next regular reminder is enough."""
    await reschedule(rows.at(wib(now)), jakarta, programme, policy, catch_up=True)
    upcoming = rows.rows[1]
    assert upcoming > wib(now)
    assert upcoming in {wib("2021-10-21 18:00"), wib("2021-10-21 09:00")}


async def test_a_late_import_at_night_waits_for_the_morning(rows, jakarta, programme, policy):
    """The missed H-3 goes out when quiet hours end."""
    now = wib("2021-10-18 23:30")
    await reschedule(rows.at(now), jakarta, programme, policy, catch_up=True)
    await sweep(rows.at(now), programme, policy)
    assert rows.send(wib("2021-10-19 07:59")) == []
    assert rows.send(wib("2021-10-19 08:00")) == ["reminder/21/2021-10-21/H-3"]


async def test_a_late_import_with_nothing_missed_plans_the_next(rows, jakarta, programme, policy):
    """Catching up where nothing was missed is ordinary planning; where nothing is left, no row."""
    person = replace(jakarta, joined_at=None)
    await reschedule(rows.at(wib("2021-10-01 12:00")), person, programme, policy, catch_up=True)
    assert rows.rows == {1: wib("2021-10-07 09:00")}
    await rows.set_row(1, None)
    await reschedule(rows.at(wib("2021-10-25 12:00")), person, programme, policy, catch_up=True)
    assert not rows.rows


async def test_a_standstill_that_ends_at_night_wakes_nobody(rows, jayapura, programme, policy):
    """In Jayapura the evening one of 18.00 WIB is not sent late at night: the last call follows anyway."""
    await rows.set_row(3, at("2021-10-21 20:00", Zone.WIT))
    await sweep(rows.at(at("2021-10-21 21:30", Zone.WIT)), programme, policy)
    assert not rows.pending
    now = at("2021-10-21 23:00", Zone.WIT)
    await sweep(rows.at(now), programme, policy)
    assert rows.send(now) == ["reminder/21/2021-10-21/H-0-21"]


async def test_a_plan_is_kept_also_in_quiet_hours(rows, jakarta, programme, policy):
    """Who asked for 22.00 is reminded at 22.00, in place of nothing else."""
    now = wib("2021-10-21 22:00")
    person = replace(jakarta, plan_at=now)
    rows.add(person)
    await reschedule(rows.at(wib("2021-10-21 21:10")), person, programme, policy)
    await sweep(rows.at(now), programme, policy)
    assert [source.split("/")[1] for source in rows.send(now)] == ["plan"]


async def test_a_plan_at_the_same_moment_takes_the_place_of_the_regular_one(rows, makassar, programme, policy):
    """19.00 WITA is 18.00 WIB: one message, the one that was asked for."""
    now = at("2021-10-21 19:00", Zone.WITA)
    person = replace(makassar, plan_at=now)
    rows.add(person)
    await rows.set_row(2, now)
    await sweep(rows.at(now), programme, policy)
    assert [source.split("/")[1] for source in rows.send(now)] == ["plan"]
