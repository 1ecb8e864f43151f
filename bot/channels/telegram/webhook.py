"""Updates pushed by Telegram: believed only with the secret, acknowledged only once they are written down."""

from __future__ import annotations

import asyncio
import hmac
import logging
import re
from contextlib import suppress

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram.error import TelegramError

from bot.channels.telegram.account import Account
from bot.channels.telegram.courtesy import Courtesy
from bot.channels.telegram.intake import Intake, number_of
from bot.channels.telegram.patience import Patience
from bot.channels.telegram.receiving import ALLOWED
from bot.store.throttled_log import ThrottledLog

HEADER = "X-Telegram-Bot-Api-Secret-Token"
_LARGEST = 1 << 20  # bytes; an update is a few thousand
LOOK_EVERY = 120.0
"""Seconds after which it is looked whether the webhook is still set."""

_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_log = logging.getLogger(__name__)


def webhook_route(intake: Intake, secret: str, path: str = "/telegram") -> Route:
    """Return the route that Telegram posts to. Raises ValueError where the secret is weak.

    The courtesy goes back as the body of the acknowledgement, which Telegram carries out as a call.
    """
    expected = _strong(secret).encode()
    trouble = ThrottledLog(_log, "updates that stay with Telegram")

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
            trouble.tell(error, "update %s stays with Telegram: it could not be written down", raw["update_id"])
            return Response(status_code=503)

    return Route(path, receive, methods=["POST"])


async def set_webhook(account: Account, url: str, secret: str, *, connections: int = 40) -> None:
    """Ask Telegram to push updates to `url` (https). Raises TelegramError; ValueError for a weak secret."""
    await account.set_webhook(
        url, secret_token=_strong(secret), allowed_updates=list(ALLOWED), max_connections=connections
    )


async def keep_webhook(
    account: Account, url: str, secret: str, stop: asyncio.Event, *, every: float = LOOK_EVERY, patience: float = 1.0
) -> None:
    """Look every `every` seconds, until `stop` is set, whether updates still go to `url`; else set it again.

    Raises Misconfigured where Telegram refuses the token for good; everything else is outlived.
    """
    pauses, pause = Patience(account.standing, patience), every
    while not await _stopped(stop, pause):
        try:
            found = (await account.get_webhook_info()).url
            if found != url:
                await set_webhook(account, url, secret)
                _log.warning("the webhook was %s: it is set again", "set to another address" if found else "gone")
            account.standing.accepted()
            pauses.worked()
            pause = every
        except TelegramError as error:
            await pauses.rest(error, f"Telegram does not tell where it sends updates ({error})")
            pause = 0.0


async def _stopped(stop: asyncio.Event, within: float) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(within):
            await stop.wait()
    return stop.is_set()


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
    return raw if isinstance(raw, dict) and number_of(raw) is not None else None


def _acknowledge(courtesy: Courtesy | None) -> Response:
    if courtesy is None:
        return Response()
    call = {"method": courtesy.method, **courtesy.parameters}
    return Response(orjson.dumps(call), media_type="application/json")
