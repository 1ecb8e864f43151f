"""What came in, in a form that every store takes."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from programme.model.messages import Incoming

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_IN_ITS_PLACE = "\N{REPLACEMENT CHARACTER}"
_WORDS = tuple(each.name for each in fields(Incoming) if "str" in str(each.type))


def storable(incoming: Incoming, now: datetime) -> Incoming:
    """Return the message without characters that no text has and PostgreSQL refuses; one without a moment came now."""
    changed: dict[str, Any] = {
        name: _UNSTORABLE.sub(_IN_ITS_PLACE, words)
        for name in _WORDS
        if isinstance(words := getattr(incoming, name), str) and _UNSTORABLE.search(words)
    }
    at: datetime | None = incoming.at  # a channel that tells none is not to be trusted with the type
    if at is None:
        changed["at"] = now
    return replace(incoming, **changed) if changed else incoming
