"""Aspects: the short questions that may be asked of any matter, and where each leads.

The words are in `short_answers.tsv`, by the matter and what is asked of it; a conversation lists those of its matter
with `in_short`. *Wajib ga?* of another is read with its subject (`ellipsis`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from handlers.dialogue.follow_up import OF
from handlers.understanding.lexicon import rows
from programme.model.messages import Open

IN_SHORT: Final = "in_short"

ANY: Final = "*"
"""The matter of the words that hold for any."""
_OF_THE_ANSWER: Final = frozenset(("said again", "not clear", "what is that"))
"""What is asked of the words just heard, so that only the matter itself has an answer."""


def _read() -> Mapping[tuple[str, str], str]:
    table = rows(Path(__file__).parent / "short_answers.tsv")
    words = ((of, asked.split("; "), told.replace(r"\n", "\n")) for of, asked, told in table)
    return MappingProxyType({(of, one): told for of, asked, told in words for one in asked})


WORDS: Final = _read()
"""The words by the matter and the aspect, by the name of its phrases."""


def words_for(of: str, asked: str) -> str | None:
    """Return what is said of an aspect of a matter, where anything is."""
    return WORDS.get((of, asked)) or WORDS.get((ANY, asked))


def in_short(of: str, **leads_to: Open) -> Mapping[str, Open]:
    """Return the follow-ups of a matter: all that is answered in a sentence, others by what they lead to."""
    answered = [asked for matter, asked in WORDS if matter in {ANY, of}]
    named = {what.replace("_", " "): opened for what, opened in leads_to.items()}
    return {**{what: Open(IN_SHORT, {OF: of}) for what in answered}, **named}


def in_passing(of: str) -> Mapping[str, Open]:
    """Return the follow-ups of a matter for whatever touches it: not of any, nor of the very words of its answer."""
    return {what: Open(IN_SHORT, {OF: of}) for matter, what in WORDS if matter == of and what not in _OF_THE_ANSWER}
