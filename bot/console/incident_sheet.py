"""Incidents at the console: which run, one answer to all whom one concerns, and beginning one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.console.fields import area, choice, typed_in
from bot.console.incident_desk import IncidentDesk, Jumping, Running
from bot.console.parts import box, button, empty, notice, sheet, shut_sheets, words
from bot.console.refusal_words import refusal_words
from bot.console.words import number
from bot.helpdesk.incident_news import MAY_AGREE, News
from bot.store.repositories.incidents import Incident
from handlers.helpdesk.refusals import Refusal
from handlers.phrases.matters import matters
from locales import _, _n, plainly
from programme.model.second_person import ALONE


@dataclass(slots=True, eq=False)
class IncidentSheet:
    """The sheet as it lies open."""

    desk: IncidentDesk
    _about: str = ""
    _concerned: str = ""
    _done: list[str] = field(default_factory=list)

    async def open(self) -> None:
        """Show what runs, what jumps, and how to begin one."""
        running, jumps = await self.desk.running()
        with sheet(_("Insiden")):
            words(_("Banyak aduan karena satu gangguan: satu kabar menjawab semuanya."), "quiet", "p")
            if not running:
                empty(_("Tidak ada insiden berjalan"), _("Buka satu kalau banyak yang mengadukan hal yang sama."))
            for one in running:
                self._draw(one)
            for jump in jumps:
                self._draw_jump(jump)
            self._draw_beginning()

    def _draw(self, one: Running) -> None:
        with box("incident", "section", aria_label=one.name):
            words(one.name, "name", "h3")
            tied = plainly(_n("{count} aduan terikat", "{count} aduan terikat", one.tied), count=one.tied)
            words(tied, "quiet", "p")
            if one.incident.news:
                words(plainly(_("Kabar terakhir: {text}"), text=one.incident.news), "said", "p")
            if one.incident.proposed:
                self._draw_waiting(one)
                return
            news = area(_("Kabar untuk semua yang terikat"), _("Kabar untuk semua yang terikat"), 2)
            with box("acts"):
                told = plainly(_("Kirim ke {count} peserta"), count=number(one.tied))
                told = told if one.tied else _("Simpan untuk yang menyusul")
                button(told, self._telling(one, last=False), sign="megaphone", tells=typed_in(news)).mark("kabar")
                ending = button(
                    _("Kabar terakhir, lalu tutup semua"),
                    self._telling(one, last=True),
                    sign="done",
                    tells=typed_in(news),
                )
                ending.mark("selesai")

    def _draw_waiting(self, one: Running) -> None:
        """Show news that wait for a second person; nothing else is told until they are decided."""
        told = _("Kabar terakhir, lalu tutup semua") if one.incident.proposed_last else _("Kabar")
        by = plainly(_("{what}, ditulis {name}: {text}"), what=told, name=one.proposer, text=one.incident.proposed)
        words(by, "said", "p")
        mine = one.incident.proposed_by == self.desk.page.session.member.who
        waits = plainly(_("Menunggu supervisor lain: lebih dari {count} peserta."), count=ALONE)
        words(waits, "quiet", "p")
        with box("acts"):
            if not mine and self.desk.page.session.member.role.covers(MAY_AGREE):
                button(_("Setujui dan kirim"), self._deciding(one, self.desk.agree), css="primary", sign="done").mark(
                    "setujui"
                )
            if mine or self.desk.page.session.member.role.covers(MAY_AGREE):
                button(_("Tarik") if mine else _("Tolak"), self._deciding(one, self.desk.drop), sign="close").mark(
                    "tolak"
                )

    def _deciding(self, one: Running, act: Callable[[Incident], Awaitable[News]]) -> Callable[[], Awaitable[None]]:
        async def decide() -> None:
            _notice(await act(one.incident), one)
            shut_sheets()

        return decide

    def _draw_jump(self, jump: Jumping) -> None:
        with box("incident", "section"):
            words(jump.told, "said", "p")
            button(_("Jadikan insiden"), self._beginning(jump.about, jump.concerned), sign="fire")

    def _draw_beginning(self) -> None:
        programme = self.desk.helpdesk.programme
        known = [*programme.platforms.values(), *programme.partners.values()]
        with box("incident", "section", aria_label=_("Insiden baru")):
            words(_("Insiden baru"), "name", "h3")
            with box("filters"):
                choice(_("Perihal"), [("", _("Pilih perihal")), *matters().items()], "", self._pick_about)
                options = [("", _("Tanpa mitra")), *((one.id, one.name) for one in known)]
                choice(_("Platform atau mitra"), options, "", self._pick_concerned)
            button(_("Buka insiden"), self._begin_chosen, sign="fire").mark("buka insiden")

    def _pick_about(self, about: str = "") -> None:
        self._about = about if about in matters() else ""

    def _pick_concerned(self, concerned: str = "") -> None:
        self._concerned = concerned

    async def _begin_chosen(self) -> None:
        if not self._about:
            notice(_("Pilih perihalnya dulu."), bad=True)
            return
        programme = self.desk.helpdesk.programme
        known = self._concerned in programme.platforms or self._concerned in programme.partners
        await self._beginning(self._about, self._concerned if known else None)()

    def _beginning(self, about: str, concerned: str | None) -> Callable[[], Awaitable[None]]:
        async def begin() -> None:
            incident, tied = await self.desk.begin(about, concerned)
            told = _n("Insiden {n}: {count} aduan diikat.", "Insiden {n}: {count} aduan diikat.", tied)
            notice(plainly(told, n=incident, count=tied))
            shut_sheets()

        return begin

    def _telling(self, one: Running, *, last: bool) -> Callable[..., Awaitable[None]]:
        async def tell(text: str = "") -> None:
            if not text.strip():
                notice(_("Tulis dulu isinya."), bad=True)
                return
            told = await self.desk.tell(one.incident, text, last=last)
            _notice(told, one)
            if told in {News.TOLD, News.WAITS}:
                shut_sheets()

        return tell


def _notice(news: News | Refusal, one: Running) -> None:
    if isinstance(news, Refusal):
        notice(refusal_words(news), bad=True)
        return
    said = {
        News.TOLD: plainly(_("Kabar dikirim ke {count} peserta."), count=number(one.tied)),
        News.WAITS: _("Kabar disimpan. Supervisor lain menyetujuinya dulu."),
        News.DROPPED: _("Kabar tidak jadi dikirim."),
        News.OVERTAKEN: _("Rekan sudah mengirim kabar lain. Buka lagi, dan baca dulu."),
        News.OWN: _("Kabarmu sendiri disetujui supervisor lain."),
        News.NOT_ALLOWED: _("Hanya supervisor yang bisa menyetujui atau menolak."),
    }[news]
    notice(said, bad=news in {News.OVERTAKEN, News.OWN, News.NOT_ALLOWED})
