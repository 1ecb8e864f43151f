"""Whether a webhook comes from Meta: a keyed hash of its body, as it was sent, in X-Hub-Signature-256.

https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/create-webhook-endpoint
"""

from __future__ import annotations

import hmac
from typing import Final

HEADER: Final = "X-Hub-Signature-256"
_PREFIX: Final = "sha256="


def sign(secret: bytes, body: bytes) -> str:
    """Return what the header holds for `body`, given the app's secret."""
    return _PREFIX + hmac.digest(secret, body, "sha256").hex()


def is_signed(header: str | None, body: bytes, secret: bytes) -> bool:
    """Tell whether `header` was made of this very body with the app's secret, in the same time for any header."""
    return hmac.compare_digest((header or "").encode("utf-8", "replace"), sign(secret, body).encode())
