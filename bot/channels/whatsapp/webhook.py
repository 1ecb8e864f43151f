"""Webhooks of Meta: believed only with their signature, acknowledged only once all in them is written down.

An answer of 4xx or 5xx makes Meta send the same again for days, so it is given only where that is of use.
https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/create-webhook-endpoint
"""

from __future__ import annotations

import hmac
import json
import logging
import re
from typing import Any, Final

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.whatsapp.intake import WhatsAppIntake
from bot.channels.whatsapp.signature import HEADER, is_signed
from bot.store.throttled_log import ThrottledLog

LARGEST: Final = 3 << 20
"""Bytes of a webhook: Meta sends up to 3 MB."""

_CHALLENGE = re.compile(r"[A-Za-z0-9_.-]{1,200}")
_log = logging.getLogger(__name__)


def webhook_routes(intake: WhatsAppIntake, app_secret: str, verify_token: str, path: str = "/whatsapp") -> list[Route]:
    """Return the routes that Meta asks whether they are ours (GET) and posts to.

    Raises ValueError without a secret or a token: anybody could write in anybody's name.
    """
    if not app_secret or not verify_token:
        raise ValueError("a webhook needs the app's secret and the verify token")
    receiving = _Receiving(intake, app_secret.encode())

    async def confirm(request: Request) -> Response:
        return _confirmed(request, verify_token.encode())

    return [Route(path, confirm, methods=["GET"]), Route(path, receiving.receive, methods=["POST"])]


class _Receiving:
    def __init__(self, intake: WhatsAppIntake, secret: bytes) -> None:
        self._intake, self._secret = intake, secret
        self._trouble = ThrottledLog(_log, "webhooks that stay with WhatsApp")

    async def receive(self, request: Request) -> Response:
        """Keep what came, or say that it must come again."""
        try:
            body = await _read(request)
        except ClientDisconnect:
            return Response(status_code=400)  # to nobody: Meta hung up, and sends it again
        if body is None:
            return self._refused(413, "too large")
        if not is_signed(request.headers.get(HEADER), body, self._secret):
            return self._refused(403, "unsigned")
        payload = _parse(body)
        if payload is None:
            return self._refused(200, "no json")  # it will be none the next time
        return await self._admitted(payload)

    async def _admitted(self, payload: dict[str, Any]) -> Response:
        try:
            await self._intake.admit(payload)
        except Exception as error:
            self._trouble.tell(error, "a webhook stays with WhatsApp: it could not be written down")
            return Response(status_code=503)
        return Response()

    def _refused(self, status: int, why: str) -> Response:
        self._intake.count({why: 1})
        return Response(status_code=status)


def _confirmed(request: Request, token: bytes) -> Response:
    """Answer Meta, which asks at the setting-up whether this address expects it."""
    asked = request.query_params
    challenge = asked.get("hub.challenge", "")
    told = asked.get("hub.verify_token", "").encode("utf-8", "replace")
    known = hmac.compare_digest(told, token) and asked.get("hub.mode") == "subscribe"
    if not known or not _CHALLENGE.fullmatch(challenge):
        return Response(status_code=403)
    return PlainTextResponse(challenge)


async def _read(request: Request) -> bytes | None:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return bytes(body)


def _parse(body: bytes) -> dict[str, Any] | None:
    """Read JSON; half a character in it, which only the slower reader takes, must not cost a message."""
    try:
        payload = orjson.loads(body)
    except orjson.JSONDecodeError:
        payload = _parse_leniently(body)
    return payload if isinstance(payload, dict) else None


def _parse_leniently(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
