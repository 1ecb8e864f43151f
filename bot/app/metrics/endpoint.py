"""Endpoint of the metrics: `/metrics`, `/healthz` and `/readyz` of one process, on a port of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from socket import socket
from typing import Final

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

Lacks = Callable[[], Awaitable[Sequence[str]]]
"""Says what keeps the process from doing its work; nothing where it is ready."""

_AT_THE_END: Final = 1.0
"""Seconds that a scrape under way is waited for when the process ends."""


@asynccontextmanager
async def serve_metrics(listener: socket | None, registry: CollectorRegistry, lacks: Lacks) -> AsyncIterator[None]:
    """Serve as long as the block lasts; without a `listener` nothing is served."""
    if listener is None:
        yield
        return
    runner = web.AppRunner(_app(registry, lacks), access_log=None, shutdown_timeout=_AT_THE_END)
    await runner.setup()
    try:
        await web.SockSite(runner, listener).start()
        yield
    finally:
        await runner.cleanup()


def _app(registry: CollectorRegistry, lacks: Lacks) -> web.Application:
    async def metrics(_request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def healthz(_request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def readyz(_request: web.Request) -> web.Response:
        wrong = await lacks()
        return web.json_response(told(wrong), status=503 if wrong else 200)

    app = web.Application()
    app.add_routes([web.get("/metrics", metrics), web.get("/healthz", healthz), web.get("/readyz", readyz)])
    return app


def told(wrong: Sequence[str]) -> dict[str, object]:
    """Say whether the process is ready, and what it lacks."""
    return {"status": "not ready" if wrong else "ready", "wrong": list(wrong)}
