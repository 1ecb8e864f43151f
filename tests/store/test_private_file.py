"""A file with personal data is there once it is whole, and for nobody but its owner."""

import errno
import os
from pathlib import Path

import pytest

from bot.store.private_file import private_file


def test_it_takes_the_place_of_an_old_one_that_others_could_read(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("old")
    file.chmod(0o644)
    with private_file(file) as out:
        out.write("new")
    assert (file.read_text(), file.stat().st_mode & 0o777) == ("new", 0o600)
    assert list(tmp_path.iterdir()) == [file]


def test_where_the_disk_is_full_no_half_of_it_is_left_and_the_old_one_stays(tmp_path: Path) -> None:
    """Half of those concerned would be taken for all of them."""
    file = tmp_path / "list.csv"
    file.write_text("old")
    with pytest.raises(OSError, match="No space"), private_file(file) as out:  # noqa: PT012 - the disk fills meanwhile
        out.write("half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert (file.read_text(), list(tmp_path.iterdir())) == ("old", [file])
