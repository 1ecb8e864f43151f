"""A purchase that only the person reported is no proof: on the last day they are asked whether it shows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from memory_rows import MemoryRows
from moments import reached, wib, written

from programme.model.events import MilestoneReached, MilestoneUndone
from programme.model.milestones import Milestone, Source
from programme.model.participants import ReminderLevel, ReminderWishes
from programme.model.zones import Zone
from reminders.policy import load_policy
from reminders.schedule import reschedule
from reminders.sweep import owed
from reminders.timetable import timetable
from reminders.wording.compose import compose, without_picture
from reminders.wording.notice import notice_for
from reminders.wording.situation import ReminderSituation

SHOWN = "reminder/21/2021-10-21/H-0-18-shown"


def ahead(person, programme, policy):
    dues = written(timetable(person, programme, policy), Zone.WIB)
    return {key: at for key, at in dues.items() if key.startswith("H")}


def test_who_told_platform_and_day_is_asked_once(jakarta, programme, policy):
    person = reached(jakarta, Milestone.BOUGHT, "2021-10-17", platform="tokopedia")
    assert ahead(person, programme, policy) == {"H-0-18-shown": "2021-10-21 18.00"}
    message = compose(SHOWN, ReminderSituation(person, programme, load_policy(), wib("2021-10-21 18:00")))
    assert message.text == "Kamu bilang sudah beli di Tokopedia. Sudah tampil di dashboard?"
    assert [key.label for row in message.keys for key in row] == ["Sudah tampil", "Belum, bantu aku"]


@pytest.mark.parametrize(("on", "platform"), [(None, None), ("2021-10-17", None), (None, "tokopedia")])
def test_who_told_less_is_reminded_a_last_time(jakarta, programme, policy, on, platform):
    person = reached(jakarta, Milestone.BOUGHT, on, platform=platform)
    assert set(ahead(person, programme, policy)) == {"H-0-18-shown", "H-0-21"}
    assert all(due.unless is None for due in timetable(person, programme, policy) if "H-0" in due.source)


@pytest.mark.parametrize("step", [Milestone.BOUGHT, Milestone.COMPLETED])
def test_the_last_time_knows_of_the_report(jakarta, programme, policy, step):
    """It asks whether it shows, and says what to do if not; nobody is told to buy what they have bought."""
    person, last = reached(jakarta, step), "reminder/21/2021-10-21/H-0-21"
    situation = ReminderSituation(person, programme, policy, wib("2021-10-21 21:00"))
    message = compose(last, situation)
    assert "Kamu bilang sudah beli pelatihan pertama. Sudah tampil di dashboard?" in message.text
    assert "Jangan bayar dua kali" in message.text
    assert "Kamis, 21 Oktober 2021 pukul 23.59 WIB" in message.text
    assert "Beli sekarang" not in message.text
    labels = [key.label for row in message.keys for key in row]
    assert labels == ["Sudah tampil", "Belum, bantu aku", "Ternyata belum beli"]
    assert notice_for(last, situation).name == "purchase_shown"


@pytest.mark.parametrize("source", [Source.SEEN, Source.OFFICIAL])
def test_who_is_confirmed_is_left_in_peace(jakarta, programme, policy, source):
    person = reached(jakarta, Milestone.BOUGHT, source=source)
    assert ahead(person, programme, policy) == {}


def test_an_official_later_step_confirms_it_too(jakarta, programme, policy):
    person = reached(jakarta, Milestone.BOUGHT)
    assert ahead(reached(person, Milestone.COMPLETED), programme, policy)
    assert ahead(reached(person, Milestone.COMPLETED, source=Source.OFFICIAL), programme, policy) == {}


def test_who_has_not_reported_is_not_asked(jakarta, programme, policy):
    assert "H-0-18-shown" not in ahead(jakarta, programme, policy)
    assert compose(SHOWN, ReminderSituation(jakarta, programme, load_policy(), wib("2021-10-21 18:00"))) is None


def test_who_wants_fewer_reminders_is_asked_and_who_wants_none_is_not(jakarta, programme, policy):
    person = reached(jakarta, Milestone.BOUGHT)
    fewer = replace(person, reminders=ReminderWishes(ReminderLevel.FEWER))
    assert set(ahead(fewer, programme, policy)) == {"H-0-18-shown", "H-0-21"}
    assert timetable(replace(person, reminders=ReminderWishes(ReminderLevel.NONE)), programme, policy) == ()


def test_its_keys_are_known_without_a_picture(jakarta, programme, policy):
    person = reached(jakarta, Milestone.BOUGHT)
    message = without_picture(SHOWN, ReminderSituation(person, programme, policy, wib("2021-10-21 18:10")))
    assert message is not None
    keys = [key for row in message.keys for key in row]
    assert [key.label for key in keys] == ["Sudah tampil", "Belum, bantu aku"]


async def test_what_a_mistaken_report_cancelled_is_owed_again(jakarta, programme, policy):
    """The last reminder waits in the outbox; a slip of the finger, and it is still to come."""
    rows = MemoryRows()
    rows.add(jakarta)
    now = wib("2021-10-21 21:00:05")
    last = next(due for due in timetable(jakarta, programme, policy) if due.source.endswith("H-0-21"))
    await rows.owe([owed(jakarta, last, last.at)])
    person = jakarta.after(MilestoneReached(Milestone.BOUGHT, wib("2021-10-20 09:00").date(), "tokopedia"))
    await reschedule(rows.at(now), person, programme, policy)
    assert not rows.pending
    person = person.after(MilestoneUndone(Milestone.BOUGHT))
    await reschedule(rows.at(now), person, programme, policy, taken_back=True)
    assert [source for _person, source in rows.pending] == [last.source]
