"""Person view: one participant's card, steps, what is ahead of them, and the timeline of all that happened."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from nicegui import ui

from bot.console.access import NEEDS, Right
from bot.console.correction_form import CorrectionForm
from bot.console.happening_words import MASKED, as_it_went_out, channel_name, told_of
from bot.console.parts import asked, box, button, drawn, empty, fetch_file, link, notice, words
from bot.console.people_desk import PeopleDesk, PersonFile
from bot.console.words import to_cutoff, urgency, wib
from bot.store.repositories.corrections import Correction
from bot.store.repositories.timelines import Happening
from handlers.phrases.milestone_titles import titles
from locales import _, plainly, short_date
from programme.model.milestones import Milestone
from programme.model.participants import Participant, Pause, ReminderLevel
from reminders.policy import Policy
from reminders.wording.titles import title_of

_AHEAD = 4


def called(person: Participant) -> str:
    """Name somebody as the staff see them by default: the first letter."""
    return f"{person.name[0]}{MASKED}" if person.name else _("tanpa nama")


@dataclass(slots=True, eq=False)
class PersonView:
    """The side of the page that shows one person."""

    desk: PeopleDesk
    side: ui.element
    on_close: Callable[[], Awaitable[None]]
    number: int | None = None
    _name: str | None = None
    _file: PersonFile | None = None
    _happenings: list[Happening] = field(default_factory=list)
    _further: datetime | None = None
    _body: ui.element = field(init=False)
    _timeline: ui.element = field(init=False)

    def draw_nothing(self) -> None:
        """Say what will be here."""
        self.side.clear()
        with self.side:
            empty(
                _("Buka satu peserta"),
                _("Semua yang terjadi padanya tampil di sini dalam satu urutan. Siapa yang membuka, tercatat."),
            )

    def leave(self) -> None:
        """Show nothing any more."""
        self.number = self._file = self._name = None
        self.draw_nothing()

    async def open(self, number: int) -> None:
        """Show a person, under a name that is masked."""
        self.number, self._name = number, None
        self._take(await self.desk.open(number))

    async def again(self) -> None:
        """Show the person as they are by now."""
        if self.number is not None:
            self._take(await self.desk.read(self.number))

    def _take(self, file: PersonFile | None) -> None:
        self._file = file
        self.side.clear()
        with self.side:
            if file is None:
                empty(_("Orang ini tidak ada"), _("Mungkin semua datanya sudah dihapus."))
                return
            self._happenings, self._further = list(file.happenings), file.further
            with box("thread-head"):
                self._draw_head(file)
            with box("person-body", tabindex="0", role="region", aria_label=_("Data peserta")) as self._body:
                self._draw_body(file)

    def _may(self, right: Right) -> bool:
        return self.desk.page.session.member.role.covers(NEEDS[right])

    def _draw_head(self, file: PersonFile) -> None:
        person, programme = file.person, self.desk.page.console.parts.programme
        with box("thread-title"):
            button("", self.on_close, css="round back", sign="back", named=_("Kembali ke daftar"))
            with box("told"):
                words(self._name or called(person), "name", "h2").mark("nama")
                words(f"P{person.id} · {_wave(person)}", "quiet", "p")
            cutoff = programme.cutoff_of(person)
            if cutoff is not None and not person.has(Milestone.BOUGHT):
                words(to_cutoff(cutoff.at, file.now), f"pill {urgency(cutoff.at, file.now)}")
        with box("acts", role="group", aria_label=_("Tindakan")):
            if self._may(Right.SHOW_NAME) and person.name and self._name is None:
                button(_("Tampilkan nama"), self._show_name, sign="person")
            if self._may(Right.EXPORT_PERSON):
                self._draw_export()
            if self._may(Right.DELETE_PERSON):
                self._draw_delete()

    async def _show_name(self) -> None:
        if self.number is not None:
            self._name = await self.desk.name_of(self.number)
            await self.again()

    def _draw_export(self) -> None:
        asked(
            _("Unduh datanya"),
            _("Unduh semua yang tersimpan tentang orang ini? Hanya atas permintaannya sendiri. Ini tercatat."),
            _("Ya, unduh"),
            lambda: fetch_file(f"/konsol/peserta/{self.number}/data.json"),
            sign="save",
        )

    def _draw_delete(self) -> None:
        asked(
            _("Hapus datanya"),
            _(
                "Hapus semua data orang ini? Pengingatnya berhenti padahal batas belinya tetap, "
                "dan ini tidak bisa diurungkan."
            ),
            _("Ya, hapus semuanya"),
            self._delete,
            css="danger",
            sign="close",
        )

    async def _delete(self) -> None:
        if self.number is None:
            return
        gone = await self.desk.delete(self.number)
        notice(_("Semua datanya dihapus.") if gone else _("Orang ini sudah tidak ada."), bad=not gone)
        await self.on_close()

    def _draw_body(self, file: PersonFile) -> None:
        _draw_facts(file)
        with box("part", "section"):
            words(_("Langkahnya"), "heading", "h3")
            form = CorrectionForm(self.desk, file, self.again)
            form.draw(may=self._may(Right.CORRECT_PERSON))
        if file.corrections:
            with box("part", "section"):
                words(_("Pembetulan"), "heading", "h3")
                for one in file.corrections:
                    self._draw_correction(one, file)
        with box("part", "section"):
            words(_("Pengingat berikutnya"), "heading", "h3")
            draw_ahead(file, self.desk.correcting.policy)
        with box("part", "section"):
            words(_("Yang terjadi"), "heading", "h3")
            self._timeline = box("stack small")
            self._draw_timeline(file)

    def _draw_correction(self, one: Correction, file: PersonFile) -> None:
        async def undo() -> None:
            CorrectionForm.tell(await self.desk.undo(one.id))
            await self.again()

        stands = _("sudah") if one.after else _("belum")
        with box("correction"):
            with box("told"):
                words(f"{titles()[one.milestone]}: {stands}", "name", "p")
                who = file.names.get(one.who, one.who)
                words(f"{who}, {wib(one.at)}: {one.reason}", "quiet", "p")
            if one.undone_at is not None:
                words(plainly(_("diurungkan {time}"), time=wib(one.undone_at)), "pill")
            elif self._may(Right.CORRECT_PERSON):
                button(_("Urungkan"), undo, sign="again").mark(f"urungkan {one.id}")

    def _draw_timeline(self, file: PersonFile) -> None:
        self._timeline.clear()
        with self._timeline:
            with box("timeline", "ol"):
                for one in self._happenings:
                    sent = as_it_went_out(one, file.person, self.desk.page.console.parts.programme)
                    _draw_happening(sent, file, self.desk.correcting.policy)
            if self._further is not None:
                button(_("Yang lebih lama"), self._older, sign="down")

    async def _older(self) -> None:
        if self.number is None or self._further is None or self._file is None:
            return
        more = await self.desk.read(self.number, self._further)
        if more is None:
            await self.on_close()
            return
        self._happenings, self._further = [*self._happenings, *more.happenings], more.further
        self._draw_timeline(self._file)


def _wave(person: Participant) -> str:
    if not person.wave:
        return _("gelombang belum diketahui")
    sure = _("data resmi") if person.official else _("kata sendiri")
    return plainly(_("gelombang {wave} ({sure})"), wave=person.wave, sure=sure)


def _draw_facts(file: PersonFile) -> None:
    person = file.person
    wishes = {
        ReminderLevel.ALL: _("semua"),
        ReminderLevel.FEWER: _("lebih sedikit"),
        ReminderLevel.NONE: _("tidak mau diingatkan"),
    }
    paused = {Pause.RESTRICTED: _("minta datanya tidak diproses"), Pause.WITHDRAWN: _("menarik persetujuannya")}
    facts = {
        _("Chat"): ", ".join(map(channel_name, file.channels)) or _("tidak ada"),
        _("Lolos"): short_date(person.passed_on) if person.passed_on else _("data resmi") if person.official else "",
        _("Zona waktu"): person.zone.value if person.zone else "",
        _("Bahasa"): person.language.upper(),
        _("Pengingat"): wishes[person.reminders.level],
        _("Hak datanya"): paused[person.pause] if person.pause else "",
    }
    with box("facts", "dl"):
        for name, told in facts.items():
            if told:
                words(name, tag="dt")
                words(told, tag="dd")


def draw_ahead(file: PersonFile, policy: Policy) -> None:
    """Show which reminders are ahead."""
    if not file.upcoming:
        words(_("Tidak ada yang direncanakan."), "quiet", "p")
        return
    with box("ahead", "ol"):
        for due in file.upcoming[:_AHEAD]:
            words(f"{wib(due.at)}: {title_of(due.source, policy)}", tag="li")
    if len(file.upcoming) > _AHEAD:
        words(plainly(_("dan {count} lagi"), count=len(file.upcoming) - _AHEAD), "quiet", "p")


def _draw_happening(one: Happening, file: PersonFile, policy: Policy) -> None:
    told = told_of(one, file.names, file.person.name, policy)
    with box(f"happening is-{one.sort}", "li"):
        drawn(told.sign, "dot")
        with box("told"):
            with box("happening-head"):
                words(told.title, "name")
                words(wib(one.at), "when", "time")
            if told.behind:
                words(told.behind, "quiet", "p")
            if told.said:
                words(told.said, "said-here", "p")
            if one.number is not None:
                link(_("Lihat aduan ini"), f"/konsol/aduan?tumpukan=terbuka&aduan={one.number}", css="inline-link")
