"""The one conversation that a person has under way."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import dialogues
from programme.dialogues import Dialogue


class Dialogues:
    """The verbs on open conversations."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, participant_id: int) -> Dialogue | None:
        """Return the person's open conversation."""
        rows = await self._connection.execute(select(dialogues).where(dialogues.c.participant == participant_id))
        row = rows.one_or_none()
        if row is None:
            return None
        return Dialogue(
            id=row.id, conversation=row.conversation, answers=row.answers, asked=row.asked, misses=row.misses
        )

    async def start(self, participant_id: int, dialogue: Dialogue) -> Dialogue:
        """Open a conversation in place of any other; it gets an id that none had before."""
        await self.close(participant_id)
        opened = await self._connection.execute(
            insert(dialogues).values(participant=participant_id, **_columns(dialogue)).returning(dialogues.c.id)
        )
        return replace(dialogue, id=opened.scalar_one())

    async def save(self, participant_id: int, dialogue: Dialogue) -> None:
        """Keep what has been told so far; nothing happens where the conversation is closed by now."""
        this = (dialogues.c.participant == participant_id) & (dialogues.c.id == dialogue.id)
        await self._connection.execute(update(dialogues).where(this).values(**_columns(dialogue)))

    async def close(self, participant_id: int) -> None:
        """End the conversation; its answers are gone."""
        await self._connection.execute(delete(dialogues).where(dialogues.c.participant == participant_id))


def _columns(dialogue: Dialogue) -> dict[str, object]:
    return {
        "conversation": dialogue.conversation,
        "answers": dict(dialogue.answers),
        "asked": dialogue.asked,
        "misses": dialogue.misses,
    }
