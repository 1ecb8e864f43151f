"""A message in Telegram's form: texts and captions within their limits, keys as one keyboard a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Any
from urllib.parse import unquote, urlsplit

from bot.channels.buttons import ButtonSigner
from bot.channels.splitting import split, width
from bot.channels.telegram.attachments import CHANNEL, WORDLESS
from bot.channels.telegram.limits import CAPTION_LIMIT, TEXT_LIMIT
from programme.model.messages import AskContact, Attachment, Button, Document, Key, Link, Message, Picture

Markup = Mapping[str, Any]
NO_KEYBOARD: Markup = {"remove_keyboard": True}
_BUTTON_SCHEMES = frozenset({"http", "https", "tg"})


@dataclass(frozen=True, slots=True)
class RenderedPost:
    """One message as Telegram takes it: a text, or a photo with a caption; HTML; at most one keyboard."""

    text: str
    picture: Picture | None = None
    attachment: Attachment | None = None
    markup: Markup | None = None
    document: Document | None = None

    @property
    def asks_contact(self) -> bool:
        """Whether it brings up the keyboard that shares one's number."""
        return self.markup is not None and "keyboard" in self.markup

    @property
    def has_buttons(self) -> bool:
        """Whether its keys hang on the message itself."""
        return self.markup is not None and "inline_keyboard" in self.markup


def render(message: Message, signer: ButtonSigner) -> list[RenderedPost]:
    """Return the posts that make up `message`, in order; at least one. Raises ButtonTooLong.

    Keys hang on the last part. A text too long for a caption follows the photo, which is then captioned by
    its description. Telegram takes one keyboard a message: where a contact is asked for beside other keys,
    the keyboard for it comes with a short post of its own, its words being the label.
    """
    text = "\n".join([message.text, *_contact_lines(message)])
    buttons = _inline(message, signer)
    asks = [key for row in message.keys for key in row if isinstance(key, AskContact)]
    markup = buttons or (_contact(asks[0]) if asks else None)
    kept = message.attachment if message.attachment and message.attachment.channel == CHANNEL else None
    posts = _with_attachment(text, kept, markup) if kept else _posts(text, message.picture, markup)
    if message.document is not None:
        posts = _with_document(posts, message.document)
    if buttons and asks:
        posts.append(RenderedPost(escape(asks[0].label, quote=False), markup=_contact(asks[0])))
    return posts


def _with_attachment(text: str, attachment: Attachment, markup: Markup | None) -> list[RenderedPost]:
    if width(text) <= CAPTION_LIMIT and attachment.sort not in WORDLESS:
        return [RenderedPost(text, attachment=attachment, markup=markup)]
    return [RenderedPost("", attachment=attachment), *_posts(text, None, markup)]


def _with_document(posts: list[RenderedPost], document: Document) -> list[RenderedPost]:
    """Hang a file on the first post where there is room, else send it before."""
    first, *rest = posts
    if first.picture is None and width(first.text) <= CAPTION_LIMIT:
        return [replace(first, document=document), *rest]
    return [RenderedPost("", document=document), *posts]


def _posts(text: str, picture: Picture | None, markup: Markup | None) -> list[RenderedPost]:
    if picture and width(text) <= CAPTION_LIMIT:
        return [RenderedPost(text, picture, markup=markup)]
    *parts, last = [RenderedPost(part) for part in split(text, TEXT_LIMIT)]
    photo = [RenderedPost(split(escape(picture.alt, quote=False), CAPTION_LIMIT)[0], picture)] if picture else []
    return [*photo, *parts, RenderedPost(last.text, markup=markup)]


def _inline(message: Message, signer: ButtonSigner) -> Markup | None:
    rows = [[_inline_key(key, signer) for key in row if _hangs_on_message(key)] for row in message.keys]
    rows = [row for row in rows if row]
    return {"inline_keyboard": rows} if rows else None


def _hangs_on_message(key: Key) -> bool:
    return isinstance(key, Button) or (isinstance(key, Link) and urlsplit(key.url).scheme in _BUTTON_SCHEMES)


def _inline_key(key: Key, signer: ButtonSigner) -> dict[str, str]:
    if isinstance(key, Button):
        return {"text": key.label, "callback_data": signer.write(key.action)}
    assert isinstance(key, Link)  # noqa: S101 - told apart by _hangs_on_message
    return {"text": key.label, "url": key.url}


def _contact(key: AskContact) -> Markup:
    button = {"text": key.label, "request_contact": True}
    return {"keyboard": [[button]], "one_time_keyboard": True, "resize_keyboard": True}


def _contact_lines(message: Message) -> list[str]:
    """Numbers and mail addresses as text, where Telegram makes them tappable; as buttons it refuses them."""
    keys = [key for row in message.keys for key in row]
    return [_contact_line(key) for key in keys if isinstance(key, Link) and not _hangs_on_message(key)]


def _contact_line(link: Link) -> str:
    target = unquote(urlsplit(link.url).path) or link.url
    line = link.label if target in link.label else f"{link.label}: {target}"
    return escape(line, quote=False)
