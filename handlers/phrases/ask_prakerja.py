"""Where the programme itself answers: its telephone and its complaint form, in words and a tap away."""

from __future__ import annotations

from handlers.dialogue.reply import Reply
from handlers.dialogue.turn import Turn
from locales import _


def ask_prakerja(reply: Reply, turn: Turn) -> Reply:
    """Say whom to ask, with the number, and add both buttons."""
    words = _("Yang bisa memastikan: Call Center Prakerja <b>{phone}</b> (bebas pulsa) atau Formulir Pengaduan.")
    return with_prakerja(reply.also(words, phone=turn.programme.contacts["phone"].value), turn)


def with_prakerja(reply: Reply, turn: Turn) -> Reply:
    """Add the buttons to the telephone and to the form."""
    contacts = turn.programme.contacts
    reply = reply.link(_("☎️ Telepon Prakerja"), contacts["phone"].url)
    return reply.link(_("📝 Isi Formulir Pengaduan"), contacts["complaint_form"].url)
