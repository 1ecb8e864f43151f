"""What the lists have in common: columns, reading a row, and putting rows into the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.importing.columns import Column
from bot.importing.sheets import Row
from bot.store import Transaction
from programme.phones import NumberKeys
from programme.programme import Programme
from reminders.policy import Policy


@dataclass(frozen=True, slots=True)
class Office:
    """What an import works with. `numbers` are the keys behind phone hashes; `now` is UTC."""

    programme: Programme
    policy: Policy
    numbers: NumberKeys
    now: datetime


class Roll(Protocol):
    """One sort of list."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in the order of the template."""
        ...

    def read(self, row: Row, office: Office) -> Any:
        """Return what a row says. Raises BadRow."""
        ...

    async def put(self, items: Sequence[Any], tx: Transaction, office: Office) -> int:
        """Keep what was read; return how much was new or changed."""
        ...
