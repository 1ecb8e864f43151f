"""The webhook side of the server: updates posted one by one until each is acknowledged."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any

import aiohttp
import orjson

from tests.fakes.bot_api_methods import METHODS
from tests.fakes.bot_api_state import State

Calls = deque[tuple[str, dict[str, Any]]]


async def push(state: State, calls: Calls) -> None:
    """Post updates for ever; run and note the call that an acknowledgement may carry."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": state.webhook.get("secret_token", "")}
    async with aiohttp.ClientSession(headers=headers) as session:
        while True:
            while state.updates:
                if await _acknowledged(state, calls, session):
                    state.updates.pop(0)
                else:
                    await asyncio.sleep(0.02)
            state.arrived.clear()
            await state.arrived.wait()


async def _acknowledged(state: State, calls: Calls, session: aiohttp.ClientSession) -> bool:
    try:
        async with session.post(state.webhook_address(), json=state.updates[0]) as answer:
            body = await answer.read()
    except aiohttp.ClientError:
        return False
    if body and answer.ok:
        call = orjson.loads(body)
        method = call["method"].lower()
        calls.append((method, call))
        await METHODS[method](state, call, {})
    return answer.ok
