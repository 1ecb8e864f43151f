"""Estimate: about how many a broadcast is meant for, from figures that are kept anyway, until it is counted exactly."""

from __future__ import annotations

from typing import Final

from bot.console.composing import NOT_BOUGHT, Composing
from bot.console.counting import PEOPLE
from bot.store import UnitOfWork
from handlers.staff.audience import EVERYBODY

_PARTS: Final = {
    (NOT_BOUGHT, None): ("open", "open_unreachable"),
    (NOT_BOUGHT, False): ("open_unlinked", ""),
    (EVERYBODY, None): ("reachable", ""),
}
"""By how far people are and whether they are linked: which figure of a wave comes near, and which is taken off it."""


async def estimate(tx: UnitOfWork, composing: Composing) -> int | None:
    """Tell about how many are meant, as of the last count of everybody; None where its figures don't tell."""
    parts = _PARTS.get((composing.standing, composing.linked))
    plain = Composing(key=composing.key, waves=composing.waves, standing=composing.standing, linked=composing.linked)
    if parts is None or plain.audience != composing.audience:
        return None
    _day, counts = await tx.tallies.latest(PEOPLE)
    if not counts:
        return None
    whole, without = parts
    waves = set(map(str, composing.waves)) or {part.partition("/")[0] for part in counts}
    return sum(max(counts.get(f"{one}/{whole}", 0) - counts.get(f"{one}/{without}", 0), 0) for one in waves)
