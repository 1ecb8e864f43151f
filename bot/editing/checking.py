"""Checking: an edit is read by the loaders of the files, and has to leave everything together as it was."""

from __future__ import annotations

from bot.editing.refusals import EditRefused, Why
from bot.helpdesk.filling import unknown_place
from handlers.intents import INTENTS
from programme.check import in_order, problems
from programme.edits import Edit, Edits
from programme.loading import DataError
from programme.programme import load_programme
from reminders.policy import load_policy
from reminders.policy_check import policy_problems
from reminders.policy_sheet import PolicyError


def check_edit(edit: Edit, edits: Edits) -> None:
    """Let pass what can be read and makes nothing worse. Raises EditRefused."""
    match edit.place.file:
        case "canned_replies.toml":
            _check_reply(edit)
        case "policy.toml":
            _check_policy(edit, edits)
        case _:
            _check_programme(edit, edits)


def _check_reply(edit: Edit) -> None:
    if edit.place.field == "intent":
        if edit.value not in INTENTS:
            raise EditRefused(Why.UNREADABLE, edit.value)
    elif (place := unknown_place(edit.value)) is not None:
        raise EditRefused(Why.PLACES, place)


def _check_policy(edit: Edit, edits: Edits) -> None:
    try:
        after = load_policy(edits=edits.plus(edit))
    except PolicyError as error:
        raise EditRefused(Why.UNREADABLE, edit.value) from error
    if worse := _new(policy_problems(after), policy_problems(load_policy(edits=edits))):
        raise EditRefused(Why.CONTRADICTS, worse)


def _check_programme(edit: Edit, edits: Edits) -> None:
    try:
        after = load_programme(edits=edits.plus(edit))
    except DataError as error:
        raise EditRefused(Why.UNREADABLE, edit.value) from error
    if edit.place.file == "waves.tsv" and not in_order(after.waves[int(edit.place.row)]):
        raise EditRefused(Why.ORDER)
    if worse := _new(problems(after), problems(load_programme(edits=edits))):
        raise EditRefused(Why.CONTRADICTS, worse)


def _new(after: list[str], before: list[str]) -> str:
    return "; ".join(each for each in after if each not in before)
