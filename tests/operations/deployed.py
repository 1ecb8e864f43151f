"""What the files in `deploy/` and beside it tell machines to run, word by word."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    return found


def ours() -> dict[str, dict[str, Any]]:
    """The services that are Sobat, in the order in which each finds what it waits for."""
    services = {name: each for name, each in compose()["services"].items() if each["image"] == "sobat"}
    ordered: dict[str, dict[str, Any]] = {}
    while len(ordered) < len(services):
        free = [name for name in services if name not in ordered and not _lacks(services[name], services, ordered)]
        assert free, "they wait for each other"
        ordered[free[0]] = services[free[0]]
    return ordered


def _lacks(service: dict[str, Any], services: dict[str, Any], started: dict[str, Any]) -> set[str]:
    return {name for name in service["depends_on"] if name in services and name not in started}


def dockerfile(instruction: str) -> list[str]:
    """The words of an instruction of the last stage that is written as a list."""
    text = (ROOT / "Dockerfile").read_text().rpartition("\nFROM ")[2].replace("\\\n", " ")
    [found] = re.findall(rf"^{instruction} (\[.*\])$", text, flags=re.MULTILINE)
    words: list[str] = json.loads(found)
    return words


def started_by(unit: Path) -> list[list[str]]:
    """The command lines of a unit, `ExecStart` and those around it, as systemd splits them."""
    lines = re.findall(r"^ExecStart\w*=(.*)$", unit.read_text(), flags=re.MULTILINE)
    return [shlex.split(line.replace("%%", "%")) for line in lines]
