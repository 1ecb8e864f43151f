"""How to buy, and what to do when buying fails."""

from __future__ import annotations

from datetime import datetime

import pytest
from talking import Talk

from programme.model.events import MilestoneReached
from programme.model.milestones import Milestone
from programme.model.participants import Participant


async def test_all_eight_steps_come_at_once(jakarta: Talk) -> None:
    await jakarta.opens("how_to_buy")
    assert "1. Masuk ke akunmu di www.prakerja.go.id." in jakarta.plain
    assert "5. Beli, bayar dengan nomor Kartu Prakerja." in jakarta.plain
    assert "8. Sertifikat muncul di dashboard" in jakarta.plain
    for name in ("Bukalapak", "Karier.mu", "Mau Belajar Apa", "Pijar Mahir", "Pintaria", "Sekolahmu", "Tokopedia"):
        assert name in jakarta.plain
    assert {"recommend", "purchase_problem", "report_bought"} <= jakarta.leads_to


async def test_the_answer_carries_the_cutoff_on_both_clocks(makassar: Talk) -> None:
    await makassar.opens("how_to_buy")
    assert "Kamis, 21 Oktober 2021 pukul 23.59 WIB" in makassar.plain
    assert "Jumat, 22 Oktober 2021 pukul 00.59 WITA" in makassar.plain


async def test_whoever_wants_to_be_led_sees_one_step_at_a_time(jakarta: Talk) -> None:
    await jakarta.opens("how_to_buy")
    await jakarta.presses("Pandu satu per satu")
    for number in range(1, 9):
        assert f"Langkah {number}/8" in jakarta.plain
        assert jakarta.outcome is not None
        assert jakarta.outcome.reply.edits
        if number < 8:
            await jakarta.presses("Lanjut ▶")
    assert "Lanjut ▶" not in jakarta.buttons
    assert {"recommend", "purchase_problem", "report_bought"} <= jakarta.leads_to
    await jakarta.presses("◀ Sebelumnya")
    assert "Langkah 7/8" in jakarta.plain
    await jakarta.presses("Lihat semua")
    assert "1. Masuk" in jakarta.plain


async def test_the_rules_that_cost_people_their_money_are_among_the_steps(jakarta: Talk) -> None:
    await jakarta.opens("how_to_buy", step="6")
    assert "selesai" in jakarta.plain
    assert "Tidak bisa ditukar" in jakarta.plain
    await jakarta.opens("how_to_buy", step="7")
    assert "rating dan ulasan" in jakarta.plain
    assert "insentif tidak bisa cair" in jakarta.plain
    await jakarta.opens("how_to_buy", step="8")
    assert "setelah laporan platform diterima" in jakarta.plain
    assert "tidak bisa kujanjikan" in jakarta.plain


async def test_under_the_later_rules_nothing_unknown_is_claimed() -> None:
    talk = Talk(Participant(id=1, welcomed=True, wave=50))
    await talk.opens("how_to_buy", step="6")
    assert "15 hari" in talk.plain
    assert "belum bisa kupastikan" in talk.plain
    await talk.opens("how_to_buy", step="7")
    assert "belum bisa kupastikan" in talk.plain


async def test_after_the_purchase_the_steps_lead_on(jakarta: Talk) -> None:
    await jakarta.opens("report_bought", platform="tokopedia", date="2021-10-17")
    assert jakarta.participant.has(Milestone.BOUGHT)
    await jakarta.opens("how_to_buy")
    assert "report_completed" in jakarta.leads_to
    assert "Jangan ditunda" not in jakarta.plain


@pytest.mark.parametrize(
    ("platform", "contact", "url"),
    [
        ("Bukalapak", "021-508 13333", "tel:+622150813333"),
        ("Mau Belajar Apa", "+62 811 8807 172", "https://wa.me/628118807172"),
        ("Pijar Mahir", "+62 821 1111 3630", "https://wa.me/6282111113630"),
        ("Pintaria", "www.pintaria.com", "https://www.pintaria.com"),
        ("Sekolahmu", "+62 813 1579 2171", "https://wa.me/6281315792171"),
        ("Sisnaker", "021-508 16000", "tel:+622150816000"),
        ("Tokopedia", "www.tokopedia.com/help", "https://www.tokopedia.com/help"),
    ],
)
async def test_trouble_ends_at_the_service_of_the_right_platform(
    jakarta: Talk, platform: str, contact: str, url: str
) -> None:
    await jakarta.opens("purchase_problem")
    await jakarta.presses("Hal lain")
    await jakarta.presses(platform)
    assert contact in jakarta.plain
    assert url in jakarta.links
    assert {"report_bought", "handoff", "call_center"} <= jakarta.leads_to


async def test_each_cause_has_its_own_advice(jakarta: Talk) -> None:
    await jakarta.opens("purchase_problem", platform="tokopedia")
    await jakarta.presses("Koneksi")
    assert "Sebelum bayar ulang" in jakarta.plain
    await jakarta.opens("purchase_problem", platform="tokopedia")
    await jakarta.presses("Nomor kartu / OTP")
    assert "angka demi angka" in jakarta.plain
    assert "jangan dikirim ke siapa pun" in jakarta.plain
    await jakarta.opens("purchase_problem")
    await jakarta.presses("Dana belum ada")
    assert "video induksi" in jakarta.plain


