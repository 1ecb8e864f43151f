"""Second person: how many people one of the staff may write to by one press; more need somebody else's approval."""

from __future__ import annotations

from typing import Final

ALONE: Final = 100
"""People: as many as a sample."""
