"""A private message of nothing but text, as most updates are, read without building the library's objects.

Those take 0.3 ms, a sixth of the time in which a reply goes out. What has anything more to it is left to the library.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

_OF_AN_UPDATE = frozenset({"update_id", "message"})
_OF_A_TEXT = frozenset({"message_id", "date", "chat", "from", "text", "entities", "link_preview_options"})
_END_OF_DATES = 253_402_300_800  # seconds; Python's calendar ends with the year 9999


class PlainText(NamedTuple):
    """What an update with a text tells; `at` in UTC."""

    update: int
    message: str
    chat: str
    at: datetime
    text: str
    name: str | None
    language: str | None


def plain_text(raw: Mapping[str, Any]) -> PlainText | None:
    """Return what an update says, where a person wrote a text in a private chat; None for every other."""
    if not raw.keys() <= _OF_AN_UPDATE:
        return None
    match raw:
        case {
            "update_id": int(update),
            "message": {
                "message_id": int(message),
                "date": int(date),
                "chat": {"id": int(chat), "type": "private"},
                "from": {"id": int(), "is_bot": False, "first_name": str(name)} as person,
                "text": str(text),
            } as said,
        } if text and 0 <= date < _END_OF_DATES and said.keys() <= _OF_A_TEXT:
            if any(entity.get("type") == "text_link" for entity in said.get("entities", ())):
                return None  # an address hides behind its words
            language = person.get("language_code")
            if language is not None and not isinstance(language, str):
                return None
            at = datetime.fromtimestamp(date, UTC)
            return PlainText(update, str(message), str(chat), at, text, name or None, language)
    return None
