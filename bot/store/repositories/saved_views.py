"""Saved views: ways of looking at the inbox that a member of the staff keeps under a name."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Final

from sqlalchemy import delete, func, select

from bot.store.engine.upserts import insert_into
from bot.store.repositories.inbox_list import Pile, Wanted
from bot.store.repositories.repository import Repository
from bot.store.schema.console import console_views

MOST: Final = 12
"""Views that one member keeps."""

_v = console_views.c


class SavedViews(Repository):
    """Repository of views. A number that was looked for is never kept."""

    async def of(self, who: str) -> dict[str, Wanted]:
        """Return the views of a member by name, the first kept first."""
        chosen = select(_v.name, _v.wanted).where(_v.who == who).order_by(_v.at, _v.name)
        return {row.name: _wanted(row.wanted, who) for row in await self._connection.execute(chosen)}

    async def keep(self, who: str, name: str, wanted: Wanted) -> bool:
        """Keep a view under a name, in place of one of that name; False where there are `MOST` already."""
        others = select(func.count()).where(_v.who == who, _v.name != name)
        if (await self._connection.execute(others)).scalar_one() >= MOST:
            return False
        document = {key: value for key, value in asdict(replace(wanted, who="", of=())).items() if value}
        adding = insert_into(self._connection, console_views).values(who=who, name=name, wanted=document, at=self.now)
        await self._connection.execute(
            adding.on_conflict_do_update(index_elements=["who", "name"], set_={"wanted": document})
        )
        return True

    async def drop(self, who: str, name: str) -> None:
        """Forget a view."""
        await self._connection.execute(delete(console_views).where(_v.who == who, _v.name == name))


def _wanted(document: dict[str, str], who: str) -> Wanted:
    pile, team, about, label, words = (document.get(key, "") for key in ("pile", "team", "about", "label", "words"))
    kept = Pile(pile) if pile in set(Pile) else Pile.WAITING
    return Wanted(pile=kept, who=who, team=team, about=about, label=label, words=words)
