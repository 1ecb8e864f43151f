"""One answer may hold the next one's, and what a message asked for gives a few words their meaning."""

from __future__ import annotations

from datetime import date

import pytest

from programme.model.events import MilestoneReached
from programme.model.messages import Message
from programme.model.milestones import Milestone
from reminders.policy import load_policy
from reminders.wording.compose import without_picture
from reminders.wording.situation import ReminderSituation
from tests.handlers.talking import Talk

YESTERDAY = date(2021, 10, 17)


def asked_to_finish(talk: Talk) -> None:
    """Let the reminder to finish the training be what the person read last."""
    noted = MilestoneReached(Milestone.BOUGHT, on=date(2021, 10, 15), platform="pintaria")
    talk.participant = talk.participant.after(noted)
    source = "reminder/path/finish-3"
    message = without_picture(source, ReminderSituation(talk.participant, talk.programme, load_policy(), talk.now))
    assert isinstance(message, Message)
    talk.read(message)


def asked_to_buy(talk: Talk) -> None:
    """Let a reminder of the cutoff be what the person read last."""
    source = "reminder/21/2021-10-21/H-3"
    message = without_picture(source, ReminderSituation(talk.participant, talk.programme, load_policy(), talk.now))
    assert isinstance(message, Message)
    talk.read(message)


@pytest.mark.parametrize("said", ["tokped kemarin", "kemarin di tokopedia kak", "di tokped, kmrn malem"])
async def test_where_and_when_in_one_answer_are_both_noted(said: str, jakarta: Talk) -> None:
    await jakarta.says("aku udah beli pelatihan")
    await jakarta.says(said)
    step = jakarta.participant.progress[Milestone.BOUGHT]
    assert (step.platform, step.on) == ("tokopedia", YESTERDAY)
    assert "tercatat: beli di Tokopedia" in jakarta.plain


async def test_a_day_that_was_told_wrongly_is_corrected(jakarta: Talk) -> None:
    await jakarta.says("aku udah beli di tokped kemarin")
    await jakarta.says("eh bukan, 2 hari lalu")
    assert jakarta.participant.progress[Milestone.BOUGHT].on == date(2021, 10, 16)


async def test_a_guess_at_the_day_casts_no_doubt_on_the_purchase(jakarta: Talk) -> None:
    await jakarta.says("aku udah beli di tokped")
    await jakarta.says("kemarin kayaknya")
    assert jakarta.participant.progress[Milestone.BOUGHT].on == YESTERDAY


async def test_a_day_of_somebody_else_is_none_of_the_persons(jakarta: Talk) -> None:
    await jakarta.says("aku udah beli pelatihan")
    await jakarta.says("di tokopedia, kalau temanku kemarin")
    assert jakarta.participant.progress[Milestone.BOUGHT].on is None
    assert "Kucatat: beli di Tokopedia" in jakarta.plain
    assert "Tanggal berapa" in jakarta.plain


async def test_what_is_forgotten_of_a_purchase_casts_no_doubt_on_it(jakarta: Talk) -> None:
    await jakarta.says("aku udah beli pelatihan")
    await jakarta.says("lupa nama platformnya, yang hijau kayaknya")
    assert "Tanggal berapa" in jakarta.plain
    assert jakarta.participant.has(Milestone.BOUGHT)


@pytest.mark.parametrize("said", ["lupa bayar ternyata", "lupakan, aku ngigau", "kayaknya belum jadi beli"])
async def test_forgetting_to_pay_is_no_purchase(said: str, jakarta: Talk) -> None:
    await jakarta.says("aku udah beli pelatihan")
    await jakarta.says(said)
    assert not jakarta.participant.has(Milestone.BOUGHT)
    assert jakarta.coming


@pytest.mark.parametrize("said", ["kelar", "udah selesai kemarin min", "tuntas kak"])
async def test_a_word_reports_what_the_reminder_asked_for(said: str, jakarta: Talk) -> None:
    asked_to_finish(jakarta)
    await jakarta.says(said)
    assert jakarta.participant.has(Milestone.COMPLETED)
    assert "ating dan ulasan" in jakarta.plain


