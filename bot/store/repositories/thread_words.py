"""Thread words: which tickets have words in what was said on them, by anybody but the desk itself.

All words have to stand in one entry, in any order. PostgreSQL has an index of words, and finds how they begin; SQLite
looks through the entries, and finds them within words, too.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Select, Text, and_, bindparam, literal_column, select

from bot.store.schema.helpdesk import ticket_entries, tickets
from programme.model.tickets import Author, TicketState

_t, _e = tickets.c, ticket_entries.c

NEWEST: Final = 2_000
"""So many of the newest entries with such words are looked at among closed tickets: a word of all days has millions."""

_WORDS: Final[ColumnElement[str]] = literal_column("to_tsvector('simple', ticket_entries.text)")
"""As the index has it; written out, for SQLAlchemy knows it by a dialect that SQLite does not load."""

MOST_WORDS: Final = 8
_WORD: Final = re.compile(r"[^\W_]+")


def with_words(written: str, dialect: str, *, closed_since: datetime | None) -> Select[tuple[int]] | None:
    """Select the tickets whose thread has these words: open ones, or closed ones opened since then.

    None where there is no word.
    """
    found = _WORD.findall(written.lower())[:MOST_WORDS]
    if not found:
        return None
    chosen = select(_e.ticket).where(_has(found, dialect), _e.author != Author.DESK)
    if closed_since is not None:
        return chosen.where(_e.at >= closed_since).order_by(_e.id.desc()).limit(NEWEST)
    return chosen.join(tickets, _t.id == _e.ticket).where(_t.state != TicketState.CLOSED)


def in_text(written: str, text: ColumnElement[str]) -> ColumnElement[bool]:
    """Match a short text that has all words, wherever in it."""
    found = _WORD.findall(written)[:MOST_WORDS] or [written]
    return and_(*(text.icontains(word, autoescape=True) for word in found))


def _has(words: list[str], dialect: str) -> ColumnElement[bool]:
    if dialect == "sqlite":
        return and_(*(_e.text.icontains(word, autoescape=True) for word in words))
    begun = bindparam(None, " & ".join(f"{word}:*" for word in words), Text)
    return _WORDS.bool_op("@@")(begun.op("::")(literal_column("tsquery")))
