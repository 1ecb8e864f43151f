"""Somebody wants a person: honest help, and a summary ready to paste."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from talking import Talk

from programme.model.dialogues import Dialogue
from programme.model.events import MilestoneReached
from programme.model.messages import Sort
from programme.model.milestones import Milestone
from programme.model.participants import Participant
from programme.model.payments import Payment, PaymentStatus
from programme.redaction.cutter import redact


async def test_from_the_wish_for_a_person_to_a_summary_to_paste(makassar: Talk) -> None:
    await makassar.says("mau ngomong sama orang")
    assert "Ini soal apa?" in makassar.plain
    await makassar.presses("Pembelian pelatihan")
    await makassar.presses("Langsung saja, siapa yang menolong?")
    assert "Nomor kartu, NIK, OTP" in makassar.plain
    await makassar.says("sudah 3x bayar & gagal terus")
    await makassar.presses("Tokopedia")
    assert "belum bisa menyambungkanmu langsung ke orang" in makassar.plain
    assert "0800-150-3001" in makassar.plain
    assert {
        "tel:08001503001",
        "https://bantuan.prakerja.go.id/hc/id/requests/new",
        "https://www.tokopedia.com/help",
    } <= set(makassar.links)
    assert "belum bisa kupastikan" in makassar.plain, "no opening hours are invented"
    told = makassar.messages[-1].text
    assert "Peserta Kartu Prakerja gelombang 21" in told
    assert "Batas beli pelatihan pertama: Kamis, 21 Oktober 2021 pukul 23.59 WIB" in told
    assert "Masalah: Pembelian pelatihan" in told
    assert "Platform / mitra: Tokopedia" in told
    assert "Cerita: sudah 3x bayar &amp; gagal terus" in told
    assert "Senin, 18 Oktober 2021 pukul 10.00 WITA" in told


async def test_self_help_is_offered_once_and_taken(jakarta: Talk) -> None:
    await jakarta.opens("handoff")
    await jakarta.presses("Insentif")
    await jakarta.presses("Coba panduan dulu")
    assert "apa yang kamu lihat?" in jakarta.plain


async def test_whoever_comes_from_self_help_is_not_sent_back(jakarta: Talk) -> None:
    await jakarta.opens("purchase_problem", what="other", platform="bukalapak")
    await jakarta.presses("Siapa yang bisa menolong?")
    assert "Ceritakan masalahnya" in jakarta.plain
    await jakarta.presses("Lewati")
    assert "tel:+622150813333" in jakarta.links
    assert "Cerita:" not in jakarta.plain


@pytest.mark.parametrize(
    "story",
    [
        "Nama saya salah tulis di dashboard, kak",
        "saya belum beli karena otp tidak masuk terus",
        "tiap bayar selalu gagal, bukan di pintaria tapi di tokopedia",
        "ada yang telepon ngaku petugas minta kode otp saya",
        "batas belinya tanggal 21 kan, tapi videonya tidak bisa diputar",
    ],
)
async def test_a_story_that_was_asked_for_is_the_complaint_whatever_is_in_it(jakarta: Talk, story: str) -> None:
    """No answer to one of its sentences takes its place."""
    await jakarta.says("mau bicara dengan petugas")
    await jakarta.presses("Hal lain")
    assert "Ceritakan" in jakarta.plain
    await jakarta.says(story)
    if "Cerita:" not in jakarta.plain:  # where it happened is asked
        await jakarta.presses("Lainnya / lewati")
    assert f"Cerita: {story}" in jakarta.plain


STORY = "insentif belum cair sudah 2 bulan, katanya rekening ditutup"


async def test_what_was_told_before_self_help_is_not_asked_again(jakarta: Talk) -> None:
    await jakarta.says(STORY)
    await jakarta.presses("OVO")
    await jakarta.presses("Siapa yang bisa menolong?")
    assert f"Yang tadi kamu tulis sudah kucatat:\n<i>“{STORY}”</i>" in jakarta.text
    assert "Ceritakan masalahnya" not in jakarta.plain
    await jakarta.presses("✅ Cukup, lanjut")
    assert f"Cerita: {STORY}\nDitulis" in jakarta.text
    assert "Platform / mitra: OVO" in jakarta.plain


async def test_to_what_was_told_before_more_can_be_added(jakarta: Talk) -> None:
    await jakarta.says("gagal beli di tokopedia, otp salah terus")
    await jakarta.says("mau ngomong sama orang aja")
    assert "“gagal beli di tokopedia, otp salah terus”" in jakarta.plain
    await jakarta.says("padahal kodenya sudah benar")
    assert "Cerita: gagal beli di tokopedia, otp salah terus\npadahal kodenya sudah benar" in jakarta.plain
    assert "Platform / mitra: Tokopedia" in jakarta.plain, "it was named"


@pytest.mark.parametrize("words", ["tidak", "gak ada kak", "udah cukup", "itu aja"])
async def test_who_has_nothing_to_add_may_say_so(jakarta: Talk, words: str) -> None:
    await jakarta.says(STORY)
    await jakarta.presses("Siapa yang bisa menolong?")
    await jakarta.says(words)
    await jakarta.presses("Belum tahu")
    assert f"Cerita: {STORY}\nDitulis" in jakarta.text


async def test_answers_given_on_the_way_lose_nothing_of_the_story(jakarta: Talk) -> None:
    await jakarta.says("kenapa ya insentif saya belum juga cair")
    await jakarta.presses("Gagal, ada alasannya")
    await jakarta.presses("Alasan lain")
    await jakarta.says("makasih ya")
    await jakarta.says("aku mau bicara sama petugas")
    assert "“kenapa ya insentif saya belum juga cair”" in jakarta.plain


async def _asks_for_a_person_about_incentives(talk: Talk) -> Dialogue:
    """Return the dialogue that comes of it."""
    await talk.opens("handoff", about="incentive", tried="1")
    assert talk.dialogue is not None
    return talk.dialogue


@pytest.mark.parametrize("words", ["batas beli kapan?", "batal", "/pengingat", "/sertifikat", "sertifikat belum ada"])
async def test_a_story_is_dropped_once_something_else_is_typed(jakarta: Talk, words: str) -> None:
    await jakarta.says(STORY)
    await jakarta.says(words)
    handoff = await _asks_for_a_person_about_incentives(jakarta)
    assert "Ceritakan masalahnya" in jakarta.plain
    assert STORY not in handoff.answers.values()


@pytest.mark.parametrize("conversation", ["certificate", "deadline", "recommend", "obstacle", "report_bought", "start"])
async def test_a_story_is_dropped_once_something_else_is_pressed(jakarta: Talk, conversation: str) -> None:
    await jakarta.says(STORY)
    await jakarta.opens(conversation)
    handoff = await _asks_for_a_person_about_incentives(jakarta)
    assert "Ceritakan masalahnya" in jakarta.plain
    assert STORY not in handoff.answers.values()


async def test_who_pressed_something_else_in_the_menu_is_asked_what_they_want_a_person_for(jakarta: Talk) -> None:
    await jakarta.says(STORY)
    await jakarta.says("menu")
    await jakarta.presses("🎓 Sertifikat")
    await jakarta.says("mau bicara petugas")
    assert "Ini soal apa?" in jakarta.plain
    await jakarta.presses("Insentif")
    assert "Mau coba dulu?" in jakarta.plain


@pytest.mark.parametrize(
    "conversation",
    ["incentive_problem", "payment_account", "incentive_history", "call_center", "privacy", "old_button"],
)
async def test_a_story_stays_with_its_trouble_and_on_the_ways_to_a_person(jakarta: Talk, conversation: str) -> None:
    await jakarta.says(STORY)
    await jakarta.opens(conversation)
    await _asks_for_a_person_about_incentives(jakarta)
    assert f"“{STORY}”" in jakarta.plain


async def test_a_story_comes_along_through_the_menu(jakarta: Talk) -> None:
    await jakarta.says(STORY)
    await jakarta.says("/menu")
    await jakarta.presses("Kontak & bantuan")
    assert f"“{STORY}”" in jakarta.plain


async def test_words_that_turn_out_to_be_about_something_else_are_no_story(jakarta: Talk) -> None:
    await jakarta.opens("clarify", said="itu lho gimana jadinya", guesses="deadline", brought="itu lho gimana jadinya")
    await jakarta.presses("atas")
    assert jakarta.dialogue is None


@pytest.mark.parametrize("hours", [22, 24])
async def test_a_story_is_forgotten_after_a_day(jakarta: Talk, hours: int) -> None:
    await jakarta.says(STORY)
    assert jakarta.dialogue is not None
    jakarta.now += timedelta(hours=hours - 1)
    await jakarta.says("makasih")
    jakarta.now += timedelta(hours=1)
    await jakarta.says("mau bicara petugas")
    assert (STORY in jakarta.text) is (hours < 24)


async def test_an_open_question_forgets_what_was_told_before_it(jakarta: Talk) -> None:
    await jakarta.opens("incentive_problem", brought=STORY)
    assert jakarta.dialogue is not None
    assert jakarta.dialogue.answers["brought"] == STORY
    jakarta.now += timedelta(days=1)
    await jakarta.presses("Gagal, ada alasannya")
    assert jakarta.dialogue.asked == "why"
    assert "brought" not in jakarta.dialogue.answers


async def test_a_story_about_one_matter_is_no_complaint_about_another(jakarta: Talk) -> None:
    await jakarta.says(STORY)
    await jakarta.opens("handoff", about="certificate", tried="1")
    assert "Ceritakan masalahnya" in jakarta.plain


async def test_a_story_goes_to_people_once(jakarta: Talk) -> None:
    await jakarta.says(STORY)
    await jakarta.presses("Siapa yang bisa menolong?")
    await jakarta.presses("✅ Cukup, lanjut")
    await jakarta.presses("Belum tahu")
    assert jakarta.dialogue is None


async def test_what_was_not_understood_is_brought_along_too(jakarta: Talk) -> None:
    await jakarta.opens(
        "clarify", said="itu lho yang kemarin gimana jadinya", guesses="share", brought="itu lho gimana"
    )
    await jakarta.presses("Tidak ada yang cocok")
    await jakarta.presses("Hal lain")
    assert "“itu lho gimana”" in jakarta.plain


async def test_what_the_first_message_is_about_is_not_asked_again(jakarta: Talk) -> None:
    await jakarta.says("mau bicara dengan petugas tentang sertifikat")
    assert "Mau coba dulu?" in jakarta.plain
    await jakarta.presses("siapa yang menolong?")
    assert "Ceritakan masalahnya" in jakarta.plain


async def test_who_insists_by_telling_the_complaint_is_not_asked_for_it_again(jakarta: Talk) -> None:
    await jakarta.opens("handoff", about="incentive")
    assert "Mau coba dulu?" in jakarta.plain
    await jakarta.says("sudah tiga bulan insentif saya tidak masuk masuk")
    assert "masuk ke mana" in jakarta.plain
    await jakarta.says("uangnya buat susu anak saya")
    told = jakarta.messages[-1].text
    assert "Cerita: sudah tiga bulan insentif saya tidak masuk masuk\nuangnya buat susu anak saya" in told
    assert "Masalah: Insentif" in told


async def test_a_complaint_typed_at_once_tells_what_it_is_about(jakarta: Talk) -> None:
    await jakarta.opens("handoff")
    await jakarta.says("sertifikat saya hilang dari akun setelah ganti hp")
    assert "Mau coba dulu?" not in jakarta.plain, "who has told it hears whom to turn to, without a hurdle"
    await jakarta.presses("Tokopedia")
    assert "Cerita: sertifikat saya hilang" in jakarta.text
    assert "Masalah: Sertifikat" in jakarta.text


async def test_another_question_in_between_is_answered_and_no_complaint(jakarta: Talk) -> None:
    await jakarta.opens("handoff")
    await jakarta.says("batas beli pelatihan gelombang 21 kapan?")
    assert "21 Oktober 2021" in jakarta.plain
    assert "Cerita:" not in jakarta.plain


async def test_after_two_misunderstandings_it_apologises_first(jakarta: Talk) -> None:
    await jakarta.opens("handoff", missed="1")
    assert jakarta.plain.startswith("🙏 Maaf")
    assert "Ini soal apa?" in jakarta.plain


async def test_something_else_needs_only_the_story(jakarta: Talk) -> None:
    await jakarta.opens("handoff")
    await jakarta.says("hal lain")
    assert "Ceritakan masalahnya" in jakarta.plain


@pytest.mark.parametrize(("about", "conversation"), [("account", "account_access"), ("revoked", "revoked")])
async def test_each_matter_has_its_own_guide(jakarta: Talk, about: str, conversation: str) -> None:
    await jakarta.opens("handoff", about=about)
    await jakarta.presses("Coba panduan dulu")
    await jakarta.opens(conversation)
    assert jakarta.plain


async def test_the_summary_tells_what_was_done_and_which_payment_failed() -> None:
    sri = Talk(
        Participant(
            id=1,
            welcomed=True,
            wave=19,
            passed_on=date(2021, 9, 2),
            payments=(Payment(2, 600_000, PaymentStatus.FAILED, partner="ovo", reason="Rekening ditutup"),),
        ).after(MilestoneReached(Milestone.BOUGHT, on=date(2021, 9, 10), platform="pijar_mahir"))
    )
    await sri.opens("handoff", about="incentive", tried="1")
    await sri.says("tolong min")
    assert "gelombang 19, lolos 2 September 2021" in sri.plain
    assert "Sudah: Beli pelatihan pertama (10 September 2021, Pijar Mahir)" in sri.plain
    assert "Insentif ke-2 gagal: Rekening ditutup" in sri.plain
    assert "tel:1500696" in sri.links, "the partner is known from the payment"


async def test_the_payment_partner_is_asked_for_and_can_be_skipped(jakarta: Talk) -> None:
    await jakarta.opens("handoff", about="incentive", tried="1")
    await jakarta.presses("Lewati")
    assert "masuk ke mana" in jakarta.plain
    await jakarta.presses("Belum tahu")
    assert "tel:08001503001" in jakarta.links
    assert "Platform / mitra" not in jakarta.plain


async def test_numbers_cut_out_at_the_door_do_not_come_back(talk: Talk) -> None:
    await talk.opens("handoff", about="other")
    text, _found = redact("kartu saya 6011 2345 6789 0123 ditolak")
    await talk.says(text)
    assert "[nomor kartu]" in talk.plain
    assert "6011" not in talk.plain
    assert "Peserta Kartu Prakerja\n" in talk.plain


@pytest.mark.parametrize(
    "said", [("asdfgh qwe", "asdfgh zxcv"), ("prediksi bola malam ini?", "resep rendang dong")], ids=["keys", "topics"]
)
async def test_the_second_miss_in_a_row_offers_a_person_and_urges_nobody(jakarta: Talk, said: tuple[str, str]) -> None:
    await jakarta.says(said[0])
    assert "di luar kemampuanku" in jakarta.plain
    await jakarta.says(said[1])
    assert "yang ini juga belum bisa kujawab" in jakarta.plain
    assert jakarta.buttons[0] == "💬 Siapa yang bisa menolong?"
    await jakarta.presses("Siapa yang bisa menolong?")
    assert "Ini soal apa?" in jakarta.plain


async def test_who_was_turned_away_and_is_then_not_understood_is_offered_a_person_beside_the_guesses(
    jakarta: Talk,
) -> None:
    await jakarta.says("asdfgh qwe")
    await jakarta.says("gimana nih punyaku")
    assert "aku masih belum paham" in jakarta.plain
    assert len(jakarta.buttons) <= 4
    assert jakarta.buttons[-1] == "💬 Siapa yang bisa menolong?"
    await jakarta.presses("Siapa yang bisa menolong?")
    assert "Ini soal apa?" in jakarta.plain


async def test_a_miss_after_a_guess_offers_a_person_too(jakarta: Talk) -> None:
    await jakarta.says("gimana nih punyaku")
    assert "Aku belum yakin maksudmu" in jakarta.plain
    await jakarta.says("prediksi bola malam ini")
    assert jakarta.buttons[0] == "💬 Siapa yang bisa menolong?"


@pytest.mark.parametrize("between", ["makasih", "batas beli kapan?", "menu"])
async def test_misses_with_something_understood_in_between_are_not_in_a_row(jakarta: Talk, between: str) -> None:
    await jakarta.says("asdfgh qwe")
    await jakarta.says(between)
    await jakarta.says("resep rendang dong")
    assert "di luar kemampuanku" in jakarta.plain


async def test_who_was_answered_beside_something_off_topic_was_not_missed(jakarta: Talk) -> None:
    await jakarta.says("siapa presiden amerika, oh ya insentif kapan cair")
    assert "insentifmu" in jakarta.plain
    await jakarta.says("resep rendang dong")
    assert "di luar kemampuanku" in jakarta.plain
    assert jakarta.buttons[0] != "💬 Siapa yang bisa menolong?"


async def test_an_insult_is_met_with_an_apology_and_the_way_to_a_person(jakarta: Talk) -> None:
    await jakarta.opens("out_of_scope")
    assert "di luar kemampuanku" in jakarta.plain
    await jakarta.says("dasar sampah")
    assert jakarta.plain.startswith("🙏 Maaf")
    assert jakarta.buttons[0] == "💬 Siapa yang bisa menolong?"


async def test_where_there_is_no_helpdesk_nobody_is_promised(jakarta: Talk) -> None:
    heard = []
    for words in (
        "mau ngomong sama orang",
        "gagal bayar dua kali di tokopedia",
        "cuaca besok gimana",
        "dasar bot bego",
    ):
        await jakarta.says(words)
        heard.append(jakarta.plain)
        assert not any("petugas" in label for label in jakarta.buttons)
    assert not any("sampai ke petugas" in words or "bicara dengan petugas" in words for words in heard)


@pytest.mark.parametrize(
    ("story", "matter", "concerned"),
    [
        ("gagal bayar dua kali di tokopedia", "Pembelian pelatihan", "Tokopedia"),
        ("transaksi di bukalapak gantung terus dari kemarin", "Pembelian pelatihan", "Bukalapak"),
        ("pesanan saya di pijar tidak ada kabarnya", "Pembelian pelatihan", "Pijar Mahir"),
        ("aplikasi ovo saya tidak menerima apa apa", "Insentif", "OVO"),
        ("tidak bisa login dari kemarin min", "Akun / tidak bisa masuk", None),
    ],
)
async def test_what_it_is_about_and_whom_it_concerns_comes_from_what_was_told(
    jakarta: Talk, story: str, matter: str, concerned: str | None
) -> None:
    await jakarta.says("mau ngomong sama orang")
    await jakarta.presses("Hal lain")
    await jakarta.says(story)
    assert f"Masalah: {matter}" in jakarta.plain
    assert concerned is None or f"Platform / mitra: {concerned}" in jakarta.plain
    assert concerned is None or f"Atau {concerned}: " in jakarta.plain


@pytest.mark.parametrize("sort", [Sort.STICKER, Sort.PHOTO, Sort.LOCATION, Sort.OTHER])
async def test_what_can_not_be_read_leaves_the_open_question_open(jakarta: Talk, sort: Sort) -> None:
    await jakarta.opens("handoff", about="other")
    await jakarta.sends(sort)
    assert jakarta.plain.endswith("jangan ditulis ya.")
    await jakarta.says("halamannya putih terus dari kemarin")
    assert "Cerita: halamannya putih terus dari kemarin" in jakarta.plain
