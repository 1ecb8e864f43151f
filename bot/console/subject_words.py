"""Words of what an act was done to: the trail keeps `ticket/12`, and staff read and search *Aduan #12*."""

from __future__ import annotations

import re
from collections.abc import Mapping

from locales import _, plainly

_TYPED = re.compile(r"(?P<sort>\D+?)\s*#?\s*(?P<number>\d+)\Z")


def subject_name(subject: str, names: Mapping[str, str]) -> str:
    """Name what an act was done to; `names` are those of the staff. What nobody named stays as it is."""
    if subject in names:
        return names[subject]
    sort, _slash, number = subject.partition("/")
    told = _sorts().get(sort)
    if told is None or not number.isdecimal():
        return _alone().get(subject, subject)
    return plainly("{sort} {number}", sort=told, number=f"P{number}" if sort == "participant" else f"#{number}")


def subject_meant(typed: str) -> str:
    """Return what the trail keeps for what somebody looks for, such as *aduan 12*; anything else as it was typed."""
    found = _TYPED.match(typed.strip().casefold())
    if found is None:
        return typed.strip()
    sort = found["sort"].removesuffix(" p").strip()
    meant = next((kept for kept, told in _sorts().items() if told.casefold() == sort), None)
    return f"{meant}/{int(found['number'])}" if meant else typed.strip()


def _sorts() -> Mapping[str, str]:
    return {
        "ticket": _("Aduan"),
        "broadcast": _("Siaran"),
        "participant": _("Peserta"),
        "import": _("Impor"),
        "incident": _("Insiden"),
        "list": _("Daftar"),
        "edit": _("Perubahan"),
        "model": _("Model"),
    }


def _alone() -> Mapping[str, str]:
    return {
        "model/shipped": _("Model bawaan"),
        "broadcast": _("Semua siaran"),
        "audit": _("Jejak"),
    }
