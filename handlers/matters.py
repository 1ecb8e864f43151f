"""What a complaint can be about: its names, the words that speak of it, and what helps at once."""

from __future__ import annotations

from handlers.said import speaks_of
from locales import _

SELF_HELP = {
    "buying": "purchase_problem",
    "incentive": "incentive_problem",
    "certificate": "certificate",
    "account": "account_access",
    "revoked": "revoked",
}
"""The conversation that helps, by what the matter is about; anything else goes straight to people."""

MATTER_OF = {conversation: about for about, conversation in SELF_HELP.items()}
"""What each of these conversations is about."""

MATTER_HEARD = {
    "revoked": r"\b(dicabut|pencabutan|revoked)\b",
    "incentive": r"\b(insentif\w*|cair|incentive)\b",
    "certificate": r"\bsertifikat\w*|\bcertificate\b",
    "buying": r"\b(beli|membeli|pembelian|checkout|buy\w*)\b",
    "account": r"\b(akun\w*|login|sandi|password|account)\b",
}


def matters() -> dict[str, str]:
    """Return what a matter can be about, by its name."""
    return {
        "buying": _("Pembelian pelatihan"),
        "incentive": _("Insentif"),
        "certificate": _("Sertifikat"),
        "account": _("Akun / tidak bisa masuk"),
        "revoked": _("Kepesertaan dicabut"),
        "other": _("Hal lain"),
    }


def spoken_of(story: str) -> str:
    """Return the name of the matter that words speak of; *other* where they name none."""
    return next((about for about, pattern in MATTER_HEARD.items() if speaks_of(story, pattern)), "other")
