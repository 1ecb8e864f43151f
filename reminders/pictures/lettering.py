"""Typesetting: words as large as fit into a slot that they never leave."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from math import ceil, floor
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.ImageFont import FreeTypeFont

_FONTS = Path(__file__).parent / "fonts"
_LONGEST = 240  # characters; more could not be read on a phone
_SMALLEST = 28  # pixels of 1080: about 10 on a phone's 390
_CAP, _LEADING = 0.71, 1.08  # of the size, for Plus Jakarta Sans

_UNPRINTABLE = frozenset({"So", "Sk", "Cc", "Cf", "Cn", "Co", "Cs", "Mn"})  # Unicode categories


class Weight(StrEnum):
    """The two weights that are bundled."""

    MEDIUM = "Medium"
    HEAVY = "ExtraBold"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels; `right` and `bottom` lie just outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """From left to right, in pixels."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """From top to bottom, in pixels."""
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        """The point in the middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, other: Box) -> bool:
        """Whether the other lies wholly inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of type: it starts at `x` and stands on `baseline`; `box` is where its ink falls."""

    text: str
    weight: Weight
    size: int
    x: int
    baseline: int
    box: Box


@lru_cache(maxsize=128)
def font(weight: Weight, size: int) -> FreeTypeFont:
    """Load a weight at a size in pixels; basic layout, so that every machine sets the same line."""
    from PIL import ImageFont

    path = _FONTS / f"PlusJakartaSans-{weight}.ttf"
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def fit(text: str, slot: Box, weight: Weight, *, biggest: int, lines: int = 1) -> tuple[TextLine, ...]:
    """Set the text as large as the slot allows, centred; what cannot fit ends in an ellipsis."""
    words = _printable(text).split()
    if not words:
        return ()
    for size in _sizes(biggest):
        face = font(weight, size)
        wrapped = _wrap(words, face, slot.width)
        if len(wrapped) > lines:
            continue
        placed = _place(_balance(wrapped, face), slot, weight, size)
        if all(slot.holds(line.box) for line in placed):
            return placed
    kept = _cut(_wrap(words, font(weight, _SMALLEST), slot.width), lines, slot.width, weight)
    return _place(kept, slot, weight, _SMALLEST)


def _printable(text: str) -> str:
    """Leave out emoji and controls, which the font would show as empty boxes."""
    composed = unicodedata.normalize("NFC", text[:_LONGEST])
    return "".join(" " if unicodedata.category(letter) in _UNPRINTABLE else letter for letter in composed)


def _sizes(biggest: int) -> Iterator[int]:
    size = biggest
    while size > _SMALLEST:
        yield size
        size -= max(1, size // 20)
    yield _SMALLEST


def _wrap(words: list[str], face: FreeTypeFont, width: int) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if face.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _balance(lines: list[str], face: FreeTypeFont) -> list[str]:
    """Break into as many lines, as even in length as they can be, so that no word is left alone."""
    words = " ".join(lines).split()
    best = lines
    while len(best) > 1:
        narrower = _wrap(words, face, int(_widest(best, face)) - 1)
        if len(narrower) > len(lines) or _widest(narrower, face) >= _widest(best, face):
            break
        best = narrower
    return best


def _widest(lines: list[str], face: FreeTypeFont) -> float:
    return max(face.getlength(line) for line in lines)


def _cut(wrapped: list[str], lines: int, width: int, weight: Weight) -> list[str]:
    kept = wrapped[:lines]
    if len(wrapped) > lines:
        kept[-1] += "…"
    return [_shorten(line, font(weight, _SMALLEST), width) for line in kept]


def _shorten(line: str, face: FreeTypeFont, width: int) -> str:
    while len(line) > 1 and face.getlength(line) > width - _SMALLEST / 4:  # ink may reach past the measure
        line = line.rstrip("…")[:-1].rstrip() + "…"
    return line


def _place(lines: list[str], slot: Box, weight: Weight, size: int) -> tuple[TextLine, ...]:
    x, middle = slot.centre
    step = max(size * _LEADING, _ink_between(lines, font(weight, size)))
    first = middle + (size * _CAP - step * (len(lines) - 1)) / 2
    return tuple(_line(text, weight, size, x, round(first + index * step)) for index, text in enumerate(lines))


def _ink_between(lines: list[str], face: FreeTypeFont) -> float:
    """Return the least step between baselines at which what hangs down and what stands up keep apart."""
    inks = [face.getbbox(line, anchor="ls") for line in lines]
    return max((upper[3] - lower[1] for upper, lower in pairwise(inks)), default=0)


def _line(text: str, weight: Weight, size: int, centre: float, baseline: int) -> TextLine:
    """Centre a line by its ink: a lone 1 has more room on its left than on its right."""
    left, top, right, bottom = font(weight, size).getbbox(text, anchor="ls")
    x = round(centre - (left + right) / 2)
    box = Box(floor(x + left), floor(baseline + top), ceil(x + right), ceil(baseline + bottom))
    return TextLine(text, weight, size, x, baseline, box)
