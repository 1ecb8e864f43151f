import shutil
from pathlib import Path

import pytest

from programme.programme import DATA, Programme, load_programme


@pytest.fixture(scope="session")
def programme() -> Programme:
    return load_programme()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the data files to spoil."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))
