"""The words of a reminder, found at the moment of sending, in the person's language."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from locales import speaking
from programme.model.deliveries import Due
from programme.model.events import CutoffTold
from programme.model.messages import Message, Picture
from programme.model.participants import Participant
from programme.model.zones import Zone
from programme.programme import Programme, load_programme
from reminders.moved import news_for
from reminders.policy import PlanHours, Rule, load_policy
from reminders.sources import is_moved, is_plan, key_of
from reminders.timetable import certain_cutoff, timetable
from reminders.wording.dateless import DATELESS_WORDS, plan_without_date
from reminders.wording.deadline import DEADLINE_WORDS, deadline_message
from reminders.wording.notice import PICTURED, family_of, notice_for
from reminders.wording.path import AFTER_CUTOFF, PATH_WORDS, morning_after, moved, shown_at_last
from reminders.wording.picture import dated_picture, deadline_picture
from reminders.wording.situation import ReminderSituation


def compose(source: str, situation: ReminderSituation) -> Message | None:
    """Write the reminder named `source`; None where it is no longer sensible to send it.

    That is: its milestone was reached, it was wished away, its cutoff moved or passed. Some reminders carry
    a picture, which takes a moment to draw: from an event loop, call this in a thread.
    """
    with speaking(situation.person.language):
        message = _moved(source, situation) if is_moved(source) else _by_rule(source, situation)
    return replace(message, notice=notice_for(source, situation)) if message else None


def without_picture(source: str, situation: ReminderSituation) -> Message | None:
    """Write the reminder named `source` as it was sent, as long as it is sensible; nothing is drawn for it."""
    with speaking(situation.person.language):
        due = None if is_moved(source) else _still_due(source, situation)
        return _reminder(due, situation) if due else None


def dated(source: str, situation: ReminderSituation) -> Picture | None:
    """Draw the picture for what stands in the reminder's place, where that tells of a cutoff; from a thread."""
    with speaking(situation.person.language):
        pictured = situation.cutoff is not None and family_of(source, situation) in PICTURED
        return dated_picture(situation, situation.cutoff) if pictured and situation.cutoff else None


def sample_picture() -> Picture:
    """Draw the picture as somebody in wave 21 gets it, for whoever has to approve it."""
    programme = load_programme()
    somebody, monday = Participant(id=0, wave=21, zone=Zone.WIB), datetime(2021, 10, 18, tzinfo=UTC)
    situation = ReminderSituation(somebody, programme, load_policy(), monday)
    with speaking(somebody.language):
        if situation.cutoff is None:
            raise LookupError("wave 21 has no cutoff to show")
        return dated_picture(situation, situation.cutoff)


def told_by(source: str, participant: Participant, programme: Programme) -> CutoffTold | None:
    """Return the cutoff that the person was told once the message named `source` has been sent, if any."""
    cutoff = certain_cutoff(participant, programme)
    rule = load_policy().rule(key_of(source))  # what a rule speaks of is never edited
    tells = is_moved(source) or is_plan(source) or (rule is not None and rule.words not in PATH_WORDS)
    return CutoffTold(cutoff.at) if cutoff and tells else None


def _by_rule(source: str, situation: ReminderSituation) -> Message | None:
    due = _still_due(source, situation)
    message = _reminder(due, situation) if due else None
    return _with_picture(message, source, situation) if message else None


def _still_due(source: str, situation: ReminderSituation) -> Due | None:
    dues = timetable(situation.person, situation.programme, situation.policy)
    due = next((due for due in dues if due.source == source), None)
    return due if due and situation.now <= due.not_after else None


def _reminder(due: Due, situation: ReminderSituation) -> Message | None:
    policy = situation.policy
    if is_plan(due.source):
        return _deadline(policy.plan, situation) if situation.cutoff else plan_without_date(situation)
    rule = policy.rule(key_of(due.source))
    if rule is None:
        return None
    words = PATH_WORDS.get(rule.words) or DATELESS_WORDS.get(rule.words)
    if words:
        return words(situation)
    return _deadline(rule, situation)


def _deadline(rule: Rule | PlanHours, situation: ReminderSituation) -> Message | None:
    cutoff = situation.cutoff
    if cutoff is None:
        return None
    if rule.words == AFTER_CUTOFF:
        return morning_after(situation, cutoff)
    if situation.reported:
        return shown_at_last(situation, cutoff)
    return deadline_message(DEADLINE_WORDS[rule.words], situation, cutoff, picks=rule.picks, later=rule.later)


def _with_picture(message: Message, source: str, situation: ReminderSituation) -> Message:
    rule = situation.policy.plan if is_plan(source) else situation.policy.rule(key_of(source))
    wanted = situation.person.reminders.pictures
    if rule is None or not rule.picture or not wanted or situation.cutoff is None:
        return message
    return replace(message, picture=deadline_picture(situation, situation.cutoff))


def _moved(source: str, situation: ReminderSituation) -> Message | None:
    news = news_for(situation.person, situation.programme, situation.policy, situation.now)
    cutoff = situation.cutoff
    return moved(situation, cutoff) if news and cutoff and news.source == source else None
