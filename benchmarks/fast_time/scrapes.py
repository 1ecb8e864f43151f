"""Scrapes: what `/metrics` of every process told and when, as Prometheus would have fetched it on the night's clock."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from benchmarks.fast_time.clock import NightClock

JOB = "sobat"


@dataclass
class Scrapes:
    """Fetches from `ports`, by the name of the process, all at once. What a process that is away tells is nothing."""

    clock: NightClock
    ports: Mapping[str, int]
    told: list[tuple[float, str, str]] = field(default_factory=list)

    async def take(self, session: aiohttp.ClientSession) -> None:
        await asyncio.gather(*(self._one(session, name, port) for name, port in list(self.ports.items())))

    async def _one(self, session: aiohttp.ClientSession, name: str, port: int) -> None:
        at = self.clock.seconds()
        try:
            async with session.get(f"http://127.0.0.1:{port}/metrics") as answer:
                self.told.append((at, name, await answer.text()))
        except (aiohttp.ClientError, TimeoutError):
            return

    def keep(self, file: Path) -> None:
        """Write them as OpenMetrics, as `promtool tsdb create-blocks-from openmetrics` reads it, packed."""
        with gzip.open(file, "wt", encoding="utf-8") as out:
            for at, name, text in self.told:
                out.writelines(_samples(text, name, at))
            out.write("# EOF\n")


def _samples(text: str, process: str, at: float) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith(("sobat_", "process_")) or "_created" in line:
            continue
        series, value = line.rsplit(" ", 1)
        name, _brace, labels = series.partition("{")
        inside = labels.removesuffix("}")
        mine = f'instance="{process}"' + (f",{inside}" if inside else "")
        if 'job="' not in inside:
            mine += f',job="{JOB}"'
        yield f"{name}{{{mine}}} {value} {at:.3f}\n"
