"""Trying a broadcast: sent to its author alone, or ordered for a sample of those whom it is for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final
from uuid import uuid4

from bot.broadcasts.service import BroadcastService
from bot.store import UnitOfWork
from programme.model.broadcast_refusals import NeverWrote, NobodyMeant
from programme.model.broadcasts import Audience, Draft
from programme.model.deliveries import Delivery
from programme.model.messages import Kind
from programme.model.participants import Participant
from programme.model.second_person import ALONE
from programme.model.staff import StaffMember
from programme.placeholders import sample

LARGEST_SAMPLE: Final = ALONE
"""People; more than these never get anything without a second look at what it comes to."""


@dataclass(frozen=True, slots=True)
class Author:
    """Who tries it, as a participant."""

    member: StaffMember
    person: Participant


async def author_of(tx: UnitOfWork, member: StaffMember) -> Author:
    """Find the member as a participant. Raises NeverWrote."""
    number = await tx.people.who(member.channel, member.address)
    person = None if number is None else await tx.people.get(number)
    if person is None:
        raise NeverWrote(member.name)
    return Author(member, person)


async def example_for(office: BroadcastService, draft: Draft, name: str | None) -> Participant | None:
    """Return somebody who is to get it, under another name; None where nobody is."""
    return await office.example(draft.meant(office.store.clock.now()), name)


async def send_to_author(
    tx: UnitOfWork, office: BroadcastService, draft: Draft, author: Author, example: Participant | None
) -> None:
    """Owe the broadcast to its author alone, filled with the data of somebody who is to get it."""
    seen = example or author.person
    message = draft.messages.get(author.person.language, draft.messages["id"])
    await tx.outbox.put(
        [
            Delivery(
                participant=author.person.id,
                source=f"preview/{uuid4().hex}",
                kind=Kind.STAFF,
                due_at=tx.now,
                message=sample(message, seen, office.programme, tx.now),
                channel=author.member.channel,
                address=author.member.address,
            )
        ]
    )


async def sample_of(office: BroadcastService, draft: Draft, most: int) -> list[int]:
    """Return up to `most` of those meant, at most `LARGEST_SAMPLE`, from all over them. Raises NobodyMeant."""
    async with office.store.reading() as tx:
        meant = office.meant(draft.meant(tx.now))
        people = await tx.broadcasts.sample(meant, min(most, LARGEST_SAMPLE))
    if not people:
        raise NobodyMeant
    return people


async def for_sample(tx: UnitOfWork, draft: Draft, people: list[int], made_by: str) -> Draft:
    """Return the broadcast for these people alone, of whom a list is kept; they still have to fit its audience."""
    listed = await tx.audience_lists.make(people, made_by)
    return replace(draft, audience=_only(draft.audience, listed), starts_at=None)


def _only(audience: Audience, listed: int) -> Audience:
    return replace(audience, listed=listed, share=None)
