"""Yang macet: what was set aside or waits too long, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from fastapi import Request
from nicegui import ui

from bot.console.frame import title
from bot.console.open_page import OpenPage
from bot.console.parts import box, empty, words
from bot.console.shown import Shown
from bot.console.tables import Column, table
from bot.console.words import lasting, number
from bot.store.repositories.dead_letters import DeadLetter
from bot.store.repositories.queue_stats import Queue, QueueStats
from locales import _, plainly
from programme.model.messages import Kind
from programme.model.spheres import Sphere
from programme.model.templates import TemplateStanding

_NAMED: Final = 3
"""So many of one sort are named."""


@dataclass(slots=True, eq=False)
class Stuck:
    """The page as it is shown."""

    page: OpenPage
    _queues: ui.element = field(init=False)
    _dead: ui.element = field(init=False)
    _shown: Shown = field(default_factory=Shown)

    async def draw(self) -> None:
        """Put both tables on the page, and keep them current."""
        title(_("Yang macet"), _("Yang disisihkan atau menunggu terlalu lama, dengan apa yang perlu dilakukan."))
        with box("stack"):
            self._queues, self._dead = box("card", "section"), box("card", "section")
        await self.refresh()
        self.page.stay_current(self.refresh)

    async def refresh(self) -> None:
        """Draw anew what changed."""
        async with self.page.looking_together() as reads:
            stats = await reads.once("queues", lambda tx: tx.queue_stats())
            texts = await reads.once("templates", lambda tx: tx.templates.all())
            rows = [*_queues(stats), *_told_of_by_whatsapp(stats, texts)]
            dead = [_dead_row(one, stats.at) for one in stats.dead]
            for holder, draw, drawn in ((self._queues, _draw_queues, rows), (self._dead, _draw_dead, dead)):
                if self._shown.differs(draw.__name__, drawn):
                    holder.clear()
                    with holder:
                        draw(drawn)


async def draw_stuck(page: OpenPage, _request: Request) -> None:
    """Draw what is stuck."""
    await Stuck(page).draw()


def _draw_queues(rows: list[list[str]]) -> None:
    words(_("Yang menunggu"), "heading", "h2")
    if not rows:
        empty(
            _("Tidak ada yang menunggu"),
            _("Pesan dijawab, pengingat dan siaran terkirim. Antreannya tampil di sini."),
        )
        return
    columns = [Column(_("Antrean")), Column(_("Banyak"), figure=True), Column(_("Tertua")), Column(_("Kalau lama"))]
    table(_("Yang menunggu"), columns, rows)


def _queues(stats: QueueStats) -> Iterator[list[str]]:
    if stats.inbox.waiting:
        yield _row(_("Pesan belum dijawab"), stats.inbox, stats.at, _("Pastikan proses web berjalan."))
    names = {
        Kind.REPLY: _("Jawaban belum terkirim"),
        Kind.STAFF: _("Pesan petugas belum terkirim"),
        Kind.REMINDER: _("Pengingat jatuh tempo"),
        Kind.BROADCAST: _("Siaran jatuh tempo"),
    }
    for kind, queue in stats.due.items():
        yield _row(names[kind], queue, stats.at, _("Pastikan proses worker berjalan."))
    if stats.unswept.waiting:
        yield _row(_("Pengingat belum direncanakan"), stats.unswept, stats.at, _("Pastikan proses scheduler berjalan."))
    for room, queue in stats.unseen.items():
        told = _("Telegram membatasi 20 tindakan semenit: tambahkan grup, atau jawab dari konsol.")
        yield _row(plainly(_("Belum tampil di grup {room}"), room=room), queue, stats.at, told)

    if stats.restored_at is not None:
        held = Queue(since=stats.restored_at)
        yield _row(_("Pengingat ditahan sesudah pemulihan"), held, stats.at, _("Lanjutkan: sobat restore --resume."))


def _told_of_by_whatsapp(stats: QueueStats, texts: Sequence[TemplateStanding]) -> Iterator[list[str]]:
    if stats.whatsapp is not None and (untold := stats.whatsapp.untold).waiting:
        silent = Queue(untold.waiting, untold.since)
        told = _("Pastikan webhook WhatsApp sampai ke proses web: Meta menunggu jawabannya.")
        yield _row(_("Diterima WhatsApp, belum ada kabar"), silent, stats.at, told)
    barred = [one for one in texts if one.barred_by or one.stopped_at]
    if barred:
        names = ", ".join(sorted({one.name for one in barred})[:_NAMED])
        told = _("Lihat alasannya di WhatsApp Manager, lalu jalankan sobat whatsapp templates.")
        yield _row(plainly(_("Template tak bisa dipakai: {names}"), names=names), Queue(len(barred)), stats.at, told)


def _row(name: str, queue: Queue, now: datetime, told: str) -> list[str]:
    waits = lasting(max(now - queue.since, timedelta())) if queue.since else ""
    return [name, number(queue.waiting) if queue.waiting else "", waits, told]


def _dead_row(one: DeadLetter, now: datetime) -> list[str]:
    return [f"{one.sphere}/{one.key}", f"{one.tries}×", lasting(now - one.since), one.reason, _to_do(one.sphere)]


def _draw_dead(rows: list[list[str]]) -> None:
    words(_("Yang disisihkan"), "heading", "h2")
    if not rows:
        empty(
            _("Tidak ada yang disisihkan"),
            _("Yang gagal berulang kali disisihkan ke sini supaya yang lain jalan terus."),
        )
        return
    names = (_("Apa"), _("Gagal"), _("Sejak"), _("Karena"), _("Yang perlu dilakukan"))
    table(_("Yang disisihkan"), [Column(name) for name in names], rows)
    words(_("Coba lagi atau lepaskan: sobat dead-letters retry APA, sobat dead-letters drop APA."), "quiet", "p")


def _to_do(sphere: Sphere) -> str:
    return {
        Sphere.UPDATE: _("Tidak bisa ditulis; pengirim diminta menulis lagi. Lepaskan."),
        Sphere.INBOX: _("Tidak bisa dijawab; pengirim sudah dimintai maaf. Perbaiki lalu coba lagi, atau lepaskan."),
        Sphere.DELIVERY: _("Belum terkirim: perbaiki lalu coba lagi. Sudah terkirim tapi hasilnya hilang: lepaskan."),
        Sphere.RECEIPT: _("Pesannya terkirim; kabar tibanya tidak bisa ditulis. Lepaskan."),
        Sphere.REMINDER: _("Orang ini tidak diingatkan lagi! Perbaiki datanya, lalu coba lagi."),
        Sphere.LEAVING: _("Data orang ini seharusnya sudah terhapus tetapi masih ada! Perbaiki, lalu coba lagi."),
        Sphere.TICKET: _("Aduan ini tidak dijaga otomatis. Perbaiki, lalu coba lagi."),
        Sphere.VIEW: _("Grup petugas mungkin tidak melihat semuanya. Perbaiki, lalu coba lagi."),
        Sphere.NOTICE: _("Kabar ke grup petugas ditolak. Lepaskan."),
        Sphere.INCIDENT: _("Kabar insiden belum sampai ke semua. Perbaiki, lalu coba lagi."),
        Sphere.BROADCAST: _("Siaran ini berhenti. Perbaiki, coba lagi, lalu lanjutkan."),
        Sphere.JOB: _("Pekerjaan rutin ini sering gagal. Perbaiki, lalu coba lagi."),
    }[sphere]
