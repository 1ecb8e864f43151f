"""At 60 ms of latency against an enforced limit: how close to it, and whether it is ever crossed.

The server is served first by the machine, where that is permitted: a message that waits for its processor would
seem to have come with the next ones.
"""

from __future__ import annotations

import math
from contextlib import AbstractContextManager
from typing import Any

from benchmarks.calibration import Lap, Watch, calibrated
from benchmarks.loops import run
from benchmarks.people import work_until_done
from benchmarks.result import Result
from benchmarks.rivals import PACED, PACED_ON_WHATSAPP, Rival, send
from benchmarks.server import ask, serving
from benchmarks.wave import LATENCY, TO_TELEGRAM, TO_WHATSAPP, Way, a_planned_wave

FREE, PAID = 30, 1000
GIVEN = 80  # what a number may send at first, by WhatsApp
AT_ONCE = (16, 64)
MOST = 2.0  # laps of the processor, twice as many on WhatsApp


async def _ours(address: str, rate: int, count: int, way: Way = TO_TELEGRAM) -> Result:
    async with a_planned_wave(address, count, rate, way) as sender:
        with calibrated() as lap:
            watch = Watch()
            await work_until_done(sender)
            _, cpu = watch.read()
    values = _values(ask(address, "/stats"), rate, cpu / count, lap)
    close = values["% of the limit"] >= (99 if rate == PAID else 98)
    most = MOST if way.channel == "telegram" else 2 * MOST
    met = close and not values["429s"] and (rate < PAID or values["CPU laps each"] <= most)
    target = f">= 99 %, no 429, <= {most:g} CPU laps each" if rate == PAID else ">= 98 %, no 429"
    return Result(f"sobat at an enforced {rate:,}/s: {way.name}", values, target, met)


def _theirs(rival: Rival, count: int) -> Result:
    """Try several numbers of messages at once, each against a server of its own; return the quickest."""
    if not rival.installed:
        return Result(f"{rival.name}: not installed (pip install {rival.needs})")
    return max((_tried(rival, count, at_once) for at_once in AT_ONCE), key=lambda tried: tried.values["a second"])


def _tried(rival: Rival, count: int, at_once: int) -> Result:
    name = f"{rival.name} at {PAID:,}/s, {at_once} at once, no database"
    with _limited(PAID) as address, calibrated() as lap:
        try:
            sent = run(send(rival, address, count, at_once, PAID))
        except* Exception as gave_up:
            name, cpu = f"{name}, gave up: {gave_up.exceptions[0]!r}", math.nan
        else:
            cpu = sent.cpu / count
        stats = ask(address, "/stats")
    return Result(name, _values(stats, PAID, cpu, lap))


def _limited(rate: int) -> AbstractContextManager[str]:
    return serving(latency=LATENCY, per_second=rate, precedence=True)


def _values(stats: dict[str, Any], rate: int, cpu: float, lap: Lap) -> dict[str, Any]:
    reached = (stats["received"] - 1) / (stats["last_at"] - stats["first_at"])
    return {
        "a second": reached,
        "% of the limit": reached / rate * 100,
        "429s": stats["throttled"],
        "at most in any second": stats["busiest"],
        "CPU laps each": cpu / lap.cpu,
    }


def main(seconds: int = 10, channel: str = "telegram") -> list[Result]:
    if channel == "telegram":
        held = [_held(rate, seconds, TO_TELEGRAM) for rate in (PAID, FREE)]
        return held + [_theirs(rival, 100 * seconds) for rival in PACED]
    held = [_held(PAID, seconds, way) for way in (TO_TELEGRAM, *TO_WHATSAPP)]
    held.append(_held(GIVEN, seconds, TO_WHATSAPP[0]))
    return held + [_theirs(rival, 100 * seconds) for rival in PACED_ON_WHATSAPP]


def _held(rate: int, seconds: int, way: Way) -> Result:
    with _limited(rate) as address:
        return run(_ours(address, rate, rate * seconds, way))
