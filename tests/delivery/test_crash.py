"""A worker killed in the middle: the small sister of `python -m benchmarks crash`."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from benchmarks.crash import ordeal
from benchmarks.server import serving
from benchmarks.wave import LATENCY


def test_a_killed_worker_loses_nobody_and_tells_nobody_who_bought_or_whose_time_is_over(tmp_path: Path) -> None:
    """Its rows come back by themselves when their lease runs out; twice gets only what was on its way."""
    with serving(latency=LATENCY, witness=True) as address:
        url = f"sqlite:///{tmp_path / 'crash.db'}"
        lease = timedelta(seconds=2)
        came = asyncio.run(ordeal(url, address, count=400, workers=1, rate=150, every=1.5, kills=1, lease=lease))
    assert came["kills"] == 1
    assert came["lost"] == 0
    assert came["told who had bought"] == 0
    assert came["after its cutoff"] == 0
    assert came["twice unaccounted for"] == 0
    assert came["sent twice"] <= came["in flight at the kills"]
