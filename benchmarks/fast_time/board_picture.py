"""The picture of a board: panels with lines over one evening, as SVG, light or dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from typing import Final

_ACROSS, _WIDTH, _HEIGHT, _GAP = 3, 410, 236, 12  # panels in a row; pixels
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 14, 36, 62  # around what is drawn in a panel
_MOST = 6  # lines of a panel that are named; more are drawn only
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a picture."""

    page: str
    panel: str
    edge: str
    words: str
    faint: str
    mark: str
    lines: tuple[str, ...]


LIGHT: Final = Look(
    *("#f4f5f5", "#ffffff", "#dfe1e4", "#24292e", "#6b7280", "#c4162a"),
    ("#1f60c4", "#e0752d", "#37872d", "#8f3bb8", "#b8860b", "#0a8f8f", "#c4162a", "#7a7f87"),
)
DARK: Final = Look(
    *("#111217", "#181b1f", "#2c3038", "#d8d9da", "#8e939b", "#ff7383"),
    ("#6ea6ff", "#ffa35c", "#73bf69", "#ca95e5", "#f2cc0c", "#5fd6d6", "#ff7383", "#a9aeb6"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line, by its moments."""

    name: str
    points: Sequence[tuple[datetime, float]]

    @property
    def values(self) -> list[float]:
        return [value for _at, value in self.points]


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel; `unit` is Grafana's name of one."""

    title: str
    unit: str
    lines: Sequence[Line]


def picture(panels: Sequence[Panel], begins: datetime, ends: datetime, cutoff: datetime, look: Look) -> str:
    """Draw panels in rows; `cutoff` is marked in each."""
    rows = -(-len(panels) // _ACROSS)
    width, height = _ACROSS * (_WIDTH + _GAP) + _GAP, rows * (_HEIGHT + _GAP) + _GAP
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f"""font-family="system-ui, 'Segoe UI', 'Plus Jakarta Sans', 'DejaVu Sans', sans-serif" font-size="11">"""
        f'<rect width="100%" height="100%" fill="{look.page}"/>'
    )
    drawn = [_panel(each, _Scale(each, begins, ends), cutoff, look) for each in panels]
    placed = [
        f'<g transform="translate({_GAP + place % _ACROSS * (_WIDTH + _GAP)} '
        f'{_GAP + place // _ACROSS * (_HEIGHT + _GAP)})">{each}</g>'
        for place, each in enumerate(drawn)
    ]
    return "\n".join((head, *placed, "</svg>")) + "\n"


class _Scale:
    """Where moments and values lie in a panel."""

    def __init__(self, panel: Panel, begins: datetime, ends: datetime) -> None:
        self.begins, self.ends = begins, ends
        highest = max((value for line in panel.lines for value in line.values), default=0.0)
        self.step = _step(highest or 1.0, panel.unit)
        self.top = self.step * max(-(-highest // self.step), 1)

    def x(self, at: datetime) -> float:
        return _LEFT + (at - self.begins) / (self.ends - self.begins) * (_WIDTH - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        return _HEIGHT - _BOTTOM - value / self.top * (_HEIGHT - _TOP - _BOTTOM)


def _step(highest: float, unit: str) -> float:
    """Return a round distance of the values that are written at the side: at most four."""
    steps: tuple[float, ...] = _SECONDS if unit == "s" and highest > 1 else ()
    decimal = (float(f"{digit}e{power}") for power in range(-6, 12) for digit in (1, 2, 5))
    return next(each for each in (*steps, *decimal) if highest / each <= 4)


_SECONDS: Final = (0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0)


def _panel(panel: Panel, scale: _Scale, cutoff: datetime, look: Look) -> str:
    parts = [
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" rx="4" fill="{look.panel}" stroke="{look.edge}"/>',
        f'<text x="12" y="22" font-size="13" font-weight="600" fill="{look.words}">{escape(panel.title)}</text>',
        *_grid(panel, scale, look),
        f'<path d="M{scale.x(cutoff):.0f} {_TOP}V{_HEIGHT - _BOTTOM}" stroke="{look.mark}" stroke-dasharray="4 3"/>',
        *(_line(line, scale, look.lines[place % len(look.lines)]) for place, line in enumerate(panel.lines)),
        *_legend(panel, look),
    ]
    return "".join(parts)


def _grid(panel: Panel, scale: _Scale, look: Look) -> Iterator[str]:
    written = _UNITS.get(panel.unit, _short)
    value = 0.0
    while value <= scale.top * 1.001:
        y = scale.y(value)
        yield f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="{look.edge}"/>'
        yield f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" fill="{look.faint}">{written(value)}</text>'
        value += scale.step
    at = (scale.begins + _HOUR).replace(minute=0)
    while at <= scale.ends:
        yield f'<text x="{scale.x(at):.0f}" y="{_HEIGHT - _BOTTOM + 16}" text-anchor="middle" fill="{look.faint}">'
        yield f"{at:%H.%M}</text>"
        at += _HOUR


def _line(line: Line, scale: _Scale, colour: str) -> str:
    """A gap in what is known is a gap in the line."""
    drawn, before = list[str](), None
    for at, value in line.points:
        alone = before is None or at - before > timedelta(minutes=6)
        place = f"{scale.x(at):.0f} {scale.y(value):.1f}"
        drawn.append(f"M{place}h.1" if alone else f"L{place}")  # else a point by itself would not be seen
        before = at
    pen = 'stroke-width="2" stroke-linejoin="round" stroke-linecap="round"'
    return f'<path d="{"".join(drawn)}" fill="none" stroke="{colour}" {pen}/>'


def _legend(panel: Panel, look: Look) -> Iterator[str]:
    if not panel.lines:
        middle = (_HEIGHT - _BOTTOM + _TOP) / 2
        yield f'<text x="{_WIDTH / 2}" y="{middle}" text-anchor="middle" fill="{look.faint}">nothing all evening</text>'
    for place, line in enumerate(panel.lines[:_MOST]):
        x, y = 14 + place % 3 * 132, _HEIGHT - _BOTTOM + 36 + place // 3 * 16
        colour = look.lines[place % len(look.lines)]
        yield f'<rect x="{x}" y="{y - 5}" width="10" height="3" rx="1" fill="{colour}"/>'
        yield f'<text x="{x + 15}" y="{y}" fill="{look.words}">{escape(line.name.replace("_", " "))}</text>'


def _short(value: float) -> str:
    return f"{value / 1000:g}k" if value >= 10_000 else f"{value:g}"


def _seconds(value: float) -> str:
    if 0 < value < 1:
        return f"{value * 1000:g} ms"
    if value < 120:
        return f"{value:g} s"
    return f"{value / 60:g} min" if value < 7200 else f"{value / 3600:g} h"


_UNITS: Final[Mapping[str, Callable[[float], str]]] = {
    "s": _seconds,
    "percentunit": lambda value: f"{value * 100:g} %",
    "mps": lambda value: f"{value:g}/s",
}
