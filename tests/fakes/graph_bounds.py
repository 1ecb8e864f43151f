"""What a body for POST /messages must look like: fields, types, lengths, counts.

Bounds: Meta's description (business-messaging-api v23.0: InteractiveObject, SectionObject, HeaderObject, MediaObject_1)
and, newer than it, Meta's pages: 4,096 for text and the body of a list, 1,024 with buttons, ten rows in all,
`recipient`, `request_contact_info`, `cta_url`.
"""

from __future__ import annotations

import re
from typing import Any

from tests.fakes.graph_errors import GraphError, missing, wrong
from tests.fakes.graph_interactive import check_interactive
from tests.fakes.graph_shape import fields, link, text

Body = dict[str, Any]
NUMBER = re.compile(r"\+?\d{5,15}")
BSUID = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}")  # chatwoot#15150, Meta business-scoped-user-ids
_COMMON = {"messaging_product", "recipient_type", "to", "recipient", "type", "context", "biz_opaque_callback_data"}
_CAPTIONED = frozenset({"image", "video", "document"})
MEDIA = frozenset({"image", "video", "document", "audio", "sticker"})
TYPES = MEDIA | {"text", "location", "reaction", "contacts", "interactive", "template"}


def check_message(body: Body) -> None:
    """Raises GraphError where Meta would refuse this body; the template itself is looked at elsewhere."""
    if body.get("messaging_product") != "whatsapp":
        raise GraphError(100, "The parameter messaging_product is required.")
    kind = body.get("type", "text" if "text" in body else None)
    if kind is None:
        raise missing("type")
    if kind not in TYPES:
        raise GraphError(131051, f"Message type {kind!r} is not supported.")
    fields(body, _COMMON | {kind}, {"messaging_product", "recipient_type", kind})
    _check_recipient(body)
    _check_extras(body)
    _CHECKS[kind](body[kind], kind)


def _check_recipient(body: Body) -> None:
    """One of the two fields: Meta takes both and `to` wins (devlooped/WhatsApp#440), the project never sends both."""
    if body["recipient_type"] != "individual":
        raise GraphError(100, "Param recipient_type must be one of {INDIVIDUAL}")
    if ("to" in body) == ("recipient" in body):
        raise GraphError(100, "Exactly one of the parameters to and recipient is required.")
    given = body.get("to", body.get("recipient"))
    if not isinstance(given, str) or not (NUMBER.fullmatch(given) or BSUID.fullmatch(given)):
        raise wrong(f"Recipient {given!r} is not a phone number nor a business-scoped user ID")


def _check_extras(body: Body) -> None:
    if "biz_opaque_callback_data" in body:
        text(body, "biz_opaque_callback_data", 512)
    if "context" in body:
        fields(body["context"], {"message_id"}, {"message_id"}, "context")
        if not text(body["context"], "message_id", 512).startswith("wamid."):
            raise wrong("context.message_id is no message ID")


def check_mark(body: Body) -> None:
    """The body that marks a message as read, with or without the typing indicator (the description's last sample)."""
    needed = {"messaging_product", "status", "message_id"}
    fields(body, needed | {"typing_indicator"}, needed)
    if body["status"] != "read":
        raise wrong("status must be read")
    if "typing_indicator" in body and body["typing_indicator"] != {"type": "text"}:
        raise wrong("typing_indicator must be {type: text}")


def _check_text(given: Any, kind: str) -> None:
    fields(given, {"body", "preview_url"}, {"body"}, kind)
    text(given, "body", 4096)
    if not isinstance(given.get("preview_url", False), bool):
        raise wrong("text.preview_url must be a boolean")


def _check_media(given: Any, kind: str) -> None:
    allowed = {"id", "link"} | ({"caption"} if kind in _CAPTIONED else set())
    fields(given, allowed | ({"filename"} if kind == "document" else set()), set(), kind)
    if ("id" in given) == ("link" in given):
        raise GraphError(100, f"Exactly one of {kind}.id and {kind}.link is required.")
    if "link" in given:
        link(given, "link")
    for name, most in (("id", 128), ("caption", 1024), ("filename", 240)):
        if name in given:
            text(given, name, most)


def _check_location(given: Any, kind: str) -> None:
    fields(given, {"latitude", "longitude", "name", "address"}, {"latitude", "longitude"}, kind)
    for name, most in (("latitude", 90), ("longitude", 180)):
        try:
            if abs(float(given[name])) > most:
                raise wrong(f"location.{name} is out of range")
        except (TypeError, ValueError):
            raise wrong(f"location.{name} is no number") from None


def _check_reaction(given: Any, kind: str) -> None:
    fields(given, {"message_id", "emoji"}, {"message_id", "emoji"}, kind)
    text(given, "message_id", 512)


def _check_contacts(given: Any, kind: str) -> None:
    known = {"addresses", "birthday", "emails", "name", "org", "phones", "urls"}
    if not isinstance(given, list) or not 1 <= len(given) <= 5:  # the description: ContactsMessage
        raise wrong("contacts must have one to five cards")
    for card in given:
        fields(card, known, {"name"}, kind)
        text(card["name"], "formatted_name", 255)


def _check_interactive(given: Any, kind: str) -> None:
    check_interactive(given, _check_media)


def _check_template(given: Any, kind: str) -> None:
    fields(given, {"name", "language", "components"}, {"name", "language"}, kind)
    fields(given["language"], {"code", "policy"}, {"code"}, "template.language")
    if given["language"].get("policy", "deterministic") != "deterministic":
        raise wrong("template.language.policy must be deterministic")
    if not isinstance(given.get("components", []), list):
        raise wrong("template.components must be an array")


_CHECKS = {
    "text": _check_text,
    "location": _check_location,
    "reaction": _check_reaction,
    "contacts": _check_contacts,
    "interactive": _check_interactive,
    "template": _check_template,
    **dict.fromkeys(MEDIA, _check_media),
}
