"""What is sent to Meta about a template: its definition, once, and a message of it, each time.

https://developers.facebook.com/documentation/business-messaging/whatsapp/templates, as of 2026.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from bot.channels.whatsapp.templates import Template
from programme.model.messages import Action, Notice

CATEGORY: Final = "UTILITY"

Json = Mapping[str, Any]
Sign = Callable[[Action], str]
"""Writes what a button does as a text that nobody else can write: `ButtonSigner.write`."""


def body_of(template: Template, notice: Notice, sign: Sign, image: str | None = None) -> Json:
    """Return the whole body of a message but whom it is for; `image` is the id of an uploaded picture.

    Raises ValueError where the notice lacks a value, or where a picture is missing or has no place.
    """
    language = {"policy": "deterministic", "code": template.language}
    parts = list(_parts(template, notice, sign, image))
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "type": "template",
        "template": {"name": template.name, "language": language, "components": parts},
    }


def definition_of(template: Template, sample: str | None = None) -> Json:
    """Return the body that has Meta take a template in; `sample` is the handle of an uploaded picture.

    Raises ValueError where a picture is its header and there is no sample of it.
    """
    return {
        "name": template.name,
        "language": template.language,
        "category": CATEGORY,
        "message_send_ttl_seconds": template.ttl,
        "components": list(_defined(template, sample)),
    }


def edit_of(template: Template, sample: str | None = None) -> Json:
    """Return the body that changes a template: its category can't be, once it is approved."""
    return {
        "message_send_ttl_seconds": template.ttl,
        "components": list(_defined(template, sample)),
    }


def _parts(template: Template, notice: Notice, sign: Sign, image: str | None) -> Iterator[Json]:
    if template.picture is not (image is not None):
        raise ValueError(f"{template.name} {'needs' if template.picture else 'takes no'} picture")
    if image is not None:
        yield {"type": "header", "parameters": [{"type": "image", "image": {"id": image}}]}
    missing = [place for place in template.places if not notice.values.get(place)]
    if missing:
        raise ValueError(f"{template.name} needs a value for {', '.join(missing)}")
    if template.places:
        yield {
            "type": "body",
            "parameters": [{"type": "text", "text": notice.values[place]} for place in template.places],
        }
    for index, button in enumerate(template.buttons):
        payload = {"type": "payload", "payload": sign(button.action)}
        yield {"type": "button", "sub_type": "quick_reply", "index": str(index), "parameters": [payload]}


def _defined(template: Template, sample: str | None) -> Iterator[Json]:
    if template.picture and sample is None:
        raise ValueError(f"{template.name} needs a sample of its picture")
    if template.picture:
        yield {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": [sample]}}
    body: dict[str, Any] = {"type": "BODY", "text": template.numbered}
    if template.places:
        body["example"] = {"body_text": [[template.examples[place] for place in template.places]]}
    yield body
    yield {"type": "FOOTER", "text": template.footer}
    if template.buttons:
        yield {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": one.label} for one in template.buttons]}
