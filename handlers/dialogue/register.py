"""The register of conversations: a decorated function in a file of `handlers/`, or of `handlers/staff/`, is one."""

from __future__ import annotations

import pkgutil
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache
from importlib import import_module
from typing import TypeVar

from handlers.dialogue.listening import Aside, Asker, Beside, Expectation, Listener, Noter, Recognised, Spoken, Stage
from handlers.dialogue.reply import Reply
from handlers.dialogue.turn import Turn
from programme.model.dialogues import Dialogue
from programme.model.events import Event
from programme.model.messages import Incoming, Open

Script = Callable[[Turn], Awaitable[Reply | Open]]
Brings = Callable[[Dialogue, str, Mapping[str, str]], dict[str, str]]
Some = TypeVar("Some", bound=Script)


class Purpose(Enum):
    """What the engine itself opens a conversation for; each purpose is served by one."""

    MENU = auto()
    CANCELLED = auto()
    OLD_BUTTON = auto()
    OWN_NUMBER = auto()
    """Asks for the person's own number."""
    NUMBER_SHARED = auto()
    UNREADABLE = auto()
    """Says that a photo, a voice message or the like can't be read."""
    TAKES_BACK = auto()
    WHOSE_WORDS = auto()
    """Asks whether forwarded words are about the person."""
    UNCLEAR = auto()
    """Asks what was meant."""
    NO_ANSWER = auto()
    """Says that Sobat is not for this."""
    PERSON = auto()
    """Leads to people."""
    OWN_WAVE = auto()
    """Corrects the wave that is kept of the person."""
    SETTLED = auto()
    """Takes note that a trouble is none any more."""
    PAUSED = auto()
    """Says that nothing is noted of whoever wants their data left alone."""
    BUYING_FAILS = auto()
    """Helps where a purchase failed."""
    DISRUPTED = auto()
    """Tells what a disruption that was announced comes to."""
    ANNOUNCED = auto()
    """Tells again what was announced."""
    CUTOFF_AHEAD = auto()
    """Says above another answer that buying can't wait."""


@dataclass(frozen=True, slots=True)
class InAdvance:
    """Answers that a text gave before they were asked for, and the words that confirm them."""

    answers: Mapping[str, str]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """How a conversation behaves among others.

    One that `tells` answers by telling something, so that a guess at it harms nobody; `trouble` ones are about
    something that a person may have to look at, so that their opening words stay in mind;
    an `alert` is said once: nothing is guessed to be about it, nor goes back to it after something else.
    `moots` names those whose open question is beside the point once this one answered.
    `part_of` names the conversation to whose trouble one belongs; one `beside` can be turned to without leaving a
    trouble. `subject` are the few words that a fragment about it leaves out (*sertifikat*), where its `about` is not
    just that. `in_advance` reads a text that is no answer to the open question, `with_picture` takes an attachment into
    the open dialogue, `brings` says which answers a story in mind gives to a conversation that leads to people.
    `after_any` are phrases that lead to it whatever was spoken of (*telpon siapa?*), `contact_of` the kind of named
    thing whose contact it gives.
    One that `can_wait` asks for what helps later: whatever is asked meanwhile goes before its next question; `in_brief`
    opens what answers one that asks, for all cases.
    `slots` are the kinds of named things that it can be asked anew of (*kalau di Bukalapak?*), `corrected_by` those
    that only a correction brings (*eh salah, Tokopedia*), `follow_ups` what a
    phrase of `phrases.tsv` leads to right after it (*berapa lama?*), `choice` the conversation to which one of the
    things that its answer listed leads (*yang kedua*); without it, its own.
    What it hears of a text ahead of the classifier: `beside_all` takes a wish out of it, whatever else it says; then
    `expects`, `listens` at a stage of the way, `notes`, `asks`; `orders` hears what is to be done beside what is asked.
    """

    purpose: Purpose | None = None
    tells: bool = False
    trouble: bool = False
    alert: bool = False
    part_of: str | None = None
    moots: frozenset[str] = frozenset()
    beside: bool = False
    subject: str = ""
    in_advance: Callable[[Spoken], InAdvance | None] | None = None
    with_picture: Callable[[Dialogue, Incoming], Dialogue | None] | None = None
    brings: Brings | None = None
    expects: Expectation | None = None
    choice: str | None = None
    slots: frozenset[str] = frozenset()
    corrected_by: frozenset[str] = frozenset()
    follow_ups: Mapping[str, Open] = field(default_factory=dict)
    after_any: frozenset[str] = frozenset()
    contact_of: str | None = None
    listens: Mapping[Stage, Listener] = field(default_factory=dict)
    notes: Noter | None = None
    asks: Asker | None = None
    beside_all: Aside | None = None
    orders: Listener | None = None
    can_wait: bool = False
    in_brief: Open | None = None


_PLAIN = Traits()


