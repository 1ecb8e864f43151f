"""Who was asked to write, so that an answer of the staff can reach them: once, however many answers wait."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Final
from weakref import WeakValueDictionary

from bot.channels.channel import Terms
from bot.store import Store
from programme.model.clock import Clock

ASKED_FOR: Final = timedelta(hours=24)
"""After so long a further answer may ask once more."""

_SETTLED_WITHIN = timedelta(minutes=1)


class Asking:
    """Knows who was asked lately: what was settled from the store, what is only being sent from memory."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._asked: dict[int, datetime] = {}
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def turn(self, person: int | None) -> asyncio.Lock:
        """Return the lock under which one person is asked: of two answers at once, one asks."""
        return self._turns.setdefault(person or 0, asyncio.Lock())

    async def is_asked(self, terms: Terms) -> bool:
        """Tell whether the person was asked in the last 24 hours, and has not written since."""
        if terms.participant is None:
            return False
        now, asked = self._clock.now(), self._asked.get(terms.participant)
        if asked is not None and now < asked + _SETTLED_WITHIN and (terms.heard_at or asked) <= asked:
            return True
        async with self._store.reading() as tx:
            return await tx.outbox.is_asked(terms.participant, now - ASKED_FOR)

    def asked(self, terms: Terms) -> None:
        """Remember that the person was asked just now."""
        now = self._clock.now()
        self._asked = {person: at for person, at in self._asked.items() if now < at + _SETTLED_WITHIN}
        if terms.participant is not None:
            self._asked[terms.participant] = now
