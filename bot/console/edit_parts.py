"""Parts that the views of the programme share: ways to a row and a proposal, a change, its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlencode

from bot.console.parts import box, words
from bot.console.tables import Column, Linked, table
from bot.console.words import wib
from bot.editing.words import day_name, place_name, source_name, state_of, value_name
from locales import _, plainly
from programme.edits import Edit, ProposedEdit
from programme.facts import last_day_of
from programme.programme import Programme

FRONT = "/konsol/program"


def way_to(file: str, row: str, field: str = "") -> str:
    """Return the address of a row, or of a field that is to be edited."""
    asked = {"berkas": file, "baris": row} | ({"isian": field} if field else {})
    return f"{FRONT}?{urlencode(asked)}"


def way_to_edit(number: int) -> str:
    """Return the address of a proposal."""
    return f"{FRONT}?usulan={number}"


def as_of_name(as_of: str) -> str:
    """Write the day as of which a source speaks; a month or a year stays as it is."""
    return day_name(last_day_of(as_of)) if len(as_of) == len("2021-10-21") else as_of


def draw_change(edit: Edit, before: str | None, programme: Programme) -> None:
    """Show what is changed, from what to what, and who says so."""
    with box("change"):
        words(place_name(edit.place, programme), "name", "h3")
        with box("from-to"):
            words(value_name(edit.place, before), "was")
            words("→", "arrow").props["aria-label"] = _("menjadi")
            words(value_name(edit.place, edit.value), "is")
        told = plainly(_("Sumber: {source}, per {day}"), source=edit.source, day=as_of_name(edit.as_of))
        words(told, "quiet", "p")


def draw_history(found: Sequence[ProposedEdit], names: Mapping[str, str], programme: Programme) -> None:
    """Show decided edits as a table; each leads to what was decided on it."""
    columns = (_("Perubahan"), _("Dari"), _("Menjadi"), _("Sumber"), _("Diusulkan"), _("Diputuskan"))
    table(_("Riwayat"), [Column(name) for name in columns], [_decided(one, names, programme) for one in found])


def by_whom(who: str | None, at: datetime | None, names: Mapping[str, str]) -> str:
    """Write who did something, and when."""
    return "" if who is None or at is None else f"{names.get(who, who)}, {wib(at)}"


def _decided(one: ProposedEdit, names: Mapping[str, str], programme: Programme) -> list[str | Linked]:
    return [
        Linked(place_name(one.place, programme), way_to_edit(one.id)),
        value_name(one.place, one.before),
        value_name(one.place, one.edit.value),
        f"{source_name(one.edit.source)}, {as_of_name(one.edit.as_of)}",
        by_whom(one.proposed_by, one.proposed_at, names),
        f"{state_of(one.state)}: {by_whom(one.decided_by, one.decided_at, names)}",
    ]
