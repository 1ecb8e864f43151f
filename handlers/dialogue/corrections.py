"""Corrections: whether a text takes back what was noted, or doubts a purchase that the person reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from handlers.dialogue.follow_up import CORRECTED
from handlers.dialogue.just_noted import JUST, NO_PLAN, mistakes, noted_lately, steps_noted
from handlers.dialogue.register import Purpose, conversation_for
from handlers.dialogue.reported import REPORTS
from handlers.understanding.corrections import (
    concludes_none,
    denies_purchase,
    doubts_purchase,
    meant_else,
    protests,
    starts_back,
    takes_back,
)
from handlers.understanding.denials import Denial, denied_in
from handlers.understanding.instead import is_of_somebody, meant_instead
from handlers.understanding.ones_own import told_of_own
from handlers.understanding.phrases import says
from handlers.understanding.sentences import but_questions
from handlers.understanding.spelling import spelt
from handlers.understanding.step_days import redated
from handlers.understanding.whose_wave import is_of_relative
from programme.model.dialogues import Dialogue
from programme.model.messages import Open
from programme.model.milestones import Milestone, Source, Step
from programme.model.participants import Participant

DOUBTED = "doubted"
"""The answer that tells that words cast doubt on a purchase, without taking it back in so many words."""

_NOT_DONE = frozenset({"belum", "batal", "gagal"})

NOT_SHOWN = "not_shown"
"""What that answer is where a button said that the purchase does not show."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """What may be corrected now: the last note, kept with the `stored` dialogue, and reports of the person's own."""

    participant: Participant
    stored: Dialogue | None
    now: datetime

    @property
    def just(self) -> str | None:
        """What was noted last, and may be taken back."""
        return None if self._undone else self._kept

    @property
    def _kept(self) -> str | None:
        return self.stored.answers.get(JUST) if self.stored is not None else None

    @property
    def _undone(self) -> bool:
        """Whether a report was taken back last. *Belum* and *batal* agree with that: they bring nothing back."""
        return any(one.what == "undone" for one in mistakes(self._kept))

    @property
    def today(self) -> date:
        """The person's own day."""
        return self.now.astimezone(self.participant.local.tz).date()

    @property
    def _reported_purchase(self) -> Step | None:
        bought = self.participant.progress.get(Milestone.BOUGHT)
        return None if bought is None or bought.source is Source.OFFICIAL else bought

    def is_mistake(self, text: str) -> bool:
        """Tell whether a text takes back what was noted last, or says in so many words that a report was wrong."""
        reported = any(step.source is not Source.OFFICIAL for step in self.participant.progress.values())
        if takes_back(text, noted=self.just is not None) and (self.just is not None or reported):
            return True
        return self.is_meant_else(text)

    def is_retracted(self, text: str) -> bool:
        """Tell whether a text starts back from what was noted last: *eh belum deng*, of a plan *ga usah jadi*."""
        return self._calls_off(text) or (
            any(one.what == "milestone" for one in mistakes(self.just)) and starts_back(text)
        )

    def _calls_off(self, text: str) -> bool:
        """Whether a plan that was noted last is given up, whatever was planned before it."""
        return [one.what for one in mistakes(self.just)] == ["plan"] and says("call the plan off", text)

    def is_protest(self, text: str) -> bool:
        """Tell whether a text says of a report that was just taken back that it was right."""
        return self._undone and protests(text, today=self.today)

    def denied(self, text: str) -> Denial | None:
        """Return what a text says is not so of all that the person reported, whenever that was."""
        reported = [step.milestone for step in self.participant.progress.values() if step.source is not Source.OFFICIAL]
        found = denied_in(text, reported, today=self.today)
        last = tuple(one.value for one in mistakes(self.just) if one.what == "milestone")
        if found is None and last:
            first, _mark, rest = text.partition(",")
            undone = any(token.word in _NOT_DONE for token in spelt(first))
            return Denial(last, rest.strip()) if rest and undone and starts_back(first) else None
        if found is None or found.steps:
            return found
        return Denial(last, found.rest) if last else None

    def redated(self, text: str) -> tuple[Open, str] | None:
        """Return what puts the day of a reported step right, and what else a text says."""
        reported = {
            name: step
            for name, milestone in REPORTS.items()
            if (step := self.participant.progress.get(milestone)) and step.source is not Source.OFFICIAL
        }
        days = {REPORTS[name].value: step.on for name, step in reported.items() if name != "report_reviewed"}
        found = None if self._asks_for_report else redated(text, days, today=self.today)
        if found is None:
            return None
        name = next(name for name in reported if REPORTS[name] == found.step)
        named = told_of_own(text, today=self.today).get("platform") if name == "report_bought" else None
        at = {"platform": where} if (where := named or reported[name].platform) else {}
        return Open(name, {**at, "date": found.day, CORRECTED: "1"}), found.rest

    def moved(self, text: str) -> Open | None:
        """Return what puts right where it was bought, whatever was spoken of since: *di Pintaria, bukan Tokopedia*."""
        bought = self._reported_purchase
        asked = self._asks_for_report or says("a second training", text)
        if bought is None or bought.platform is None or asked:
            return None
        wished = says("the platform is put right", text)
        told = told_of_own(text, today=self.today) if wished else {}
        meant = meant_instead(but_questions(text), self.today).get("platform") or told.get("platform")
        if meant is None or (meant == bought.platform and not wished) or is_of_somebody(text, meant):
            return None
        on = {"date": bought.on.isoformat()} if bought.on else {}
        return Open("report_bought", {"platform": meant, **on, CORRECTED: "1"})

    @property
    def _asks_for_report(self) -> bool:
        """Whether the dialogue of a report is open, which hears its own corrections."""
        return self.stored is not None and self.stored.is_open and self.stored.conversation in REPORTS

    def is_meant_else(self, text: str) -> bool:
        """Tell whether a text says that the purchase that was reported was another's, or of something else."""
        if self._reported_purchase is None or is_of_relative(text, self.today):
            return False
        just = any(each.value == Milestone.BOUGHT for each in mistakes(self.just))
        return meant_else(text, today=self.today, just=just)

    def is_doubted(self, text: str, *, of_detail: bool = False) -> bool:
        """Tell whether a text casts doubt on a purchase that was reported within a day."""
        lately = self._reported_purchase is not None and noted_lately(self.stored, self.now)
        if not lately or is_of_relative(text, self.today):
            return False
        return doubts_purchase(text, today=self.today, of_detail=of_detail)

    def is_concluded(self, text: str) -> bool:
        """Tell whether a text only concludes that the purchase that was reported was none."""
        return self._reported_purchase is not None and concludes_none(text)

    def taking_back(self, text: str) -> Open:
        """Return what takes the last note back, or the purchase that the text says was none."""
        undo = conversation_for(Purpose.TAKES_BACK)
        if self._calls_off(text):
            return Open(undo, {JUST: NO_PLAN})
        if self.just is not None:
            return Open(undo, {JUST: self.just})
        of_purchase = self.is_meant_else(text) or denies_purchase(text, today=self.today)
        bought = self.participant.has(Milestone.BOUGHT) and of_purchase
        return Open(undo, {"milestone": Milestone.BOUGHT.value} if bought else {})

    def denying(self, denial: Denial) -> Open:
        """Return what takes back the steps that a text speaks against."""
        return Open(conversation_for(Purpose.TAKES_BACK), {JUST: steps_noted(denial.steps)})

    def restoring(self) -> Open:
        """Return what notes again all that was taken back last."""
        return Open(conversation_for(Purpose.TAKES_BACK), {JUST: self._kept or ""})

    def doubting(self, *, unseen: bool = False) -> Open:
        """Return what takes the purchase back until the person is sure, or until it shows."""
        doubt = NOT_SHOWN if unseen else "1"
        return Open(conversation_for(Purpose.TAKES_BACK), {"milestone": Milestone.BOUGHT.value, DOUBTED: doubt})
