"""The form in which a step is put right: what it is to be, why, and what would be planned then."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date

from nicegui import ui

from bot.console.correcting import CorrectionResult, Wish
from bot.console.fields import choice, labelled, typed
from bot.console.happening_words import source_name
from bot.console.parts import box, button, notice, words
from bot.console.people_desk import PeopleDesk, PersonFile
from bot.console.words import wib
from handlers.phrases.milestone_titles import titles
from locales import _, plainly, short_date
from programme.model.milestones import Milestone, Source, Step
from reminders.wording.titles import title_of

_AHEAD = 4


@dataclass(slots=True, eq=False)
class CorrectionForm:
    """Steps with a press to put each right; below the one that was pressed, the form."""

    desk: PeopleDesk
    file: PersonFile
    after: Callable[[], Awaitable[None]]
    _milestone: Milestone | None = None
    _reached: bool = True
    _on: str = ""
    _platform: str = ""
    _source: Source = Source.SELF
    _reason: str = ""
    _places: dict[Milestone, ui.element] = field(default_factory=dict)

    def draw(self, *, may: bool) -> None:
        """Put the steps on the page."""
        with box("path-steps", "ol"):
            for milestone, name in titles().items():
                if milestone is not Milestone.PASSED:  # told by the wave, and the day of passing
                    self._draw_step(milestone, name, may=may)

    def _draw_step(self, milestone: Milestone, name: str, *, may: bool) -> None:
        step = self.file.person.progress.get(milestone)
        with box("path-step reached" if step else "path-step", "li"):
            with box("path-line"):
                with box("told"):
                    words(name, "name")
                    words(_standing(step), "quiet")
                if may and (step is None or step.source is not Source.OFFICIAL):
                    self._draw_press(milestone, name)
            self._places[milestone] = box("correct-place")

    def _draw_press(self, milestone: Milestone, name: str) -> None:
        def begin() -> None:
            self._begin(milestone)

        named = plainly(_("Betulkan: {step}"), step=name)
        button(_("Betulkan"), begin, css="secondary slim", named=named).mark(f"betulkan {milestone}")

    def _begin(self, milestone: Milestone) -> None:
        step = self.file.person.progress.get(milestone)
        self._milestone, self._reached, self._reason = milestone, step is None, ""
        self._on = step.on.isoformat() if step and step.on else ""
        self._platform, self._source = (step.platform or "") if step else "", step.source if step else Source.SELF
        self._draw_form()

    def _draw_form(self) -> None:
        for place in self._places.values():
            place.clear()
        if self._milestone is None:
            return
        with self._places[self._milestone], box("correct-form"):
            stands = [("1", _("Sudah")), ("0", _("Belum"))]
            with labelled(_("Yang benar")):
                choice(_("Yang benar"), stands, "1" if self._reached else "0", self._set_reached)
            if self._reached:
                self._draw_details()
            with labelled(_("Alasan"), css="whole"):
                hint = _("mis. peserta mengirim tangkapan layar di aduan #12")
                typed(_("Alasan"), self._reason, self._set_reason, placeholder=hint)
            self._draw_outlook()
            with box("acts"):
                button(_("Simpan pembetulan"), self._save, css="primary", sign="done")
                button(_("Batal"), self._cancel)

    def _draw_details(self) -> None:
        with labelled(_("Tanggal (boleh kosong)")):
            typed(_("Tanggal"), self._on, self._set_on, kind="date")
        if self._milestone is Milestone.BOUGHT:
            known = self.desk.page.console.parts.programme.platforms.values()
            with labelled(_("Platform (boleh kosong)")):
                options = [("", _("tidak tahu")), *((one.id, one.name) for one in known)]
                choice(_("Platform"), options, self._platform, self._set_platform)
        with labelled(_("Dasarnya")):
            bases = [(one.value, source_name(one)) for one in (Source.SELF, Source.SEEN)]
            choice(_("Dasarnya"), bases, self._source.value, self._set_source)

    def _draw_outlook(self) -> None:
        wish = self._wish()
        if wish is None:
            return
        now, correcting = self.file.now, self.desk.correcting
        then = correcting.outlook(self.file.person, wish, now)
        with box("foretold", role="status"):
            words(_("Pengingat sesudah dibetulkan"), "heading", "h4")
            if not then:
                words(_("Tidak ada lagi."), "quiet", "p")
            with box("ahead", "ol"):
                for due in then[:_AHEAD]:
                    words(f"{wib(due.at)}: {title_of(due.source, correcting.policy)}", tag="li")
            gone = len({due.source for due in self.file.upcoming} - {due.source for due in then})
            new = len({due.source for due in then} - {due.source for due in self.file.upcoming})
            words(
                plainly(_("{gone} batal, {new} baru, {all} seluruhnya."), gone=gone, new=new, all=len(then)),
                "quiet",
                "p",
            )

    def _wish(self) -> Wish | None:
        if self._milestone is None:
            return None
        on = _day(self._on)
        platform = self._platform or None
        step = Step(self._milestone, on=on, platform=platform, source=self._source) if self._reached else None
        seen = self.file.person.progress.get(self._milestone)
        return Wish(milestone=self._milestone, step=step, seen=seen, reason=self._reason)

    def _set_reached(self, value: str = "") -> None:
        self._reached = value == "1"
        self._draw_form()

    def _set_on(self, value: str = "") -> None:
        self._on = value
        self._draw_form()

    def _set_platform(self, value: str = "") -> None:
        self._platform = value if value in self.desk.page.console.parts.programme.platforms else ""

    def _set_source(self, value: str = "") -> None:
        self._source = Source.SEEN if value == Source.SEEN.value else Source.SELF

    def _set_reason(self, value: str = "") -> None:
        self._reason = value

    def _cancel(self) -> None:
        self._milestone = None
        self._draw_form()

    async def _save(self) -> None:
        wish = self._wish()
        if wish is None:
            return
        came = await self.desk.correct(self.file.person.id, wish)
        self.tell(came)
        if came is not CorrectionResult.UNREASONED:
            await self.after()

    @staticmethod
    def tell(came: CorrectionResult) -> None:
        """Say what came of it."""
        told = {
            CorrectionResult.DONE: _("Tersimpan. Pengingatnya direncanakan ulang."),
            CorrectionResult.OVERTAKEN: _("Keadaannya sudah berubah sejak halaman ini dibuka. Lihat dulu yang baru."),
            CorrectionResult.OFFICIAL: _("Ini data resmi: betulkan lewat impor daftar."),
            CorrectionResult.WITHDRAWN: _("Orang ini menarik persetujuannya: tidak ada yang boleh dicatat."),
            CorrectionResult.UNREASONED: _("Tulis alasannya dulu."),
            CorrectionResult.SAME: _("Itu sudah tercatat begitu."),
            CorrectionResult.GONE: _("Orang ini sudah tidak ada."),
        }[came]
        notice(told, bad=came is not CorrectionResult.DONE)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _standing(step: Step | None) -> str:
    if step is None:
        return _("belum tercatat")
    on = short_date(step.on) if step.on else ""
    return ", ".join(filter(None, (source_name(step.source), on, step.platform or "")))
