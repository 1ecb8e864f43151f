"""Ringkasan, the first page: the wave tonight, each wave's way, who is at risk, what was sent, how the desk stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from fastapi import Request
from nicegui import ui

from bot.console.access import Right
from bot.console.desk_load import DeskLoad, desk_load
from bot.console.frame import title
from bot.console.open_page import OpenPage
from bot.console.parts import box, empty, words
from bot.console.shown import Shown, to_the_minute
from bot.console.still import Still, still
from bot.console.summary_charts import draw_asked, draw_reasons, draw_reminders
from bot.console.summary_risk import draw_risk
from bot.console.wave_figures import FUNNEL, Overview, WaveFigures, overview
from bot.console.words import lasting, left, number, share, to_cutoff, urgency
from handlers.phrases.milestone_titles import titles
from locales import _, moment, plainly
from programme.model.zones import Zone
from reminders.policy import Policy
from reminders.sources import key_of
from reminders.wording.titles import title_of

_PATIENCE = 1.0
"""Seconds that the first page waits for the first count of all; for a million people it shows without them."""


@dataclass(slots=True, eq=False)
class Summary:
    """The page as it is shown."""

    page: OpenPage
    _holder: ui.element = field(init=False)
    _load: Still = field(init=False)
    """What changes with each act at the desk; all else changes by the minute."""
    _shown: Shown = field(default_factory=Shown)

    async def draw(self) -> None:
        """Put everything on the page, and keep it current."""
        if await self._is_new():
            await self.page.console.counting.counted(_PATIENCE)
        self._holder = box("stack")
        await self.refresh()
        self.page.stay_current(self.refresh)

    async def _is_new(self) -> bool:
        async with self.page.looking() as acting:
            return (await acting.tx.tallies.newest("counted")) is None

    async def refresh(self) -> None:
        """Draw anew what changed."""
        async with self.page.looking_together() as reads:
            read = await reads.once("overview", lambda tx: overview(tx, self.page.console.parts.programme))
            load = await reads.once("load", desk_load)
            seen = replace(read, now=to_the_minute(read.now), counted_at=None)
            if self._shown.differs("figures", (seen, read.counted_at is None)):
                self._holder.clear()
                with self._holder:
                    self._load = _draw(read, self.page.console.parts.policy, self.page.may(Right.BROADCAST))
            with self._load.anew():
                _draw_desk(load, read.now)


async def draw_summary(page: OpenPage, _request: Request) -> None:
    """Draw the first page."""
    await Summary(page).draw()


def _draw(read: Overview, policy: Policy, may_broadcast: bool) -> Still:
    """Draw all figures; return what shows the load of the desk, empty as yet."""
    with still():
        title(_("Ringkasan"), _told_when(read.counted_at))
        if read.tonight is not None:
            _draw_tonight(read.tonight, read.now, policy)
        else:
            with box("card"):
                empty(
                    _("Tidak ada batas beli di depan"),
                    _("Begitu gelombang baru diumumkan dan datanya masuk, hitung mundurnya tampil di sini."),
                )
    with box("columns"):
        with still():
            draw_risk(read.waves, read.now, may_broadcast=may_broadcast)
        load = Still([])
    with still():
        _draw_waves(read.waves, read.now)
    with box("columns"):
        draw_reminders(read)
        draw_reasons(read)
    draw_asked(read)
    return load


def _told_when(counted_at: datetime | None) -> str:
    if counted_at is None:
        return _("Angka peserta sedang dihitung untuk pertama kali; begitu selesai, tampil di sini sendiri.")
    at = counted_at.astimezone(Zone.WIB.tz)
    return plainly(_("Angka peserta dihitung pukul {when} WIB; antrean petugas langsung."), when=f"{at:%H.%M}")


def _draw_tonight(wave: WaveFigures, now: datetime, policy: Policy) -> None:
    cutoff = wave.cutoff
    assert cutoff is not None  # noqa: S101 - tonight's wave has one
    with box(f"tonight {urgency(cutoff.at, now)}", "section", aria_label=_("Gelombang malam ini")):
        with box("lead"):
            words(plainly(_("Gelombang {wave}"), wave=wave.wave), "heading", "h2")
            words(left(cutoff.at - now), "left", "p")
            words(plainly(_("sampai {when}"), when=moment(cutoff.at, Zone.WIB.tz, "WIB")), "until", "p")
        with box("figures"):
            _draw_figure(number(wave.roster or wave.people), _("di daftar lolos"))
            _draw_figure(number(wave.people), _("punya chat"), share(wave.people, wave.roster or wave.people))
            _draw_figure(number(wave.not_bought), _("belum beli"), share(wave.not_bought, wave.roster or wave.people))
            _draw_figure(number(wave.not_reached), _("tak terjangkau siapa pun"))
    with box("card"):
        words(_("Sudah diberi tahu, per langkah"), "heading", "h2")
        if not wave.told:
            empty(_("Belum ada pengingat yang terkirim"), _("Pengingat pertama jatuh 14 hari sebelum batas."))
        order = {rule.key: place for place, rule in enumerate(policy.rules)}
        for source, count in sorted(wave.told.items(), key=lambda one: order.get(key_of(one[0]), 99)):
            _draw_bar(title_of(source, policy), count, wave.people)


def _draw_figure(count: str, told: str, part: str = "") -> None:
    with box("figure-box"):
        words(count, "count")
        words(told, "what")
        if part:
            words(part, "part")


def _draw_bar(name: str, count: int, whole: int, css: str = "") -> None:
    with box(f"bar-row {css}"):
        words(name, "what")
        with box("bar", aria_hidden="true"):
            box("fill").style(f"width: {min(100, 100 * count / whole) if whole else 0:.1f}%")
        words(number(count), "count")
        words(share(count, whole), "part")


def _draw_desk(load: DeskLoad, now: datetime) -> None:
    with box("card", "section"):
        words(_("Beban petugas"), "heading", "h2")
        with box("figures small"):
            _draw_figure(number(load.waiting), _("menunggu"))
            _draw_figure(number(load.held), _("dipegang"))
            _draw_figure(number(load.urgent), _("batasnya < 24 jam"))
        if load.oldest is not None:
            words(plainly(_("Yang paling lama menunggu: {time}."), time=lasting(now - load.oldest)), "quiet", "p")
        for name, count in load.loads.items():
            _draw_bar(name, count, max(load.loads.values()), "agent")
        go = words(_("Buka aduan"), "secondary", "a")
        go.props["href"] = "/konsol/aduan"


def _draw_waves(waves: Sequence[WaveFigures], now: datetime) -> None:
    with box("card", "section"):
        words(_("Perjalanan tiap gelombang"), "heading", "h2")
        if not waves:
            empty(_("Belum ada peserta"), _("Impor daftar lolos: sobat import roster BERKAS."))
        with box("waves"):
            for one in waves[:12]:
                _draw_wave(one, now)


def _draw_wave(one: WaveFigures, now: datetime) -> None:
    names = titles()
    with box("wave"):
        with box("wave-head"):
            words(plainly(_("Gelombang {wave}"), wave=one.wave), "name", "h3")
            when = to_cutoff(one.cutoff.at if one.cutoff else None, now) or _("batas tidak diketahui")
            words(when, f"pill {urgency(one.cutoff.at if one.cutoff else None, now)}")
        whole = max(one.roster, one.people)
        _draw_bar(_("Lolos"), whole, whole)
        _draw_bar(_("Terhubung ke Sobat"), one.people, whole)
        for step in FUNNEL:
            _draw_bar(names[step], one.steps[step], whole)
