"""Ways to reach somebody: the programme, a platform or a payment partner."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from programme.loading import DataRow


class ContactKind(StrEnum):
    """By what means."""

    PHONE = "phone"
    WHATSAPP = "whatsapp"
    WEB = "web"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach somebody; `value` is as printed by the source, `url` what a tap opens."""

    kind: ContactKind
    value: str
    name: str = ""
    source: str = ""
    as_of: str = ""

    @property
    def url(self) -> str:
        """The address behind a tap: `tel:`, `https://wa.me/`, `mailto:` or `https://`."""
        match self.kind:
            case ContactKind.PHONE:
                return "tel:" + _international(re.sub(r"[^\d+]", "", self.value))
            case ContactKind.WHATSAPP:
                return "https://wa.me/" + _international(re.sub(r"[^\d+]", "", self.value)).removeprefix("+")
            case ContactKind.EMAIL:
                return "mailto:" + self.value
            case ContactKind.WEB:
                return self.value if self.value.startswith("https://") else "https://" + self.value


def contact_from(entry: DataRow) -> Contact:
    """Read one contact; source and as-of come from the entry around it where it has none."""
    return Contact(
        kind=entry.choice("kind", ContactKind),
        value=entry.text("value"),
        name=entry.maybe_text("name") or "",
        source=entry.text("source"),
        as_of=entry.as_of(),
    )


def _international(digits: str) -> str:
    """Put Indonesia's code before an area or mobile number; toll-free and short numbers have none."""
    return "+62" + digits[1:] if re.match(r"0(?!800)", digits) else digits
