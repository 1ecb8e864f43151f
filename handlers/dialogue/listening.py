"""Listeners: conversations that recognise a text by themselves, asked by the router before the classifier's intent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from typing import TypeVar

from handlers.dialogue.reply import Reply
from handlers.dialogue.turn import SAID
from handlers.dialogue.whose import sent_as
from handlers.understanding import Understanding
from programme.model.events import Event
from programme.model.messages import Button, Incoming, Key, Open
from programme.model.participants import Participant
from programme.model.tickets import HelpdeskView


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A text as listeners see it. `offered` are the buttons of the message that the person was sent last."""

    understood: Understanding
    incoming: Incoming
    participant: Participant
    now: datetime
    offered: tuple[Key, ...]
    helpdesk: HelpdeskView | None

    @property
    def text(self) -> str:
        """The words themselves."""
        return self.understood.text

    @property
    def local_time(self) -> datetime:
        """The moment on the person's own clock."""
        return self.now.astimezone(self.participant.local.tz)

    @property
    def today(self) -> date:
        """The person's own day."""
        return self.local_time.date()

    @property
    def told(self) -> dict[str, str]:
        """The answers that a conversation opened by this text begins with: the words, and the things they name."""
        named = {entity.kind: entity.value for entity in reversed(self.understood.entities)}
        return {SAID: self.text, **sent_as(self.incoming)} | named

    def was_offered(self, conversation: str) -> bool:
        """Tell whether a button of the last message opens `conversation`."""
        return opens(self.offered, conversation)


def opens(offered: Sequence[Key], conversation: str) -> bool:
    """Tell whether one of the buttons opens `conversation`."""
    actions = [key.action for key in offered if isinstance(key, Button)]
    return any(isinstance(action, Open) and action.conversation == conversation for action in actions)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a listener makes of a text: the conversation to open, and what the text counts as in the records."""

    open: Open
    intent: str | None = None
    confidence: float | None = None


class Stage(Enum):
    """Where on the way of a text its listeners are asked; those of one stage exclude each other."""

    FIRST = auto()
    """Before all else: a report taken back, a bare number."""

    STATEMENT = auto()
    """Where the text may be nothing but what somebody tells of themselves."""

    TOLD = auto()
    """Once what was told in passing is noted: a complaint, a bare *sudah*."""

    WISH = auto()
    """Where no intent is certain."""


OfferReader = Callable[[str, tuple[Key, ...], date], Open | None]
Listener = Callable[[Spoken], Recognised | Reply | None]
Noter = Callable[[Spoken], Sequence[Event]]
Asker = Callable[[Spoken], Reply | None]
SomeReader = TypeVar("SomeReader", bound=OfferReader)
SomeListener = TypeVar("SomeListener", bound=Listener)
SomeNoter = TypeVar("SomeNoter", bound=Noter)
SomeAsker = TypeVar("SomeAsker", bound=Asker)

offer_readers: list[OfferReader] = []
"""Readers of a text, before the open question is: they know what the last message offered."""

noters: list[Noter] = []
"""Return what the person tells of themselves in passing."""

askers: list[Asker] = []
"""Return a question to put below the answer to something else."""

_listeners: dict[Stage, list[Listener]] = defaultdict(list)


def reads_offer(reader: SomeReader) -> SomeReader:
    """Register a reader of texts that answer what the last message offered."""
    offer_readers.append(reader)
    offer_readers.sort(key=lambda each: each.__module__)  # whatever was imported first
    return reader


def listens(stage: Stage) -> Callable[[SomeListener], SomeListener]:
    """Register a listener at `stage`."""

    def register(listener: SomeListener) -> SomeListener:
        _listeners[stage].append(listener)
        return listener

    return register


def notes_in_passing(noter: SomeNoter) -> SomeNoter:
    """Register who notes what is told beside something else."""
    noters.append(noter)
    return noter


def asks_beside(asker: SomeAsker) -> SomeAsker:
    """Register who asks something below the answer to something else."""
    askers.append(asker)
    return asker


def read_offer(text: str, offered: tuple[Key, ...], today: date) -> Open | None:
    """Return what a text answers of all that was offered, if anything."""
    return next((found for reader in offer_readers if (found := reader(text, offered, today)) is not None), None)


def heard_at(stage: Stage, spoken: Spoken) -> Recognised | Reply | None:
    """Return what the first listener at `stage` makes of the text, if any does."""
    return next((found for listener in _listeners[stage] if (found := listener(spoken)) is not None), None)
