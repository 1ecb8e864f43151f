"""What went out to one person when, what is still to come, and what was called off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from time import monotonic
from typing import Final

from bot.channels.plain import plain
from bot.demo.running import RunningApp
from bot.store.delivery_queue.states import LogEntry
from locales import _
from programme.model.deliveries import Claimed, Due
from programme.model.messages import Kind, Message
from programme.model.milestones import Milestone
from programme.model.participants import Participant
from reminders.wording.titles import title_of

MOST = 60
"""How many deliveries are looked back at."""

_SETTLING: Final = 3.0
"""Seconds after a message went out in which its state may still change."""


class Fate(StrEnum):
    """What became of a message, as the page shows it."""

    AHEAD = "ahead"
    SENT = "sent"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One line of the journal. `at` is UTC; `note` tells why, where there is something to tell."""

    at: datetime
    kind: Kind
    title: str
    fate: Fate
    note: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The journal at one moment: earlier ones newest first, those ahead earliest first."""

    ahead: Sequence[JournalEntry] = ()
    behind: Sequence[JournalEntry] = ()
    participant: Participant | None = None


@dataclass(slots=True, repr=False, eq=False)
class Journal:
    """Follows what the sender carries, for the people at the page."""

    app: RunningApp
    _people: dict[str, int] = field(default_factory=dict)
    _news: dict[str, float] = field(default_factory=dict)
    _promised: dict[str, dict[str, Due]] = field(default_factory=dict)

    def heard(self, claimed: Claimed, _message: Message, _at: datetime) -> None:
        """Take note of a message that went out."""
        if claimed.channel == "web":
            self._people[claimed.address] = claimed.delivery.participant
            self._news[claimed.address] = monotonic()

    def has_news(self, address: str) -> bool:
        """Tell whether something went to `address` in the last seconds, so that it must be read again."""
        return monotonic() - self._news.get(address, -_SETTLING) < _SETTLING

    def person(self, address: str) -> int | None:
        """Return the participant at an address, once something was sent there."""
        return self._people.get(address)

    def forget(self, address: str) -> None:
        """Drop what was promised to whoever was at this address."""
        self._people.pop(address, None)
        self._news.pop(address, None)
        self._promised.pop(address, None)

    async def read(self, address: str) -> Page:
        """Return the journal of the person at `address` now."""
        number, now = self._people.get(address), self.app.clock.now()
        if number is None:
            return Page()
        async with self.app.store.reading() as tx:
            participant = await tx.people.get(number)
            log = await tx.outbox.log(MOST, participant=number)
        if participant is None:
            return Page()
        behind = [
            JournalEntry(
                at=one.closed_at or one.due_at,
                kind=one.kind,
                title=self._title(one),
                fate=_fate(one.state),
            )
            for one in log
        ]
        behind.sort(key=lambda entry: entry.at, reverse=True)
        return Page(self._ahead(address, participant, now), behind, participant)

    def _ahead(self, address: str, participant: Participant, now: datetime) -> list[JournalEntry]:
        """List what is to come, and what was to come before the person bought or changed their mind."""
        upcoming = {due.source: due for due in self.app.inbox_processor.turn_handler.desk.upcoming(participant, now)}
        promised = self._promised.setdefault(address, {})
        promised.update(upcoming)
        for source in [source for source, due in promised.items() if due.at <= now]:
            del promised[source]
        entries = [
            JournalEntry(
                at=due.at,
                kind=Kind.REMINDER,
                title=title_of(source, self.app.policy),
                fate=Fate.AHEAD if source in upcoming else Fate.CANCELLED,
                note="" if source in upcoming else _called_off(due, participant),
            )
            for source, due in promised.items()
        ]
        return sorted(entries, key=lambda entry: entry.at)

    def _title(self, one: LogEntry) -> str:
        if one.kind is Kind.REMINDER:
            return title_of(one.source, self.app.policy)
        return _first_line(one.message) if one.message else ""


def _first_line(message: Message) -> str:
    return next((line.strip() for line in plain(message.text).splitlines() if line.strip()), "")


def _fate(state: str) -> Fate:
    match state:
        case "sent" | "cancelled" | "expired":
            return Fate(state)
        case "pending" | "leased":
            return Fate.AHEAD
        case _:
            return Fate.FAILED


def _called_off(due: Due, participant: Participant) -> str:
    if due.unless is None or not participant.has(due.unless):
        return _("Dibatalkan, tidak perlu lagi")
    return _("Dibatalkan, sudah beli") if due.unless is Milestone.BOUGHT else _("Dibatalkan, sudah selesai")
