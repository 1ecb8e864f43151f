"""Inputs of the form that edits a field: what the new value is written into, and its source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.console.fields import FIRST_VALUE
from bot.console.parts import box, words
from bot.editing.policy_words import policy_value_name
from bot.editing.service import LONGEST, LONGEST_SOURCE
from locales import _
from programme.edits import Place
from reminders.policy_sheet import POLICY

_LONG: Final = frozenset({"text", "texts"})


def draw_value(place: Place, text: str | None) -> None:
    """Draw what the new value is written into, by what the field holds."""
    name = place.field.partition(".")[0]
    if place.file == POLICY:
        _draw_policy_value(place, text or "")
    elif name == "cutoff":
        labelled_input(_("Batas baru (23.59 WIB hari itu)"), "value", kind="date", value=text or "")
    elif name in {"opens", "closes", "announced_at"}:
        written = _("2021-10-25 atau 2021-10-25 19:00, WIB")
        labelled_input(_("Nilai baru"), "value", value=text or "", placeholder=written)
    elif text in {"yes", "no"}:
        _choice(_("Nilai baru"), [("yes", _("ya")), ("no", _("tidak"))], text)
    elif name in _LONG:
        _long(_("Nilai baru"), (text or "").replace("; ", "\n") if name == "texts" else text or "")
    else:
        labelled_input(_("Nilai baru"), "value", value=text or "", longest=LONGEST)


def _draw_policy_value(place: Place, text: str) -> None:
    if text in {"yes", "no"}:
        _choice(_("Nilai baru"), [("yes", _("ya")), ("no", _("tidak"))], text)
    elif place.field == "level":
        options = [(level, policy_value_name(place, level)) for level in ("all", "fewer")]
        _choice(_("Nilai baru"), options, text)
    elif place.field == "day":
        labelled_input(_("Hari, minus berarti sebelumnya"), "value", kind="number", value=text)
    elif place.field.endswith("_minutes"):
        labelled_input(_("Menit"), "value", kind="number", value=text)
    elif place.field.endswith("_hours"):
        labelled_input(_("Jam"), "value", kind="number", value=text)
    elif place.field == "ends" and place.row != "quiet":
        labelled_input(_("cutoff, jam seperti 20:00, atau berapa jam"), "value", value=text)
    else:
        labelled_input(_("Jam baru"), "value", kind="time", value=text)


def labelled_input(
    label: str,
    name: str,
    *,
    kind: str = "text",
    value: str = "",
    placeholder: str = "",
    longest: int = LONGEST_SOURCE,
    latest: date | None = None,
) -> None:
    """Draw a field of one line with its label, in which `value` stands at first."""
    with box("labelled", "label"):
        words(label, "name")
        made = box("input", "input", type=kind, name=name, placeholder=placeholder, maxlength=str(longest))
        made.props[FIRST_VALUE] = value
        if latest is not None:
            made.props["max"] = latest.isoformat()


def _long(label: str, value: str) -> None:
    with box("labelled wide", "label"):
        words(label, "name")
        area = words(value, "input", "textarea")
        area.props.update({"name": "value", "rows": "4", "maxlength": str(LONGEST)})


def _choice(label: str, options: Sequence[tuple[str, str]], value: str) -> None:
    with box("labelled", "label"):
        words(label, "name")
        with box("input", "select", name="value"):
            for option, shown in options:
                made = words(shown, tag="option")
                made.props["value"] = option
                if option != value:  # the other one is meant, or nobody would be here
                    made.props["selected"] = True
