"""Each dependency has its reason, its licence and its way out on one page."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "DEPENDENCIES.md").read_text()
ROWS = {
    row[0]: row[1:] for row in re.findall(r"^\| ([a-z][a-z0-9-]+) \| (.+?) \| (.+?) \| (.*?) ?\|$", PAGE, re.MULTILINE)
}


def _asked_for() -> dict[str, set[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    groups = {
        "runs": project["dependencies"],
        "develops": extras["dev"] + extras["build"] + extras["telemetry"],
        "bench": extras["bench"],
    }
    return {name: {canonicalize_name(Requirement(each).name) for each in group} for name, group in groups.items()}


def test_the_page_names_what_the_project_asks_for_and_nothing_else() -> None:
    asked = _asked_for()
    of_the_project = (asked["runs"] | asked["develops"]) - {"sobat-prakerja"}
    assert set(ROWS) - {"package"} == of_the_project
    assert all(f"`{name}`" in PAGE for name in asked["bench"])


def test_the_licences_are_those_of_what_is_installed() -> None:
    """A new release may come under another one."""
    for name, (_reason, licence, _way_out) in ROWS.items():
        if name == "package":
            continue
        try:
            told = metadata(name)
        except PackageNotFoundError:
            continue  # for another system
        classifiers = " ".join(each for each in told.get_all("Classifier", []) if each.startswith("License"))
        of_it = told.get("License-Expression") or told.get("License") or classifiers
        told_in_it = not of_it and not classifiers  # some name it in a file alone, which was read
        assert told_in_it or licence in of_it or licence in classifiers, f"{name}: {of_it}"
