"""The rules of the helpdesk, from `helpdesk.toml`: hours, targets, queue, incidents, and its canned replies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from programme.loading import DataRow, read_records
from programme.working_hours import Shift, WorkingHours, indonesian_holidays

DATA = Path(__file__).with_name("data")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Assignment(StrEnum):
    """Who gives tickets to agents."""

    BY_HAND = "by_hand"
    ROUND_ROBIN = "round_robin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Working time within which to answer and to close, for people with at most `within` left to their cutoff."""

    within: timedelta | None
    first_answer: timedelta
    closing: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRule:
    """When complaints jump: `at_least` in the `window`, and `times_usual` what such a window had before."""

    window: timedelta
    at_least: int
    times_usual: int
    usual_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CannedReply:
    """Words that staff send again and again, for one intent; {places} are filled when sent."""

    name: str
    intent: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpdeskRules:
    """How the helpdesk works."""

    hours: WorkingHours
    targets: tuple[Target, ...]
    warn_before: float
    assignment: Assignment
    capacity: int
    idle: timedelta
    a_ticket: timedelta
    reopen_within: timedelta
    quiet: timedelta
    invitation_lasts: timedelta
    incidents: IncidentRule
    canned: Mapping[str, CannedReply]

    def target(self, cutoff: datetime | None, at: datetime) -> Target:
        """Return the targets of a ticket opened at `at`, tighter the nearer its cutoff; past it, the loosest."""
        left = None if cutoff is None or cutoff <= at else cutoff - at
        near = (each for each in self.targets if each.within is not None and left is not None and left <= each.within)
        return next(near, self.targets[-1])

    def expected_at(self, place: int, agents: int, a_ticket: timedelta | None, now: datetime) -> datetime | None:
        """Return when the ticket at `place` (from 1) will be answered; None where nobody is there to say.

        `a_ticket` is how long one agent was measured to need for one ticket.
        """
        if agents <= 0:
            return None
        return self.hours.after(now, (a_ticket or self.a_ticket) * place / agents)


@cache
def load_helpdesk() -> HelpdeskRules:
    """Read the rules and the canned replies, once. Raises DataError."""
    entries = dict(read_records(DATA / "helpdesk.toml"))
    queue, incidents, targets = entries["queue"], entries["incidents"], entries["targets"]
    for entry in entries.values():
        entry.text("source")
        entry.as_of()
    return HelpdeskRules(
        hours=_hours(entries["hours"]),
        targets=tuple(map(_target, targets.entries("by_cutoff"))),
        warn_before=targets.number("warn_before_percent") / 100,
        assignment=queue.choice("assignment", Assignment),
        capacity=queue.number("capacity"),
        idle=timedelta(minutes=queue.number("idle_minutes")),
        a_ticket=timedelta(minutes=queue.number("minutes_a_ticket")),
        reopen_within=timedelta(days=queue.number("reopen_days")),
        quiet=timedelta(days=queue.number("quiet_days")),
        invitation_lasts=timedelta(hours=queue.number("invitation_hours")),
        incidents=IncidentRule(
            window=timedelta(minutes=incidents.number("window_minutes")),
            at_least=incidents.number("at_least"),
            times_usual=incidents.number("times_usual"),
            usual_days=incidents.number("usual_days"),
        ),
        canned=_canned(DATA / "canned_replies.toml"),
    )


def _hours(entry: DataRow) -> WorkingHours:
    shifts = [_shift(each) for each in entry.entries("shifts")]
    return WorkingHours(
        shifts=MappingProxyType({shift.name: shift for shift in shifts}),
        is_holiday=indonesian_holidays(),
        closed_on=frozenset(map(date.fromisoformat, entry.texts("closed_on"))),
        open_on=frozenset(map(date.fromisoformat, entry.texts("open_on"))),
    )


def _shift(entry: DataRow) -> Shift:
    days = entry.texts("days")
    if not set(days) <= set(_DAYS):
        entry.fail("days", f"is {days!r}", "write days as " + ", ".join(_DAYS))
    begins, ends = _clock(entry, "begins", entry.text("begins")), _clock(entry, "ends", entry.text("ends"))
    if begins >= ends:
        entry.fail("ends", "is not after begins", "split a shift at midnight")
    breaks = tuple(_pause(entry, written) for written in entry.texts("breaks"))
    return Shift(
        name=entry.text("name"),
        days=frozenset(map(_DAYS.index, days)),
        begins=begins,
        ends=ends,
        breaks=breaks,
    )


def _pause(entry: DataRow, written: str) -> tuple[time, time]:
    start, _dash, end = written.partition("-")
    return _clock(entry, "breaks", start), _clock(entry, "breaks", end)


def _clock(entry: DataRow, name: str, written: str) -> time:
    try:
        return time.fromisoformat(written)
    except ValueError:
        entry.fail(name, f"is {written!r}", "write the hour as HH:MM")


def _target(entry: DataRow) -> Target:
    hours = entry.number("hours_left")
    return Target(
        within=timedelta(hours=hours) if hours else None,
        first_answer=timedelta(minutes=entry.number("first_answer")),
        closing=timedelta(minutes=entry.number("closing")),
    )


def _canned(file: Path) -> Mapping[str, CannedReply]:
    read = {
        name: CannedReply(name=name, intent=entry.text("intent"), text=entry.text("text"))
        for name, entry in read_records(file)
        if entry.text("source") and entry.as_of()
    }
    return MappingProxyType(read)
