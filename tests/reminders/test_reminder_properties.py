"""Whatever the wave, the zone, the hour and the moments of a restart: the promises hold."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from memory_rows import MemoryRows

from programme.model.milestones import Milestone, Step
from programme.model.participants import Participant, ReminderLevel, ReminderWishes
from programme.model.zones import Zone
from programme.programme import load_programme
from reminders.planner import Planner
from reminders.policy import load_policy
from reminders.schedule import reschedule
from reminders.sources import is_plan, key_of
from reminders.sweep import sweep
from reminders.timetable import certain_cutoff, timetable
from reminders.wording.compose import compose
from reminders.wording.situation import ReminderSituation

PROGRAMME, POLICY = load_programme(), load_policy()
WAVES = sorted(PROGRAMME.waves)
unhurried = settings(deadline=None)


@st.composite
def people(draw: st.DrawFn) -> Participant:
    wave = draw(st.one_of(st.none(), st.sampled_from(WAVES), st.just(21)))
    start = datetime(2021, 9, 20, tzinfo=UTC)
    cutoff = PROGRAMME.cutoff(wave) if wave else None
    around = cutoff.at if cutoff else start
    moments = st.integers(-45 * 24 * 60, 5 * 24 * 60).map(lambda minutes: around + timedelta(minutes=minutes))
    steps = draw(st.dictionaries(st.sampled_from(Milestone), moments.map(lambda at: at.date()), max_size=2))
    return Participant(
        id=1,
        wave=wave,
        zone=draw(st.one_of(st.none(), st.sampled_from(Zone))),
        joined_at=draw(st.one_of(st.none(), moments)),
        plan_at=draw(st.one_of(st.none(), moments)),
        reminders=ReminderWishes(
            draw(st.sampled_from(ReminderLevel)),
            draw(st.none() | st.builds(time, st.integers(0, 23), st.integers(0, 59))),
        ),
        progress={milestone: Step(milestone, on=day) for milestone, day in steps.items()},
    )


def rings_at_night(source: str, at: datetime, person: Participant) -> bool:
    """Tell whether a reminder would wake somebody without having the right to."""
    rule = POLICY.rule(key_of(source))
    may = is_plan(source) or (rule is not None and rule.at_night)
    return not may and POLICY.quiet.cover(at, person.local.tz)


@unhurried
@given(people())
def test_every_timetable_keeps_the_promises(person: Participant) -> None:
    """In order, each name once, none after its end or the cutoff, none at night but the last call."""
    dues = timetable(person, PROGRAMME, POLICY)
    cutoff = certain_cutoff(person, PROGRAMME)
    assert [due.at for due in dues] == sorted(due.at for due in dues)
    assert len({due.source for due in dues}) == len(dues)
    for due in dues:
        assert due.at < due.not_after
        assert due.at.utcoffset() == timedelta(0)
        assert not (due.unless and person.has(due.unless))
        assert not rings_at_night(due.source, due.at, person)
        if cutoff and due.unless is Milestone.BOUGHT and key_of(due.source) != "H+1":
            assert due.at < due.not_after == cutoff.at
    if person.reminders.level is ReminderLevel.NONE:
        assert not dues


@unhurried
@given(people(), st.lists(st.integers(1, 4 * 24 * 60), min_size=1, max_size=25), st.booleans())
def test_any_moments_of_sweeping_send_each_reminder_once_and_one_a_gap(
    person: Participant, gaps: list[int], catch_up: bool
) -> None:
    """Restarts at random: what is sent is of the timetable, once, in time, and never two at a time."""
    dues = {due.source: due for due in timetable(person, PROGRAMME, POLICY)}
    start = min((due.at for due in dues.values()), default=datetime(2021, 10, 1, tzinfo=UTC))
    now, rows = start - timedelta(hours=1), MemoryRows({1: person})

    async def run() -> None:
        nonlocal now
        await reschedule(rows.at(now), person, PROGRAMME, POLICY, catch_up=catch_up)
        for minutes in gaps:
            now += timedelta(minutes=minutes)
            before, row = set(rows.pending), rows.rows.get(1)
            await sweep(rows.at(now), PROGRAMME, POLICY)
            new = [rows.pending[key] for key in rows.pending if key not in before]
            assert len(new) <= 1
            assert not any(rings_at_night(one.source, max(now, one.due_at), person) for one in new)
            if minutes % 3 == 0 and row:
                rows.rows[1] = row  # a crash before the row was moved
                await sweep(rows.at(now), PROGRAMME, POLICY)
            assert 1 not in rows.rows or rows.rows[1] > now
            rows.send(now)

    asyncio.run(run())
    assert len(rows.sources) == len(set(rows.sources))
    assert set(rows.sources) <= set(dues)
    for sent_at, delivery in rows.sent:
        due = dues[delivery.source]
        assert due.at <= delivery.due_at <= sent_at <= due.not_after


@unhurried
@given(people(), st.data())
def test_sweeping_every_few_minutes_sends_the_whole_timetable(person: Participant, data: st.DataObject) -> None:
    """In ordinary running nothing is left out, but one of two at the very same moment."""
    person = replace(person, progress={})
    dues = timetable(person, PROGRAMME, POLICY)
    rows = MemoryRows({1: person})

    async def run() -> None:
        if dues:
            await reschedule(rows.at(dues[0].at - timedelta(minutes=1)), person, PROGRAMME, POLICY)
        for due in dues:
            now = due.at + timedelta(seconds=data.draw(st.integers(0, 30)))
            await sweep(rows.at(now), PROGRAMME, POLICY)
            rows.send(now)

    asyncio.run(run())
    assert {dues_at.at for dues_at in dues} == {delivery.due_at for _at, delivery in rows.sent}


@unhurried
@given(people(), st.sampled_from(["tonight", "tomorrow_morning"]), st.integers(0, 30 * 24 * 60))
def test_a_plan_is_ahead_and_safe(person: Participant, when: str, minutes: int) -> None:
    """A plan lies within a day or so, before the last safe moment, and becomes a reminder."""
    cutoff = certain_cutoff(person, PROGRAMME)
    now = (cutoff.at if cutoff else datetime(2021, 10, 21, tzinfo=UTC)) - timedelta(minutes=minutes)
    at = Planner(PROGRAMME, POLICY).plan_for(person, when, now)
    if at is None:
        return
    assert now < at <= now + timedelta(days=1, hours=12)
    assert cutoff is None or at <= cutoff.at - POLICY.plan.safe
    planned = timetable(replace(person, plan_at=at), PROGRAMME, POLICY)
    assert any(is_plan(due.source) and due.at == at for due in planned)


@settings(deadline=None, max_examples=25)
@given(people(), st.floats(0, 1), st.sampled_from(["id", "en"]))
def test_every_reminder_has_words_until_its_end(person: Participant, share: float, language: str) -> None:
    """From its moment to its end each can be said, within a phone screen; a second later none can."""
    person = replace(person, language=language)
    for due in timetable(person, PROGRAMME, POLICY)[:3]:
        now = due.at + (due.not_after - due.at) * share
        message = compose(due.source, ReminderSituation(person, PROGRAMME, load_policy(), now))
        assert message is not None
        assert len(message.text) <= 600
        assert message.keys
        assert (
            compose(
                due.source, ReminderSituation(person, PROGRAMME, load_policy(), due.not_after + timedelta(seconds=1))
            )
            is None
        )
