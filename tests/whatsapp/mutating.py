"""Webhooks made wrong by chance: fields gone, of another type, twice, nested, huge, strange, at wrong times."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tests.whatsapp.real import number_of, real_webhooks
from tests.whatsapp.written import OURS, WRITTEN

_STRANGE = (
    "",
    "\0",
    "\ud83d",
    "\u202e123456\u200b",
    "é" * 300,
    "x" * 20_000,
    "1" * 5_000,
    "page:a:1",
    "wamid.",
    "group",
    "٣٤٥",
    "'; DROP TABLE people; --",
    "😮\U0010ffff",
)
_OTHERS = (None, True, False, 0, -1, 10**30, 1.5, 1e308, [], {}, [[]], [None], {"": None}, *_STRANGE)
_TIMES = ("0", "-1", "99999999999999999999", "x", 1e300, -(10**30), 4_102_444_800, "1697043223.5", "")

Change = Callable[[random.Random, Any, Any], None]


def _drop(chance: random.Random, holder: Any, key: Any) -> None:
    del holder[key]


def _replace(chance: random.Random, holder: Any, key: Any) -> None:
    holder[key] = copy.deepcopy(chance.choice(_OTHERS))


def _double(chance: random.Random, holder: Any, key: Any) -> None:
    if isinstance(holder, list):
        holder.insert(key, copy.deepcopy(holder[key]))
    else:
        holder[key] = [holder[key], copy.deepcopy(holder[key])]


def _nest(chance: random.Random, holder: Any, key: Any) -> None:
    for _ in range(chance.choice((1, 1, 3, 200))):
        holder[key] = [holder[key]] if chance.random() < 0.5 else {str(key): holder[key]}


def _write(chance: random.Random, holder: Any, key: Any) -> None:
    if isinstance(holder[key], str):
        holder[key] = chance.choice((holder[key] + chance.choice(_STRANGE), chance.choice(_STRANGE)))


def _rename(chance: random.Random, holder: Any, key: Any) -> None:
    if isinstance(holder, dict):
        holder[chance.choice(("from", "type", "text", "id", "errors", "x"))] = holder.pop(key)


def _time(chance: random.Random, holder: Any, key: Any) -> None:
    holder[key] = chance.choice(_TIMES)


_CHANGES: Sequence[Change] = (_drop, _replace, _double, _nest, _write, _rename, _time)


def mutations(count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Make `count` webhooks, each wrong in one to four places; the same ones for the same seed."""
    return mutated(_ours(), count, seed)


def mutated(sound: Sequence[dict[str, Any]], count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Make `count` of what is sound, each wrong in one to four places; the same ones for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        payload = copy.deepcopy(chance.choice(sound))
        for _ in range(chance.choice((1, 1, 1, 2, 4))):
            places = list(_places(payload))
            if places:
                chance.choice(_CHANGES)(chance, *chance.choice(places))
        yield payload


def _ours() -> list[dict[str, Any]]:
    """Sound webhooks to begin with, all for our number."""
    sound = [*real_webhooks().values(), *WRITTEN]
    for payload in filter(number_of, sound):
        payload["entry"][0]["changes"][0]["value"]["metadata"]["phone_number_id"] = OURS
    return sound


def _places(held: Any, depth: int = 0) -> Iterator[tuple[Any, Any]]:
    """Go through everything that can be changed, as what holds it and where; not too deep, for it was nested."""
    if depth > 12:
        return
    for key in list(held) if isinstance(held, dict) else range(len(held)):
        yield held, key
        if isinstance(held[key], dict | list):
            yield from _places(held[key], depth + 1)
