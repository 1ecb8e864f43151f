"""The picture of a deadline: how much time is left, and until when exactly. All words come from outside."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

from reminders.pictures.lettering import Box, TextLine, Weight, fit, font
from reminders.pictures.shapes import GREY, INK, PILL, TEAR, TICKET, backdrop, mood

if TYPE_CHECKING:
    from reminders.pictures.shapes import Colour


@dataclass(frozen=True, slots=True)
class DeadlineCard:
    """What the picture says, in the person's language and zone; blank lines are left out.

    `days_left` is 0 on the last day; a negative one raises ValueError, for nothing is sent past the cutoff.
    A headline that begins with that number ("3 hari lagi") is set as the number and its caption. On the last
    day the headline tells the hours and is set large, with `today` below it; on other days `today` is not shown.
    """

    headline: str
    days_left: int
    date_line: str
    time_line: str
    own_time_line: str | None
    footer: str
    today: str | None = None

    def __post_init__(self) -> None:
        if self.days_left < 0:
            raise ValueError("A deadline that is past has no picture")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One text of the card as it is set: the slot it may fill, its lines, their colour."""

    slot: Box
    lines: tuple[TextLine, ...]
    colour: Colour


@lru_cache(maxsize=64)
def draw(card: DeadlineCard) -> bytes:
    """Draw the card as a PNG of 1080 x 1080 pixels; the same card always gives the same bytes.

    The first call for a card computes for about a tenth of a second: from an event loop, call it in a thread.
    """
    from PIL import ImageDraw

    image = backdrop(card.days_left, today=bool(card.today))
    pen = ImageDraw.Draw(image)
    for block in layout(card):
        for line in block.lines:
            face = font(line.weight, line.size)
            pen.text((line.x, line.baseline), line.text, block.colour, face, anchor="ls")
    png = BytesIO()
    image.save(png, "PNG")
    return png.getvalue()


def layout(card: DeadlineCard) -> tuple[TextBlock, ...]:
    """Place every text of the card; no line leaves its slot and no two slots meet."""
    return (*(_counting(card) if card.days_left else _last_day(card)), *_ticket(card))


def _counting(card: DeadlineCard) -> tuple[TextBlock, ...]:
    number, colour = str(card.days_left), mood(card.days_left).on_ground
    caption = card.headline.removeprefix(number + " ")
    return (
        _block(number, _NUMBER, Weight.HEAVY, colour, biggest=440),
        _block(caption, _CAPTION, Weight.HEAVY, colour, biggest=100),
    )


def _last_day(card: DeadlineCard) -> tuple[TextBlock, ...]:
    today = card.today or ""
    word = _WORD if today else _WORD_ALONE
    return (
        _block(card.headline, word, Weight.HEAVY, mood(0).on_ground, biggest=230, lines=2),
        _block(today, _TODAY, Weight.HEAVY, mood(0).accent, biggest=62),
    )


def _ticket(card: DeadlineCard) -> tuple[TextBlock, ...]:
    accent = mood(card.days_left).accent
    own = card.own_time_line or ""
    date, time = (_DATE, _TIME) if own else (_DATE_ALONE, _TIME_ALONE)
    return (
        _block(card.date_line, date, Weight.HEAVY, INK, biggest=60, lines=2),
        _block(card.time_line, time, Weight.HEAVY, accent, biggest=84 if own else 116),
        _block(own, _OWN_TIME, Weight.HEAVY, accent, biggest=46, lines=2),
        _block(card.footer, _FOOTER, Weight.MEDIUM, GREY, biggest=44, lines=2),
    )


def _block(text: str, slot: Box, weight: Weight, colour: Colour, *, biggest: int, lines: int = 1) -> TextBlock:
    return TextBlock(slot, fit(text, slot, weight, biggest=biggest, lines=lines), colour)


_LEFT, _RIGHT = TICKET.left + 48, TICKET.right - 48
_NUMBER: Final = Box(340, 136, 740, 516)
_CAPTION: Final = Box(64, 534, 1016, 646)
_WORD: Final = Box(64, 30, 1016, 536)
_WORD_ALONE: Final = Box(64, 30, 1016, 644)
_TODAY: Final = Box(PILL.left + PILL.height - 4, PILL.top, PILL.right - 32, PILL.bottom)
_DATE: Final = Box(_LEFT, 688, _RIGHT, 770)
_TIME: Final = Box(_LEFT, 770, _RIGHT, 864)
_OWN_TIME: Final = Box(_LEFT, 864, _RIGHT, 934)
_DATE_ALONE: Final = Box(_LEFT, 692, _RIGHT, 784)
_TIME_ALONE: Final = Box(_LEFT, 784, _RIGHT, 936)
_FOOTER: Final = Box(_LEFT, TEAR + 8, _RIGHT, TICKET.bottom - 8)
