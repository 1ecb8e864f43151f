"""Open question: whether a text answers it, tells more than the answer, or is about something else."""

from __future__ import annotations

from dataclasses import dataclass, replace

from handlers.dialogue.another_matter import names_another_matter
from handlers.dialogue.answer_first import answer_first
from handlers.dialogue.follow_up import follow_up, said_of_it
from handlers.dialogue.giving_way import OF_A_WAVE, answer_to, asks_else, is_firm
from handlers.dialogue.listening import Stage
from handlers.dialogue.odds import LIKELY, is_sure, sifted
from handlers.dialogue.priorities import IDLE, NO_ANSWER, in_order
from handlers.dialogue.question import LEFT_OPEN, SKIPPED, Misread, Question
from handlers.dialogue.register import InAdvance, Purpose, conversation_for, is_heard, traits_of
from handlers.dialogue.replay import WAITING, WAITING_SAID
from handlers.dialogue.reported import ASKED_ONESELF, REPORTS, tells_a_step
from handlers.dialogue.taking_back import TakingBack
from handlers.dialogue.turn_context import TurnContext
from handlers.dialogue.turn_input import TurnOutcome
from handlers.understanding import Understanding
from handlers.understanding.corrections import takes_back
from handlers.understanding.ones_own import told_of_own
from handlers.understanding.phrases import says
from locales import _, speaking
from programme.model.dialogues import Dialogue
from programme.model.messages import Open

