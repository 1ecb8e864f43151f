"""The web server of a process, and what it tells a load balancer."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Sequence
from socket import socket

import uvicorn
from fastapi import FastAPI
from fastapi.responses import JSONResponse

from bot.app.channel_service import ChannelService
from bot.app.health import one_line
from bot.app.http_timeouts import PatientProtocol
from bot.app.metrics.endpoint import told
from bot.app.monitor import Monitor
from bot.app.readiness import Readiness
from bot.app.request_limits import Guard
from bot.app.write_probe import WriteProbe
from bot.inbound.dispatcher import InboundDispatcher


def new_app() -> FastAPI:
    """Return an application that serves nothing yet."""
    app = FastAPI(openapi_url=None)
    app.add_middleware(Guard)
    return app


def server(app: FastAPI) -> uvicorn.Server:
    """Return the server of `app`, which listens nowhere by itself."""
    return uvicorn.Server(uvicorn.Config(app, http=PatientProtocol, log_level="warning"))


async def serve_at(listener: socket, app: FastAPI) -> None:
    """Serve until Ctrl-C."""
    gc.freeze()  # as below
    await server(app).serve(sockets=[listener])


async def serve_until(stop: asyncio.Event, app: FastAPI, tasks: asyncio.TaskGroup, listener: socket) -> None:
    """Serve until `stop` is set or the server was told to end; `stop` is set then, too."""
    serving = server(app)
    serving.config.load()  # before anybody is listened to
    gc.freeze()  # what is there by now stays: to look through it again and again would hold everybody up

    async def end() -> None:
        await stop.wait()
        serving.should_exit = True

    watching = tasks.create_task(end())
    await serving.serve(sockets=[listener])
    watching.cancel()
    stop.set()


def health(
    watch: Monitor, desk: InboundDispatcher, services: Sequence[ChannelService] = (), probe: WriteProbe | None = None
) -> JSONResponse:
    """Tell a load balancer and an operator how things are, nothing about anybody.

    `status` is `behind` while broadcasts wait for answers, `trouble` where something waits for too long,
    in whichever process, or is wrong; else `ok`. The HTTP status is 200: whoever answers lives. Whether to hand work
    to this process is what `readiness` tells.
    """
    behind = desk.behind or watch.behind
    wrong = [
        *(probe.wrong if probe else ()),
        *(trouble for service in services for trouble in service.wrong),
        *watch.complaints,
    ]
    stuck = probe is not None and probe.is_stuck
    standing = {
        "status": "trouble" if stuck else "behind" if behind else "trouble" if wrong else "ok",
        "answers_waiting": desk.waiting,
        "broadcasts_paused": behind,
        "frozen_seconds": {name: round(smoother.frozen_for, 1) for name, smoother in watch.sender.smoothers.items()},
        "outcomes_to_write": watch.sender.settlements.noted,
        "now": None if watch.queue_stats is None else one_line(watch.queue_stats),
        "wrong": wrong,
    }
    return JSONResponse(standing)


async def readiness(ready: Readiness) -> JSONResponse:
    """Tell a load balancer whether this process can take messages; 503 where not, for none could be kept."""
    wrong = await ready.lacks()
    return JSONResponse(told(wrong), status_code=503 if wrong else 200)
