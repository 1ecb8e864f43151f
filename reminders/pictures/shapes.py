"""Shapes of the deadline picture behind its words: colours, the dial, the ticket."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, degrees, radians, sin
from typing import TYPE_CHECKING, Final, TypeAlias

from reminders.pictures.lettering import Box

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

Colour: TypeAlias = tuple[int, int, int]
Point: TypeAlias = tuple[float, float]

SIDE: Final = 1080  # pixels; Telegram and WhatsApp both show a square of this size unscaled
TICKET: Final = Box(36, 674, 1044, 1044)
TEAR: Final = 948  # where the ticket's stub begins
PILL: Final = Box(300, 548, 780, 640)  # on the last day, which word tells it: today, or tonight
DIAL: Final[Point] = (540, 346)

WHITE: Final[Colour] = (255, 255, 255)
INK: Final[Colour] = (22, 28, 36)
GREY: Final[Colour] = (74, 84, 98)

_SMOOTH = 3  # shapes are drawn this many times larger, then reduced
_RADIUS, _BAND = 296, 46
_SPAN, _FROM, _GAP = 240, 150, 3.2  # degrees, clockwise from three o'clock
_STEPS = 48  # straight pieces of one arc
_WEEK, _FORTNIGHT = 7, 14


@dataclass(frozen=True, slots=True)
class Mood:
    """The colours of one degree of urgency; every word keeps at least 4.5:1 to what is behind it."""

    ground: Colour
    glow: Colour
    on_ground: Colour
    accent: Colour  # on the white ticket


CALM = Mood((8, 98, 112), (15, 118, 132), WHITE, (8, 98, 112))
SOON = Mood((255, 179, 30), (255, 199, 84), (56, 29, 0), (133, 77, 0))
TOMORROW = Mood((250, 112, 32), (255, 138, 66), (48, 14, 0), (168, 58, 0))
TODAY = Mood((196, 14, 44), (206, 24, 54), WHITE, (190, 12, 42))


def mood(days_left: int) -> Mood:
    """Choose the colours: calm until four days before, then amber, orange, and red on the last day."""
    if days_left == 0:
        return TODAY
    if days_left == 1:
        return TOMORROW
    return SOON if days_left <= 3 else CALM


def backdrop(days_left: int, *, today: bool = False) -> Image:
    """Draw everything but the words: ripples, the dial, the ticket, and a pill where the day is named."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (SIDE * _SMOOTH, SIDE * _SMOOTH), mood(days_left).ground)
    brush = _Brush(ImageDraw.Draw(image))
    _ripples(brush, mood(days_left))
    if days_left:
        _dial(brush, days_left, mood(days_left))
    elif today:
        _pill(brush, mood(days_left))
    _ticket(brush, mood(days_left))
    return image.reduce(_SMOOTH)


class _Brush:
    """Draws in the card's pixels on an image that is `_SMOOTH` times larger."""

    def __init__(self, draw: ImageDraw) -> None:
        self._draw = draw

    def disc(self, centre: Point, radius: float, colour: Colour) -> None:
        self._draw.ellipse(_around(centre, radius), fill=colour)

    def arc(self, centre: Point, radius: float, angles: Point, width: float, colour: Colour) -> None:
        """Draw an arc with round ends that stay within the angles; `radius` is the band's middle."""
        half = width / 2
        start, end = angles[0] + degrees(half / radius), angles[1] - degrees(half / radius)
        outline = [
            *_along(centre, radius + half, start, end),
            *_along(_on_circle(centre, radius, end), half, end, end + 180),
            *_along(centre, radius - half, end, start),
            *_along(_on_circle(centre, radius, start), half, start + 180, start + 360),
        ]
        self._draw.polygon([(x * _SMOOTH, y * _SMOOTH) for x, y in outline], fill=colour)

    def stroke(self, start: Point, end: Point, width: float, colour: Colour) -> None:
        points = [start[0] * _SMOOTH, start[1] * _SMOOTH, end[0] * _SMOOTH, end[1] * _SMOOTH]
        self._draw.line(points, colour, round(width * _SMOOTH))
        for point in (start, end):
            self.disc(point, width / 2, colour)

    def panel(self, box: Box, radius: float, colour: Colour) -> None:
        corners = [side * _SMOOTH for side in (box.left, box.top, box.right - 1 / 3, box.bottom - 1 / 3)]
        self._draw.rounded_rectangle(corners, radius * _SMOOTH, fill=colour)


def _around(centre: Point, radius: float) -> list[float]:
    return [(c + sign * radius) * _SMOOTH for sign in (-1, 1) for c in centre]


def _on_circle(centre: Point, radius: float, angle: float) -> Point:
    return centre[0] + radius * cos(radians(angle)), centre[1] + radius * sin(radians(angle))


def _along(centre: Point, radius: float, start: float, end: float) -> list[Point]:
    turn = (end - start) / _STEPS
    return [_on_circle(centre, radius, start + step * turn) for step in range(_STEPS + 1)]


def _ripples(brush: _Brush, mood: Mood) -> None:
    for step, radius in enumerate((660, 510, 380)):
        brush.disc(DIAL, radius, _mix(mood.ground, mood.glow, (step + 1) / 3))


def _dial(brush: _Brush, days_left: int, mood: Mood) -> None:
    """A dial of seven days (up to fourteen), lit for each day that is left."""
    parts = min(max(days_left, _WEEK), _FORTNIGHT)
    step = (_SPAN + _GAP) / parts
    dim = _mix(mood.glow, mood.on_ground, 0.16)
    for part in range(parts):
        start = _FROM + part * step
        colour = mood.on_ground if part < days_left else dim
        brush.arc(DIAL, _RADIUS, (start, start + step - _GAP), _BAND, colour)


def _pill(brush: _Brush, mood: Mood) -> None:
    """A pill with a clock just before midnight."""
    brush.panel(PILL, PILL.height / 2, mood.on_ground)
    clock = (PILL.left + PILL.height / 2, PILL.centre[1])
    brush.disc(clock, 34, mood.accent)
    brush.stroke(clock, _on_circle(clock, 24, -90), 6, mood.on_ground)
    brush.stroke(clock, _on_circle(clock, 16, -118), 6, mood.on_ground)


def _ticket(brush: _Brush, mood: Mood) -> None:
    """The participant's place, as a ticket with a stub to tear off."""
    brush.panel(TICKET, 52, WHITE)
    for x in (TICKET.left, TICKET.right):
        brush.disc((x, TEAR), 22, mood.ground)
    dash = _mix(WHITE, GREY, 0.35)
    for x in range(TICKET.left + 52, TICKET.right - 52, 24):
        brush.stroke((x, TEAR), (x + 9, TEAR), 4, dash)


def _mix(first: Colour, second: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue
