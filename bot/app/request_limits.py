"""Stands before every request: how much may be sent, and what every answer says about itself."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channels.web.headers import HEADERS

LARGEST_BODY: Final = 12 << 20
"""Bytes; a picture of a complaint may have ten million."""


class _TooLarge(Exception):
    """More was sent than anybody has to say here."""


class Guard:
    """The outermost layer of every web application here."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = _Answer(send)
        try:
            await self._app(scope, _limited(receive), answer.send)
        except ClientDisconnect:
            return  # nobody is there to be answered
        except RuntimeError as error:  # of NiceGUI's layer, where a browser goes on to another page before an answer
            if str(error) != "No response returned.":
                raise
        except _TooLarge:
            if not answer.begun:
                too_large = PlainTextResponse(status_code=413, headers={"Connection": "close"})
                await too_large(scope, receive, answer.send)


class _Answer:
    """The answer to one request, with the headers of every answer."""

    def __init__(self, send: Send) -> None:
        self.begun = False
        self._send = send

    async def send(self, message: Message) -> None:
        """Pass a part of it on."""
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)


def _limited(receive: Receive) -> Receive:
    so_far = 0

    async def limited() -> Message:
        nonlocal so_far
        message = await receive()
        so_far += len(message.get("body", b""))
        if so_far > LARGEST_BODY:
            raise _TooLarge
        return message

    return limited
