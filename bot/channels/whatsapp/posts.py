"""One body for `POST /messages`, all but for whom it is, and the file that has to be uploaded for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from programme.model.messages import Attachment, Document, Picture

Media = Picture | Document | Attachment


@dataclass(frozen=True, slots=True)
class Post:
    """One message as the Cloud API takes it.

    `body` lacks `to` or `recipient`. Where `media` is set it lacks the id of the upload too: of a picture or a file of
    ours, or of what stays with another channel; the name of a document is one that WhatsApp takes.
    """

    body: Mapping[str, Any]
    media: Media | None = None

    def with_media(self, media_id: str) -> Post:
        """Return it complete, `media` having been uploaded as `media_id`."""
        sort: str = self.body["type"]
        shown: Mapping[str, Any] = self.body[sort]
        if sort != "interactive":
            return Post({**self.body, sort: {**shown, "id": media_id}})
        header: Mapping[str, Any] = shown["header"]
        kind: str = header["type"]
        filled = {**header, kind: {**header[kind], "id": media_id}}
        return Post({**self.body, sort: {**shown, "header": filled}})


def text_post(body: str) -> Post:
    """Return a message of nothing but words; links in it show no preview."""
    return _post("text", {"body": body, "preview_url": False})


def media_post(kind: str, shown: Mapping[str, Any], media: Media | None = None) -> Post:
    """Return a picture, file or the like; `shown` is its object: id, caption, file name."""
    return _post(kind, shown, media)


def interactive_post(
    kind: str,
    body: str,
    action: Mapping[str, Any],
    header: Mapping[str, Any] | None = None,
    media: Media | None = None,
) -> Post:
    """Return a message with something to tap: `kind` is `button`, `list`, `cta_url` or `request_contact_info`."""
    above = {"header": header} if header else {}
    return _post("interactive", {"type": kind, **above, "body": {"text": body}, "action": action}, media)


def _post(sort: str, shown: Mapping[str, Any], media: Media | None = None) -> Post:
    body = {"messaging_product": "whatsapp", "recipient_type": "individual", "type": sort, sort: shown}
    return Post(body, media)
