"""Words of the reminder policy: what its rows and fields are called, and how their values read."""

from __future__ import annotations

import re
from typing import Final

from locales import _, _n, plainly
from programme.edits import Place
from reminders.wording.titles import rule_name

_HOUR: Final = re.compile(r"(\d\d):(\d\d)")


def policy_row_name(row: str) -> str:
    """Name a reminder, or what the policy says of all of them."""
    tables = {"quiet": _("Jam tenang"), "plan": _("Rencana peserta"), "catching_up": _("Pengingat yang terlewat")}
    return tables.get(row) or rule_name(row)


def policy_field_name(place: Place) -> str:
    """Name a field."""
    if place.row == "quiet":
        return {"begins": _("Mulai"), "ends": _("Selesai"), "evening": _("Jam pengganti sebelum mulai")}[place.field]
    return {
        "day": _("Hari"),
        "time": _("Jam"),
        "wished": _("Jam pilihan peserta didahulukan"),
        "ends": _("Berguna sampai"),
        "level": _("Untuk"),
        "picture": _("Dengan gambar"),
        "picks": _("Dengan pelatihan pilihan"),
        "tonight": _("Nanti malam"),
        "tonight_latest": _("Paling malam"),
        "tomorrow_morning": _("Besok pagi"),
        "night_ends": _("Malam berakhir"),
        "safe_minutes": _("Paling lambat sebelum batas"),
        "good_for_hours": _("Berguna selama, tanpa batas beli"),
        "replaces_minutes": _("Menggantikan pengingat sedekat"),
        "spacing_minutes": _("Dilewati kalau yang berikut sedekat"),
    }.get(place.field, place.field)


def policy_value_name(place: Place, text: str) -> str:
    """Write a value for people; what can't be read stays as it is."""
    if hour := _HOUR.fullmatch(text):
        return f"{hour[1]}.{hour[2]}"
    if place.field == "day" and text.lstrip("-").isdecimal():
        return _day_name(int(text))
    if text.isdecimal() and (place.field == "ends" or place.field.endswith("_hours")):
        return plainly(_n("{count} jam", "{count} jam", int(text)), count=int(text))
    if text.isdecimal() and place.field.endswith("_minutes"):
        return plainly(_n("{count} menit", "{count} menit", int(text)), count=int(text))
    return {
        "yes": _("ya"),
        "no": _("tidak"),
        "cutoff": _("batas beli"),
        "all": _("kecuali yang minta sedikit"),
        "fewer": _("semua peserta"),
    }.get(text, text)


def _day_name(day: int) -> str:
    if day == 0:
        return _("hari itu juga")
    before = _n("{days} hari sebelumnya", "{days} hari sebelumnya", abs(day))
    after = _n("{days} hari sesudahnya", "{days} hari sesudahnya", day)
    return plainly(before if day < 0 else after, days=abs(day))
