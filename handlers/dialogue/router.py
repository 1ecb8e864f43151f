"""Router: finds the conversation that an incoming message belongs to, and has it played."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass, field, replace

from handlers.dialogue.announced import matter_of
from handlers.dialogue.answer_first import before_a_question
from handlers.dialogue.finishing import finished
from handlers.dialogue.follow_up import CORRECTED, returned, settled
from handlers.dialogue.in_talk import named_in_talk, relative_known, with_named
from handlers.dialogue.just_noted import cancels, remember, remember_purchase
from handlers.dialogue.listening import LONGEST_READ, Beside, Stage
from handlers.dialogue.meant_otherwise import corrected
from handlers.dialogue.named_button import named_button, named_first
from handlers.dialogue.not_twice import is_repeated, not_twice
from handlers.dialogue.odds import SURE_OF_GUESS, is_surely_fraud, is_surely_of_elsewhere
from handlers.dialogue.open_question import OpenQuestion, answered_by, with_answer
from handlers.dialogue.own_questions import asks
from handlers.dialogue.pausing import as_paused
from handlers.dialogue.priorities import IDLE, NO_ANSWER
from handlers.dialogue.put_off import cutoff_first
from handlers.dialogue.question import LEFT_OPEN, Question
from handlers.dialogue.refused import heard_out, refusing
from handlers.dialogue.register import (
    Purpose,
    commands,
    conversation_for,
    conversations,
    expected,
    heard_at,
    taken_out,
    traits_of,
)
from handlers.dialogue.reported import REPORTS, beside_a_correction
from handlers.dialogue.taking_back import TakingBack
from handlers.dialogue.turn_context import TurnContext
from handlers.dialogue.turn_input import TurnInput, TurnOutcome
from handlers.dialogue.universal import Universal, universal_word
from handlers.dialogue.whose import as_sent
from handlers.dialogue.why import Why
from handlers.understanding import understand
from handlers.understanding.first_person import in_first_person
from handlers.understanding.relatives import as_relative
from handlers.understanding.sentences import sentences
from locales import speaking
from programme.model.dialogues import Dialogue
from programme.model.events import MilestoneReached
from programme.model.messages import Action, Answer, Matter, Open, Sort
from programme.model.milestones import Milestone


async def converse(given: TurnInput) -> TurnOutcome:
    """Answer one incoming message in the person's language."""
    if given.dialogue is not None:
        given = replace(given, dialogue=given.dialogue.at(given.now))
    if given.last is not None and given.last.about is None:
        today = given.now.astimezone(given.participant.local.tz).date()
        given = replace(given, last=replace(given.last, about=matter_of(given.last, today)))
    with speaking(given.participant.language):
        heard = heard_out(given)
        told = replace(given, refused=heard.refused, complains=heard.complains)
        outcome = not_twice(told, await as_paused(given, await _answered(given, heard)))
    with speaking(outcome.participant.language):
        return finished(await cutoff_first(given, outcome), given.incoming, given.helpdesk)


async def _answered(given: TurnInput, heard: TurnInput) -> TurnOutcome:
    """Answer a message without what it refuses; no step is noted on account of words left out."""
    outcome = await _by_the_next_best(heard, await Router(TurnContext(heard)).answer())
    less = heard.incoming.text != given.incoming.text
    taken = less and any(isinstance(event, MilestoneReached) for event in outcome.events)
    return await Router(TurnContext(given)).answer() if taken else outcome


async def _by_the_next_best(given: TurnInput, outcome: TurnOutcome) -> TurnOutcome:
    """Answer by the next best reading where the best would only repeat what was said lately."""
    if not is_repeated(given, outcome) or (matter := outcome.messages[-1].about) is None:
        return outcome
    other = await Router(TurnContext(refusing(given, matter))).answer()
    heard = other.intent not in {None, NO_ANSWER} or other.missed is None
    fresh = not (other.asks or other.events or is_repeated(given, other))
    return other if heard and fresh else outcome


