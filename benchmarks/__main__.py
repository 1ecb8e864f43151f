"""Runs one benchmark, or each in a process of its own, and prints what came out: `python -m benchmarks NAME`."""

from __future__ import annotations

import argparse
import importlib
import logging
import signal
import subprocess
import sys
from pathlib import Path

from benchmarks.result import show

NAMES = (
    "start",
    "send",
    "pace",
    "withdraw",
    "reply",
    "scale",
    "crash",
    "faults",
    "memory",
    "tidy",
    "backup",
    "helpdesk",
    "console",
    "console_tabs",
    "console_agents",
    "imports",
    "in_talk",
    "mutations",
    "night",
    "receipts",
    "redaction",
    "understanding",
    "whatsapp_bill",
)

BY_CHANNEL = ("send", "pace")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", choices=(*NAMES, "all"))
    parser.add_argument("--json", action="store_true", help="one line of JSON instead of a table")
    parser.add_argument(
        "--size", "--people", type=int, help="how many people, messages, rows or seconds: less is quicker"
    )
    parser.add_argument("--channel", choices=("telegram", "whatsapp"), help="of send and pace; telegram by itself")
    parser.add_argument("--silent", type=int, help="of night: how many more are only told")
    parser.add_argument("--keep", type=Path, help="of night: a folder for what /metrics told")
    asked = parser.parse_args()
    if asked.name == "all":
        for name in NAMES:  # what another one left in memory would slow it down
            subprocess.run([sys.executable, "-m", "benchmarks", name, *sys.argv[2:]], check=True)  # noqa: S603
        return
    logging.disable(logging.WARNING)
    for each in (signal.SIGINT, signal.SIGTERM):  # cut off, it stops the servers that it started
        signal.signal(each, signal.default_int_handler)
    if asked.channel and asked.name not in BY_CHANNEL:
        parser.error(f"--channel is for {' and '.join(BY_CHANNEL)}")
    of_night = {name: getattr(asked, name) for name in ("silent", "keep") if getattr(asked, name) is not None}
    if of_night and asked.name != "night":
        parser.error("--silent and --keep are for night")
    size = () if asked.size is None else (asked.size,)
    given = {"channel": asked.channel} if asked.channel else {}
    results = importlib.import_module(f"benchmarks.{asked.name}").main(*size, **given, **of_night)
    show(asked.name, results, json=asked.json)


if __name__ == "__main__":
    main()
