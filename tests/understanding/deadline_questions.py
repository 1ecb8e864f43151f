"""A thousand questions about the deadline: waves, phrasings, spellings of the number, slips, and no wave at all."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

from handlers.understanding.augment import mistyped

_ONES = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_NAMED = (
    "{wave} terakhir beli kapan", "batas beli pelatihan {wave} tgl brp", "min {wave} deadline nya kapan ya",
    "saya {wave}, paling lambat beli kelas tanggal berapa", "kapan batas waktu pembelian pelatihan pertama {wave}",
    "udah telat belum ya {wave}", "{wave} masih bisa beli ga hari ini", "{wave} tutup belinya jam brp",
    "aku lolos {wave} terus harus beli sampe kapan", "kak {wave} berapa hari lagi batasnya",
    "KAPAN BATAS {wave} BANG", "{wave} iraha terakhir meuli pelatihan", "{wave} terakhire tuku kapan mas",
    "batesnya {wave} tgl 21 bukan", "{wave} beli sebelum 30 hari ya", "kalo beli besok {wave} masih keburu ga",
    "{wave} 2 hari lagi kan batasnya", "infonya dong batas akhir {wave}", "temenku {wave} kapan hangusnya",
    "bisa beli 2 pelatihan ga, {wave} batasnya kapan",
)  # fmt: skip
_UNNAMED = (
    "terakhir beli kapan min", "batasnya tgl 21 ya kak", "2 hari lagi kan ya batasnya",
    "deadline beli kelas jam 23.59?",
    "gelombang berapa yang batasnya hari ini", "gelombang ini batasnya kapan", "gelombang terbaru terakhir beli kapan",
    "aturan 30 hari itu dari kapan", "beli pelatihan terakhir tanggal 21 oktober 2021?", "udah 3 kali ikut gelombang",
    "gelombangku batasnya kapan sih", "saldo 1 juta hangus tanggal berapa", "kapan batas beli kalau lolos tgl 22 sept",
    "batas beli 15 hari apa 30 hari", "kartu nomor 8 digit terakhir 2121 batasnya kapan", "umur 21 masih bisa beli ga",
    "terakhir beli 21/10/2021 kan", "gelombang kemarin batasnya kapan", "gel brp yg terakhir beli besok",
)  # fmt: skip


class Question(NamedTuple):
    """A question, and the wave that it names (None: no wave)."""

    text: str
    wave: int | None


def spoken(number: int) -> str:
    """Return the number in words: "dua puluh satu"."""
    if number < 10:
        return _ONES[number]
    if number in {10, 11}:
        return ("sepuluh", "sebelas")[number - 10]
    tens, ones = divmod(number, 10)
    if tens == 1:
        return f"{_ONES[ones]} belas"
    return f"{_ONES[tens]} puluh {_ONES[ones]}" if ones else f"{_ONES[tens]} puluh"


def named(number: int, chance: random.Random) -> str:
    """Return one of the ways to name a wave."""
    words = spoken(number)
    digits = " ".join(_ONES[int(digit)] for digit in str(number))
    return chance.choice((
        f"gelombang {number}", f"gel {number}", f"gel{number}", f"g{number}", f"G-{number}", f"gelomb {number}",
        f"gelombang ke-{number}", f"gel. {number}", f"angkatan {number}", f"batch {number}", f"gelombang {words}",
        f"gel {words}", f"gelombang {digits}", f"gelombang ke {words}", f"Gelombang {words.replace(' ', '')}",
        f"gelombang prakerja {number}", f"wave {number}", f"gel {number}nya",
    ))  # fmt: skip


def questions(count: int = 1000, seed: int = 21) -> Iterator[Question]:
    """Yield the questions, always the same for a seed; about one in six names no wave, every second has slips."""
    chance = random.Random(seed)
    for _ in range(count):
        if chance.random() < 1 / 6:
            text, wave = chance.choice(_UNNAMED), None
        else:
            wave = chance.randint(1, 71)
            text = chance.choice(_NAMED).format(wave=named(wave, chance))
        yield Question(mistyped(text, chance, chance.choice((0, 0, 1, 2))), wave)
