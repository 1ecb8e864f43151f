"""How long things are kept, and the jobs that drop them: in portions, so that a reply never waits for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.store import Store, UnitOfWork
from bot.store.portions import Portions

TRACES_KEPT = timedelta(days=30)
"""How long a handled message is remembered by its hash; a channel repeats one for a day or two."""

WORDS_KEPT = timedelta(days=180)
"""How long the words of what was sent are kept, and those of a complaint once it is closed."""

CHATS_KEPT = timedelta(days=90)
"""How long a chat of the web page can be read again there."""

PICTURES_KEPT = timedelta(days=60)
"""How long pictures from the web page are kept."""

DRAFTS_KEPT = timedelta(days=30)
"""How long drafts of the staff are kept that nobody went on with, and what is left of signing in."""

_SPARE = 10_000  # words kept for many are dropped in one night


@dataclass(slots=True)
class Retention:
    """Can be run at any moment, again and again, by several processes."""

    store: Store

    async def drop(self) -> None:
        """Drop traces of messages, words of old deliveries and closed complaints, pictures, chats, and notices."""
        portions = Portions(self.store)
        looked_to: int | None = 0

        async def traces(tx: UnitOfWork, few: int) -> bool:
            nonlocal looked_to
            looked_to = await tx.inbox.prune(tx.now - TRACES_KEPT, few, after=looked_to or 0)
            return looked_to is not None

        await portions.take(traces)
        await portions.take(lambda tx, few: tx.outbox.prune(tx.now - WORDS_KEPT, few))
        await portions.take(lambda tx, _few: tx.uploads.prune(tx.now - PICTURES_KEPT))
        await portions.take(lambda tx, few: tx.chats.prune(tx.now - CHATS_KEPT, few))
        await portions.take(lambda tx, few: tx.views.prune(tx.now - WORDS_KEPT, few))
        await portions.take(lambda tx, few: tx.views.prune_notices(tx.now - WORDS_KEPT, few))
        await portions.take(lambda tx, few: tx.drafts.prune(tx.now - DRAFTS_KEPT, few))
        await portions.take(lambda tx, few: tx.doors.prune(tx.now - DRAFTS_KEPT, few))
        await self._drop_spare_words(portions)
        self.store.wipe()

    async def forget(self) -> None:
        """Drop what dialogues kept in mind for as long as they may."""
        await Portions(self.store).take(lambda tx, few: tx.dialogues.prune(few))
        self.store.wipe()

    async def _drop_spare_words(self, portions: Portions) -> None:
        """Drop what nobody is owed any more: looked for while reading, which nobody waits for."""
        async with self.store.reading() as tx:
            spare = list(await tx.outbox.spare_words(_SPARE))

        async def drop(tx: UnitOfWork, few: int) -> bool:
            these = [spare.pop() for _ in range(min(few, len(spare)))]
            return bool(these) and await tx.outbox.drop_words(these) >= 0

        await portions.take(drop)
