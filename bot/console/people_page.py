"""Peserta: whoever is looked for on one side, all that happened to one person on the other."""

from __future__ import annotations

from dataclasses import dataclass, field

from fastapi import Request
from nicegui import ui

from bot.console.correcting import Correcting
from bot.console.fields import text_field
from bot.console.open_page import OpenPage
from bot.console.parts import box, button, empty, words
from bot.console.people_desk import Found, PeopleDesk
from bot.console.person_view import PersonView, called
from bot.console.turning import Turning
from bot.store.repositories.people_list import PersonPlace
from handlers.phrases.milestone_titles import titles
from locales import _, _n, plainly
from programme.model.participants import Participant


async def draw_people(page: OpenPage, request: Request) -> None:
    """Draw the page; `?orang=12` opens a person at once."""
    parts = page.console.parts
    desk = PeopleDesk(page, Correcting(parts.programme, parts.policy))
    people = People(page, desk)
    people.draw()
    if (opened := request.query_params.get("orang", "")).isdecimal() and len(opened) < 16:
        await people.open(int(opened))


@dataclass(slots=True, eq=False)
class People:
    """The page as it is shown."""

    page: OpenPage
    desk: PeopleDesk
    asked: str = ""
    _found: Found = field(default_factory=lambda: Found(asked=False))
    _holder: ui.element = field(init=False)
    _rows: ui.element = field(init=False)
    _person: PersonView = field(init=False)
    _turning: Turning[PersonPlace] = field(init=False)

    def __post_init__(self) -> None:
        self._turning = Turning(self._read)

    def draw(self) -> None:
        """Put search and person side by side; a narrow screen shows one of them."""
        words(_n("Peserta", "Peserta", 2), "unseen", "h1")
        with box("inbox") as self._holder:
            with box("list-side", "section", aria_label=_("Cari peserta")):
                with box("list-head"):
                    hint = _("Awal nama, 3 angka akhir nomor, atau #aduan")
                    text_field(_("Cari peserta"), "", self.search, placeholder=hint)
                self._rows = box("rows")
            with box("thread-side", "section", aria_label=_("Peserta yang dibuka")) as side:
                self._person = PersonView(self.desk, side, self.close)
                self._person.draw_nothing()
        self._show()

    async def search(self, typed: str = "") -> None:
        """List whoever this finds."""
        self.asked = typed.strip()[:100]
        self._turning.begin()
        await self._read()
        if len(self._found.people) == 1 and self._found.further is None:
            await self.open(self._found.people[0].id)

    async def open(self, number: int) -> None:
        """Show one person beside the list."""
        self._holder.classes(add="opened")
        await self._person.open(number)
        ui.run_javascript(f"konsol.at('/konsol/peserta?orang={number}')")
        self._show()

    async def close(self) -> None:
        """Go back to the list, on a narrow screen."""
        self._holder.classes(remove="opened")
        self._person.leave()
        ui.run_javascript("konsol.at('/konsol/peserta')")
        self._show()

    async def _read(self) -> None:
        self._found = await self.desk.find(self.asked, self._turning.after)
        self._show()

    def _show(self) -> None:
        self._rows.clear()
        with self._rows:
            if not self._found.people:
                self._draw_none()
            with box("people-list", "ol"):
                for one in self._found.people:
                    self._draw_row(one)
            self._draw_turning()

    def _draw_none(self) -> None:
        if self._found.asked:
            empty(_("Tidak ada yang cocok"), _("Periksa ejaannya, atau cari dengan #nomor aduannya."))
        else:
            empty(
                _("Siapa yang dicari?"),
                _(
                    "Ketik awal namanya (paling sedikit dua huruf), tiga angka terakhir nomornya, "
                    "atau # dan nomor aduannya."
                ),
            )

    def _draw_row(self, one: Participant) -> None:
        async def open_it() -> None:
            await self.open(one.id)

        with box("", "li"):
            row = button("", open_it, css="row", named=f"{called(one)}, P{one.id}").mark(f"orang {one.id}")
            del row.props["title"]
            if one.id == self._person.number:
                row.props["aria-current"] = "true"
            with row:
                with box("row-head"):
                    words(called(one), "name")
                    words(f"P{one.id}", "ticket-number")
                with box("row-foot"):
                    words(plainly(_("gelombang {wave}"), wave=one.wave) if one.wave else _("gelombang belum diketahui"))
                    reached = max(one.progress, key=lambda step: step.position, default=None)
                    words(titles()[reached] if reached else _("belum ada langkah tercatat"))

    def _draw_turning(self) -> None:
        with box("turning"):
            self._turning.draw(self._found.further, back=_("Sebelumnya"), on=_("Berikutnya"))
