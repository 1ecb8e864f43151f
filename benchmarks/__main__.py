"""Runs one benchmark, or all of them, and prints a table."""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import platform
import subprocess
import sys
from typing import Any

import orjson
from rich.console import Console
from rich.table import Table

from benchmarks.bench import Result

NAMES = (
    "start",
    "send",
    "pace",
    "plan",
    "reply",
    "scale",
    "crash",
    "memory",
    "tidy",
    "holds",
    "helpdesk",
    "imports",
    "redaction",
    "understanding",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", choices=(*NAMES, "all"))
    parser.add_argument("--json", action="store_true", help="one JSON document instead of a table")
    parser.add_argument("--people", type=int, help="scale, crash, tidy and imports: among so many, for a quicker run")
    parser.add_argument("--moved", action="store_true", help="helpdesk: only the load while all cards change")
    asked, rest = parser.parse_known_args()
    logging.disable(logging.WARNING)
    if asked.name == "understanding":
        importlib.import_module("benchmarks.understanding").main(*([*rest, "--json"] if asked.json else rest))
        return
    if asked.name == "all":
        results = {name: _alone(name, asked.people) for name in NAMES[:-1]}
    else:
        size = (asked.people,) if asked.people and asked.name in {"scale", "crash", "tidy", "imports"} else ()
        size = ("moved",) if asked.moved and asked.name == "helpdesk" else size
        results = {asked.name: importlib.import_module(f"benchmarks.{asked.name}").main(*size)}
    if asked.json:
        print(orjson.dumps(_document(results)).decode())
    else:
        _show(results)


def _alone(name: str, people: int | None) -> list[Result]:
    """Run a benchmark in a process of its own: what another one left in memory would slow it down."""
    size = ("--people", str(people)) if people else ()
    words = [sys.executable, "-m", "benchmarks", name, "--json", *size]
    told = subprocess.run(words, stdout=subprocess.PIPE, check=True)  # noqa: S603 - ourselves
    return [Result(**line) for line in orjson.loads(told.stdout)["results"][name]]


def _document(results: dict[str, list[Result]]) -> dict[str, Any]:
    machine = {"python": platform.python_version(), "cores": os.cpu_count(), "load": os.getloadavg()}
    return {"machine": machine, "results": results}


def _show(results: dict[str, list[Result]]) -> None:
    console = Console(width=150)
    for name, lines in results.items():
        table = Table("what", "measured", "target", "", title=name, title_justify="left")
        for line in lines:
            values = ", ".join(f"{_figure(value)} {what}" for what, value in line.values.items())
            table.add_row(line.name, values, line.target, {True: "met", False: "MISSED", None: ""}[line.met])
        console.print(table)
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    console.print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load}")


def _figure(value: Any) -> str:
    if isinstance(value, str):
        return value
    return f"{value:,.3g}" if isinstance(value, float) and value < 1000 else f"{value:,}"


if __name__ == "__main__":
    main()
