"""A place on the map, in words, for somebody who reads along."""

from __future__ import annotations

_MAP = "https://www.openstreetmap.org/?mlat={latitude:.5f}&mlon={longitude:.5f}"


def place_in_words(latitude: float, longitude: float, *names: str) -> str:
    """Return a link to the map at so many degrees, behind what the place is called."""
    link = _MAP.format(latitude=latitude, longitude=longitude)
    named = ", ".join(filter(None, names))
    return f"📍 {named}: {link}" if named else f"📍 {link}"
