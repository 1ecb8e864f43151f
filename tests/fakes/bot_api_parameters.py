"""The parameters of a call, in any of the encodings that the Bot API takes."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

import orjson
from aiohttp import web

from tests.fakes.bot_api_rules import Refusal


async def parameters(request: web.BaseRequest) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Parameters from the address and from a body in any of the three encodings."""
    given: dict[str, Any] = dict(request.query)
    uploads: dict[str, bytes] = {}
    kind = request.content_type
    if kind == "application/json":
        given |= _object(await request.read())
    elif kind == "multipart/form-data":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                uploads[name] = value.file.read()
            else:
                given[name] = value
    else:
        given |= dict(parse_qsl((await request.read()).decode(), keep_blank_values=True))
    return given, uploads


def _object(body: bytes) -> dict[str, Any]:
    try:
        given = orjson.loads(body or b"{}")
    except orjson.JSONDecodeError:
        raise Refusal(400, "Bad Request: can't parse JSON object") from None
    if not isinstance(given, dict):
        raise Refusal(400, "Bad Request: object expected")
    return given
