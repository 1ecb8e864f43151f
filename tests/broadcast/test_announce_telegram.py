"""`/umumkan` on Telegram: real polling, real store, the strict server on the other side."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from programme.model.staff import Role, StaffMember
from tests.fakes.bot_api import FakeBotApi
from tests.fakes.telegram_user import FakeUser
from tests.telegram.test_telegram_whole_bot import WholeBot, whole_bot

RINA = 9001


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as server:
        yield server


@pytest.fixture
async def bot(api: FakeBotApi, sqlite_url: str) -> AsyncIterator[WholeBot]:
    async with whole_bot(api, sqlite_url) as opened:
        yield opened


async def _joins(api: FakeBotApi, number: int, name: str) -> FakeUser:
    person = api.user(number, name=name)
    await person.says("/start g21")
    await person.hears("Gelombang 21")
    await person.hears("zona waktu")
    await person.presses("WIB")
    await person.hears("23.59 WIB")
    return person


async def _supervisor(api: FakeBotApi, bot: WholeBot) -> FakeUser:
    async with bot.app.store.writing() as tx:
        member = StaffMember(channel="telegram", address=str(RINA), role=Role.SUPERVISOR, name="Rina")
        await tx.staff.put(member)
    return api.user(RINA, name="Rina")


async def _chooses(rina: FakeUser) -> None:
    await rina.says("/umumkan")
    await rina.hears("gelombang berapa")
    await rina.presses("Gelombang 21")
    await rina.hears("peserta yang mana")
    await rina.presses("Belum beli")
    await rina.hears("zona waktu mana")
    await rina.presses("Semua zona")
    await rina.hears("Tulis isi")


async def _orders(rina: FakeUser, when: str) -> None:
    await _chooses(rina)
    await rina.says("Halo {nama}, <b>tinggal {sisa_hari} hari</b> lagi & jangan lupa!")
    await rina.hears("bahasa Inggris")
    await rina.presses("Lewati")
    await rina.hears("Mau tombol")
    await rina.says("Cara beli -> how_to_buy\nDashboard -> https://www.prakerja.go.id")
    await rina.hears("Begini tampilannya")
    await rina.presses(when)


async def test_an_announcement_reaches_the_wave_and_its_author_sees_it_grow(api: FakeBotApi, bot: WholeBot) -> None:
    """By name, with days left and keys; the progress is one message that edits itself; blocked people count."""
    siti, ani = await _joins(api, 71, "Siti"), await _joins(api, 72, "Ani")
    gone = await _joins(api, 73, "Gone")
    rina = await _supervisor(api, bot)
    await _orders(rina, "🚀 Kirim sekarang")
    await rina.hears("Siap.")
    await gone.blocks()
    await bot.app.jobs.run()
    await siti.hears("Halo Siti, tinggal 3 hari lagi & jangan lupa!")
    heard = await ani.hears("Halo Ani, tinggal 3 hari lagi & jangan lupa!")
    assert heard.buttons == ("Cara beli",)
    assert heard.links == {"Dashboard": "https://www.prakerja.go.id"}
    await bot.until("2021-10-18T09:01:00+07:00")
    shown = await rina.hears("selesai")
    assert "Pengumuman 1" in shown.text
    assert "Terkirim 2 dari" in shown.text
    assert shown.edits >= 1
    assert len([message for message in rina.messages if "Pengumuman 1" in message.text]) == 1
    await ani.presses("Cara beli")
    await ani.hears("Cara ikut pelatihan")


async def test_it_is_paused_resumed_and_cancelled_by_the_keys_below_its_progress(
    api: FakeBotApi, bot: WholeBot
) -> None:
    """Here cancelled before its moment: nobody gets it."""
    siti = await _joins(api, 71, "Siti")
    rina = await _supervisor(api, bot)
    await _orders(rina, "🌅 Besok pukul 09.00 WIB")
    await rina.hears("Siap.")
    await bot.app.jobs.run()
    await rina.hears("dijadwalkan")
    await rina.presses("🚫 Batalkan")
    await rina.hears("Yakin")
    await rina.presses("🚫 Ya, batalkan")
    await rina.hears("tidak akan terkirim")
    before = len(siti.messages)
    await bot.until("2021-10-19T09:30:00+07:00")
    assert all("Halo Siti" not in message.text for message in siti.messages[before:])


async def test_a_photo_with_its_caption_is_announced_as_such(api: FakeBotApi, bot: WholeBot) -> None:
    """The caption is the text; everybody gets the photo."""
    siti = await _joins(api, 71, "Siti")
    rina = await _supervisor(api, bot)
    await _chooses(rina)
    api.state.files["AgADfromTheUser"] = b"what Rina sends"
    await rina.sends("photo", "Halo {nama}, lihat posternya")
    await rina.hears("bahasa Inggris")
    assert all("belum bisa membaca gambar" not in message.text for message in rina.messages)
    await rina.presses("Lewati")
    await rina.hears("Mau tombol")
    await rina.presses("Tanpa tombol")
    await rina.hears("Begini tampilannya")
    await rina.presses("🚀 Kirim sekarang")
    await rina.hears("Siap.")
    await bot.app.jobs.run()
    await siti.hears("Halo Siti, lihat posternya")
    assert [sent for sent in api.called("sendPhoto") if sent["chat_id"] in {"71", 71}]


async def test_for_participants_the_command_does_not_exist(api: FakeBotApi, bot: WholeBot) -> None:
    """They see the menu, as for any other unknown command."""
    siti = await _joins(api, 71, "Siti")
    await siti.says("/umumkan")
    await siti.hears("Menu Sobat")
