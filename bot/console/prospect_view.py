"""What the composer shows of whom a broadcast would reach: about how many at first, then exactly, and until when."""

from __future__ import annotations

from bot.console.broadcast_words import at_wib, lasts, left_out, over_whatsapp
from bot.console.compose_desk import Prospect
from bot.console.parts import box, words
from bot.console.words import number
from locales import _, _n, plainly


def draw_estimate(about: int | None) -> None:
    """Draw about how many there are; None where only counting them can tell."""
    if about is None:
        words(_("Menghitung…"), "quiet", "p")
        return
    with box("prospect-count"):
        words(plainly(_("sekitar {count}"), count=number(about)), "count")
        words(_n("orang, sedang dihitung…", "orang, sedang dihitung…", about), "what")


def draw_prospect(prospect: Prospect) -> None:
    """Draw how many there are, and what a broadcast to them comes to."""
    outlook = prospect.outlook
    with box("prospect-count"):
        words(number(outlook.count), "count")
        words(_n("orang mendapatnya", "orang mendapatnya", outlook.count), "what")
    with box("prospect-facts"):
        if outlook.count:
            told = _("Selesai {ends}, dalam {lasts}.")
            words(plainly(told, ends=at_wib(prospect.ends_at), lasts=lasts(outlook.lasts)), tag="p")
        if outlook.not_after is not None:
            told = _("Batasnya {end}; paling lambat mulai {latest}.")
            latest = at_wib(outlook.latest_start(outlook.not_after))
            words(plainly(told, end=at_wib(outlook.not_after), latest=latest), "quiet", "p")
        if outlook.stars:
            words(plainly(_("Biaya: {stars} Stars."), stars=number(outlook.stars)), tag="p")
        if outlook.whatsapp is not None:
            words(over_whatsapp(outlook.whatsapp), tag="p")
        if outlook.needs_approval:
            words(_("Orang kedua harus menyetujui."), "quiet", "p")
    with box("as-table", "details"):
        words(_("Siapa yang tidak ikut"), tag="summary")
        with box("left-out", "ul"):
            for line in left_out(outlook.exclusions):
                words(line, tag="li")
