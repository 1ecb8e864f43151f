"""An honest double of the store's side of reminders: rows, an outbox unique by source, a check at the claim."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from programme.model.deliveries import Delivery
from programme.model.participants import Participant


@dataclass
class MemoryRows:
    people: dict[int, Participant] = field(default_factory=dict)
    rows: dict[int, datetime] = field(default_factory=dict)
    pending: dict[tuple[int, str], Delivery] = field(default_factory=dict)
    withdrawn: dict[tuple[int, str], Delivery] = field(default_factory=dict)
    closed: set[tuple[int, str]] = field(default_factory=set)
    sent: list[tuple[datetime, Delivery]] = field(default_factory=list)
    now: datetime = field(init=False)

    def at(self, now: datetime) -> MemoryRows:
        self.now = now
        return self

    def add(self, *people: Participant) -> None:
        self.people.update({person.id: person for person in people})

    async def due(self, limit: int) -> Sequence[tuple[Participant, datetime]]:
        ripe = sorted((at, person) for person, at in self.rows.items() if at <= self.now)
        return [(self.people[person], at) for at, person in ripe[:limit]]

    async def row_of(self, participant: int) -> datetime | None:
        return self.rows.get(participant)

    async def set_row(self, participant: int, at: datetime | None) -> None:
        if at is None:
            self.rows.pop(participant, None)
        else:
            self.rows[participant] = at

    async def move_rows(self, rows: Mapping[int, datetime | None]) -> None:
        for person, at in rows.items():
            await self.set_row(person, at)

    async def put_off(self, participant: int, error: Exception) -> None:
        del self.rows[participant]

    def everybody(self, wave: int | None, after: int = 0) -> AsyncIterator[Participant]:
        return self._everybody(wave, after)

    async def _everybody(self, wave: int | None, after: int) -> AsyncIterator[Participant]:
        for person in sorted(self.people.values(), key=lambda each: each.id):
            if wave in {None, person.wave} and person.id > after:
                yield person

    async def owe(self, deliveries: Sequence[Delivery]) -> None:
        for delivery in deliveries:
            key = (delivery.participant, delivery.source)
            if key not in self.closed:
                self.pending.setdefault(key, delivery)

    async def withdraw(self, participant: int, *, keeping: Sequence[str]) -> None:
        unwanted = [key for key in self.pending if key[0] == participant and key[1] not in keeping]
        for key in unwanted:
            self.withdrawn[key] = self.pending.pop(key)
            self.closed.add(key)

    async def revive(self, participant: int, source: str) -> None:
        if (back := self.withdrawn.pop((participant, source), None)) and (
            back.not_after is None or back.not_after > self.now
        ):
            self.pending[participant, source] = back
            self.closed.discard((participant, source))

    def send(self, now: datetime) -> list[str]:
        """Send what is due and still wanted, as the sender does; return the sources."""
        ripe = [(key, delivery) for key, delivery in self.pending.items() if delivery.due_at <= now]
        for key, delivery in ripe:
            del self.pending[key]
            self.closed.add(key)
            if self._wanted(delivery, now):
                self.sent.append((now, delivery))
        return [key[1] for key, _delivery in ripe if key in {(d.participant, d.source) for _, d in self.sent}]

    def _wanted(self, delivery: Delivery, now: datetime) -> bool:
        late = delivery.not_after is not None and now > delivery.not_after
        reached = delivery.unless is not None and self.people[delivery.participant].has(delivery.unless)
        return not late and not reached

    @property
    def sources(self) -> list[str]:
        """What was sent so far, in order."""
        return [delivery.source for _at, delivery in self.sent]
