"""Messages to the staff about announcements: how far one is, edited as it goes on, and requests to approve."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.store import State, Transaction
from handlers.staff.progress_words import approval_message, progress_message
from locales import speaking
from programme.broadcasts import MAY_BROADCAST, Broadcast, BroadcastState, Progress
from programme.deliveries import Delivery
from programme.messages import Kind
from reminders.broadcasts import BroadcastRules

_SHORTEST = timedelta(seconds=5)
_STEPS = 200  # at most so many edits from beginning to end


async def tell_author(tx: Transaction, found: Broadcast, rules: BroadcastRules, now: datetime) -> int:
    """Owe the author the present state where it has changed; return how many messages that makes.

    Each message takes the place of the one before it, and none is owed while one is on its way.
    """
    person = await tx.staff.participant(found.author)
    if person is None:
        return 0
    told, told_at = await tx.broadcasts.told(found.id)
    latest = await tx.broadcasts.deliveries.entry(person, _progress_source(found, told)) if told else None
    if latest is not None and latest.state in {State.PENDING, State.LEASED, State.GONE}:
        return 0
    progress = await tx.broadcasts.progress(found.id)
    pause = max(_SHORTEST, rules.lasts(found.expected) / _STEPS)
    if found.state is BroadcastState.RUNNING and told_at is not None and now < told_at + pause and told > 1:
        return 0
    with speaking(await _language(tx, person)):
        message = progress_message(found, progress, rules.lasts(_left(found, progress)), now)
    if latest is not None and latest.message == message:
        return 0
    if not await tx.broadcasts.note_told(found.id, told + 1, now):
        return 0
    channel, _colon, address = found.author.partition(":")
    await tx.outbox.put(
        [
            Delivery(
                participant=person,
                source=_progress_source(found, told + 1),
                kind=Kind.STAFF,
                due_at=now,
                message=message,
                channel=channel,
                address=address,
                edits=latest.provider_id if latest is not None else None,
            )
        ]
    )
    return 1


async def ask_for_approval(tx: Transaction, found: Broadcast, rules: BroadcastRules, now: datetime) -> int:
    """Ask everybody who may approve it but the author; return how many people that are."""
    asked = []
    for member in await tx.staff.everybody():
        person = await tx.staff.participant(member.who)
        if person is None or member.who == found.author or not member.role.covers(MAY_BROADCAST):
            continue
        with speaking(await _language(tx, person)):
            message = approval_message(found, rules.lasts(found.expected), rules.stars(found.expected))
        asked.append(
            Delivery(
                participant=person,
                source=f"{found.source}/approval",
                kind=Kind.STAFF,
                due_at=now,
                message=message,
                channel=member.channel,
                address=member.address,
            )
        )
    await tx.outbox.put(asked)
    return len(asked)


def _progress_source(found: Broadcast, number: int) -> str:
    return f"{found.source}/progress/{number}"


def _left(found: Broadcast, progress: Progress) -> int:
    return max(0, found.expected - progress.planned) + progress.waiting


async def _language(tx: Transaction, person: int) -> str:
    found = await tx.people.get(person)
    return found.language if found is not None else "id"
