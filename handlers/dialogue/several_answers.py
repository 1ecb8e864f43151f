"""Several questions of one message: answered in order, in short, in one bubble; what is not ours in half a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from handlers.dialogue.by_place import MATTERS, as_listed
from handlers.dialogue.follow_up import follow_up
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.odds import LIKELY, is_of_elsewhere, is_sure
from handlers.dialogue.own_questions import own_questions
from handlers.dialogue.priorities import IDLE, NO_ANSWER, in_order
from handlers.dialogue.refused import not_refused
from handlers.dialogue.register import conversations, family_of, heard_at, traits_of
from handlers.dialogue.replay import Replay
from handlers.dialogue.reply import Reply
from handlers.dialogue.reported import REPORTS, tells_a_step
from handlers.dialogue.turn import SAID
from handlers.dialogue.turn_input import TurnInput, TurnOutcome
from handlers.dialogue.whose import notes_something, own_words
from handlers.understanding import Understanding, understand
from handlers.understanding.other_things import buys_another_thing
from handlers.understanding.phrases import first_said, says
from locales import _, fill
from programme.model.messages import Message, Open

_PARAGRAPH: Final = "\n\n"
_ENOUGH: Final = 70
"""Characters of an answer that says something by itself."""
_ROWS: Final = 4
"""Rows of buttons below several answers."""
_OF_ANY_WAVE: Final = ("register_wave", "wave")
"""What asks of the next wave, not of the one that was spoken of."""
_OF_TRAININGS: Final = frozenset(("recommend", "training_detail"))
_NEEDS_THE_TALK: Final = frozenset(
    (
        *("eligibility", "legal_basis", "stand_in", "about_sobat", "share", "privacy", "assessment"),
        *("platform_contact", "handoff"),
    )
)
"""Intents that a few words cut out of a message only seem to have."""
_STAGES: Final = (Stage.FIRST, Stage.STATEMENT, Stage.WISH)
_SHORT: Final = 8
"""Words of a question that may go on from what was said last."""


class _Asked(NamedTuple):
    """One question: the conversation that answers it, and its words."""

    opened: Open
    part: str


@dataclass(frozen=True, slots=True)
class SeveralAnswers:
    """Answers the questions of one message; `spoken` is how listeners see a text."""

    given: TurnInput
    replay: Replay
    spoken: Callable[[Understanding], Spoken]

    def may_be_asked(self, understood: Understanding) -> bool:
        """Tell whether a message of the person's own asks several things, and neither reports nor alarms."""
        spoken = self.spoken(understood)
        whole = heard_at(Stage.FIRST, spoken)
        if isinstance(whole, Recognised) and whole.open.conversation == "bought_by_another":
            return False  # whose answer tells where to look, too
        alarming = heard_at(Stage.ALARM, spoken) is not None
        own = own_words(self.given.incoming) and not tells_a_step(spoken.text, spoken.today)
        return own and not alarming and bool(own_questions(understood.text))

    async def to(self, understood: Understanding) -> TurnOutcome | None:
        """Return the answers; None where fewer than two questions are understood, each of something else."""
        asked: dict[str, _Asked] = {}
        foreign: list[str] = []
        for part in own_questions(understood.text):
            found = self._asked(part, understood)
            if isinstance(found, Open):
                asked.setdefault(family_of(found.conversation), _Asked(found, part))
            elif found is not None:
                foreign.append(found)
        uncovered = in_order(tuple(one.opened.conversation for one in asked.values()))
        kept = [one for one in asked.values() if one.opened.conversation in uncovered]
        if not foreign and {one.opened.conversation for one in kept} <= _OF_TRAININGS:
            return None  # of one training: its own conversation hears them all
        return await self._answered(kept, foreign) if len(kept) + len(foreign) > 1 else None

    def _asked(self, part: str, whole: Understanding) -> Open | str | None:
        """Return what a question asks; the name of what is not ours, or None where it isn't understood."""
        read = not_refused(understand(part, today=self.spoken(whole).today), self.given.refused)
        spoken = self.spoken(read)
        if (outside := _outside(read)) is not None:
            return outside
        heard = next((one for stage in _STAGES if (one := heard_at(stage, spoken))), None)
        if isinstance(heard, Recognised) and _is_a_matter(heard.open.conversation):
            return replace(heard.open, answers={**_of_the_whole(whole), **heard.open.answers})
        further = follow_up(spoken) if len(part.split()) <= _SHORT else None
        if further is not None and not is_sure(read):
            return further if further.conversation != self._last else None
        if says("asks leave for it", part) and buys_another_thing(part, spoken.today):
            return Open("balance", {SAID: part, "ask": "cash"})  # *bisa buat beli laptop ga*
        likely = _likely(read)
        if likely is None and self._last in _OF_TRAININGS and read.entity("topic") is not None:
            likely = "recommend"
        if likely is None:
            return None
        told = {**_of_the_whole(whole), **spoken.told, SAID: part}
        return Open(likely, {kind: value for kind, value in told.items() if (likely, kind) != _OF_ANY_WAVE})

    @property
    def _last(self) -> str | None:
        """The conversation of the last answer."""
        return self.given.matter.conversation if self.given.matter is not None else None

    async def _answered(self, asked: Sequence[_Asked], foreign: Sequence[str]) -> TurnOutcome | None:
        before = self.replay.twin()
        told: list[tuple[str, TurnOutcome]] = []
        asking: Open | None = None
        for one in asked:
            if (outcome := await self._told(one)) is None:
                asking = asking or one.opened
            else:
                told.append((one.opened.conversation, outcome))
        if not told or len(told) + len(foreign) + (asking is not None) < 2:
            self.replay.become(before)
            return None
        return await self._in_one(told, foreign, asking)

    async def _told(self, asked: _Asked) -> TurnOutcome | None:
        """Return what a conversation tells to one question, as if nothing else had been written; None where it asks."""
        tried = self.replay.twin()
        tried.given = replace(self.given, incoming=replace(self.given.incoming, text=asked.part))
        outcome = await tried.open(asked.opened)
        if outcome.asks or notes_something(tried.events[len(self.replay.events) :]):
            return None
        tried.given = self.given
        self.replay.become(tried)
        return outcome

    async def _in_one(
        self, told: Sequence[tuple[str, TurnOutcome]], foreign: Sequence[str], asking: Open | None
    ) -> TurnOutcome:
        """Put what is told into one bubble; one that shows a thing, or asks, follows in full."""
        shown = next((outcome for _name, outcome in told if outcome.dialogue is not None), None)
        brief = [outcome.reply.messages for _name, outcome in told if outcome is not shown]
        messages = [_together(brief, foreign)] if brief or foreign else []
        dialogue = None if shown is None else shown.dialogue
        if shown is not None:
            messages += shown.reply.messages
        matter, names = self.replay.matter, [name for name, _outcome in told]
        if matter is not None:
            self.replay.matter = replace(matter, told={**matter.told, **as_listed(MATTERS, names)})
        if asking is not None:
            last = await self.replay.open(asking)
            messages, dialogue = [*messages, *last.reply.messages], last.dialogue
        outcome = self.replay.outcome(Reply(tuple(messages)), dialogue)
        first = next((name for name in names if conversations()[name].about), None)
        return replace(outcome, intent=first)


