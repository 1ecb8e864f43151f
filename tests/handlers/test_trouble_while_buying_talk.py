"""Codes that never come, little quota, a balance that was taken, whom to ask: each met as what it is."""

from __future__ import annotations

from datetime import datetime

import pytest
from talking import Talk

LAST_EVENING = datetime.fromisoformat("2021-10-21T19:00+07:00")


@pytest.mark.parametrize(
    "said", ["otp nya ini loh ga masuk2 smsnya. gmn?", "tokped minta verifikasi sms tapi smsnya gada yg masuk"]
)
async def test_a_code_that_never_comes_to_a_checkout_is_no_fraud(jakarta: Talk, said: str) -> None:
    await jakarta.says("cara bayar di tokopedia gmn")
    await jakarta.says(said)
    assert "OTP belum masuk?" in jakarta.plain
    assert "www.tokopedia.com/help" in jakarta.plain
    assert "23.59 WIB" in jakarta.plain


async def test_the_code_of_the_account_keeps_its_own_limits(jakarta: Talk) -> None:
    await jakarta.says("cara bayar di tokopedia gmn")
    await jakarta.says("otp buat login ga masuk2")
    assert "5 kali minta" in jakarta.plain


async def test_somebody_who_asks_for_the_code_is_still_a_fraud(jakarta: Talk) -> None:
    await jakarta.says("cara bayar di tokopedia gmn")
    await jakarta.says("ada yang nelpon ngaku cs tokopedia minta kode otp katanya buat bayar prakerja")
    assert "penipuan" in jakarta.plain


async def test_a_try_put_off_beyond_the_cutoff_hears_that_day_first(jayapura: Talk) -> None:
    await jayapura.says("cara beli di bukalapak bagaimana")
    await jayapura.says("masuk kode otp trus gagal terus, jaringan jelek. sa lanjut sabtu saja pas libur bisa kah?")
    assert jayapura.plain.startswith("❌ Sabtu, 23 Oktober 2021 sudah terlambat.")
    assert "021-508 13333" in jayapura.plain
    assert "platform mana" not in jayapura.plain


async def test_a_try_put_off_to_a_day_in_time_is_warned_of_nothing(jakarta: Talk) -> None:
    await jakarta.says("bayar di bukalapak gagal terus, rabu aja deh gue coba lagi")
    assert "sudah terlambat" not in jakarta.plain


async def test_little_quota_is_no_bad_signal(makassar: Talk) -> None:
    await makassar.says("kuotaku mau habis mi kak, sisa 200 mb ji. Bisa ji kah beli kalo sedikit kuota begitu?")
    assert "yang ada batasnya dulu: membeli" in makassar.plain
    assert "sinyalnya kuat" not in makassar.plain


async def test_induction_and_balance_done_lead_to_buying(jakarta: Talk) -> None:
    await jakarta.says("ok. induksi wis tak tonton, saldo wis metu")
    assert "Berarti tinggal beli" in jakarta.plain


async def test_videos_watched_are_not_asked_for_again(jakarta: Talk) -> None:
    await jakarta.says("udah nonton 3 video induksinya kak, terus?")
    assert "induksinya beres" in jakarta.plain
    assert "Harus ditonton" not in jakarta.plain


@pytest.mark.parametrize(
    "said",
    [
        "saldo saya memang sudah berkurang, akan tetapi pelatihannya belum tampil di dashboard",
        "saldo jadi 400rb padahal belum masuk kelas apa2 di dashboard",
    ],
)
async def test_a_balance_that_went_down_is_never_paid_again(jakarta: Talk, said: str) -> None:
    await jakarta.says(said)
    assert "Jangan beli ulang dulu" in jakarta.plain
    assert "lalu bayar" not in jakarta.plain


async def test_whoever_finds_nothing_in_the_dashboard_is_told_no_all_clear(jakarta: Talk) -> None:
    jakarta.now = LAST_EVENING
    await jakarta.says("udah bayar di bukalapak, saldo kepotong tapi di dashboard belum muncul")
    await jakarta.says("trus aku aman ga")
    assert "Belum bisa kupastikan" in jakarta.plain
    assert "021-508 13333" in jakarta.plain


@pytest.mark.parametrize("said", ["kudu ngomong karo sapa", "trs k siapa dong", "nomernye mane", "kama awak malapor"])
async def test_whom_to_ask_is_the_platform_that_was_named(jakarta: Talk, said: str) -> None:
    await jakarta.says("gagal mulu di bukalapak")
    await jakarta.says("sinyal bagus, nomer bener, otp bener")
    await jakarta.says(said)
    assert "021-508 13333" in jakarta.plain


async def test_a_card_number_with_a_question_is_cut_and_the_question_answered(jakarta: Talk) -> None:
    await jakarta.says("ini no kartu saya 8800 1234 5678 9012 kak, tolong cek saldonya udah masuk belum")
    assert "tidak bisa kulihat dari sini" in jakarta.plain
    assert "dashboard" in jakarta.plain


async def test_which_address_is_real_is_told_and_a_similar_one_named(jakarta: Talk) -> None:
    await jakarta.says("masuknya lewat link yg mana kak? takut palsu")
    assert "Hanya itu yang resmi" in jakarta.plain
    await jakarta.says("yakin itu yg resmi? di grup ada prakerja-go.com juga, itu boleh?")
    assert "prakerja-go.com bukan alamat Prakerja" in jakarta.plain


async def test_what_is_asked_beside_the_answer_to_the_check_is_answered(jakarta: Talk) -> None:
    jakarta.now = LAST_EVENING
    await jakarta.says("sudah beli di tokopedia kemarin")
    await jakarta.opens("purchase_shown", shown="later")
    await jakarta.says("sudah muncul kak. itu pembeliannya sudah masuk ya? dan harus selesai hari ini juga ngga")
    assert "bukan untuk menyelesaikannya" in jakarta.plain
