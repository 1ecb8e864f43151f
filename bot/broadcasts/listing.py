"""Listing: from lines that somebody gives, phone numbers or participants' numbers, to a list of people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.store import UnitOfWork
from programme.model.phones import NumberKeys, normal_phone

LONGEST: Final = 100_000
"""Lines of one list."""

_SHORTEST_PHONE: Final = 9  # digits; a participant's number has fewer for a long time


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that was made: its number, how many people are on it, how many lines named nobody known."""

    number: int
    people: int
    strangers: int


async def make_list(tx: UnitOfWork, lines: Iterable[str], numbers: NumberKeys, made_by: str) -> Listed:
    """Keep whom these lines name: whole phone numbers, or participants' numbers as a results file has them.

    Of a phone number nothing is kept but whose it is. Raises ValueError for too many lines.
    """
    given = {line.strip().strip(",;") for line in lines} - {"", "participant", "peserta"}
    if len(given) > LONGEST:
        raise ValueError(f"{len(given):,} lines are too many; at most {LONGEST:,}")
    persons = {line for line in given if line.isdecimal() and len(line) < _SHORTEST_PHONE}
    hashes = [hashed for line in given - persons if (phone := normal_phone(line)) for hashed in _hashes(phone, numbers)]
    people = await tx.audience_lists.known([int(line) for line in persons])
    people |= await tx.audience_lists.who_have(hashes)
    strangers = max(0, len(given) - len(people))
    number = await tx.audience_lists.make(people, made_by, strangers)
    await tx.staff.record(made_by, "broadcast.list", f"list/{number}", people=len(people), strangers=strangers)
    return Listed(number, len(people), strangers)


def _hashes(phone: str, numbers: NumberKeys) -> tuple[str, ...]:
    kept = numbers.kept(phone)
    return (kept.text, *kept.former)
