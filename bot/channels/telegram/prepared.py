"""Messages that go to many: encoded once, so that each send only puts a chat's number in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from bot.channels.buttons import ButtonSigner
from bot.channels.telegram.photos import Photos
from bot.channels.telegram.posting import method_and_body
from bot.channels.telegram.rendering import render
from programme.model.messages import Message

_KEPT = 64  # messages


@dataclass(frozen=True, slots=True)
class Prepared:
    """A Bot API method and the JSON of its body after the chat's number."""

    method: str
    rest: bytes

    def to(self, address: str) -> bytes:
        """Return the body for one chat."""
        return b'{"chat_id":%b,%b' % (address.encode(), self.rest)


@dataclass(slots=True)
class Preparing:
    """Prepares what can be: one post, no keyboard for a number, a picture that Telegram has already.

    `extra` parameters go with each message.
    """

    signer: ButtonSigner
    photos: Photos
    extra: Mapping[str, Any]
    _known: dict[int, tuple[Message, Prepared]] = field(default_factory=dict)

    def of(self, message: Message) -> Prepared | None:
        """Return the prepared message; None where it must go the long way. Raises ButtonTooLong."""
        known = self._known.get(id(message))
        if known is not None and known[0] is message:
            return known[1]
        prepared = self._prepare(message)
        if prepared is not None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[id(message)] = (message, prepared)
        return prepared

    def _prepare(self, message: Message) -> Prepared | None:
        first, *rest = render(message, self.signer)
        photo = self.photos.known(first.picture) if first.picture else None
        if rest or first.asks_contact or first.document or (first.picture and photo is None):
            return None
        method, body = method_and_body(first, photo)
        return Prepared(method, orjson.dumps({**body, **self.extra})[1:])

    def forget(self) -> None:
        """Drop what was prepared, for some of it may be one person's words."""
        self._known.clear()
