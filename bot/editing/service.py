"""Editing service: an edit is proposed by one of the staff and approved, rejected or withdrawn; never by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.editing.asking import Change, ask_second_person
from bot.editing.checking import check_edit
from bot.editing.in_force import edits_in_force
from bot.editing.refusals import EditRefused, Why
from bot.editing.tables import OF_NEW_REPLIES, canned_in_force, cell_of
from bot.editing.words import CANNED
from bot.store import UnitOfWork
from programme.edits import Edit, Edits, EditState, Place, ProposedEdit
from programme.helpdesk import CannedReply
from programme.model.staff import Role, StaffMember
from programme.model.zones import Zone
from programme.programme import load_programme
from programme.sheets import Cell

MAY_EDIT: Final = Role.SUPERVISOR
LONGEST: Final = 1000
LONGEST_SOURCE: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants changed; `over` is the edit that held when they looked, None for the file."""

    place: Place
    value: str
    source: str
    as_of: str
    over: int | None = None


async def propose(tx: UnitOfWork, wish: Wish, member: StaffMember) -> int:
    """Keep a proposal, once it is known to be readable and to contradict nothing; return its number.

    Raises EditRefused.
    """
    edits = await edits_in_force(tx)
    edit, cell = await _checked(tx, wish, edits, member)
    number = await tx.programme_edits.propose(edit, before=cell.text, over=wish.over, who=member.who)
    await tx.staff.record(member.who, "programme.propose", f"edit/{number}", what=str(edit.place))
    await ask_second_person(tx, number, Change(edit, cell.text, load_programme(edits=edits)), member, MAY_EDIT)
    return number


async def check(tx: UnitOfWork, wish: Wish, member: StaffMember) -> Edit:
    """Return the edit that a wish comes to; nothing is kept. Raises EditRefused."""
    edit, _cell = await _checked(tx, wish, await edits_in_force(tx), member)
    return edit


async def is_overtaken(tx: UnitOfWork, proposed: ProposedEdit) -> bool:
    """Tell whether something that a proposal stands on has changed since. Raises EditRefused."""
    cell = await current(tx, proposed.place, await edits_in_force(tx))
    held = (await tx.programme_edits.over(proposed.place), cell.text, cell.base)
    return held != (proposed.over, proposed.before, proposed.edit.base)


async def approve(tx: UnitOfWork, number: int, member: StaffMember) -> ProposedEdit:
    """Put a proposal of somebody else in force, if what it was decided on still holds. Raises EditRefused."""
    _allowed(member)
    await tx.programme_edits.hold()
    found = await _open(tx, number)
    if found.proposed_by == member.who:
        raise EditRefused(Why.OWN)
    if await is_overtaken(tx, found):
        raise EditRefused(Why.OVERTAKEN)
    check_edit(found.edit, await edits_in_force(tx))
    await _decide(tx, number, EditState.APPROVED, member)
    if found.place.file == CANNED:
        await _put_canned(tx, found.edit)
    return found


async def reject(tx: UnitOfWork, number: int, member: StaffMember, reason: str = "") -> None:
    """Say no to a proposal; it stays in the history. Raises EditRefused."""
    _allowed(member)
    await _open(tx, number)
    await _decide(tx, number, EditState.REJECTED, member, reason.strip()[:LONGEST_SOURCE])


async def withdraw(tx: UnitOfWork, number: int, member: StaffMember) -> None:
    """Take back a proposal of one's own. Raises EditRefused."""
    found = await _open(tx, number)
    if found.proposed_by != member.who:
        raise EditRefused(Why.NOT_OWN)
    await _decide(tx, number, EditState.WITHDRAWN, member)


async def current(tx: UnitOfWork, place: Place, edits: Edits) -> Cell:
    """Return a field as it holds. Raises EditRefused where it can't be edited."""
    cell = await cell_of(tx, place, edits)
    if cell is None:
        raise EditRefused(Why.FIXED, str(place))
    return cell


async def _checked(tx: UnitOfWork, wish: Wish, edits: Edits, member: StaffMember) -> tuple[Edit, Cell]:
    _allowed(member)
    cell = await current(tx, wish.place, edits)
    if wish.over != await tx.programme_edits.over(wish.place):
        raise EditRefused(Why.OVERTAKEN)
    value, source = wish.value.strip(), wish.source.strip()
    if not value or len(value) > LONGEST:
        raise EditRefused(Why.NO_VALUE)
    if value == cell.text:
        raise EditRefused(Why.SAME)
    if not source or len(source) > LONGEST_SOURCE:
        raise EditRefused(Why.NO_SOURCE)
    if not _is_day(wish.as_of, tx.now.astimezone(Zone.WIB.tz).date()):
        raise EditRefused(Why.WRONG_DAY)
    edit = Edit(place=wish.place, base=cell.base, value=value, source=source, as_of=wish.as_of)
    check_edit(edit, edits)
    return edit, cell


def _is_day(written: str, today: date) -> bool:
    try:
        return date.fromisoformat(written) <= today
    except ValueError:
        return False


def _allowed(member: StaffMember) -> None:
    if not member.role.covers(MAY_EDIT):
        raise EditRefused(Why.ROLE)


async def _open(tx: UnitOfWork, number: int) -> ProposedEdit:
    found = await tx.programme_edits.get(number)
    if found is None:
        raise EditRefused(Why.UNKNOWN)
    if found.state is not EditState.PROPOSED:
        raise EditRefused(Why.DECIDED)
    return found


async def _decide(tx: UnitOfWork, number: int, state: EditState, member: StaffMember, reason: str = "") -> None:
    if not await tx.programme_edits.decide(number, state, member.who, reason):
        raise EditRefused(Why.DECIDED)
    await tx.staff.record(member.who, f"programme.{state}", f"edit/{number}")


async def _put_canned(tx: UnitOfWork, edit: Edit) -> None:
    found = (await canned_in_force(tx)).get(edit.place.row)
    if found is None and edit.place.field != "text":
        raise EditRefused(Why.WORDS_FIRST)
    held = found or CannedReply(name=edit.place.row, intent=OF_NEW_REPLIES, text="")
    await tx.agents.put_canned(replace(held, **{edit.place.field: edit.value}))