_AT_LEAST = 0.5
"""The odds of what somebody insists on."""
_OF_THE_WAVE = frozenset({"register_wave", "status"})
"""What *lupa gelombang berapa* is like, which only answers."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """Hears a text in the middle of a dialogue, whose question waits for its answer."""

    context: TurnContext
    notes: TakingBack

    async def hear(self, dialogue: Dialogue, question: Question | None, text: str) -> TurnOutcome:
        """Take the text as the answer to the dialogue's question, else as something new."""
        if question is None or self._goes_ahead(question, text):
            return await self.context.new(self.context.understood(text))
        self.context.replay.decided = f"an answer to the open question {question.name!r}"
        value = question.named(text)
        if value is not None and not (value == SKIPPED and asks_else(question, dialogue, self.context.spoken(text))):
            return await self.context.replay.play(with_answer(dialogue, question.name, value))
        understood = self.context.understood(text)
        if not question.open_ended and self.context.corrections.is_meant_else(text):
            return await self.notes.take_back()
        of_detail = dialogue.conversation in REPORTS and isinstance(question.read(text), str)
        if not question.open_ended and self.context.corrections.is_doubted(text, of_detail=of_detail):
            return await self.notes.doubted(text)
        first = answer_first(question, REPORTS.get(dialogue.conversation), text, today=self.context.today)
        if first is not None and (dialogue.conversation in REPORTS or self._says_its_own(first[1])):
            return await self._answered_first(dialogue, question, first, understood)
        answer = answer_to(question, dialogue, self.context.spoken(text))
        if self._is_no_answer(answer, question, dialogue, understood):
            answer = None
        if answer is None and self.context.corrections.just is not None and takes_back(text):
            return await self.notes.take_back()
        match answer:
            case str() as value if question.open_ended:
                return await self.context.replay.play(with_answer(dialogue, question.name, value))
            case str() as value:
                return await self._answered(dialogue, question, value, understood)
            case Misread(why):
                waiting = self.context.replay.waiting(dialogue, question)
                return replace(waiting, reply=waiting.reply.after(why))
            case None if question.name in LEFT_OPEN:
                return await self.context.new(understood)
            case None:
                return await self._digress(dialogue, question, understood)

    def _is_no_answer(
        self, answer: str | Misread | None, question: Question, dialogue: Dialogue, understood: Understanding
    ) -> bool:
        """Whether words that might answer ask something else, or name another matter, which is no topic to look for."""
        spoken = self.context.spoken(understood.text)
        search = question.open_ended and "topic" in traits_of(dialogue.conversation).slots
        if search and understood.certain and names_another_matter(spoken):
            return True
        return not is_firm(answer, question, understood.text) and asks_else(question, dialogue, spoken)

    def _goes_ahead(self, question: Question, text: str) -> bool:
        """Whether a text is something new, whatever of an answer is in it: *iya, matikan saja* reports no purchase."""
        heard = question.name in LEFT_OPEN and is_heard(self.context.spoken(text), Stage.FIRST)
        quiet = question.name == ASKED_ONESELF and (says("no reminders", text) or says("leave me alone", text))
        return heard or (quiet and not tells_a_step(text, self.context.today))

    async def _answered(
        self, dialogue: Dialogue, question: Question, value: str, understood: Understanding
    ) -> TurnOutcome:
        """Take an answer out of a longer text, and what else the text tells or asks for as well."""
        spoken_of = sifted((understood.intent, *understood.also), understood)
        others = [intent for intent in spoken_of if intent not in IDLE]
        reports = understood.certain and understood.intent.startswith("report_")
        if reports and dialogue.conversation not in others and question.name in {"passed_on", "zone", "own_wave"}:
            return await self._digress(dialogue, question, understood)
        told = with_answer(dialogue, question.name, value)
        answers = {**self._told_ahead(dialogue, question, understood), **told.answers}
        answers |= self._day_of_wave(question, value, understood)
        also = [intent for intent in understood.also if intent in spoken_of]
        more = [intent for intent in also if intent not in {dialogue.conversation, *IDLE}]
        if says("forgot the wave", understood.text):
            others = [intent for intent in others if intent not in _OF_THE_WAVE]
        if understood.certain and others[:1] and others[0] not in {dialogue.conversation, "deadline", "status"}:
            more.insert(0, others[0])
        more = [intent for intent in in_order((dialogue.conversation, *more)) if intent != dialogue.conversation]
        if self._asks_meanwhile(dialogue, understood):
            outcome = await self.context.replay.play(replace(told, answers=answers))
            return await self._with_what_is_asked(outcome, understood, _but_the_wave(understood))
        if more and WAITING not in answers:
            answers |= {WAITING: ",".join(more), WAITING_SAID: understood.text}
        if question.name != "zone":
            self.context.intents.note_place(understood)
        return self.context.intents.saying_place(await self.context.replay.play(replace(told, answers=answers)))

    def _asks_meanwhile(self, dialogue: Dialogue, understood: Understanding) -> bool:
        """Whether a text asks for more than the dialogue does, whose next question can wait."""
        best, insists = understood.guesses[0], says("what I ask", understood.text)
        forgot = says("forgot the wave", understood.text) and best.intent in _OF_THE_WAVE
        other = best.intent not in {dialogue.conversation, *IDLE, *REPORTS, NO_ANSWER} and not forgot
        waits = traits_of(dialogue.conversation).can_wait or dialogue.conversation in REPORTS
        asks = insists or (says("a question", understood.text) and best.confidence >= LIKELY)
        return waits and other and asks and best.confidence >= _AT_LEAST

    async def _with_what_is_asked(self, outcome: TurnOutcome, understood: Understanding, rest: str) -> TurnOutcome:
        """Answer what is asked beside an answer above the question that comes next; at least for all cases."""
        both = await self.context.and_the_rest(outcome, rest)
        if both is not outcome:
            return both
        if (brief := await self.context.intents.in_brief(understood.intent)) is None:
            return _to_come(outcome, understood)
        first, then = (brief, outcome) if outcome.asks else (outcome, brief)
        return replace(outcome, reply=first.reply.then(then.reply))

    async def _answered_first(
        self, dialogue: Dialogue, question: Question, first: tuple[str, str], understood: Understanding
    ) -> TurnOutcome:
        """Take the answer with which a text begins; the rest is a message of its own."""
        value, rest = first
        told = with_answer(dialogue, question.name, value)
        answers = {**self._told_ahead(dialogue, question, understood), **told.answers}
        outcome = await self.context.replay.play(replace(told, answers=answers))
        if self._asks_meanwhile(dialogue, understood):
            return await self._with_what_is_asked(outcome, understood, rest)
        return await self.context.and_the_rest(outcome, rest)

    def _says_its_own(self, rest: str) -> bool:
        """Whether what stands beside an answer asks, or reports a step."""
        return says("a question", rest) or tells_a_step(rest, self.context.today)

    def _told_ahead(self, dialogue: Dialogue, question: Question, understood: Understanding) -> dict[str, str]:
        """Return what an answer tells of the questions that come next: of a report where and when, else whose clock."""
        if dialogue.conversation in REPORTS:
            return told_of_own(understood.text, today=self.context.today)
        kinds = {"zone"} if question.name in OF_A_WAVE else {"zone", "wave"}
        kinds |= traits_of(dialogue.conversation).slots - {question.name, "wave"}
        return {one.kind: one.value for one in understood.entities if one.kind in kinds}

    def _day_of_wave(self, question: Question, value: str, understood: Understanding) -> dict[str, str]:
        """Return the day of the announcement where it is told with the wave: *22 september, berarti 21*."""
        known = self.context.given.programme.wave(int(value), self.context.given.now) if value.isdecimal() else None
        day = known.announced_on.isoformat() if known is not None and known.announced_on is not None else None
        told = any(one.kind == "date" and one.value == day for one in understood.entities)
        return {"passed_on": str(day)} if told and question.name in OF_A_WAVE else {}

    async def _digress(self, dialogue: Dialogue, question: Question, understood: Understanding) -> TurnOutcome:
        """Answer something else in the middle of a dialogue, and come back to its question once."""
        self.context.replay.decided = f"something else than the open question {question.name!r}"
        later = replace(dialogue, misses=dialogue.misses + 1)
        if traits_of(dialogue.conversation).purpose is Purpose.UNCLEAR:
            return await self.context.new(understood, second_miss=True)
        report = dialogue.conversation in REPORTS
        known_by_then = report and question.name != ASKED_ONESELF
        in_advance = None if known_by_then else self._in_advance(dialogue, understood)
        if question.name == ASKED_ONESELF and says("what comes next", understood.text):
            waiting = self.context.replay.waiting(later, question)
            return replace(waiting, reply=waiting.reply.after(_next_of(dialogue.conversation)))
        further = follow_up(self.context.intents.spoken(understood), in_short=True)
        if further is not None and (in_advance is None or not report):
            return await self.context.by(said_of_it(further), self.context.intents.go_on(further, understood))
        if question.name == ASKED_ONESELF and in_advance is None:
            return await self.context.intents.route(understood)
        if in_advance is not None:
            outcome = await self.context.replay.play(
                replace(dialogue, answers={**dialogue.answers, **in_advance.answers})
            )
            return replace(outcome, reply=outcome.reply.after(in_advance.words))
        unheard = self._is_unheard(understood)
        likely = await self.context.intents.likely_answer.to(understood, asked=question.name) if unheard else None
        if unheard and likely is None:
            waiting = self.context.replay.waiting(later, question)
            reply = waiting.reply.after(_hint(later.misses))
            if later.misses > 1:
                reply = reply.button(_("💬 Bicara dengan petugas"), conversation_for(Purpose.PERSON))
            return replace(waiting, reply=reply, missed=understood, confidence=understood.confidence)
        outcome = likely or await self.context.intents.route(understood)
        settled = outcome.asks or dialogue.conversation in {understood.intent, *understood.also}
        settled = settled or any(dialogue.conversation in traits_of(name).moots for name in self.context.replay.opened)
        if settled or dialogue.misses or traits_of(dialogue.conversation).purpose is Purpose.PERSON:
            return outcome
        if understood.intent in IDLE:
            return replace(outcome, dialogue=replace(later, asked=question.name))
        with speaking(self.context.replay.participant.language):
            still = await self.context.replay.question_of(dialogue)
            if still is None:
                return outcome
            waiting = self.context.replay.waiting(later, still)
        return replace(outcome, reply=outcome.reply.then(waiting.reply), dialogue=waiting.dialogue)

    def _is_unheard(self, understood: Understanding) -> bool:
        """Whether a text by itself says nothing known: no matter for certain, no step, nothing to listen for."""
        sure = (is_sure(understood) or bool(understood.also)) and understood.intent != NO_ANSWER
        if sure or tells_a_step(understood.text, self.context.today):
            return False
        return not is_heard(self.context.intents.spoken(understood), Stage.STATEMENT, Stage.TOLD, Stage.WISH)

    def _in_advance(self, dialogue: Dialogue, understood: Understanding) -> InAdvance | None:
        """Return what a text tells of a later question of the dialogue, if it tells nothing else."""
        read = traits_of(dialogue.conversation).in_advance
        return read(self.context.intents.spoken(understood)) if read is not None else None


