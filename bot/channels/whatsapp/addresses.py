"""Whom a WhatsApp message is for or from: a business-scoped user id where there is one, else a phone number.

https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids, as of
5 November 2026.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

CHANNEL: Final = "whatsapp"

_NUMBER = re.compile(r"[1-9]\d{6,14}")
_SCOPED_ID = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}")


def is_number(address: str) -> bool:
    """Tell whether an address is a phone number, in digits with its country code."""
    return _NUMBER.fullmatch(address) is not None


def is_scoped_id(address: str) -> bool:
    """Tell whether an address is a business-scoped user id such as `ID.13491208655302741918`."""
    return _SCOPED_ID.fullmatch(address) is not None


def recipient(address: str) -> Mapping[str, str]:
    """Return the field that names who gets a message. Raises ValueError for what is no address here.

    An id in `to`, or a number in `recipient`, is answered with 200 and delivered to nobody.
    """
    if is_number(address):
        return {"to": address}
    if is_scoped_id(address):
        return {"recipient": address}
    raise ValueError("neither a phone number nor a business-scoped user id")
