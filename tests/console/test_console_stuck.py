"""Yang macet: every sort of thing that can be set aside or wait too long stands there, with what to do about it."""

from __future__ import annotations

import pytest

from programme.model.deliveries import Outcome
from programme.model.messages import Kind
from programme.model.spheres import Sphere
from programme.model.templates import TemplateNews, TemplateState
from tests.console.conftest import Staffed
from tests.store.samples import claim, incoming, owed, settled

TO_DO = {
    Sphere.UPDATE: "pengirim diminta menulis lagi",
    Sphere.INBOX: "pengirim sudah dimintai maaf",
    Sphere.RECEIPT: "kabar tibanya tidak bisa ditulis",
    Sphere.DELIVERY: "Sudah terkirim tapi hasilnya hilang",
    Sphere.REMINDER: "tidak diingatkan lagi!",
    Sphere.LEAVING: "seharusnya sudah terhapus",
    Sphere.TICKET: "tidak dijaga otomatis",
    Sphere.VIEW: "Grup petugas mungkin tidak melihat",
    Sphere.NOTICE: "Kabar ke grup petugas ditolak",
    Sphere.INCIDENT: "belum sampai ke semua",
    Sphere.BROADCAST: "Siaran ini berhenti",
    Sphere.JOB: "Pekerjaan rutin ini sering gagal",
}


@pytest.mark.parametrize("sphere", Sphere)
async def test_what_is_set_aside_says_what_to_do(staffed: Staffed, sphere: Sphere) -> None:
    """By its name for the command that tries it again, how often it failed, and why."""
    async with staffed.app.store.writing() as tx:
        await tx.dead_letters.failed(sphere, "7", "ValueError", most=1)
    sari = await staffed.signed_in("sari")
    await sari.open("/konsol/macet")
    for told in (f"{sphere}/7", "1×", "ValueError", TO_DO[sphere]):
        await sari.should_see(told)
    await sari.should_not_see("Tidak ada yang disisihkan")


async def test_what_waits_says_for_how_long_and_who_sees_to_it(staffed: Staffed) -> None:
    """Messages, each kind of delivery, reminders, a group that sees too little, and what WhatsApp is silent about."""
    ticket = await staffed.complains("siti", "Saldo saya nol")
    async with staffed.app.store.writing() as tx:
        await tx.inbox.add(incoming())
        chat = (await tx.people.at("whatsapp", "6281234567890", language="id")).id
        await tx.outbox.put([owed(chat, "h-3", due_at=tx.now)])
        [held] = await claim(tx, tx.now)
        await tx.outbox.settle([settled(held, Outcome.SENT, tx.now, provider_id="wamid.1")])
        await tx.accounts.learn("whatsapp", {"status": "CONNECTED"})
        await tx.outbox.put([owed(chat, f"due {kind}", kind, due_at=tx.now) for kind in Kind])
        await tx.views.place(ticket.id, "-1001")
        await tx.reminders.set_row(chat, tx.now)
        await tx.templates.apply(
            [TemplateNews(name="sobat_last_day_12h", language="id", at=tx.now, state=TemplateState.PAUSED)]
        )
    await staffed.later(minutes=12)
    sari = await staffed.signed_in("sari")
    await sari.open("/konsol/macet")
    for told in (
        "Pesan belum dijawab", "Pastikan proses web berjalan.",
        "Jawaban belum terkirim", "Pesan petugas belum terkirim", "Pengingat jatuh tempo", "Siaran jatuh tempo",
        "Pastikan proses worker berjalan.", "12 menit",
        "Pengingat belum direncanakan", "Pastikan proses scheduler berjalan.",
        "Belum tampil di grup -1001", "jawab dari konsol",
        "Diterima WhatsApp, belum ada kabar", "webhook WhatsApp sampai",
        "Template tak bisa dipakai: sobat_last_day_12h", "WhatsApp Manager",
    ):  # fmt: skip
        await sari.should_see(told)
