"""Explanation of a turn: what was expected, what the words were read as, and what decided."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.understanding import Understanding
from programme.model.messages import Matter


@dataclass(frozen=True, slots=True)
class Why:
    """Why a text got its answer.

    `matter` is what was said last, `asked` the open question it met, `understood` its reading by itself, where it was
    read, and `decided` says in a few words which of these the answer follows from.
    """

    matter: Matter | None
    asked: str | None
    understood: Understanding | None
    decided: str
