"""Media on the server: what may be uploaded, what it is worth after 30 days, and the address it is fetched from.

Sizes and types: Meta, business-phone-numbers/media (images 5 MB, sound and video 16 MB, documents 100 MB and only text,
pdf and office, so no calendar file); the address holds 5 minutes (the description: retrieveMediaUrl).
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from programme.model.clock import Clock
from tests.fakes.graph_errors import GraphError, nothing_there

_MB = 1024 * 1024
_OFFICE = "application/vnd.openxmlformats-officedocument."
_KINDS: dict[str, tuple[int, tuple[str, ...]]] = {
    "image": (5 * _MB, ("image/jpeg", "image/png")),
    "audio": (16 * _MB, ("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg")),
    "video": (16 * _MB, ("video/mp4", "video/3gpp")),
    "sticker": (512_000, ("image/webp",)),
    "document": (
        100 * _MB,
        (
            *("text/plain", "application/pdf", "application/msword", "application/vnd.ms-excel"),
            *("application/vnd.ms-powerpoint", f"{_OFFICE}wordprocessingml.document"),
            *(f"{_OFFICE}spreadsheetml.sheet", f"{_OFFICE}presentationml.presentation"),
        ),
    ),
}
_BEGINNINGS = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/webp": (b"RIFF",),
    "audio/ogg": (b"OggS",),
    "application/pdf": (b"%PDF",),
}
KEPT = timedelta(days=30)
ADDRESS_HOLDS = timedelta(minutes=5)


@dataclass(slots=True)
class Medium:
    """One file; `genuine` tells whether its first bytes fit its type, `asked` when its address was last asked for."""

    id: str
    mime: str
    data: bytes
    until: datetime
    asked: datetime | None = None

    @property
    def sha256(self) -> str:
        return base64.b64encode(hashlib.sha256(self.data).digest()).decode()

    @property
    def genuine(self) -> bool:
        return self.data.startswith(_BEGINNINGS.get(_plain(self.mime), (b"",)))


class Media:
    """The files of one number, uploaded and received."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.files: dict[str, Medium] = {}
        self._last = 65_463_452

    def upload(self, mime: str, data: bytes) -> str:
        """Check as the upload does and keep. Raises 100 for a type or size that is not taken."""
        kind = kind_of(mime)
        if kind is None:
            allowed = sorted(each for _, types in _KINDS.values() for each in types)
            raise GraphError(100, f"Param file must be a file with one of the following types: {', '.join(allowed)}")
        most = _KINDS[kind][0]
        if not 0 < len(data) <= most:
            raise GraphError(100, f"Param file: {len(data)} bytes, allowed for {kind} are 1 to {most}")
        return self.keep(mime, data).id

    def keep(self, mime: str, data: bytes) -> Medium:
        """Keep without checking: what a person sent."""
        self._last += 1
        kept = Medium(str(self._last), mime, data, self.clock.now() + KEPT)
        self.files[kept.id] = kept
        return kept

    def get(self, given: str) -> Medium:
        """Raises 100 with subcode 33 for a file that is not there or no longer."""
        found = self.files.get(given)
        if found is None or self.clock.now() >= found.until:
            raise nothing_there(given)
        return found

    def sendable(self, given: str, kind: str) -> Medium:
        """The file by its id, of the kind that the message says. Raises 100."""
        found = self.files.get(given)
        if found is None or self.clock.now() >= found.until:
            raise GraphError(100, f"Param {kind}['id'] is not a valid whatsapp business account media attachment ID")
        if kind_of(found.mime) != kind:
            raise GraphError(100, f"Media {given} is {found.mime}, which can't be sent as {kind}")
        return found

    def described(self, given: str, base: str) -> dict[str, Any]:
        """The answer to GET /{media_id}; from now on its address holds for 5 minutes."""
        found = self.get(given)
        found.asked = self.clock.now()
        return {
            "messaging_product": "whatsapp",
            "url": address(base, found),
            "mime_type": found.mime,
            "sha256": hashlib.sha256(found.data).hexdigest(),
            "file_size": len(found.data),
            "id": found.id,
        }

    def fetch(self, given: str) -> Medium | None:
        """What lies behind an address; None where it holds no longer."""
        found = self.files.get(given)
        if found is None or found.asked is None or self.clock.now() - found.asked > ADDRESS_HOLDS:
            return None
        return found


def address(base: str, medium: Medium) -> str:
    """Where `medium` is fetched from, as Meta's own addresses look."""
    return f"{base}/whatsapp_business/attachments/?mid={medium.id}&source=getMedia&hash=ATvZ"


def kind_of(mime: str) -> str | None:
    """As what a file of this type is sent, or None."""
    return next((kind for kind, (_, types) in _KINDS.items() if _plain(mime) in types), None)


def _plain(mime: str) -> str:
    return mime.partition(";")[0].strip().lower()
