"""STOP and START, as a channel's rules name them: nothing else stands in the message."""

from __future__ import annotations

from handlers.dialogue.listening import Spoken
from handlers.understanding.phrases import says
from programme.model.messages import Open
from programme.model.participants import ReminderLevel
from programme.model.windows import WINDOWS


def says_stop(spoken: Spoken) -> Open | None:
    """Hear the words that such a channel's rules name: whoever sends nothing else than *STOP* means all of it."""
    if spoken.incoming.channel not in WINDOWS or spoken.incoming.forwarded:
        return None
    return Open("stop") if says("stop everything", spoken.text) else None


def says_start(spoken: Spoken) -> Open | None:
    """Hear *START* and *MULAI* of somebody who had stopped."""
    silent = spoken.participant.reminders.level is ReminderLevel.NONE
    if not silent or spoken.incoming.channel not in WINDOWS or spoken.incoming.forwarded:
        return None
    return Open("start_again") if says("start again", spoken.text) else None
