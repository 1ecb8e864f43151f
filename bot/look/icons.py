"""The page's icons: strokes on a 24 by 24 grid, in the colour of the words around them."""

from __future__ import annotations

from typing import Final

_STROKES: Final = {
    "send": "M4 12 20 4l-5.5 16-3-6.5z M11.5 13.5 20 4",
    "picture": "M4 6.5 5.5 5h13L20 6.5v11L18.5 19h-13L4 17.5z M4.5 16.5 9.5 11l4 4.5 2.5-2.5 3.5 3.5 M15.5 8.7v.1",
    "bell": "M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15z M10 21.2h4",
    "megaphone": "M4 10v4h3l9 4.5v-13L7 10z M19 9.5a4 4 0 0 1 0 5",
    "person": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M4.5 20.5a7.5 7.5 0 0 1 15 0",
    "clock": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z M12 7.5V12l3 2",
    "chat": "M5 4.5h14l1.5 1.5v9.5L19 17h-7l-5 3.8V17H5l-1.5-1.5V6z",
    "play": "M8 5.5v13l10.5-6.5z",
    "pause": "M8.5 6v12 M15.5 6v12",
    "again": "M5 4.5v5h5 M5.6 9.5a7.5 7.5 0 1 1-.9 5",
    "theme": "M12 3.5a8.5 8.5 0 1 0 0 17z M12 3.5a8.5 8.5 0 0 1 0 17",
    "out": "M13 5h6v6 M19 5l-8.5 8.5 M10 6H6.5A1.5 1.5 0 0 0 5 7.5v10A1.5 1.5 0 0 0 6.5 19h10a1.5 1.5 0 0 0 1.5-1.5V14",
    "down": "M6 9.5l6 6 6-6",
    "tick": "M20.5 11.5a8.5 8.5 0 0 1-12.6 7.4L3.5 20.5l1.6-4.4a8.5 8.5 0 1 1 15.4-4.6z M8.3 11.6l2.6 2.6 4.8-5",
    "plane": "M3.5 11.5 20.5 4.5 17.5 19.5 9.5 14z M9.5 14 20.5 4.5 M9.5 14v5.5l3-3.4",
    "reply": "M9.5 5.5 4 11l5.5 5.5 M4.5 11H14a6 6 0 0 1 6 6v1.5",
    "list": "M9 6.5h11 M9 12h11 M9 17.5h11 M4.2 6.5h.1 M4.2 12h.1 M4.2 17.5h.1",
    "file": "M6 3.5h8l4.5 4.5v12.5H6z M14 3.5V8h4.5",
    "desk": "M4 5h16v11H4z M9 20h6 M12 16v4",
    "wave": "M4 17.5h16 M6.5 17V11 M11 17V6.5 M15.5 17v-8 M20 17v-4",
    "ticket": "M4 6.5h16v4a1.8 1.8 0 0 0 0 3.5v4H4v-4a1.8 1.8 0 0 0 0-3.5z M14 7v2 M14 11.2v2 M14 15.4v2",
    "trail": "M5 4.5h11l3 3v12H5z M8.5 9.5h7 M8.5 13h7 M8.5 16.5h4",
    "stuck": "M12 4 21 19.5H3z M12 10v4.5 M12 17v.1",
    "book": "M12 6.5C10 5 7.5 4.5 4.5 4.5v13c3 0 5.5.5 7.5 2 2-1.5 4.5-2 7.5-2v-13c-3 0-5.5.5-7.5 2z M12 6.5v13",
    "leave": "M10 5H6v14h4 M14 8l4 4-4 4 M18 12H9.5",
    "note": "M5 19v-3.5L15.5 5 19 8.5 8.5 19z M13.5 7l3.5 3.5",
    "take": "M12 20c-4 0-6-2.5-7.5-6.5L3.2 10a1.3 1.3 0 0 1 2.4-1l1.9 3V5.6a1.3 1.3 0 0 1 2.6 0V11 4.8a1.3 1.3 0 0 1 2.6 0V11l.1-5a1.3 1.3 0 0 1 2.6 0v6l.2-3.4a1.3 1.3 0 0 1 2.5.2V14c0 3.8-2 6-6.1 6z",  # noqa: E501 - the same
    "done": "M4.5 12.5 9.5 17.5 19.5 6.5",
    "hand": "M4 8h12 M12.5 4.5 16 8l-3.5 3.5 M20 16H8 M11.5 12.5 8 16l3.5 3.5",
    "label": "M4 5h7.5L20 13.5 13.5 20 4 10.5z M8 8.8v.1",
    "more": "M5 11.2h1.6v1.6H5z M11.2 11.2h1.6v1.6h-1.6z M17.4 11.2H19v1.6h-1.6z",
    "fire": "M12 3.5c.5 3.5 5 5 5 10a5 5 0 0 1-10 0c0-2 1-3 2-4 .3 1.5 1 2 1.5 2C10 8.5 11 6 12 3.5z",
    "building": "M5 20V5h9v15 M14 10h5v10 M3.5 20h17 M8 8.5h3 M8 12h3 M8 15.5h3",
    "eye": "M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6z M12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
    "search": "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14z M16 16l4.5 4.5",
    "save": "M12 4v10 M7.5 10 12 14.5 16.5 10 M5 19h14",
    "back": "M14.5 5.5 8 12l6.5 6.5",
    "stop": "M8.5 3.5h7l5 5v7l-5 5h-7l-5-5v-7z M8.5 12h7",
    "close": "M6 6l12 12 M18 6 6 18",
}

LOGO: Final = (
    '<svg viewBox="0 0 48 48" aria-hidden="true"><rect width="48" height="48" rx="16" fill="#0b6b78"/>'
    '<path d="M13.6 30.5a12 12 0 1 1 20.8 0" fill="none" stroke="#fff" stroke-width="4.6" '
    'stroke-linecap="round" stroke-dasharray="7.4 8.2"/>'
    '<path d="M17.5 25.6l5 5 9.2-10.4" fill="none" stroke="#ffb31e" stroke-width="4.8" '
    'stroke-linecap="round" stroke-linejoin="round"/></svg>'
)
"""The dial of the deadline pictures around a tick: the place is kept."""


def icon(name: str) -> str:
    """Return an icon as SVG; what it means must be said beside it."""
    filled = ' class="icon filled"' if name == "play" else ' class="icon"'
    return f'<svg{filled} viewBox="0 0 24 24" aria-hidden="true"><path d="{_STROKES[name]}"/></svg>'
