"""One version: what runs says the number under which the changelog tells what is in it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_version_is_the_newest_of_the_changelog() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    told = re.findall(r"^## (\d+\.\d+\.\d+)", (ROOT / "docs" / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert project["version"] == told[0]
    assert told == sorted(told, key=lambda each: [int(part) for part in each.split(".")], reverse=True)
