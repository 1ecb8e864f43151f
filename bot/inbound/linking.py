"""Carries out what links a page on the web with a person whom a channel knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.inbound.addresses import tell_at
from bot.store import InboxRow, UnitOfWork
from handlers.dialogue.reply import Reply
from handlers.dialogue.turn_input import TurnOutcome
from handlers.link_web import code_shown, linked, refused, told_of_link
from locales import speaking
from programme.model.linking import ShowCode, Unlink, UseCode, new_code, plain_code
from programme.model.participants import Participant

NOT_VOUCHING = ("web", "terminal")
"""Channels where anybody may be writing."""


@dataclass(frozen=True, slots=True)
class Connected:
    """What came of it: the outcome, and channel and address of every place that is known no longer."""

    outcome: TurnOutcome
    gone: Sequence[tuple[str, str]] = ()


async def connect(tx: UnitOfWork, row: InboxRow, outcome: TurnOutcome) -> Connected:
    """Do what the conversation wished, in its transaction; the words become those of what came of it."""
    [wish] = outcome.links[-1:]
    with speaking(outcome.participant.language):
        match wish:
            case ShowCode():
                code = new_code()
                await tx.links.show(plain_code(code) or "", outcome.participant.id)
                return Connected(_saying(outcome, code_shown(code)))
            case UseCode(code=code):
                return await _use(tx, row, outcome, code)
            case Unlink():
                return Connected(outcome, await tx.links.let_go(outcome.participant.id, NOT_VOUCHING))


async def _use(tx: UnitOfWork, row: InboxRow, outcome: TurnOutcome, told: str) -> Connected:
    stranger = outcome.participant.id
    if await tx.links.tried_too_often(stranger):
        return Connected(_saying(outcome, refused(too_often=True)))
    known = await tx.links.use(plain_code(told) or "")
    person = None if known is None or known == stranger else await tx.people.get(known)
    if person is None:
        await tx.links.note_wrong(stranger)
        return Connected(_saying(outcome, refused(too_often=False)))
    await tx.links.move(row.incoming.channel, row.incoming.address, stranger, person.id)
    await _tell(tx, row, person)
    with speaking(person.language):
        return Connected(replace(_saying(outcome, linked()), participant=person, events=(), dialogue=None))


async def _tell(tx: UnitOfWork, row: InboxRow, person: Participant) -> None:
    """Tell the person wherever a channel knows them."""
    with speaking(person.language):
        words = told_of_link()
    places = [place for place in await tx.people.places(person.id) if place[0] not in NOT_VOUCHING]
    await tell_at(tx, places, f"linked/{row.id}", person, words)


def _saying(outcome: TurnOutcome, reply: Reply) -> TurnOutcome:
    return replace(outcome, reply=reply)
