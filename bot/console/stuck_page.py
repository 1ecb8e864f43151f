"""Yang macet: what was set aside or waits too long, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from fastapi import Request
from nicegui import ui

from bot.console.frame import title
from bot.console.open_page import OpenPage
from bot.console.parts import Column, box, empty, table, words
from bot.console.words import lasting, number
from bot.store.repositories.queue_stats import Queue, QueueStats
from locales import _, plainly
from programme.model.messages import Kind
from programme.model.spheres import Sphere


@dataclass(slots=True, eq=False)
class Stuck:
    """The page as it is shown."""

    page: OpenPage
    _holder: ui.element = field(init=False)

    async def draw(self) -> None:
        """Put both tables on the page, and keep them current."""
        title(_("Yang macet"), _("Yang disisihkan atau menunggu terlalu lama, dengan apa yang perlu dilakukan."))
        self._holder = box("stack")
        await self.refresh()
        self.page.stay_current(self.refresh)

    async def refresh(self) -> None:
        """Draw how things stand."""
        async with self.page.looking() as acting:
            stats = await acting.tx.queue_stats()
        self._holder.clear()
        with self._holder:
            _draw_queues(stats)
            _draw_dead(stats)


async def draw_stuck(page: OpenPage, _request: Request) -> None:
    """Draw what is stuck."""
    await Stuck(page).draw()


def _draw_queues(stats: QueueStats) -> None:
    rows = list(_queues(stats))
    with box("card", "section"):
        words(_("Yang menunggu"), "heading", "h2")
        if not rows:
            empty(
                _("Tidak ada yang menunggu"),
                _("Pesan dijawab, pengingat dan pengumuman terkirim. Antreannya tampil di sini."),
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
        Kind.BROADCAST: _("Pengumuman jatuh tempo"),
    }
    for kind, queue in stats.due.items():
        yield _row(names[kind], queue, stats.at, _("Pastikan proses worker berjalan."))
    if stats.unswept.waiting:
        yield _row(_("Pengingat belum direncanakan"), stats.unswept, stats.at, _("Pastikan proses scheduler berjalan."))
    for room, queue in stats.unseen.items():
        told = _("Telegram membatasi 20 tindakan semenit: tambahkan grup, atau jawab dari konsol.")
        yield _row(plainly(_("Belum tampil di grup {room}"), room=room), queue, stats.at, told)


def _row(name: str, queue: Queue, now: datetime, told: str) -> list[str]:
    waits = lasting(max(now - queue.since, timedelta())) if queue.since else ""
    return [name, number(queue.waiting), waits, told]


def _draw_dead(stats: QueueStats) -> None:
    with box("card", "section"):
        words(_("Yang disisihkan"), "heading", "h2")
        if not stats.dead:
            empty(
                _("Tidak ada yang disisihkan"),
                _("Yang gagal berulang kali disisihkan ke sini supaya yang lain jalan terus."),
            )
            return
        rows = [
            [f"{one.sphere}/{one.key}", f"{one.tries}×", lasting(stats.at - one.since), one.reason, _to_do(one.sphere)]
            for one in stats.dead
        ]
        names = (_("Apa"), _("Gagal"), _("Sejak"), _("Karena"), _("Yang perlu dilakukan"))
        table(_("Yang disisihkan"), [Column(name) for name in names], rows)
        words(_("Coba lagi atau lepaskan: sobat dead-letters retry APA, sobat dead-letters drop APA."), "quiet", "p")


def _to_do(sphere: Sphere) -> str:
    return {
        Sphere.UPDATE: _("Tidak bisa ditulis; pengirim diminta menulis lagi. Lepaskan."),
        Sphere.INBOX: _("Tidak bisa dijawab; pengirim sudah dimintai maaf. Perbaiki lalu coba lagi, atau lepaskan."),
        Sphere.DELIVERY: _("Belum terkirim: perbaiki lalu coba lagi. Sudah terkirim tapi hasilnya hilang: lepaskan."),
        Sphere.REMINDER: _("Orang ini tidak diingatkan lagi! Perbaiki datanya, lalu coba lagi."),
        Sphere.TICKET: _("Aduan ini tidak dijaga otomatis. Perbaiki, lalu coba lagi."),
        Sphere.VIEW: _("Grup petugas mungkin tidak melihat semuanya. Perbaiki, lalu coba lagi."),
        Sphere.NOTICE: _("Kabar ke grup petugas ditolak. Lepaskan."),
        Sphere.INCIDENT: _("Kabar insiden belum sampai ke semua. Perbaiki, lalu coba lagi."),
        Sphere.BROADCAST: _("Pengumuman ini berhenti. Perbaiki, coba lagi, lalu lanjutkan."),
        Sphere.JOB: _("Pekerjaan rutin ini sering gagal. Perbaiki, lalu coba lagi."),
    }[sphere]
