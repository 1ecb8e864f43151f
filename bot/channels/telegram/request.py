"""PTB's way to the network, on aiohttp: one pool, and failures that say whether anything left."""

from __future__ import annotations

from typing import Any

import aiohttp
import orjson
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import BadRequest
from telegram.request import BaseRequest, RequestData

from bot.channels import network
from bot.channels.network import HttpClient, within
from bot.channels.telegram.answers import AnswerLost, NotSent, error_of, result_of

_Given = DefaultValue[float] | float | DefaultValue[None] | None
_DEFAULT = BaseRequest.DEFAULT_NONE
_JSON = {"User-Agent": BaseRequest.USER_AGENT, "Content-Type": "application/json"}
_PLAIN = {"User-Agent": BaseRequest.USER_AGENT}


class AiohttpRequest(BaseRequest):
    """Carries requests over at most `connections` kept-alive connections. All times are in seconds.

    Raises `NotSent` where nothing left the app (no free connection, no route, no server), `AnswerLost`
    where Telegram may have acted, and otherwise the errors that PTB makes of Telegram's own answers.
    """

    def __init__(
        self,
        connections: int = 100,
        *,
        read_timeout: float = 10.0,
        write_timeout: float = 10.0,
        media_write_timeout: float = 30.0,
        connect_timeout: float = 5.0,
        pool_timeout: float = 5.0,
    ) -> None:
        self._read, self._write, self._media = read_timeout, write_timeout, media_write_timeout
        self._connect, self._pool = connect_timeout, pool_timeout
        self._usual = within(read_timeout, write_timeout, connect_timeout, pool_timeout)
        self._client = HttpClient(connections)

    @property
    def read_timeout(self) -> float:
        """Return how many seconds an answer may take."""
        return self._read

    async def initialize(self) -> None:
        """Open the pool; a second call changes nothing."""
        self._client.open()

    async def shutdown(self) -> None:
        """Close every connection; a second call changes nothing."""
        await self._client.close()

    async def warm(self, url: str, count: int) -> None:
        """Have `count` connections open ahead of a great many messages; failing does no harm."""
        await self._client.warm(url, count)

    async def post_json(self, url: str, body: bytes) -> Any:
        """Return the result of a method whose parameters are JSON already: PTB's own way costs more than sending."""
        return result_of(*await self._ask("POST", url, data=body, headers=_JSON, timeout=self._usual))

    async def do_request(  # noqa: PLR0917 - the signature is PTB's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: _Given = _DEFAULT,
        write_timeout: _Given = _DEFAULT,
        connect_timeout: _Given = _DEFAULT,
        pool_timeout: _Given = _DEFAULT,
    ) -> tuple[int, bytes]:
        """Return the HTTP status and the body of the answer."""
        upload = request_data is not None and request_data.contains_files
        timeout = within(
            _given(read_timeout, self._read),
            _given(write_timeout, self._media if upload else self._write),
            _given(connect_timeout, self._connect),
            _given(pool_timeout, self._pool),
        )
        body, headers = _body(request_data)
        status, payload = await self._ask(method, url, data=body, headers=headers, timeout=timeout)
        if not 200 <= status <= 299:
            raise error_of(status, payload)
        return status, payload

    async def _ask(self, method: str, url: str, **parts: Any) -> tuple[int, bytes]:
        try:
            return await self._client.ask(method, url, **parts)
        except network.NotSent as error:
            raise NotSent(str(error)) from None
        except network.AnswerLost as error:
            raise AnswerLost(str(error)) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the answer as Python values. Raises TelegramError where that is no result."""
        return {"result": result_of(200, payload)}


def _given(value: _Given, default: float) -> float | None:
    return default if isinstance(value, DefaultValue) else value


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    if data is None:
        return None, _PLAIN
    if data.contains_files:
        return _form(data), _PLAIN
    try:
        return orjson.dumps(data.parameters), _JSON
    except orjson.JSONEncodeError as error:
        raise BadRequest(f"not expressible as JSON: {error}") from error


def _form(data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form
