"""Which cutoff people were told: kept when a reminder arrived, so that a moved cutoff can be corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.store import UnitOfWork
from programme.model.deliveries import Outcome, Settlement
from programme.model.messages import Kind
from programme.programme import Programme
from reminders.wording.compose import told_by


@dataclass(frozen=True, slots=True)
class ToldCutoffs:
    """Notes on each person what the reminder that just arrived told them."""

    programme: Programme

    async def remember(self, tx: UnitOfWork, settled: Sequence[Settlement]) -> None:
        """Note it for those of `settled` that are reminders and arrived."""
        arrived = [each.claimed.delivery for each in settled if _is_reminder_sent(each)]
        if not arrived:
            return
        people = await tx.people.many([delivery.participant for delivery in arrived])
        for delivery in arrived:
            person = people.get(delivery.participant)
            told = told_by(delivery.source, person, self.programme) if person else None
            if person and told is not None and person.told_cutoff != told.cutoff:
                await tx.people.save(person.after(told), [told])


def _is_reminder_sent(settlement: Settlement) -> bool:
    return settlement.claimed.delivery.kind is Kind.REMINDER and settlement.outcome is Outcome.SENT
