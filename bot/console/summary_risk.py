"""Who is at risk now, wave by wave, each with the one press that reaches exactly them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.console.broadcasts_page import COMPOSE
from bot.console.parts import box, empty, link, words
from bot.console.wave_figures import WaveFigures
from bot.console.words import number, to_cutoff
from locales import _, plainly

_MOST = 12
"""Rows: more waves than that are never under way."""


@dataclass(frozen=True, slots=True)
class AtRisk:
    """So many people of a wave, and how they are reached: by a broadcast to `whom`, or as `way` says."""

    count: int
    told: str
    css: str
    wave: int
    whom: str = ""
    way: str = ""


def draw_risk(waves: Sequence[WaveFigures], now: datetime, *, may_broadcast: bool) -> None:
    """Draw them; who may not order a broadcast is told who may."""
    rows = [each for one in waves for each in _of(one, now)][:_MOST]
    with box("card", "section"):
        words(_("Siapa berisiko sekarang"), "heading", "h2")
        if not rows:
            empty(
                _("Tidak ada yang mendesak"),
                _("Di sini muncul siapa yang belum beli saat batasnya kurang dari 72 jam."),
            )
        for each in rows:
            _draw(each, may_broadcast=may_broadcast)


def _of(one: WaveFigures, now: datetime) -> Iterator[AtRisk]:
    if one.cutoff is None or one.cutoff.at <= now:
        return
    names = {"wave": one.wave, "left": to_cutoff(one.cutoff.at, now)}
    if one.is_at_risk(now) and one.open:
        yield AtRisk(
            one.open, plainly(_("Gelombang {wave}: belum beli, {left}"), **names), "today", one.wave, "belum-beli"
        )
    if one.unlinked:
        told = plainly(_("Gelombang {wave}: belum beli, chatnya belum terhubung ke data resmi"), **names)
        yield AtRisk(one.unlinked, told, "soon", one.wave, "belum-terhubung")
    if one.silent:
        told = plainly(_("Gelombang {wave}: belum beli dan belum punya chat"), **names)
        way = _("Hanya bisa dijangkau lewat SMS atau email program")
        yield AtRisk(one.silent, told, "over", one.wave, way=way)


def _draw(one: AtRisk, *, may_broadcast: bool) -> None:
    with box(f"risk {one.css}"):
        words(number(one.count), "count")
        with box("told"):
            words(one.told, "what", "div")
            if not one.whom:
                words(one.way, "quiet", "div")
            elif may_broadcast:
                link(_("Tulis siaran untuk mereka"), f"{COMPOSE}?untuk={one.whom}&gelombang={one.wave}", sign="send")
            else:
                words(_("Minta supervisor menyiarkan ke mereka"), "quiet", "div")
