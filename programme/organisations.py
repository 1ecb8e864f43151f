"""Organisations outside the programme that people deal with, under the names that they use for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from programme.contacts import Contact


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A platform or a payment partner. `aliases` are what people write instead of its name."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    source: str
    as_of: str


Some = TypeVar("Some", bound=Organisation)


def find_named(text: str, among: Mapping[str, Some]) -> Some | None:
    """Return the one whose id, name or alias is `text`, whatever its case, spaces and punctuation."""
    wanted = _plain(text)
    return next(
        (one for one in among.values() if wanted in {_plain(each) for each in (one.id, one.name, *one.aliases)}),
        None,
    )


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
