"""Messages that go to many: encoded once, so that each send only puts in whom it is for."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

Body = Mapping[str, Any]

_KEPT = 64  # bodies


def addressed(fields: Mapping[str, str], rest: bytes) -> bytes:
    """Return a whole body: `fields`, of which there is at least one, before what `encoded` made of the others."""
    return b"%b,%b" % (orjson.dumps(fields)[:-1], rest)


def encoded(body: Body) -> bytes:
    """Return the JSON of all of a body but whom it is for."""
    return orjson.dumps(body)[1:]


@dataclass(slots=True)
class Prepared:
    """Keeps what was encoded, by the object that it was made of."""

    _known: dict[tuple[int, Hashable], tuple[object, bytes]] = field(default_factory=dict)

    def of(self, source: object, key: Hashable, body: Callable[[], Body]) -> bytes:
        """Return what `encoded` makes of `body`, which follows from `source` and `key`."""
        known = self._known.get((id(source), key))
        if known is not None:
            return known[1]
        if len(self._known) >= _KEPT:
            self._known.clear()
        rest = encoded(body())
        self._known[id(source), key] = (source, rest)  # the source stays, so that its id is its own
        return rest

    def forget(self) -> None:
        """Drop what was prepared, for some of it may be one person's words."""
        self._known.clear()
