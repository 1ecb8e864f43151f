"""Templates: how each approved text stands at its channel, and when it was used."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, Update, func, select, update

from bot.store.engine.upserts import insert_into
from bot.store.repositories.repository import Repository
from bot.store.schema.tables import templates
from programme.model.templates import MARKETING, BarredTemplate, TemplateNews, TemplateStanding, TemplateState

_t = templates.c

Key = tuple[str, str]
"""A template's name and language."""


class Templates(Repository):
    """Repository of approved texts."""

    async def apply(self, news: TemplateNews) -> BarredTemplate | None:
        """Take in what the channel tells; return the template if that has just taken it from us.

        What is older than the last news is left out: webhooks come in any order, and again. One that became
        MARKETING stays stopped when it is filed back: Meta forgets its time to live, so somebody has to look.
        """
        before = await self.get(news.name, news.language)
        await self._connection.execute(self._taking_in(news))
        after = await self.get(news.name, news.language)
        if after is None or after.barred_by is None or (before and before.barred_by == after.barred_by):
            return None
        if after.barred_by == MARKETING:
            await self.stop(after.name, after.language)
        return BarredTemplate(after.name, after.language, after.barred_by, after.reason)

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

    def _taking_in(self, news: TemplateNews) -> Any:
        told = {"state": news.state, "category": news.category, "quality": news.quality}
        told |= {"reason": news.reason if news.state is not None else None}
        first = {**told, "state": news.state or TemplateState.UNKNOWN, "reason": news.reason, "told_at": news.at}
        insert = insert_into(self._connection, templates).values(name=news.name, language=news.language, **first)
        newer = {name: func.coalesce(value, _t[name]) for name, value in told.items()}
        return insert.on_conflict_do_update(
            index_elements=[_t.name, _t.language], set_={**newer, "told_at": news.at}, where=_t.told_at <= news.at
        )


def _changing(key: Key) -> Update:
    return update(templates).where(_t.name == key[0], _t.language == key[1])


def _standing(row: Row[Any]) -> TemplateStanding:
    values = dict(row._mapping)
    state = values["state"]
    known = TemplateState(state) if state in set(TemplateState) else TemplateState.UNKNOWN
    return TemplateStanding(**{**values, "state": known})
