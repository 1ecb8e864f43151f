"""What `make` installs is pinned whole, so that set-up never depends on what was released this morning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PYTHONS = ("3.11", "3.12", "3.13")
Pins = dict[str, set[str]]
"""The extras that are pinned along with each package."""


def _pins(*locks: str) -> Pins:
    pins: Pins = {}
    for lock in locks:
        for line in (ROOT / lock).read_text().splitlines():
            if line and not line.startswith((" ", "#")):
                pin = Requirement(line.rstrip("\\ "))
                assert [each.operator for each in pin.specifier] == ["=="], line
                pins.setdefault(canonicalize_name(pin.name), set()).update(pin.extras)
    return pins


def _asked_for(dist: Distribution, extras: Iterable[str]) -> Iterator[Requirement]:
    """What a package needs, with these extras of its own, on any Python that the project runs on."""
    for line in dist.requires or ():
        need = Requirement(line)
        places = [{"extra": extra, "python_version": python} for extra in ("", *extras) for python in PYTHONS]
        if need.marker is None or any(need.marker.evaluate(place) for place in places):
            yield need


def _unpinned(pins: Pins, needs: Iterable[Requirement]) -> set[str]:
    return {str(need) for need in needs if need.extras - pins.get(canonicalize_name(need.name), set())}


@pytest.mark.parametrize("locks", [("requirements.lock",), ("requirements.lock", "requirements-dev.lock")])
def test_an_extra_that_anybody_asks_for_is_pinned_with_it(locks: tuple[str, ...]) -> None:
    """The pip of Python 3.11 refuses `coverage[toml]` beside `coverage==7.1` as soon as 7.2 is there."""
    pins = _pins(*locks)
    for name, extras in pins.items():
        try:
            dist = distribution(name)
        except ModuleNotFoundError:
            continue  # for another system
        assert not _unpinned(pins, _asked_for(dist, extras)), f"{name} asks for an extra that no lock pins"


def test_what_the_project_asks_for_itself_is_pinned_with_its_extras() -> None:
    project = distribution("sobat-prakerja")
    assert not _unpinned(_pins("requirements.lock"), _asked_for(project, ()))
    pins = _pins("requirements.lock", "requirements-dev.lock") | {"sobat-prakerja": {"build", "telemetry"}}
    assert not _unpinned(pins, _asked_for(project, ("build", "dev", "telemetry")))


def test_a_lock_that_dropped_an_extra_is_found_out() -> None:
    """As requirements-dev.lock was: pytest-cov asks for `coverage[toml]`, and the lock said `coverage`."""
    needs = [Requirement("coverage[toml]>=7.10.6"), Requirement("pluggy>=1.2")]
    assert _unpinned({"coverage": set(), "pluggy": set()}, needs) == {"coverage[toml]>=7.10.6"}
    assert not _unpinned({"coverage": {"toml"}, "pluggy": set()}, needs)
