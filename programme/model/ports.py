"""Ports: what the wings need from the store, as the roof fills it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, time
from typing import Protocol

from programme.model.broadcasts import Audience, Broadcast, Forecast, Progress
from programme.model.deliveries import Delivery, Due
from programme.model.participants import Participant
from programme.model.staff import StaffMember


class ReminderRows(Protocol):
    """The rows that are the schedule: one a person, telling when their next reminder falls due."""

    @property
    def now(self) -> datetime:
        """The moment in UTC as of which they are read and written."""
        ...

    async def due(self, limit: int) -> Sequence[tuple[Participant, datetime]]:
        """Return people whose row fell due by now, with the row's moment, earliest first."""
        ...

    async def row_of(self, participant: int) -> datetime | None:
        """Return the moment in the person's row, if there is one."""
        ...

    async def set_row(self, participant: int, at: datetime | None) -> None:
        """Put the person's row to `at`, or take it away."""
        ...

    async def move_rows(self, rows: Mapping[int, datetime | None]) -> None:
        """Do the same for many people at once."""
        ...

    async def put_off(self, participant: int, error: Exception) -> None:
        """Look at a person later whose reminders could not be planned, and after a few times no more."""
        ...

    def everybody(self, wave: int | None, after: int = 0) -> AsyncIterator[Participant]:
        """Go through everybody of a wave, None for all, whose id is above `after`, by id."""
        ...

    async def owe(self, deliveries: Sequence[Delivery]) -> None:
        """Put deliveries in the outbox; those already there by source and participant stay as they are."""
        ...

    async def withdraw(self, participant: int, *, keeping: Sequence[str]) -> None:
        """Cancel the person's pending reminders whose source is not in `keeping`."""
        ...

    async def revive(self, participant: int, source: str) -> None:
        """Owe a reminder again that was cancelled, if it is still of use."""
        ...


class ReminderPlanner(Protocol):
    """What a conversation may ask of the reminders, without knowing them."""

    def upcoming(self, participant: Participant, now: datetime) -> Sequence[Due]:
        """Return the reminders still ahead of the person, earliest first."""
        ...

    def plan_for(self, participant: Participant, when: str, now: datetime) -> datetime | None:
        """Return the moment of one more reminder `tonight` or `tomorrow_morning`.

        It is never past the last safe one before the cutoff; None where no safe moment is left.
        """
        ...

    def safe_moment(self, participant: Participant, wanted: datetime, now: datetime) -> datetime | None:
        """Return the moment of one more reminder at `wanted`, or the last safe one where that is too late.

        None where no safe moment is left.
        """
        ...

    def day_hours(self) -> tuple[time, time]:
        """Return from when until when, on the person's clock, reminders of every day go out."""
        ...


class StaffQueries(Protocol):
    """What a conversation of the staff may ask; it is there only for those who belong to it.

    What takes long is looked up between two replays of the same turn: a question that has no answer yet
    ends the turn, and nothing of it remains.
    """

    @property
    def member(self) -> StaffMember:
        """Return who is asking."""
        ...

    def outlook(self, audience: Audience) -> Forecast:
        """Return what a broadcast to this audience would come to."""
        ...

    def example(self, audience: Audience, name: str | None) -> Participant | None:
        """Return somebody who is meant, called by this name, to see words filled."""
        ...

    def broadcast(self, number: int) -> tuple[Broadcast, Progress] | None:
        """Return a broadcast and how far it is."""
        ...

    def recent(self) -> Sequence[tuple[Broadcast, Progress]]:
        """Return the latest broadcasts, newest first."""
        ...
