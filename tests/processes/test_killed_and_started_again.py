"""The whole bot on one SQLite file, killed while an answer is on the wire, and started again."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.wave import LATENCY
from benchmarks.witness import Witness
from bot.store import open_store
from bot.store.schema.traffic import deliveries
from tests.processes.crew import until
from tests.processes.sobat_run import SobatRun

EARLY = range(100, 110)


async def test_only_the_answer_on_the_wire_is_said_twice_and_nobody_waits_for_its_lease(tmp_path: Path) -> None:
    """The lease of 60 s is void with the process that held it; what was settled is not said again."""
    store = open_store(f"sqlite:///{tmp_path}/sobat.db")

    async def all_settled() -> bool:
        async with store.reading() as tx:
            unsettled = select(func.count()).select_from(deliveries).where(deliveries.c.open_at.is_not(None))
            return not (await tx.connection.execute(unsettled)).scalar_one()

    async with Witness(latency=LATENCY) as api:
        bot = SobatRun(api, f"sqlite:///{tmp_path}/sobat.db", tmp_path)
        for number in EARLY:
            await api.user(number).says("/start g21")
        await bot.start()
        try:
            for number in EARLY:
                await api.user(number).hears("Gelombang 21", within=60)
            await until(all_settled)
            api.next("sendMessage", hangs=True, accepted=True)
            await api.user(7).says("/start g21")
            await api.hung()
            await bot.kill()
            await bot.start()
            await until(lambda: _heard(api, 7, 2), within=30)
        finally:
            await bot.kill()
    await store.close()
    assert [_most(api, number) for number in EARLY] == [1] * len(EARLY)


async def _heard(api: Witness, number: int, times: int) -> bool:
    return _most(api, number) == times


def _most(api: Witness, number: int) -> int:
    """How often the person got the same words, at most."""
    words = Counter(text for chat, text, _ in api.taken if chat == str(number))
    return max(words.values(), default=0)
