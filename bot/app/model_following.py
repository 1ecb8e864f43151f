"""Follows the model of the understanding that the staff put to use: taken up in every process, without a restart."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

from bot.store import Store
from handlers.understanding import understand_by

log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class ModelFollowing:
    """Keeps the model by which this process understands as it is in use in the store.

    One that was trained beside another shipped model than this code's is left alone: its words are read otherwise.
    """

    store: Store
    number: int | None = None

    async def look(self) -> bool:
        """Take up what is new; tell whether anything was."""
        async with self.store.reading() as tx:
            used = await tx.models.in_use()
            number = used.id if used is not None else None
            if number == self.number:
                return False
            content = await tx.models.content(used.id) if used is not None else None
        base = used.base if used is not None else ""
        await asyncio.to_thread(_take_up, content, base)
        self.number = number
        return True


def _take_up(content: bytes | None, base: str) -> None:
    from handlers.understanding.packing import read_model, shipped  # numpy, only where a model was put to use

    if content is None:
        understand_by(None)
        log.info("the shipped model understands here")
    elif base != shipped():
        understand_by(None)
        log.warning("the model in use was trained beside another version: the shipped one understands here")
    else:
        understand_by(read_model(content))
        log.info("a model that the staff put to use understands here")
