"""What a complaint can be about: its names, the words that speak of it, and what helps at once."""

from __future__ import annotations

from datetime import date

from handlers.understanding import find_entities, understand
from handlers.understanding.phrases import first_said
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
    "about a revoked place": "revoked",
    "about the incentive": "incentive",
    "about a certificate": "certificate",
    "about buying": "buying",
    "about the account": "account",
}
"""Whose phrases (`words/phrases.tsv`) speak of which matter; the first that fits counts."""


OTHER = "other"
_MATTER_MEANT = {
    "balance": "buying",
    "how_to_buy": "buying",
    "platform_contact": "buying",
    "incentive_history": "incentive",
    "payment_account": "incentive",
    "rating_review": "incentive",
}
"""What else a message may be understood as, and the matter that it then speaks of."""
_NAMED = {"platform": "buying", "partner": "incentive"}
_ANY_DAY = date(2021, 10, 1)  # no word of a matter depends on the day


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


def matter_name(about: str) -> str:
    """Return what a matter is called; one that another version of the code named is called *other*."""
    known = matters()
    return known.get(about, known[OTHER])


def spoken_of(story: str) -> str:
    """Return the name of the matter that words speak of; *other* where they name none."""
    return first_said(MATTER_HEARD, story) or _understood(story) or _by_whom_it_names(story) or OTHER


def names_of(story: str, kind: str) -> list[str]:
    """Return the ids of the platforms or payment partners (`kind`) that words name."""
    return [entity.value for entity in find_entities(story, today=_ANY_DAY, kinds=(kind,))]


def _understood(story: str) -> str | None:
    understood = understand(story, today=_ANY_DAY)
    return MATTER_OF.get(understood.intent, _MATTER_MEANT.get(understood.intent)) if understood.certain else None


def _by_whom_it_names(story: str) -> str | None:
    return next((about for kind, about in _NAMED.items() if names_of(story, kind)), None)
