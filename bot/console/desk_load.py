"""Desk load: how much waits for the staff at this moment, and who has how much in hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.store import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskLoad:
    """Open complaints. `urgent` have less than a day to their cutoff; `oldest` is since when somebody waits (UTC)."""

    waiting: int = 0
    held: int = 0
    urgent: int = 0
    oldest: datetime | None = None
    loads: Mapping[str, int] = field(default_factory=dict)


async def desk_load(tx: UnitOfWork) -> DeskLoad:
    """Read the load as of now."""
    waiting, held, urgent, oldest = await tx.inbox_list.load(tx.now + timedelta(days=1))
    loads = await tx.tickets.loads()
    names = await tx.agents.names(list(loads))
    most = sorted(loads.items(), key=lambda one: -one[1])[:8]
    return DeskLoad(
        waiting=waiting,
        held=held,
        urgent=urgent,
        oldest=oldest,
        loads={names.get(who, who): count for who, count in most},
    )
