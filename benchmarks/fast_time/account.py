"""What came of a night, reckoned from its journal alone: from phones and rows, not from what the bot says of itself."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from benchmarks.fast_time.journal import Journal, Life, Row, Taken
from programme.model.deliveries import TOO_LATE
from programme.model.messages import Kind
from programme.model.milestones import Milestone

AGAIN: Final = timedelta(minutes=20)
"""The same words to the same person so soon, with nothing said by them in between, are one message told twice."""

IN_FLIGHT: Final = timedelta(seconds=20)
"""What was on its way when a purchase was noted: a second's worth, on a clock that runs faster."""

IN_THE_AIR: Final = timedelta(seconds=1)
"""So long after a kill a messenger still takes what was sent before."""

AT_A_KILL: Final = timedelta(seconds=5)
"""What was taken so shortly before a kill may have been on the wire: nobody was left to note that it went out."""

REACHED: Final = timedelta(hours=48)
"""Whoever had no word in so long before the cutoff was not reached."""

_ASKS: Final = "shown"  # the end of the one source that asks a buyer, and reminds of nothing
_DIGITS: Final = re.compile(r"\d+")
_OPEN: Final = frozenset({"pending", "leased", "not here"})


class Cause(StrEnum):
    """Why somebody lost their place; the first that holds."""

    DECIDED = "decided not to"
    HELP_FAILED = "help failed"
    NOT_UNDERSTOOD = "not understood"
    NOT_REACHED = "not reached"
    TOO_LATE = "too late"


