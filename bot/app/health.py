"""What an operator is told about a pulse: how things stand, and what is wrong with what to do about it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from bot.inbound.dispatcher import BEHIND
from bot.rate_limit.shared_row import Budgets
from bot.store import Transaction
from bot.store.repositories.queue_stats import Pulse, Queue
from programme.model.messages import Kind

ANSWER_WITHIN = timedelta(seconds=10)
SWEEP_WITHIN = timedelta(minutes=1)
SEND_WITHIN = timedelta(seconds=30)
SHOW_WITHIN = timedelta(minutes=1)
"""How long a message, a reminder row, an urgent delivery and a ticket may wait before an operator is told."""

_NAMED = 5  # of what was set aside
_URGENT = {Kind.REPLY: "replies", Kind.STAFF: "messages of staff", Kind.REMINDER: "reminders"}
_NAMES = _URGENT | {Kind.BROADCAST: "announcements"}


async def look(tx: Transaction, now: datetime) -> Pulse:
    """Read how much waits at `now`, and which messengers want to hear nothing."""
    return replace(await tx.pulse(now), frozen=await tx.repository(Budgets).frozen(time.monotonic()))


def lines(pulse: Pulse) -> list[str]:
    """Say how things stand, without anything about anybody."""
    due = [f"{_NAMES[kind]} due: {_queue(pulse, queue)}" for kind, queue in pulse.due.items()]
    pauses = [f"{account} wants a pause of {seconds:.0f} s" for account, seconds in pulse.frozen.items() if seconds]
    return [
        f"messages to answer: {_queue(pulse, pulse.inbox)}",
        *(due or ["deliveries due: none"]),
        f"reminders to sweep: {_queue(pulse, pulse.unswept)}",
        *pauses,
        *(f"not shown in the staff group {room} yet: {_queue(pulse, queue)}" for room, queue in pulse.unseen.items()),
    ]


def one_line(pulse: Pulse) -> str:
    """Say the same in one line."""
    return "; ".join(lines(pulse))


def complaints(pulse: Pulse) -> list[str]:
    """Say what waits for too long, and which role should have seen to it; empty where all is well."""
    return list(_complaints(pulse))


def _complaints(pulse: Pulse) -> Iterator[str]:
    if pulse.inbox.waiting >= BEHIND:
        yield f"{pulse.inbox.waiting:,} messages wait for an answer: announcements pause. More web processes help"
    elif _waited(pulse, pulse.inbox) > ANSWER_WITHIN:
        yield f"somebody waits for an answer since {_since(pulse, pulse.inbox)}: is a web process running?"
    if _waited(pulse, pulse.unswept) > SWEEP_WITHIN:
        yield f"reminders fell due {_since(pulse, pulse.unswept)} ago and nobody looked: is a scheduler running?"
    if pulse.dead:
        named = [f"{one.sphere}/{one.key} ({one.reason}, {one.tries}x)" for one in pulse.dead[:_NAMED]]
        more = [f"{len(pulse.dead) - _NAMED:,} more"] if len(pulse.dead) > _NAMED else []
        yield (
            f"set aside after failing again and again: {', '.join(named + more)}. What it means, and how to retry or "
            "drop it: sobat dead-letters"
        )
    for room, queue in pulse.unseen.items():
        if _waited(pulse, queue) > SHOW_WITHIN:
            yield (
                f"{queue.waiting:,} tickets are not shown in the staff group {room}, the first since "
                f"{_since(pulse, queue)}: Telegram takes 20 acts a minute there, a new complaint takes two. A second "
                "group in TELEGRAM_STAFF_GROUP shares them; is the bot still an administrator of this one?"
            )
    if any(pulse.frozen.values()):
        return
    for kind, name in _URGENT.items():
        if _waited(pulse, queue := pulse.due.get(kind, Queue())) > SEND_WITHIN:
            yield f"{queue.waiting:,} {name} are due, the first since {_since(pulse, queue)}: is a worker running?"


def _queue(pulse: Pulse, queue: Queue) -> str:
    if not queue.waiting:
        return "none"
    return f"{queue.waiting:,} since {_since(pulse, queue)}" if queue.since else f"{queue.waiting:,}"


def _waited(pulse: Pulse, queue: Queue) -> timedelta:
    return pulse.at - queue.since if queue.since else timedelta()


def _since(pulse: Pulse, queue: Queue) -> str:
    seconds = max(_waited(pulse, queue).total_seconds(), 0)
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:,.0f} min"
