"""What a field of a webhook holds, whatever stands there: nothing of it can be relied on, and nothing raises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

Fields = Mapping[str, Any]

NO_FIELDS: Final[Fields] = MappingProxyType({})
_LONGEST: Final = 65_536
"""Characters of a text; WhatsApp takes no longer one from a person."""

_FOUNDED: Final = datetime(2009, 2, 24, tzinfo=UTC).timestamp()
_AHEAD: Final = timedelta(days=1).total_seconds()
_HUGE: Final = 10**12
_DIGITS = re.compile(r"-?[0-9]{1,12}")
_STRANGE = re.compile(r"[^a-z_ 0-9:]")


def fields_of(fields: Fields, name: str) -> Fields:
    """Return the object under `name`, an empty one where there is none."""
    held = fields.get(name)
    return held if isinstance(held, Mapping) else NO_FIELDS


def rows_of(fields: Fields, name: str) -> Iterator[Fields]:
    """Go through the list under `name`; what is no object in it counts as an empty one."""
    held = fields.get(name)
    for row in held if isinstance(held, list) else ():
        yield row if isinstance(row, Mapping) else NO_FIELDS


def text_of(fields: Fields, name: str) -> str:
    """Return the text under `name`, empty where there is none; of halves of characters and NULs it is free."""
    held = fields.get(name)
    return _whole(held[:_LONGEST]) if isinstance(held, str) else ""


def number_of(fields: Fields, name: str) -> int | None:
    """Return the whole number under `name`, written as a number or as text."""
    held = fields.get(name)
    if isinstance(held, str) and _DIGITS.fullmatch(held):
        return int(held)
    return held if isinstance(held, int) and not isinstance(held, bool) and abs(held) < _HUGE else None


def moment_of(fields: Fields, name: str, now: datetime) -> datetime:
    """Return the moment under `name`, seconds since 1970, in UTC; `now` for one that can't be."""
    seconds = number_of(fields, name)
    if seconds is None or not _FOUNDED <= seconds <= now.timestamp() + _AHEAD:
        return now
    return datetime.fromtimestamp(seconds, UTC)


def label_of(words: str) -> str:
    """Return what something is counted by: short, and of such signs only as no secret can be told in."""
    return _STRANGE.sub("_", words[:60].lower())[:60]


def _whole(text: str) -> str:
    """JSON can hold half a character, and a NUL, which no database takes."""
    if not text.isascii():
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\0", "")
