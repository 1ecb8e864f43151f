"""Whom a broadcast is for: what narrows its audience."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from nicegui import ui

from bot.console.compose_desk import ComposeDesk
from bot.console.composing import SHARES, Composing, standings
from bot.console.fields import choice, text_field
from bot.console.parts import box, button, notice, toggle, words
from bot.console.saying_why import saying_why
from bot.console.words import number
from handlers.staff.audience import newest_waves
from locales import _, plainly
from programme.model.zones import Zone

_WAVES: Final = 6
_LIST: Final = "(e) => emit(e.currentTarget.closest('.list-box').querySelector('textarea').value)"


@dataclass(slots=True, eq=False)
class AudienceForm:
    """What narrows the audience; what is chosen is told by `change`, under its name in `Composing`."""

    desk: ComposeDesk
    holder: ui.element
    composing: Callable[[], Composing]
    change: Callable[..., Awaitable[None]]

    def draw(self) -> None:
        """Draw what narrows it, as it is chosen by now."""
        holder, now = self.holder, self.desk.office.store.clock.now()
        waves = sorted({*newest_waves(self.desk.office.programme, now, _WAVES), *self.composing().waves}, reverse=True)
        holder.clear()
        with holder:
            with box("toggles", role="group", aria_label=_("Gelombang")):
                toggle(_("Semua gelombang"), self._wave_chooser(None), pressed=not self.composing().waves)
                for wave in waves:
                    name = plainly(_("Gelombang {number}"), number=wave)
                    toggle(name, self._wave_chooser(wave), pressed=wave in self.composing().waves)
            with box("filters"):
                choice(_("Peserta yang mana"), standings(), self.composing().standing, self._chooser("standing"))
                zones = [("", _("Semua zona waktu")), *((zone.value, zone.value) for zone in Zone)]
                choice(_("Zona waktu"), zones, self.composing().zone, self._chooser("zone"))
            with box("as-table more", "details"):
                words(_("Persempit lagi"), tag="summary")
                self._draw_narrower()

    def _draw_narrower(self) -> None:
        composing = self.composing()
        with box("stack tight"):
            with box("filters"):
                linked = [("", _("Terhubung atau belum")), ("ya", _("Terhubung ke data resmi")), ("tidak", _("Belum"))]
                chosen = "" if composing.linked is None else "ya" if composing.linked else "tidak"
                choice(_("Data resmi"), linked, chosen, self._link_chooser)
                shares = [("", _("Semuanya")), *((str(share), f"{share}%") for share in SHARES)]
                share = "" if composing.share is None else str(composing.share)
                choice(_("Sebagian saja"), shares, share, self._number_chooser("share"))
            with box("filters"):
                got = "" if composing.got is None else str(composing.got)
                told = _("Hanya yang menerima siaran nomor …")
                text_field(_("Yang menerima siaran nomor"), got, self._number_chooser("got"), placeholder=told)
                kept = [("", _("Semua yang menerima")), ("ya", _("Yang belum ditarik atau diralat"))]
                choice(_("Yang mana"), kept, "ya" if composing.left_with_it else "", self._left_chooser)
            self._draw_list()

    def _draw_list(self) -> None:
        with box("list-box stack tight"):
            listed = self.composing().listed
            if listed is not None:
                words(plainly(_("Memakai daftar {number}."), number=listed), "quiet", "p")
                button(_("Lepaskan daftar"), self._without_list, sign="close")
                return
            box(
                "input", "textarea", rows="2", aria_label=_("Daftar nomor HP atau nomor peserta"),
                placeholder=_("Daftar: satu nomor HP atau nomor peserta per baris"),
            )  # fmt: skip
            button(_("Pakai daftar ini"), self._use_list, tells=_LIST)
            words(_("Nomor HP hanya dicocokkan, tidak disimpan."), "quiet", "p")

    def _chooser(self, name: str) -> Callable[[Any], Any]:
        async def choose(value: Any = "") -> None:
            await self.change(**{name: str(value)})

        return choose

    def _number_chooser(self, name: str) -> Callable[[Any], Any]:
        async def choose(value: Any = "") -> None:
            given = str(value).strip().removeprefix("#")
            await self.change(**{name: int(given) if given.isdecimal() and len(given) < 10 else None})

        return choose

    def _wave_chooser(self, wave: int | None) -> Callable[[], Any]:
        async def choose() -> None:
            chosen = set() if wave is None else set(self.composing().waves) ^ {wave}
            await self.change(waves=tuple(sorted(chosen)))
            self.draw()

        return choose

    async def _link_chooser(self, value: Any = "") -> None:
        await self.change(linked={"ya": True, "tidak": False}.get(str(value)))

    async def _left_chooser(self, value: Any = "") -> None:
        await self.change(left_with_it=str(value) == "ya")

    async def _use_list(self, lines: Any = "") -> None:
        with saying_why():
            made = await self.desk.make_list(str(lines).splitlines())
            told = _("{people} orang dikenal, {strangers} baris tidak.")
            notice(plainly(told, people=number(made.people), strangers=number(made.strangers)))
            await self.change(listed=made.number)
            self.draw()

    async def _without_list(self) -> None:
        await self.change(listed=None)
        self.draw()
