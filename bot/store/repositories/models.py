"""Models: those that were trained from what the staff labelled, and which of them is in use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from bot.store.repositories.repository import Repository, reader
from bot.store.schema.programme import models
from programme.model.learning import ModelState

_m = models.c


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedModel:
    """A model without its weights: who had it trained and from how many lines, what it measured, who decided."""

    id: int
    state: ModelState
    base: str
    lines: int
    asked_by: str
    asked_at: datetime
    ended_at: datetime | None = None
    figures: Mapping[str, Any] | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None


_model = reader(TrainedModel)
_SHOWN = [_m[name] for name in TrainedModel.__dataclass_fields__]


class Models(Repository):
    """Repository of trained models."""

    async def begin(self, base: str, lines: int, who: str) -> int:
        """Note that a training begins; return its number."""
        values = {"state": ModelState.TRAINING, "base": base, "lines": lines, "asked_by": who, "asked_at": self.now}
        number: int = (await self._connection.execute(insert(models).values(values).returning(_m.id))).scalar_one()
        return number

    async def end(self, number: int, content: bytes, figures: Mapping[str, Any]) -> None:
        """Keep what came of a training."""
        done = {"state": ModelState.TRAINED, "ended_at": self.now, "weights": content, "figures": figures}
        await self._move(number, ModelState.TRAINING, done)

    async def fail(self, number: int, reason: str) -> None:
        """Note that a training came to nothing."""
        await self._move(
            number, ModelState.TRAINING, {"state": ModelState.FAILED, "ended_at": self.now, "reason": reason}
        )

    async def put_to_use(self, number: int, who: str) -> bool:
        """Put a trained model to use in place of any other; False where it is not one that waits for that."""
        await self.retire(who)
        values = {"state": ModelState.IN_USE, "decided_by": who, "decided_at": self.now}
        return await self._move(number, ModelState.TRAINED, values)

    async def retire(self, who: str) -> bool:
        """Use the shipped model again; False where it is in use already."""
        values = {"state": ModelState.RETIRED, "decided_by": who, "decided_at": self.now, "weights": None}
        used = update(models).where(_m.state == ModelState.IN_USE)
        return (await self._connection.execute(used.values(values))).rowcount > 0

    async def latest(self) -> TrainedModel | None:
        """Return the model that was asked for last."""
        return await self._one(select(*_SHOWN).order_by(_m.id.desc()).limit(1), _model)

    async def in_use(self) -> TrainedModel | None:
        """Return the model in use; None where that is the shipped one."""
        return await self._one(select(*_SHOWN).where(_m.state == ModelState.IN_USE), _model)

    async def content(self, number: int) -> bytes | None:
        """Return the file of a model."""
        found = (await self._connection.execute(select(_m.weights).where(_m.id == number))).scalar_one_or_none()
        return None if found is None else bytes(found)

    async def _move(self, number: int, since: ModelState, values: Mapping[str, object]) -> bool:
        this = update(models).where(_m.id == number, _m.state == since)
        return (await self._connection.execute(this.values(values))).rowcount == 1
