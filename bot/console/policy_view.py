"""The reminder policy as tables: which reminder goes out when, to whom, and who says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from bot.console.edit_parts import as_of_name, way_to
from bot.console.parts import words
from bot.console.tables import Column, Linked, table
from bot.editing.policy_words import policy_field_name, policy_row_name, policy_value_name
from bot.editing.tables import Rows
from bot.editing.words import source_name
from handlers.phrases.milestone_titles import titles as milestone_names
from locales import _, _n, plainly
from programme.edits import Place
from programme.sheets import Cell
from reminders.policy import Anchor, Policy, Rule, WhoseClock
from reminders.policy_sheet import POLICY
from reminders.sources import path_source
from reminders.wording.titles import title_of


def draw_policy(policy: Policy, rows: Rows) -> None:
    """Show every reminder, and what holds for all of them; each name leads to its fields."""
    columns = (_("Pengingat"), _("Kapan"), _("Jam"), _("Untuk"), _("Sumber"))
    words(_n("Pengingat", "Pengingat", 2), "heading", "h2")
    lines = [_rule_line(rule, policy, rows.get(rule.key, ())) for rule in policy.rules]
    table(_("Pengingat"), [Column(name) for name in columns], lines, "policy")
    words(_("Untuk semua pengingat"), "heading", "h2")
    shared = [cell for row, cells in rows.items() if policy.rule(row) is None for cell in cells]
    named = [Column(name) for name in (_("Nama"), _("Nilai"), _("Sumber"))]
    table(_("Untuk semua pengingat"), named, [_line(cell) for cell in shared])


def _rule_line(rule: Rule, policy: Policy, cells: Sequence[Cell]) -> list[str | Linked]:
    whom = policy_value_name(Place(POLICY, rule.key, "level"), rule.level)
    name = Linked(title_of(path_source(rule.key), policy), way_to(POLICY, rule.key), policy_row_name(rule.key))
    return [name, _when(rule), _at(rule), whom, _told(cells)]


def _line(cell: Cell) -> list[str | Linked]:
    name = f"{policy_row_name(cell.place.row)}: {policy_field_name(cell.place)}"
    value = policy_value_name(cell.place, cell.text or "")
    return [Linked(name, way_to(POLICY, cell.place.row)), value, _told([cell])]


def _told(cells: Sequence[Cell]) -> str:
    """Tell who says so: of a row that was edited, the latest source."""
    edited = sorted((one for one in cells if one.edited), key=lambda one: one.as_of)
    if not edited:
        return _("ditulis untuk Sobat")
    return f"{source_name(edited[-1].source)}, {as_of_name(edited[-1].as_of)}"


def _at(rule: Rule) -> str:
    clock = "WIB" if rule.clock is WhoseClock.WIB else _("setempat")
    told = _("{hour} {clock}, atau pilihannya") if rule.wished else "{hour} {clock}"
    return plainly(told, hour=_hour(rule.time), clock=clock)


def _when(rule: Rule) -> str:
    days = abs(rule.day)
    from_day = (
        {
            Anchor.CUTOFF: _("batas beli"),
            Anchor.JOINED: _("kenal Sobat"),
            Anchor.PASSED: _("lolos"),
        }.get(rule.anchor)
        if isinstance(rule.anchor, Anchor)
        else milestone_names()[rule.anchor]
    )
    if rule.day == 0:
        return plainly(_("hari {event}"), event=from_day)
    before = _n("{days} hari sebelum {event}", "{days} hari sebelum {event}", days)
    after = _n("{days} hari sesudah {event}", "{days} hari sesudah {event}", days)
    return plainly(before if rule.day < 0 else after, days=days, event=from_day)


def _hour(at: time) -> str:
    return f"{at:%H.%M}"