@pytest.mark.parametrize("said", ["belum kelar", "hampir selesai", "udah mulai", "baru setengah", "udah"])
async def test_whoever_is_on_the_way_is_cheered_and_nothing_is_noted(said: str, jakarta: Talk) -> None:
    asked_to_finish(jakarta)
    await jakarta.says(said)
    assert not jakarta.participant.has(Milestone.COMPLETED)
    assert "pelan-pelan" in jakarta.plain


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("serius?", "Yang kupegang"),
        ("jam?", "23.59"),
        ("skrg msh bs g", "23.59"),
        ("ga ngerti", "Cara ikut pelatihan"),
        ("ulang", "23.59"),
        ("kalau ga beli apa akibatnya", "dicabut"),
    ],
)
async def test_what_may_be_asked_of_a_day_may_be_asked_of_its_reminder(said: str, heard: str, jakarta: Talk) -> None:
    asked_to_buy(jakarta)
    await jakarta.says(said)
    assert heard in jakarta.plain


async def test_an_answer_is_said_again_and_more_kindly_to_whoever_did_not_understand(jakarta: Talk) -> None:
    await jakarta.says("cs bukalapak berapa")
    await jakarta.says("ulang dong")
    assert "021-508 13333" in jakarta.plain
    await jakarta.says("ga ngerti maksudnya")
    assert "Maaf kalau membingungkan" in jakarta.plain
    assert "021-508 13333" in jakarta.plain


@pytest.mark.parametrize(
    ("first", "then", "heard"),
    [
        ("lupa password", "telpon siapa", "0800-150-3001"),
        ("cs tokopedia", "ga diangkat", "Formulir Pengaduan"),
        ("sertifikat belum muncul, pelatihan sudah selesai di pintaria", "buka jam berapa", "Jam dan hari layanan"),
        ("insentif gagal, belum upgrade ovo", "nomornya", "1500696"),
        ("insentif gagal, belum upgrade dana", "kalau ganti ovo bisa?", "Rekening|OVO"),
        ("pelatihan belum muncul sertifikatnya", "nomer tokopedia", "tokopedia.com/help"),
        ("cara beli pelatihan", "dana belum masuk di dashboard", "video induksi"),
        ("batas beli kapan", "caranya?", "Cara ikut pelatihan"),
        ("cara beli pelatihan", "pakai uang sendiri?", "tidak perlu uangmu"),
        ("insentif berapa sebulan", "kapan dapet duitnya", "hari kerja"),
        ("status", "terus", "Cara ikut pelatihan"),
        ("atur pengingat", "kapan berikutnya?", "Berikutnya"),
        ("mau ganti rekening insentif", "putusnya gimana", "diputus di dashboard"),
        ("mau ganti rekening insentif", "punya suami boleh?", "Tidak bisa"),
        ("belum nonton video induksi", "berapa menit", "2–3 menit"),
        ("pelatihan masak", "itu doang?", "2/"),
        ("pelatihan masak", "selain masak", "Mau belajar apa"),
        ("gelombang 22 kapan dibuka", "yakin belum ada?", "belum diumumkan"),
        ("aku udah beli di tokped kemarin", "aman kan?", "Ya, aman dari batas beli"),
        ("siapa ini", "gimana caranya berhenti", "dimatikan"),
    ],
)
async def test_a_few_words_go_on_from_what_was_said(first: str, then: str, heard: str, jakarta: Talk) -> None:
    await jakarta.says(first)
    await jakarta.says(then)
    assert any(each in jakarta.plain for each in heard.split("|")), jakarta.plain


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("honor keluar tgl 25, sudah itu baru beli, belum ada uang", "tidak perlu uangmu"),
        ("rencananya sabtu tanggal 23, nunggu pesangon", "terlambat"),
        ("masih piket sampai sore, nanti malam saya kerjakan", "19.00"),
    ],
)
async def test_a_day_in_an_answer_lies_ahead(said: str, heard: str, jakarta: Talk) -> None:
    asked_to_buy(jakarta)
    await jakarta.says(said)
    assert heard in jakarta.plain


