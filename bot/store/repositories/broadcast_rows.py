"""How a broadcast lies in its row, and how it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema.codec import message_from_json, message_to_json
from bot.store.schema.staff import broadcasts
from programme.model.broadcasts import Audience, Broadcast, Draft, Exclusions
from programme.model.messages import Message
from programme.model.milestones import Milestone
from programme.model.whatsapp_outlook import OverWhatsApp
from programme.model.zones import Zone

WORDLESS = [column for column in broadcasts.c if column.name != "words"]
"""The columns that are read all the time; pictures are among the words."""


def draft_to(draft: Draft, now: datetime) -> dict[str, Any]:
    """Write what a draft says; its digest is the same for the same words to the same audience.

    What it is about is read from those words, on whatever day, and counts for nothing.
    """
    audience, words = audience_to(draft.audience), words_to(draft.messages)
    said = words_to({language: replace(message, about=None) for language, message in draft.messages.items()})
    content = orjson.dumps([audience, said], option=orjson.OPT_SORT_KEYS)
    digest = hashlib.sha256(content).hexdigest()
    return {"audience": audience, "words": words, "digest": digest, "fingerprint": draft.fingerprint(now)}


def audience_to(audience: Audience) -> dict[str, Any]:
    """Write an audience, its fields in a settled order; what narrows it further stands there only where it does."""
    plainly = Audience()
    chosen = {name: getattr(audience, name) for name in _NARROWED}
    narrowed = {name: value for name, value in chosen.items() if value is not getattr(plainly, name)}
    return {
        "waves": sorted(audience.waves),
        "reached": sorted(each.value for each in audience.reached),
        "not_reached": [each.value for each in audience.not_reached],
        "zones": sorted(each.value for each in audience.zones),
        "new_to": audience.new_to,
        **narrowed,
    }


_NARROWED: Final = ("linked", "got", "left_with_it", "listed", "share")


def audience_from(document: Mapping[str, Any]) -> Audience:
    """Read an audience."""
    return Audience(
        waves=tuple(document["waves"]),
        reached=tuple(map(Milestone, document["reached"])),
        not_reached=tuple(map(Milestone, document["not_reached"])),
        zones=tuple(map(Zone, document["zones"])),
        new_to=document.get("new_to"),
        **{name: document[name] for name in _NARROWED if name in document},
    )


def words_to(messages: Mapping[str, Message]) -> dict[str, str]:
    """Write the messages by language; Indonesian first, for it stands in for the others."""
    ordered = sorted(messages.items(), key=lambda each: (each[0] != "id", each[0]))
    return {language: message_to_json(message) for language, message in ordered}


def broadcast_from(row: Row[Any]) -> Broadcast:
    """Read a broadcast; one that was read without its words has no messages."""
    words: dict[str, str] = row._mapping.get("words", {})
    return Broadcast(
        id=row.id,
        state=row.state,
        audience=audience_from(row.audience),
        messages={language: message_from_json(content) for language, content in words.items()},
        author=row.author,
        approver=row.approver,
        starts_at=row.starts_at,
        not_after=row.not_after,
        expected=row.expected,
        exclusions=Exclusions(**row.exclusions),
        reason=row.reason,
        over_whatsapp=OverWhatsApp(row.over_whatsapp or 0, row.outside_window or 0),
        ordered_at=row.created_at,
        began_at=row.started_at,
        ended_at=row.finished_at,
    )


@dataclass(frozen=True, slots=True)
class BroadcastWords:
    """What a broadcast says, by language. Each message stays one and the same object, to be prepared once."""

    messages: Mapping[str, Message]
    default: Message

    @classmethod
    async def of(cls, connection: AsyncConnection, number: int, digest: str) -> BroadcastWords:
        """Read the words of a broadcast; equal words to equal people have equal digests, and are read once."""
        found = _known.get(digest)
        if found is None:
            row = (await connection.execute(select(broadcasts.c.words).where(broadcasts.c.id == number))).one()
            messages = {language: message_from_json(content) for language, content in row.words.items()}
            while len(_known) >= _MOST_KNOWN:
                del _known[next(iter(_known))]
            found = _known[digest] = cls(messages, next(iter(messages.values())))
        return found

    def to(self, language: str | None) -> Message:
        """Return the message for a person of this language."""
        return self.messages.get(language or "", self.default)


_MOST_KNOWN = 32
_known: dict[str, BroadcastWords] = {}
