"""When the next wave opens: only what was known by then."""

from __future__ import annotations

from datetime import datetime

import pytest
from talking import Talk

from programme.model.participants import Participant


def _at(moment: str, wave: int | None = None) -> Talk:
    return Talk(Participant(id=1, welcomed=True, wave=wave), at=datetime.fromisoformat(moment))


async def test_a_wave_to_come_is_not_guessed(talk: Talk) -> None:
    await talk.opens("register_wave", wave="22")
    assert "Jadwal gelombang 22 belum diumumkan" in talk.plain
    assert "25 Oktober" not in talk.text
    assert "gelombang 21" in talk.text
    assert "@prakerja.go.id" in talk.text
    assert "https://www.prakerja.go.id" in talk.links


async def test_without_a_number_the_next_wave_is_meant(talk: Talk) -> None:
    await talk.opens("register_wave")
    assert "Jadwal gelombang berikutnya belum diumumkan" in talk.plain
    assert "Desember" not in talk.text, "in October nobody had told the last day of the year"


async def test_the_last_day_of_the_year_once_it_was_told() -> None:
    talk = _at("2021-12-02T09:00:00+07:00")
    await talk.opens("register_wave")
    assert "15 Desember 2021 pukul 23.59 WIB" in talk.text


async def test_an_open_wave_is_told_with_its_end() -> None:
    talk = _at("2021-10-26T09:00:00+07:00")
    await talk.opens("register_wave")
    assert "Pendaftaran gelombang 22 sedang dibuka, ditutup Rabu, 27 Oktober 2021" in talk.plain


async def test_a_closed_wave_is_said_to_be_closed(talk: Talk) -> None:
    await talk.opens("register_wave", wave="20")
    assert "gelombang 20 sudah ditutup Minggu, 12 September 2021" in talk.plain


async def test_a_wave_whose_days_nobody_told_is_not_given_any() -> None:
    talk = _at("2023-05-01T09:00:00+07:00")
    await talk.opens("register_wave", wave="51")
    assert "sudah diumumkan" in talk.plain
    await talk.opens("register_wave", wave="49")
    assert "tidak ada di catatanku" in talk.text
    await talk.opens("register_wave", wave="48")
    assert "sampai kapan belum bisa kupastikan" in talk.text


async def test_after_the_years_end_registration_is_closed() -> None:
    talk = _at("2021-12-16T09:00:00+07:00")
    await talk.opens("register_wave")
    assert "Pendaftaran tahun ini sudah ditutup" in talk.text


async def test_who_has_passed_already_goes_on_from_there(jakarta: Talk) -> None:
    await jakarta.opens("register_wave")
    assert "sudah lolos gelombang 21" in jakarta.text
    assert "how_to_buy" in jakarta.leads_to


async def test_who_missed_the_cutoff_is_given_no_false_hope() -> None:
    talk = _at("2021-10-26T09:00:00+07:00", wave=21)
    await talk.opens("register_wave")
    assert talk.plain.startswith("🚫 Tidak bisa")
    assert "Kamis, 21 Oktober 2021" in talk.plain
    assert "Cara daftar" not in talk.plain


async def test_wave_20_past_its_cutoff_hears_no_before_anything_else() -> None:
    talk = _at("2021-10-18T09:00:00+07:00", wave=20)
    await talk.says("bisa ikut gelombang 22 ga")
    assert talk.plain.startswith("🚫 Tidak bisa")
    assert "Cara daftar" not in talk.plain


async def test_who_says_that_the_place_is_lost_gets_no_guide_to_register(talk: Talk) -> None:
    await talk.says("saya gelombang 20 kemarin dicabut karena telat beli, bisa ikut gelombang 22 gak")
    assert "tidak boleh ikut gelombang mana pun lagi" in talk.plain
    assert "Cara daftar" not in talk.plain


@pytest.mark.parametrize(
    "said",
    [
        "aku gelombang 20 tidak sempat beli, sekarang bisa daftar gelombang 22?",
        "dulu telat beli pelatihan, boleh daftar lagi gelombang depan?",
    ],
)
async def test_who_did_not_buy_in_time_is_told_that_no_wave_is_open_to_them(jakarta: Talk, said: str) -> None:
    await jakarta.says(said)
    assert "tidak bisa ikut gelombang mana pun lagi" in jakarta.plain
