"""Webhooks written by hand, after Meta's pages, and a reader for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.channels.buttons import ButtonSigner
from bot.channels.whatsapp.items import Item
from bot.channels.whatsapp.reading import WhatsAppReader
from programme.model.clock import SetClock
from programme.model.messages import Incoming
from programme.redaction.cutter import redact

OURS = "106540352242922"
NOW = datetime(2026, 11, 29, 5, 0, tzinfo=UTC)
AT = datetime(2026, 11, 29, 4, 59, tzinfo=UTC)
SIGNER = ButtonSigner(b"a key for tests")
NUMBER, SCOPED = "6281234567890", "ID.13491208655302741918"
SITI: dict[str, Any] = {"profile": {"name": "Siti"}, "wa_id": NUMBER, "user_id": SCOPED}


def reader(phone_number_id: str = OURS) -> WhatsAppReader:
    return WhatsAppReader(phone_number_id, SIGNER, redact, SetClock(NOW))


def said(**parts: Any) -> dict[str, Any]:
    """One message from Siti; `parts` add to it or replace it, None takes out."""
    message = {
        "from": NUMBER,
        "from_user_id": SCOPED,
        "id": "wamid.A",
        "timestamp": str(int(AT.timestamp())),
        "type": "text",
        "text": {"body": "halo"},
    }
    return {name: part for name, part in {**message, **parts}.items() if part is not None}


def status(**parts: Any) -> dict[str, Any]:
    message = {"id": "wamid.B", "status": "sent", "timestamp": str(int(AT.timestamp())), "recipient_id": NUMBER}
    return {**message, **parts}


def value(**lists: Any) -> dict[str, Any]:
    metadata = {"display_phone_number": "15550783881", "phone_number_id": OURS}
    return {"messaging_product": "whatsapp", "metadata": metadata, "contacts": [SITI], **lists}


def webhook(*values: Mapping[str, Any], field: str = "messages") -> dict[str, Any]:
    """One entry, each value a change of it."""
    changes = [{"field": field, "value": dict(one)} for one in values]
    entry = {"id": "102290129340398", "time": int(AT.timestamp()), "changes": changes}
    return {"object": "whatsapp_business_account", "entry": [entry]}


def read(*values: Mapping[str, Any], field: str = "messages") -> list[Item]:
    return reader().items(webhook(*values, field=field))


def heard(known: Any = (SITI,), /, **parts: Any) -> Incoming:
    """Read one message of Siti."""
    [item] = read(value(messages=[said(**parts)], contacts=list(known)))
    assert isinstance(item, Incoming)
    return item


WRITTEN = (
    webhook(value(messages=[said(), said(id="wamid.C", type="image", image={"id": "1", "caption": "ini"})])),
    webhook(
        value(messages=[said(type="contacts", origin="contact_request", contacts=[{"phones": [{"wa_id": NUMBER}]}])])
    ),
    webhook(value(messages=[said(type="interactive", interactive={"type": "list_reply", "list_reply": {"id": "x"}})])),
    webhook(value(messages=[said(type="edit", edit={"original_message_id": "wamid.Z", "message": said()})])),
    webhook(value(statuses=[status(pricing={"billable": True, "category": "utility"}), status(errors=[{"code": 1}])])),
    webhook(
        {"event": "PAUSED", "message_template_name": "a", "message_template_language": "id"}, field="account_update"
    ),
)
"""Of each kind one, for those who want many."""
