"""Contacts as people need them: the number in words, and a button to tap."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.dialogue.reply import Reply
from locales import _, fill
from programme.contacts import Contact, ContactKind


def in_words(contacts: Iterable[Contact]) -> list[str]:
    """Write each contact with its means, to be read out or copied."""
    return [fill(_means()[contact.kind], value=contact.value) for contact in contacts]


def with_contacts(reply: Reply, name: str, contacts: Iterable[Contact]) -> Reply:
    """Add a button for each contact of `name`."""
    for contact in contacts:
        reply = reply.link(fill(_labels()[contact.kind], name=name), contact.url)
    return reply


def _means() -> dict[ContactKind, str]:
    return {
        ContactKind.PHONE: _("telepon {value}"),
        ContactKind.WHATSAPP: _("WhatsApp {value}"),
        ContactKind.WEB: _("situs {value}"),
        ContactKind.EMAIL: _("e-mail {value}"),
    }


def _labels() -> dict[ContactKind, str]:
    return {
        ContactKind.PHONE: _("☎️ Telepon {name}"),
        ContactKind.WHATSAPP: _("💬 WhatsApp {name}"),
        ContactKind.WEB: _("🌐 Buka {name}"),
        ContactKind.EMAIL: _("✉️ E-mail {name}"),
    }
