"""One open page: lays the phone, the clock and the journal out, and keeps them current."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import Final

from nicegui import ui

from bot.demo.clock_panel import ClockPanel
from bot.demo.journal import Journal
from bot.demo.journal_panel import JournalPanel
from bot.demo.mode_switch import ModeSwitch
from bot.demo.moments import short_moment
from bot.demo.parts import box, button, icon_button, markup, words
from bot.demo.phone import Phone
from bot.demo.phone_mode import PhoneMode
from bot.demo.visitor import Visitor
from bot.look.icons import LOGO, icon
from locales import _
from programme.cutoffs import Cutoff
from programme.model.milestones import Milestone
from programme.model.participants import Participant

DEMO_WAVE: Final = 21
"""The wave whose last days the demonstration tells."""

_REFRESH: Final = 0.5


@dataclass(slots=True, repr=False, eq=False)
class OpenPage:
    """What one browser sees."""

    visitor: Visitor
    journal: Journal
    mode: PhoneMode = PhoneMode.TELEGRAM
    _phone: Phone = field(init=False)
    _device: ui.element = field(init=False)
    _switch: ModeSwitch = field(init=False)
    _clock_panel: ClockPanel = field(init=False)
    _journal_panel: JournalPanel = field(default_factory=JournalPanel)
    _status: ui.html = field(init=False)
    _strip: ui.html = field(init=False)
    _minute: str = ""

    async def draw(self) -> None:
        """Put everything on the page."""
        self._clock_panel = ClockPanel(
            self.visitor.app.clock, self.visitor.demo_clock, self._cutoff(None), self._read_journal
        )
        self._phone = Phone(self.visitor, self.mode)
        with box("desk" if self.visitor.demo_clock else "desk live"):
            with box(f"device {self.mode}", "main") as self._device, box("screen"):
                self._draw_status_bar()
                self._draw_header()
                self._draw_tabs()
                self._phone.whatsapp.person = (await self.journal.read(self.visitor.address)).participant
                await self._phone.draw()
            with box("side", "aside", id="jam"):
                self._draw_title()
                with box("now"):
                    self._clock_panel.draw()
                self._journal_panel.draw()
        await self._refresh()
        ui.timer(_REFRESH, self._refresh)

    def _draw_status_bar(self) -> None:
        with box("status-bar", aria_hidden="true"):
            self._strip = words("", "hour")
            markup('<i class="bars"></i><i class="battery"></i>', "signs")
        if self.visitor.demo_clock is not None:
            self._switch = ModeSwitch(self._turn)
            self._switch.draw(self.mode)

    async def _turn(self, mode: PhoneMode) -> None:
        """Have the phone look like another app; the browser keeps the choice."""
        self._device.classes(remove=self.mode, add=mode)
        self.mode = mode
        self._switch.show(mode)
        await self._phone.turn(mode)
        await self._read_journal()

    def _draw_header(self) -> None:
        with box("header", "header"):
            markup(LOGO, "logo", "div")
            with box("who"):
                words(_("Sobat Prakerja"), "name", "div")
                self._status = words("", "status", "div")
            self._clock_panel.draw_pill()
            icon_button("theme", _("Terang atau gelap"), "() => look.turnTheme()")

    def _draw_tabs(self) -> None:
        with box("tabs", role="tablist"):
            for tab, name in (("chat", _("Chat")), ("jam", _("Jam & pengingat"))):
                key = button(
                    f'{icon("chat" if tab == "chat" else "clock")}{escape(name)}<i class="unread"></i>',
                    "tab",
                    f"() => sobat.show('{tab}')",
                )
                key.props.update({"role": "tab", "data-tab": tab})

    def _draw_title(self) -> None:
        with box("title-bar"):
            with box("who"):
                if self.visitor.demo_clock is None:
                    words(_("Pengingatmu"), "name", "h1")
                    words(_("Apa yang sudah terkirim, dan apa yang akan datang."), "status", "p")
                else:
                    words(_("Jalani minggu terakhir gelombang 21"), "name", "h1")
                    words(
                        _("Majukan jamnya, lihat pengingat datang. Jamnya sama untuk semua yang membuka demo."),
                        "status",
                        "p",
                    )
            if self.visitor.demo_clock is not None:
                staff = _("Konsol petugas")
                console = markup(f"{icon('desk')}<span>{escape(staff)}</span>", "secondary console", "a")
                console.props.update({"href": "/konsol", "aria-label": staff, "title": staff})
                html = f"{icon('again')}<span>{escape(_('Mulai dari awal'))}</span>"
                button(html, "secondary", self._start_over, label=_("Mulai dari awal"))

    async def _refresh(self) -> None:
        self._clock_panel.refresh()
        now = self.visitor.app.clock.now()
        minute = short_moment(now)
        if minute != self._minute:
            self._status.set_content(f"{escape(minute)} WIB")
            self._strip.set_content(minute.rpartition(" ")[2])
        if minute != self._minute or self.journal.has_news(self.visitor.address):
            self._minute = minute
            await self._read_journal()

    async def _read_journal(self) -> None:
        page = await self.journal.read(self.visitor.address)
        person = page.participant
        self._clock_panel.cutoff = self._cutoff(person)
        self._clock_panel.bought = person is not None and person.has(Milestone.BOUGHT)
        self._clock_panel.refresh()
        self._phone.whatsapp.person = person
        charges = self._phone.whatsapp if self.mode is PhoneMode.WHATSAPP else None
        self._journal_panel.show(page, self.visitor.app.clock.now(), charges)

    def _cutoff(self, participant: Participant | None) -> Cutoff | None:
        """Return the person's own cutoff; the demonstration tells of wave 21 until it knows."""
        own = self.visitor.app.programme.cutoff_of(participant) if participant else None
        return own or (self.visitor.app.programme.cutoff(DEMO_WAVE) if self.visitor.demo_clock else None)

    async def _start_over(self) -> None:
        """Forget the person, set the clock back, and open the page as a stranger."""
        if self.visitor.demo_clock is None:
            return
        person = self.journal.person(self.visitor.address)
        if person is not None:
            async with self.visitor.app.store.writing() as tx:
                await tx.people.forget(person)
        self.journal.forget(self.visitor.address)
        self.visitor.channel.forget(self.visitor.address)
        await self.visitor.demo_clock.restart()
        ui.run_javascript("sobat.startOver()")
