"""The web server of a process, and what it tells a load balancer."""

from __future__ import annotations

import asyncio

import uvicorn
from fastapi import FastAPI

from bot.front_desk import FrontDesk
from bot.settings import Settings
from bot.wiring import House


def new_app() -> FastAPI:
    """Return an application that serves nothing yet."""
    return FastAPI(openapi_url=None)


def server(app: FastAPI, settings: Settings) -> uvicorn.Server:
    """Return the server of `app` at the address that is set."""
    return uvicorn.Server(uvicorn.Config(app, host=settings.host, port=settings.port, log_level="warning"))


async def serve_until(stop: asyncio.Event, app: FastAPI, settings: Settings, tasks: asyncio.TaskGroup) -> None:
    """Serve until `stop` is set or the server was told to end; `stop` is set then, too."""
    serving = server(app, settings)

    async def end() -> None:
        await stop.wait()
        serving.should_exit = True

    watching = tasks.create_task(end())
    await serving.serve()
    watching.cancel()
    stop.set()


def health(house: House, desk: FrontDesk) -> dict[str, object]:
    """Tell an operator how things are: `status` is `ok` or `behind`."""
    return {
        "status": "behind" if desk.behind else "ok",
        "answers_waiting": desk.waiting,
        "announcements_paused": desk.behind,
        "frozen_seconds": {name: round(pacer.frozen_for, 1) for name, pacer in house.courier.pacers.items()},
        "outcomes_to_write": house.courier.ledger.noted,
    }
