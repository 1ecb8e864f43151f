"""Button presses as short signed texts: at most 64 bytes (Telegram's limit), and nobody else can make one."""

from __future__ import annotations

import base64
import hmac
from urllib.parse import parse_qsl, quote, urlencode

from programme.messages import Action, Answer, Open

LIMIT = 64
_MAC_BYTES = 6


class ButtonTooLong(ValueError):
    """The action does not fit into a button; shorten its answers."""


class ButtonSigner:
    """Writes actions as signed texts and reads them back."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def write(self, action: Action) -> str:
        """Return `action` as text of at most 64 bytes. Raises ButtonTooLong."""
        body = _body(action)
        text = f"{self._mac(body)}{body}"
        if len(text.encode()) > LIMIT:
            raise ButtonTooLong(f"{len(text.encode())} bytes: {body}")
        return text

    def read(self, text: str) -> Action | None:
        """Return the action, or None where the text was not written with this key."""
        mac, body = text[: _MAC_BYTES * 4 // 3], text[_MAC_BYTES * 4 // 3 :]
        if not hmac.compare_digest(mac.encode(), self._mac(body).encode()):
            return None
        return _action(body)

    def _mac(self, body: str) -> str:
        digest = hmac.digest(self._key, b"button\0" + body.encode(), "sha256")[:_MAC_BYTES]
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
