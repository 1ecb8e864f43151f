"""Unpaced, at no latency: what a delivery costs, claimed and settled in SQLite; the rivals only send.

On WhatsApp beside Telegram, in turns: a broadcast and reminders, as one likes within a day of what a person wrote and
as templates after that.
"""

from __future__ import annotations

from benchmarks.calibration import Lap, Watch, calibrated
from benchmarks.loops import run
from benchmarks.result import Result
from benchmarks.rivals import LIMIT, ON_WHATSAPP, UNPACED, Rival, Sent, best
from benchmarks.server import serving
from benchmarks.wave import (
    REMINDING_ON_TELEGRAM,
    REMINDING_ON_WHATSAPP,
    TO_TELEGRAM,
    TO_WHATSAPP,
    Way,
    a_planned_wave,
)
from bot.outbound.worker import Worker

COUNT, OF_THEM = 40_000, 3_000
MOST = 1.0  # laps of the processor
ROUNDS = 4
REMINDED = 0.2  # reminders a message of a broadcast: each has words of its own
LEAST = 0.5  # of Telegram's a core-second


async def _sent(address: str, count: int, way: Way = TO_TELEGRAM) -> Sent:
    async with a_planned_wave(address, count, way=way) as sender:
        watch = Watch()
        await Worker(sender).drain()
        return Sent(count, 0, *watch.read())


async def _ours(address: str, count: int) -> Result:
    with calibrated() as lap:
        sent = await _sent(address, count)
    values = _values(sent, lap)
    return Result(
        "sobat: claim, send, settle (SQLite)", values, f"<= {MOST:g} CPU laps each", values["CPU laps each"] <= MOST
    )


def _beside(address: str, count: int, telegram: Way, others: tuple[Way, ...]) -> list[Result]:
    """Send by each way in turns, so that whatever else the machine does falls on all."""
    ways, sent = (telegram, *others), dict[Way, list[Sent]]()
    with calibrated() as lap:
        for turn in range(ROUNDS):
            for way in ways[:: 1 if turn % 2 else -1]:
                sent.setdefault(way, []).append(run(_sent(address, count // ROUNDS, way)))
    told = {way: _values(_together(sent[way]), lap) for way in ways}
    most = told[telegram]["a core-second"]
    return [_compared(way, told[way], most) for way in ways]


def _together(sent: list[Sent]) -> Sent:
    return Sent(sum(one.count for one in sent), 0, sum(one.wall for one in sent), sum(one.cpu for one in sent))


def _compared(way: Way, values: dict[str, float], most: float) -> Result:
    if way.channel == "telegram":
        return Result(way.name, values)
    share = values["a core-second"] / most
    return Result(way.name, {**values, "times Telegram's": share}, f">= {LEAST:g} of Telegram's", share >= LEAST)


async def _theirs(rival: Rival, address: str, count: int) -> Result:
    if not rival.installed:
        return Result(f"{rival.name}: not installed (pip install {rival.needs})")
    with calibrated() as lap:
        sent = await best(rival, address, count)
    return Result(f"{rival.name}, {sent.at_once} at once, no database", _values(sent, lap))


def _values(sent: Sent, lap: Lap) -> dict[str, float]:
    each = sent.cpu / sent.count
    return {"CPU laps each": each / lap.cpu, "a core-second": 1 / each, "a second": sent.count / sent.wall}


def main(count: int = COUNT, channel: str = "telegram") -> list[Result]:
    with serving() as address:
        of_them = min(count, OF_THEM)
        if channel == "telegram":
            rivals = [run(_theirs(rival, address, of_them)) for rival in (LIMIT, *UNPACED)]
            return [run(_ours(address, count)), *rivals]
        results = _beside(address, count, TO_TELEGRAM, TO_WHATSAPP)
        results += _beside(address, round(count * REMINDED), REMINDING_ON_TELEGRAM, REMINDING_ON_WHATSAPP)
        return results + [run(_theirs(rival, address, of_them)) for rival in (LIMIT, *ON_WHATSAPP)]
