"""Takes an import back as a whole: what it changed is as it was before, and what came meanwhile stays."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Final

from bot.importing.lists import Office, Roll
from bot.importing.official import official_of, put_back
from bot.importing.undo_record import Change, Overtaken, read
from bot.store import Store, UnitOfWork
from bot.store.repositories.imports import Claimed, Portion
from reminders.schedule import reschedule

_PAUSE: Final = 0.01
"""Seconds between two portions, for whoever waits to write."""


async def undo(roll: Roll, store: Store, office: Office, claimed: Claimed, advance: Callable[[int], None]) -> None:
    """Put portions back, the last one first, until none is left; what ends it in between is gone on with later.

    Raises Overtaken where another process has it in hand.
    """
    number = claimed.found.id
    while True:
        async with store.writing() as tx:
            portion = await tx.imports.last_portion(number)
            if portion is None:
                return
            changes = read(portion.content)
            done = await _put_back(tx, roll, office, portion, changes)
            await tx.imports.drop_portion(number, portion.number)
            if not await tx.imports.count(claimed, undone=done, left=len(changes) - done):
                raise Overtaken(str(number))
        advance(len(changes))
        await asyncio.sleep(_PAUSE)


async def _put_back(tx: UnitOfWork, roll: Roll, office: Office, portion: Portion, changes: Sequence[Change]) -> int:
    """Put back what is still as the import left it; return how many lines that were."""
    lines = roll.lines(tx)
    now = {line[: roll.keys]: line for line in await lines.find([after[0] for _, after in changes])}
    same = [(before, after) for before, after in changes if now.get(after[: roll.keys]) == after]
    if gone := [after for before, after in same if before is None]:
        await lines.drop(gone)
    if back := [before for before, _ in same if before is not None]:
        await lines.put(back)
    await _people(tx, office, portion, {after[0] for _, after in same})
    return len(same)


async def _people(tx: UnitOfWork, office: Office, portion: Portion, subjects: set[str]) -> None:
    """Bring the people behind these lines back, and plan their reminders anew: who was silenced is reminded again."""
    known = await tx.people.many(portion.people)
    for number, document in portion.people.items():
        person = known.get(number)
        if person is None or document["subject"] not in subjects:
            continue
        before = put_back(person, document)
        if before != person:
            await tx.people.save(before, [official_of(before)])
            await reschedule(tx.reminders, before, office.programme, office.policy, catch_up=True, taken_back=True)
