"""An update without what can't be read in it: a part of a sort that nobody knew costs that part, not the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

_PLACE: Final = ("message_id", "date", "edit_date", "chat", "from", "message_thread_id", "is_topic_message")
_WORDS: Final = ("text", "entities", "caption", "caption_entities", "media_group_id", "forward_origin")
_FILES: Final = (
    *("contact", "photo", "voice", "audio", "video", "video_note", "animation", "document", "sticker", "location"),
    "venue",
)
_NESTED: Final = ("message", "edited_message", "callback_query")
_SOMEBODY: Final = MappingProxyType({"type": "hidden_user", "sender_user_name": "?", "date": 0})


def leaner(raw: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Return the update with less and less in it: without what its message stands beside, without files, bare."""
    for kept in ((*_PLACE, *_WORDS, *_FILES), (*_PLACE, *_WORDS), (*_PLACE, "text", "caption", "forward_origin")):
        yield {name: _lean(part, kept) if name in _NESTED else part for name, part in raw.items()}


def _lean(part: Any, kept: tuple[str, ...]) -> Any:
    """Leave of a message what is kept, of a press its message; of what was forwarded, only that it was."""
    if not isinstance(part, Mapping):
        return part
    if "data" in part:
        return {**part, "message": _lean(part.get("message"), kept)}
    lean = {name: value for name, value in part.items() if name in kept}
    return {**lean, "forward_origin": dict(_SOMEBODY)} if "forward_origin" in lean else lean
