"""The one conversation that is kept of a person: open, or over and only kept in mind."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from bot.store.repositories.repository import Repository
from bot.store.schema.people import dialogues, participants
from programme.model.dialogues import Dialogue

_theirs = dialogues.c.participant == bindparam("person")
_OF = select(dialogues).where(_theirs)
_START = insert(dialogues).returning(dialogues.c.id)
_SAVE = update(dialogues).where(_theirs, dialogues.c.id == bindparam("this"))
_CLOSE = delete(dialogues).where(_theirs)
_due = dialogues.c.forget_at <= bindparam("now", type_=dialogues.c.forget_at.type)
_these = dialogues.c.participant.in_(bindparam("people", expanding=True))
_FORGETFUL = (
    select(participants.c.id)
    .join(dialogues, dialogues.c.participant == participants.c.id)
    .where(_due)
    .order_by(dialogues.c.forget_at)
    .limit(bindparam("few"))
    .with_for_update(of=participants, key_share=True, skip_locked=True)
)
_KEPT = select(dialogues).where(_these, _due)
_DROP = delete(dialogues).where(dialogues.c.id.in_(bindparam("over", expanding=True)))
_FIELDS = tuple(field.name for field in fields(Dialogue))


class Dialogues(Repository):
    """Repository of conversations."""

    async def of(self, participant_id: int) -> Dialogue | None:
        """Return the person's conversation."""
        rows = await self._connection.execute(_OF, {"person": participant_id})
        row = rows.one_or_none()
        return None if row is None else dialogue_from(row)

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
        """Keep what has been told so far; nothing happens where staff closed the conversation meanwhile."""
        await self._connection.execute(_SAVE, {"person": participant_id, "this": dialogue.id, **_columns(dialogue)})

    async def close(self, participant_id: int) -> None:
        """End the conversation; its answers are gone."""
        await self._connection.execute(_CLOSE, {"person": participant_id})

    async def prune(self, few: int) -> int:
        """Forget what the next few dialogues kept in mind until then; return how many.

        Whoever is locked is talking just now, and is left for the next time.
        """
        found = await self._connection.execute(_FORGETFUL, {"now": self.now, "few": few})
        people = found.scalars().all()  # locked first: what comes next must see what their last turn wrote
        rows = (await self._connection.execute(_KEPT, {"now": self.now, "people": people})).all() if people else ()
        later = [(row, dialogue_from(row).at(self.now)) for row in rows]
        over = [row.id for row, left in later if left is None]
        if over:
            await self._connection.execute(_DROP, {"over": over})
        for row, left in later:
            if left is not None:
                await self.save(row.participant, left)
        return len(people)


def dialogue_from(row: Row[Any], prefix: str = "") -> Dialogue:
    """Read a dialogue of a row's columns, whose names may begin with a prefix."""
    return Dialogue(**{name: getattr(row, prefix + name) for name in _FIELDS})


def _columns(dialogue: Dialogue) -> dict[str, object]:
    return {
        "conversation": dialogue.conversation,
        "answers": dict(dialogue.answers),
        "asked": dialogue.asked,
        "asked_at": dialogue.asked_at,
        "misses": dialogue.misses,
        "forget_at": dialogue.forget_at,
    }
