"""A short name for each reminder, by its key in the policy."""

from __future__ import annotations

import re

from locales import N_, _, _n
from reminders.sources import is_moved, is_plan, key_of

_DAYS = re.compile(r"H-(\d+)")
_HOURS = re.compile(r"H-0-(\d\d)")

_NAMES = {
    "joined": N_("Ajakan menyusun rencana"),
    "passed": N_("Cek batasnya di dashboard"),
    "H-0-18-shown": N_("Sudah tampil di dashboard?"),
    "H-1": N_("Besok batasnya"),
    "H+1": N_("Pagi sesudah batas"),
    "finish": N_("Selesaikan pelatihan"),
    "review": N_("Beri rating dan ulasan"),
    "connect": N_("Sambungkan rekening atau e-wallet"),
    "survey": N_("Isi survei"),
}


def title_of(source: str) -> str:
    """Name the reminder with this source; an unknown one goes by its key."""
    key = key_of(source)
    if is_plan(source):
        return _("Sesuai rencanamu")
    if is_moved(source):
        return _("Batas beli bergeser")
    if name := _NAMES.get(key) or _NAMES.get(key.partition("-")[0]):
        return _(name)
    if hour := _HOURS.fullmatch(key):
        return _("Hari terakhir, {hour}.00").format(hour=hour[1])
    if days := _DAYS.fullmatch(key):
        return _n("{days} hari lagi", "{days} hari lagi", int(days[1])).format(days=days[1])
    return key
