"""From what came in to what goes out: finds the conversation that a message belongs to, and plays it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from handlers.about_oneself import said_of_oneself, told_of_oneself
from handlers.asked_beside import answers_whether_bought, asked_beside, is_worth_asking, was_asked_beside
from handlers.dialogue.complaint_memory import STORY, missed_before
from handlers.dialogue.finishing import finished
from handlers.dialogue.just_noted import JUST, cancels, mistakes, noted_lately, remember, remember_purchase
from handlers.dialogue.named_button import named_key
from handlers.dialogue.priorities import in_order
from handlers.dialogue.question import LEFT_OPEN, Misread, Question
from handlers.dialogue.register import commands, conversations
from handlers.dialogue.replay import WAITING, WAITING_SAID, Playing
from handlers.dialogue.turn import MISSED, SAID
from handlers.dialogue.turn_input import Outcome, Scene
from handlers.dialogue.universal import Universal, universal_word
from handlers.helpdesk.hearing import asks_for_ticket
from handlers.helpdesk.screenshots import with_screenshot
from handlers.phrases.reporting import ASKED_ONESELF, DONE_WHAT, REPORTS, as_reported
from handlers.phrases.told_complaint import told_complaint
from handlers.purchase_shown import answers_whether_shown
from handlers.reminder_settings import wants_reminder
from handlers.second_thoughts import second_thoughts
from handlers.understanding import Understanding, understand
from handlers.understanding.corrections import doubts_purchase, meant_else, takes_back, tells_of_failure
from handlers.understanding.reports import says_nothing_else
from handlers.undo import DOUBTED
from handlers.whose_words import as_sent, own_words, sent_as
from locales import _, fill, speaking
from programme.model.dialogues import Dialogue
from programme.model.messages import Action, Answer, Button, Open, Sort
from programme.model.milestones import Milestone, Source

_NO_ANSWER = "out_of_scope"
_IDLE = frozenset(("thanks", "greeting", "help", _NO_ANSWER))
"""What needs no answer of its own beside something else."""
_OF_ITS_OWN = frozenset(("date", "passed_on", "platform"))
"""Questions whose answer may stand in a sentence about something else, where it answers nothing."""

LONGEST_READ = 2000
"""Characters of a message that are read; a forwarded novel says what it wants at its start."""


async def converse(scene: Scene) -> Outcome:
    """Answer one incoming message in the person's language."""
    if scene.dialogue is not None:
        scene = replace(scene, dialogue=scene.dialogue.at(scene.now))
    with speaking(scene.participant.language):
        exchange = _Exchange(scene)
        outcome = await exchange.answer()
    with speaking(outcome.participant.language):
        return finished(outcome, scene.incoming, scene.helpdesk)


