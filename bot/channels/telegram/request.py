"""PTB's way to the network, on aiohttp: one pool for bulk, and failures that say whether anything left."""

from __future__ import annotations

from typing import Any

import aiohttp
import orjson
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import BadRequest, NetworkError
from telegram.request import BaseRequest, RequestData

from bot.channels.network import in_words, never_left
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
        self._connections = connections
        self._read, self._write, self._media = read_timeout, write_timeout, media_write_timeout
        self._connect, self._pool = connect_timeout, pool_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Return how many seconds an answer may take."""
        return self._read

    async def initialize(self) -> None:
        """Open the pool; a second call changes nothing."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def shutdown(self) -> None:
        """Close every connection; a second call changes nothing."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

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
        if self._session is None:
            raise RuntimeError("this request is not initialized")
        upload = request_data is not None and request_data.contains_files
        timeout = _timeout(
            _given(read_timeout, self._read),
            _given(write_timeout, self._media if upload else self._write),
            _given(connect_timeout, self._connect),
            _given(pool_timeout, self._pool),
        )
        body, headers = _body(request_data)
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                payload = await answer.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise _named(error) from None  # aiohttp's words may show the address, and so the token
        if not 200 <= answer.status <= 299:
            raise error_of(answer.status, payload)
        return answer.status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the answer as Python values. Raises TelegramError where that is no result."""
        return {"result": result_of(200, payload)}


def _named(error: Exception) -> NetworkError:
    if never_left(error):
        return NotSent(f"not sent: {in_words(error)}")
    return AnswerLost(f"the answer was lost: {in_words(error)}")


def _given(value: _Given, default: float) -> float | None:
    return default if isinstance(value, DefaultValue) else value


def _timeout(
    read: float | None, write: float | None, connect: float | None, pool: float | None
) -> aiohttp.ClientTimeout:
    """Both waiting for a free connection and connecting end in the one error that means "not sent"."""
    reach = None if connect is None or pool is None else connect + pool
    total = None if reach is None or write is None or read is None else reach + write + read
    return aiohttp.ClientTimeout(total=total, connect=reach, sock_connect=connect, sock_read=read)


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
