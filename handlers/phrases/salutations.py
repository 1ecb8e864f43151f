"""Salutations: the greeting that goes back, as it came."""

from __future__ import annotations

from handlers.dialogue.turn import Turn
from handlers.phrases.matches import typed
from handlers.understanding.phrases import first_said
from locales import _


def greeted_back(turn: Turn) -> str:
    """Return the greeting that answers the person's own; *halo* where they had none."""
    heard = {
        "a salaam": _("Waalaikumsalam!"),
        "greets in the morning": _("Selamat pagi!"),
        "greets at noon": _("Selamat siang!"),
        "greets in the afternoon": _("Selamat sore!"),
        "greets in the evening": _("Selamat malam!"),
    }
    return first_said(heard, typed(turn)) or _("Halo!")
