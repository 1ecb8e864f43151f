"""What was named in the talk so far, so that nobody is asked for it again."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.follow_up import GUESSED
from handlers.dialogue.listening import OTHERS_WAVE, WHOSE
from programme.model.messages import Matter

_KINDS: Final = ("platform", "partner", "wave", OTHERS_WAVE)
"""Kinds of named things that a talk keeps."""


def named_in_talk(matter: Matter | None) -> dict[str, str]:
    """Return what was named in the talk, by kind, the latest of each; somebody else's wave stands for itself."""
    named: dict[str, str] = {}
    for one in () if matter is None else matter.all():
        told = dict(one.told) if GUESSED not in one.told else {}
        if WHOSE in told and "wave" in told:
            told[OTHERS_WAVE] = told.pop("wave")
        named = {**{kind: told[kind] for kind in _KINDS if kind in told}, **named}
    return named
