"""The key by which a person shows which number is theirs, as far as the messenger can vouch for it."""

from __future__ import annotations

from handlers.reply import Reply
from handlers.turn import Turn
from locales import _


def ask_number(reply: Reply, turn: Turn) -> Reply:
    """Add the key that shares the person's own number; none where any number could be typed as one's own."""
    return reply.ask_contact(_("📱 Bagikan nomorku")) if turn.incoming.can_vouch else reply
