"""Messages to the staff about broadcasts: how far one is, edited as it goes on, and requests to approve."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from bot.broadcasts.over_whatsapp import whatsapp_outlook
from bot.broadcasts.rules import BroadcastRules
from bot.store import State, UnitOfWork
from handlers.staff.progress_words import approval_message, progress_message
from locales import speaking
from programme.model.broadcast_refusals import NeverWrote, NoSuchBroadcast, NotAllowed, NotNow, OwnApproval
from programme.model.broadcasts import MAY_BROADCAST, POSSIBLE, Broadcast, BroadcastAct, BroadcastState, Progress
from programme.model.deliveries import Delivery
from programme.model.messages import Kind, Message
from programme.model.staff import StaffMember
from programme.model.windows import WINDOWS

_SHORTEST = timedelta(seconds=5)
_STEPS = 200

RECEIPTS_EVERY: Final = timedelta(minutes=5)
"""So often at most the author is shown how many more arrived of a broadcast that is through."""


@dataclass(frozen=True, slots=True)
class News:
    """The present state of a broadcast, for its author; the `told`th message of its kind."""

    number: int
    told: int
    delivery: Delivery


async def tell_author(tx: UnitOfWork, found: Broadcast, rules: BroadcastRules) -> None:
    """Owe the author the present state where it has changed."""
    if (news := await news_for_author(tx, found, rules)) is not None:
        await owe_news(tx, news)


async def owe_news(tx: UnitOfWork, news: News) -> int:
    """Put the message in the outbox, unless another worker was quicker."""
    if not await tx.broadcasts.note_told(news.number, news.told):
        return 0
    await tx.outbox.put([news.delivery])
    return 1


async def news_for_author(tx: UnitOfWork, found: Broadcast, rules: BroadcastRules) -> News | None:
    """Write the present state, if it has changed and nothing is on its way to the author.

    Each message takes the place of the one before it.
    """
    channel, _colon, address = found.author.partition(":")
    person = await tx.people.who(channel, address)
    if person is None:
        return None
    told, told_at = await tx.broadcasts.told(found.id)
    if found.state is BroadcastState.RUNNING and told > 1 and told_at and tx.now < told_at + _pause(found, rules):
        return None
    latest = await tx.broadcasts.deliveries.entry(person, _progress_source(found, told)) if told else None
    if latest is not None and latest.state in {State.PENDING, State.LEASED, State.GONE}:
        return None
    through = found.state.is_final or found.state is BroadcastState.PAUSED
    progress = await (tx.broadcasts.told_why if through else tx.broadcasts.progress)(found.id)
    left = _left(found, progress)
    whatsapp = await whatsapp_outlook(tx, found.over_whatsapp.of(left, found.expected), rules)
    lasts = rules.lasts(left, whatsapp)
    with speaking(await _language(tx, person)):
        message = progress_message(found, progress, lasts, tx.now)
        told_before = progress_message(found, replace(progress, receipts={}), lasts, tx.now)
    if latest is not None and (
        latest.message == message or (_begins_with(latest.message, told_before) and _is_fresh(channel, told_at, tx.now))
    ):
        return None
    delivery = Delivery(
        participant=person,
        source=_progress_source(found, told + 1),
        kind=Kind.STAFF,
        due_at=tx.now,
        message=message,
        channel=channel,
        address=address,
        edits=latest.provider_id if latest is not None else None,
    )
    return News(found.id, told + 1, delivery)


async def ask_for_approval(tx: UnitOfWork, found: Broadcast, rules: BroadcastRules) -> None:
    """Ask everybody who may approve it but the author."""
    others = [each for each in await tx.staff.everybody() if each.who != found.author]
    asked = [await _request(tx, found, each, rules) for each in others if each.role.covers(MAY_BROADCAST)]
    await tx.outbox.put([each for each in asked if each is not None])


async def ask_to_approve(tx: UnitOfWork, number: int, member: StaffMember, rules: BroadcastRules) -> None:
    """Ask one person once more, in their own chat. Raises BroadcastRefused."""
    found = await tx.broadcasts.get(number)
    if found is None:
        raise NoSuchBroadcast(number)
    if found.state not in POSSIBLE[BroadcastAct.APPROVE]:
        raise NotNow(BroadcastAct.APPROVE, found.state)
    if not member.role.covers(MAY_BROADCAST):
        raise NotAllowed(MAY_BROADCAST)
    if member.who == found.author:
        raise OwnApproval
    request = await _request(tx, found, member, rules, f"/{uuid4().hex}")
    if request is None:
        raise NeverWrote(member.name)
    await tx.outbox.put([request])


async def _request(
    tx: UnitOfWork, found: Broadcast, member: StaffMember, rules: BroadcastRules, again: str = ""
) -> Delivery | None:
    person = await tx.people.who(member.channel, member.address)
    if person is None:
        return None
    whatsapp = await whatsapp_outlook(tx, found.over_whatsapp, rules)
    with speaking(await _language(tx, person)):
        lasts, stars = rules.lasts(found.expected, whatsapp), rules.stars(found.expected - found.over_whatsapp.people)
        message = approval_message(found, lasts, stars, whatsapp)
    return Delivery(
        participant=person,
        source=f"{found.source}/approval{again}",
        kind=Kind.STAFF,
        due_at=tx.now,
        message=message,
        channel=member.channel,
        address=member.address,
    )


def _begins_with(told: Message | None, message: Message) -> bool:
    """Tell whether what was told differs at most in how far messages came, which is said last."""
    return told is not None and told.keys == message.keys and told.text.startswith(message.text)


def _is_fresh(channel: str, told_at: datetime | None, now: datetime) -> bool:
    """Tell whether receipts alone are no reason to tell again: where nothing can be edited they never are."""
    return channel in WINDOWS or (told_at is not None and now < told_at + RECEIPTS_EVERY)


def _pause(found: Broadcast, rules: BroadcastRules) -> timedelta:
    """How long to wait between two messages: at most so many from beginning to end."""
    return max(_SHORTEST, rules.lasts(found.expected) / _STEPS)


def _progress_source(found: Broadcast, number: int) -> str:
    return f"{found.source}/progress/{number}"


def _left(found: Broadcast, progress: Progress) -> int:
    return max(0, found.expected - progress.planned) + progress.waiting


async def _language(tx: UnitOfWork, person: int) -> str:
    found = await tx.people.get(person)
    return found.language if found is not None else "id"
