"""/healthz judges by what the log is told too: one setting, one word on it."""

from __future__ import annotations

import json

import pytest

from bot.app.monitor import Monitor
from bot.app.web_server import health
from tests.operations.watched import watched


@pytest.mark.parametrize(("set_to", "status"), [(None, "ok"), (10, "trouble"), (1000, "ok")])
async def test_the_days_measure_that_an_operator_set_counts(set_to: int | None, status: str) -> None:
    """Nine people were written to: of the 10 that the setting allows that is nearly all, whatever Meta has told."""
    async with watched() as bot:
        for number in range(9):
            await bot.says("/start g21", who=f"person {number}", name="Ani")
        async with bot.app.store.writing() as tx:
            await tx.accounts.learn("whatsapp", {"tier": "-1"})
            await tx.accounts.approach("whatsapp", range(1, 10))
        monitor = Monitor(bot.app.sender, whatsapp_tier=set_to)
        await monitor.look()
        assert json.loads(bytes(health(monitor, bot.desk).body))["status"] == status
