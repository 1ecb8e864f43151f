"""Health: what an operator is told about the queues, and what is wrong with what to do about it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.app.whatsapp_health import account_complaints
from bot.inbound.dispatcher import BEHIND
from bot.rate_limit.shared_row import TokenBuckets
from bot.store import UnitOfWork
from bot.store.repositories.queue_stats import Queue, QueueStats
from programme.model.messages import Kind

ANSWER_WITHIN = timedelta(seconds=10)
SWEEP_WITHIN = timedelta(minutes=1)
SEND_WITHIN = timedelta(seconds=30)
SHOW_WITHIN = timedelta(minutes=1)
"""How long a message, a reminder row, an urgent delivery and a ticket may wait before an operator is told."""

_NAMED = 5  # of what was set aside
_URGENT = {Kind.REPLY: "replies", Kind.STAFF: "messages of staff", Kind.REMINDER: "reminders"}
_NAMES = _URGENT | {Kind.BROADCAST: "announcements"}


async def look(tx: UnitOfWork) -> QueueStats:
    """Read how much waits, and which channels want to hear nothing."""
    return replace(await tx.queue_stats(), frozen=await TokenBuckets(tx.connection).frozen(time.monotonic()))


def lines(stats: QueueStats) -> list[str]:
    """Say how things stand, without anything about anybody."""
    due = [f"{_NAMES[kind]} due: {_queue(stats, queue)}" for kind, queue in stats.due.items()]
    pauses = [f"{account} wants a pause of {seconds:.0f} s" for account, seconds in stats.frozen.items() if seconds]
    return [
        f"messages to answer: {_queue(stats, stats.inbox)}",
        *(due or ["deliveries due: none"]),
        f"reminders to sweep: {_queue(stats, stats.unswept)}",
        *pauses,
        *(f"not shown in the staff group {room} yet: {_queue(stats, queue)}" for room, queue in stats.unseen.items()),
    ]


def one_line(stats: QueueStats) -> str:
    """Say the same in one line."""
    return "; ".join(lines(stats))


def complaints(stats: QueueStats, whatsapp_tier: int | None = None) -> list[str]:
    """Say what waits for too long, and which role should have seen to it; empty where all is well.

    `whatsapp_tier` is how many people a day may be written to there by the setting; None for what Meta told.
    """
    account = () if stats.whatsapp is None else account_complaints(stats.whatsapp, stats.at, whatsapp_tier)
    return [*_complaints(stats), *account]


def _complaints(stats: QueueStats) -> Iterator[str]:
    if stats.inbox.waiting >= BEHIND:
        yield f"{stats.inbox.waiting:,} messages wait for an answer: announcements pause. More web processes help"
    elif _waited(stats, stats.inbox) > ANSWER_WITHIN:
        yield f"somebody waits for an answer since {_since(stats, stats.inbox)}: is a web process running?"
    if _waited(stats, stats.unswept) > SWEEP_WITHIN:
        yield f"reminders fell due {_since(stats, stats.unswept)} ago and nobody looked: is a scheduler running?"
    if stats.restored_at is not None:
        yield "restored from a backup, and reminders are held back until somebody says: sobat restore --resume"
    if stats.dead:
        named = [f"{one.sphere}/{one.key} ({one.reason}, {one.tries}x)" for one in stats.dead[:_NAMED]]
        more = [f"{len(stats.dead) - _NAMED:,} more"] if len(stats.dead) > _NAMED else []
        yield (
            f"set aside after failing again and again: {', '.join(named + more)}. What it means, and how to retry or "
            "drop it: sobat dead-letters"
        )
    for room, queue in stats.unseen.items():
        if _waited(stats, queue) > SHOW_WITHIN:
            yield (
                f"{queue.waiting:,} tickets are not shown in the staff group {room}, the first since "
                f"{_since(stats, queue)}: Telegram takes 20 acts a minute there, a new complaint takes two. A second "
                "group in TELEGRAM_STAFF_GROUP shares them; is the bot still an administrator of this one?"
            )
    if any(stats.frozen.values()):
        return
    for kind, name in _URGENT.items():
        if _waited(stats, queue := stats.due.get(kind, Queue())) > SEND_WITHIN:
            yield f"{queue.waiting:,} {name} are due, the first since {_since(stats, queue)}: is a worker running?"


def _queue(stats: QueueStats, queue: Queue) -> str:
    if not queue.waiting:
        return "none"
    return f"{queue.waiting:,} since {_since(stats, queue)}" if queue.since else f"{queue.waiting:,}"


def _waited(stats: QueueStats, queue: Queue) -> timedelta:
    return stats.at - queue.since if queue.since else timedelta()


def _since(stats: QueueStats, queue: Queue) -> str:
    seconds = max(_waited(stats, queue).total_seconds(), 0)
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:,.0f} min"
