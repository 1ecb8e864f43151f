"""The composer: whom a broadcast is for, what it says, how it looks, what it comes to, and how it is tried and sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from fastapi import Request
from nicegui import ui

from bot.broadcasts.trying import LARGEST_SAMPLE
from bot.console.broadcast_desk import BroadcastDesk
from bot.console.broadcast_words import at_wib
from bot.console.broadcasts_page import AT, address_of
from bot.console.compose_audience import AudienceForm
from bot.console.compose_desk import ComposeDesk, Prospect
from bot.console.composing import Composing, composing_for
from bot.console.fields import choice, moment_field, writing
from bot.console.frame import title
from bot.console.open_page import OpenPage
from bot.console.parts import asked, box, button, link, notice, toggle, words
from bot.console.phone_view import PhoneView
from bot.console.prospect_view import draw_estimate, draw_prospect
from bot.console.saying_why import saying_why
from bot.console.shown import Shown
from bot.console.still import still
from bot.console.words import number
from handlers.staff.audience import newest_waves
from locales import _, _n, plainly
from programme.announcement import LONGEST
from programme.placeholders import PLACES

SAMPLES: Final = (10, 50, LARGEST_SAMPLE)
_WAVES: Final = 6
_LIST: Final = "(e) => emit(e.currentTarget.closest('.list-box').querySelector('textarea').value)"


@dataclass(slots=True, eq=False)
class Composer:
    """The page as it is shown; all that is written lies in the store."""

    desk: ComposeDesk
    composing: Composing
    _sample: int = SAMPLES[0]
    _prospect: Prospect | None = None
    _looks: int = 0
    _parts: dict[str, ui.element] = field(default_factory=dict)
    _phone: PhoneView = field(default_factory=PhoneView)
    _shown: Shown = field(default_factory=Shown)

    async def draw(self) -> None:
        """Put everything on the page."""
        with box("title-row"):
            with box("told"):
                title(_("Tulis siaran"), _("Drafmu tersimpan sendiri. Tidak ada yang terkirim tanpa kamu tekan."))
            with box("acts"):
                link(_("Semua siaran"), AT, sign="back")
        with box("columns wide-left"):
            with box("stack"):
                with box("card", "section", aria_label=_("Penerima")):
                    words(_("Untuk siapa"), "heading", "h2")
                    audience = AudienceForm(self.desk, box("stack tight"), lambda: self.composing, self._change)
                    self._parts["count"] = box("prospect", aria_live="polite")
                self._draw_words()
                self._parts["send"] = box("card", "section", aria_label=_("Kirim"))
            with box("stack"):
                self._phone.draw()
        audience.draw()
        await self._draw_estimate()
        self.desk.desk.page.once_there(self.look)

    async def _draw_estimate(self) -> None:
        """Show about how many they are: counting a million exactly takes some seconds, which nobody waits for."""
        about = await self.desk.estimate(self.composing)
        for part in ("count", "send"):  # nothing is ordered for a number that is not known yet
            self._shown.forget(part)
            self._parts[part].clear()
        with self._parts["count"], still():
            draw_estimate(about)

    def _draw_words(self) -> None:
        with box("card", "section", aria_label=_("Isi")):
            words(_("Isinya"), "heading", "h2")
            with box("toggles places", role="group", aria_label=_("Diisi per orang")):
                for place in list(PLACES)[: len(PLACES) // 2]:
                    key = button(f"{{{place}}}", lambda: None, css="toggle place")
                    key.on("click", js_handler=f"() => konsol.insert('{{{place}}}')")
            told = _("Halo {nama}, batas belimu {sisa_hari} hari lagi. …")
            writing(
                _("Isi dalam bahasa Indonesia"), self.composing.text, self._writer("text"), rows=6, placeholder=told
            )
            self._parts["wrong"] = box("wrong", role="alert")
            with box("as-table more", "details"):
                words(_("Tombol dan versi bahasa Inggris"), tag="summary")
                with box("stack tight"):
                    told = _("Cara beli -> how_to_buy\nDashboard -> https://www.prakerja.go.id")
                    writing(
                        _("Tombol, satu per baris"), self.composing.buttons, self._writer("buttons"), placeholder=told
                    )
                    told = _("Tanpa ini, yang berbahasa Inggris mendapat versi Indonesia.")
                    english = self.composing.english
                    writing(_("Isi dalam bahasa Inggris"), english, self._writer("english"), placeholder=told)

    def _writer(self, name: str) -> Callable[[Any], Any]:
        async def write(text: Any = "") -> None:
            await self._change(**{name: str(text).strip()[:LONGEST]})

        return write

    def _chooser(self, name: str) -> Callable[[Any], Any]:
        async def choose(value: Any = "") -> None:
            await self._change(**{name: str(value)})

        return choose

    async def _change(self, **what: Any) -> None:
        """Take in what was chosen or written, keep it, and show what it comes to."""
        changed = replace(self.composing, **what)
        if changed != self.composing:
            others = changed.audience != self.composing.audience
            self.composing = changed
            await self.desk.keep(changed)
            if others:
                await self._draw_estimate()
            await self.look()

    async def look(self) -> None:
        """Show what it comes to now. Of several looks at once the last one is shown: others may end after it."""
        self._looks = mine = self._looks + 1
        prospect = await self.desk.prospect(self.composing)
        if mine != self._looks:
            return
        self._prospect = prospect
        wrong = self.composing.wrong(self.desk.office.programme) if self.composing.is_written else []
        if self._shown.differs("wrong", wrong):
            self._parts["wrong"].clear()
            with self._parts["wrong"]:
                for told in wrong:
                    words(told, tag="p")
        if self._shown.differs("count", (prospect.outlook, prospect.starts_at, prospect.trouble)):
            self._parts["count"].clear()
            with self._parts["count"]:
                draw_prospect(prospect)
        if self._shown.differs("send", (self.composing, prospect.outlook, bool(wrong), self._sample)):
            self._parts["send"].clear()
            with self._parts["send"]:
                self._draw_send(prospect, ready=self.composing.is_written and not wrong)
        self._phone.show(prospect.seen, "id", prospect.starts_at)

    def _draw_send(self, prospect: Prospect, *, ready: bool) -> None:
        words(_("Coba, lalu kirim"), "heading", "h2")
        if not ready:
            words(_("Tulis isinya dulu; tombolnya muncul di sini."), "quiet", "p")
            return
        with box("acts"):
            button(_("Kirim ke diriku"), self._to_me, sign="person")
            samples = [(str(each), plainly(_("contoh {count} orang"), count=each)) for each in SAMPLES]
            choice(_("Besar contoh"), samples, str(self._sample), self._choose_sample).classes(add="narrow")
            button(_("Kirim ke contoh"), self._to_sample, sign="send")
        with box("when"):
            moment_field(_("Mulai (WIB), kosong berarti sekarang"), self.composing.starts, self._chooser("starts"))
            words(_("Mulai (WIB). Kosong: sekarang."), "quiet")
        if prospect.outlook.exclusions.heard:
            again = self.composing.again
            told = plainly(_("Kirim lagi ke {count} yang sudah mendapat"), count=prospect.outlook.exclusions.heard)
            toggle(told, self._toggle_again, pressed=again)
        elif self.composing.again:
            toggle(_("Kirim lagi ke yang sudah mendapat"), self._toggle_again, pressed=True)
        if prospect.trouble:
            words(prospect.trouble, "wrong", "p")
            return
        self._draw_order(prospect)

    def _draw_order(self, prospect: Prospect) -> None:
        count = prospect.outlook.count

        async def order() -> None:
            with saying_why():
                ui.navigate.to(address_of((await self.desk.order(self.composing, count)).id))
                return
            await self.look()

        at_once = self.composing.starts_at(prospect.now) is None
        label = _("Kirim sekarang") if at_once else _("Jadwalkan")
        if prospect.outlook.needs_approval:
            label = _("Minta persetujuan")
        told = _n("{count} orang. Selesai kira-kira {ends}.", "{count} orang. Selesai kira-kira {ends}.", count)
        question = plainly(told, count=number(count), ends=at_wib(prospect.ends_at))
        if prospect.outlook.needs_approval:
            approval = _("Orang kedua harus menyetujui dulu.")
            question = f"{question} {approval}"
        yes = plainly(_("Ya, ke {count} orang"), count=number(count))
        asked(label, question, yes, order, css="primary", sign="megaphone")

    async def _toggle_again(self) -> None:
        await self._change(again=not self.composing.again)

    async def _choose_sample(self, value: Any = "") -> None:
        self._sample = next((each for each in SAMPLES if str(each) == str(value)), SAMPLES[0])

    async def _to_me(self) -> None:
        with saying_why():
            await self.desk.send_to_me(self.composing)
            notice(_("Terkirim ke obrolanmu sendiri."))

    async def _to_sample(self) -> None:
        with saying_why():
            found = await self.desk.order_sample(self.composing, self._sample)
            told = _("Contoh ke {count} orang dikirim sebagai siaran {number}.")
            notice(plainly(told, count=number(found.expected), number=found.id))
            await self.look()


async def draw_compose(page: OpenPage, request: Request) -> None:
    """Draw the composer; `?untuk=belum-beli&gelombang=21` opens it with that audience, words of a draft are kept.

    Without either it begins with the newest wave: everybody is chosen by whoever means everybody.
    """
    desk = ComposeDesk(BroadcastDesk(page))
    newest = newest_waves(desk.office.programme, desk.office.store.clock.now(), 1)
    kept = await desk.kept() or Composing(waves=tuple(newest))
    wished = composing_for(request.query_params)
    composing = kept if wished is None else replace(wished, text=kept.text, english=kept.english, buttons=kept.buttons)
    await Composer(desk, composing).draw()
