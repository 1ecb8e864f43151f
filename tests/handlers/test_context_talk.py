"""What was said last gives the next words their meaning."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from handlers.dialogue.announced import stamped
from programme.model.broadcasts import Audience
from programme.model.messages import Message
from programme.model.milestones import Milestone
from programme.model.zones import Zone
from reminders.policy import load_policy
from reminders.wording.compose import without_picture
from reminders.wording.situation import ReminderSituation
from tests.handlers.talking import Talk

LAST_EVENING = datetime.fromisoformat("2021-10-21T19:30:00+07:00")


def reminded(talk: Talk, key: str = "H-3", cutoff: str = "2021-10-21") -> None:
    """Let the reminder of that key be what the person read last."""
    source = f"reminder/21/{cutoff}/{key}"
    message = without_picture(source, ReminderSituation(talk.participant, talk.programme, load_policy(), talk.now))
    assert isinstance(message, Message)
    talk.read(message)


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("jam 8 malam", "20.00"),
        ("sabtu", "terlambat|sudah lewat"),
        ("belum", "21 Oktober"),
        ("oke nanti", "21 Oktober"),
        ("bentar lagi", "21 Oktober"),
        ("lagi kerja", "21 Oktober"),
        ("ga punya kuota", "wifi"),
        ("belum sempat", "21 Oktober"),
        ("habis gajian", "tidak perlu uangmu"),
        ("kalau ada uang", "tidak perlu uangmu"),
        ("bingung mau ambil apa", "rekomendasi"),
        ("iya", "21 Oktober"),
    ],
)
async def test_an_answer_to_a_reminder_is_met_as_what_it_is(jakarta: Talk, said: str, heard: str) -> None:
    reminded(jakarta)
    await jakarta.says(said)
    assert any(each in jakarta.plain for each in heard.split("|")), jakarta.plain
    assert not jakarta.participant.progress
    assert jakarta.coming


async def test_the_question_gives_a_report_its_verb(jakarta: Talk) -> None:
    reminded(jakarta)
    await jakarta.says("udah kak kemarin di pintaria")
    assert jakarta.participant.progress[Milestone.BOUGHT].platform == "pintaria"


@pytest.mark.parametrize("said", ["besok aja deh belinya", "nanti jam 12 malam"])
async def test_a_plan_after_the_cutoff_hears_of_the_cutoff_first(said: str, jakarta: Talk) -> None:
    jakarta.now = LAST_EVENING.astimezone(jakarta.now.tzinfo)
    reminded(jakarta, "H-0-18")
    await jakarta.says(said)
    assert "terlambat" in jakarta.plain or "sudah lewat" in jakarta.plain
    assert "23.59" in jakarta.plain


async def test_the_same_is_asked_of_another_platform(jakarta: Talk) -> None:
    await jakarta.says("cara beli di tokopedia")
    assert "Program Pemerintah" in jakarta.plain, "Tokopedia's own steps"
    await jakarta.says("kalau di bukalapak?")
    assert "Beli di Bukalapak" in jakarta.plain


async def test_what_a_number_costs_is_asked_after_the_number(jakarta: Talk) -> None:
    await jakarta.says("nomor call center prakerja berapa")
    await jakarta.says("bayar ga?")
    assert "bebas pulsa" in jakarta.plain


async def test_a_doubt_about_a_date_hears_its_source(jakarta: Talk) -> None:
    await jakarta.says("batas gelombang 21 kapan")
    await jakarta.says("yakin? di berita katanya tgl 18")
    assert "21 Oktober 2021" in jakarta.plain
    assert "Permenko" in jakarta.plain
    assert "dashboard" in jakarta.plain


async def test_a_choice_chooses(jakarta: Talk) -> None:
    await jakarta.says("pelatihan buat jualan dong")
    await jakarta.says("yang kedua aja")
    assert "· 2/" in jakarta.plain


async def test_a_correction_corrects(jakarta: Talk) -> None:
    await jakarta.says("udah beli kemarin di pintaria")
    await jakarta.says("eh salah, bukan pintaria, tokopedia")
    step = jakarta.participant.progress[Milestone.BOUGHT]
    assert (step.platform, step.on and step.on.isoformat()) == ("tokopedia", "2021-10-17")


async def test_a_name_alone_never_reports_a_purchase(jakarta: Talk) -> None:
    await jakarta.says("temen gue udah beli")
    await jakarta.says("dia di tokped")
    assert not jakarta.participant.progress


async def test_a_complaint_that_solved_itself_is_let_go(jakarta: Talk) -> None:
    await jakarta.says("sertifikat belum muncul sudah lima hari")
    await jakarta.says("gak usah deh, udah muncul ternyata")
    assert "Syukurlah" in jakarta.plain


@pytest.mark.parametrize(
    "said",
    [
        "insentif belum cair padahal ulasan dan rating sudah saya isi",
        "rating udah keisi, ulasan juga udah, kok insentif belum masuk",
        "ulasan sudah, rekening sama nik sesuai, tapi insentif ga cair2",
    ],
)
async def test_a_cause_that_is_ruled_out_is_not_told(jakarta: Talk, said: str) -> None:
    await jakarta.says(said)
    assert "belum terisi" not in jakarta.plain
    assert "0800-150-3001" in jakarta.plain


async def test_what_is_denied_is_not_answered(jakarta: Talk) -> None:
    await jakarta.says("bukan lupa password, tapi emailnya yg ga aktif")
    assert "pulihkan dulu e-mailnya" in jakarta.plain


async def test_a_moment_is_held_against_the_cutoff_on_the_clock_of_its_place(jakarta: Talk) -> None:
    await jakarta.says("misal saya beli tgl 22 jam 1 pagi di jayapura masih masuk ga")
    assert "Masih bisa" in jakarta.plain
    assert "21 Oktober 2021 pukul 23.00 WIB" in jakarta.plain
    await jakarta.says("kalau tgl 22 jam 3 pagi di jayapura masih bisa ga belinya")
    assert "Sudah terlambat" in jakarta.plain


@pytest.mark.parametrize(
    "said",
    [
        "dapat WA suruh daftar di prakerja.vip dapat 600 ribu, beneran?",
        "ada yg telpon minta kode otp katanya biar insentif cair",
        "ada jasa urus sampai sertifikat, bayar 50rb kasih akun",
    ],
)
async def test_fraud_is_warned_of_first(jakarta: Talk, said: str) -> None:
    await jakarta.says(said)
    assert jakarta.plain.startswith("🚨")


@pytest.mark.parametrize("said", ["ok", "hmm", "👍", "siap min"])
async def test_a_word_that_asks_nothing_gets_no_buttons(jakarta: Talk, said: str) -> None:
    await jakarta.says(said)
    assert jakarta.keys == []


async def test_somebody_elses_matter_is_told_in_general(jakarta: Talk) -> None:
    await jakarta.says("anak saya sudah lolos, tolong cekin")
    await jakarta.presses("Orang lain")
    await jakarta.says("20")
    assert "14 Oktober 2021" in jakarta.plain
    assert jakarta.participant.wave == 21


async def test_back_to_what_was_spoken_of_before(jakarta: Talk) -> None:
    await jakarta.says("cara beli di bukalapak")
    await jakarta.says("total insentifnya berapa")
    await jakarta.says("balik ke yang tadi, kalau macet telpon kemana")
    assert "021-508 13333" in jakarta.plain


async def test_a_question_of_yesterday_is_answered_no_more(jakarta: Talk) -> None:
    await jakarta.says("cara beli di tokopedia")
    jakarta.participant = replace(jakarta.participant, zone=Zone.WIB)
    jakarta.now = jakarta.now.replace(day=20)
    await jakarta.says("kalau di bukalapak?")
    assert "Beli di Bukalapak" not in jakarta.plain


@pytest.mark.parametrize(
    ("first", "said", "heard"),
    [
        ("mending tokopedia apa bukalapak", "yang kedua aja", "Beli di Bukalapak"),
        ("mending tokopedia apa bukalapak", "yang pertama belinya gimana", "Beli di Tokopedia"),
        ("platform mana yang bagus", "kalau yang keempat?", "Beli di Pijar Mahir"),
        ("minta kontak tokopedia sama pijar mahir", "yang kedua", "WhatsApp +62 821 1111 3630"),
        ("minta kontak tokopedia sama pijar mahir", "yg kedua tu ditelpon apa di chat", "WhatsApp +62 821 1111 3630"),
        ("minta kontak tokopedia sama pijar mahir", "yang satunya lagi", "WhatsApp +62 821 1111 3630"),
        ("cara nyambungin rekening", "yang ketiga aja", "LinkAja: telepon 150911"),
        ("bedanya saldo pelatihan sama insentif apa", "yang kedua totalnya berapa", "2.400.000"),
        ("batas belinya kapan, insentifnya berapa", "yang kedua", "Rp600.000 × 4"),
    ],
)
async def test_a_place_chooses_of_what_the_last_answer_listed(jakarta: Talk, first: str, said: str, heard: str) -> None:
    await jakarta.says(first)
    await jakarta.says(said)
    assert heard in jakarta.plain
    assert not jakarta.participant.progress


async def test_each_of_a_list_can_be_chosen_in_turn(jakarta: Talk) -> None:
    await jakarta.says("minta kontak tokopedia sama pijar mahir")
    await jakarta.says("yang kedua")
    await jakarta.says("kalau yang pertama?")
    assert "tokopedia.com" in jakarta.plain


async def test_the_second_training_is_no_second_of_a_list(jakarta: Talk) -> None:
    await jakarta.says("mending tokopedia apa bukalapak")
    await jakarta.says("yang kedua boleh ambil pelatihan kedua ga")
    assert "Boleh ambil pelatihan lagi" in jakarta.plain


async def test_a_place_chooses_among_buttons_but_answers_no_yes_or_no(jakarta: Talk) -> None:
    await jakarta.opens("platform_contact", other="1")
    await jakarta.says("yang kedua aja")
    assert "Karier.mu" in jakarta.plain
    await jakarta.says("temen gue udah beli")
    await jakarta.says("yang pertama")
    assert not jakarta.participant.progress


@pytest.mark.parametrize(
    ("back", "heard"),
    [
        ("yang insentif tadi gimana", "tidak sama"),
        ("terus soal insentif tadi jadinya gimana", "tidak sama"),
        ("balik ke insentif yang tadi", "tidak sama"),
        ("yang tokopedia tadi gimana", "Beli di Tokopedia"),
        ("balik ke yang tadi", "3 survei"),
    ],
)
async def test_back_over_two_other_matters(jakarta: Talk, back: str, heard: str) -> None:
    await jakarta.says("cara beli di tokopedia")
    await jakarta.says("insentif saya gagal cair katanya nomor hp beda")
    await jakarta.says("survei wajib ga")
    await jakarta.says("sertifikat belum muncul di dashboard")
    await jakarta.says(back)
    assert heard in jakarta.plain, "the question that was open does not take it for its answer"


async def test_back_to_a_trouble_with_what_was_found_out_of_it(jakarta: Talk) -> None:
    await jakarta.says("kode otp login gw minta 5x malah diblok")
    await jakarta.says("btw ada pelatihan bikin sambel ga")
    await jakarta.says("balik ke yg td. nunggunya brp lama")
    assert "tunggu 2 jam" in jakarta.plain


async def test_what_was_only_turned_to_in_between_is_passed_over(jakarta: Talk) -> None:
    await jakarta.says("sertifikat saya belum muncul di dashboard")
    await jakarta.says("kontak call center prakerja")
    await jakarta.says("kontak tokopedia berapa")
    await jakarta.says("balik ke yang tadi")
    assert "Sertifikat muncul di dashboard" in jakarta.plain


async def test_only_so_many_matters_are_kept(jakarta: Talk) -> None:
    for said in (
        "survei wajib ga",
        "batas gel 21 kapan",
        "insentif berapa",
        "boleh tukar pelatihan ga",
        "ini bot?",
    ):
        await jakarta.says(said)
    about = jakarta.messages[-1].about
    assert about is not None
    assert [one.conversation for one in about.earlier()] == ["change_training", "incentive_rules", "deadline"]


async def test_one_that_was_never_spoken_of_is_no_way_back(jakarta: Talk) -> None:
    await jakarta.says("survei wajib ga")
    await jakarta.says("batas gel 21 kapan")
    await jakarta.says("soal sertifikat tadi gimana, kok belum muncul")
    assert "Sertifikat muncul" in jakarta.plain


@pytest.mark.parametrize(
    "said", ["lagi kerja nih", "masih nyetir bang", "aku lagi di jalan", "lagi nungguin anak les", "lagi kuliah kak"]
)
async def test_what_one_is_doing_is_no_matter_and_to_a_reminder_it_means_not_now(said: str, jakarta: Talk) -> None:
    await jakarta.says(said)
    assert jakarta.plain == "👍 Sip. Tulis saja kalau ada yang mau ditanyakan."
    reminded(jakarta)
    await jakarta.says(said)
    assert "21 Oktober 2021 pukul 23.59" in jakarta.plain
    assert "Soal kerja" not in jakarta.plain


@pytest.mark.parametrize(
    "said", ["saya lagi kerja di pabrik, masih boleh ikut?", "saya masih kuliah", "saya baru keterima kerja"]
)
async def test_what_one_is_asks_whether_one_may_take_part(said: str, jakarta: Talk) -> None:
    await jakarta.says(said)
    assert "Soal kerja, kuliah" in jakarta.plain


@pytest.mark.parametrize(
    ("first", "then", "heard"),
    [
        ("batas gel 21 kapan", "kalau lewat gimana nasibnya insentif saya", "Kepesertaan dicabut kalau"),
        ("batas gel 21 kapan", "itu jam waktu jakarta atau waktu sini?", "Saat yang sama"),
        ("eror terus mau bayar di bukalapak", "sudah ganti wifi, otp bener, saldo ada. trus?", "021-508 13333"),
        ("video induksi ga mau jalan", "udah ganti wifi, udah ganti browser, tetap aja", "0800-150-3001"),
        ("insentif gagal cair katanya nomor hp beda", "mana dulu, ganti nomor apa putusin ovo?", "Putuskan dulu"),
        ("insentif gagal, tulisannya e-wallet telah ditutup", "dana kak", "1500445"),
        ("batas gel 21 kapan", "insentif saya gagal cair, nomor hp beda", "tidak sama"),
    ],
)
async def test_a_short_question_goes_on_from_what_was_said(jakarta: Talk, first: str, then: str, heard: str) -> None:
    await jakarta.says(first)
    await jakarta.says(then)
    assert heard in jakarta.plain


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("kalau nggak dibeli sampai habis waktu, uang sejuta itu lari ke mana", "saldo kembali ke program"),
        ("kalau gelombang ini kulewatkan, bisa daftar lagi gelombang depan?", "tidak bisa ikut gelombang mana pun"),
        ("aku keterima kerja di toko, insentif yang sisa masih lanjut ga", "aturannya tidak ada di sumberku"),
        ("minta nomor cs dana kak", "1500445"),
    ],
)
async def test_what_is_asked_is_known_by_its_words_where_the_likeliest_intent_is_another(
    jakarta: Talk, said: str, heard: str
) -> None:
    await jakarta.says(said)
    assert heard in jakarta.plain


@pytest.mark.parametrize(
    "said",
    [
        "bisa pinjam uang 500 ribu dulu kak",
        "tolong bantu pr anak kelas 4, tiga perempat tambah setengah hasilnya berapa",
        "helm yang kupesan di tokopedia seminggu belum nyampe",
    ],
)
async def test_what_is_of_elsewhere_is_turned_away_without_a_question(said: str, jakarta: Talk) -> None:
    await jakarta.says(said)
    assert "di luar kemampuanku" in jakarta.plain
    assert not jakarta.outcome or not jakarta.outcome.asks


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("otp login ga nyampe2 udah 5 kali minta", "tunggu 2 jam"),
        ("foto ktp saya nanti dipakai pinjol ga", "Yang kusimpan"),
        ("skripsi lagi numpuk, bisa ga pacar yang ngelanjutin kelas online gue", "Yang lolos itu kamu"),
    ],
)
async def test_words_of_elsewhere_do_not_hide_what_is_ours(said: str, heard: str, jakarta: Talk) -> None:
    await jakarta.says(said)
    assert heard in jakarta.plain


BROADCAST = Message(
    "Batas beli pelatihan pertama gelombang 22 tinggal 3 hari lagi: Selasa 30 November 2021 pukul 23.59 WIB."
)


async def test_a_broadcast_to_another_wave_is_said_to_be_none_of_ones_own(jakarta: Talk) -> None:
    jakarta.read(BROADCAST)
    await jakarta.says("ini bukan buat saya kan? saya mah gelombang 21")
    assert "untuk gelombang 22, bukan untukmu di gelombang 21" in jakarta.plain


async def test_a_trouble_at_another_platform_does_not_concern_one(jakarta: Talk) -> None:
    words = Message("Pintaria sedang dalam perbaikan sampai pukul 15.00 WIB hari ini. Mohon coba lagi sesudahnya.")
    jakarta.read(stamped({"id": words}, Audience(waves=(21,)), jakarta.now.date())["id"])
    await jakarta.says("saya rencana di tokopedia, terdampak atau tidak")
    assert "Itu soal Pintaria" in jakarta.plain


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("dari keluar jadwal sampai duitnya di tangan berapa lama", "3–5 hari kerja"),
        ("nomor OVO saya beda sama nomor yang di prakerja", "tidak sama"),
    ],
)
async def test_what_money_waits_for(jakarta: Talk, said: str, heard: str) -> None:
    await jakarta.says(said)
    assert heard in jakarta.plain


async def test_a_wave_told_in_a_longer_answer_is_kept(talk: Talk) -> None:
    await talk.says("tanggal terakhir beli pelatihan kapan")
    await talk.says("gelombang 20 kak kata sms nya, baru dicari lagi")
    assert talk.participant.wave == 20


async def test_a_complaint_that_solved_itself_names_no_wallet_instead(jakarta: Talk) -> None:
    await jakarta.says("insentif dijadwalkan tgl 3 sampai sekarang belum masuk")
    await jakarta.says("eh maaf barusan dicek lagi di dana udah masuk ternyata, saya yang salah lihat, ga jadi ngadu")
    assert "Syukurlah" in jakarta.plain


async def test_where_only_a_site_is_known_no_number_is_promised(jakarta: Talk) -> None:
    await jakarta.says("nomor telepon pintaria berapa")
    assert "Nomor telepon atau WhatsApp-nya tidak ada di catatanku" in jakarta.plain


async def test_where_the_dashboard_is_can_be_asked_in_the_middle_of_money(jakarta: Talk) -> None:
    await jakarta.says("insentif saya sudah berapa kali cair")
    await jakarta.says("dashboard itu dimana")
    assert "halaman akunmu" in jakarta.plain


async def test_how_long_money_takes_is_told_without_the_whole_history(jakarta: Talk) -> None:
    await jakarta.says("insentif masuk berapa lama setelah dijadwalkan")
    assert jakarta.plain.startswith("⏳")


async def test_two_contacts_fit_in_one_message(jakarta: Talk) -> None:
    await jakarta.says("minta kontak tokopedia sama pijar mahir")
    assert len(jakarta.messages) == 1
    assert jakarta.plain.count("Sebutkan nama pelatihan") == 1
    assert "Sumber: Tribunnews" in jakarta.plain


async def test_a_question_mark_alone_makes_a_question_of_an_answer_to_a_reminder(jakarta: Talk) -> None:
    reminded(jakarta)
    await jakarta.says("tengah malam masih terima?")
    assert jakarta.participant.plan_at is None


@pytest.mark.parametrize(("words", "opens"), [("statusku", "how_to_buy"), ("\N{ROUND PUSHPIN} Statusku", "how_to_buy")])
async def test_a_key_of_the_menu_is_known_by_its_name_at_any_time(jakarta: Talk, words: str, opens: str) -> None:
    """Not only where it was offered just now: people read it in the menu of yesterday."""
    await jakarta.says(words)
    assert "Statusmu" in jakarta.text
    assert opens in jakarta.leads_to
