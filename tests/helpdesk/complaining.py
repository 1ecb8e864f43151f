"""Somebody who complains, all the way to a ticket."""

from __future__ import annotations

from staffed import Desk

from tests.fakes.telegram_user import FakeUser


async def complains(desk: Desk, number: int = 71, about: str = "Pembelian pelatihan") -> FakeUser:
    """Somebody of wave 21 goes all the way to a ticket."""
    ani = desk.api.user(number, name="Ani")
    await ani.says("/start g21")
    await ani.hears("Gelombang 21")
    await ani.hears("zona waktu")
    await ani.presses("WIB")
    await ani.hears("23.59 WIB")
    await ani.says("mau komplain")
    await ani.hears("Ini soal apa?")
    await ani.presses(about)
    await ani.hears("Mau coba dulu?")
    await ani.presses("💬 Tetap mau bicara petugas")
    await ani.hears("Ceritakan masalahnya")
    await ani.says("sudah 3x bayar gagal terus")
    await ani.hears("platform mana")
    await ani.presses("Tokopedia")
    await ani.hears("tercatat dengan nomor")
    return ani