def _is_a_matter(name: str) -> bool:
    return name in _OF_TRAININGS or not traits_of(name).beside


def _likely(read: Understanding) -> str | None:
    """Return the conversation that a question by itself is most likely about."""
    best, text = read.guesses[0], read.text
    if says("when it is paid", text) and (says("of a payout", text) or says("about the incentive", text)):
        return "when_paid"
    if says("what if it is missed", text):
        return "revoked"
    if best.intent in {*IDLE, *REPORTS, *_NEEDS_THE_TALK, "fraud"}:
        return None
    ours = says("of the programme", text) or (best.intent == "balance" and says("the balance as cash", text))
    paying = best.intent == "how_to_buy" and says("about buying", text)
    return best.intent if (is_sure(read) or best.confidence >= LIKELY) and (ours or paying) else None


def _together(answers: Sequence[Sequence[Message]], foreign: Sequence[str]) -> Message:
    """Return short answers as one message, with a way on from each."""
    texts = [_brief(messages[0].text) for messages in answers if messages]
    texts += [fill(_("Soal {thing} aku tidak bisa bantu, maaf."), thing=thing) for thing in dict.fromkeys(foreign)]
    paragraphs = dict.fromkeys(paragraph for text in texts for paragraph in text.split(_PARAGRAPH))
    rows = [row for messages in answers if messages for row in messages[0].keys[:2]]
    return Message(_PARAGRAPH.join(paragraphs), tuple(rows[:_ROWS]))


def _brief(text: str) -> str:
    """Return as many paragraphs of an answer as say the main of it."""
    first, *others = text.split(_PARAGRAPH)
    while others and (len(first) < _ENOUGH or first.endswith(":")):
        first = f"{first}{_PARAGRAPH}{others.pop(0)}"
    return first


def _of_the_whole(whole: Understanding) -> Mapping[str, str]:
    """Return the one wave that the message names anywhere, and its first sum where there are several: a price."""
    waves = {entity.value for entity in whole.entities if entity.kind == "wave"}
    sums = [entity.value for entity in whole.entities if entity.kind == "budget"]
    price = {"price": sums[0]} if len(sums) > 1 else {}
    return {"wave": min(waves), **price} if len(waves) == 1 else price


def _outside(read: Understanding) -> str | None:
    """Return the name of what somebody asks that is not ours."""
    named = {
        "a parcel": _("paket"),
        "a loan": _("pinjaman"),
        "another aid": _("bantuan lain"),
        "the weather": _("cuaca"),
        "a match": _("bola"),
    }
    foreign = is_of_elsewhere(read) or read.intent == NO_ANSWER
    return first_said(named, read.text) if foreign and not says("of the programme", read.text) else None
