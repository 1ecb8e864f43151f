"""Windows: for how long after somebody wrote a channel lets us write to them as we like."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

MARGIN: Final = timedelta(minutes=5)
"""By so much a window counts as closed before its end: clocks differ, and a message is on its way for a moment."""

WINDOWS: Final[Mapping[str, timedelta]] = MappingProxyType({"whatsapp": timedelta(hours=24)})
"""By channel; the others let us write at any time. WhatsApp: shared/whatsapp/FACTS, November 2026."""


def is_open(channel: str, heard_at: datetime | None, now: datetime) -> bool:
    """Tell whether we may write as we like to who wrote last at `heard_at`; None for just now."""
    window = WINDOWS.get(channel)
    return window is None or heard_at is None or now < heard_at + window - MARGIN