@dataclass
class Account:
    """Figures of one journal."""

    journal: Journal
    _rows: Mapping[tuple[str, str], Row] = field(init=False)
    _taken: Mapping[int, Sequence[Taken]] = field(init=False)
    _ids: Mapping[int, Life] = field(init=False)
    _twins: Mapping[Taken, Taken] = field(init=False)
    _pairs: Sequence[tuple[Taken, Taken]] = field(init=False)

    def __post_init__(self) -> None:
        journal = self.journal
        self._rows = {(row.channel, row.provider_id): row for row in journal.rows if row.channel and row.provider_id}
        by_person: dict[int, list[Taken]] = defaultdict(list)
        for one in sorted(journal.taken, key=lambda each: each.at):
            by_person[journal.people.get((one.channel, one.address), 0)].append(one)
        self._taken = by_person
        self._ids = {person: life for life in journal.lives for person in self._numbers(life)}
        self._pairs = [pair for person, theirs in by_person.items() for pair in self._again(person, theirs)]
        self._twins = {one: other for pair in self._pairs for one, other in (pair, pair[::-1])}

    def states(self, *kinds: Kind) -> Counter[str]:
        """Count deliveries by what became of them."""
        return Counter(row.state for row in self.journal.rows if row.kind in kinds)

    def doubled(self) -> list[Taken]:
        """What somebody got a second time."""
        return [again for _first, again in self._pairs]

    def doubled_without_kill(self) -> list[Taken]:
        """What somebody got a second time although no process died while it went out."""
        return [again for first, again in self._pairs if not self._was_on_the_wire(first)]

    def _was_on_the_wire(self, first: Taken) -> bool:
        return any(first.at - IN_THE_AIR <= at <= first.at + AT_A_KILL for at, _name in self.journal.kills)

    def late(self) -> list[Taken]:
        """What a messenger took after its last moment."""
        found = []
        for one in self.journal.taken:
            row = self._row_of(one)
            if row is not None and row.not_after is not None and one.at > row.not_after:
                found.append(one)
        return found

    def lost(self) -> Counter[str]:
        """What was owed and never came, by its sort."""
        taken = {(one.channel, one.provider_id) for one in self.journal.taken}
        rows = self.journal.rows
        sent = [row for row in rows if row.state == "sent" and (row.channel, row.provider_id) not in taken]
        return +Counter(
            {
                "messages without an answer": self.journal.unanswered,
                "deliveries still open": sum(row.state in _OPEN for row in rows),
                "deliveries given up": sum(row.state == "failed" or _came_too_late(row) for row in rows),
                "noted as sent, never taken": len(sent),
                "nobody reminded on the last day": len(self.forgotten()),
            }
        )

    def unanswered(self) -> list[tuple[Life, list[datetime]]]:
        """Who wrote more often than they were answered, and when nothing came within a minute."""
        return [(life, self._silences(life)) for life in self.journal.lives if len(life.said) > self._replies(life)]

    def _replies(self, life: Life) -> int:
        theirs = set(self._numbers(life))
        sources = {row.source for row in self.journal.rows if row.person in theirs}
        return len({source.split("/")[1] for source in sources if source.startswith("reply/")})

    def _silences(self, life: Life) -> list[datetime]:
        came = [one.at for one in self._to(life)]
        return [at for at in life.said if not any(at <= each <= at + timedelta(minutes=1) for each in came)]

    def forgotten(self) -> list[Life]:
        """Who was there at 9.00 of the last day, had told nothing of buying, and heard no word until the cutoff."""
        begins = self.journal.cutoff - timedelta(hours=15)
        owed = [life for life in self.journal.lives if _waits(life, begins)]
        return [life for life in owed if not any(begins <= one.at <= self.journal.cutoff for one in self._to(life))]

    def told_after_buying(self) -> list[Taken]:
        """Reminders of the purchase to whoever had been told that it is noted."""
        found = []
        for person, life in self._ids.items():
            if life.told is None:
                continue
            for one in self._taken.get(person, ()):
                row = self._row_of(one)
                if row is not None and _reminds(row) and one.at > life.told + IN_FLIGHT:
                    found.append(one)
        return found

    def places_lost(self) -> Counter[Cause]:
        """Count who had not bought by the cutoff, by cause."""
        return Counter(cause for _life, cause in self.losers())

    def losers(self) -> Iterator[tuple[Life, Cause]]:
        """Who had not bought by the cutoff, and why; of the silent that is not known."""
        cutoff = self.journal.cutoff
        for life in self.journal.lives:
            if not life.silent and (life.bought is None or life.bought > cutoff):
                yield life, self._cause(life)

    def _cause(self, life: Life) -> Cause:
        cutoff = self.journal.cutoff
        if life.decided is not None:
            return Cause.DECIDED
        if life.complained is not None and (life.helped is None or life.helped > cutoff):
            return Cause.HELP_FAILED
        if life.asked is not None and life.understood is None:
            return Cause.NOT_UNDERSTOOD
        if not any(cutoff - REACHED <= one.at <= cutoff for one in self._to(life)):
            return Cause.NOT_REACHED
        return Cause.TOO_LATE

    def held(self) -> Iterator[tuple[Row, Sequence[Taken]]]:
        """What still waits for its person to write, and all that they were sent."""
        for row in self.journal.rows:
            if row.state == "held":
                yield row, self._taken.get(row.person, ())

    def _to(self, life: Life) -> Iterator[Taken]:
        for person in self._numbers(life):
            yield from self._taken.get(person, ())

    def _numbers(self, life: Life) -> set[int]:
        return {self.journal.people[place] for place in life.addresses if place in self.journal.people}

    def _again(self, person: int, theirs: Sequence[Taken]) -> Iterator[tuple[Taken, Taken]]:
        """Yield what was told twice, with the first of the two."""
        life, before = self._ids.get(person), dict[str, Taken]()
        said = [] if life is None else life.said
        for one in theirs:
            words = _DIGITS.sub("#", one.words)
            first = before.get(words)
            before[words] = one
            if first is None or one.at - first.at > AGAIN or self._answer_two(first, one):
                continue
            if not any(first.at <= moment <= one.at for moment in said):
                yield first, one

    def _answer_two(self, first: Taken, other: Taken) -> bool:
        """Whether they answer two messages: who writes again before all of an answer is there is answered twice."""
        rows = [self._rows.get((one.channel, one.provider_id)) for one in (first, other)]
        answered = [row.source.split("/")[1] for row in rows if row is not None and row.kind is Kind.REPLY]
        return len(set(answered)) == 2

    def _row_of(self, one: Taken) -> Row | None:
        """Return the delivery that it was of; of what was told twice, the row knows the name of one."""
        twin = self._twins.get(one, one)
        return self._rows.get((one.channel, one.provider_id)) or self._rows.get((twin.channel, twin.provider_id))


def _waits(life: Life, begins: datetime) -> bool:
    there = life.joined is not None and life.joined < begins
    return there and (life.told is None or life.told > begins + timedelta(hours=14)) and life.left is None


def _came_too_late(row: Row) -> bool:
    """Whether it is a reminder that no approved text would have brought in time: it was owed in time."""
    return row.kind is Kind.REMINDER and row.state == "expired" and (row.reason or "").startswith(TOO_LATE)


def _reminds(row: Row) -> bool:
    return row.kind is Kind.REMINDER and row.unless is Milestone.BOUGHT and not row.source.endswith(_ASKS)
