"""All that people can be told: by every conversation and its buttons, in dialogues of others, by every reminder."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from copy import copy
from dataclasses import replace
from datetime import date, datetime
from itertools import product

from handlers.dialogue.register import conversations
from programme.model.events import MilestoneReached
from programme.model.messages import Action, Button, Message, Open
from programme.model.milestones import Milestone
from programme.model.participants import Participant
from programme.model.zones import Zone
from programme.programme import load_programme
from reminders.policy import load_policy
from reminders.timetable import timetable
from reminders.wording.compose import without_picture
from reminders.wording.situation import ReminderSituation
from tests.handlers.talking import Talk
from tests.replayed import replayed

PROGRAMME = load_programme()
LANGUAGES = ("id", "en")
WRITTEN = datetime.fromisoformat("2021-09-23T10:00:00+07:00")
_WAVE = Participant(id=1, welcomed=True, wave=21, zone=Zone.WITA, joined_at=WRITTEN)
PEOPLE = (
    Participant(id=1),
    Participant(id=1, welcomed=True),
    _WAVE,
    replace(_WAVE, zone=None),
    replace(_WAVE, wave=51),
    replace(_WAVE, wave=None),
    replace(_WAVE, plan_at=datetime.fromisoformat("2021-10-20T20:00:00+07:00")),
    _WAVE.after(MilestoneReached(Milestone.BOUGHT, date(2021, 10, 1))),
    _WAVE.after(MilestoneReached(Milestone.BOUGHT)).after(MilestoneReached(Milestone.COMPLETED, date(2021, 10, 9))),
)


async def conversed() -> AsyncIterator[Message]:
    """What every conversation says when it is opened, and when each of its buttons is pressed then."""
    names = [name for name, known in conversations().items() if not known.staff]
    for name, who, language in product(names, PEOPLE, LANGUAGES):
        talk = Talk(replace(who, language=language))
        for message in await _told(talk, Open(name)):
            yield message
        for button in [key for key in talk.keys if isinstance(key, Button)] if talk.outcome else ():
            again = copy(talk)
            again.events = list(talk.events)
            for message in await _told(again, button.action):
                yield message


async def _told(talk: Talk, action: Action) -> tuple[Message, ...]:
    """The answer; nothing where a conversation is opened without an answer that its only opener always brings."""
    with suppress(KeyError):
        await talk.acts(action)
        return talk.messages
    return ()


def played() -> Iterator[Message]:
    """What the dialogues of `tests/dialogues` are answered."""
    for _script, went in replayed():
        yield from went.said


def reminded() -> Iterator[Message]:
    """Every reminder, each at its own moment."""
    for who, language, zone in product(PEOPLE, LANGUAGES, (None, *Zone)):
        person = replace(who, language=language, zone=zone)
        for due in timetable(person, PROGRAMME, load_policy()):
            message = without_picture(due.source, ReminderSituation(person, PROGRAMME, load_policy(), due.at))
            if message is not None:
                yield message
