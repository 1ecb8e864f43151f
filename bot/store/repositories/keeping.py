"""Writes down how a person changed: only what differs, and nothing that was noted is overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import bindparam, delete, insert, update

from bot.store.repositories.repository import Repository
from bot.store.schema.codec import event_to
from bot.store.schema.people import history, participants, payments, progress
from programme.model.events import Event
from programme.model.participants import Participant

_CHANGE = update(participants).where(participants.c.id == bindparam("person"))
_NOTE = insert(history)


class Keeping(Repository):
    """Writes down the difference between how a person was and how they are."""

    async def keep(self, before: Participant, after: Participant, events: Sequence[Event]) -> None:
        """Keep the difference, and the events that made it."""
        old, new = _columns(before), _columns(after)
        changed = {name: value for name, value in new.items() if value != old[name]}
        if "pause" in changed:
            changed["paused_at"] = None if after.pause is None else self.now
        if changed:
            await self._connection.execute(_CHANGE, {"person": after.id, **changed})
        await self._keep_progress(before, after)
        await self._keep_payments(before, after)
        if events:
            named = [event_to(event) for event in events]
            row = {"participant": after.id, "at": self.now}
            rows = [{**row, "event": name, "fields": fields} for name, fields in named]
            await self._connection.execute(_NOTE, rows if len(rows) > 1 else rows[0])

    async def _keep_progress(self, before: Participant, after: Participant) -> None:
        gone = [m for m, step in before.progress.items() if after.progress.get(m) != step]
        if gone:
            standing = (progress.c.participant == after.id) & progress.c.undone_at.is_(None)
            await self._connection.execute(
                update(progress).where(standing, progress.c.milestone.in_(gone)).values(undone_at=self.now)
            )
        come = [step for m, step in after.progress.items() if before.progress.get(m) != step]
        if come:
            rows = [asdict(step) | {"participant": after.id, "noted_at": self.now} for step in come]
            await self._connection.execute(insert(progress), rows)

    async def _keep_payments(self, before: Participant, after: Participant) -> None:
        if after.payments == before.payments:
            return
        await self._connection.execute(delete(payments).where(payments.c.participant == after.id))
        if after.payments:
            rows = [asdict(payment) | {"participant": after.id} for payment in after.payments]
            await self._connection.execute(insert(payments), rows)


def _columns(person: Participant) -> dict[str, Any]:
    return {
        "name": person.name,
        "language": person.language,
        "zone": person.zone,
        "wave": person.wave,
        "passed_on": person.passed_on,
        "official": person.official,
        "joined_at": person.joined_at,
        "welcomed": person.welcomed,
        "reminder_level": person.reminders.level,
        "reminder_hour": person.reminders.at.hour if person.reminders.at else None,
        "reminder_minute": person.reminders.at.minute if person.reminders.at else None,
        "reminder_text_only": not person.reminders.pictures,
        "plan_at": person.plan_at,
        "told_cutoff": person.told_cutoff,
        "obstacle": person.obstacle,
        "pause": person.pause,
    }
