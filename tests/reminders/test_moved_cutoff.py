"""A cutoff that moves: whoever knows the old date hears of the new one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from memory_rows import MemoryRows
from moments import reached, wib
from waves import with_waves

from programme.facts import Certainty
from programme.model.events import CutoffTold
from programme.model.milestones import Milestone
from programme.model.participants import ReminderLevel, ReminderWishes
from reminders.moved import replan
from reminders.policy import load_policy
from reminders.sweep import sweep
from reminders.wording.compose import compose, told_by
from reminders.wording.situation import ReminderSituation

OLD = wib("2021-10-21 23:59:59")
NEW = wib("2021-10-25 23:59:59")
SOURCE = "moved/21/2021-10-25"
NOW = wib("2021-10-19 10:00")


@pytest.fixture
def later(programme):
    wave = replace(programme.waves[21], cutoff=date(2021, 10, 25), certainty=Certainty.PUBLISHED)
    return with_waves(programme, [wave])


async def test_those_who_were_told_the_old_date_are_told_the_new_one(jakarta, makassar, jayapura, later, policy):
    """One message to whoever was told; none to who was not, has bought, or knows already."""
    told = jakarta.after(CutoffTold(OLD))
    bought = reached(replace(makassar, told_cutoff=OLD), Milestone.BOUGHT)
    knows = replace(jayapura, told_cutoff=NEW)
    silent = replace(jakarta, id=4, told_cutoff=None)
    off = replace(told, id=5, reminders=ReminderWishes(ReminderLevel.NONE))
    elsewhere = replace(told, id=6, wave=22)
    rows = MemoryRows()
    rows.add(told, bought, knows, silent, off, elsewhere)
    assert (await replan(rows.at(NOW), 21, later, policy)).told == 1
    assert list(rows.pending) == [(1, SOURCE)]
    delivery = rows.pending[1, SOURCE]
    assert (delivery.due_at, delivery.not_after, delivery.unless) == (NOW, NEW, Milestone.BOUGHT)


async def test_the_whole_wave_is_planned_anew(jakarta, programme, later, policy):
    """What hung on the old date is withdrawn, the row goes to the new H-3."""
    rows = MemoryRows()
    rows.add(jakarta)
    await rows.set_row(1, wib("2021-10-18 09:00"))
    await sweep(rows.at(wib("2021-10-18 09:00")), programme, policy)
    await replan(rows.at(NOW), 21, later, policy)
    assert not rows.pending
    assert rows.rows == {1: wib("2021-10-22 09:00")}


async def test_replanning_again_sends_nothing_more(jakarta, later, policy):
    """The news has one name, and a person's later change does not withdraw it."""
    rows = MemoryRows()
    rows.add(replace(jakarta, told_cutoff=OLD))
    await replan(rows.at(NOW), 21, later, policy)
    await replan(rows.at(NOW), 21, later, policy)
    assert rows.send(NOW) == [SOURCE]
    await replan(rows.at(NOW), 21, later, policy)
    assert not rows.pending


async def test_the_news_waits_for_the_morning_unless_that_is_too_late(jakarta, programme, later, policy):
    """At night it waits; if the new cutoff comes before the morning, it does not."""
    rows = MemoryRows()
    rows.add(replace(jakarta, told_cutoff=OLD))
    await replan(rows.at(wib("2021-10-19 23:00")), 21, later, policy)
    assert rows.pending[1, SOURCE].due_at == wib("2021-10-20 08:00")

    tonight = wib("2021-10-25 22:00")
    rows = MemoryRows()
    rows.add(replace(jakarta, told_cutoff=OLD))
    await replan(rows.at(tonight), 21, later, policy)
    assert rows.pending[1, SOURCE].due_at == tonight


async def test_news_of_a_cutoff_that_is_past_or_unsure_is_none(jakarta, programme, later, policy):
    """Nothing useful can be said any more, or nothing certain."""
    person = replace(jakarta, told_cutoff=OLD)
    rows = MemoryRows()
    rows.add(person)
    assert (await replan(rows.at(wib("2021-10-26 00:00")), 21, later, policy)).told == 0
    unsure = replace(programme.waves[21], certainty=Certainty.UNSURE, announced_certainty=Certainty.UNSURE)
    assert (await replan(rows.at(NOW), 21, with_waves(programme, [unsure]), policy)).told == 0
    assert not rows.pending


async def test_a_large_wave_is_planned_in_portions(jakarta, later, policy):
    """Everybody of a wave larger than one portion is told, each once; a portion says where the next begins."""
    rows = MemoryRows()
    rows.add(*(replace(jakarta, id=number, told_cutoff=OLD) for number in range(1, 53)))
    first = await replan(rows.at(NOW), 21, later, policy)
    assert (first.told, first.last) == (50, 50)
    rest = await replan(rows.at(NOW), 21, later, policy, after=50)
    assert (rest.told, rest.last) == (2, None)
    assert len(rows.pending) == 52


def test_the_news_says_the_old_date_and_the_new(makassar, later):
    """Both dates, what is left, on both clocks."""
    message = compose(SOURCE, ReminderSituation(replace(makassar, told_cutoff=OLD), later, load_policy(), NOW))
    assert "Kamis, 21 Oktober 2021 pukul 23.59 WIB, tidak berlaku lagi" in message.text
    assert "<b>Senin, 25 Oktober 2021 pukul 23.59 WIB</b>" in message.text
    assert "Selasa, 26 Oktober 2021 pukul 00.59 WITA" in message.text
    assert "6 hari 13 jam lagi" in message.text


def test_the_news_is_not_sent_once_it_is_known(makassar, later, programme):
    """Told in the meantime, moved once more, or bought: nothing is said."""
    assert compose(SOURCE, ReminderSituation(replace(makassar, told_cutoff=NEW), later, load_policy(), NOW)) is None
    assert compose(SOURCE, ReminderSituation(replace(makassar, told_cutoff=NEW), programme, load_policy(), NOW)) is None
    assert told_by(SOURCE, makassar, later) == CutoffTold(NEW)
