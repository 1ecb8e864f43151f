"""Tables: the rows of all that staff look at and may edit, wherever they lie: data files, the policy, the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot.editing.in_force import edits_in_force
from bot.editing.words import CANNED
from bot.store import UnitOfWork
from programme.edits import Edit, Edits, Place
from programme.helpdesk import CannedReply, load_helpdesk
from programme.sheets import SHEETS, Cell, cell_at, read_sheet
from reminders.policy_sheet import POLICY, fields_of, policy_cell, policy_rows

TABLES: Final = (*SHEETS, CANNED, POLICY)
"""The names of all, as places have them, in the order in which they are shown."""

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
            found = (await canned_in_force(tx)).get(place.row)
            return None if found is None else Cell(place, found.text, "", "", found.text)
        case "policy.toml":
            return policy_cell(place, edits)
        case _:
            return cell_at(place, edits)


def may_be_edited(place: Place) -> bool:
    """Whether staff may edit this field at all."""
    match place.file:
        case "canned_replies.toml":
            return place.field == "text"
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


def _canned_rows(replies: Mapping[str, CannedReply], edits: Edits) -> Rows:
    found = {name: next(iter(edits.by_row.get((CANNED, name), ())), None) for name in replies}
    return {name: [_of_reply(one, found[name])] for name, one in replies.items() if one.text}


def _of_reply(reply: CannedReply, edit: Edit | None) -> Cell:
    """Return a canned reply as a cell; its source is an edit's only as long as that is what it says."""
    place, edited = Place(CANNED, reply.name, "text"), edit is not None and edit.value == reply.text
    source, as_of = (edit.source, edit.as_of) if edit is not None and edited else ("", "")
    return Cell(place, reply.text, source, as_of, reply.text, edited)