async def test_leniency_is_answered_at_once(jakarta: Talk) -> None:
    jakarta.now = jakarta.now.replace(day=22)
    await jakarta.says("saya terlambat satu jam karena piket, tidak ada keringanan?")
    assert "sudah lewat" in jakarta.plain
    assert "Aku ikut sedih" in jakarta.plain


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("masih bisa?", "23.59"),
        ("hp ganti", "Nomor lama"),
        ("bingung kak", "Statusmu"),
        ("udah rating kok belum ada jadwal", "24 jam|History Insentif"),
        ("kapan terakhir selesai kelasnya", "menyelesaikan"),
    ],
)
async def test_a_few_words_by_themselves_are_answered(said: str, heard: str, jakarta: Talk) -> None:
    await jakarta.says(said)
    assert any(each in jakarta.plain for each in heard.split("|")), jakarta.plain


async def test_two_misses_are_followed_by_answers_and_no_interrogation(jakarta: Talk) -> None:
    await jakarta.says("ga punya laptop")
    await jakarta.says("email masih bisa")
    await jakarta.says("batas beli kapan")
    assert "23.59" in jakarta.plain


async def test_what_comes_next_reports_nothing(jakarta: Talk) -> None:
    asked_to_finish(jakarta)
    await jakarta.says("statusku apa")
    await jakarta.says("terus?")
    assert not jakarta.participant.has(Milestone.COMPLETED)
    assert "sampai selesai" in jakarta.plain


async def test_whoever_watched_the_videos_is_not_told_to_watch_them(jakarta: Talk) -> None:
    await jakarta.says("saldo pelatihan kosong, video induksi sudah ditonton semua")
    assert "videonya sudah?" in jakarta.plain


async def test_reminders_turned_off_by_mistake_come_back(jakarta: Talk) -> None:
    await jakarta.says("stop ingatkan")
    await jakarta.says("iya matikan")
    await jakarta.says("eh jangan deh, nyalain lagi")
    assert jakarta.coming
    await jakarta.says("jam 7 malam")
    assert "19.00" in jakarta.plain


async def test_whoever_may_not_join_again_hears_it_after_the_consequence(jakarta: Talk) -> None:
    await jakarta.says("kalau sampai tanggal 21 saya belum beli apa akibatnya?")
    assert "dicabut" in jakarta.plain
    await jakarta.says("tapi masih bisa ikut gelombang depan kan?")
    assert "tidak bisa ikut gelombang mana pun lagi" in jakarta.plain


async def test_the_day_of_the_announcement_tells_the_wave(talk: Talk) -> None:
    await talk.says("lupa gelombang berapa, pengumumannya tgl 22 september")
    assert "gelombang 21" in talk.plain
    assert talk.participant.wave is None


async def test_a_code_that_never_comes_is_waited_for(jakarta: Talk) -> None:
    await jakarta.says("otp g msk2 dr td, udh 5x")
    assert "2 jam" in jakarta.plain


async def test_a_wrong_linking_code_is_waited_for_too(jakarta: Talk) -> None:
    await jakarta.says("mau sambungin dana tapi otp salah terus")
    await jakarta.says("harus tunggu berapa lama?")
    assert "tunggu 1 jam" in jakarta.plain


async def test_after_the_cutoff_no_failed_purchase_is_to_be_tried_again(jakarta: Talk) -> None:
    jakarta.participant = jakarta.participant.after(MilestoneReached(Milestone.PASSED))
    jakarta.now = jakarta.now.replace(day=22)
    await jakarta.says("semalam mau bayar di bukalapak error terus sampai lewat jam 12")
    assert "laporkan dengan tangkapan layarnya" in jakarta.plain
    assert "ulangi" not in jakarta.plain


async def test_only_the_platform_that_was_asked_for_is_shown(jakarta: Talk) -> None:
    await jakarta.says("pelatihan sambal ada di mana saja")
    assert "Karier.mu" in jakarta.plain
    await jakarta.says("yang di pintaria saja")
    assert "Pintaria" in jakarta.plain
    assert "Karier.mu" not in jakarta.plain
    assert "3 platform lain" in jakarta.plain


async def test_a_purchase_of_somebody_else_is_said_to_be_theirs(jakarta: Talk) -> None:
    await jakarta.says("anak saya sudah beli pelatihan di pintaria kemarin")
    await jakarta.says("untuk anak saya pak, bukan saya")
    assert "untuk orang lain" in jakarta.plain
    assert not jakarta.participant.progress


async def test_thanks_tell_no_date_that_was_just_told(jakarta: Talk) -> None:
    await jakarta.says("batas beli kapan")
    await jakarta.says("makasih kak")
    assert "23.59" not in jakarta.plain