@dataclass(frozen=True, slots=True)
class Conversation:
    """A script by its name. `about` says in plain words what it is for, where it is one of the intents.

    `staff` ones find `Turn.staff` filled where the person belongs to the staff.
    """

    name: str
    script: Script
    about: str = ""
    commands: tuple[str, ...] = ()
    staff: bool = False
    traits: Traits = _PLAIN


_registered: dict[str, Conversation] = {}


def conversation(
    name: str,
    *,
    about: str = "",
    commands: tuple[str, ...] = (),
    staff: bool = False,
    traits: Traits = _PLAIN,
) -> Callable[[Some], Some]:
    """Register the script under `name`.

    `about` is the Indonesian sentence, marked with N_, that buttons show for it; `commands` are the words
    after a slash that open it. A script that returns `Open` goes on in that conversation.
    """

    def register(script: Some) -> Some:
        _registered[name] = Conversation(name, script, about, commands, staff, traits)
        return script

    return register


@cache
def conversations() -> dict[str, Conversation]:
    """Return all conversations by name."""
    for folder in ("handlers", "handlers.staff"):
        for module in pkgutil.iter_modules(import_module(folder).__path__):
            import_module(f"{folder}.{module.name}")
    return dict(_registered)


def open_to_people() -> list[str]:
    """Return the names of those that a button may open for anybody."""
    return [name for name, known in conversations().items() if not known.staff]


@cache
def commands() -> dict[str, str]:
    """Return the names of conversations by the command that opens them."""
    found: dict[str, str] = {}
    for known in conversations().values():
        for word in known.commands:
            if word in found:
                raise ValueError(f"/{word} opens both {found[word]} and {known.name}")
            found[word] = known.name
    return found


@cache
def conversation_for(purpose: Purpose) -> str:
    """Return the name of the one conversation that serves `purpose`."""
    [name] = [known.name for known in conversations().values() if known.traits.purpose is purpose]
    return name


def traits_of(name: str) -> Traits:
    """Return how a conversation behaves among others; one that is gone has no traits."""
    known = conversations().get(name)
    return known.traits if known is not None else _PLAIN


def family_of(name: str) -> str:
    """Return the conversation to whose trouble one belongs; its own name where it belongs to none."""
    return traits_of(name).part_of or name


@cache
def _in_order() -> tuple[Traits, ...]:
    """Return the traits of all conversations that have any, by the names of these."""
    return tuple(known.traits for _name, known in sorted(conversations().items()) if known.traits is not _PLAIN)


@cache
def _readers() -> tuple[Expectation, ...]:
    return tuple(each.expects for each in _in_order() if each.expects is not None)


@cache
def _listeners() -> Mapping[Stage, tuple[Listener, ...]]:
    return {stage: tuple(each.listens[stage] for each in _in_order() if stage in each.listens) for stage in Stage}


@cache
def after_any() -> Mapping[str, str]:
    """Return the conversations by the phrases that lead to them whatever was spoken of."""
    return {what: name for name, known in sorted(conversations().items()) for what in sorted(known.traits.after_any)}


@cache
def contact_of(kind: str) -> str | None:
    """Return the conversation that gives the contact of a kind of named thing."""
    names = (name for name, known in conversations().items() if known.traits.contact_of == kind)
    return next(names, None)


def taken_out(spoken: Spoken) -> Beside | None:
    """Return the wish that stands in a text beside anything else, if any does."""
    readers = (each.beside_all for each in _in_order() if each.beside_all is not None)
    return next((found for read in readers if (found := read(spoken)) is not None), None)


def expected(spoken: Spoken) -> Open | None:
    """Return what a text answers of all that the last message asked or offered, if anything."""
    return next((found for read in _readers() if (found := read(spoken)) is not None), None)


def ordered_beside(spoken: Spoken) -> Recognised | Reply | None:
    """Return what a text orders beside whatever else it asks, if anything."""
    readers = (each.orders for each in _in_order() if each.orders is not None)
    return next((found for read in readers if (found := read(spoken)) is not None), None)


def heard_at(stage: Stage, spoken: Spoken) -> Recognised | Reply | None:
    """Return what the conversation that listens at `stage` and recognises the text makes of it, if any does.

    They are asked once, for several on the way of a text want to know.
    """
    if stage not in spoken.heard:
        found = (hear(spoken) for hear in _listeners()[stage])
        spoken.heard[stage] = next((one for one in found if one is not None), None)
    return spoken.heard[stage]


def is_heard(spoken: Spoken, *stages: Stage) -> bool:
    """Tell whether a conversation recognises a text by its words at one of the stages."""
    return any(heard_at(stage, spoken) is not None for stage in stages)


def noted_in_passing(spoken: Spoken) -> list[Event]:
    """Return what the person tells of themselves beside something else."""
    return [event for each in _in_order() if each.notes is not None for event in each.notes(spoken)]


def asked_beside(spoken: Spoken) -> list[Reply]:
    """Return the questions to put below the answer to something else."""
    return [asked for each in _in_order() if each.asks is not None and (asked := each.asks(spoken)) is not None]
