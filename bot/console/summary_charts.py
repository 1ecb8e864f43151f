"""What the first page shows as charts: reminders and what followed, what people ask, what keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from babel.dates import format_date

from bot.console.parts import box, empty, words
from bot.console.tables import Column, bars, chart
from bot.console.wave_figures import Overview
from bot.console.words import number
from handlers.dialogue.register import conversations
from handlers.obstacle import obstacle_names
from locales import _, current_language
from programme.model.zones import Zone

_TEAL, _AMBER, _GREY = "#12808f", "#e59a0b", "#8a9ea4"
_COLOURS = ("#12808f", "#e59a0b", "#c2410c", "#7c5cc4", "#8a9ea4", "#3f7d3a", "#b0336b")
_MOST_ASKED = 6


def draw_reminders(read: Overview) -> None:
    """Draw reminders by the day, and purchases beside them."""
    days = [_day(day) for day in read.days]
    names = (_("pengingat terkirim"), _("beli ≤ 24 jam sesudah pengingat"), _("beli tanpa pengingat"))
    series = dict(zip(names, (read.reminders, read.bought_after, read.bought_other), strict=True))
    with box("card", "section"):
        options = bars(days, series, (_GREY, _TEAL, _AMBER))
        for one in options["series"][1:]:
            one["stack"] = "bought"
        chart(_("Pengingat dan yang menyusul"), options, *_as_table(_("Hari"), days, series))
        words(_("Beli sesudah pengingat bukan bukti bahwa pengingat yang membuatnya."), "quiet", "p")


def draw_reasons(read: Overview) -> None:
    """Draw the reasons that people gave, by the day."""
    with box("card", "section"):
        if not read.obstacles:
            words(_("Kendala yang disebut peserta"), "heading", "h2")
            empty(_("Belum ada yang menyebut kendala"), _("Yang menjawab “Ada kendala” terhitung di sini per hari."))
            return
        named = obstacle_names()
        series = {_without_sign(named.get(name, name)): counts for name, counts in read.obstacles.items()}
        days = [_day(day) for day in read.days]
        title = _("Kendala yang disebut peserta")
        chart(title, bars(days, series, _COLOURS), *_as_table(_("Hari"), days, series))


def draw_asked(read: Overview) -> None:
    """Draw what people asked within a day, by the hour: the matters that were asked most."""
    title = _("Yang ditanyakan per jam")
    with box("card", "section"):
        series = {_asked(name): counts for name, counts in list(read.asked.items())[:_MOST_ASKED]}
        if not series:
            words(title, "heading", "h2")
            empty(_("Belum ada yang bertanya"), _("Yang ditanyakan peserta ke Sobat terhitung di sini per jam."))
            return
        hours = [_hour(at) for at in read.hours]
        chart(title, bars(hours, series, _COLOURS), *_as_table(_("Jam (WIB)"), hours, series))
        words(
            _("24 jam terakhir, enam perihal terbanyak. Tombol dan jawaban di tengah obrolan tidak dihitung."),
            "quiet",
            "p",
        )


def _as_table(
    first: str, places: Sequence[str], series: Mapping[str, Sequence[int]]
) -> tuple[list[Column], list[list[str]]]:
    columns = [Column(first), *(Column(name, figure=True) for name in series)]
    rows = [[place, *(number(each[at]) for each in series.values())] for at, place in enumerate(places)]
    return columns, rows


def _asked(name: str) -> str:
    known = conversations().get(name)
    return _(known.about) if known is not None and known.about else name


def _without_sign(name: str) -> str:
    """Leave out the sign before a button's words."""
    sign, _space, rest = name.partition(" ")
    return rest if rest and not sign.isalnum() else name


def _day(day: date) -> str:
    return str(format_date(day, "d MMM", locale=current_language().locale))


def _hour(at: datetime) -> str:
    return f"{at.astimezone(Zone.WIB.tz):%H.00}"
