"""The aspect of a question decides the answer: when, how long, why, what if, by what way, of whichever matter it is."""

from __future__ import annotations

import pytest

from tests.handlers.talking import Talk


@pytest.mark.parametrize(
    ("about", "asked", "heard"),
    [
        ("saldo pelatihan berapa", "kpn", "Sampai kapan saldo"),
        ("saldo pelatihan berapa", "kalo sisa gimana", "pelatihan berikutnya"),
        ("saldo pelatihan berapa", "hangus ga?", "pelatihan berikutnya"),
        ("boleh beli pelatihan kedua?", "kapan", "begitu pelatihan pertama selesai"),
        ("boleh beli pelatihan kedua?", "kalau yang pertama belum selesai", "Belum bisa"),
        ("insentif masuk ke mana", "paling lambat tanggal berapa", "Batas menyambungkan"),
        ("insentif masuk ke mana", "lewat ovo bisa?", "Bisa: insentif bisa masuk ke OVO"),
        ("survei dibayar ga", "kalau salah jawab gimana", "Tetap dibayar"),
        ("survei dibayar ga", "jadi totalnya berapa", "Rp3.550.000"),
        ("kalau ga beli sampai batas gimana", "sanksinya apa", "Sanksinya pencabutan"),
        ("kalau ga beli sampai batas gimana", "terus ikut gelombang 22 bisa kan", "Tidak bisa"),
        ("kalau ga beli sampai batas gimana", "uangnya lari ke mana", "kembali ke program"),
    ],
)
async def test_what_is_asked_of_a_matter_is_answered_first(about: str, asked: str, heard: str, jakarta: Talk) -> None:
    await jakarta.says(about)
    await jakarta.says(asked)
    assert heard in jakarta.plain


@pytest.mark.parametrize("about", ["cara beli pelatihan gimana", "boleh beli pelatihan kedua?", "survei dibayar ga"])
async def test_whether_somebody_else_may_do_it_is_no_question_of_the_cutoff(about: str, jakarta: Talk) -> None:
    await jakarta.says(about)
    await jakarta.says("bisa diwakilkan ga")
    assert "ikutlah sendiri" in jakarta.plain


async def test_how_long_the_balance_takes_is_not_answered_by_its_sum(jakarta: Talk) -> None:
    await jakarta.says("brp lama saldonya masuk")
    assert "Berapa lama sampai saldo masuk tidak ada di sumberku" in jakarta.plain


@pytest.mark.parametrize(
    ("about", "heard"),
    [
        ("batas beliku kapan", "30 hari sejak dinyatakan lolos"),
        ("saldo pelatihan berapa", "dana untuk pelatihan"),
        ("insentif kapan cair", "Kenapa perlu selama itu tidak disebut"),
        ("nomor call center", "Alasannya tidak disebut sumberku"),
    ],
)
@pytest.mark.parametrize("why", ["loh knp", "kenapa"])
async def test_a_why_gets_the_rule_or_the_word_that_none_is_known(
    about: str, heard: str, why: str, jakarta: Talk
) -> None:
    await jakarta.says(about)
    await jakarta.says(why)
    assert heard in jakarta.plain


@pytest.mark.parametrize(
    ("asked", "heard"),
    [
        ("bukanya sampe jam brp", "Jam dan hari layanan Prakerja tidak ada"),
        ("hari minggu?", "Jam dan hari layanan Prakerja tidak ada"),
        ("kalo lewat wa ada ga", "Nomor WhatsApp Prakerja tidak ada"),
        ("oke saya coba telp dulu", "Sip"),
        ("ga diangkat", "Belum dijawab Prakerja?"),
        ("yaudah bikinin laporan aja", "Ini soal apa?"),
    ],
)
async def test_a_contact_is_asked_further(asked: str, heard: str, jakarta: Talk) -> None:
    await jakarta.says("nomor call center prakerja")
    await jakarta.says(asked)
    assert heard in jakarta.plain


async def test_whom_to_ask_is_whoever_was_spoken_of(jakarta: Talk) -> None:
    await jakarta.says("insentif gagal, gopay kena limit bulanan")
    await jakarta.says("hubunginya ke mana")
    assert "customerservice@gojek.com" in jakarta.plain


async def test_price_and_fitness_are_those_of_the_training_shown(jakarta: Talk) -> None:
    await jakarta.says("cari kelas masak yang murah")
    await jakarta.says("yg itu bs buat pemula?")
    assert "Bisa untuk pemula atau tidak" in jakarta.plain
    await jakarta.says("berapa")
    assert "Rp400.000" in jakarta.plain


async def test_a_relatives_wave_does_not_stick_to_oneself(jakarta: Talk) -> None:
    await jakarta.says("adik saya lolos gel 20")
    await jakarta.says("kl sy di papua kan beda jam, jd bisa sampe jam 2 pagi dong")
    assert "Sudah terlambat" in jakarta.plain
    assert "gelombang 21" in jakarta.plain


@pytest.mark.parametrize("said", ["belum beli kak", "belum beli, lagi jaga kasir"])
async def test_who_has_not_bought_is_asked_when(said: str, jakarta: Talk) -> None:
    await jakarta.says(said)
    await jakarta.says("jam 9 malam")
    assert "21.00 WIB" in jakarta.plain


async def test_of_two_hours_in_a_row_the_second_is_meant(jakarta: Talk) -> None:
    await jakarta.says("nanti jam tujuh malam aku beli, ingatkan ya")
    await jakarta.says("eh tidak jadi jam tujuh jam sembilan saja")
    assert "21.00 WIB" in jakarta.plain


async def test_what_was_paid_is_asked_about_and_its_details_are_kept(jakarta: Talk) -> None:
    await jakarta.says("cara beli pelatihan gimana")
    await jakarta.says("udah bayar")
    await jakarta.says("tadi, tokped")
    assert "kamu sendiri" in jakarta.plain
    await jakarta.says("iya")
    assert "Tokopedia" in jakarta.plain
    assert "tercatat" in jakarta.plain


async def test_what_is_supposed_is_no_report(jakarta: Talk) -> None:
    await jakarta.says("kl bolong ga beli gpp kan udah kerja")
    assert "kamu sendiri" not in jakarta.plain


async def test_asking_for_ones_own_code_is_no_fraud(jakarta: Talk) -> None:
    await jakarta.says("saya minta kode masuk prakerja sudah 5 kali, tidak bisa")
    assert "penipuan" not in jakarta.plain


async def test_a_story_of_success_does_not_clear_a_fraud(jakarta: Talk) -> None:
    await jakarta.says("ada yg nawarin jasa cairin saldo bayar 50rb")
    await jakarta.says("temenku udah pake katanya berhasil")
    assert "umpannya" in jakarta.plain
    assert "penipuan" in jakarta.plain
