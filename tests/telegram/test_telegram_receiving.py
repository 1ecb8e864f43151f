"""What people do in Telegram, as the house hears it."""

from __future__ import annotations
