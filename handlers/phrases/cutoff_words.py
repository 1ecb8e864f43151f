"""How the cutoff is told: in words, on both clocks, and what is left."""

from __future__ import annotations

from datetime import datetime

from locales import Html, _, fill, moment
from programme.cutoffs import Cutoff
from programme.model.zones import Zone


def on_both_clocks(cutoff: Cutoff, zone: Zone | None, *, elsewhere: bool = False) -> Html:
    """Write the cutoff in WIB and, for people east of it, on their own clock: that is the next day.

    Where it is asked for somebody `elsewhere`, the clock is not the person's own.
    """
    jakarta = fill(_("<b>{day} pukul 23.59 WIB</b>"), day=cutoff.day)
    if zone is Zone.WIB:
        return Html(jakarta)
    if zone is None:
        east = _("(di WITA pukul 00.59 dan di WIT pukul 01.59, sudah masuk tanggal berikutnya)")
        return Html(f"{jakarta}\n{east}")
    words = _("= {own} di sana (sudah ganti hari!)") if elsewhere else _("= {own} di tempatmu (sudah ganti hari!)")
    return Html(f"{jakarta}\n{fill(words, own=moment(cutoff.at, zone.tz, zone.value))}")


def what_is_left(cutoff: Cutoff, now: datetime) -> Html:
    """Write what is left until the cutoff, the louder the less it is."""
    left = cutoff.at - now
    days = (cutoff.day - now.astimezone(Zone.WIB.tz).date()).days
    if days <= 0:
        words = _("🔴 <b>Hari ini hari terakhir!</b> Tinggal {left}.")
    elif days <= 3:
        words = _("🟠 Tinggal <b>{left}</b>.")
    else:
        words = _("🟢 Masih ada <b>{left}</b>.")
    return Html(fill(words, left=left))
