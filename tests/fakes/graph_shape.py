"""The grammar of Graph's bodies: no field that it doesn't know, none that is missing, texts within their length."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Any
from urllib.parse import urlsplit

from tests.fakes.graph_errors import GraphError, missing, wrong


def fields(given: Any, allowed: Set[str], needed: Iterable[str], where: str = "") -> None:
    """Raises 100 for an unknown field (Meta: "unsupported or misspelled parameters"), 131008 for a missing one."""
    if not isinstance(given, dict):
        raise GraphError(100, f"{where or 'The body'} must be an object")
    unknown = sorted(given.keys() - allowed)
    if unknown:
        raise GraphError(100, f"Unexpected key {unknown[0]!r} on param {where or 'message'!r}")
    for name in needed:
        if name not in given:
            raise missing(f"{where}.{name}" if where else name)


def text(given: dict[str, Any], name: str, most: int, *, least: int = 1) -> str:
    """A text of at most so many characters, not blank. Raises 131009."""
    value = given.get(name)
    if not isinstance(value, str):
        raise wrong(f"{name} must be a string")
    if len(value) > most:
        raise wrong(f"{name} must be at most {most} characters, {len(value)} were given")
    if len(value.strip()) < least:
        raise wrong(f"{name} can't be empty")
    return value


def link(given: dict[str, Any], name: str) -> str:
    """An address that starts with http:// or https://."""
    parts = urlsplit(text(given, name, 2000))
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise wrong(f"{name} is not a valid URI.")
    return str(given[name])


def unique(values: list[str], what: str) -> None:
    """Raises 131009 where one of them comes twice."""
    if len(set(values)) != len(values):
        raise wrong(f"Duplicated {what}")
