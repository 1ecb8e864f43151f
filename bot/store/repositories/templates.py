"""Templates: how each approved text stands at its channel, and when it was used."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import Row, Update, bindparam, func, select, update
from sqlalchemy.dialects import sqlite

from bot.store.engine.upserts import insert_on
from bot.store.repositories.repository import Repository
from bot.store.schema.traffic import templates
from programme.model.templates import MARKETING, BarredTemplate, TemplateNews, TemplateStanding, TemplateState

_t = templates.c

Key = tuple[str, str]
"""A template's name and language."""

_TOLD: Final = ("state", "category", "quality", "reason")
"""What news may tell of a template, each alone."""


class Templates(Repository):
    """Repository of approved texts."""

    async def apply(self, news: Sequence[TemplateNews]) -> list[BarredTemplate]:
        """Take in what the channel tells, in this order; return the templates that have just been taken from us.

        What is older than the last news is left out: webhooks come in any order, and again. One that became
        MARKETING stays stopped when it is filed back: Meta forgets its time to live, so somebody has to look.
        """
        if not news:
            return []
        before = {(one.name, one.language): one for one in await self.all()}
        await self._connection.execute(_taking_in(self._connection.dialect.name), [_told(one) for one in news])
        barred = [one for one in await self.all() if _is_taken(before.get((one.name, one.language)), one)]
        for one in barred:
            if one.barred_by == MARKETING:
                await self.stop(one.name, one.language)
        return [BarredTemplate(one.name, one.language, one.barred_by or "", one.reason) for one in barred]

    async def get(self, name: str, language: str) -> TemplateStanding | None:
        """Return how a template stands; None where nothing was told of it yet."""
        return await self._one(select(templates).where(_t.name == name, _t.language == language), _standing)

    async def all(self) -> list[TemplateStanding]:
        """Return how every template stands, by name and language."""
        return await self._all(select(templates).order_by(_t.name, _t.language), _standing)

    async def usable(self) -> frozenset[Key]:
        """Return which may be sent."""
        return frozenset((one.name, one.language) for one in await self.all() if one.usable)

    async def used(self, sent: Collection[Key]) -> None:
        """Note that these were sent."""
        for key in sorted(sent):
            await self._connection.execute(_changing(key).values(used_at=self.now))

    async def stop(self, name: str, language: str) -> bool:
        """Send it no more, whatever the channel says; False where it is not known."""
        done = await self._connection.execute(_changing((name, language)).values(stopped_at=self.now))
        return done.rowcount == 1

    async def go_on(self, name: str, language: str) -> bool:
        """Send it again, if the channel lets us; False where it is not known."""
        done = await self._connection.execute(_changing((name, language)).values(stopped_at=None))
        return done.rowcount == 1


@cache
def _taking_in(dialect: str) -> sqlite.Insert:
    """Insert what is told first, else lay it over what was told before; see `_told` for what fills it."""
    told = {name: bindparam(f"told_{name}", type_=_t[name].type) for name in _TOLD}
    first = {name: bindparam(f"first_{name}", type_=_t[name].type) for name in ("state", "reason")}
    keys = {name: bindparam(f"told_{name}", type_=_t[name].type) for name in ("name", "language", "told_at")}
    newer = {name: func.coalesce(value, _t[name]) for name, value in told.items()}
    return (
        insert_on(dialect, templates)
        .values(**keys, **{**told, **first})
        .on_conflict_do_update(
            index_elements=[_t.name, _t.language],
            set_={**newer, "told_at": keys["told_at"]},
            where=_t.told_at <= keys["told_at"],
        )
    )


def _told(news: TemplateNews) -> dict[str, Any]:
    """Return the parameters of `_taking_in`; news without a state leave the reason as it was."""
    told = {"name": news.name, "language": news.language, "told_at": news.at}
    told |= {"state": news.state, "category": news.category, "quality": news.quality}
    told |= {"reason": news.reason if news.state is not None else None}
    first = {"first_state": news.state or TemplateState.UNKNOWN, "first_reason": news.reason}
    return {f"told_{name}": value for name, value in told.items()} | first


def _is_taken(before: TemplateStanding | None, after: TemplateStanding) -> bool:
    """Tell whether a template can't be sent any more, for another reason than before."""
    return after.barred_by is not None and (before is None or before.barred_by != after.barred_by)


def _changing(key: Key) -> Update:
    return update(templates).where(_t.name == key[0], _t.language == key[1])


def _standing(row: Row[Any]) -> TemplateStanding:
    values = dict(row._mapping)
    state = values["state"]
    known = TemplateState(state) if state in set(TemplateState) else TemplateState.UNKNOWN
    return TemplateStanding(**{**values, "state": known})
