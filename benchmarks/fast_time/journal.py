"""The night's journal: what people did and heard, and what lay in the store when it was over."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from programme.model.messages import Kind
from programme.model.milestones import Milestone


@dataclass(frozen=True, slots=True)
class Taken:
    """A messenger took a message of the bot's for somebody; `provider_id` is its own name for it."""

    channel: str
    provider_id: str
    address: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Row:
    """A delivery as the store has it at the end. `person` is the participant's number there."""

    person: int
    source: str
    kind: Kind
    state: str
    not_after: datetime | None = None
    unless: Milestone | None = None
    channel: str | None = None
    provider_id: str | None = None
    reason: str | None = None


@dataclass(slots=True)
class Life:
    """What became of somebody who passed. `said` are the moments of what they wrote to the bot."""

    addresses: tuple[tuple[str, str], ...] = ()
    said: list[datetime] = field(default_factory=list)
    joined: datetime | None = None
    left: datetime | None = None
    """When they blocked the bot."""
    asked: datetime | None = None
    understood: datetime | None = None
    missed: list[tuple[str, str]] = field(default_factory=list)
    """What they asked without being understood, and what came."""
    complained: datetime | None = None
    helped: datetime | None = None
    decided: datetime | None = None
    bought: datetime | None = None
    told: datetime | None = None
    """When the bot had said that it noted the purchase, or the programme's list told it."""
    silent: bool = False
    """Whether they only listen: what they do, nobody knows."""


@dataclass(slots=True)
class Journal:
    """All of it. `people` is whose number in the store an address is; `began` and `cutoff` bound the night."""

    cutoff: datetime
    lives: list[Life] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    people: dict[tuple[str, str], int] = field(default_factory=dict)
    unanswered: int = 0
    """Messages that lay in the inbox without an answer at the end."""
    kills: list[tuple[datetime, str]] = field(default_factory=list)
    """When which process was killed."""
