"""Tables and charts of the console: figures to be looked at, and read out to who can't look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from nicegui import ui

from bot.console.parts import box, words
from bot.console.still import still
from locales import _

MOST_ROWS: Final = 100
"""Rows that any list or table may hold: what is shown is sent, and kept as long as the page is open."""

_WORDY: Final = 3
"""So many columns of words are too many side by side on a phone: there each row is a card."""

_FAINT: Final = {"lineStyle": {"color": "rgba(125, 148, 154, 0.28)"}}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; a `figure` stands to the right."""

    name: str
    figure: bool = False


@dataclass(frozen=True, slots=True)
class Linked:
    """A cell that leads somewhere; `named` says more to who can't see where it stands."""

    label: str
    to: str
    named: str | None = None


def table(caption: str, columns: Sequence[Column], rows: Sequence[Sequence[str | Linked]], css: str = "") -> ui.element:
    """Show up to `MOST_ROWS` rows as a table that can be read out; on a phone it is scrolled sideways, or is cards.

    Roles are written out: what is laid out as cards would be no table any more for who listens to it.
    """
    holder = box(f"scroll {css}", tabindex="0", role="region", aria_label=caption)
    cards = "cards" if sum(not column.figure for column in columns) >= _WORDY else ""
    with holder, still(), box(f"table {cards}", "table", role="table"):
        words(caption, "unseen", "caption")
        with box("", "thead", role="rowgroup"), box("", "tr", role="row"):
            for column in columns:
                head = words(column.name, "figure" if column.figure else "", "th")
                head.props.update({"scope": "col", "role": "columnheader"})
        with box("", "tbody", role="rowgroup"):
            for row in rows[:MOST_ROWS]:
                with box("", "tr", role="row"):
                    for column, cell in zip(columns, row, strict=True):
                        _draw_cell(cell, column)
    return holder


def _draw_cell(cell: str | Linked, column: Column) -> None:
    with box("figure" if column.figure else "", "td", role="cell") as drawn:
        drawn.props["data-column"] = column.name
        if isinstance(cell, str):
            words(cell, "", "span")
            return
        way = words(cell.label, "way-in", "a")
        way.props["href"] = cell.to
        if cell.named is not None:
            way.props["aria-label"] = cell.named


def chart(title: str, options: dict[str, Any], columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    """Show a chart with the same figures as a table below it, for who can't or won't look."""
    with box("chart-box", "figure"):
        words(title, "heading", "figcaption")
        if len(options["series"]) > 1:
            with box("legend", "ul", aria_hidden="true"):
                for colour, one in zip(options["color"], options["series"], strict=False):
                    words(one["name"], "legend-name", "li").style(f"--dot: {colour}")
        with box("chart", role="img", aria_label=title):
            ui.echart(options, renderer="svg")
        with box("as-table", "details"):
            words(_("Lihat sebagai tabel"), tag="summary")
            table(title, columns, rows)


def bars(days: Sequence[str], series: dict[str, Sequence[int]], colours: Sequence[str]) -> dict[str, Any]:
    """Return what draws one stack of bars a day; the texts' colours come from the page's styles."""
    return {
        "animation": False,
        "color": list(colours),
        "textStyle": {"fontFamily": "Plus Jakarta Sans, system-ui, sans-serif"},
        "grid": {"left": 8, "right": 8, "top": 12, "bottom": 4, "containLabel": True},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}, "renderMode": "richText"},
        "xAxis": {"type": "category", "data": list(days), "axisTick": {"show": False}, "axisLine": _FAINT},
        "yAxis": {"type": "value", "minInterval": 1, "splitNumber": 3, "splitLine": _FAINT},
        "series": [
            {"name": name, "type": "bar", "stack": "all", "barMaxWidth": 28, "data": list(counts)}
            for name, counts in series.items()
        ],
    }
