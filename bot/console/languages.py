"""Which language a browser reads the console in: the one that was chosen there, else Indonesian."""

from __future__ import annotations

from fastapi import Request

from bot.console.session_cookie import LANGUAGE
from locales import SOURCE, languages


def page_language(request: Request) -> str:
    """Return the code of the language that was chosen in this browser."""
    chosen = request.cookies.get(LANGUAGE, SOURCE)
    return chosen if chosen in languages() else SOURCE
