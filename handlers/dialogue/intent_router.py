"""Intent router: from the understanding of a text to the conversation that answers it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import reduce

from handlers.dialogue.asked_for import only_asked
from handlers.dialogue.complaint_memory import missed_before
from handlers.dialogue.follow_up import AGAIN, GUESSED, UNCLEAR, alerted
from handlers.dialogue.foreign import is_foreign
from handlers.dialogue.further_answers import FurtherAnswers
from handlers.dialogue.in_talk import of_oneself, relative_known
from handlers.dialogue.just_noted import told_in_passing
from handlers.dialogue.likely_answer import WORTH_OFFERING, LikelyAnswer, is_warned_again
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.odds import (
    LIKELY,
    but_no_courtesies,
    is_only_of_a_clause,
    is_shared,
    is_sure,
    is_surely_of_elsewhere,
    may_be_fraud,
    names_ours,
    sifted,
    though_ours,
)
from handlers.dialogue.own_questions import asks
from handlers.dialogue.own_wave import asking_which, doubted, said_of_wave
from handlers.dialogue.priorities import IDLE, NO_ANSWER, in_order
from handlers.dialogue.refused import not_refused
from handlers.dialogue.register import (
    Purpose,
    asked_beside,
    conversation_for,
    conversations,
    heard_at,
    noted_in_passing,
    traits_of,
)
from handlers.dialogue.replay import Replay
from handlers.dialogue.reply import Reply
from handlers.dialogue.reported import REPORTS, as_reported
from handlers.dialogue.several_answers import SeveralAnswers
from handlers.dialogue.turn import MISSED
from handlers.dialogue.turn_input import TurnInput, TurnOutcome
from handlers.dialogue.whose import as_sent, own_words
from handlers.understanding import Understanding, understand
from handlers.understanding.ones_own import told_of_own
from handlers.understanding.phrases import says
from handlers.understanding.relatives import is_writer, speaks_of_relative
from handlers.understanding.ruled_out import meant_rather
from handlers.understanding.sentences import sentences, without_sentences
from locales import _
from programme.model.events import Event, MilestoneReached, ZoneTold
from programme.model.messages import Open
from programme.model.milestones import Milestone

_ENOUGH = 5
"""Words; fewer may be about anything."""


def as_intent(outcome: TurnOutcome, opened: Open, understood: Understanding) -> TurnOutcome:
    """Return the outcome of a conversation that was opened, counted as what it is about where that is an intent."""
    if not conversations()[opened.conversation].about:
        return outcome
    return replace(outcome, intent=opened.conversation, confidence=understood.confidence)


def _more_kindly(outcome: TurnOutcome) -> TurnOutcome:
    """Return an answer that was not understood, with a hand held out before and after it."""
    reply = outcome.reply.after(_("Maaf kalau membingungkan. Kujelaskan sekali lagi, pelan-pelan ya."))
    reply = reply.also(_("Bagian mana yang belum jelas? Tulis saja."))
    return replace(outcome, reply=reply.button(_("💬 Bicara dengan petugas"), conversation_for(Purpose.PERSON)))


@dataclass(slots=True)
class IntentRouter:
    """Opens what a text is about: what a listener recognises, else its intents, else the question what is meant."""

    given: TurnInput
    replay: Replay
    noted: list[Event] = field(default_factory=list)
    """What was noted in passing."""
    _spoken: Spoken | None = field(default=None, init=False)

    @property
    def likely_answer(self) -> LikelyAnswer:
        """Answers what is most likely meant."""
        return LikelyAnswer(self.given, self.replay, self.spoken)

    @property
    def _further(self) -> FurtherAnswers:
        return FurtherAnswers(self.given, self.replay, self.spoken)

    async def route(self, understood: Understanding, *, second_miss: bool = False) -> TurnOutcome:
        """Open the conversation that the text is about; ask where that isn't certain, and then call a person."""
        if is_surely_of_elsewhere(understood) and heard_at(Stage.ALARM, self.spoken(understood)) is None:
            return await self._route_further(understood, second_miss=second_miss)
        if (several := await self.several(understood)) is not None:
            return several
        understood = not_refused(self._beside_the_alert(though_ours(understood)), self.given.refused)
        outcome = await self._routed(understood, second_miss=second_miss)
        outcome = await self._further.asked_first(outcome, understood)
        outcome = await self._further.beside_a_report(outcome, understood)
        return await self._completed(await self._further.asked_after(outcome, understood), understood)

    async def several(self, understood: Understanding) -> TurnOutcome | None:
        """Answer each question of a message that asks several things; None where it is not that."""
        answers = SeveralAnswers(self.given, self.replay, self.spoken)
        if is_surely_of_elsewhere(understood) or not answers.may_be_asked(understood):
            return None
        before, noted = self.replay.twin(), len(self.noted)
        self._note(understood)
        if (outcome := await answers.to(understood)) is not None:
            return await self._completed(replace(outcome, confidence=understood.confidence), understood)
        self.replay.become(before)
        del self.noted[noted:]
        return None

    def _beside_the_alert(self, understood: Understanding) -> Understanding:
        """Return what a text says beside an alert that was given already: *kok penipuan terus, saya mau beli*."""
        if not is_warned_again(self.spoken(understood), self.given.matter) or not traits_of(understood.intent).alert:
            return understood
        rest = without_sentences("of a fraud", understood.text)
        return understand(rest, today=self.spoken(understood).today) if rest else understood

    async def _routed(self, understood: Understanding, *, second_miss: bool) -> TurnOutcome:
        if (warned := await self._heard(Stage.ALARM, understood)) is not None:
            return await self._further.beside_an_alarm(warned, understood)
        for stage in (Stage.FIRST, Stage.STATEMENT):
            if (outcome := await self._heard(stage, understood)) is not None:
                return outcome
        self._note(understood)
        if (outcome := await self._heard(Stage.TOLD, understood)) is not None:
            return outcome
        if self.noted and self._says_nothing_else(understood):
            return await self.replay.open("deadline", self.spoken(understood).told)
        outcome = await self._route_further(understood, second_miss=second_miss)
        if not own_words(self.given.incoming) or self._asks_of_itself(outcome):
            return outcome
        return replace(outcome, reply=reduce(Reply.then, asked_beside(self.spoken(understood)), outcome.reply))

    def _says_nothing_else(self, understood: Understanding) -> bool:
        """Whether nothing but what was noted in passing is understood of a text."""
        best, lost = understood.guesses[0], not is_sure(understood) and understood.confidence < LIKELY
        return not understood.also and (best.intent == NO_ANSWER or lost)

    async def go_on(self, further: Open, understood: Understanding) -> TurnOutcome:
        """Open what a text asks further, with what it tells of the person in passing."""
        self._note(understood)
        outcome = as_intent(await self.replay.open(further), further, understood)
        outcome = await self._further.asked_after(outcome, understood)
        return await self._completed(_more_kindly(outcome) if UNCLEAR in further.answers else outcome, understood)

    async def in_brief(self, name: str) -> TurnOutcome | None:
        """Return what answers a conversation for all cases, where another question is open; None where nothing does."""
        brief = traits_of(name).in_brief
        return None if brief is None else await self.replay.only_telling(brief)

    def note_place(self, understood: Understanding) -> None:
        """Note where people say they are beside the answer to a question."""
        if own_words(self.given.incoming):
            told = noted_in_passing(self.spoken(understood))
            self.noted.extend(event for event in told if isinstance(event, ZoneTold))
            self.replay.take_note(self.noted)

    def saying_place(self, outcome: TurnOutcome) -> TurnOutcome:
        """Say above the answer which place was noted beside it."""
        words = told_in_passing(self.noted, self.replay.opened)
        return outcome if words is None else replace(outcome, reply=outcome.reply.after(words))

    def _note(self, understood: Understanding) -> None:
        """Note what people tell of themselves in passing; of somebody else's words nothing is noted."""
        if own_words(self.given.incoming):
            self.noted.extend(noted_in_passing(self.spoken(understood)))
            self.replay.take_note(self.noted)

    async def _completed(self, outcome: TurnOutcome, understood: Understanding) -> TurnOutcome:
        """Return an answer with what was ordered beside it, and what was noted."""
        outcome = await self._further.what_is_ordered(outcome, understood)
        given, opened = self.given, self.replay.opened
        wave = said_of_wave(self.noted, given.participant, given.programme, opened)
        for words in (told_in_passing(self.noted, opened), wave):
            outcome = outcome if words is None else replace(outcome, reply=outcome.reply.after(words))
        return self._asking_which_wave(outcome, understood)

    def _asking_which_wave(self, outcome: TurnOutcome, understood: Understanding) -> TurnOutcome:
        """Ask below the answer where a wave was told that is not believed at once."""
        settled = any(traits_of(name).purpose is Purpose.OWN_WAVE for name in self.replay.opened)
        number = doubted(self.spoken(understood)) if own_words(self.given.incoming) else None
        if number is None or settled or outcome.asks:
            return outcome
        return replace(outcome, reply=asking_which(outcome.reply, number, self.replay.participant.wave))

    async def _heard(self, stage: Stage, understood: Understanding) -> TurnOutcome | None:
        """Return what comes of a text that a listener at `stage` recognises."""
        match heard_at(stage, self.spoken(understood)):
            case Recognised(opened, intent, confidence):
                if self._tells_more(stage, opened.conversation):
                    self._note(understood)
                return replace(await self.replay.open(opened), intent=intent, confidence=confidence)
            case Reply() as reply:
                return self.replay.outcome(reply, None)
            case None:
                return None

    def _tells_more(self, stage: Stage, name: str) -> bool:
        """Whether words that are recognised may tell more of the person than the conversation itself takes."""
        traits = traits_of(name)
        if stage is Stage.STATEMENT:
            return not traits.beside and traits.purpose not in {Purpose.TAKES_BACK, Purpose.OWN_WAVE}
        return stage is Stage.FIRST and traits.purpose is not Purpose.TAKES_BACK

    def _asks_of_itself(self, outcome: TurnOutcome) -> bool:
        """Tell whether an answer asks about the report or the words themselves, so that nothing is asked beside it."""
        if outcome.dialogue is None:
            return False
        name = outcome.dialogue.conversation
        return name in REPORTS or traits_of(name).purpose in {Purpose.UNCLEAR, Purpose.WHOSE_WORDS}

    async def _route_further(self, understood: Understanding, *, second_miss: bool) -> TurnOutcome:
        """Open what a text asks for or reports, once it is known to be more than a bare word."""
        clear = (understood.intent, *understood.also) if is_sure(understood) else self._of_clauses(understood)
        clear = sifted(clear, understood)
        today = self.spoken(understood).today
        clear = only_asked(as_reported(clear, understood, today), understood, today)
        clear = self._but_of_the_writer(self._but_what_is_known(clear, understood), understood)
        fresh = tuple(intent for intent in clear if intent not in REPORTS or not self._is_noted(REPORTS[intent]))
        clear = (
            (NO_ANSWER,)
            if is_foreign(self.spoken(understood), self.given.matter)
            else but_no_courtesies(fresh or clear)
        )
        if clear:
            missed = self._missed(second_miss=second_miss) if clear == (NO_ANSWER,) else {}
            told = self._still_settled(clear[0]) | self.spoken(understood).told | missed
            told |= {AGAIN: "1"} if is_warned_again(self.spoken(understood), self.given.matter) else {}
            outcome = await self.replay.open_all(in_order(clear), told)
            answered = next((intent for intent in clear if intent != NO_ANSWER), NO_ANSWER)
            lost = None if understood.certain or answered != NO_ANSWER else understood
            return replace(outcome, intent=answered, confidence=understood.confidence, missed=lost)
        if (wish := await self._heard(Stage.WISH, understood)) is not None:
            return wish
        return await self._not_understood(understood, second_miss=second_miss)

    def _but_what_is_known(self, intents: tuple[str, ...], understood: Understanding) -> tuple[str, ...]:
        """Leave out a purchase that is noted already where it only gives a question its reason: *kan udah kebeli*."""
        known = "report_bought" in intents and self.given.participant.has(Milestone.BOUGHT)
        if not known or not asks(understood.text) or self._names_where_or_when(understood):
            return intents
        kept = tuple(intent for intent in intents if intent != "report_bought")
        pointless = {*REPORTS, "deadline"}  # the cutoff is met
        others = [one for one in understood.guesses if one.intent not in pointless]
        left = 1 - sum(one.confidence for one in understood.guesses if one.intent in pointless)
        asked = [one.intent for one in others[:1] if one.intent != NO_ANSWER and one.confidence >= LIKELY * left]
        return kept or (tuple(asked) if left > WORTH_OFFERING else ()) or intents

    def _names_where_or_when(self, understood: Understanding) -> bool:
        """Whether a text tells more of a purchase than that it was made."""
        told = told_of_own(understood.text, today=self.spoken(understood).today)
        return told.get("platform") is not None

    def _of_clauses(self, understood: Understanding) -> tuple[str, ...]:
        """Return what a clause says by itself; in a talk, words that name nothing of the programme say nothing so."""
        if understood.intent == "fraud" and may_be_fraud(understood):
            return ("fraud",)
        named = names_ours(understood) or says("of the programme", understood.text)
        if self.given.matter is not None and not named:
            return ()
        same = self.given.matter is not None and understood.intent == self.given.matter.conversation
        if same and understood.also and understood.confidence >= LIKELY:
            return (understood.intent,)  # a clause that sounds like another matter asks of the one that is spoken of
        if is_shared(understood):
            return (understood.intent, *understood.also)
        return tuple(intent for intent in understood.also if not is_only_of_a_clause(intent, understood))

    def _still_settled(self, name: str) -> dict[str, str]:
        """Return the things a trouble is about: those of the same one, or of what was done as it arose."""
        matter, traits = self.given.matter, traits_of(name)
        same = matter is not None and matter.conversation == name
        if matter is None or not (traits.trouble or same) or GUESSED in matter.told:
            return {}
        of_both = traits.slots & traits_of(matter.conversation).slots & set(matter.told) - {"zone"}  # of one answer
        return {kind: matter.told[kind] for kind in of_both}

    def _but_of_the_writer(self, clear: tuple[str, ...], understood: Understanding) -> tuple[str, ...]:
        """Leave out what whoever writes for somebody tells of themselves: one *Ya* would note it of the other."""
        relative = relative_known(self.given.matter, self.given.incoming.text, self.given.participant)
        if not is_writer(relative) or not speaks_of_relative(understood.text, relative):
            return clear
        kept = tuple(intent for intent in clear if intent not in REPORTS)
        only_told = bool(clear) and not says("a question", understood.text)
        return kept or (("bought_by_another",) if only_told else ())

    def _is_noted(self, milestone: Milestone) -> bool:
        """Whether this very message has noted a step already, so that it need not be answered by itself."""
        return any(isinstance(event, MilestoneReached) and event.milestone is milestone for event in self.replay.events)

    async def _not_understood(self, understood: Understanding, *, second_miss: bool) -> TurnOutcome:
        """Ask what is meant, with the likeliest meanings; the second time lead to a person.

        Where no helpdesk is, that is one more key: questions about a complaint nobody takes would eat the next words.
        """
        missed = self._missed(second_miss=second_miss)
        meant = self._beside_what_is_denied(understood) or self._asked_alone(understood)
        if meant is not None:
            return await self._route_further(meant, second_miss=second_miss)
        if (likely := await self.likely_answer.to(understood)) is not None:
            return likely
        self.replay.memory.add(as_sent(self.given.incoming))
        if second_miss and self.given.helpdesk is not None:
            outcome = await self.replay.open(Purpose.PERSON, missed)
        else:
            guesses = [guess.intent for guess in understood.guesses if guess.intent != NO_ANSWER][:3]
            told = self.spoken(understood).told
            outcome = await self.replay.open(Purpose.UNCLEAR, {**told, **missed, "guesses": ",".join(guesses)})
        if self.given.matter is not None and alerted(replace(self.given.matter, before=None)):
            caution = _("Sebelum jelas, jangan beri OTP, data, atau uang ke siapa pun ya.")
            outcome = replace(outcome, reply=outcome.reply.after(caution))
        return replace(outcome, intent=None, confidence=understood.confidence, missed=understood)

    def _beside_what_is_denied(self, understood: Understanding) -> Understanding | None:
        """Read a text without what it denies, *mau beli, bukan cairkan uang*, where that makes it certain."""
        said = meant_rather(understood.text)
        if said is None or may_be_fraud(understood):
            return None
        read = understand(said, today=self.spoken(understood).today)
        return read if is_sure(read) and read.intent not in {NO_ANSWER, *REPORTS} else None

    def _asked_alone(self, understood: Understanding) -> Understanding | None:
        """Read the one sentence that asks, where others only react: *waduh ga bisa dituker. trs yg kopi ada ga mas*."""
        parts = sentences(understood.text)
        asking = [part for part in parts if asks(part)]
        if len(parts) < 2 or len(asking) != 1 or len(asking[0].split()) < _ENOUGH or may_be_fraud(understood):
            return None
        read = understand(asking[0], today=self.spoken(understood).today)
        heard = heard_at(Stage.WISH, self.spoken(read)) is not None
        return read if (is_sure(read) or heard) and read.intent not in {NO_ANSWER, *IDLE, *REPORTS} else None

    def _missed(self, *, second_miss: bool) -> dict[str, str]:
        """Return the answer that tells that the person was not understood before, where that is so."""
        return {MISSED: "1"} if second_miss or missed_before(self.given.dialogue) else {}

    def spoken(self, understood: Understanding) -> Spoken:
        """Return a text as listeners see it, the same while nothing changed, so that they are asked once."""
        last = self._spoken
        if last is not None and last.understood is understood and last.participant is self.replay.participant:
            return last
        self._spoken = Spoken(
            understood=understood,
            incoming=self.given.incoming,
            participant=self.replay.participant,
            now=self.given.now,
            offered=self.given.offered,
            matter=of_oneself(self.given.matter, understood.text),
            helpdesk=self.given.helpdesk,
            refused=self.given.refused,
            programme=self.given.programme,
            asked=self.replay.asked,
        )
        return self._spoken
