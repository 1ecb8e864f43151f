"""Unpaced, at no latency: what a delivery costs, claimed and settled in SQLite; the rivals only send."""

from __future__ import annotations

from benchmarks.calibration import Lap, Watch, calibrated
from benchmarks.loops import run
from benchmarks.result import Result
from benchmarks.rivals import LIMIT, UNPACED, Rival, Sent, best
from benchmarks.server import serving
from benchmarks.wave import a_planned_wave
from bot.outbound.worker import Worker

COUNT, OF_THEM = 40_000, 3_000
MOST = 1.0  # laps of the processor


async def _ours(address: str, count: int) -> Result:
    async with a_planned_wave(address, count) as sender:
        with calibrated() as lap:
            watch = Watch()
            await Worker(sender).drain()
            sent = Sent(count, 0, *watch.read())
    values = _values(sent, lap)
    return Result(
        "sobat: claim, send, settle (SQLite)", values, f"<= {MOST:g} CPU laps each", values["CPU laps each"] <= MOST
    )


async def _theirs(rival: Rival, address: str, count: int) -> Result:
    if not rival.installed:
        return Result(f"{rival.name}: not installed (pip install {rival.needs})")
    with calibrated() as lap:
        sent = await best(rival, address, count)
    return Result(f"{rival.name}, {sent.at_once} at once, no database", _values(sent, lap))


def _values(sent: Sent, lap: Lap) -> dict[str, float]:
    each = sent.cpu / sent.count
    return {"CPU laps each": each / lap.cpu, "a core-second": 1 / each, "a second": sent.count / sent.wall}


def main(count: int = COUNT) -> list[Result]:
    with serving() as address:
        of_them = min(count, OF_THEM)
        rivals = [run(_theirs(rival, address, of_them)) for rival in (LIMIT, *UNPACED)]
        return [run(_ours(address, count)), *rivals]
