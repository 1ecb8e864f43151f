"""What names its own matter is asked of that, in the middle of any other."""

from __future__ import annotations

import pytest
from talking import Talk

BEFORE = {
    "a plan": "ingatkan besok jam 8 malam ya",
    "the cutoff": "batas belinya kapan",
    "a fraud": "ada yang wa minta otp katanya dari prakerja",
    "a wallet": "insentif gagal katanya ovo belum premium",
    "a search": "cari pelatihan masak",
    "a certificate": "sertifikat saya belum muncul",
    "a contact": "nomor call center berapa",
}

ASKED = [
    ("nomer cs tokopedia sabaraha?", "tokopedia.com/help"),
    ("survei wajib diisi ga", "survei"),
    ("dasar hukumnya apa, nomor peraturannya berapa", "Permenko"),
    ("sisa saldo saya sampai kapan bisa dipakai?", "saldo gelombang 21"),
    ("akun saya terblokir", "www.prakerja.go.id"),
]


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE)
@pytest.mark.parametrize(("asked", "answered"), ASKED)
async def test_it_is_answered_for_itself(jakarta: Talk, before: str, asked: str, answered: str) -> None:
    await jakarta.says(before)
    await jakarta.says(asked)
    everything = f"{jakarta.plain} {' '.join(jakarta.links)}".casefold()
    assert answered.casefold() in everything


@pytest.mark.parametrize(
    ("before", "asked", "answered"),
    [
        ("sertifikat saya belum muncul", "siapa mi dihubungi ini", "platform tempat kamu beli"),
        ("cara beli di tokopedia", "kalau di bukalapak?", "Bukalapak"),
        ("batas belinya kapan", "kalau lewat gimana?", "dicabut"),
        ("nomor call center berapa", "bayar ga?", "bebas pulsa"),
    ],
)
async def test_what_names_nothing_goes_on_from_what_was_said(
    jakarta: Talk, before: str, asked: str, answered: str
) -> None:
    await jakarta.says(before)
    await jakarta.says(asked)
    assert answered.casefold() in jakarta.plain.casefold()
