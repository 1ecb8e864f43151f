"""The webhook side of the server: updates posted, each until it is acknowledged."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any

import aiohttp
import orjson

from tests.fakes.bot_api_methods import METHODS
from tests.fakes.bot_api_state import State

Calls = deque[tuple[str, dict[str, Any]]]


async def push(state: State, calls: Calls, connections: int = 1) -> None:
    """Post updates for ever, over so many connections; run and note the call that an acknowledgement may carry."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": state.webhook.get("secret_token", "")}
    async with aiohttp.ClientSession(headers=headers) as session, asyncio.TaskGroup() as tasks:
        on_their_way: set[int] = set()
        for _ in range(connections):
            tasks.create_task(_post(state, calls, session, on_their_way))


async def _post(state: State, calls: Calls, session: aiohttp.ClientSession, on_their_way: set[int]) -> None:
    """Post one update after the other until each is acknowledged."""
    while True:
        update = next((each for each in state.updates if each["update_id"] not in on_their_way), None)
        if update is None:
            state.arrived.clear()
            await state.arrived.wait()
            continue
        on_their_way.add(update["update_id"])
        while not await _acknowledged(state, calls, session, update):  # noqa: ASYNC110 - the bot tells nobody
            await asyncio.sleep(0.02)
        state.updates.remove(update)
        on_their_way.remove(update["update_id"])


async def _acknowledged(state: State, calls: Calls, session: aiohttp.ClientSession, update: dict[str, Any]) -> bool:
    try:
        async with session.post(state.webhook_address(), json=update) as answer:
            body = await answer.read()
    except aiohttp.ClientError:
        return False
    if body and answer.ok:
        call = orjson.loads(body)
        method = call["method"].lower()
        calls.append((method, call))
        await METHODS[method](state, call, {})
    return answer.ok
