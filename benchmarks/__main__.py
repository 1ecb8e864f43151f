"""Runs one benchmark, or each in a process of its own, and prints what came out: `python -m benchmarks NAME`."""

from __future__ import annotations

import argparse
import importlib
import logging
import subprocess
import sys

from benchmarks.result import show

NAMES = (
    "start",
    "send",
    "pace",
    "reply",
    "scale",
    "crash",
    "memory",
    "tidy",
    "helpdesk",
    "imports",
    "mutations",
    "redaction",
    "understanding",
    "whatsapp_bill",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", choices=(*NAMES, "all"))
    parser.add_argument("--json", action="store_true", help="one line of JSON instead of a table")
    parser.add_argument("--size", type=int, help="how many people, messages, rows or seconds: less is quicker")
    asked = parser.parse_args()
    if asked.name == "all":
        for name in NAMES:  # what another one left in memory would slow it down
            subprocess.run([sys.executable, "-m", "benchmarks", name, *sys.argv[2:]], check=True)  # noqa: S603
        return
    logging.disable(logging.WARNING)
    size = () if asked.size is None else (asked.size,)
    show(asked.name, importlib.import_module(f"benchmarks.{asked.name}").main(*size), json=asked.json)


if __name__ == "__main__":
    main()
