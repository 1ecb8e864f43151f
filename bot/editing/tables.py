"""Tables: the rows of all that staff look at and may edit, wherever they lie: data files, the policy, the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot.editing.in_force import edits_in_force
from bot.editing.words import CANNED
from bot.store import UnitOfWork
from programme.edits import Edits, Place
from programme.helpdesk import CannedReply, load_helpdesk
from programme.sheets import SHEETS, Cell, cell_at, read_sheet
from reminders.policy_sheet import POLICY, fields_of, policy_cell, policy_rows

TABLES: Final = (*SHEETS, CANNED, POLICY)
"""The names of all, as places have them, in the order in which they are shown."""

OF_NEW_REPLIES: Final = "handoff"
"""The intent that a new canned reply goes with, until it is given another."""

Rows = Mapping[str, Sequence[Cell]]


async def rows_of(tx: UnitOfWork, table: str) -> Rows:
    """Return the rows of a table as they hold."""
    edits = await edits_in_force(tx)
    match table:
        case "canned_replies.toml":
            return _canned_rows(await canned_in_force(tx), edits)
        case "policy.toml":
            return policy_rows(edits)
        case _:
            return read_sheet(SHEETS[table], edits)


async def cell_of(tx: UnitOfWork, place: Place, edits: Edits) -> Cell | None:
    """Return one field as it holds; None where nothing may be edited."""
    if not may_be_edited(place):
        return None
    match place.file:
        case "canned_replies.toml":
            return _canned_cell(place, (await canned_in_force(tx)).get(place.row))
        case "policy.toml":
            return policy_cell(place, edits)
        case _:
            return cell_at(place, edits)


def may_be_edited(place: Place) -> bool:
    """Whether staff may edit this field at all."""
    match place.file:
        case "canned_replies.toml":
            return place.field in {"text", "intent"}
        case "policy.toml":
            return place.field in fields_of(place.row)
        case file:
            return file in SHEETS and SHEETS[file].editable.fullmatch(place.field) is not None


def may_grow(table: str) -> bool:
    """Whether rows may be added that stand nowhere yet."""
    return table in SHEETS and SHEETS[table].grows


async def canned_in_force(tx: UnitOfWork) -> Mapping[str, CannedReply]:
    """Return the staff's canned replies: what was changed of them stands in the store, and wins over the file."""
    return {**load_helpdesk().canned, **await tx.agents.canned()}


def _canned_cell(place: Place, found: CannedReply | None) -> Cell:
    """Return a field of a canned reply; the words of a new one may be begun, and its intent is set beside them."""
    if found is None:
        held = None if place.field == "text" else OF_NEW_REPLIES
    else:
        held = found.text if place.field == "text" else found.intent
    return Cell(place, held, "", "", held)


def _canned_rows(replies: Mapping[str, CannedReply], edits: Edits) -> Rows:
    fields = {name: {"text": one.text, "intent": one.intent} for name, one in replies.items() if one.text}
    return {
        name: [_of_reply(Place(CANNED, name, field), held, edits) for field, held in of_one.items()]
        for name, of_one in fields.items()
    }


def _of_reply(place: Place, held: str, edits: Edits) -> Cell:
    """Return a field of a canned reply; its source is an edit's only as long as that is what it says."""
    of_row = edits.by_row.get((place.file, place.row), ())
    edit = next((one for one in of_row if one.place == place and one.value == held), None)
    source, as_of = (edit.source, edit.as_of) if edit is not None else ("", "")
    return Cell(place, held, source, as_of, held, edit is not None)