async def test_whoever_names_the_platform_sees_its_service_at_once(jakarta: Talk) -> None:
    await jakarta.opens("purchase_problem", platform="tokopedia")
    assert "Apa yang terjadi" in jakarta.plain
    assert "www.tokopedia.com/help" in jakarta.plain
    assert "https://www.tokopedia.com/help" in jakarta.links


async def test_the_numbers_themselves_are_never_asked_for(jakarta: Talk) -> None:
    await jakarta.opens("purchase_problem")
    assert "jangan ditulis di sini" in jakarta.plain


async def test_what_the_first_message_says_is_not_asked_again(jakarta: Talk) -> None:
    await jakarta.says("otp ga masuk pas bayar di pijar")
    assert "OTP belum masuk?" in jakarta.plain
    assert "https://wa.me/6282111113630" in jakarta.links


async def test_a_cause_said_first_is_advised_on_before_the_platform_is_asked(jakarta: Talk) -> None:
    await jakarta.says("internet lemot waktu beli pelatihan")
    assert "Sebelum bayar ulang" in jakarta.plain
    assert "platform mana" in jakarta.plain
    await jakarta.says("di bukalapak kak")
    assert "021-508 13333" in jakarta.plain
    assert "Sebelum bayar ulang" not in jakarta.plain


async def test_the_causes_can_be_typed(jakarta: Talk) -> None:
    await jakarta.opens("purchase_problem")
    await jakarta.says("koneksi")
    await jakarta.says("karier.mu")
    assert "Kontak Karier.mu tidak ada di catatanku" in jakarta.plain
    assert jakarta.links == []


async def test_a_platform_that_is_not_listed_leads_to_the_call_center(jakarta: Talk) -> None:
    await jakarta.opens("purchase_problem", what="other")
    await jakarta.presses("Lainnya / lewati")
    assert "0800-150-3001" in jakarta.plain


async def test_the_obstacle_is_kept_for_staff_to_count(jakarta: Talk) -> None:
    await jakarta.opens("purchase_problem", what="other", platform="tokopedia")
    assert jakarta.participant.obstacle == "purchase_fails"


async def test_going_back_asks_the_first_question_again(jakarta: Talk) -> None:
    await jakarta.opens("purchase_problem")
    await jakarta.presses("Koneksi")
    await jakarta.says("kembali")
    assert "Apa yang terjadi waktu beli?" in jakarta.plain


@pytest.mark.parametrize(
    "words",
    [
        "udah beli tapi di dashboard ga muncul",
        "sudah beli di tokopedia tapi dashboard masih kosong",
        "sudah checkout di tokped kemarin tapi statusnya masih diproses",
        "I bought a course on tokopedia but it does not show in my dashboard",
    ],
)
async def test_a_purchase_that_the_dashboard_does_not_show_needs_proof_and_keeps_its_reminders(
    jakarta: Talk, words: str
) -> None:
    await jakarta.says(words)
    assert "Jangan beli ulang dulu" in jakarta.plain
    assert "Simpan bukti" in jakarta.plain
    assert "Pengingatku tetap jalan" in jakarta.plain
    assert "Kamis, 21 Oktober 2021" in jakarta.plain
    if "platform mana" in jakarta.plain:
        await jakarta.says("tokopedia")
    assert "www.tokopedia.com/help" in jakarta.plain
    assert not jakarta.participant.has(Milestone.BOUGHT)


async def test_whoever_reported_the_purchase_already_may_be_reminded_again() -> None:
    bought = MilestoneReached(Milestone.BOUGHT, platform="bukalapak")
    talk = Talk(Participant(id=1, welcomed=True, wave=21).after(bought))
    await talk.opens("purchase_problem", what="not_shown")
    assert "021-508 13333" in talk.plain, "the platform is known"
    await talk.presses("Ingatkan lagi")
    assert not talk.participant.has(Milestone.BOUGHT)


async def test_on_the_last_day_three_steps_are_enough(jakarta: Talk) -> None:
    """Certificate and review can wait; the cutoff can't."""
    jakarta.now = datetime.fromisoformat("2021-10-21T21:30:00+07:00")
    await jakarta.says("cara beli")
    assert "3. Bayar dengan nomor Kartu Prakerja" in jakarta.plain
    assert "4." not in jakarta.plain
    assert "ertifikat" not in jakarta.plain
    assert "21 Oktober 2021 pukul 23.59 WIB" in jakarta.plain
    await jakarta.presses("Lihat semua langkah")
    assert "8. Sertifikat muncul di dashboard" in jakarta.plain


async def test_past_the_cutoff_that_comes_first_and_then_what_is_left(jakarta: Talk) -> None:
    """Nobody is sent to buy what no longer helps; the steps are still there for whoever wants them."""
    jakarta.now = datetime.fromisoformat("2021-10-22T10:00:00+07:00")
    await jakarta.says("cara beli")
    assert jakarta.plain.startswith("⚫ Batas beli gelombangmu sudah lewat: Kamis, 21 Oktober 2021")
    assert "Yang masih bisa" in jakarta.plain
    assert {"report_bought", "revoked"} <= jakarta.leads_to
    await jakarta.presses("Lihat semua langkah")
    assert jakarta.plain.startswith("⚫ Batas beli gelombangmu sudah lewat")
    await jakarta.opens("how_to_buy", step="5")
    assert jakarta.plain.startswith("⚫ Batas beli gelombangmu sudah lewat")
    await jakarta.opens("platform_contact", platform="tokopedia")
    assert jakarta.plain.startswith("⚫ Batas beli gelombangmu sudah lewat")
