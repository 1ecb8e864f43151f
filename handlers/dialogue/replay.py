"""Replay: plays the dialogues of one incoming message from their start, and gathers what they decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field, fields, replace
from functools import reduce

from handlers.dialogue.by_place import LISTED, MATTERS, as_listed
from handlers.dialogue.complaint_memory import ComplaintMemory
from handlers.dialogue.follow_up import GUESSED
from handlers.dialogue.in_talk import FURTHEST, RELATIVE, named_in_talk, relative_known
from handlers.dialogue.listening import LONGEST_READ, OTHERS_WAVE, WHOSE
from handlers.dialogue.priorities import IDLE
from handlers.dialogue.question import Question, Unanswered
from handlers.dialogue.register import Purpose, conversation_for, conversations, traits_of
from handlers.dialogue.reply import Reply
from handlers.dialogue.reported import REPORTS
from handlers.dialogue.turn import SAID, Turn
from handlers.dialogue.turn_input import TurnInput, TurnOutcome
from handlers.dialogue.whose import THEN, notes_something, own_words
from handlers.understanding.furthest import furthest_told
from handlers.understanding.relatives import as_relative
from programme.model.broadcasts import StaffOrder
from programme.model.dialogues import Dialogue
from programme.model.events import Event, ObstacleNamed
from programme.model.linking import LinkWish
from programme.model.messages import Matter, Open, Sort
from programme.model.participants import Participant
from programme.model.tickets import TicketWish

WAITING = "waiting"
"""The answer under which conversations are kept that were asked for in the same breath, and come next."""

WAITING_SAID = "waiting_said"
"""The answer that keeps the words by which those were asked for."""

_NO_MATTER = frozenset({Purpose.UNCLEAR, Purpose.OLD_BUTTON, Purpose.UNREADABLE, Purpose.CANCELLED})
_SETTLED = frozenset(
    (
        *(
            LISTED,
            "ask",
            "about",
            "budget",
            "date",
            "hour",
            "leaf",
            "milestone",
            "page",
            "partner",
            "picks",
            "platform",
            "profession",
        ),
        *("reason", "shows", "step", "topic", "trouble", "wave", "waves", "what", "why", "zone", WHOSE, OTHERS_WAVE),
    )
)
"""The answers that may go with a message: each is one of a few values or a named thing, never somebody's words."""


