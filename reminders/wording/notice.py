"""What a reminder tells, in values, for channels that take only texts approved beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from locales import _, fill, moment, speaking
from programme.cutoffs import Cutoff
from programme.model.messages import Notice
from programme.model.milestones import Milestone
from programme.model.zones import Zone
from programme.notices import PLACES, notice
from programme.placeholders import name_of
from reminders.sources import is_moved, is_plan, key_of
from reminders.wording.situation import ReminderSituation

FAMILIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "joined": "deadline",
        "two_weeks": "deadline",
        "one_week": "deadline",
        "three_days": "deadline",
        "one_day": "deadline",
        "last_morning": "last_day",
        "last_evening": "last_evening",
        "last_call": "last_evening",
        "look_up": "deadline_unknown",
        "look_up_again": "deadline_unknown",
        "shown": "purchase_shown",
        "morning_after": "morning_after",
        "finish": "finish",
        "finish_again": "finish",
        "review": "review",
        "review_again": "review",
        "connect": "connect",
        "survey": "survey",
    }
)
"""Which notice stands for the words of each rule."""

PICTURED: Final = frozenset({"deadline", "last_day", "last_evening"})
"""The notices that have a picture of the cutoff."""


def notice_for(source: str, situation: ReminderSituation) -> Notice | None:
    """Return what the reminder named `source` tells, in the person's language.

    None where it needs a cutoff that may not be told, or where no text is meant for it.
    """
    name = family_of(source, situation)
    if name is None:
        return None
    with speaking(situation.person.language):
        values = {place: _value(place, situation) for place in PLACES[name]}
    told = {place: value for place, value in values.items() if value is not None}
    return notice(name, situation.person.language, **told) if len(told) == len(values) else None


def family_of(source: str, situation: ReminderSituation) -> str | None:
    """Name the notice that stands for a reminder; None where none does."""
    if is_moved(source):
        return "cutoff_moved"
    if is_plan(source):
        return "deadline" if situation.cutoff else "deadline_unknown"
    rule = situation.policy.rule(key_of(source))
    if rule is None:
        return None
    name = FAMILIES.get(rule.words)
    return "purchase_shown" if name == "last_evening" and situation.reported else name


def _value(place: str, situation: ReminderSituation) -> str | None:
    match place:
        case "name":
            return name_of(situation.person)
        case "wave":
            return situation.wave
        case "platform":
            return _platform(situation)
        case _:
            return _until(situation, situation.cutoff) if situation.cutoff else None


def _until(situation: ReminderSituation, cutoff: Cutoff) -> str:
    """Write until when, on the programme's clock and the person's own: true whenever it is read."""
    official = moment(cutoff.at, Zone.WIB.tz, Zone.WIB)
    if situation.person.zone is None:
        return fill(_("{moment} (di WITA 00.59, di WIT 01.59 hari berikutnya)"), moment=official)
    own = situation.own_moment(cutoff)
    return fill(_("{moment} (di tempatmu {own})"), moment=official, own=own) if own else official


def _platform(situation: ReminderSituation) -> str:
    step = situation.person.progress.get(Milestone.BOUGHT)
    platform = situation.programme.platforms.get(step.platform or "") if step else None
    return platform.name if platform else _("platform pilihanmu")
