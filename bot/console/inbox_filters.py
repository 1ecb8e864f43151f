"""The inbox's filters: which complaints are listed, by pile, words, matter, team and label; and views kept by name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from nicegui import ui

from bot.console.desk import Desk
from bot.console.fields import choice, text_field
from bot.console.parts import box, button, notice, sheet, shut_sheets, words
from bot.store.repositories.inbox_list import Pile, Wanted
from handlers.phrases.matters import matters
from locales import _, plainly


@dataclass(slots=True, eq=False)
class InboxFilters:
    """What is `wanted`; whoever lists it hears by `changed` that it is something else."""

    desk: Desk
    wanted: Wanted
    changed: Callable[[], Awaitable[None]] = field(init=False)
    times_set: int = 0
    """How often they were set by something else than themselves; else they stay as somebody left them."""
    ending: str = ""
    """The last digits of the number that is looked for; the rest of it is kept nowhere."""
    _teams: Sequence[str] = ()
    _choices: ui.element = field(init=False)
    _views: ui.element = field(init=False)

    def draw(self, teams: Sequence[str]) -> None:
        """Put them on the page; they are filled when it is known what there is to choose."""
        self._teams, self._choices, self._views = teams, box("filters"), box("chips")

    def draw_choices(self, labels: Sequence[str]) -> None:
        """Draw what can be chosen, and what is."""
        wanted = self.wanted
        self._choices.clear()
        with self._choices:
            told = _("Cari tiket, nomor HP, atau kata")
            text_field(told, wanted.words, self.search, placeholder=told).mark("cari")
            choice(_("Perihal"), [("", _("Semua perihal")), *matters().items()], wanted.about, self.narrow)
            if self._teams:
                teams = [("", _("Semua tim")), *((one, one) for one in self._teams)]
                choice(_("Tim"), teams, wanted.team, self.of_team)
            if labels or wanted.label:
                names = sorted({*labels, *filter(None, [wanted.label])})
                choice(
                    _("Label"), [("", _("Semua label")), *((one, one) for one in names)], wanted.label, self.labelled
                )

    async def search(self, typed: str = "") -> None:
        """List what has this number or these words; a mobile number is hashed, and not kept."""
        of = await self.desk.numbered(typed)
        self.ending = "".join(filter(str.isdecimal, typed))[-3:] if of else ""
        await self._turn(replace(self.wanted, words="" if of else typed.strip()[:100], of=of))

    async def labelled(self, label: str = "") -> None:
        """List what has a label."""
        await self._turn(replace(self.wanted, label=label[:24]))

    async def narrow(self, about: str = "") -> None:
        """List one matter alone."""
        await self._turn(replace(self.wanted, about=about if about in matters() else ""))

    async def of_team(self, team: str = "") -> None:
        """List what one team has."""
        await self._turn(replace(self.wanted, team=team[:100]))

    async def choose(self, pile: Pile) -> None:
        """List another pile."""
        await self._turn(replace(self.wanted, pile=pile))

    async def _turn(self, wanted: Wanted) -> None:
        self.wanted = wanted
        await self.changed()

    async def set_to(self, wanted: Wanted) -> None:
        """Look so, filters included."""
        self.times_set += 1
        await self._turn(wanted)

    def name_view(self) -> None:
        """Ask for a name to keep this view by."""
        with sheet(_("Simpan tampilan ini")):
            words(_("Tumpukan dan saringan sekarang, di bawah satu nama. Nomor HP tidak ikut."), "quiet", "p")
            text_field(_("Nama tampilan"), "", self._keep_view, placeholder=_("mis. Tokopedia mendesak, lalu Enter"))

    async def _keep_view(self, name: str = "") -> None:
        if not (name := " ".join(name.split())[:40]):
            return
        if not await self.desk.keep_view(name, self.wanted):
            notice(_("Sudah ada 12 tampilan: hapus satu dulu."), bad=True)
        await self.draw_views()
        shut_sheets()

    async def draw_views(self) -> None:
        """Draw the views that are kept, each with a way to look so and to drop it."""
        views = await self.desk.views()
        self._views.clear()
        with self._views:
            for name, wanted in views.items():
                button(name, partial(self.set_to, wanted), css="chip", sign="eye").mark(f"tampilan {name}")
                dropping = plainly(_("Hapus tampilan {name}"), name=name)
                button("", partial(self._drop_view, name), css="chip drop", sign="close", named=dropping)

    async def _drop_view(self, name: str) -> None:
        await self.desk.keep_view(name, None)
        await self.draw_views()
