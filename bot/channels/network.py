"""What aiohttp's errors say: whether anything of a request left this machine."""

from __future__ import annotations

import aiohttp

_NEVER_LEFT = (aiohttp.InvalidURL, aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError)


def never_left(error: Exception) -> bool:
    """Tell whether the server has seen nothing of the request."""
    return isinstance(error, _NEVER_LEFT) or _closed_before(error) or _closed_before(error.__cause__)


def in_words(error: Exception) -> str:
    """Name an error without the address in aiohttp's own words, which may hold a token."""
    return f"{type(error).__name__} {getattr(error, 'strerror', None) or ''}".strip()


def _closed_before(error: BaseException | None) -> bool:
    """Whether the connection was closing before the whole of the request had been written."""
    return isinstance(error, aiohttp.ClientConnectionResetError) and "closing transport" in str(error)
