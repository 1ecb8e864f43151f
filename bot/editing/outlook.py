"""Outlook: what an edit would change besides its own field: cutoffs that move, and when people are reminded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.editing.impact import CutoffImpact, MovedCutoff, impact_of, moved_cutoffs
from bot.editing.in_force import edits_in_force
from bot.editing.policy_impact import PolicyImpact, policy_impact_of
from bot.store import Store, UnitOfWork
from programme.edits import Edit
from programme.programme import Programme, load_programme
from reminders.policy import Policy, load_policy
from reminders.policy_sheet import POLICY


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The cutoffs that it would move, and the policy as it would be where it changes that."""

    moved: Sequence[MovedCutoff] = ()
    policy: Policy | None = None


Impact = CutoffImpact | PolicyImpact


async def outlook_of(tx: UnitOfWork, edit: Edit) -> Outlook:
    """Return what an edit would change. Raises DataError and PolicyError where it can't be read any more."""
    edits = await edits_in_force(tx)
    if edit.place.file == POLICY:
        return Outlook(policy=load_policy(edits=edits.plus(edit)))
    return Outlook(moved=tuple(moved_cutoffs(load_programme(edits=edits), load_programme(edits=edits.plus(edit)))))


async def impacts_of(
    store: Store, outlook: Outlook, programme: Programme, policy: Policy, rates: Mapping[str, float]
) -> list[Impact]:
    """Count whom it touches; programme and policy are those that hold, `rates` messages a second by channel."""
    counted: list[Impact] = [await impact_of(store, moved, policy, rates) for moved in outlook.moved]
    if outlook.policy is not None:
        counted.append(await policy_impact_of(store, programme, policy, outlook.policy, rates))
    return counted
