"""The one conversation that a person has under way."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import dialogues
from programme.dialogues import Dialogue

_theirs = dialogues.c.participant == bindparam("person")
_OF = select(dialogues).where(_theirs)
_START = insert(dialogues).returning(dialogues.c.id)
_SAVE = update(dialogues).where(_theirs, dialogues.c.id == bindparam("this"))
_PRUNE = delete(dialogues).where(dialogues.c.asked.is_(None))
_CLOSE = delete(dialogues).where(_theirs)


class Dialogues:
    """The verbs on open conversations."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, participant_id: int) -> Dialogue | None:
        """Return the person's open conversation."""
        rows = await self._connection.execute(_OF, {"person": participant_id})
        row = rows.one_or_none()
        if row is None:
            return None
        return Dialogue(
            id=row.id, conversation=row.conversation, answers=row.answers, asked=row.asked, misses=row.misses
        )

    async def start(self, participant_id: int, dialogue: Dialogue, *, first: bool = False) -> Dialogue:
        """Open a conversation in place of any other; it gets an id that none had before.

        With `first`, the caller knows that no other is open.
        """
        if not first:
            await self.close(participant_id)
        row = {"participant": participant_id, **_columns(dialogue)}
        opened = await self._connection.execute(_START, row)
        return replace(dialogue, id=opened.scalar_one())

    async def save(self, participant_id: int, dialogue: Dialogue) -> None:
        """Keep what has been told so far; nothing happens where the conversation is closed by now."""
        await self._connection.execute(_SAVE, {"person": participant_id, "this": dialogue.id, **_columns(dialogue)})

    async def close(self, participant_id: int) -> None:
        """End the conversation; its answers are gone."""
        await self._connection.execute(_CLOSE, {"person": participant_id})

    async def prune(self) -> None:
        """Drop what dialogues that are over left in mind."""
        await self._connection.execute(_PRUNE)


def _columns(dialogue: Dialogue) -> dict[str, object]:
    return {
        "conversation": dialogue.conversation,
        "answers": dict(dialogue.answers),
        "asked": dialogue.asked,
        "misses": dialogue.misses,
    }
