"""Updates pushed by Telegram: believed only with the secret, acknowledged only once they are written down."""

from __future__ import annotations

import hmac
import logging
import re

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.telegram.account import Account
from bot.channels.telegram.courtesy import Courtesy
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.receiving import ALLOWED
from bot.outage import Outage

HEADER = "X-Telegram-Bot-Api-Secret-Token"
_LARGEST = 1 << 20  # bytes; an update is a few thousand
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_log = logging.getLogger(__name__)


def webhook_route(intake: Intake, secret: str, path: str = "/telegram") -> Route:
    """Return the route that Telegram posts to. Raises ValueError where the secret is weak.

    The courtesy goes back as the body of the acknowledgement, which Telegram carries out as a call.
    """
    expected = _strong(secret).encode()
    outage = Outage(_log, "updates that stay with Telegram")

    async def receive(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(HEADER, "").encode(), expected):
            return Response(status_code=403)
        body = await _read(request)
        if body is None:
            return Response(status_code=413)
        raw = _parse(body)
        if raw is None:
            return Response(status_code=400)
        try:
            courtesy = await intake.admit(raw)
            await intake.safe()
            return _acknowledge(courtesy)
        except Exception as error:
            outage.tell(error, "update %s stays with Telegram: it could not be written down", raw["update_id"])
            return Response(status_code=503)

    return Route(path, receive, methods=["POST"])


async def set_webhook(account: Account, url: str, secret: str, *, connections: int = 40) -> None:
    """Ask Telegram to push updates to `url` (https). Raises TelegramError; ValueError for a weak secret."""
    await account.set_webhook(
        url, secret_token=_strong(secret), allowed_updates=list(ALLOWED), max_connections=connections
    )


def _strong(secret: str) -> str:
    if not _SECRET.fullmatch(secret):
        raise ValueError("the webhook secret must be 16 to 256 of A-Z, a-z, 0-9, _ and -")
    return secret


async def _read(request: Request) -> bytes | None:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST:
            return None
    return bytes(body)


def _parse(body: bytes) -> dict[str, object] | None:
    try:
        raw = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return raw if isinstance(raw, dict) and isinstance(raw.get("update_id"), int) else None


def _acknowledge(courtesy: Courtesy | None) -> Response:
    if courtesy is None:
        return Response()
    call = {"method": courtesy.method, **courtesy.parameters}
    return Response(orjson.dumps(call), media_type="application/json")
