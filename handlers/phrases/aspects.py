"""Aspects: the short questions that may be asked of any matter, and where each leads.

A conversation lists those whose answer it has; *wajib ga?* of another is read with its subject (`ellipsis`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from handlers.dialogue.follow_up import OF
from programme.model.messages import Open

IN_SHORT: Final = "in_short"

ASPECTS: Final = (
    *("may it be", "must it be", "how much", "how long", "if it fails", "who does it", "when it is"),
    *("must one pay oneself", "a training for free", "with what one pays"),
    *("in all", "what if it is missed", "which comes first", "which is to be changed"),
    *("the steps", "to disconnect", "of one household", "a short review"),
)
"""The phrases of the short questions: *boleh ga*, *wajib ga*, *berapa*, *berapa lama*, *kalau gagal gimana*, ..."""


def in_short(of: str, *aspects: str, **leads_to: Open) -> Mapping[str, Open]:
    """Return the follow-ups of a matter: aspects that are answered in a sentence, others by what they lead to."""
    named = {what.replace("_", " "): opened for what, opened in leads_to.items()}
    return {**{what: Open(IN_SHORT, {OF: of}) for what in aspects}, **named}
