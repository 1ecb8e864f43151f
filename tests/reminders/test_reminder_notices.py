"""What a reminder tells, in values: whole, true whenever it is read, in the person's language, without markup."""

from __future__ import annotations

from dataclasses import replace

import pytest
from moments import reached, wib

from locales import languages
from programme.model.milestones import Milestone, Source
from programme.model.zones import Zone
from programme.notices import PLACES
from reminders.policy import load_policy
from reminders.sources import moved_source, plan_source
from reminders.timetable import timetable
from reminders.wording.compose import compose
from reminders.wording.notice import FAMILIES, notice_for
from reminders.wording.situation import ReminderSituation

NOW = wib("2021-10-18 09:00:00")


def test_every_reminder_of_the_policy_has_its_notice(policy) -> None:
    assert {rule.words for rule in policy.rules} <= set(FAMILIES)
    assert set(FAMILIES.values()) <= set(PLACES)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("zone", [*Zone, None])
def test_every_notice_tells_all_its_values(jakarta, programme, policy, language, zone) -> None:
    person = replace(jakarta, name="Rina <3 & co", language=language, zone=zone)
    for rule in policy.rules:
        found = notice_for(f"reminder/21/2021-10-21/{rule.key}", ReminderSituation(person, programme, policy, NOW))
        assert found is not None
        assert (found.name, found.language) == (FAMILIES[rule.words], language)
        assert tuple(found.values) == PLACES[found.name]
        assert all(found.values.values())
        assert not any(mark in value for value in found.values.values() for mark in ("\n", "&amp;", "<b>"))


@pytest.mark.parametrize(
    ("zone", "cutoff"),
    [
        (Zone.WIB, "Kamis, 21 Oktober 2021 pukul 23.59 WIB"),
        (
            Zone.WIT,
            "Kamis, 21 Oktober 2021 pukul 23.59 WIB (di tempatmu Jumat, 22 Oktober 2021 pukul 01.59 WIT)",
        ),
        (None, "Kamis, 21 Oktober 2021 pukul 23.59 WIB (di WITA 00.59, di WIT 01.59 hari berikutnya)"),
    ],
)
def test_the_cutoff_is_a_moment_on_both_clocks(jakarta, programme, policy, zone, cutoff) -> None:
    situation = ReminderSituation(replace(jakarta, zone=zone, name="Rina"), programme, policy, NOW)
    found = notice_for("reminder/21/2021-10-21/H-3", situation)
    assert found is not None
    assert found.values == {"name": "Rina", "wave": "gelombang 21", "cutoff": cutoff}


def test_whoever_has_no_name_is_called_something(jakarta, programme, policy) -> None:
    situation = ReminderSituation(replace(jakarta, language="en"), programme, policy, NOW)
    found = notice_for("reminder/path/finish-3", situation)
    assert found is not None
    assert found.values == {"name": "friend"}


def test_the_platform_is_named_where_it_was_told(jakarta, programme, policy) -> None:
    def platform(told: str | None) -> str:
        person = reached(jakarta, Milestone.BOUGHT, source=Source.SELF, platform=told)
        found = notice_for("reminder/21/2021-10-21/H-0-18-shown", ReminderSituation(person, programme, policy, NOW))
        assert found is not None
        return found.values["platform"]

    first = next(iter(programme.platforms.values()))
    assert platform(first.id) == first.name
    assert platform(None) == "platform pilihanmu"


def test_a_plan_and_a_moved_cutoff_have_theirs(jakarta, programme, policy) -> None:
    situation = ReminderSituation(jakarta, programme, policy, NOW)
    wave_unknown = ReminderSituation(replace(jakarta, wave=None), programme, policy, NOW)
    assert (found := notice_for(plan_source(NOW), situation))
    assert found.name == "deadline"
    assert (found := notice_for(plan_source(NOW), wave_unknown))
    assert found.name == "deadline_unknown"
    assert found.values["wave"] == "gelombangmu"
    assert (found := notice_for(moved_source(21, NOW.date()), situation))
    assert found.name == "cutoff_moved"


def test_none_where_there_is_no_rule_or_no_date_that_may_be_told(jakarta, programme, policy) -> None:
    assert notice_for("reminder/path/lottery", ReminderSituation(jakarta, programme, policy, NOW)) is None
    nowhere = ReminderSituation(replace(jakarta, wave=None), programme, policy, NOW)
    assert notice_for("reminder/21/2021-10-21/H-3", nowhere) is None


def test_the_words_of_a_reminder_carry_it(jakarta, programme, policy) -> None:
    for due in timetable(jakarta, programme, policy):
        message = compose(due.source, ReminderSituation(jakarta, programme, load_policy(), due.at))
        assert message is None or message.notice is not None
