"""Thread words: which tickets have words in their complaint, or in what was said on them by anybody but the desk.

All words have to stand in one text, in any order. PostgreSQL has indexes of words, and finds how they begin; SQLite
looks through the texts, and finds them within words, too. Of words that are said all day long an index knows millions
of places: for those the texts of some tickets are looked through, the first ones of a list, and more when asked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Select, Text, and_, bindparam, literal_column, or_, select, union_all

from bot.store.schema.helpdesk import ticket_entries, tickets
from programme.model.tickets import Author, TicketState

_t, _e = tickets.c, ticket_entries.c

NEWEST: Final = 2_000
"""So many of the newest texts with such words are looked at among closed tickets."""

WORD_INDEXES: Final = ("ix_ticket_entries_words", "ix_tickets_words")

_SAID: Final[ColumnElement[str]] = literal_column("to_tsvector('simple', ticket_entries.text)")
_COMPLAINED: Final[ColumnElement[str]] = literal_column("to_tsvector('simple', tickets.complaint)")
"""As the indexes have it; written out, for SQLAlchemy knows it by a dialect that SQLite does not load."""

MOST_WORDS: Final = 8
_WORD: Final = re.compile(r"[^\W_]+")


def words_of(written: str) -> list[str]:
    """Return the words that are looked for."""
    return _WORD.findall(written.lower())[:MOST_WORDS]


def with_words(
    words: Sequence[str], often: Collection[str], dialect: str, closed_since: datetime | None
) -> ColumnElement[bool]:
    """Match the tickets that have these words: open ones, or closed ones opened since then."""
    said = select(_e.ticket).where(*_has(words, often, _e.text, _SAID, dialect), _e.author != Author.DESK)
    complained = select(_t.id).where(*_has(words, often, _t.complaint, _COMPLAINED, dialect))
    if closed_since is None:
        said = said.join(tickets, _t.id == _e.ticket).where(_t.state != TicketState.CLOSED)
        return _t.id.in_(union_all(said, complained.where(_t.state != TicketState.CLOSED)))
    newest = said.where(_e.at >= closed_since).order_by(_e.id.desc()).limit(NEWEST).subquery()
    theirs = complained.where(_t.state == TicketState.CLOSED, _t.opened_at >= closed_since)
    theirs_newest = theirs.order_by(_t.id.desc()).limit(NEWEST).subquery()
    # One list of both: where either would do, PostgreSQL looks at every ticket there is.
    return _t.id.in_(union_all(select(newest.c.ticket), select(theirs_newest.c.id)))


def among(numbers: Collection[int], words: Sequence[str], dialect: str) -> Select[tuple[int]]:
    """Select those of some tickets that have these words, by looking through what they hold."""
    said = select(_e.ticket).where(
        _e.ticket.in_(numbers), *_has(words, words, _e.text, _SAID, dialect), _e.author != Author.DESK
    )
    complained = and_(*_has(words, words, _t.complaint, _COMPLAINED, dialect))
    return select(_t.id).where(_t.id.in_(numbers), or_(complained, _t.id.in_(said)))


def _has(
    words: Sequence[str], often: Collection[str], text: ColumnElement[str], indexed: ColumnElement[str], dialect: str
) -> list[ColumnElement[bool]]:
    """Match a text that has all words. Those that are said `often` are asked of the text, the others of the index."""
    if dialect == "sqlite":
        return [text.icontains(word, autoescape=True) for word in words]
    unindexed = indexed.op("||")(literal_column("''::tsvector"))
    asked = (
        (indexed, [word for word in words if word not in often]),
        (unindexed, [word for word in words if word in often]),
    )
    return [of.bool_op("@@")(_query(some)) for of, some in asked if some]


def _query(words: Sequence[str]) -> ColumnElement[str]:
    begun = bindparam(None, " & ".join(f"{word}:*" for word in words), Text)
    return begun.op("::")(literal_column("tsquery"))
