"""Button presses as short signed texts: at most 64 bytes (Telegram's limit), and nobody else can make one."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Sequence
from urllib.parse import parse_qsl, quote, urlencode

from programme.model.messages import Action, Answer, Open

LIMIT = 64
_MAC_BYTES = 6


class ButtonTooLong(ValueError):
    """The action does not fit into a button; shorten its answers."""


class ButtonSigner:
    """Writes actions as signed texts and reads them back."""

    def __init__(self, key: bytes, former: Sequence[bytes] = ()) -> None:
        """Write with `key`; what was written with a `former` one is still read, for keyboards stay in chats."""
        self._keys = (key, *former)

    def write(self, action: Action) -> str:
        """Return `action` as text of at most 64 bytes. Raises ButtonTooLong."""
        body = _body(action)
        text = f"{_mac(self._keys[0], body)}{body}"
        if len(text.encode()) > LIMIT:
            raise ButtonTooLong(f"{len(text.encode())} bytes: {body}")
        return text

    def read(self, text: str) -> Action | None:
        """Return the action, or None where the text was written with none of these keys."""
        mac, body = text[: _MAC_BYTES * 4 // 3], text[_MAC_BYTES * 4 // 3 :]
        if not any(hmac.compare_digest(mac.encode(), _mac(key, body).encode()) for key in self._keys):
            return None
        return _action(body)


def _mac(key: bytes, body: str) -> str:
    digest = hmac.digest(key, b"button\0" + body.encode(), "sha256")[:_MAC_BYTES]
    return base64.urlsafe_b64encode(digest).decode()


def _body(action: Action) -> str:
    match action:
        case Open(conversation, answers):
            return (
                f"o{conversation}?{urlencode(answers, quote_via=quote, safe=' ,:/')}" if answers else f"o{conversation}"
            )
        case Answer(dialogue, name, value):
            return f"a{dialogue}?{urlencode({name: value}, quote_via=quote, safe=' ,:/')}"


def _action(body: str) -> Action | None:
    sort, (head, _, query) = body[:1], body[1:].partition("?")
    told = dict(parse_qsl(query, keep_blank_values=True))
    if sort == "o":
        return Open(head, told)
    [(name, value)] = told.items()
    return Answer(int(head), name, value)
