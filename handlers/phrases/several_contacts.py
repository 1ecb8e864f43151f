"""Contacts of several organisations that were named in one breath, a line each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.contact_buttons import in_words, with_contacts
from handlers.phrases.told_by import told_by
from handlers.understanding import find_entities
from locales import Html, _, fill
from programme.organisations import Organisation

_MOST = 3


def said_ids(kind: str, turn: Turn) -> list[str]:
    """Return what the opening words name of a kind, each once and three at most."""
    found = find_entities(turn.said, today=turn.today) if turn.said else ()
    return list(dict.fromkeys(entity.value for entity in found if entity.kind == kind))[:_MOST]


def contacts_of_several(title: str, named: Sequence[Organisation], turn: Turn) -> Reply:
    """Name the ways to each below the title, then whose word it is, with a button for each way."""
    sources = dict.fromkeys(told_by(one, turn.now) for one in named if one.contacts)
    reply = say("{lines}", lines=Html("\n".join([title, *_lines(named), *sources])))
    return reduce(lambda told, one: with_contacts(told, one.name, one.contacts), named, reply)


def _lines(named: Iterable[Organisation]) -> list[str]:
    return [
        fill(_("• <b>{name}</b>: {ways}"), name=one.name, ways=in_words(one.contacts))
        if one.contacts
        else fill(_("• <b>{name}</b>: kontak layanannya tidak ada di catatanku."), name=one.name)
        for one in named
    ]
