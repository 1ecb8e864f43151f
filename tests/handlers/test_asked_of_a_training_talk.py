"""What people ask of a training that they look for or are shown, and that no answer comes twice in a row."""

from __future__ import annotations

import pytest
from talking import Talk


async def test_a_title_is_found_by_its_own_words_and_not_only_by_its_topic(jakarta: Talk) -> None:
    await jakarta.says("cari pelatihan masak")
    assert "Sambal" in jakarta.plain
    await jakarta.says("masakan nusantara")
    assert "Masakan Nusantara" in jakarta.plain
    assert "Sambal" not in jakarta.plain


async def test_what_was_meant_as_a_contrast_narrows_nothing(jakarta: Talk) -> None:
    await jakarta.says("ada pelatihan ga kak, sy mau jualan bukan masak")
    assert "jualan online · 1/" in jakarta.plain


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("yg gratis ada?", "dibayar dari saldo pelatihan"),
        ("pelatihannya online atau tatap muka?", "ditentukan lembaga pelatihannya"),
        ("kelasnya jam berapa", "ditentukan lembaga pelatihannya"),
        ("lembaganya apa", "Cariilmu"),
        ("bayarnya pake apa", "Pakai nomor Kartu Prakerja"),
        ("kalau ambil itu sisa saldo berapa", "Rp1.000.000 − Rp350.000 = sisa Rp650.000"),
        ("belinya gimana caranya disitu", "Beli di Pijar Mahir"),
        ("oke ambil itu", "Beli di Pijar Mahir"),
    ],
)
async def test_one_thing_is_asked_of_what_is_shown(jakarta: Talk, asked: str, answered: str) -> None:
    await jakarta.says("kelas bahasa jepang")
    await jakarta.says(asked)
    assert answered in jakarta.plain


async def test_whoever_has_bought_is_not_told_how_much_was_left_before(jakarta: Talk) -> None:
    await jakarta.says("aku sudah beli di Tokopedia kemarin")
    await jakarta.says("harganya 600 ribu, sisa saldoku berapa")
    assert "Rp400.000" not in jakarta.plain


async def test_a_price_above_the_balance_is_not_enough(jakarta: Talk) -> None:
    await jakarta.says("harganya 1,2 juta, cukup ga saldoku")
    assert jakarta.plain.startswith("❌ Tidak cukup")


async def test_another_shop_is_asked_for_what_is_shown(jakarta: Talk) -> None:
    await jakarta.says("pelatihan sambal")
    await jakarta.says("ga punya akun tokped, bukalapak bisa kan?")
    assert jakarta.plain.startswith("✅ Bisa")
    assert "Bukalapak" in jakarta.plain
    await jakarta.says("itu di sekolahmu ada?")
    assert jakarta.plain.startswith("Di Sekolahmu tidak tercatat.")


async def test_the_second_shop_that_was_named_is_chosen_by_its_place(jakarta: Talk) -> None:
    await jakarta.says("sambal di tokopedia atau bukalapak bisa dua2nya kan")
    await jakarta.says("yang kedua aja")
    assert "Beli di Bukalapak" in jakarta.plain


async def test_work_tells_what_suits_one(jakarta: Talk) -> None:
    await jakarta.says("aku jaga toko baju, cocoknya ambil apa")
    assert "penjaga toko · 1/" in jakarta.plain
    assert "Service Excellence" in jakarta.plain


async def test_incentive_and_surveys_are_added_up_without_the_balance(jakarta: Talk) -> None:
    await jakarta.says("yang jadi duit semuanya berapa, saldo ga usah dihitung, insentif sama survei totalnya berapa")
    assert "Rp2.550.000" in jakarta.plain


async def test_after_the_last_one_the_same_card_does_not_come_again(jakarta: Talk) -> None:
    await jakarta.says("kelas barista")
    await jakarta.says("yg lain ada ga")
    assert "tidak ada lagi" in jakarta.plain
    assert "Bencoolen" not in jakarta.plain


async def test_the_same_search_leafs_on(jakarta: Talk) -> None:
    await jakarta.says("pelatihan masak")
    await jakarta.says("cari kelas masak dong")
    assert "masak · 2/" in jakarta.plain


@pytest.mark.parametrize("asked", ["berapa insentifnya", "insentifnya dapat berapa sih"])
async def test_what_was_just_said_is_never_said_again_word_for_word(jakarta: Talk, asked: str) -> None:
    await jakarta.says("insentif berapa")
    before = jakarta.plain
    for _time in range(2):
        await jakarta.says(asked)
        assert jakarta.plain != before
        assert "Itu semua yang kutahu soal ini" in jakarta.plain


async def test_whoever_asks_for_it_again_gets_it_shorter_and_in_full_by_a_press(jakarta: Talk) -> None:
    await jakarta.says("insentif berapa")
    before = jakarta.plain
    await jakarta.says("ulang dong")
    assert jakarta.plain.startswith("💰 Singkatnya: Rp600.000 × 4")
    await jakarta.presses("Selengkapnya")
    assert jakarta.plain == before


async def test_the_cutoff_is_told_in_full_however_often(jakarta: Talk) -> None:
    await jakarta.says("batas beli kapan")
    await jakarta.says("kapan batas belinya")
    assert "23.59 WIB" in jakarta.plain
    assert "kepesertaan dicabut" in jakarta.plain


async def test_words_that_surely_mean_another_matter_do_not_bring_the_last_answer_again(jakarta: Talk) -> None:
    await jakarta.says("cara beli di tokopedia gimana")
    await jakarta.says("kalau yg minta katanya CS Tokopedia langsung lewat WA gimana, wajar ngga? tadi ada yg chat")
    assert "Beli di Tokopedia" not in jakarta.plain


@pytest.mark.parametrize("said", ["jualan makanan", "dodolan panganan"])
async def test_a_topic_alone_is_looked_for_in_the_middle_of_a_search(jakarta: Talk, said: str) -> None:
    await jakarta.says("kelas opo sing cocok sopir truk")
    await jakarta.says(said)
    assert "Penjual" in jakarta.plain
