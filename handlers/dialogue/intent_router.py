"""Intent router: from the understanding of a text to the conversation that answers it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import reduce

from handlers.dialogue.asked_after import asked_after, asked_beside_a_report, asked_beside_an_alarm, asked_first
from handlers.dialogue.asked_for import only_asked
from handlers.dialogue.complaint_memory import missed_before
from handlers.dialogue.ellipsis import completed
from handlers.dialogue.follow_up import AGAIN, GUESSED, UNCLEAR, alerted
from handlers.dialogue.guess_head import said_to_be_guess
from handlers.dialogue.in_talk import of_oneself, relative_known
from handlers.dialogue.just_noted import told_in_passing
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.odds import (
    LIKELY,
    SURE_OF_FAMILY,
    but_no_courtesies,
    but_no_fraud,
    but_no_stand_in,
    is_foreign_by_guess,
    is_near_sure,
    is_of_elsewhere,
    is_only_of_a_clause,
    is_shared,
    is_small_talk,
    is_sure,
    is_surely_of_elsewhere,
    may_be_fraud,
    names_ours,
    only_scolds,
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
from handlers.dialogue.reply import Reply, button
from handlers.dialogue.reported import REPORTS, as_reported
from handlers.dialogue.several_answers import SeveralAnswers
from handlers.dialogue.turn import MISSED, SAID
from handlers.dialogue.turn_input import TurnInput, TurnOutcome
from handlers.dialogue.whose import as_sent, notes_something, own_words
from handlers.understanding import Guess, Understanding, understand
from handlers.understanding.ones_own import told_of_own
from handlers.understanding.phrases import says
from handlers.understanding.relatives import is_writer, speaks_of_relative
from handlers.understanding.ruled_out import meant_rather
from handlers.understanding.sentences import sentences, without_sentences
from locales import _
from programme.model.events import Event, MilestoneReached, ZoneTold
from programme.model.messages import Open
from programme.model.milestones import Milestone

_REMINDING = frozenset(("late_reminder", "plan", "reminder_hour", "reminder_settings"))
_WORTH_OFFERING = 0.05
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

    async def route(self, understood: Understanding, *, second_miss: bool = False) -> TurnOutcome:
        """Open the conversation that the text is about; ask where that isn't certain, and then call a person."""
        if is_surely_of_elsewhere(understood) and heard_at(Stage.ALARM, self.spoken(understood)) is None:
            return await self._route_further(understood, second_miss=second_miss)
        if (several := await self.several(understood)) is not None:
            return several
        understood = not_refused(self._beside_the_alert(though_ours(understood)), self.given.refused)
        outcome = await self._routed(understood, second_miss=second_miss)
        outcome = await self._with_what_is_asked_first(outcome, understood)
        outcome = await self._with_what_is_asked_beside_a_report(outcome, understood)
        return self._saying_what_is_noted(await self._with_what_is_asked_after(outcome, understood), understood)

    async def several(self, understood: Understanding) -> TurnOutcome | None:
        """Answer each question of a message that asks several things; None where it is not that."""
        answers = SeveralAnswers(self.given, self.replay, self.spoken)
        if is_surely_of_elsewhere(understood) or not answers.may_be_asked(understood):
            return None
        before, noted = self.replay.twin(), len(self.noted)
        self._note(understood)
        if (outcome := await answers.to(understood)) is not None:
            return self._saying_what_is_noted(replace(outcome, confidence=understood.confidence), understood)
        self.replay.become(before)
        del self.noted[noted:]
        return None

    def _beside_the_alert(self, understood: Understanding) -> Understanding:
        """Return what a text says beside an alert that was given already: *kok penipuan terus, saya mau beli*."""
        if not self._is_warned_again(understood) or not traits_of(understood.intent).alert:
            return understood
        rest = without_sentences("of a fraud", understood.text)
        return understand(rest, today=self.spoken(understood).today) if rest else understood

    def _is_warned_again(self, understood: Understanding) -> bool:
        """Whether an alert was given already, and these words hold no sign of their own."""
        return alerted(self.given.matter) and heard_at(Stage.ALARM, self.spoken(understood)) is None

    async def _routed(self, understood: Understanding, *, second_miss: bool) -> TurnOutcome:
        if (warned := await self._heard(Stage.ALARM, understood)) is not None:
            return await self._with_what_is_asked_beside(warned, understood)
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
        outcome = await self._with_what_is_asked_after(outcome, understood)
        outcome = await self._with_the_reminder(outcome, understood)
        return self._saying_what_is_noted(_more_kindly(outcome) if UNCLEAR in further.answers else outcome, understood)

    async def _with_the_reminder(self, outcome: TurnOutcome, understood: Understanding) -> TurnOutcome:
        """Keep a reminder that the last clause asks for: *saldonya belum ada, gimana. Besok ingatkan jam 12*."""
        spoken = self.spoken(understood)
        asked = says("to be reminded", understood.text) and understood.entity("hour") is not None
        bought = self.replay.participant.has(Milestone.BOUGHT)
        if not asked or bought or outcome.asks or not own_words(self.given.incoming):
            return outcome
        if not _REMINDING.isdisjoint(self.replay.opened) or "revoked" in self.replay.opened:
            return outcome
        planned = await self.replay.open("plan", {SAID: spoken.text, "answered": "1"})
        return replace(planned, reply=outcome.reply.then(planned.reply), intent=outcome.intent)

    async def _with_what_is_asked_after(self, outcome: TurnOutcome, understood: Understanding) -> TurnOutcome:
        """Add the answer to a later question of the same message, where that only tells something."""
        asks_details = outcome.asks and outcome.dialogue is not None and outcome.dialogue.conversation in REPORTS
        if (outcome.asks and not asks_details) or outcome.intent in IDLE or not own_words(self.given.incoming):
            return outcome
        further = asked_after(self.spoken(understood), self.replay.matter, self.replay.opened)
        if asks_details and says("what I ask", understood.text):
            spoken_of = (traits_of(one.conversation).in_brief for one in self.spoken(understood).matters)
            further = next((one for one in spoken_of if one is not None), further)
        if further is None or (more := await self._only_telling(further)) is None:
            return outcome
        both = (more.reply, outcome.reply) if asks_details else (outcome.reply, more.reply)  # a question comes last
        return replace(outcome, reply=both[0].then(both[1]), participant=more.participant)

    async def _with_what_is_asked_beside_a_report(self, outcome: TurnOutcome, understood: Understanding) -> TurnOutcome:
        """Put the answers to what else a message asks before the note of the step that it reports."""
        reported = any(isinstance(event, MilestoneReached) for event in self.replay.events)
        if not reported or not own_words(self.given.incoming):
            return outcome
        asked = self.replay.opened
        for further in asked_beside_a_report(self.spoken(understood), self.given.matter, asked):
            if further.conversation not in self.replay.opened and (more := await self._only_telling(further)):
                outcome = replace(outcome, reply=more.reply.then(outcome.reply), participant=more.participant)
        return outcome

    async def _with_what_is_asked_first(self, outcome: TurnOutcome, understood: Understanding) -> TurnOutcome:
        """Put the answer to a first clause that goes on from the last matter before that to the rest."""
        if outcome.asks or outcome.intent in IDLE or not own_words(self.given.incoming):
            return outcome
        further = asked_first(self.spoken(understood), self.replay.opened)
        if further is None or (first := await self._only_telling(further)) is None:
            return outcome
        return replace(outcome, reply=first.reply.then(outcome.reply), participant=first.participant)

    async def _with_what_is_asked_beside(self, warned: TurnOutcome, understood: Understanding) -> TurnOutcome:
        """Add the answers to what a text asks beside an alarm."""
        parts = () if warned.asks else asked_beside_an_alarm(understood.text)
        for read in (understand(part, today=self.spoken(understood).today) for part in parts):
            traits, told = traits_of(read.intent), {**self.spoken(understood).told, SAID: read.text}
            if is_sure(read) and traits.tells and not traits.alert:
                more = await self._only_telling(Open(read.intent, told))
                warned = warned if more is None else replace(warned, reply=warned.reply.then(more.reply))
        return warned

    async def _only_telling(self, opened: Open, asked: str | None = None) -> TurnOutcome | None:
        """Return what a conversation answers; None, and nothing came of it, where it asks anew or notes something."""
        tried = self.replay.twin()
        outcome = await tried.open(opened)
        asks_anew = outcome.asks and (outcome.dialogue is None or outcome.dialogue.asked != asked)
        if asks_anew or notes_something(tried.events[len(self.replay.events) :]):
            return None
        self.replay.become(tried)
        return outcome

    async def in_brief(self, name: str) -> TurnOutcome | None:
        """Return what answers a conversation for all cases, where another question is open; None where nothing does."""
        brief = traits_of(name).in_brief
        return None if brief is None else await self._only_telling(brief)

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

    def _saying_what_is_noted(self, outcome: TurnOutcome, understood: Understanding) -> TurnOutcome:
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
        clear = (NO_ANSWER,) if self._is_foreign(understood) else but_no_courtesies(fresh or clear)
        if clear:
            missed = self._missed(second_miss=second_miss) if clear == (NO_ANSWER,) else {}
            told = self._still_settled(clear[0]) | self.spoken(understood).told | missed
            told |= {AGAIN: "1"} if self._is_warned_again(understood) else {}
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
        return kept or (tuple(asked) if left > _WORTH_OFFERING else ()) or intents

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

    def _is_foreign(self, understood: Understanding) -> bool:
        """Tell whether a text has nothing of the programme in it, and nothing to go on from.

        To ask then what of the programme is meant would be no answer to whoever speaks of the weather.
        """
        matter, wished = self.given.matter, heard_at(Stage.WISH, self.spoken(understood)) is not None
        nothing_to_go_on = matter is None and not wished
        if (is_of_elsewhere(understood) and not self._is_of_trainings(understood)) or only_scolds(understood):
            return True
        only_guessed = matter is not None and GUESSED in matter.told
        if (nothing_to_go_on or (only_guessed and not wished)) and is_foreign_by_guess(understood):
            return True
        if names_ours(understood) or says("of the programme", understood.text) or is_small_talk(understood):
            return False
        outside = understood.certain and understood.intent == NO_ANSWER
        likely = understood.intent != NO_ANSWER and understood.confidence >= LIKELY
        lost = not likely and not understood.certain and not understood.also
        lost = lost and len(understood.text.split()) >= _ENOUGH
        return outside or (lost and nothing_to_go_on)

    def _but_of_the_writer(self, clear: tuple[str, ...], understood: Understanding) -> tuple[str, ...]:
        """Leave out what whoever writes for somebody tells of themselves: one *Ya* would note it of the other."""
        relative = relative_known(self.given.matter, self.given.incoming.text, self.given.participant)
        if not is_writer(relative) or not speaks_of_relative(understood.text, relative):
            return clear
        kept = tuple(intent for intent in clear if intent not in REPORTS)
        only_told = bool(clear) and not says("a question", understood.text)
        return kept or (("bought_by_another",) if only_told else ())

    def _is_of_trainings(self, understood: Understanding) -> bool:
        """Whether a text goes on about what might be learnt: *kalau buat orang hotel yang mana* seeks no hotel."""
        matter = self.given.matter
        shown = matter is not None and matter.conversation in {"recommend", "training_detail"}
        return shown and any(one.kind in {"topic", "profession"} for one in understood.entities)

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
        if (likely := await self.likely(understood)) is not None:
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

    async def likely(self, understood: Understanding, *, asked: str | None = None) -> TurnOutcome | None:
        """Answer the likeliest matter where that only tells something, with the others a tap away.

        It may ask `asked`, the question that is open already. A question what was meant costs a turn, and the answer
        is mostly that one. Nothing is noted on a guess.
        """
        best, *others = [guess for guess in understood.guesses if guess.intent != NO_ANSWER][:3]
        if may_be_fraud(understood) and not self._is_warned_again(understood):
            return await self._tried(Open("fraud", self.spoken(understood).told), [best, *others], understood, asked)
        told = self.spoken(understood).told
        by_itself = Open(best.intent, told) if self._is_likely(understood, best) else None
        of_the_talk = completed(self.spoken(understood))
        ways = [by_itself, of_the_talk]
        for opened in reversed(ways) if self._is_of_the_trouble(understood) else ways:
            if opened is not None and (found := await self._tried(opened, [best, *others], understood, asked)):
                return found
        return None

    def _is_likely(self, understood: Understanding, best: Guess) -> bool:
        """Tell whether a guess is good enough to be answered, and about the programme."""
        if understood.intent == NO_ANSWER or not is_near_sure(understood) or not traits_of(best.intent).tells:
            return False
        if not but_no_stand_in(but_no_fraud((best.intent,), understood), understood):
            return False
        spoken_of = self.given.matter is not None and best.confidence >= SURE_OF_FAMILY
        placed = any(entity.kind == "zone" for entity in understood.entities)
        return spoken_of or placed or names_ours(understood) or says("of the programme", understood.text)

    def _is_of_the_trouble(self, understood: Understanding) -> bool:
        """Whether a few words come in the middle of a trouble, of which they are more likely than of anything near."""
        matter = self.given.matter
        of_trouble = matter is not None and traits_of(matter.conversation).trouble
        return of_trouble and len(understood.text.split()) < _ENOUGH and understood.confidence < SURE_OF_FAMILY

    async def _tried(
        self, opened: Open, others: list[Guess], understood: Understanding, asked: str | None
    ) -> TurnOutcome | None:
        """Return what a conversation answers, said to be a guess, unless it asks anew or notes something."""
        if (outcome := await self._only_telling(opened, asked)) is None:
            return None
        known = conversations()
        others = [
            other
            for other in others
            if other.confidence >= _WORTH_OFFERING and other.intent not in {*REPORTS, opened.conversation}
        ]
        row = [button(f"↪️ {_(known[other.intent].about)}", other.intent) for other in others]
        reply = reduce(Reply.row, row, said_to_be_guess(outcome.reply, opened.conversation))
        return replace(outcome, reply=reply, intent=None, confidence=understood.confidence, missed=understood)

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
