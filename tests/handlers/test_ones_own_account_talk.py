"""Whose account the incentive goes to, how it is changed, and what becomes of the money meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from talking import Talk

from programme.model.events import MilestoneReached
from programme.model.milestones import Milestone
from programme.model.participants import Participant

_BOUGHT = Participant(id=1, welcomed=True, wave=21).after(MilestoneReached(Milestone.BOUGHT, platform="tokopedia"))


@pytest.mark.parametrize(
    "words",
    [
        "klo pake bni sendiri gmn caranya, step by step min, dr mutusin dana suami dulu sampe cair",
        "bukan pake punya suami min, pake BNI sy sendiri. langkah2nya apa aja?",
        "sy mau ganti dari OVO istri ke gopay sy sendiri, langkahnya gimana",
        "nyambung rekening dewe piye carane, ora nganggo dana bojo",
    ],
)
async def test_who_goes_over_to_an_account_of_their_own_gets_the_steps(words: str, jakarta: Talk) -> None:
    await jakarta.says(words)
    assert "Putuskan dulu akun yang lama" in jakarta.plain
    assert "Tidak bisa" not in jakarta.plain


@pytest.mark.parametrize(
    "words",
    [
        "dana suami yg skrg nyambung gmn cara ngelepasnya dulu?",
        "lepas ovo bojo piye carane",
        "akun dana adek su tersambung, mo kasi lepas dulu bagemana",
        "yang nyambung OVO punya istri. bisa dilepas?",
    ],
)
async def test_anothers_account_can_be_disconnected(words: str, jakarta: Talk) -> None:
    await jakarta.says(words)
    assert "Sambungan diputus di dashboard" in jakarta.plain


@pytest.mark.parametrize(
    "words",
    [
        "dana urg keblokir, insentifna bisa masuk ke dana mamah ga",
        "ga punya rekening sendiri, pakai rekening suami caranya gimana",
        "pake ovo bokap boleh kaga buat insentif",
    ],
)
async def test_anothers_account_takes_no_incentive_whatever_is_asked(words: str, jakarta: Talk) -> None:
    await jakarta.says(words)
    assert "Tidak bisa" in jakarta.plain


async def test_the_partner_that_is_changed_to_is_meant(jakarta: Talk) -> None:
    await jakarta.says("akun ovo saya diblokir gimana cara ganti ke bni")
    assert "Boleh ganti ke BNI" in jakarta.plain


async def test_who_helps_with_a_failure_is_told_after_any_question_of_it(jakarta: Talk) -> None:
    await jakarta.says("insentif saya gagal, tulisan rekening ditutup")
    await jakarta.says("padahal masih aktif")
    await jakarta.says("ke siapa sa lapor")
    assert "0800-150-3001" in jakarta.plain


@pytest.mark.parametrize("words", ["da sa KK ini, masa ga bisa", "kan satu rumah", "pan sami-sami sakulawarga"])
async def test_one_household_makes_no_difference(words: str, jakarta: Talk) -> None:
    await jakarta.says("insentif bisa masuk ke dana mamah ga")
    await jakarta.says(words)
    assert "walau satu KK" in jakarta.plain


@pytest.mark.parametrize(
    ("trouble", "words", "heard"),
    [
        ("ovo saya sudah pakai nomor baru", "kawa ja kah duitnya masuk kaya itu", "bisa gagal masuk"),
        ("gopayku udah ganti nomer baru, prakerja nomer lama", "tetep masuk ga duitnya", "bisa gagal masuk"),
        ("status insentifku dana tertahan", "iku bakal cair gak jane", "belum bisa kupastikan"),
        ("nomor ovo sama nomor prakerja beda", "ganti yang mana", "Dua-duanya harus sama"),
    ],
)
async def test_whether_the_money_comes_so_is_told_by_the_trouble(
    trouble: str, words: str, heard: str, jakarta: Talk
) -> None:
    await jakarta.says(trouble)
    await jakarta.says(words)
    assert heard in jakarta.plain


async def test_without_a_trouble_the_same_words_ask_nothing_of_one(jakarta: Talk) -> None:
    await jakarta.says("insentif berapa")
    await jakarta.says("tetep masuk ga duitnya")
    assert "bisa gagal masuk" not in jakarta.plain


@pytest.mark.parametrize("words", ["tulisannya gagal", "alasannya ga ada cuma gagal doang", "ga paham kenapa"])
async def test_a_failure_without_a_reason_is_told_where_the_reason_is(words: str, jakarta: Talk) -> None:
    await jakarta.says("insentif saya gagal cair")
    await jakarta.says(words)
    assert "panah ke bawah" in jakarta.plain
    assert "0800-150-3001" in jakarta.plain


async def test_a_failed_payment_is_not_waited_for_although_all_else_is_done(jakarta: Talk) -> None:
    await jakarta.says("insentif blm cair knp ya")
    await jakarta.says("rating ulasan udah kok min. di dashboard tulisannya gagal")
    assert "Apa alasannya?" in jakarta.plain


async def test_a_payment_that_failed_takes_back_no_purchase(jakarta: Talk) -> None:
    jakarta.participant = _BOUGHT
    await jakarta.says(
        "udah sy kasih ulasan kok. pelatihan beli bulan oktober udah selesai. di dashboard tulisannya gagal"
    )
    assert jakarta.participant.has(Milestone.BOUGHT)
    assert "kubatalkan" not in jakarta.plain


@pytest.mark.parametrize(
    "words",
    [
        "di manakah alasan kegagalan insentif dapat saya lihat",
        "dmn liat alesan insentif gagal",
        "ada tempat untuk melihat alasan insentif tidak cair. Di manakah saya dapat menemukannya?",
    ],
)
async def test_where_the_reason_is_seen_is_told(words: str, jakarta: Talk) -> None:
    await jakarta.says(words)
    assert "Lihat History Insentif" in jakarta.plain


async def test_a_reason_of_the_dashboard_is_heard_without_a_talk(jakarta: Talk) -> None:
    await jakarta.says("tulisannya cek rekening bni anda")
    assert "BNI-mu menolak uangnya" in jakarta.plain


@pytest.mark.parametrize(
    "words",
    [
        "insentif itu sepisan tok apa saben wulan",
        "insentif sekali doang apa tiap bulan",
        "insentip sakali atawa unggal bulan",
    ],
)
async def test_once_or_monthly_is_answered_by_that(words: str, jakarta: Talk) -> None:
    await jakarta.says(words)
    assert "4 kali, sebulan sekali" in jakarta.plain


@pytest.mark.parametrize("words", ["totale piro", "jadi total sabaraha", "ditotal jadi berapa, tanpa saldo"])
async def test_the_sum_of_all_tells_how_much_of_it_is_money(words: str, jakarta: Talk) -> None:
    await jakarta.says("insentif berapa")
    await jakarta.says(words)
    assert "uang Rp2.550.000" in jakarta.plain


async def test_a_certificate_that_is_there_is_noted_though_the_money_is_not(jakarta: Talk) -> None:
    jakarta.participant = _BOUGHT
    await jakarta.says("sertifikat sudah ada di dashboard tapi insentif kada masuk2")
    assert jakarta.participant.has(Milestone.CERTIFIED)
    assert "beri rating dan ulasan" in jakarta.plain
    await jakarta.says("yg bintang2 tu balum ulun isi, wajib kah")
    await jakarta.says("ngisinya dimana")
    assert "Kalau dashboard Prakerja juga memintanya" in jakarta.plain


async def test_a_certificate_that_is_missing_beside_the_money_is_not_noted(jakarta: Talk) -> None:
    jakarta.participant = _BOUGHT
    await jakarta.says("sertifikat belum ada di dashboard, tapi insentif kata teman sudah masuk")
    assert not jakarta.participant.has(Milestone.CERTIFIED)


@pytest.mark.parametrize("words", ["ke siapa ka bertanya", "takon sopo iki", "lapor kemana dong"])
async def test_who_helps_with_a_certificate_is_the_platform_then_prakerja(words: str, jakarta: Talk) -> None:
    jakarta.participant = _BOUGHT
    await jakarta.says("sertifikat belum muncul")
    await jakarta.says(words)
    assert "tokopedia.com/help" in jakarta.plain
    assert "0800-150-3001" in jakarta.plain


@pytest.mark.parametrize(
    ("about", "words", "heard"),
    [
        ("survei 1 kapan muncul", "kalo telat isi gimana", "Nasib yang terlambat mengisi"),
        ("survei 1 kapan muncul", "dapet brp", "Rp50.000 tiap survei"),
        ("survei 1 kapan muncul", "berapa hari dibayar", "dalam 14 hari"),
        ("cara kasih ulasan", "lupa isi, udah 2 minggu, masih bisa?", "Tanggal terakhirnya tidak disebut"),
        ("otp sambung gopay salah terus", "wes 4x", "tunggu 1 jam"),
    ],
)
async def test_what_is_asked_on_is_of_the_matter_itself(about: str, words: str, heard: str, jakarta: Talk) -> None:
    await jakarta.says(about)
    await jakarta.says(words)
    assert heard in jakarta.plain


async def test_who_links_too_late_hears_nothing_of_being_revoked(jakarta: Talk) -> None:
    jakarta.now = datetime(2021, 12, 5, 3, tzinfo=UTC)
    await jakarta.says("batas nyambungin rekening sampe kapan")
    await jakarta.says("klo telat gmn")
    assert "15 Desember 2021" in jakarta.plain
    assert "dicabut" not in jakarta.plain


async def test_a_review_that_was_told_without_its_day_shows_none(jakarta: Talk) -> None:
    jakarta.participant = _BOUGHT.after(MilestoneReached(Milestone.COMPLETED))
    await jakarta.says("rating ulasan udah kuisi kok")
    await jakarta.says("/status")
    assert "✅ Beri rating" in jakarta.plain
    assert "rating & ulasan (" not in jakarta.plain
