"""Router: finds the conversation that an incoming message belongs to, and has it played."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass, field, replace
from datetime import date

from handlers.dialogue.announced import matter_of
from handlers.dialogue.answer_first import answer_first
from handlers.dialogue.corrections import Corrections
from handlers.dialogue.ellipsis import overruled
from handlers.dialogue.finishing import finished
from handlers.dialogue.follow_up import follow_up, returned, settled
from handlers.dialogue.giving_way import OF_A_WAVE, answer_to, asks_else, is_firm, is_heard
from handlers.dialogue.in_talk import named_in_talk, with_named
from handlers.dialogue.intent_router import IntentRouter
from handlers.dialogue.just_noted import cancels, remember, remember_purchase
from handlers.dialogue.listening import LONGEST_READ, Beside, Spoken, Stage
from handlers.dialogue.meant_otherwise import corrected
from handlers.dialogue.named_button import named_button, named_first
from handlers.dialogue.not_twice import is_repeated, not_twice
from handlers.dialogue.odds import SURE_OF_GUESS, but_no_fraud, but_no_stand_in, is_sure
from handlers.dialogue.pausing import as_paused
from handlers.dialogue.priorities import IDLE, NO_ANSWER, in_order
from handlers.dialogue.question import LEFT_OPEN, SKIPPED, Misread, Question
from handlers.dialogue.refused import heard_out, refusing
from handlers.dialogue.register import (
    InAdvance,
    Purpose,
    commands,
    conversation_for,
    conversations,
    expected,
    heard_at,
    taken_out,
    traits_of,
)
from handlers.dialogue.replay import WAITING, WAITING_SAID, Replay
from handlers.dialogue.reply import Reply
from handlers.dialogue.reported import ASKED_ONESELF, REPORTS, tells_a_step
from handlers.dialogue.turn import SAID
from handlers.dialogue.turn_input import TurnInput, TurnOutcome
from handlers.dialogue.universal import Universal, universal_word
from handlers.dialogue.whose import as_sent, own_words
from handlers.dialogue.why import Why
from handlers.understanding import Understanding, understand
from handlers.understanding.corrections import takes_back, tells_of_failure
from handlers.understanding.denials import Denial
from handlers.understanding.first_person import in_first_person
from handlers.understanding.ones_own import told_of_own
from handlers.understanding.phrases import says
from locales import _, speaking
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
        return finished(outcome, given.incoming, given.helpdesk)


async def _answered(given: TurnInput, heard: TurnInput) -> TurnOutcome:
    """Answer a message without what it refuses; no step is noted on account of words left out."""
    outcome = await _by_the_next_best(heard, await Router(heard).answer())
    less = heard.incoming.text != given.incoming.text
    taken = less and any(isinstance(event, MilestoneReached) for event in outcome.events)
    return await Router(given).answer() if taken else outcome


async def _by_the_next_best(given: TurnInput, outcome: TurnOutcome) -> TurnOutcome:
    """Answer by the next best reading where the best would only repeat what was said lately."""
    if not is_repeated(given, outcome) or (matter := outcome.messages[-1].about) is None:
        return outcome
    other = await Router(refusing(given, matter)).answer()
    heard = other.intent not in {None, NO_ANSWER} or other.missed is None
    fresh = not (other.asks or other.events or is_repeated(given, other))
    return other if heard and fresh else outcome


@dataclass(slots=True)
class Router:
    """Finds where one message belongs. `replay` plays it, and gathers what comes of it; `intents` finds what is new."""

    given: TurnInput
    replay: Replay = field(init=False)
    intents: IntentRouter = field(init=False)
    read: Understanding | None = None
    """The text as it was understood last."""

    def __post_init__(self) -> None:
        self.replay = Replay(self.given)
        self.intents = IntentRouter(self.given, self.replay)

    @property
    def _dialogue(self) -> Dialogue | None:
        """The dialogue that may go on."""
        return self.replay.dialogue

    @property
    def _corrections(self) -> Corrections:
        """What may be taken back now."""
        return Corrections(self.replay.participant, self.given.dialogue, self.given.now)

    async def answer(self) -> TurnOutcome:
        """Return what the message led to, with what stays in mind of it."""
        outcome = await self._answered_by_sort()
        missed = outcome.intent == NO_ANSWER
        left = self.replay.memory.left_with(outcome.dialogue, self.given.now, missed=missed)
        if left is None and outcome.intent in IDLE and self._corrections.just is not None and self._dialogue is None:
            left = self.given.dialogue  # a word of thanks in between
        kept = remember(left, self.given.participant, outcome.events, self.given.now, kept=self._corrections.just)
        if outcome.participant.has(Milestone.BOUGHT):
            kept = remember_purchase(kept, self.given.dialogue, outcome.events, self.given.now)
        asked = self._dialogue.asked if self._dialogue is not None else None
        why = Why(self.given.matter, asked, self.read, self.replay.decided)
        return replace(outcome, dialogue=kept, reply=outcome.reply.about(self._spoken_of()), why=why)

    def _spoken_of(self) -> Matter | None:
        """Return what is spoken of now, with all that was named in the talk."""
        matter = self.replay.matter
        said = self.intents.spoken(self.read) if self.read is not None and self._own_words else None
        return None if matter is None else with_named(matter, said, named_in_talk(self.given.matter))

    async def _answered_by_sort(self) -> TurnOutcome:
        incoming = self.given.incoming
        match incoming.sort:
            case Sort.CONTACT:
                return await self.replay.open(Purpose.NUMBER_SHARED)
            case Sort.PRESS:
                return await self._pressed(self.given.incoming.action)
            case Sort.TEXT if incoming.text.strip():
                return await self._typed(in_first_person(incoming.text.strip()[:LONGEST_READ]))
            case _:
                return await self._attached()

    async def _pressed(self, action: Action | None) -> TurnOutcome:
        match action:
            case Open(name, answers) if name in conversations():
                return await self.replay.open(name, answers)
            case Answer(number, name, value) if (dialogue := self._dialogue) and dialogue.id == number:
                outcome = await self.replay.play(_with_answer(dialogue, name, value))
                return replace(outcome, reply=outcome.reply.in_place())
            case _:
                return await self.replay.open(Purpose.OLD_BUTTON)

    def _named(self, text: str) -> Awaitable[TurnOutcome] | None:
        """Return what comes of a button that is called by its name, be it before something else."""
        if (button := named_button(text, self.given.offered)) is not None:
            return self._pressed(button)
        reports = self._dialogue is not None and self._dialogue.conversation in REPORTS  # which reads on by itself
        first = None if reports else named_first(text, self.given.offered)
        return None if first is None else self._pressed_and(*first)

    async def _pressed_and(self, action: Action, rest: str) -> TurnOutcome:
        """Do what a button does that was called by its name, and answer what else is said; that says which trouble."""
        read = understand(rest, today=self._today)
        told = read.confidence >= SURE_OF_GUESS and read.intent not in {*IDLE, NO_ANSWER}
        if isinstance(action, Open) and told:
            return await self._new(read)
        return await self._and_the_rest(await self._pressed(action), rest)

    async def _attached(self) -> TurnOutcome:
        caption = self.given.incoming.text.strip()
        if self.given.helpdesk is not None and (longer := self._with_picture()) is not None:
            return await self.replay.play(longer)
        told = {"sort": self.given.incoming.sort.value}
        if caption and self._at_work():
            return await self._typed(caption[:LONGEST_READ])  # the staff knows what a photo is for
        if not caption:
            return await self._beside(told)
        answered = await self._typed(caption[:LONGEST_READ])
        note = await self.replay.open(Purpose.UNREADABLE, {**told, "caption": "1"})
        return replace(answered, reply=note.reply.then(answered.reply))

    def _with_picture(self) -> Dialogue | None:
        """Return the open dialogue with what came in added; None where it takes no pictures."""
        dialogue = self._dialogue
        taken = traits_of(dialogue.conversation).with_picture if dialogue is not None else None
        return taken(dialogue, self.given.incoming) if dialogue is not None and taken is not None else None

    async def _beside(self, told: dict[str, str]) -> TurnOutcome:
        """Say what came in that can't be read; a question that is open stays, and is asked once more."""
        dialogue = self._dialogue
        question = await self.replay.question_of(dialogue) if dialogue is not None else None
        if dialogue is None or question is None:
            return await self.replay.open(Purpose.UNREADABLE, told)
        noted = await self.replay.open(Purpose.UNREADABLE, {**told, "caption": "1"})
        if question.name in LEFT_OPEN:
            return replace(noted, dialogue=dialogue)
        waiting = self.replay.waiting(dialogue, question)
        return replace(noted, reply=noted.reply.then(waiting.reply), dialogue=waiting.dialogue)

    def _at_work(self) -> bool:
        dialogue = self._dialogue
        known = conversations().get(dialogue.conversation) if dialogue else None
        return self.given.staff is not None and known is not None and known.staff

    async def _typed(self, text: str) -> TurnOutcome:
        if text.startswith("/"):
            return await self._by("a command", self._commanded(text))
        if not self._own_words:
            return await self._passed_on(text)
        if (word := universal_word(text)) is not None:
            return await self._by("a word that works everywhere", self._universal(word))
        if (wish := taken_out(self._spoken(text))) is not None:
            return await self._by("a wish beside anything else", self._wished(wish))
        if (named := self._named(text)) is not None:
            return await self._by("the name of a button", named)
        if self._may_be_interrupted and heard_at(Stage.ALARM, self._spoken(text)) is not None:
            return await self._by("a sign of fraud", self.intents.route(self._understood(text)))
        if (noted := self._of_what_was_noted(text)) is not None:
            return await noted
        if (meant := returned(self._spoken(text)) or self._meant_after_the_last(text)) is not None:
            return await self._by("an answer to what was said last", self.intents.go_on(meant, self._understood(text)))
        if self._dialogue is not None and self._dialogue.hears(self.given.now):
            return await self._told(self._dialogue, text)
        if (against := self._against_a_report(text)) is not None:
            return await against
        return await self._new(self._understood(text))

    @property
    def _may_be_interrupted(self) -> bool:
        """Whether nothing waits for an answer but what was meant: a fraud says that by itself."""
        return self._dialogue is None or traits_of(self._dialogue.conversation).purpose is Purpose.UNCLEAR

    def _of_what_was_noted(self, text: str) -> Awaitable[TurnOutcome] | None:
        """Return what comes of a text that keeps, denies, puts right or takes back what was noted, whatever is open."""
        if self._corrections.is_protest(text):
            return self._by("a report that was right", self.replay.open(self._corrections.restoring()))
        if (denial := self._corrections.denied(text)) is not None:
            return self._by("a report that is denied", self._denied(denial, text))
        if (right := self._corrections.redated(text)) is not None:
            return self._by("a day that is put right", self._put_right(*right))
        if (moved := self._corrections.moved(text)) is not None and self._is_sold_at(moved.answers.get("platform")):
            return self._by("a platform that is put right", self.replay.open(moved))
        if self._dialogue is None and self._corrections.is_retracted(text):
            return self._by("a report taken back", self._take_back())
        return None

    def _against_a_report(self, text: str) -> Awaitable[TurnOutcome] | None:
        """Return what takes a report back, or doubts it, where a text does."""
        if self._corrections.is_mistake(text):
            return self._by("a report taken back", self._take_back())
        if self._corrections.is_doubted(text):
            return self._by("a doubt about a report", self._doubted(text))
        return None

    async def _wished(self, wish: Beside) -> TurnOutcome:
        """Do what is wished for; the rest is a message of its own, and a question that waits goes on waiting."""
        dialogue, rest = self._dialogue, wish.rest
        outcome = await self.replay.open(wish.open)
        if not rest:
            return replace(outcome, dialogue=dialogue) if outcome.dialogue is None else outcome
        return await self._and_the_rest(outcome, rest)

    async def _by(self, decided: str, answer: Awaitable[TurnOutcome]) -> TurnOutcome:
        """Return an answer, and remember what it follows from."""
        outcome = await answer
        self.replay.decided = decided
        return outcome

    def _meant_after_the_last(self, text: str) -> Open | None:
        """Return what a text answers, corrects or settles of what was said last."""
        spoken = self._spoken(text)
        if (answer := expected(spoken)) is not None:
            return answer
        if not self._corrections.is_meant_else(text) and (solved := settled(spoken)) is not None:
            return solved
        fixed = corrected(spoken)
        return fixed if fixed is not None and self._is_sold_at(fixed.answers.get("platform")) else None

    def _is_sold_at(self, named: str | None) -> bool:
        """Whether trainings are sold where somebody says they bought instead; anything else was no purchase."""
        if named in {None, SKIPPED}:
            return True
        platform = self.given.programme.platform(named or "")
        return platform is not None and platform.sells_in(self._today.year)

    async def _new(self, understood: Understanding, *, second_miss: bool = False) -> TurnOutcome:
        """Open what a text asks further of what was spoken of last, else what it is about by itself."""
        if (several := await self.intents.several(understood)) is not None:
            self.replay.decided = "several questions"
            return several
        if (further := follow_up(self.intents.spoken(understood))) is not None:
            return await self._by("a question that goes on from the last", self.intents.go_on(further, understood))
        if (further := overruled(self.intents.spoken(understood))) is not None:
            return await self._by("a fragment of what was said last", self.intents.go_on(further, understood))
        return await self._by("the words themselves", self.intents.route(understood, second_miss=second_miss))

    @property
    def _own_words(self) -> bool:
        """Whether the person speaks for themselves."""
        return own_words(self.given.incoming)

    async def _passed_on(self, text: str) -> TurnOutcome:
        """Answer what somebody else's words are about; they answer an open question only where any words do."""
        dialogue = self._dialogue
        question = await self.replay.question_of(dialogue) if dialogue is not None else None
        if dialogue is not None and question is not None and question.open_ended and dialogue.hears(self.given.now):
            words = text if self._at_work() else as_sent(self.given.incoming)
            return await self.replay.play(_with_answer(dialogue, question.name, words[:LONGEST_READ]))
        outcome = await self.intents.route(self._understood(text))
        return outcome if outcome.dialogue is not None else replace(outcome, dialogue=dialogue)

    async def _doubted(self, text: str) -> TurnOutcome:
        """Take the purchase back at once, since reminders too many cost less than a place; help where it failed."""
        outcome = await self.replay.open(self._corrections.doubting())
        if self.replay.participant.has(Milestone.BOUGHT) or not tells_of_failure(text):
            return outcome
        told = {entity.kind: entity.value for entity in reversed(self._understood(text).entities)}
        helped = await self.replay.open(Purpose.BUYING_FAILS, {**told, SAID: text})
        return replace(helped, reply=outcome.reply.then(helped.reply))

    async def _denied(self, denial: Denial, text: str) -> TurnOutcome:
        """Take back what a text speaks against, and answer what else it says as a message of its own."""
        if self._corrections.is_doubted(text):
            return await self._doubted(text)
        outcome = await self.replay.open(self._corrections.denying(denial))
        answered = await self._and_the_rest(outcome, denial.rest)
        undone, *others = answered.messages
        return replace(answered, reply=Reply(tuple(others)).after(undone.text)) if others else answered

    async def _put_right(self, report: Open, rest: str) -> TurnOutcome:
        """Note a step anew as it was corrected, and answer what else a text says."""
        return await self._and_the_rest(await self.replay.open(report), rest)

    async def _take_back(self) -> TurnOutcome:
        return await self.replay.open(self._corrections.taking_back(self.given.incoming.text))

    async def _commanded(self, text: str) -> TurnOutcome:
        word, _space, rest = text[1:].partition(" ")
        name = word.partition("@")[0].casefold()
        if (universal := universal_word(name)) is not None:
            return await self._universal(universal)
        opened = commands().get(name, conversation_for(Purpose.MENU))
        return await self.replay.open(opened, {"argument": rest.strip()} if rest.strip() else {})

    async def _universal(self, word: Universal) -> TurnOutcome:
        dialogue = self._dialogue
        if word is Universal.BACK and dialogue is not None:
            return await self._back(dialogue)
        return await (self._cancel(dialogue) if word is Universal.CANCEL else self.replay.open(Purpose.MENU))

    async def _cancel(self, dialogue: Dialogue | None) -> TurnOutcome:
        """Take back what was noted last, or leave the dialogue; *ga jadi* to a reminder is an answer to it."""
        just, text = self._corrections.just, self.given.incoming.text
        if just is not None and cancels(just):
            return await self._take_back()
        if dialogue is None and (meant := expected(self._spoken(text))) is not None:
            return await self.intents.go_on(meant, self._understood(text))
        if dialogue is None and just is not None:
            return await self._take_back()
        return await self.replay.open(Purpose.CANCELLED, {"open": dialogue.conversation} if dialogue else {})

    async def _back(self, dialogue: Dialogue) -> TurnOutcome:
        """Return to the question before this one; from the first one, to the menu."""
        told = list(dialogue.answers.items())
        while told:
            told.pop()
            earlier = replace(dialogue, answers=dict(told), misses=0)
            question = await self.replay.question_of(earlier)
            if question is not None and question.name != dialogue.asked:
                return await self.replay.play(earlier)
        return await self.replay.open(Purpose.MENU)

    async def _told(self, dialogue: Dialogue, text: str) -> TurnOutcome:
        """Take the text as the answer to the open question, else as something new."""
        question = await self.replay.question_of(dialogue)
        if question is None or (question.name in LEFT_OPEN and is_heard(self._spoken(text), Stage.FIRST)):
            return await self._new(self._understood(text))
        self.replay.decided = f"an answer to the open question {question.name!r}"
        value = question.named(text)
        if value is not None and not (value == SKIPPED and asks_else(question, dialogue, self._spoken(text))):
            return await self.replay.play(_with_answer(dialogue, question.name, value))
        understood = self._understood(text)
        if not question.open_ended and self._corrections.is_meant_else(text):
            return await self._take_back()
        of_detail = dialogue.conversation in REPORTS and isinstance(question.read(text), str)
        if not question.open_ended and self._corrections.is_doubted(text, of_detail=of_detail):
            return await self._doubted(text)
        first = answer_first(question, REPORTS.get(dialogue.conversation), text, today=self._today)
        if first is not None and (dialogue.conversation in REPORTS or self._says_its_own(first[1])):
            return await self._answered_first(dialogue, question, first, understood)
        answer = answer_to(question, dialogue, self._spoken(text))
        if not is_firm(answer, question, text) and asks_else(question, dialogue, self._spoken(text)):
            answer = None
        if answer is None and self._corrections.just is not None and takes_back(text):
            return await self._take_back()
        match answer:
            case str() as value if question.open_ended:
                return await self.replay.play(_with_answer(dialogue, question.name, value))
            case str() as value:
                return await self._answered(dialogue, question, value, understood)
            case Misread(why):
                waiting = self.replay.waiting(dialogue, question)
                return replace(waiting, reply=waiting.reply.after(why))
            case None if question.name in LEFT_OPEN:
                return await self._new(understood)
            case None:
                return await self._digress(dialogue, question, understood)

    async def _answered(
        self, dialogue: Dialogue, question: Question, value: str, understood: Understanding
    ) -> TurnOutcome:
        """Take an answer out of a longer text, and what else the text tells or asks for as well."""
        spoken_of = but_no_stand_in(but_no_fraud((understood.intent, *understood.also), understood), understood)
        others = [intent for intent in spoken_of if intent not in IDLE]
        reports = understood.certain and understood.intent.startswith("report_")
        if reports and dialogue.conversation not in others and question.name in {"passed_on", "zone", "own_wave"}:
            return await self._digress(dialogue, question, understood)
        told = _with_answer(dialogue, question.name, value)
        answers = {**self._told_ahead(dialogue, question, understood), **told.answers}
        also = [intent for intent in understood.also if intent in spoken_of]
        more = [intent for intent in also if intent not in {dialogue.conversation, *IDLE}]
        if understood.certain and others[:1] and others[0] not in {dialogue.conversation, "deadline", "status"}:
            more.insert(0, others[0])
        more = [intent for intent in in_order((dialogue.conversation, *more)) if intent != dialogue.conversation]
        if more and WAITING not in answers:
            answers |= {WAITING: ",".join(more), WAITING_SAID: understood.text}
        return await self.replay.play(replace(told, answers=answers))

    async def _answered_first(
        self, dialogue: Dialogue, question: Question, first: tuple[str, str], understood: Understanding
    ) -> TurnOutcome:
        """Take the answer with which a text begins; the rest is a message of its own."""
        value, rest = first
        told = _with_answer(dialogue, question.name, value)
        answers = {**self._told_ahead(dialogue, question, understood), **told.answers}
        return await self._and_the_rest(await self.replay.play(replace(told, answers=answers)), rest)

    def _says_its_own(self, rest: str) -> bool:
        """Whether what stands beside an answer asks, or reports a step."""
        return says("a question", rest) or tells_a_step(rest, self._today)

    async def _and_the_rest(self, outcome: TurnOutcome, rest: str) -> TurnOutcome:
        """Answer what else a text says, below what its first words led to, or above the question that is asked next.

        Nothing comes of what is not understood, nor of what would ask where a question waits already.
        """
        read = understand(rest, today=self._today)
        if not self._is_worth_answering(read, outcome):
            return outcome
        before, self.replay = self.replay, self.replay.twin()
        self.intents = IntentRouter(self.given, self.replay)
        more = await self._new(read)
        unheard = traits_of(self.replay.opened[-1]).purpose in {Purpose.UNCLEAR, Purpose.NO_ANSWER}
        if outcome.asks and more.asks and tells_a_step(rest, self._today):
            return more  # a report is not put off for another question
        if unheard or (outcome.asks and more.asks):
            self.replay, self.intents = before, IntentRouter(self.given, before)
            return outcome
        if outcome.asks:
            return replace(
                outcome, participant=more.participant, events=more.events, reply=more.reply.then(outcome.reply)
            )
        return replace(more, reply=outcome.reply.then(more.reply))

    def _is_worth_answering(self, read: Understanding, outcome: TurnOutcome) -> bool:
        """Whether the rest of a text is understood; who has just reported a purchase need not end the reminders."""
        bought = any(isinstance(each, MilestoneReached) for each in outcome.events)
        if read.intent in {*IDLE, NO_ANSWER, *self.replay.opened} or (bought and read.intent == "reminder_settings"):
            return False
        likely = (
            says("a question", read.text) and read.confidence >= SURE_OF_GUESS and says("of the programme", read.text)
        )
        return is_sure(read) or likely or tells_a_step(read.text, self._today)

    def _told_ahead(self, dialogue: Dialogue, question: Question, understood: Understanding) -> dict[str, str]:
        """Return what an answer tells of the questions that come next: of a report where and when, else whose clock."""
        if dialogue.conversation in REPORTS:
            return told_of_own(understood.text, today=self._today)
        kinds = {"zone"} if question.name in OF_A_WAVE else {"zone", "wave"}
        kinds |= traits_of(dialogue.conversation).slots - {question.name, "wave"}
        return {one.kind: one.value for one in understood.entities if one.kind in kinds}

    async def _digress(self, dialogue: Dialogue, question: Question, understood: Understanding) -> TurnOutcome:
        """Answer something else in the middle of a dialogue, and come back to its question once."""
        self.replay.decided = f"something else than the open question {question.name!r}"
        later = replace(dialogue, misses=dialogue.misses + 1)
        if traits_of(dialogue.conversation).purpose is Purpose.UNCLEAR:
            return await self._new(understood, second_miss=True)
        report = dialogue.conversation in REPORTS
        known_by_then = report and question.name != ASKED_ONESELF
        in_advance = None if known_by_then else self._in_advance(dialogue, understood)
        if question.name == ASKED_ONESELF and says("what comes next", understood.text):
            waiting = self.replay.waiting(later, question)
            return replace(waiting, reply=waiting.reply.after(_next_of(dialogue.conversation)))
        further = follow_up(self.intents.spoken(understood))
        if further is not None and (in_advance is None or not report):
            return await self._by("a question that goes on from the last", self.intents.go_on(further, understood))
        if question.name == ASKED_ONESELF and in_advance is None:
            return await self.intents.route(understood)
        if in_advance is not None:
            outcome = await self.replay.play(replace(dialogue, answers={**dialogue.answers, **in_advance.answers}))
            return replace(outcome, reply=outcome.reply.after(in_advance.words))
        unheard = self._is_unheard(understood)
        likely = await self.intents.likely(understood, asked=question.name) if unheard else None
        if unheard and likely is None:
            waiting = self.replay.waiting(later, question)
            reply = waiting.reply.after(_hint(later.misses))
            if later.misses > 1:
                reply = reply.button(_("💬 Bicara dengan petugas"), conversation_for(Purpose.PERSON))
            return replace(waiting, reply=reply, missed=understood, confidence=understood.confidence)
        outcome = likely or await self.intents.route(understood)
        settled = outcome.asks or dialogue.conversation in {understood.intent, *understood.also}
        settled = settled or any(dialogue.conversation in traits_of(name).moots for name in self.replay.opened)
        if settled or dialogue.misses or traits_of(dialogue.conversation).purpose is Purpose.PERSON:
            return outcome
        if understood.intent in IDLE:
            return replace(outcome, dialogue=replace(later, asked=question.name))
        with speaking(self.replay.participant.language):
            still = await self.replay.question_of(dialogue)
            if still is None:
                return outcome
            waiting = self.replay.waiting(later, still)
        return replace(outcome, reply=outcome.reply.then(waiting.reply), dialogue=waiting.dialogue)

    def _is_unheard(self, understood: Understanding) -> bool:
        """Whether a text by itself says nothing known: no matter for certain, no step, nothing to listen for."""
        sure = (is_sure(understood) or bool(understood.also)) and understood.intent != NO_ANSWER
        if sure or tells_a_step(understood.text, self._today):
            return False
        return not is_heard(self.intents.spoken(understood), Stage.STATEMENT, Stage.WISH)

    def _in_advance(self, dialogue: Dialogue, understood: Understanding) -> InAdvance | None:
        """Return what a text tells of a later question of the dialogue, if it tells nothing else."""
        read = traits_of(dialogue.conversation).in_advance
        return read(self.intents.spoken(understood)) if read is not None else None

    def _understood(self, text: str) -> Understanding:
        if self.read is None or self.read.text != text:
            self.read = understand(text, today=self._today)
        return self.read

    def _spoken(self, text: str) -> Spoken:
        return self.intents.spoken(self._understood(text))

    @property
    def _today(self) -> date:
        """The person's own day."""
        return self.given.now.astimezone(self.replay.participant.local.tz).date()


def _with_answer(dialogue: Dialogue, name: str, value: str) -> Dialogue:
    earlier = {told: answer for told, answer in dialogue.answers.items() if told != name}
    return replace(dialogue, answers={**earlier, name: value}, misses=0)


def _next_of(report: str) -> str:
    """Say what follows a step, before it is asked again whether it was taken."""
    if report == "report_completed":
        return _(
            "Sesudah selesai: beri rating dan ulasan, tunggu sertifikat di dashboard, dan sambungkan rekening atau "
            "e-wallet supaya insentif bisa dijadwalkan. Pastikan dulu yang ini:"
        )
    return _("Langkah berikutnya tergantung jawabanmu yang ini:")


def _hint(misses: int) -> str:
    if misses < 2:
        return _("Maaf, aku belum menangkap itu.")
    return _("Maaf, aku masih belum paham. Pilih tombolnya, atau tulis <b>batal</b>.")
