"""docs/FAULTS.md names, for every fault, tests that exist; `python -m benchmarks faults` runs them by it."""

from __future__ import annotations

from pathlib import Path

from benchmarks.faults import faults, named

TESTS = Path(__file__).parents[1]


def test_every_fault_names_tests_that_exist() -> None:
    listed = faults()
    assert len(listed) >= 24
    for fault in listed:
        for file, name in named(fault.tests):
            assert (TESTS / file).is_file(), f"{fault.name}: {file}"
            assert not name or f"def {name}(" in (TESTS / file).read_text(), f"{fault.name}: {name}"
