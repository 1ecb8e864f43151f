"""One line of a benchmark, and the one way in which all of them are printed."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from rich.console import Console
from rich.table import Table

from benchmarks import calibration

_VERDICTS = {True: "met", False: "MISSED", None: ""}


@dataclass
class Result:
    """What was measured, what must come out, and whether it did."""

    name: str
    values: dict[str, Any] = field(default_factory=dict)
    target: str = ""
    met: bool | None = None


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def show(name: str, results: Sequence[Result], *, json: bool) -> None:
    """Print a table, or the same as one line of JSON."""
    machine: dict[str, Any] = {"python": platform.python_version(), "cores": os.cpu_count(), "load": os.getloadavg()}
    machine["loop, us a lap"] = calibration.told()
    if json:
        print(orjson.dumps({"benchmark": name, "machine": machine, "results": results}).decode())
        return
    table = Table("what", "measured", "target", "", title=name, title_justify="left")
    for line in results:
        table.add_row(line.name, _said(line.values), line.target, _VERDICTS[line.met])
    console = Console(width=150)
    console.print(table)
    console.print(_said({what: value for what, value in machine.items() if value}), highlight=False)


def _said(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{_figure(value)} {what}" for what, value in values.items())


def _figure(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"({_said(value)})"
    if isinstance(value, tuple | list):
        return " / ".join(map(_figure, value))
    if isinstance(value, float):
        return f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
