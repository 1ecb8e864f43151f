"""Cutoff note in an answer about something else: the clock is running, or has run out."""

from __future__ import annotations

from handlers.dialogue.reply import Reply
from handlers.dialogue.turn import Turn
from handlers.phrases.cutoff_words import on_both_clocks
from locales import _, fill
from programme.model.milestones import Milestone


def with_cutoff(reply: Reply, turn: Turn, words: str | None = None) -> Reply:
    """Add the person's own cutoff while it can still be met; past it that comes first, plainly.

    `words` hold `{when}` and take the place of the usual ones; past the cutoff nothing is said then.
    """
    if (theirs := turn.relatives_cutoff) is not None:
        return reply.also(_("⏰ Jangan ditunda, batas belinya:\n{when}"), when=on_both_clocks(theirs, turn.place))
    if turn.cutoff is None or turn.is_behind(Milestone.BOUGHT):
        return reply
    if turn.too_late:
        return reply if words else reply.after(cutoff_passed(turn))
    when = on_both_clocks(turn.cutoff, turn.place)
    return reply.also(words or _("⏰ Jangan ditunda, batas belimu:\n{when}"), when=when)


def cutoff_passed(turn: Turn) -> str:
    """Say that the person's cutoff has passed, and since when; only for whoever is too late."""
    assert turn.cutoff is not None  # noqa: S101 - without one nobody is too late
    words = _("⚫ Batas beli gelombangmu <b>sudah lewat</b>: {day} pukul 23.59 WIB.")
    return fill(words, day=turn.cutoff.day)
