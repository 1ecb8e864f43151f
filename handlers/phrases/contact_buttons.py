"""Contacts as people need them: the number in words, and a button to tap."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.dialogue.reply import Reply
from locales import _, fill
from programme.contacts import Contact, ContactKind
from programme.platforms import Platform


def in_words(contacts: Iterable[Contact]) -> list[str]:
    """Write each contact with its means, to be read out or copied."""
    return [fill(_means()[contact.kind], value=contact.value) for contact in contacts]


def with_contacts(reply: Reply, name: str, contacts: Iterable[Contact]) -> Reply:
    """Add a button for each contact of `name`."""
    for contact in contacts:
        reply = reply.link(fill(_labels()[contact.kind], name=name), contact.url)
    return reply


def with_platform(reply: Reply, platform: Platform | None) -> Reply:
    """Tell how the platform is reached; where none is known to be meant, a button asks which."""
    if platform is None:
        return reply.button(_("🏬 Kontak platform"), "platform_contact")
    if not platform.contacts:
        return reply.also(_("Kontak {name} tidak ada di catatanku: coba aplikasi atau situsnya."), name=platform.name)
    reply = reply.also(_("Kontak {name}: {ways}."), name=platform.name, ways=in_words(platform.contacts))
    return with_contacts(reply, platform.name, platform.contacts)


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
