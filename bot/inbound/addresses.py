"""Who writes, where a channel knows somebody by several names: what changes of it, and two channels of one person."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.store import InboxRow, UnitOfWork
from bot.store.repositories.speakers import Speaker
from handlers.dialogue.reply import Reply
from handlers.dialogue.turn_input import TurnOutcome
from handlers.link_web import told_of_channel
from locales import speaking
from programme.consent_words import consent_words
from programme.model.deliveries import Claimed, Delivery
from programme.model.events import (
    Event,
    MilestoneReached,
    ProcessingPaused,
    ProcessingResumed,
    RemindersWished,
    Welcomed,
    ZoneTold,
)
from programme.model.messages import Incoming, Kind, Sort
from programme.model.milestones import Source
from programme.model.participants import Participant, Pause, ReminderLevel
from programme.model.windows import WINDOWS

log = logging.getLogger(__name__)

UNSPOKEN: Final = frozenset({Sort.STOPPED, Sort.RESUMED, Sort.MARKETING_OFF, Sort.MARKETING_ON, Sort.MOVED})
"""What the channel tells of a person who said nothing: noted, answered with nothing, and no window opens by it."""

_PAGES: Final = frozenset({"web", "terminal"})
_DISPUTED = "⚠️ Sebuah alamat {channel} kini juga dimiliki peserta lain. Tidak ada data yang digabung: periksa keduanya."


async def speaking_now(tx: UnitOfWork, row: InboxRow) -> Speaker:
    """Return who writes, locked. A vouched number that is somebody's on another channel shows that it is they."""
    incoming = row.incoming
    speaker = await tx.people.speaker(
        incoming.channel,
        incoming.address,
        language=incoming.language,
        name=incoming.name,
        aliases=incoming.aliases,
    )
    if tx.people.disputed:
        await _tell_staff(tx, incoming)
    if row.number is not None and incoming.channel in WINDOWS:
        speaker = await _united(tx, row, speaker)
    if incoming.channel in WINDOWS and speaker.met:
        await tx.consents.give(speaker.participant.id, incoming)  # who writes first agrees to be answered and reminded
    return speaker


async def released(tx: UnitOfWork, incoming: Incoming, speaker: Speaker, *, lease: timedelta) -> Sequence[Claimed]:
    """Hold what waited for the person to write, to be sent before anything else.

    An answer of the staff names no place: it goes where its person wrote last, for that is where they look for it. So
    an answer that waits on WhatsApp goes out on Telegram once the same person writes there. A page on the web is no
    such place; it may be closed by now.
    """
    if speaker.met or incoming.channel in _PAGES:
        return ()
    return await tx.outbox.release(speaker.participant.id, incoming.channel, lease=lease)


async def note(tx: UnitOfWork, incoming: Incoming) -> None:
    """Note that the person blocked us or came back, wants advertising or none, or has another address."""
    channel, address = incoming.channel, incoming.address
    match incoming.sort:
        case Sort.STOPPED | Sort.RESUMED:
            await tx.people.set_reachable(channel, address, incoming.sort is Sort.RESUMED)
        case Sort.MARKETING_OFF | Sort.MARKETING_ON:
            await tx.people.set_marketing(channel, address, wanted=incoming.sort is Sort.MARKETING_ON)
        case _:
            await _moved(tx, incoming)


async def _moved(tx: UnitOfWork, incoming: Incoming) -> None:
    """Take over another address of the same person; their dialogue and reminders go with it."""
    found = await tx.people.aliases.move(incoming.channel, incoming.address, incoming.aliases)
    if found.taken:
        await _tell_staff(tx, incoming)


async def follow_wishes(tx: UnitOfWork, incoming: Incoming, outcome: TurnOutcome) -> None:
    """Note with the consent what the person decided about it, or about reminders on a channel that asks for one."""
    person = outcome.participant.id
    for event in outcome.events:
        match event:
            case Welcomed() | ProcessingResumed():
                await tx.consents.give(person, incoming, words=consent_words().version)
            case ProcessingPaused(why=Pause.WITHDRAWN):
                await tx.consents.withdraw(person)
            case RemindersWished(level=ReminderLevel.NONE) if incoming.channel in WINDOWS:
                await tx.consents.withdraw(person, incoming.channel)
            case RemindersWished() if incoming.channel in WINDOWS:
                await tx.consents.give(person, incoming)


async def _tell_staff(tx: UnitOfWork, incoming: Incoming) -> None:
    """Nothing is merged: whose an address is must not be guessed."""
    log.warning("a name of an address on %s belongs to another participant: nothing is merged", incoming.channel)
    await tx.views.notify_all(f"disputed/{incoming.channel}/{incoming.id}", _DISPUTED.format(channel=incoming.channel))


async def _united(tx: UnitOfWork, row: InboxRow, speaker: Speaker) -> Speaker:
    """Give this place to whoever shared the same number on another channel, and is not known on this one."""
    assert row.number is not None  # noqa: S101 - asked by the caller
    channel, stranger = row.incoming.channel, speaker.participant
    others = [each for each in await tx.people.with_number(row.number) if each != stranger.id]
    known = [each for each in others if channel not in {name for name, _address in await tx.people.places(each)}]
    if len(known) != 1:
        return speaker
    person = await tx.people.get(known[0])
    if person is None:
        return speaker
    await tx.people.lock(person.id)
    await tx.links.move(channel, row.incoming.address, stranger.id, person.id)
    if told := _told_here(stranger, person):
        for event in told:
            person = person.after(event)
        await tx.people.save(person, told)
    await _tell_elsewhere(tx, row, person)
    united = await tx.people.speaker(channel, row.incoming.address, language=None, aliases=row.incoming.aliases)
    return replace(united, participant=person)


def _told_here(stranger: Participant, person: Participant) -> list[Event]:
    """Return what was told on the new channel and is not known of the person yet."""
    told: list[Event] = [
        MilestoneReached(milestone=step.milestone, on=step.on, platform=step.platform, source=step.source)
        for step in stranger.progress.values()
        if step.source is not Source.OFFICIAL and not person.has(step.milestone)
    ]
    if stranger.zone is not None and person.zone is None:
        told.append(ZoneTold(stranger.zone))
    if stranger.pause is not None and person.pause is None:
        told.append(ProcessingPaused(stranger.pause.value))
    return told


async def _tell_elsewhere(tx: UnitOfWork, row: InboxRow, person: Participant) -> None:
    """Tell the person where they are known already, so that nobody is linked behind their back."""
    here = (row.incoming.channel, row.incoming.address)
    with speaking(person.language):
        words = told_of_channel(row.incoming.channel)
    places = [place for place in await tx.people.places(person.id) if place != here]
    await tell_at(tx, places, f"united/{row.id}", person, words)


async def tell_at(
    tx: UnitOfWork, places: Sequence[tuple[str, str]], source: str, person: Participant, words: Reply
) -> None:
    """Tell the person each of these messages at every one of `places`: channel and address."""
    await tx.outbox.put(
        [
            Delivery(
                participant=person.id,
                source=f"{source}/{channel}",
                kind=Kind.REPLY,
                due_at=tx.now,
                message=message,
                channel=channel,
                address=address,
            )
            for channel, address in places
            for message in words.messages
        ]
    )
