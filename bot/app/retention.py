"""How long each kind of data is kept, and the jobs that drop it: in portions, so that a reply never waits for them."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from typing import Final

from bot.store import Store, UnitOfWork
from bot.store.isolation import Apart
from bot.store.portions import BREATH, Portion, Portions
from programme.model.spheres import Sphere

FILE: Final = Path(__file__).with_name("retention.toml")


@dataclass(frozen=True, slots=True)
class KeptKind:
    """One kind of data: how long it is kept, None where no job ends it, and in which tables it lies."""

    name: str
    tables: tuple[str, ...]
    kept: timedelta | None


@cache
def kinds() -> Mapping[str, KeptKind]:
    """Return the kinds by name, as `retention.toml` has them."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["kind"]
    return {row["name"]: KeptKind(row["name"], tuple(row["tables"]), _days(row.get("days"))) for row in rows}


def _days(days: int | None) -> timedelta | None:
    return None if days is None else timedelta(days=days)


def kept(name: str) -> timedelta:
    """Return for how long a kind is kept that the job drops."""
    found = kinds()[name].kept
    assert found is not None  # noqa: S101 - only those are asked for
    return found


_LEAVING = 10_000  # people are let go in one night
_SPARE = 10_000  # words kept for many are dropped in one night


@dataclass(slots=True)
class Retention:
    """Can be run at any moment, again and again, by several processes."""

    store: Store

    async def drop(self) -> None:
        """Drop traces of messages, words of old deliveries and closed complaints, pictures, chats, and notices.

        Each kind by itself: one that can't be dropped is told to an operator, and keeps no other.
        """
        apart, portions = Apart(self.store, Sphere.JOB), Portions(self.store)
        for kind, portion in self._portions().items():
            await apart.one(portion, partial(_all_of, portions), f"tidy {kind}")
        await apart.one(portions, self._drop_spare_words, "tidy shared words")
        await self._let_go()
        self.store.wipe()

    def _portions(self) -> Mapping[str, Portion]:
        looked_to: int | None = 0

        async def traces(tx: UnitOfWork, few: int) -> bool:
            nonlocal looked_to
            looked_to = await tx.inbox.prune(tx.now - kept("traces"), few, after=looked_to or 0)
            return looked_to is not None

        return {
            "traces": traces,
            "words": lambda tx, few: tx.outbox.prune(tx.now - kept("words"), few),
            "pictures": lambda tx, _few: tx.uploads.prune(tx.now - kept("pictures")),
            "chats": lambda tx, few: tx.chats.prune(tx.now - kept("chats"), few),
            "complaints": lambda tx, few: tx.views.prune(tx.now - kept("complaints"), few),
            "notices": lambda tx, few: tx.views.prune_notices(tx.now - kept("notices"), few),
            "drafts": lambda tx, few: tx.drafts.prune(tx.now - kept("drafts"), few),
            "undoing imports": lambda tx, few: tx.imports.prune(tx.now - kept("undoing"), max(1, few // 50)),
            "undoing": lambda tx, few: tx.undos.prune(tx.now - kept("drafts"), few),
            "broadcast drafts": lambda tx, few: tx.broadcast_drafts.prune(tx.now - kept("drafts"), few),
            "audiences": lambda tx, few: tx.audience_lists.prune(tx.now - kept("audiences"), few),
            "sessions": lambda tx, few: tx.doors.prune(tx.now - kept("drafts"), few),
        }

    async def forget(self) -> None:
        """Drop what dialogues kept in mind for as long as they may."""
        await Portions(self.store).take(lambda tx, few: tx.dialogues.prune(few))
        self.store.wipe()

    async def _let_go(self) -> None:
        """Delete people who withdrew their consent, and those whom nobody heard of for years: one at a time."""
        withdrawn, silent = kept("withdrawn"), kept("silent")
        async with self.store.reading() as tx:
            gone = await tx.people.to_let_go(tx.now - withdrawn, tx.now - silent, _LEAVING)

        async def one(person: int) -> int:
            async with self.store.writing() as tx:
                await tx.people.let_go(person, tx.now - withdrawn, tx.now - silent)
            await asyncio.sleep(BREATH)
            return 1

        await Apart(self.store, Sphere.LEAVING).each(gone, one)

    async def _drop_spare_words(self, portions: Portions) -> int:
        """Drop what nobody is owed any more: looked for while reading, which nobody waits for."""
        async with self.store.reading() as tx:
            spare = list(await tx.outbox.spare_words(_SPARE))

        async def drop(tx: UnitOfWork, few: int) -> bool:
            these = [spare.pop() for _ in range(min(few, len(spare)))]
            return bool(these) and await tx.outbox.drop_words(these) >= 0

        await portions.take(drop)
        return 1


async def _all_of(portions: Portions, portion: Portion) -> int:
    await portions.take(portion)
    return 1