def _to_come(outcome: TurnOutcome, understood: Understanding) -> TurnOutcome:
    """Keep what is asked for certain, and would ask as well, till the question that is open is answered."""
    dialogue = outcome.dialogue
    asked = understood.certain and understood.intent not in {*IDLE, NO_ANSWER}
    if dialogue is None or not asked or WAITING in dialogue.answers:
        return outcome
    later = {WAITING: understood.intent, WAITING_SAID: understood.text}
    return replace(outcome, dialogue=replace(dialogue, answers={**dialogue.answers, **later}))


def _but_the_wave(understood: Understanding) -> str:
    """Return a text without the wave that it names, so that it isn't taken for what is asked."""
    rest = understood.text
    for one in understood.entities:
        rest = rest.replace(one.text, "", 1) if one.kind == "wave" else rest
    return rest


def with_answer(dialogue: Dialogue, name: str, value: str) -> Dialogue:
    """Return the dialogue with an answer, behind those that were given before."""
    earlier = {told: answer for told, answer in dialogue.answers.items() if told != name}
    return replace(dialogue, answers={**earlier, name: value}, misses=0)


def answered_by(dialogue: Dialogue | None, opened: Open) -> Dialogue | None:
    """Return the dialogue with the answer that a button gives to its open question; None where it gives none."""
    if dialogue is None or dialogue.asked is None or dialogue.conversation != opened.conversation:
        return None
    value = opened.answers.get(dialogue.asked)
    return None if value is None else with_answer(dialogue, dialogue.asked, value)


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
