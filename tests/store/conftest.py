"""What tests of the store itself share."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _in_threads(threads: None) -> None:
    """The store as it runs for people: what may take long does so in a thread."""
