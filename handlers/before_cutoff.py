"""The reminder within an answer that the clock is running, for whoever has not bought yet."""

from __future__ import annotations

from handlers.cutoff_words import on_both_clocks
from handlers.reply import Reply
from handlers.turn import Turn
from locales import _
from programme.milestones import Milestone


def with_cutoff(reply: Reply, turn: Turn, words: str | None = None) -> Reply:
    """Add the person's own cutoff while it can still be met; `words` hold `{when}`."""
    if turn.cutoff is None or turn.too_late or turn.participant.has(Milestone.BOUGHT):
        return reply
    when = on_both_clocks(turn.cutoff, turn.participant.zone)
    return reply.also(words or _("⏰ Jangan ditunda, batas belimu:\n{when}"), when=when)
