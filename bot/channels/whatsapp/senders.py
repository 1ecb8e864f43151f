"""Who a part of a webhook is about: the id under which this business knows a person, and their other names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.whatsapp.addresses import is_number, is_scoped_id
from bot.channels.whatsapp.json_fields import NO_FIELDS, Fields, fields_of, rows_of, text_of
from programme.redaction.cutter import redact_name


@dataclass(frozen=True, slots=True)
class Sender:
    """A person on WhatsApp: `number` and `scoped_id` are empty where this webhook does not tell them."""

    number: str
    scoped_id: str
    name: str | None = None

    @property
    def address(self) -> str:
        """The lasting name first: numbers are hidden, and change."""
        return self.scoped_id or self.number

    @property
    def aliases(self) -> tuple[str, ...]:
        """The number beside the id, where both are known."""
        return (self.number,) if self.scoped_id and self.number else ()


def sender_of(value: Fields, number: str, scoped_id: str) -> Sender | None:
    """Return whom `number` and `scoped_id` name, as the contacts of `value` know them; None where nobody is named.

    A lone contact stands for a message that names nobody, as those of people who hide their number may.
    """
    number, scoped_id = number if is_number(number) else "", scoped_id if is_scoped_id(scoped_id) else ""
    contact = _contact(list(rows_of(value, "contacts")), number, scoped_id)
    found = Sender(
        number or _number(contact),
        scoped_id or _scoped_id(contact),
        _name(text_of(fields_of(contact, "profile"), "name")),
    )
    return found if found.address else None


def _contact(contacts: Sequence[Fields], number: str, scoped_id: str) -> Fields:
    if not number and not scoped_id:
        return contacts[0] if len(contacts) == 1 else NO_FIELDS
    for contact in contacts:
        if scoped_id and _scoped_id(contact):
            if _scoped_id(contact) == scoped_id:
                return contact
        elif number and _number(contact) == number:
            return contact
    return NO_FIELDS


def _number(contact: Fields) -> str:
    number = text_of(contact, "wa_id")
    return number if is_number(number) else ""


def _scoped_id(contact: Fields) -> str:
    scoped_id = text_of(contact, "user_id")
    return scoped_id if is_scoped_id(scoped_id) else ""


def _name(name: str) -> str | None:
    return redact_name(name) or None
