"""The big countdown to a cutoff, in the colours of the deadline pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from math import cos, pi, sin

from nicegui import ui

from bot.demo.parts import box, markup, words
from bot.demo.urgency import Left, Urgency
from locales import _, long_date
from programme.cutoffs import Cutoff
from programme.model.zones import Zone

_WEEK = 7
_SIGNS = {Urgency.TODAY: "!", Urgency.OVER: "×", Urgency.KEPT: "✓"}
_SPAN, _FROM, _GAP = 240, 150, 21  # degrees, clockwise from three o'clock


@dataclass(slots=True, repr=False, eq=False)
class Countdown:
    """One card that turns amber, orange and red as the cutoff comes near."""

    _card: ui.element = field(init=False)
    _dial: ui.html = field(init=False)
    _left: ui.html = field(init=False)
    _until: ui.html = field(init=False)
    _shown: Left | None = None

    def draw(self) -> None:
        """Put the card on the page, out of sight until there is a cutoff to show."""
        with box("card countdown hidden", "section", aria_label=_("Sisa waktu")) as self._card:
            self._dial = markup("", "dial", "div")
            with box("says"):
                words(_("Batas beli pelatihan pertama"), "heading", "h2")
                self._left = words("", "left", "div")
                self._until = words("", "until", "div")

    def show(self, cutoff: Cutoff, left: Left) -> None:
        """Show what is left until `cutoff`."""
        if left == self._shown:
            return
        self._card.classes(remove=" ".join(["hidden", *Urgency]), add=left.urgency)
        self._dial.set_content(_dial(left))
        self._left.set_content(escape(left.words))
        self._until.set_content(f"<span>{escape(long_date(cutoff.day))}</span> <span>{_hour(cutoff)}</span>")
        self._shown = left


def _hour(cutoff: Cutoff) -> str:
    return f"{cutoff.at.astimezone(Zone.WIB.tz):%H.%M} {Zone.WIB}"


def _dial(left: Left) -> str:
    """Draw the dial of the pictures: as many of seven strokes as days are left, and the number within."""
    step = (_SPAN + _GAP) / _WEEK
    strokes = [_stroke(_FROM + place * step, step - _GAP, lit=place < left.days) for place in range(_WEEK)]
    word = str(left.days) if left.days else _SIGNS.get(left.urgency, "")
    return (
        f'<svg viewBox="0 0 100 88" aria-hidden="true">{"".join(strokes)}'
        f'<text x="50" y="54" text-anchor="middle" dominant-baseline="central">{word}</text></svg>'
    )


def _stroke(start: float, length: float, *, lit: bool) -> str:
    (x1, y1), (x2, y2) = _at(start), _at(start + length)
    return f'<path class="{"lit" if lit else "unlit"}" d="M{x1:.2f} {y1:.2f}A40 40 0 0 1 {x2:.2f} {y2:.2f}"/>'


def _at(degrees: float) -> tuple[float, float]:
    angle = degrees * pi / 180
    return 50 + 40 * cos(angle), 54 + 40 * sin(angle)
