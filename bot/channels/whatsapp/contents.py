"""What a message holds, by its type: the sort it is of, its words, its file, its place, and the button pressed.

https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages, as of
August 2026.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeGuard

from bot.channels.places import place_in_words
from bot.channels.whatsapp.addresses import CHANNEL, is_number
from bot.channels.whatsapp.json_fields import Fields, fields_of, rows_of, text_of
from programme.model.messages import Attachment, Sort
from programme.model.phones import OwnNumber
from programme.redaction.cutter import redact_file_name

SORTS: Final[Mapping[str, Sort]] = MappingProxyType(
    {
        "text": Sort.TEXT,
        "image": Sort.PHOTO,
        "document": Sort.DOCUMENT,
        "audio": Sort.VOICE,
        "voice": Sort.VOICE,
        "video": Sort.VIDEO,
        "sticker": Sort.STICKER,
        "location": Sort.LOCATION,
        "contacts": Sort.CONTACT,
        # What can't be read here, but was meant for us: the person hears that words are of more use.
        "order": Sort.OTHER,
        "interactive": Sort.OTHER,
        "unsupported": Sort.OTHER,
    }
)
"""What each type of message comes in as, presses apart."""

SILENT: Final = frozenset({"reaction", "request_welcome"})
"""By which nobody says anything: a thumb, a chat that was opened."""

_MEDIA: Final[Mapping[str, Sort]] = MappingProxyType(
    {
        "image": Sort.PHOTO,
        "document": Sort.DOCUMENT,
        "audio": Sort.AUDIO,
        "voice": Sort.VOICE,
        "video": Sort.VIDEO,
        "sticker": Sort.STICKER,
    }
)
_WORDS: Final[Mapping[str, str]] = MappingProxyType({"text": "body", "order": "text"})
_PRESSES: Final = ("button_reply", "list_reply")


def sort_of_content(message: Fields) -> Sort | None:
    """Return what a message comes in as, None for a type that is unknown here; a text without words is OTHER."""
    sort = SORTS.get(text_of(message, "type"))
    return Sort.OTHER if sort is Sort.TEXT and not words_of(message) else sort


def words_of(message: Fields) -> str:
    """Return the text, the caption, or what was written beside an order."""
    kind = text_of(message, "type")
    return text_of(fields_of(message, kind), _WORDS.get(kind, "caption"))


def press_of(message: Fields) -> tuple[str, str] | None:
    """Return what the pressed button holds and says, be it below a message, in a list or of a template; else None."""
    if text_of(message, "type") == "button":
        button = fields_of(message, "button")
        return text_of(button, "payload"), text_of(button, "text")
    interactive = fields_of(message, "interactive")
    kind = text_of(interactive, "type")
    if text_of(message, "type") != "interactive" or kind not in _PRESSES:
        return None
    return text_of(fields_of(interactive, kind), "id"), text_of(fields_of(interactive, kind), "title")


def attachment_of(message: Fields) -> Attachment | None:
    """Return the picture or file in a message, which WhatsApp keeps for some days."""
    kind = text_of(message, "type")
    sort, media = _MEDIA.get(kind), fields_of(message, kind)
    if sort is None or not (reference := text_of(media, "id")):
        return None
    if media.get("voice") is True:
        sort = Sort.VOICE
    return Attachment(sort, CHANNEL, reference, redact_file_name(text_of(media, "filename")))


def sight_of(message: Fields) -> str:
    """Return in words what is shown by no text and no file; empty where words can't tell it."""
    match text_of(message, "type"):
        case "sticker":
            return "[stiker]"
        case "location":
            return _place(fields_of(message, "location"))
    return ""


def own_number_of(message: Fields, visible: str) -> OwnNumber | None:
    """Return the number that the sender gave by the button which asks for it: WhatsApp vouches for no other card.

    Where the sender's number is `visible` it must be that one.
    """
    cards = list(rows_of(message, "contacts"))
    told = {text_of(held, "origin") for held in (message, *cards)} - {""}
    phones = [phone for card in cards for phone in rows_of(card, "phones")]
    if told != {"contact_request"} or len(cards) != 1 or len(phones) != 1 or is_forwarded(message):
        return None
    digits = text_of(phones[0], "wa_id") or "".join(filter(str.isdecimal, text_of(phones[0], "phone")))
    fits = digits == visible if visible else is_number(digits)
    return OwnNumber(f"+{digits}") if fits else None


def is_forwarded(message: Fields) -> bool:
    """Tell whether somebody passes on what others wrote."""
    context = fields_of(message, "context")
    return context.get("forwarded") is True or context.get("frequently_forwarded") is True


def _place(place: Fields) -> str:
    latitude, longitude = place.get("latitude"), place.get("longitude")
    if not _is_degree(latitude, 90) or not _is_degree(longitude, 180):
        return ""
    return place_in_words(latitude, longitude, text_of(place, "name"), text_of(place, "address"))


def _is_degree(value: object, most: int) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and -most <= value <= most