@dataclass(slots=True)
class Replay:
    """What one message has come to so far. `participant` is the person as everything decided so far leaves them.

    `memory` is what was told of a trouble, for a person who may be called.
    """

    given: TurnInput
    participant: Participant = field(init=False)
    memory: ComplaintMemory = field(init=False)
    events: list[Event] = field(default_factory=list)
    orders: list[StaffOrder] = field(default_factory=list)
    wishes: list[TicketWish] = field(default_factory=list)
    links: list[LinkWish] = field(default_factory=list)
    decided: str = "a button"
    """What the answer follows from, in a few words, for whoever asks why."""
    opened: list[str] = field(default_factory=list)
    """The conversations that were opened, in order."""
    matter: Matter | None = field(init=False)
    """What is spoken of; a word of thanks or a question what was meant leaves it as it was."""

    def __post_init__(self) -> None:
        self.participant = self.given.participant
        self.memory = ComplaintMemory.after(self.given.dialogue)
        self.matter = self.given.matter

    @property
    def dialogue(self) -> Dialogue | None:
        """The dialogue that may go on."""
        stored = self.given.dialogue
        return stored if stored is not None and stored.is_open else None

    @property
    def asked(self) -> str | None:
        """The name of the question that words may answer now."""
        return self.dialogue.asked if self.dialogue is not None and self.dialogue.hears(self.given.now) else None

    def twin(self) -> Replay:
        """Return another that has come as far, for a conversation that is only tried."""
        twin = copy(self)
        twin.memory = copy(self.memory)
        twin.events, twin.orders, twin.opened = list(self.events), list(self.orders), list(self.opened)
        twin.wishes, twin.links = list(self.wishes), list(self.links)
        return twin

    def become(self, twin: Replay) -> None:
        """Take over what was tried."""
        for each in fields(self):
            setattr(self, each.name, getattr(twin, each.name))

    async def open_all(self, names: tuple[str, ...], told: Mapping[str, str]) -> TurnOutcome:
        """Answer several things said at once: what needs no question first, then one that asks; the rest waits."""
        outcomes = [await self.open(names[0], told)]
        first = self.matter
        outcomes += [await self.open(name, told) for name in names[1:]]
        self.matter = first if first is None else replace(first, told={**first.told, **as_listed(MATTERS, names)})
        asking = [(name, outcome) for name, outcome in zip(names, outcomes, strict=True) if outcome.asks]
        replies = [outcome.reply for outcome in outcomes if not outcome.asks]
        dialogue = outcomes[-1].dialogue
        if asking:
            (_first, outcome), *later = asking
            replies.append(outcome.reply)
            dialogue = outcome.dialogue
            if dialogue is not None and later:
                waiting = {WAITING: ",".join(name for name, _outcome in later), WAITING_SAID: told.get(SAID, "")}
                dialogue = replace(dialogue, answers={**dialogue.answers, **waiting})
        return self.outcome(reduce(Reply.then, replies), dialogue)

    async def open(self, what: str | Purpose | Open, answers: Mapping[str, str] | None = None) -> TurnOutcome:
        """Start a conversation, named or by the purpose it serves, some of its answers already given."""
        if isinstance(what, Open):
            return await self.open(what.conversation, what.answers)
        name = conversation_for(what) if isinstance(what, Purpose) else what
        told = self.memory.opening(name, self.given.incoming.text, answers or {})
        return await self.play(Dialogue(conversation=name, answers=told))

    async def play(self, dialogue: Dialogue) -> TurnOutcome:
        """Replay a dialogue as far as its answers go."""
        self.memory.follow(dialogue)
        self.opened.append(dialogue.conversation)
        self._speak_of(dialogue)
        turn = self.turn(dialogue)
        try:
            answer = await conversations()[dialogue.conversation].script(turn)
        except Unanswered as unanswered:
            if self.is_not_theirs(turn):
                return await self.ask_whose(dialogue)
            self.keep(turn)
            return self.waiting(dialogue, unanswered.question)
        if self.is_not_theirs(turn):
            return await self.ask_whose(dialogue)
        self.keep(turn)
        waiting = {name: dialogue.answers[name] for name in (WAITING, WAITING_SAID) if name in dialogue.answers}
        if isinstance(answer, Open):
            return await self.open(answer.conversation, {**answer.answers, **waiting})
        if waiting:
            more = await self.open_all(tuple(waiting[WAITING].split(",")), {SAID: waiting.get(WAITING_SAID, "")})
            return replace(more, reply=answer.then(more.reply))
        return self.outcome(answer, None)

    def _speak_of(self, dialogue: Dialogue) -> None:
        """Note what is spoken of; where that is asked, it is taken to be the likeliest until something else is said."""
        name = dialogue.conversation
        guessed: dict[str, str] = {}
        if traits_of(name).purpose is Purpose.UNCLEAR and self.matter is None:
            likeliest = dialogue.answers.get("guesses", "").partition(",")[0]
            name, guessed = (name, {}) if likeliest in REPORTS else (likeliest, {GUESSED: "1"})
        if name in conversations() and name not in IDLE and traits_of(name).purpose not in _NO_MATTER:
            told = {kind: value for kind, value in dialogue.answers.items() if kind in _SETTLED}
            last = self.given.matter
            told = _named_before(name, last) | told
            self.matter = Matter(name, told | guessed).after(() if last is None else (last, *last.earlier()))

    async def only_telling(self, opened: Open, asked: str | None = None) -> TurnOutcome | None:
        """Return what a conversation answers; None, and nothing came of it, where it asks anew or notes something."""
        tried = self.twin()
        outcome = await tried.open(opened)
        asks_anew = outcome.asks and (outcome.dialogue is None or outcome.dialogue.asked != asked)
        if asks_anew or notes_something(tried.events[len(self.events) :]):
            return None
        self.become(tried)
        return outcome

    def is_not_theirs(self, turn: Turn) -> bool:
        """Whether a script would note something because of somebody else's words."""
        return not own_words(self.given.incoming) and notes_something(turn.events)

    async def ask_whose(self, dialogue: Dialogue) -> TurnOutcome:
        """Ask whether the words are about the person, before anything is noted of them."""
        told = {name: value for name, value in dialogue.answers.items() if name not in {WAITING, WAITING_SAID}}
        return await self.play(
            Dialogue(conversation=conversation_for(Purpose.WHOSE_WORDS), answers={THEN: dialogue.conversation, **told})
        )

    async def question_of(self, dialogue: Dialogue) -> Question | None:
        """Return the question that the dialogue waits for; None where it has nothing left to ask."""
        script = conversations().get(dialogue.conversation)
        if script is None:
            return None
        try:
            await script.script(self.turn(dialogue))
        except Unanswered as unanswered:
            return unanswered.question
        return None

    def turn(self, dialogue: Dialogue) -> Turn:
        """Return what the dialogue's script sees."""
        given = self.given
        return Turn(
            participant=self.participant,
            programme=given.programme,
            reminders=given.reminders,
            now=given.now,
            incoming=given.incoming,
            answers=dialogue.answers,
            shared=given.shared,
            staff=given.staff,
            helpdesk=given.helpdesk,
            in_mind=self.memory.story,
            talk={**named_in_talk(given.matter), **self._told_now()},
            controller=given.controller,
        )

    def _told_now(self) -> dict[str, str]:
        """Return how far the person says just now that they have come; pressing and forwarding say nothing."""
        incoming = self.given.incoming
        if incoming.sort is not Sort.TEXT or not own_words(incoming):
            return {}
        today = self.given.now.astimezone(self.participant.local.tz).date()
        text = incoming.text[:LONGEST_READ]
        relative = relative_known(self.given.matter, text, self.participant)
        furthest = furthest_told(as_relative(text, relative), today)
        known = {RELATIVE: relative} if relative is not None else {}
        return known | ({FURTHEST: furthest} if furthest is not None else {})

    def take_note(self, told: Iterable[Event]) -> None:
        """Keep what the person told of themselves in passing."""
        for event in told:
            self.participant = self.participant.after(event)
            self.events.append(event)

    def keep(self, turn: Turn) -> None:
        """Take over what a script decided; of somebody else's words, only what was told because of them."""
        own = own_words(self.given.incoming)
        self.take_note(event for event in turn.events if own or not isinstance(event, ObstacleNamed))
        if turn.settled and self.matter is not None:
            self.matter = replace(self.matter, told={**self.matter.told, **turn.settled})
        if self.participant.wave != self.given.participant.wave and self.matter is not None:
            self.matter = _of_no_wave_before(self.matter)
        self.orders.extend(turn.orders)
        self.wishes.extend(turn.wishes)
        self.links.extend(turn.links)

    def outcome(self, reply: Reply, dialogue: Dialogue | None) -> TurnOutcome:
        """Return what the exchange has come to."""
        return TurnOutcome(
            participant=self.participant,
            reply=reply,
            events=tuple(self.events),
            orders=tuple(self.orders),
            wishes=tuple(dict.fromkeys(self.wishes)),
            links=tuple(self.links),
            dialogue=dialogue,
        )

    def waiting(self, dialogue: Dialogue, question: Question) -> TurnOutcome:
        """Return the question, which waits for its answer from now on."""
        asked = replace(dialogue, asked=question.name, asked_at=self.given.now)
        return self.outcome(question.as_reply(), asked)


def _named_before(name: str, last: Matter | None) -> dict[str, str]:
    """Return the platform and the payment partner that the same conversation was told of before."""
    matters = () if last is None else (last, *last.earlier())
    same = next((one for one in matters if one.conversation == name), None)
    return {} if same is None else {kind: same.told[kind] for kind in ("platform", "partner") if kind in same.told}


def _of_no_wave_before(matter: Matter) -> Matter:
    """Return a matter whose earlier ones name no wave: a wave that was corrected is not meant any more."""
    earlier = (
        replace(one, told={kind: value for kind, value in one.told.items() if kind not in {"wave", "waves"}})
        for one in matter.earlier()
    )
    return matter.after(tuple(earlier))
