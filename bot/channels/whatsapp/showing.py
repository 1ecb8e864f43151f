"""What a message shows beside its words: a picture, a file, or what a channel keeps, in WhatsApp's sorts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape
from pathlib import PurePath
from typing import Any, Final

from bot.channels.whatsapp.addresses import CHANNEL
from bot.channels.whatsapp.limits import CAPTION, FILE_NAME
from bot.channels.whatsapp.markup import parts
from bot.channels.whatsapp.posts import Media, Post, media_post
from programme.model.messages import Attachment, Document, Message, Picture, Sort

KINDS: Final[Mapping[Sort, str]] = {
    Sort.PHOTO: "image",
    Sort.DOCUMENT: "document",
    Sort.VIDEO: "video",
    Sort.ANIMATION: "video",
    Sort.VIDEO_NOTE: "video",
    Sort.VOICE: "audio",
    Sort.AUDIO: "audio",
    Sort.STICKER: "sticker",
}
"""What WhatsApp calls each sort; anything else is sent as a document."""

_WORDED = frozenset({"image", "video", "document"})
_PICTURES = frozenset({".jpg", ".jpeg", ".png"})
_OFFICE = frozenset({".txt", ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx"})


@dataclass(frozen=True, slots=True)
class Showing:
    """One such thing. `object` is its part of a body, `media` what has to be uploaded, `alt` what it says in words."""

    kind: str
    object: Mapping[str, str]
    media: Media | None
    alt: str = ""

    @property
    def takes_words(self) -> bool:
        """Whether words can stand below it in the same message, and it above buttons."""
        return self.kind in _WORDED

    @property
    def header(self) -> Mapping[str, Any]:
        """It as the header of a message with buttons."""
        return {"type": self.kind, self.kind: self.object}

    def post(self, caption: str = "") -> Post:
        """Return it as a message of its own; `caption` is in WhatsApp's markup and fits."""
        below = {"caption": caption} if caption else {}
        return media_post(self.kind, {**self.object, **below}, self.media)

    def described(self) -> Post:
        """Return it as a message of its own, with what it says in words below."""
        return self.post(parts(escape(self.alt, quote=False), CAPTION)[0] if self.takes_words else "")


def shown_in(message: Message) -> list[Showing]:
    """Return what `message` shows, in the order in which it is to be sent."""
    found = (message.attachment, message.picture, message.document)
    return [_showing(each) for each in found if each is not None]


def _showing(media: Media) -> Showing:
    match media:
        case Picture():
            return Showing("image", {}, media, media.alt)
        case Document():
            named = replace(media, name=_accepted(media.name))
            return Showing("document", {"filename": named.name}, named)
        case Attachment():
            return _kept(media)


def _kept(attachment: Attachment) -> Showing:
    """What stays with WhatsApp goes by its id; what another channel keeps has to be brought over first.

    A picture that somebody sends as a file goes as a picture: as a file WhatsApp would not take it.
    """
    if attachment.channel != CHANNEL and PurePath(attachment.name).suffix.lower() in _PICTURES:
        attachment = replace(attachment, sort=Sort.PHOTO)
    kind = KINDS.get(attachment.sort, "document")
    named = {"filename": attachment.name[-FILE_NAME:]} if kind == "document" and attachment.name else {}
    if attachment.channel == CHANNEL:
        return Showing(kind, {"id": attachment.reference, **named}, None)
    return Showing(kind, named, attachment)


def _accepted(name: str) -> str:
    """The name of a file of ours: all but PDF and office files are text, which has to end in .txt here."""
    path = PurePath(name)
    ending = path.suffix if path.suffix.lower() in _OFFICE else ".txt"
    return path.stem[: FILE_NAME - len(ending)] + ending