@dataclass(slots=True)
class Router:
    """Finds where one message belongs, in the order in which its readings are trusted."""

    context: TurnContext
    notes: TakingBack = field(init=False)
    question: OpenQuestion = field(init=False)

    def __post_init__(self) -> None:
        self.notes = TakingBack(self.context)
        self.question = OpenQuestion(self.context, self.notes)

    async def answer(self) -> TurnOutcome:
        """Return what the message led to, with what stays in mind of it."""
        outcome = await self._answered_by_sort()
        missed = outcome.intent == NO_ANSWER
        left = self.context.replay.memory.left_with(outcome.dialogue, self.context.given.now, missed=missed)
        if (
            left is None
            and outcome.intent in IDLE
            and self.context.corrections.just is not None
            and self.context.dialogue is None
        ):
            left = self.context.given.dialogue  # a word of thanks in between
        kept = remember(
            left,
            self.context.given.participant,
            outcome.events,
            self.context.given.now,
            kept=self.context.corrections.just,
        )
        if outcome.participant.has(Milestone.BOUGHT):
            kept = remember_purchase(kept, self.context.given.dialogue, outcome.events, self.context.given.now)
        asked = self.context.dialogue.asked if self.context.dialogue is not None else None
        why = Why(self.context.given.matter, asked, self.context.read, self.context.replay.decided)
        return replace(outcome, dialogue=kept, reply=outcome.reply.about(self._spoken_of()), why=why)

    def _spoken_of(self) -> Matter | None:
        """Return what is spoken of now, with all that was named in the talk."""
        matter = self.context.replay.matter
        said = (
            self.context.intents.spoken(self.context.read)
            if self.context.read is not None and self.context.own_words
            else None
        )
        return None if matter is None else with_named(matter, said, named_in_talk(self.context.given.matter))

    async def _answered_by_sort(self) -> TurnOutcome:
        incoming = self.context.given.incoming
        match incoming.sort:
            case Sort.CONTACT:
                return await self.context.replay.open(Purpose.NUMBER_SHARED)
            case Sort.PRESS:
                return await self._pressed(self.context.given.incoming.action)
            case Sort.TEXT if incoming.text.strip():
                said = incoming.text.strip()[:LONGEST_READ]
                known = relative_known(self.context.given.matter, said, self.context.given.participant)
                return await self._typed(as_relative(in_first_person(said), known))
            case _:
                return await self._attached()

    async def _pressed(self, action: Action | None) -> TurnOutcome:
        match action:
            case Open() as opened if (answered := answered_by(self.context.dialogue, opened)) is not None:
                outcome = await self.context.replay.play(answered)
                return replace(outcome, reply=outcome.reply.in_place())
            case Open(name, answers) if name in conversations():
                return await self.context.replay.open(name, answers)
            case Answer(number, name, value) if (dialogue := self.context.dialogue) and dialogue.id == number:
                outcome = await self.context.replay.play(with_answer(dialogue, name, value))
                return replace(outcome, reply=outcome.reply.in_place())
            case _:
                return await self.context.replay.open(Purpose.OLD_BUTTON)

    def _named(self, text: str) -> Awaitable[TurnOutcome] | None:
        """Return what comes of a button that is called by its name, be it before something else."""
        if (button := named_button(text, self.context.given.offered)) is not None:
            return self._pressed(button)
        reports = (
            self.context.dialogue is not None and self.context.dialogue.conversation in REPORTS
        )  # which reads on by itself
        first = None if reports else named_first(text, self.context.given.offered)
        return None if first is None else self._pressed_and(*first)

    async def _pressed_and(self, action: Action, rest: str) -> TurnOutcome:
        """Do what a button does that was called by its name, and answer what else is said.

        Where the button opens a trouble, that says which: *ada kendala, otp ga masuk*.
        """
        read = understand(rest, today=self.context.today)
        told = read.confidence >= SURE_OF_GUESS and read.intent not in {*IDLE, NO_ANSWER}
        if isinstance(action, Open) and traits_of(action.conversation).trouble and told:
            return await self.context.new(read)
        return await self.context.and_the_rest(await self._pressed(action), rest)

    async def _attached(self) -> TurnOutcome:
        caption = self.context.given.incoming.text.strip()
        if self.context.given.helpdesk is not None and (longer := self._with_picture()) is not None:
            return await self.context.replay.play(longer)
        told = {"sort": self.context.given.incoming.sort.value}
        if caption and self._at_work():
            return await self._typed(caption[:LONGEST_READ])  # the staff knows what a photo is for
        if not caption:
            return await self._beside(told)
        answered = await self._typed(caption[:LONGEST_READ])
        note = await self.context.replay.open(Purpose.UNREADABLE, {**told, "caption": "1"})
        return replace(answered, reply=note.reply.then(answered.reply))

    def _with_picture(self) -> Dialogue | None:
        """Return the open dialogue with what came in added; None where it takes no pictures."""
        dialogue = self.context.dialogue
        taken = traits_of(dialogue.conversation).with_picture if dialogue is not None else None
        return taken(dialogue, self.context.given.incoming) if dialogue is not None and taken is not None else None

    async def _beside(self, told: dict[str, str]) -> TurnOutcome:
        """Say what came in that can't be read; a question that is open stays, and is asked once more."""
        dialogue = self.context.dialogue
        question = await self.context.replay.question_of(dialogue) if dialogue is not None else None
        if dialogue is None or question is None:
            return await self.context.replay.open(Purpose.UNREADABLE, told)
        noted = await self.context.replay.open(Purpose.UNREADABLE, {**told, "caption": "1"})
        if question.name in LEFT_OPEN:
            return replace(noted, dialogue=dialogue)
        waiting = self.context.replay.waiting(dialogue, question)
        return replace(noted, reply=noted.reply.then(waiting.reply), dialogue=waiting.dialogue)

    def _at_work(self) -> bool:
        dialogue = self.context.dialogue
        known = conversations().get(dialogue.conversation) if dialogue else None
        return self.context.given.staff is not None and known is not None and known.staff

    async def _typed(self, text: str) -> TurnOutcome:
        if text.startswith("/"):
            return await self.context.by("a command", self._commanded(text))
        if not self.context.own_words:
            return await self._passed_on(text)
        if (word := universal_word(text)) is not None:
            return await self.context.by("a word that works everywhere", self._universal(word))
        if (wish := taken_out(self.context.spoken(text))) is not None:
            return await self.context.by("a wish beside anything else", self._wished(wish))
        if (named := self._named(text)) is not None:
            return await self.context.by("the name of a button", named)
        waiting, question = await self._waiting()
        told = self._at_work() or (_wants_a_story(question) and settled(self.context.spoken(text)) is None)
        if waiting is not None and told:  # what staff answer is never about themselves
            return await self.question.hear(waiting, question, text)
        if self._is_alarming(text):
            return await self.context.by("a sign of fraud", self.context.intents.route(self.context.understood(text)))
        if (noted := self.notes.of_what_was_noted(text)) is not None:
            return await noted
        if (meant := returned(self.context.spoken(text)) or self._meant_after_the_last(text)) is not None:
            return await self._goes_on(meant, text, alone=waiting is None)
        if waiting is not None:
            return await self.question.hear(waiting, question, text)
        if (first := self._answered_before_a_question(text)) is not None:
            return await self.context.by("an answer to what was said last", self._answered_and_asked(*first))
        if (against := self.notes.against_a_report(text)) is not None:
            return await against
        return await self.context.new(self.context.understood(text))

    async def _goes_on(self, meant: Open, text: str, *, alone: bool) -> TurnOutcome:
        """Answer what goes on from the last message, with all else that is asked; `alone` where no question waits."""
        corrects = bool(meant.answers.keys() & {CORRECTED, "own_wave"})
        understood = self.context.understood(text)
        asking = [part for part in sentences(text) if asks(part)]  # one sentence asks one thing, whatever parts it
        if alone and not corrects and len(asking) > 1 and traits_of(meant.conversation).tells:
            several = await self.context.intents.several(understood)
            if several is not None:
                self.context.replay.decided = "several questions"
                return several
        outcome = await self.context.by(
            "an answer to what was said last", self.context.intents.go_on(meant, understood)
        )
        rest = beside_a_correction(text, self.context.today, of=meant.conversation) if corrects else ""
        return await self.context.and_the_rest(outcome, rest) if rest else outcome

    def _is_alarming(self, text: str) -> bool:
        """Whether a fraud is told where nothing waits for an answer, or so surely that an answer can wait."""
        free = self._may_be_interrupted or is_surely_fraud(self.context.understood(text))
        return free and heard_at(Stage.ALARM, self.context.spoken(text)) is not None

    @property
    def _may_be_interrupted(self) -> bool:
        """Whether nothing waits for an answer but what was meant: a fraud says that by itself."""
        return self.context.dialogue is None or traits_of(self.context.dialogue.conversation).purpose is Purpose.UNCLEAR

    async def _waiting(self) -> tuple[Dialogue | None, Question | None]:
        """Return the dialogue that hears what is said now, with its question."""
        dialogue = self.context.dialogue
        if dialogue is None or not dialogue.hears(self.context.given.now):
            return None, None
        return dialogue, await self.context.replay.question_of(dialogue)

    async def _wished(self, wish: Beside) -> TurnOutcome:
        """Do what is wished for; the rest is a message of its own, and a question that waits goes on waiting."""
        dialogue, rest = self.context.dialogue, wish.rest
        outcome = await self.context.replay.open(wish.open)
        if not rest:
            return replace(outcome, dialogue=dialogue) if outcome.dialogue is None else outcome
        return await self.context.and_the_rest(outcome, rest)

    def _meant_after_the_last(self, text: str) -> Open | None:
        """Return what a text answers, corrects or settles of what was said last."""
        spoken = self.context.spoken(text)
        if spoken.matter is None and is_surely_of_elsewhere(spoken.understood):
            return None
        if (answer := expected(spoken)) is not None:
            return answer
        if not self.context.corrections.is_meant_else(text) and (solved := settled(spoken)) is not None:
            return solved
        fixed = corrected(spoken)
        return fixed if fixed is not None and self.notes.is_sold_at(fixed.answers.get("platform")) else None

    def _answered_before_a_question(self, text: str) -> tuple[Open, str, str] | None:
        """Return what the first words answer of what was asked last, and the question after them; no report is one."""
        parts = before_a_question(text)
        answer = expected(self.context.spoken(parts[0])) if parts is not None else None
        if parts is None or answer is None or answer.conversation in REPORTS:
            return None
        return (answer, *parts) if self.context.spoken(text).was_asked_by(answer.conversation) else None

    async def _answered_and_asked(self, answer: Open, first: str, rest: str) -> TurnOutcome:
        outcome = await self.context.intents.go_on(answer, self.context.understood(first))
        return await self.context.and_the_rest(outcome, rest)

    async def _passed_on(self, text: str) -> TurnOutcome:
        """Answer what somebody else's words are about; they answer an open question only where any words do."""
        dialogue = self.context.dialogue
        question = await self.context.replay.question_of(dialogue) if dialogue is not None else None
        if (
            dialogue is not None
            and question is not None
            and question.open_ended
            and dialogue.hears(self.context.given.now)
        ):
            words = text if self._at_work() else as_sent(self.context.given.incoming)
            return await self.context.replay.play(with_answer(dialogue, question.name, words[:LONGEST_READ]))
        outcome = await self.context.intents.route(self.context.understood(text))
        return outcome if outcome.dialogue is not None else replace(outcome, dialogue=dialogue)

    async def _commanded(self, text: str) -> TurnOutcome:
        word, _space, rest = text[1:].partition(" ")
        name = word.partition("@")[0].casefold()
        if (universal := universal_word(name)) is not None:
            return await self._universal(universal)
        opened = commands().get(name, conversation_for(Purpose.MENU))
        return await self.context.replay.open(opened, {"argument": rest.strip()} if rest.strip() else {})

    async def _universal(self, word: Universal) -> TurnOutcome:
        dialogue = self.context.dialogue
        if word is Universal.BACK and dialogue is not None:
            return await self._back(dialogue)
        return await (self._cancel(dialogue) if word is Universal.CANCEL else self.context.replay.open(Purpose.MENU))

    async def _cancel(self, dialogue: Dialogue | None) -> TurnOutcome:
        """Take back what was noted last, or leave the dialogue; *ga jadi* to a reminder is an answer to it."""
        just, text = self.context.corrections.just, self.context.given.incoming.text
        if just is not None and cancels(just):
            return await self.notes.take_back()
        if dialogue is None and (meant := expected(self.context.spoken(text))) is not None:
            return await self.context.intents.go_on(meant, self.context.understood(text))
        if dialogue is None and just is not None:
            return await self.notes.take_back()
        return await self.context.replay.open(Purpose.CANCELLED, {"open": dialogue.conversation} if dialogue else {})

    async def _back(self, dialogue: Dialogue) -> TurnOutcome:
        """Return to the question before this one; from the first one, to the menu."""
        told = list(dialogue.answers.items())
        while told:
            told.pop()
            earlier = replace(dialogue, answers=dict(told), misses=0)
            question = await self.context.replay.question_of(earlier)
            if question is not None and question.name != dialogue.asked:
                return await self.context.replay.play(earlier)
        return await self.context.replay.open(Purpose.MENU)


def _wants_a_story(question: Question | None) -> bool:
    """Whether a question asks for a story: whatever is in one, it is the complaint, and for the staff."""
    return question is not None and question.open_ended and not question.options
