"""Pictures from outside, made safe to show and to keep: whatever comes in goes out as a plain picture."""

from __future__ import annotations

from io import BytesIO
from typing import Literal

LARGEST = 10_000_000
"""Bytes of a picture that is taken in."""

_MOST_PIXELS = 40_000_000
_LONGEST_SIDE = 2560  # a phone's whole screen, and still to be read
_PREVIEW = 640


def as_png(data: bytes, side: int = _LONGEST_SIDE) -> bytes | None:
    """Return any picture as PNG, no longer or wider than `side`; None where it is none, or too large."""
    return _redrawn(data, "PNG", side)


def as_preview(data: bytes) -> bytes | None:
    """Return a picture as the chat shows it to whoever sent it: a small PNG; or None."""
    return _redrawn(data, "PNG", _PREVIEW)


def as_screenshot(data: bytes) -> bytes | None:
    """Return a person's picture as a small JPEG, without what the camera noted of time and place; or None."""
    return _redrawn(data, "JPEG") if len(data) <= LARGEST else None


def _redrawn(data: bytes, form: Literal["PNG", "JPEG"], side: int = _LONGEST_SIDE) -> bytes | None:
    from PIL import Image, ImageOps, UnidentifiedImageError

    out = BytesIO()
    try:
        with Image.open(BytesIO(data)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                return None
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.thumbnail((side, side))
            upright.save(out, form, quality=85)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return None
    return out.getvalue()
