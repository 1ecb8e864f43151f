"""The console's own styles and script, and the HTML that loads them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from bot.look.files import address_of, chat_styles, serve_look, tokens

_STATIC: Final = Path(__file__).with_name("static")
_AT: Final = "/konsol/static"
_STYLES: Final = (
    "parts.css",
    "frame.css",
    "pages.css",
    "people.css",
    "staff.css",
    "learning.css",
    "broadcasts.css",
    "imports.css",
)
_SCRIPTS: Final = ("console.js", "imports.js")


def serve_files(server: FastAPI) -> None:
    """Serve styles, script and fonts."""
    serve_look(server)
    server.mount(_AT, StaticFiles(directory=_STATIC))


def head() -> str:
    """Return what loads them; the addresses change with the content."""
    styles = "".join(f'<link rel="stylesheet" href="{address_of(_STATIC, name, _AT)}">' for name in _STYLES)
    scripts = "".join(f'<script src="{address_of(_STATIC, name, _AT)}"></script>' for name in _SCRIPTS)
    return f"{tokens()}{scripts}{chat_styles()}{styles}"
