"""How an address names what the inbox lists, so that a reload, a link and a file show the same."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.store.repositories.inbox_list import Pile, Wanted

ASKED: Final[Mapping[str, str]] = MappingProxyType(
    {"about": "perihal", "team": "tim", "label": "label", "words": "kata"}
)
"""The parts of `Wanted` that an address names, each with its name there; `tumpukan` is the pile."""


def wanted_by(asked: Mapping[str, str]) -> Wanted:
    """Read an address; what it can't mean is left out."""
    pile = asked.get("tumpukan", "")
    about, team, label, words = (asked.get(name, "")[:100] for name in ASKED.values())
    kept = Pile(pile) if pile in set(Pile) else Pile.WAITING
    return Wanted(pile=kept, about=about, team=team, label=label, words=words)
