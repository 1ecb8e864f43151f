"""A process that serves pages, from its start on."""

from __future__ import annotations

import asyncio
import gc
import socket

from bot.app.web_server import new_app, serve_until


async def test_what_the_start_loaded_is_never_looked_through_again() -> None:
    """The collector would hold everybody up for as long as a page takes, page after page."""
    stop, listener = asyncio.Event(), socket.create_server(("127.0.0.1", 0))
    stop.set()
    gc.unfreeze()
    try:
        async with asyncio.TaskGroup() as tasks:
            await serve_until(stop, new_app(), tasks, listener)
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
