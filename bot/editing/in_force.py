"""What holds at this moment: data files and policy with the edits in force over them, and the imported trainings."""

from __future__ import annotations

import logging
from dataclasses import replace

from bot.importing.trainings import from_document
from bot.store import Store, UnitOfWork
from programme.edits import NO_EDITS, Edit, Edits
from programme.loading import DataError
from programme.programme import Programme, load_programme
from reminders.policy import Policy, load_policy
from reminders.policy_sheet import PolicyError

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


async def policy_in_force(tx: UnitOfWork) -> Policy:
    """Return the reminder policy as it holds, an object of its own for each call."""
    return replace(load_policy(edits=await edits_in_force(tx)))


async def policy_of(store: Store | None) -> Policy:
    """Return the policy as it holds in a store; the file alone where there is none yet."""
    if store is None:
        return load_policy()
    async with store.reading() as tx:
        return await policy_in_force(tx)


async def edits_in_force(tx: UnitOfWork) -> Edits:
    """Return the edits in force. One that can't be read over newer files is left out and told, the others hold."""
    edits = [proposed.edit for proposed in await tx.programme_edits.in_force()]
    try:
        return _readable(Edits.of(edits))
    except (DataError, PolicyError):
        held = NO_EDITS
    for edit in edits:
        held = _with(held, edit)
    return held


def _with(held: Edits, edit: Edit) -> Edits:
    try:
        return _readable(held.plus(edit))
    except (DataError, PolicyError) as error:
        log.error("the edit of %s is left out: %s", edit.place, error)  # noqa: TRY400 - the sentence says it all
        return held


def _readable(edits: Edits) -> Edits:
    """Return the edits if both can be read with them. Raises DataError and PolicyError."""
    load_programme(edits=edits)
    load_policy(edits=edits)
    return edits
