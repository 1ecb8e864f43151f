"""The paragraph that says of an answer that it is a guess, and what it guesses: put on, and taken off again."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.register import conversations
from handlers.dialogue.reply import Reply
from locales import N_, _, fill

_HEAD: Final = N_("Kalau tidak salah tangkap, ini soal <b>{about}</b>.")
_PARAGRAPH: Final = "\n\n"


def said_to_be_guess(reply: Reply, conversation: str) -> Reply:
    """Return an answer that begins by saying what it is taken to be about; as it was where that has no name."""
    about = conversations()[conversation].about
    return reply.after(fill(_(_HEAD), about=_(about))) if about else reply


def without_guess_head(text: str) -> str:
    """Return a text without the paragraph that says what it is taken to be about."""
    before, _about, behind = _(_HEAD).partition("{about}")
    head, _gap, rest = text.partition(_PARAGRAPH)
    return rest if rest and head.startswith(before) and head.endswith(behind) else text
