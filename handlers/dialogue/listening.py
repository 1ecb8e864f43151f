"""Listeners: conversations that recognise a text by themselves, asked by the router before the classifier's intent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, auto
from functools import cached_property
from typing import Final

from handlers.dialogue.reply import Reply
from handlers.dialogue.turn import SAID
from handlers.dialogue.whose import sent_as
from handlers.understanding import Understanding
from handlers.understanding.instead import but_denied
from handlers.understanding.of_whom import Whose
from handlers.understanding.phrases import says
from handlers.understanding.residence import places_in
from handlers.understanding.whose_wave import SaidWave, own_wave, waves_said
from programme.model.events import Event
from programme.model.messages import Button, Incoming, Key, Matter, Open
from programme.model.participants import Participant
from programme.model.tickets import HelpdeskView
from programme.programme import Programme

WHOSE: Final = "whose"
"""The answer that tells that something is asked for somebody else."""
OTHERS: Final = "other"
OTHERS_WAVE: Final = "others_wave"
"""The answer that keeps somebody else's wave beside the person's own."""

OWN_WAVE_ASKED: Final = frozenset(("own_wave", "announced_wave"))
"""Questions for the person's own wave, which its day answers, too."""

_NEAREST: Final = {Whose.OWN: 0, Whose.UNSAID: 1, Whose.OTHERS: 2}

LONGEST_READ: Final = 2000
"""Characters of a message that are read; a forwarded novel says what it wants at its start."""


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """A text as listeners see it.

    `offered` are the buttons of the message that the person was sent last, `matter` is what it was about. `asked` names
    the question that is open, `refused` are the families of what the words refused.
    """

    understood: Understanding
    incoming: Incoming
    participant: Participant
    now: datetime
    offered: tuple[Key, ...]
    matter: Matter | None
    helpdesk: HelpdeskView | None
    programme: Programme
    asked: str | None = None
    refused: frozenset[str] = frozenset()
    in_short: tuple[str, ...] = ()
    """Phrases for which a few words may stand that say none of them, where it is asked what they go on from."""
    heard: dict[Stage, Recognised | Reply | None] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What the listeners of a stage made of it, once they were asked."""

    @property
    def text(self) -> str:
        """The words themselves."""
        return self.understood.text

    def asks(self, what: str) -> bool:
        """Whether the words say one of the phrases under `what`, or may stand for them."""
        return what in self.in_short or says(what, self.text)

    @cached_property
    def local_time(self) -> datetime:
        """The moment on the person's own clock."""
        return self.now.astimezone(self.participant.local.tz)

    @cached_property
    def today(self) -> date:
        """The person's own day."""
        return self.local_time.date()

    @property
    def told(self) -> dict[str, str]:
        """The answers that a conversation opened by this text begins with: the words, and the things they name."""
        named = {one.kind: one.value for one in reversed(but_denied(self.understood)) if one.kind != "zone"}
        place = {} if self.place is None else {"zone": self.place}
        return {SAID: self.text, **sent_as(self.incoming)} | self._wave_of_the_talk | named | self._wave_named | place

    @property
    def own_wave(self) -> SaidWave | None:
        """The wave that the person says is theirs."""
        return own_wave(self.text, self.today, asked=self.asked in OWN_WAVE_ASKED)

    @property
    def _wave_named(self) -> dict[str, str]:
        """The wave that is meant: the person's own before one that is nobody's, and somebody else's as such."""
        said = sorted(
            waves_said(self.text, self.today, asked=self.asked in OWN_WAVE_ASKED), key=lambda one: _NEAREST[one.whose]
        )
        if not said:
            return {}
        return {"wave": str(said[0].number)} | ({WHOSE: OTHERS} if said[0].whose is Whose.OTHERS else {})

    @property
    def _wave_of_the_talk(self) -> dict[str, str]:
        """The wave that was spoken of, of somebody whose own is not known: *lolos gel 22*, then *sampai kapan*."""
        if self.participant.wave is not None:
            return {}
        wave = next((one.told["wave"] for one in self.matters if "wave" in one.told and WHOSE not in one.told), None)
        return {} if wave is None else {"wave": wave}

    @property
    def matters(self) -> tuple[Matter, ...]:
        """What was spoken of, the latest first."""
        return () if self.matter is None else self.matter.all()

    def of_the_talk(self, kind: str) -> str | None:
        """Return what was told last of a kind, in the matters that are kept."""
        return next((one.told[kind] for one in self.matters if kind in one.told), None)

    @property
    def place(self) -> str | None:
        """The zone of the place that is named; None where there are several, or only the zone of an hour."""
        zones = {one.value for one in places_in(self.understood.entities)}
        return min(zones) if len(zones) == 1 else None

    def was_offered(self, conversation: str) -> bool:
        """Tell whether a button of the last message opens `conversation`."""
        return opens(self.offered, conversation)

    def was_asked_by(self, conversation: str) -> bool:
        """Tell whether all buttons of the last message are answers of `conversation`: it asked nothing else."""
        others = {one for one in _opened(self.offered) if one != conversation}
        return opens(self.offered, conversation) and not others


def opens(offered: Sequence[Key], conversation: str) -> bool:
    """Tell whether one of the buttons opens `conversation`."""
    return conversation in _opened(offered)


def _opened(offered: Sequence[Key]) -> list[str]:
    actions = [key.action for key in offered if isinstance(key, Button)]
    return [action.conversation for action in actions if isinstance(action, Open)]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a listener makes of a text: the conversation to open, and what the text counts as in the records."""

    open: Open
    intent: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """A wish that may stand beside anything, what it opens, and the rest of the text."""

    open: Open
    rest: str


class Stage(Enum):
    """Where on the way of a text its listeners are asked; those of one stage exclude each other."""

    ALARM = auto()
    """Before anything else but an open question: a fraud."""

    FIRST = auto()
    """Before all else: a report taken back, a bare number."""

    STATEMENT = auto()
    """Where the text may be nothing but what somebody tells of themselves."""

    TOLD = auto()
    """Once what was told in passing is noted: a complaint, a bare *sudah*."""

    WISH = auto()
    """Where no intent is certain."""


Expectation = Callable[[Spoken], Open | None]
"""Reads a text ahead of the open question, as an answer to what the last message asked or offered."""

Listener = Callable[[Spoken], Recognised | Reply | None]
"""Recognises a text by itself, whatever its intent."""

Aside = Callable[[Spoken], Beside | None]
"""Takes a wish out of a text that may stand beside anything else."""

Noter = Callable[[Spoken], Sequence[Event]]
"""Returns what the person tells of themselves in passing."""

Asker = Callable[[Spoken], Reply | None]
"""Returns a question to put below the answer to something else."""
