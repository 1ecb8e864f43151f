"""One process of `sobat run --only ROLE` on the night's clock: with the words CLOCK PACE ROLE on its command line."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.fast_time.clock import NightClock
from bot.app.processes import ProcessRole
from bot.app.serve import run


def main() -> None:
    _sobat, clock, pace, role = sys.argv
    run(ProcessRole(role), NightClock(Path(clock)), float(pace))
