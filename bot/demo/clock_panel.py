"""The clock beside the phone: what time it is for the programme, how much is left, and how to move on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from html import escape
from typing import Final

from nicegui import ui

from bot.demo.clock import SPEEDS, DemoClock
from bot.demo.countdown import Countdown
from bot.demo.moments import short_moment, stops
from bot.demo.parts import SUBMIT, box, button, markup, words
from bot.demo.urgency import left_until
from bot.look.icons import icon
from locales import N_, _, long_date
from programme.cutoffs import Cutoff
from programme.model.clock import Clock
from programme.model.zones import Zone

_PACES: Final = dict(zip(SPEEDS, (N_("Nyata"), N_("1 mnt/dtk"), N_("1 jam/dtk"), N_("6 jam/dtk")), strict=True))
_FAR: Final = timedelta(days=200)


@dataclass(slots=True, repr=False, eq=False)
class ClockPanel:
    """The clock of one open page. Without a demo clock it only shows the time."""

    clock: Clock
    demo_clock: DemoClock | None
    cutoff: Cutoff | None
    moved: Callable[[], Awaitable[None]]
    bought: bool = False
    _texts: dict[str, ui.html] = field(default_factory=dict)
    _shown: dict[str, str] = field(default_factory=dict)
    _countdown: Countdown = field(default_factory=Countdown)
    _speeds: dict[int, ui.html] = field(default_factory=dict)
    _stops: dict[datetime, ui.html] = field(default_factory=dict)
    _trouble: ui.html = field(init=False)
    _moment: ui.element = field(init=False)

    def draw(self) -> None:
        """Put the panel on the page."""
        self._countdown.draw()
        with box("card clock", "section", aria_label=_("Jam program")):
            with box("face"):
                self._texts["date"] = words("", "date", "div")
                with box("time", role="timer"):
                    self._texts["hour"] = words("", "hour")
                    self._texts["second"] = words("", "second")
                    words("WIB", "zone")
                self._texts["zones"] = markup("", "zones", "div")
            if self.demo_clock is not None:
                self._draw_pace()
        if self.demo_clock is not None and self.cutoff is not None:
            self._draw_stops(self.demo_clock, self.cutoff)
        self.refresh()

    def draw_pill(self) -> None:
        """Put what is left on the page once more, in a word."""
        self._texts["pill"] = markup("", "pill")

    def refresh(self) -> None:
        """Show the present moment; only what changed goes to the browser."""
        now = self.clock.now()
        local = now.astimezone(Zone.WIB.tz)
        self._put("date", escape(long_date(local.date())))
        self._put("hour", f"{local:%H.%M}")
        self._put("second", f"{local:%S}")
        self._put("zones", " ".join(_elsewhere(now, zone) for zone in (Zone.WITA, Zone.WIT)))
        if self.cutoff is not None:
            left = left_until(self.cutoff.at, now, bought=self.bought)
            self._countdown.show(self.cutoff, left)
            self._put("pill", f'<b class="{left.urgency}">{escape(left.short)}</b>')
        if self.demo_clock is not None:
            self._show_pace(self.demo_clock)
            self._offer_stops(now)

    def _draw_pace(self) -> None:
        with box("pace"):
            self._texts["play"] = button("", "play", self._toggle)
            with box("speeds", role="group", aria_label=_("Kecepatan jam")):
                for speed, name in _PACES.items():
                    self._speeds[speed] = button(escape(_(name)), "speed", partial(self._run, speed))

    def _draw_stops(self, clock: DemoClock, cutoff: Cutoff) -> None:
        with box("card stops", "section", aria_label=_("Lompat ke")):
            words(_("Lompat ke"), "heading", "h2")
            with box("grid"):
                for stop in stops(cutoff.day):
                    mood = left_until(cutoff.at, stop.at).urgency
                    html = f"<b>{escape(_(stop.name))}</b><small>{escape(short_moment(stop.at))}</small>"
                    self._stops[stop.at] = button(html, f"stop {mood}", partial(self._jump, stop.at))
            with box("any", "form").on("submit", lambda event: self._typed(str(event.args)), js_handler=SUBMIT):
                self._moment = box(
                    "input", "input", type="datetime-local", name="moment", aria_label=_("Waktu lain (WIB)"),
                    required="required",
                )  # fmt: skip
                self._propose(clock.now())
                go = words(_("Pindah"), "secondary", "button")
                go.props["type"] = "submit"
            self._trouble = words("", "trouble", "p")
            self._trouble.props["role"] = "alert"

    def _propose(self, moment: datetime) -> None:
        """Show a moment in the field as long as nobody has typed one there."""
        # As the attribute: the property is set anew with every change on the page, over what is being typed.
        self._moment.props["^value"] = _written(moment)

    def _show_pace(self, clock: DemoClock) -> None:
        name = _("Jeda") if clock.playing else _("Jalankan")
        if self._shown.get("play") != name:
            self._put("play", icon("pause" if clock.playing else "play"))
            self._shown["play"] = name
            self._texts["play"].props.update({"aria-label": name, "title": name})
        for speed, key in self._speeds.items():
            chosen = "true" if speed == clock.speed else "false"
            if key.props.get("aria-pressed") != chosen:
                key.props["aria-pressed"] = chosen

    def _offer_stops(self, now: datetime) -> None:
        """Offer only what lies ahead: what was said and sent since then can't be unsaid."""
        for at, key in self._stops.items():
            past = "true" if at <= now else "false"
            if key.props.get("aria-disabled") != past:
                key.props["aria-disabled"] = past

    def _put(self, name: str, html: str) -> None:
        if self._shown.get(name) != html:
            self._shown[name] = html
            self._texts[name].set_content(html)

    def _toggle(self) -> None:
        if self.demo_clock is not None:
            self.demo_clock.playing = not self.demo_clock.playing
            self.refresh()

    def _run(self, speed: int) -> None:
        if self.demo_clock is not None:
            self.demo_clock.speed, self.demo_clock.playing = speed, True
            self.refresh()

    async def _jump(self, to: datetime) -> None:
        if self.demo_clock is None:
            return
        if to <= self.demo_clock.now():
            back = _("Jam ini hanya bisa maju. Untuk mengulang, tekan Mulai dari awal.")
            self._trouble.set_content(escape(back))
        else:
            self._trouble.set_content("")
            await self.demo_clock.jump(to)
            self._propose(to)
            self.refresh()
            await self.moved()

    async def _typed(self, written: str) -> None:
        """Go to a moment typed on the programme's clock, unless it is too far to walk through."""
        try:
            to = datetime.fromisoformat(written).replace(tzinfo=Zone.WIB.tz)
        except ValueError:
            to = None
        if to is None or (self.cutoff is not None and abs(to - self.cutoff.at) > _FAR):
            self._trouble.set_content(escape(_("Pilih tanggal dan jam di sekitar batas belinya.")))
            return
        await self._jump(to)


def _written(moment: datetime) -> str:
    """Write a moment as the field for moments takes it, on the programme's clock."""
    return f"{moment.astimezone(Zone.WIB.tz):%Y-%m-%dT%H:%M}"


def _elsewhere(now: datetime, zone: Zone) -> str:
    """Write the moment on another zone's clock, with the weekday where that differs."""
    here, there = now.astimezone(Zone.WIB.tz), now.astimezone(zone.tz)
    day = f" {escape(long_date(there.date()).partition(',')[0])}" if here.date() != there.date() else ""
    return f"<span><b>{there:%H.%M}</b> {zone}{day}</span>"
