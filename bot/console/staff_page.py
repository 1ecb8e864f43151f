"""Staf: who works here, as what, when and since when not seen; who is invited, and who is let go."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from fastapi import Request
from nicegui import ui

from bot.console.access import NEEDS, Right
from bot.console.fields import choice, labelled
from bot.console.frame import title
from bot.console.open_page import OpenPage
from bot.console.parts import asked, box, button, empty, notice, words
from bot.console.staffing import Staffing, StaffingResult, Team
from bot.console.tables import Column, table
from bot.console.words import lasting, role_name, wib
from bot.store.repositories.agents import Agent, OpenInvitation
from handlers.helpdesk.words import hours_in_words
from locales import _, plainly
from programme.helpdesk import load_helpdesk
from programme.model.staff import Role


async def draw_staff(page: OpenPage, _request: Request) -> None:
    """Draw the page."""
    helpdesk = page.console.parts.helpdesk
    rules = helpdesk.room.rules if helpdesk is not None else load_helpdesk()
    username = helpdesk.room.counter.username() if helpdesk is not None else ""
    await StaffPage(page, Staffing(rules), username).draw()


@dataclass(slots=True, eq=False)
class StaffPage:
    """The page as it is shown."""

    page: OpenPage
    staffing: Staffing
    username: str
    _role: Role = Role.AGENT
    _shift: str = ""
    _people: ui.element = field(init=False)
    _shifts: ui.element = field(init=False)
    _open: ui.element = field(init=False)
    _made: ui.element = field(init=False)

    async def draw(self) -> None:
        """Put everybody, their shifts and the invitations on the page."""
        title(_("Staf"), _("Siapa bekerja di sini, sebagai apa, dan kapan. Setiap perubahan tercatat di Jejak."))
        with box("stack"):
            with box("card", "section"):
                words(_("Anggota"), "heading", "h2")
                self._people = box("members")
            with box("columns"):
                with box("card", "section"):
                    words(_("Giliran"), "heading", "h2")
                    self._shifts = box("stack small")
                with box("card", "section"):
                    words(_("Undang orang baru"), "heading", "h2")
                    self._draw_inviting()
                    self._made = box("made")
                    self._open = box("stack small")
        await self.refresh()

    async def refresh(self) -> None:
        """Draw how things stand."""
        async with self.page.looking() as acting:
            team = await self.staffing.team(acting.tx)
        for holder, draw in (
            (self._people, self._draw_people),
            (self._shifts, self._draw_shifts),
            (self._open, self._draw_invitations),
        ):
            holder.clear()
            with holder:
                draw(team)

    def _may(self, right: Right) -> bool:
        return self.page.session.member.role.covers(NEEDS[right])

    def _draw_people(self, team: Team) -> None:
        for one in team.agents:
            with box("member"):
                self._draw_member(one, team)

    def _draw_member(self, one: Agent, team: Team) -> None:
        itself = one.who == self.page.session.member.who
        with box("told"):
            with box("member-head"):
                words(one.member.name, "name")
                words(role_name(one.member.role), "pill")
                words(self._duty(one, team.now), "pill calm")
            seen = team.seen.get(one.who)
            words(" · ".join([_seen(seen, team.now), *([_("ini kamu")] if itself else [])]), "quiet")
        with box("member-acts"):
            self._draw_shift(one)
            if self._may(Right.CHANGE_STAFF) and not itself:
                self._draw_role(one)
                self._draw_removal(one)

    def _duty(self, one: Agent, now: datetime) -> str:
        if not one.known or not one.on_duty:
            return _("istirahat")
        working = self.staffing.rules.hours.at_work(one.shift, now)
        return _("bertugas sekarang") if working else _("di luar gilirannya")

    def _draw_shift(self, one: Agent) -> None:
        async def put(shift: str = "") -> None:
            async with self.page.acting(Right.SET_SHIFT) as acting:
                came = await self.staffing.set_shift(acting.tx, acting.member, one.who, shift or None)
            await self._told(came)

        named = plainly(_("Giliran {name}"), name=one.member.name)
        choice(named, self._shift_options(), one.shift or "", put)

    def _shift_options(self) -> list[tuple[str, str]]:
        return [("", _("semua giliran")), *((name, name) for name in self.staffing.rules.hours.shifts)]

    def _draw_role(self, one: Agent) -> None:
        async def change(role: str = "") -> None:
            if role in set(Role):
                async with self.page.acting(Right.CHANGE_STAFF) as acting:
                    seen = one.member.role
                    came = await self.staffing.change_role(acting.tx, acting.member, one.who, Role(role), seen)
                await self._told(came)

        named = plainly(_("Peran {name}"), name=one.member.name)
        choice(named, [(each.value, role_name(each)) for each in Role], one.member.role.value, change)

    def _draw_removal(self, one: Agent) -> None:
        async def remove() -> None:
            async with self.page.acting(Right.CHANGE_STAFF) as acting:
                came = await self.staffing.remove(acting.tx, acting.member, one.who)
            await self._told(came)

        question = _(
            "Keluarkan {name}? Sesi, undangan, dan jaganya berakhir sekarang juga, "
            "dan siaran yang hanya disetujuinya berhenti. Catatannya tetap ada."
        )
        asked(_("Keluarkan"), plainly(question, name=one.member.name), _("Ya, keluarkan"), remove)

    def _draw_shifts(self, team: Team) -> None:
        hours = self.staffing.rules.hours
        rows = []
        for name, shift in hours.shifts.items():
            who = [one.member.name for one in team.agents if one.shift == name and one.known]
            rows.append([name, hours_in_words(replace(hours, shifts={name: shift})), ", ".join(who) or "–"])
        anytime = [one.member.name for one in team.agents if one.shift is None and one.known]
        rows.append([_("semua giliran"), hours_in_words(hours), ", ".join(anytime) or "–"])
        table(_("Giliran"), [Column(_("Giliran")), Column(_("Jam")), Column(_("Siapa"))], rows)
        words(
            _(
                "Di luar jam ini aduan tidak dibagikan, dan peserta diberi tahu kapan petugas ada lagi. "
                "Jamnya diatur di data."
            ),
            "quiet",
            "p",
        )

    def _draw_inviting(self) -> None:
        roles = [each for each in Role if self.page.session.member.role.covers(each)]
        with box("invite"):
            with labelled(_("Sebagai")):
                choice(
                    _("Sebagai"), [(each.value, role_name(each)) for each in roles], Role.AGENT.value, self._set_role
                )
            with labelled(_("Giliran")):
                choice(_("Giliran"), self._shift_options(), "", self._set_shift)
            button(_("Buat undangan"), self._invite, css="primary", sign="take").mark("Buat undangan")

    def _set_role(self, role: str = "") -> None:
        self._role = Role(role) if role in set(Role) else Role.AGENT

    def _set_shift(self, shift: str = "") -> None:
        self._shift = shift

    async def _invite(self) -> None:
        async with self.page.acting(Right.INVITE_STAFF) as acting:
            came = await self.staffing.invite(acting.tx, acting.member, self._role, self._shift or None)
        if isinstance(came, StaffingResult):
            await self._told(came)
            return
        await self.refresh()
        self._show_code(*came)

    def _show_code(self, code: str, until: datetime) -> None:
        self._made.clear()
        with self._made, box("invitation-code", role="status"):
            if self.username:
                words(_("Kirim tautan ini ke orangnya. Hanya tampil sekali:"), "quiet", "p")
                words(f"https://t.me/{self.username}?start=staf-{code}", "code", "p").mark("kode")
            else:
                words(_("Minta orangnya mengirim ini ke bot, di chat pribadi. Hanya tampil sekali:"), "quiet", "p")
                words(f"/start staf-{code}", "code", "p").mark("kode")
            words(plainly(_("Sekali pakai, sampai {time}."), time=wib(until)), "quiet", "p")

    def _draw_invitations(self, team: Team) -> None:
        if not team.invitations:
            empty(
                _("Tidak ada undangan terbuka"), _("Undangan yang belum dipakai tampil di sini, dan bisa dibatalkan.")
            )
            return
        words(_("Belum dipakai"), "heading", "h3")
        for one in team.invitations:
            self._draw_invitation(one, team)

    def _draw_invitation(self, one: OpenInvitation, team: Team) -> None:
        async def revoke() -> None:
            async with self.page.acting(Right.INVITE_STAFF) as acting:
                came = await self.staffing.revoke(acting.tx, acting.member, one.digest)
            await self._told(came)

        with box("member"):
            with box("told"):
                words(" · ".join(filter(None, (role_name(one.role), one.shift))), "name")
                by = plainly(
                    _("dari {name}, sampai {time}"),
                    name=team.names.get(one.made_by, one.made_by),
                    time=wib(one.expires_at),
                )
                words(by, "quiet")
            button(_("Batalkan"), revoke).mark(f"batalkan {one.role}")

    async def _told(self, came: StaffingResult) -> None:
        told = {
            StaffingResult.DONE: _("Beres."),
            StaffingResult.ONESELF: _("Peranmu sendiri hanya bisa diubah admin lain."),
            StaffingResult.LAST_ADMIN: _("Ini admin terakhir: angkat admin lain dulu."),
            StaffingResult.OVERTAKEN: _("Keadaannya sudah berubah sejak halaman ini dibuka. Lihat dulu yang baru."),
            StaffingResult.GONE: _("Orang ini sudah tidak di staf."),
            StaffingResult.TOO_HIGH: _("Itu lebih tinggi dari peranmu."),
            StaffingResult.UNKNOWN_SHIFT: _("Giliran itu tidak ada."),
        }[came]
        notice(told, bad=came is not StaffingResult.DONE)
        await self.refresh()


def _seen(at: datetime | None, now: datetime) -> str:
    if at is None:
        return _("belum pernah terlihat")
    if now - at < timedelta(minutes=1):
        return _("baru saja terlihat")
    return plainly(_("terlihat {time} lalu"), time=lasting(now - at))
