"""People desk: what the page of participants reads and does; each look and each act is asked of the access."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.console.access import Right
from bot.console.correcting import Correcting, CorrectionResult, Wish
from bot.console.open_page import OpenPage
from bot.store import UnitOfWork
from bot.store.repositories.corrections import Correction
from bot.store.repositories.people_list import PersonPlace
from bot.store.repositories.timelines import Happening
from programme.model.deliveries import Due
from programme.model.participants import Participant
from programme.model.phones import TAIL

ROWS: Final = 40
"""People on one page of the list."""

HAPPENINGS: Final = 40
"""Happenings of a timeline that are shown at first, and that each press adds."""

LEAST_LETTERS: Final = 2

_CORRECTIONS: Final = 10
_TICKET = re.compile(r"#?(\d{1,15})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page of those who were looked for; `asked` tells whether enough was typed to look for anybody."""

    people: Sequence[Participant] = ()
    further: PersonPlace | None = None
    asked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFile:
    """All that the page shows of one person. `row` is the moment of their next reminder, as it is planned."""

    now: datetime
    person: Participant
    channels: Sequence[str]
    happenings: Sequence[Happening]
    further: datetime | None
    upcoming: Sequence[Due]
    corrections: Sequence[Correction]
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PeopleDesk:
    """Reads and acts for one open page."""

    page: OpenPage
    correcting: Correcting

    async def find(self, typed: str, after: PersonPlace | None = None) -> Found:
        """Look for people by a ticket (`#12`), by a number's last three digits, or by how a name begins."""
        async with self.page.looking() as acting:
            tx = acting.tx
            ids, further = await _ids(tx, typed.strip(), after)
            if ids is None:
                return Found(asked=False)
            people = await tx.people.shown(ids)
        return Found(people=[people[one] for one in ids if one in people], further=further)

    async def open(self, number: int) -> PersonFile | None:
        """Read what is kept of a person; that somebody looked stands in the trail."""
        async with self.page.acting(Right.SEE_PEOPLE) as acting:
            file = await self._file(acting.tx, number, None)
            if file is not None:
                await acting.tx.staff.record(acting.member.who, "person.open", f"participant/{number}")
        return file

    async def read(self, number: int, before: datetime | None = None) -> PersonFile | None:
        """Read the same again, or what happened before a moment."""
        async with self.page.looking() as acting:
            return await self._file(acting.tx, number, before)

    async def name_of(self, number: int) -> str | None:
        """Return what a person is called; that it was shown stands in the trail."""
        async with self.page.acting(Right.SHOW_NAME) as acting:
            person = await acting.tx.people.get(number)
            if person is not None:
                await acting.tx.staff.record(acting.member.who, "person.name", f"participant/{number}")
        return person.name if person else None

    async def correct(self, number: int, wish: Wish) -> CorrectionResult:
        """Put a milestone right."""
        async with self.page.acting(Right.CORRECT_PERSON) as acting:
            return await self.correcting.correct(acting.tx, number, wish, acting.member.who)

    async def undo(self, correction: int) -> CorrectionResult:
        """Take a correction back."""
        async with self.page.acting(Right.CORRECT_PERSON) as acting:
            return await self.correcting.undo(acting.tx, correction, acting.member.who)

    async def delete(self, number: int) -> bool:
        """Delete all that is kept of a person, as /hapusdata does; False where nobody is there any more."""
        async with self.page.acting(Right.DELETE_PERSON) as acting:
            tx = acting.tx
            await tx.people.lock(number)
            if await tx.people.get(number) is None:
                return False
            places = await tx.people.places(number)
            await tx.people.forget(number)
            await tx.staff.record(acting.member.who, "person.delete", f"participant/{number}")
        for channel, address in places:
            self.page.console.parts.forget(channel, address)
        return True

    async def _file(self, tx: UnitOfWork, number: int, before: datetime | None) -> PersonFile | None:
        person = await tx.people.get(number)
        if person is None:
            return None
        happenings, further = await tx.timelines.of(number, HAPPENINGS, before)
        corrections = await tx.corrections.of(number, _CORRECTIONS)
        whos = {*(one.who for one in happenings), *(one.who for one in corrections)}
        return PersonFile(
            now=tx.now,
            person=person,
            channels=sorted({channel for channel, _address in await tx.people.places(number)}),
            happenings=happenings,
            further=further,
            upcoming=self.correcting.outlook(person, None, tx.now),
            corrections=corrections,
            names=await tx.agents.names(whos),
        )


async def _ids(
    tx: UnitOfWork, typed: str, after: PersonPlace | None
) -> tuple[Sequence[int] | None, PersonPlace | None]:
    """Find who is meant; None where too little was typed to mean anybody."""
    if (named := _TICKET.fullmatch(typed)) is not None:
        digits = named[1]
        if len(digits) == TAIL and not typed.startswith("#"):
            return await tx.people_list.with_tail(digits, ROWS, after)
        ticket = await tx.tickets.get(int(digits))
        return ([ticket.participant] if ticket else []), None
    if len(typed) < LEAST_LETTERS:
        return None, None
    return await tx.people_list.called(typed, ROWS, after)
