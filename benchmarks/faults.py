"""Every fault of docs/FAULTS.md, brought about once: how often in that run, and whether what must come of it came."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.result import Result

PAGE: Final = Path(__file__).parents[1] / "docs" / "FAULTS.md"
_ROW: Final = re.compile(
    r"^\| (?P<fault>[^|]+) \| (?P<promise>[^|]+) \| (?P<tests>`[^|]+`) \| (?P<times>[^|]+) \|$", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault, what must come of it, and the tests that bring it about: files, or tests in them."""

    name: str
    promise: str
    tests: tuple[str, ...]


@dataclass(slots=True)
class Outcome:
    """How often a fault was brought about, and how many tests found that something else came of it."""

    times: int = 0
    failed: int = 0


def faults() -> list[Fault]:
    """Return the rows of the page."""
    found = _ROW.finditer(PAGE.read_text(encoding="utf-8"))
    return [Fault(row["fault"], row["promise"], tuple(re.findall("`([^`]+)`", row["tests"]))) for row in found]


def main() -> list[Result]:
    listed = faults()
    outcomes = _run(test for fault in listed for test in fault.tests)
    return [_judged(fault, outcomes) for fault in listed]


def _judged(fault: Fault, outcomes: Mapping[str, Outcome]) -> Result:
    mine = [outcome for test in fault.tests for name, outcome in outcomes.items() if _belongs(name, test)]
    times, failed = sum(each.times for each in mine), sum(each.failed for each in mine)
    return Result(fault.name, {"times": times, "failed": failed}, fault.promise, met=bool(times) and not failed)


def _belongs(name: str, test: str) -> bool:
    return name == test or name.startswith(f"{test}::")


def _run(tests: Iterable[str]) -> Mapping[str, Outcome]:
    """Run the tests in one process; return what came of each by its name, those of all parameters together."""
    nodes = [f"tests/{test}" for test in dict.fromkeys(tests)]
    with tempfile.TemporaryDirectory(prefix="sobat-faults-") as place:
        report = Path(place) / "report.xml"
        options = ("-q", "-n", "0", "-p", "no:cacheprovider", "-o", "junit_family=xunit1", f"--junitxml={report}")
        subprocess.run([sys.executable, "-m", "pytest", *options, *nodes], check=False, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words
        return _read(ET.parse(report).getroot())  # noqa: S314 - pytest wrote it just now


def _read(report: ET.Element) -> Mapping[str, Outcome]:
    outcomes: dict[str, Outcome] = defaultdict(Outcome)
    for case in report.iter("testcase"):
        file = case.get("file", "").removeprefix("tests/")
        outcome = outcomes[f"{file}::{case.get('name', '').partition('[')[0]}"]
        if case.find("skipped") is None:
            outcome.times += sum(_times(case)) or 1
        outcome.failed += any(case.find(bad) is not None for bad in ("failure", "error"))
    return outcomes


def _times(case: ET.Element) -> Iterator[int]:
    for told in case.iter("property"):
        if told.get("name") == "times":
            yield int(told.get("value", "0"))


def named(tests: Sequence[str]) -> list[tuple[str, str]]:
    """Return the file and the name of each test, the name empty for a whole file."""
    return [(test.partition("::")[0], test.partition("::")[2]) for test in tests]