@dataclass(slots=True)
class _Exchange(Playing):
    """Finds where a message belongs."""

    async def answer(self) -> Outcome:
        outcome = await self.answered_by_sort()
        missed = outcome.intent == _NO_ANSWER
        left = self.mind.left_with(outcome.dialogue, self.scene.now, missed=missed)
        if left is None and outcome.intent in _IDLE and self.just is not None and self.dialogue is None:
            left = self.scene.dialogue  # a word of thanks in between
        kept = remember(left, self.scene.participant, outcome.events, self.scene.now, kept=self.just)
        if outcome.participant.has(Milestone.BOUGHT):
            kept = remember_purchase(kept, self.scene.dialogue, outcome.events, self.scene.now)
        return replace(outcome, dialogue=kept)

    @property
    def just(self) -> str | None:
        """What was noted last, and may be taken back."""
        stored = self.scene.dialogue
        return stored.answers.get(JUST) if stored is not None else None

    async def answered_by_sort(self) -> Outcome:
        incoming = self.scene.incoming
        match incoming.sort:
            case Sort.CONTACT:
                return await self.open("contact_shared")
            case Sort.PRESS:
                return await self.pressed(self.scene.incoming.action)
            case Sort.TEXT if incoming.text.strip():
                return await self.typed(incoming.text.strip()[:LONGEST_READ])
            case _:
                return await self.attached()

    async def pressed(self, action: Action | None) -> Outcome:
        match action:
            case Open(name, answers) if name in conversations():
                return await self.open(name, answers)
            case Answer(number, name, value) if (dialogue := self.dialogue) and dialogue.id == number:
                outcome = await self.play(_with_answer(dialogue, name, value))
                return replace(outcome, reply=outcome.reply.in_place())
            case _:
                return await self.open("old_button")

    async def attached(self) -> Outcome:
        caption = self.scene.incoming.text.strip()
        longer = with_screenshot(self.dialogue, self.scene.incoming)
        if longer is not None and self.scene.helpdesk is not None:
            return await self.play(longer)
        told = {"sort": self.scene.incoming.sort.value}
        if caption and self.at_work():
            return await self.typed(caption[:LONGEST_READ])  # the staff knows what a photo is for
        if not caption:
            return await self.beside(told)
        answered = await self.typed(caption[:LONGEST_READ])
        note = await self.open("attachment", {**told, "caption": "1"})
        return replace(answered, reply=note.reply.then(answered.reply))

    async def beside(self, told: dict[str, str]) -> Outcome:
        """Say what came in that can't be read; a question that is open stays, and is asked once more."""
        dialogue = self.dialogue
        question = await self.question_of(dialogue) if dialogue is not None else None
        if dialogue is None or question is None:
            return await self.open("attachment", told)
        noted = await self.open("attachment", {**told, "caption": "1"})
        if question.name == LEFT_OPEN:
            return replace(noted, dialogue=dialogue)
        waiting = self.waiting(dialogue, question)
        return replace(noted, reply=noted.reply.then(waiting.reply), dialogue=waiting.dialogue)

    def at_work(self) -> bool:
        dialogue = self.dialogue
        known = conversations().get(dialogue.conversation) if dialogue else None
        return self.scene.staff is not None and known is not None and known.staff

    async def typed(self, text: str) -> Outcome:
        if text.startswith("/"):
            return await self.commanded(text)
        if not self.own_words:
            return await self.passed_on(text)
        if (word := universal_word(text)) is not None:
            return await self.universal(word)
        if (key := named_key(text, self.scene.offered)) is not None:
            return await self.pressed(key)
        if (shown := answers_whether_shown(text, self.scene.offered)) is not None:
            return await self.open(shown.conversation, shown.answers)
        if (bought := answers_whether_bought(text, self.scene.offered, self.today)) is not None:
            return await self.open(bought.conversation, bought.answers)
        if asks_for_ticket(text):
            return await self.open("ticket_status")
        if self.dialogue is not None and self.dialogue.hears(self.scene.now):
            return await self.told(self.dialogue, text)
        if self.is_mistake(text):
            return await self.take_back()
        if self.is_doubted(text):
            return await self.doubted(text)
        return await self.route(self.understood(text))

    @property
    def own_words(self) -> bool:
        """Whether the person speaks for themselves."""
        return own_words(self.scene.incoming)

    async def passed_on(self, text: str) -> Outcome:
        """Answer what somebody else's words are about; they answer an open question only where any words do."""
        dialogue = self.dialogue
        question = await self.question_of(dialogue) if dialogue is not None else None
        if dialogue is not None and question is not None and question.open_ended and dialogue.hears(self.scene.now):
            words = text if self.at_work() else as_sent(self.scene.incoming)
            return await self.play(_with_answer(dialogue, question.name, words[:LONGEST_READ]))
        outcome = await self.route(self.understood(text))
        return outcome if outcome.dialogue is not None else replace(outcome, dialogue=dialogue)

    def is_mistake(self, text: str) -> bool:
        """Tell whether a text takes back what was noted last, or says in so many words that a report was wrong."""
        reported = any(step.source is not Source.OFFICIAL for step in self.participant.progress.values())
        if takes_back(text, noted=self.just is not None) and (self.just is not None or reported):
            return True
        return self.is_meant_else(text)

    def is_meant_else(self, text: str) -> bool:
        """Tell whether a text says that the purchase that was reported was another's, or of something else."""
        bought = self.participant.progress.get(Milestone.BOUGHT)
        if bought is None or bought.source is Source.OFFICIAL:
            return False
        just = any(each.value == Milestone.BOUGHT for each in mistakes(self.just))
        return meant_else(text, today=self.today, just=just)

    def is_doubted(self, text: str) -> bool:
        """Tell whether a text casts doubt on a purchase that was reported within a day."""
        bought = self.participant.progress.get(Milestone.BOUGHT)
        if bought is None or bought.source is Source.OFFICIAL or not noted_lately(self.scene.dialogue, self.scene.now):
            return False
        return doubts_purchase(text, today=self.today)

    async def doubted(self, text: str) -> Outcome:
        """Take the purchase back at once, since reminders too many cost less than a place; help where it failed."""
        outcome = await self.open("undo", {"milestone": Milestone.BOUGHT.value, DOUBTED: "1"})
        if self.participant.has(Milestone.BOUGHT) or not tells_of_failure(text):
            return outcome
        told = {entity.kind: entity.value for entity in reversed(self.understood(text).entities)}
        helped = await self.open("purchase_problem", {**told, SAID: text})
        return replace(helped, reply=outcome.reply.then(helped.reply))

    async def take_back(self) -> Outcome:
        if (
            self.just is None
            and self.participant.has(Milestone.BOUGHT)
            and self.is_meant_else(self.scene.incoming.text)
        ):
            return await self.open("undo", {"milestone": Milestone.BOUGHT.value})
        return await self.open("undo", {JUST: self.just} if self.just is not None else {})

    async def commanded(self, text: str) -> Outcome:
        word, _space, rest = text[1:].partition(" ")
        name = word.partition("@")[0].casefold()
        if (universal := universal_word(name)) is not None:
            return await self.universal(universal)
        return await self.open(commands().get(name, "help"), {"argument": rest.strip()} if rest.strip() else {})

    async def universal(self, word: Universal) -> Outcome:
        dialogue = self.dialogue
        if word is Universal.BACK and dialogue is not None:
            return await self.back(dialogue)
        if word is Universal.CANCEL and self.just is not None and (dialogue is None or cancels(self.just)):
            return await self.take_back()
        if word is Universal.CANCEL:
            return await self.open("cancelled", {"open": "1"} if dialogue else {})
        return await self.open("help")

    async def back(self, dialogue: Dialogue) -> Outcome:
        """Return to the question before this one; from the first one, to the menu."""
        told = list(dialogue.answers.items())
        while told:
            told.pop()
            earlier = replace(dialogue, answers=dict(told), misses=0)
            question = await self.question_of(earlier)
            if question is not None and question.name != dialogue.asked:
                return await self.play(earlier)
        return await self.open("help")

    async def told(self, dialogue: Dialogue, text: str) -> Outcome:
        """Take the text as the answer to the open question, else as something new."""
        question = await self.question_of(dialogue)
        if question is None:
            return await self.route(self.understood(text))
        if (value := question.named(text)) is not None:
            return await self.play(_with_answer(dialogue, question.name, value))
        understood = self.understood(text)
        if not question.open_ended and self.is_meant_else(text):
            return await self.take_back()
        if not question.open_ended and self.is_doubted(text):
            return await self.doubted(text)
        answer = question.read(text)
        if answer is None and self.just is not None and takes_back(text):
            return await self.take_back()
        if isinstance(answer, str) and question.name in _OF_ITS_OWN and self.is_about_else(dialogue, understood):
            answer = None
        match answer:
            case str() as value if question.open_ended:
                return await self.play(_with_answer(dialogue, question.name, value))
            case str() as value:
                return await self.answered(dialogue, question, value, understood)
            case Misread(why):
                waiting = self.waiting(dialogue, question)
                return replace(waiting, reply=waiting.reply.after(why))
            case None if question.name == LEFT_OPEN:
                return await self.route(understood)
            case None:
                return await self.digress(dialogue, question, understood)

    def is_about_else(self, dialogue: Dialogue, understood: Understanding) -> bool:
        """Tell whether a sentence in which a day or a name occurs is about another matter."""
        sure = understood.certain and understood.intent not in {*_IDLE, dialogue.conversation}
        return sure and not (set(understood.also) & {dialogue.conversation}) and understood.intent not in REPORTS

    async def answered(self, dialogue: Dialogue, question: Question, value: str, understood: Understanding) -> Outcome:
        """Take an answer out of a longer text, and what else the text tells or asks for as well."""
        others = [intent for intent in (understood.intent, *understood.also) if intent not in _IDLE]
        reports = understood.certain and understood.intent.startswith("report_")
        if reports and dialogue.conversation not in others and question.name in {"passed_on", "zone", "own_wave"}:
            return await self.digress(dialogue, question, understood)
        told = _with_answer(dialogue, question.name, value)
        kinds = {"platform", "date"} if question.name == ASKED_ONESELF else {"zone", "wave"}
        volunteered = {entity.kind: entity.value for entity in understood.entities if entity.kind in kinds}
        answers = {**volunteered, **told.answers}
        more = [intent for intent in understood.also if intent not in {dialogue.conversation, *_IDLE}]
        if understood.certain and others[:1] and others[0] not in {dialogue.conversation, "deadline", "status"}:
            more.insert(0, others[0])
        if more and WAITING not in answers:
            answers |= {WAITING: ",".join(dict.fromkeys(more)), WAITING_SAID: understood.text}
        return await self.play(replace(told, answers=answers))

    async def digress(self, dialogue: Dialogue, question: Question, understood: Understanding) -> Outcome:
        """Answer something else in the middle of a dialogue, and come back to its question once."""
        later = replace(dialogue, misses=dialogue.misses + 1)
        if dialogue.conversation == "clarify":
            return await self.route(understood, second_miss=True)
        if question.name == ASKED_ONESELF:
            return await self.route(understood)
        statement = told_of_oneself(understood, self.today)
        if statement == "my_zone" and dialogue.conversation == "start":
            return await self.zone_in_advance(dialogue, understood)
        if statement is None and (not self.is_clear(understood) or understood.intent == _NO_ANSWER):
            waiting = self.waiting(later, question)
            reply = waiting.reply.after(_hint(later.misses))
            if later.misses > 1:
                reply = reply.button(_("💬 Bicara dengan petugas"), "handoff")
            return replace(waiting, reply=reply, missed=understood, confidence=understood.confidence)
        outcome = await self.route(understood)
        settled = outcome.asks or dialogue.conversation in {understood.intent, *understood.also}
        if settled or dialogue.misses or dialogue.conversation == "handoff":
            return outcome
        if understood.intent in _IDLE:
            return replace(outcome, dialogue=replace(later, asked=question.name))
        with speaking(self.participant.language):
            still = await self.question_of(dialogue)
            if still is None:
                return outcome
            waiting = self.waiting(later, still)
        return replace(outcome, reply=outcome.reply.then(waiting.reply), dialogue=waiting.dialogue)

    def is_clear(self, understood: Understanding) -> bool:
        """Tell whether it is known what a text is about."""
        certain = understood.certain or bool(understood.also)
        return certain or told_of_oneself(understood, self.today) is not None

    async def zone_in_advance(self, dialogue: Dialogue, understood: Understanding) -> Outcome:
        """Keep the town that was named before it was asked for, and go on with the question."""
        zone = next(entity.value for entity in understood.entities if entity.kind == "zone")
        outcome = await self.play(replace(dialogue, answers={"zone": zone, **dialogue.answers}))
        noted = fill(_("👌 Kucatat: kamu di zona <b>{zone}</b>."), zone=zone)
        return replace(outcome, reply=outcome.reply.after(noted))

    async def route(self, understood: Understanding, *, second_miss: bool = False) -> Outcome:
        """Open the conversation that the text is about; ask where that isn't certain, and then call a person."""
        again = {MISSED: "1"} if second_miss or missed_before(self.scene.dialogue) else {}
        told = {SAID: understood.text, **sent_as(self.scene.incoming)} | {
            entity.kind: entity.value for entity in reversed(understood.entities)
        }
        if (mistaken := second_thoughts(understood, self.participant)) is not None:
            outcome = await self.open(mistaken.conversation, mistaken.answers)
            return replace(outcome, intent=understood.intent, confidence=understood.confidence)
        if understood.text.isdecimal() and len(understood.text) < 3 and self.participant.wave is None:
            return replace(await self.open("deadline", {"wave": understood.text}), intent="deadline")
        if (statement := told_of_oneself(understood, self.today)) is not None:
            return replace(await self.open(statement, told), intent="deadline", confidence=understood.confidence)
        if self.own_words:
            self.take_note(said_of_oneself(understood, self.participant, self.today))
        if self.scene.helpdesk is not None and (complaint := told_complaint(understood)) is not None:
            if "complaint" in complaint:
                complaint = {**complaint, "complaint": as_sent(self.scene.incoming)[:STORY]}
            outcome = await self.open("handoff", {**told, **complaint})
            return replace(outcome, intent="handoff", confidence=understood.confidence)
        if says_nothing_else(understood.text) and was_asked_beside(self.scene.offered):
            return self.outcome(asked_beside(understood.text, self.today), None)
        if says_nothing_else(understood.text):
            outcome = await self.open("report_bought" if self.asked_to_buy else DONE_WHAT, told)
            return replace(outcome, confidence=understood.confidence)
        outcome = await self.route_further(understood, told, again, second_miss=second_miss)
        asked = outcome.dialogue is not None and outcome.dialogue.conversation in {*REPORTS, "clarify", "whose_words"}
        if self.own_words and not asked and is_worth_asking(understood, self.participant, self.today):
            return replace(outcome, reply=outcome.reply.then(asked_beside(understood.text, self.today)))
        return outcome

    @property
    def asked_to_buy(self) -> bool:
        """Whether the last message offered to say that the training is bought."""
        actions = [key.action for key in self.scene.offered if isinstance(key, Button)]
        return any(isinstance(action, Open) and action.conversation == "report_bought" for action in actions)

    async def route_further(
        self, understood: Understanding, told: dict[str, str], again: dict[str, str], *, second_miss: bool
    ) -> Outcome:
        """Open what a text asks for or reports, once it is known to be more than a bare word."""
        clear = (understood.intent, *understood.also) if understood.certain else understood.also
        clear = as_reported(clear, understood, self.today)
        if not clear and wants_reminder(understood, self.scene.now.astimezone(self.participant.local.tz)):
            clear = ("reminder_settings",)
        if clear:
            told |= again if clear == (_NO_ANSWER,) else {}
            outcome = await self.open_all(in_order(clear), told)
            answered = next((intent for intent in clear if intent != _NO_ANSWER), _NO_ANSWER)
            return replace(outcome, intent=answered, confidence=understood.confidence)
        self.mind.add(as_sent(self.scene.incoming))
        if second_miss:
            outcome = await self.open("handoff", again)
        else:
            guesses = [guess.intent for guess in understood.guesses if guess.intent != _NO_ANSWER][:3]
            outcome = await self.open("clarify", {**told, **again, "guesses": ",".join(guesses)})
        return replace(outcome, intent=None, confidence=understood.confidence, missed=understood)

    def understood(self, text: str) -> Understanding:
        return understand(text, today=self.today)

    @property
    def today(self) -> date:
        """The person's own day."""
        return self.scene.now.astimezone(self.participant.local.tz).date()


def _with_answer(dialogue: Dialogue, name: str, value: str) -> Dialogue:
    earlier = {told: answer for told, answer in dialogue.answers.items() if told != name}
    return replace(dialogue, answers={**earlier, name: value}, misses=0)


def _hint(misses: int) -> str:
    if misses < 2:
        return _("Maaf, aku belum menangkap itu.")
    return _("Maaf, aku masih belum paham. Pilih tombolnya, atau tulis <b>batal</b>.")
