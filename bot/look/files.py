"""The files behind the look, served from here: nothing is fetched from elsewhere."""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

STATIC: Final = Path(__file__).with_name("static")
_LOOK, _FONTS = "/sobat/look", "/sobat/fonts"


def serve_look(server: FastAPI) -> None:
    """Serve fonts and tokens, once however many pages ask for it."""
    if any(getattr(route, "path", None) == _LOOK for route in server.routes):
        return
    server.mount(_FONTS, StaticFiles(directory=str(files("reminders.pictures") / "fonts")))
    server.mount(_LOOK, StaticFiles(directory=STATIC))


def address_of(folder: Path, name: str, at: str) -> str:
    """Return the address below `at` of a file in a folder; it changes with its content."""
    return f"{at}/{name}?{sha256((folder / name).read_bytes()).hexdigest()[:8]}"


def chat_styles() -> str:
    """Return the HTML that loads how a message looks, as Telegram and as WhatsApp show it."""
    return "".join(
        f'<link rel="stylesheet" href="{address_of(STATIC, name, _LOOK)}">' for name in ("bubbles.css", "whatsapp.css")
    )


def tokens() -> str:
    """Return the HTML that loads the colours, type and sizes, and wears the theme that somebody chose."""
    styles = f'<link rel="stylesheet" href="{address_of(STATIC, "tokens.css", _LOOK)}">'
    return f'<script src="{address_of(STATIC, "theme.js", _LOOK)}"></script>{styles}'
