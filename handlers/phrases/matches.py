"""Pattern matching: whether the message that just came in speaks of something, however it is spelt."""

from __future__ import annotations

import re

from handlers.dialogue.turn import Turn
from handlers.understanding.spelling import spell
from handlers.understanding.tokens import cut
from programme.model.messages import Sort


def matches(turn: Turn, pattern: str) -> bool:
    """Tell whether the typed words, as written or as meant, match `pattern` (lower case).

    Only for conversations that ask nothing: a replay has another message.
    """
    if turn.incoming.sort is Sort.PRESS or turn.incoming.text.startswith("/"):
        return False
    return speaks_of(turn.incoming.text, pattern)


def speaks_of(text: str, pattern: str) -> bool:
    """Tell whether words, as written or as meant, match `pattern` (lower case)."""
    meant = " ".join(token.word for token in spell(cut(text)))
    return any(re.search(pattern, words) for words in (text.casefold(), meant))
