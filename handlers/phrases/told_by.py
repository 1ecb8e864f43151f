"""Source line: the short line under a fact that a participant may doubt."""

from __future__ import annotations

import re
from datetime import date, datetime

from handlers.dialogue.reply import Reply
from locales import Html, _, fill, short_date
from programme.facts import Sourced, known_at


def told_by(fact: Sourced, now: datetime) -> Html:
    """Name the source without its article numbers, and as of when; nothing where it spoke later than `now`."""
    if not known_at(fact.as_of, now):
        return Html("")
    name = re.split(r"[,;(]| \d", fact.source)[0].strip()
    return Html(fill(_("<i>Sumber: {name}, {as_of}.</i>"), name=name, as_of=as_of(fact)))


def with_source(reply: Reply, fact: Sourced, now: datetime) -> Reply:
    """Add the source as a line of its own, if it had spoken by `now`."""
    source = told_by(fact, now)
    return reply.also("{source}", source=source) if source else reply


def as_of(fact: Sourced) -> str:
    """Write the as-of as people do: *18 Oktober 2021*, or the year as it is."""
    whole = re.fullmatch(r"\d{4}-\d\d-\d\d", fact.as_of)
    return short_date(date.fromisoformat(fact.as_of)) if whole else fact.as_of
