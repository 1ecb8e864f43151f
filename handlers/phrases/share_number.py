"""How a person shows which number is theirs, as far as the channel can vouch for it."""

from __future__ import annotations

from handlers.dialogue.reply import Reply
from handlers.dialogue.turn import Turn
from locales import _


def ask_number(reply: Reply, turn: Turn) -> Reply:
    """Add the button that shares the person's own number; where any number could be typed, the way to Telegram."""
    if turn.incoming.can_vouch:
        words = _("Mau statusmu sesuai data resmi? Bagikan nomor HP yang terdaftar di Prakerja.")
        return reply.also(words).ask_contact(_("📱 Bagikan nomorku"))
    words = _(
        "Mau statusmu sesuai data resmi? Sambungkan halaman ini dengan Telegram: di sana nomormu terbukti milikmu."
    )
    return reply.also(words).button(_("🔗 Sambungkan dengan Telegram"), "link_web")
