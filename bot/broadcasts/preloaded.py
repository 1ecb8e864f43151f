"""Preloaded queries: what a conversation of the staff may ask, looked up outside of any writing transaction.

Counting an audience takes a second a million people; on SQLite nobody else could be answered meanwhile.
So a question that has no answer yet ends the turn, the transaction is rolled back, the answer is looked up,
and the turn is replayed with it: a conversation is replayed at every turn anyway.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from bot.broadcasts.service import BroadcastService
from programme.model.broadcasts import Audience, Broadcast, Forecast, Progress
from programme.model.participants import Participant
from programme.model.staff import StaffMember


@dataclass(frozen=True, slots=True)
class Recent:
    """Which broadcasts were the latest?"""


@dataclass(frozen=True, slots=True)
class Example:
    """Somebody of this audience, called by another name."""

    audience: Audience
    name: str | None


Question = Audience | Example | int | Recent


class NotLookedUp(Exception):
    """The turn needs the answer to `question` before it can be played."""

    def __init__(self, question: Question) -> None:
        super().__init__(str(question))
        self.question = question


@dataclass(slots=True)
class PreloadedQueries:
    """Fills `programme.model.ports.StaffQueries` with what was looked up for this turn."""

    member: StaffMember
    known: dict[Question, Any]

    def outlook(self, audience: Audience) -> Forecast:
        """Return what a broadcast to this audience would come to."""
        found: Forecast = self._answer(audience)
        return found

    def example(self, audience: Audience, name: str | None) -> Participant | None:
        """Return somebody who is meant, under this name."""
        found: Participant | None = self._answer(Example(audience, name))
        return found

    def broadcast(self, number: int) -> tuple[Broadcast, Progress] | None:
        """Return a broadcast and how far it is."""
        found: tuple[Broadcast, Progress] | None = self._answer(number)
        return found

    def recent(self) -> Sequence[tuple[Broadcast, Progress]]:
        """Return the latest broadcasts, newest first."""
        found: Sequence[tuple[Broadcast, Progress]] = self._answer(Recent())
        return found

    def _answer(self, question: Question) -> Any:
        if question not in self.known:
            raise NotLookedUp(question)
        return self.known[question]


async def look_up(question: Question, office: BroadcastService) -> object:
    """Answer a question by reading; no transaction may be open."""
    match question:
        case Audience():
            return await office.outlook(question)
        case Example(audience, name):
            return await office.example(audience, name)
        case int():
            return await office.look_at(question)
        case Recent():
            return await office.recent()
        case _:
            assert_never(question)
