"""Which app the phone looks like; the browser keeps what somebody chose."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from fastapi import Request

COOKIE: Final = "sobat-phone"


class PhoneMode(StrEnum):
    """The app whose looks and limits the phone has."""

    TELEGRAM = "telegram"
    WHATSAPP = "whatsapp"

    @property
    def app_name(self) -> str:
        """What people call the app."""
        return "WhatsApp" if self is PhoneMode.WHATSAPP else "Telegram"


def mode_of(request: Request) -> PhoneMode:
    """Return what this browser chose last."""
    chosen = request.cookies.get(COOKIE)
    return PhoneMode.WHATSAPP if chosen == PhoneMode.WHATSAPP else PhoneMode.TELEGRAM
