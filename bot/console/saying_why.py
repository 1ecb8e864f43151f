"""Saying why: what can't be done is told in a sentence, wherever on the console it was tried, and the page goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.console.broadcast_desk import Impossible
from bot.console.import_words import refusal
from bot.console.parts import notice
from bot.editing.refusals import EditRefused
from bot.editing.words import why_not
from programme.model.imports import ImportRefused


@contextmanager
def saying_why() -> Iterator[None]:
    """Do what is within as far as it is let; what follows a refusal in it is left out."""
    try:
        yield
    except Impossible as why:
        notice(str(why), bad=True)
    except EditRefused as refused:
        notice(why_not(refused), bad=True)
    except ImportRefused as refused:
        notice(refusal(refused), bad=True)
