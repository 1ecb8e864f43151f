"""What holds at this moment: the data files with the edits in force laid over them, and the imported trainings."""

from __future__ import annotations

import logging

from bot.importing.trainings import from_document
from bot.store import Store, UnitOfWork
from programme.edits import NO_EDITS, Edits
from programme.loading import DataError
from programme.programme import Programme, load_programme

log = logging.getLogger(__name__)


async def programme_in_force(tx: UnitOfWork) -> Programme:
    """Return the programme as it holds, an object of its own for each call."""
    trainings = [from_document(document) for document in (await tx.trainings.all()).values()]
    return load_programme(edits=await edits_in_force(tx)).with_trainings(trainings)


async def programme_of(store: Store | None) -> Programme:
    """Return the programme as it holds in a store; the files alone where there is none yet."""
    if store is None:
        return load_programme()
    async with store.reading() as tx:
        return await programme_in_force(tx)


async def edits_in_force(tx: UnitOfWork) -> Edits:
    """Return the edits in force. One that can't be read over newer files is left out and told, the others hold."""
    edits = [proposed.edit for proposed in await tx.programme_edits.in_force()]
    try:
        load_programme(edits=Edits.of(edits))
        return Edits.of(edits)
    except DataError:
        held = NO_EDITS
    for edit in edits:
        try:
            load_programme(edits=held.plus(edit))
            held = held.plus(edit)
        except DataError as error:
            log.error("the edit of %s is left out: %s", edit.place, error)  # noqa: TRY400 - the sentence says it all
    return held
