"""Correcting: a milestone of somebody is put right by the staff, with a reason, and reminders are planned anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Final

from bot.store import UnitOfWork
from bot.store.repositories.corrections import Correction
from programme.model.deliveries import Due
from programme.model.events import Event, MilestoneReached, MilestoneUndone
from programme.model.milestones import Milestone, Source, Step
from programme.model.participants import Participant, Pause
from programme.programme import Programme
from programme.redaction.cutter import redact
from reminders.planner import Planner
from reminders.policy import Policy
from reminders.schedule import reschedule

LEAST_REASON: Final = 5
"""Letters that a reason has at least."""

MOST_REASON: Final = 300


class CorrectionResult(Enum):
    """What came of a correction, or of taking one back."""

    DONE = auto()
    OVERTAKEN = auto()
    """It stands otherwise by now than whoever decided has seen."""
    OFFICIAL = auto()
    """The programme says so itself: its list is to be put right."""
    WITHDRAWN = auto()
    """The person withdrew their consent: nothing is noted of them any more."""
    UNREASONED = auto()
    SAME = auto()
    GONE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a milestone is to be, None being *not reached*; and how it was `seen` when that was decided."""

    milestone: Milestone
    step: Step | None
    seen: Step | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Correcting:
    """Puts milestones right, and takes that back."""

    programme: Programme
    policy: Policy

    def outlook(self, person: Participant, wish: Wish | None, now: datetime) -> Sequence[Due]:
        """Return the reminders ahead of the person; with a `wish`, those that would be then."""
        if wish is not None:
            person = person.after(_event(wish.milestone, wish.step))
        return Planner(self.programme, self.policy).upcoming(person, now)

    def judge(self, person: Participant, wish: Wish) -> CorrectionResult:
        """Tell whether a wish may be carried out."""
        stands = person.progress.get(wish.milestone)
        if stands != wish.seen:
            return CorrectionResult.OVERTAKEN
        if stands is not None and stands.source is Source.OFFICIAL:
            return CorrectionResult.OFFICIAL
        if person.pause is Pause.WITHDRAWN:
            return CorrectionResult.WITHDRAWN
        if stands == wish.step:
            return CorrectionResult.SAME
        return CorrectionResult.DONE if len(wish.reason.strip()) >= LEAST_REASON else CorrectionResult.UNREASONED

    async def correct(self, tx: UnitOfWork, number: int, wish: Wish, who: str) -> CorrectionResult:
        """Carry out a wish; the reason stays with the person, and goes with them."""
        await tx.people.lock(number)
        person = await tx.people.get(number)
        if person is None:
            return CorrectionResult.GONE
        judged = self.judge(person, wish)
        if judged is not CorrectionResult.DONE:
            return judged
        reason = redact(wish.reason.strip())[0][:MOST_REASON]
        kept = Correction(
            participant=number,
            milestone=wish.milestone,
            before=wish.seen,
            after=wish.step,
            who=who,
            reason=reason,
            at=tx.now,
        )
        correction = await tx.corrections.add(kept)
        await self._apply(tx, person, wish.milestone, wish.step)
        stands = "reached" if wish.step else "not reached"
        details = {"milestone": wish.milestone.value, "now": stands, "correction": correction}
        await tx.staff.record(who, "person.correct", f"participant/{number}", **details)
        return CorrectionResult.DONE

    async def undo(self, tx: UnitOfWork, number: int, who: str) -> CorrectionResult:
        """Take a correction back, as long as it still stands as it was put."""
        found = await tx.corrections.get(number)
        if found is None:
            return CorrectionResult.GONE
        await tx.people.lock(found.participant)
        person = await tx.people.get(found.participant)
        if person is None:
            return CorrectionResult.GONE
        if person.pause is Pause.WITHDRAWN:
            return CorrectionResult.WITHDRAWN
        if person.progress.get(found.milestone) != found.after or not await tx.corrections.undo(number, who):
            return CorrectionResult.OVERTAKEN
        await self._apply(tx, person, found.milestone, found.before)
        details = {"milestone": found.milestone.value, "correction": number}
        await tx.staff.record(who, "person.correct.undo", f"participant/{found.participant}", **details)
        return CorrectionResult.DONE

    async def _apply(self, tx: UnitOfWork, person: Participant, milestone: Milestone, step: Step | None) -> None:
        event = _event(milestone, step)
        after = person.after(event)
        await tx.people.save(after, [event])
        await reschedule(tx.reminders, after, self.programme, self.policy, taken_back=step is None)


def _event(milestone: Milestone, step: Step | None) -> Event:
    if step is None:
        return MilestoneUndone(milestone)
    return MilestoneReached(milestone, on=step.on, platform=step.platform, source=step.source)
