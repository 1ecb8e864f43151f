"""The incentive: its history, and what to do when it does not come."""

from __future__ import annotations

from datetime import date

import pytest
from talking import Talk

from bot.channels.buttons import ButtonSigner
from programme.model.events import MilestoneReached
from programme.model.messages import AskContact, Button
from programme.model.milestones import Milestone
from programme.model.participants import Participant
from programme.model.payments import Payment, PaymentStatus
from programme.programme import load_programme

CLOSED = "Rekening/E-Wallet telah ditutup di Bank/E-Wallet"
BNI = (
    "Insentif Anda gagal dicairkan. Cek Rekening BNI Anda dengan menghubungi Hotline BNI: 1500046 atau ganti ke akun "
    "e-wallet lainnya"
)
PAID = Payment(1, 600_000, PaymentStatus.PAID, paid_on=date(2021, 9, 20), partner="ovo")
FAILED = Payment(2, 600_000, PaymentStatus.FAILED, scheduled_on=date(2021, 10, 15), partner="linkaja", reason=CLOSED)


def official(*payments: Payment) -> Talk:
    return Talk(Participant(id=1, welcomed=True, wave=19, official=True, payments=payments))


async def test_each_payment_opens_to_its_detail_and_closes_again() -> None:
    sri = official(PAID, FAILED)
    await sri.says("/riwayat")
    assert "Sekarang:\n❌ Ke-2: Rp600.000, gagal · 15 Oktober 2021" in sri.plain
    assert "Sebelumnya:\n✅ Ke-1: Rp600.000, cair · 20 September 2021" in sri.plain
    assert "Alasannya" not in sri.plain
    await sri.presses("▾ Ke-2")
    assert sri.outcome is not None
    assert sri.outcome.reply.edits
    assert CLOSED in sri.plain
    assert "ditutup atau tidak aktif" in sri.plain
    assert "LinkAja" in sri.plain
    assert "tel:150911" in sri.links
    assert {"payment_account", "handoff"} <= sri.leads_to
    await sri.presses("▴ Ke-2")
    assert "Alasannya" not in sri.plain


async def test_a_paid_one_says_when_and_where_to() -> None:
    sri = official(PAID)
    await sri.opens("incentive_history")
    assert "survey" in sri.leads_to
    await sri.presses("▾ Ke-1")
    assert "Tujuan: OVO" in sri.plain
    await sri.presses("Uangnya tidak ada")
    assert "hari kerja" in sri.plain


async def test_a_held_payment_is_not_explained_but_handed_to_a_person() -> None:
    sri = official(Payment(1, 600_000, PaymentStatus.HELD))
    await sri.opens("incentive_history", open="1")
    assert "tidak mau menebak" in sri.plain
    assert "handoff" in sri.leads_to


@pytest.mark.parametrize(
    ("status", "words"),
    [(PaymentStatus.SCHEDULED, "3–5 hari kerja"), (PaymentStatus.CHECKING, "sedang dicocokkan")],
)
async def test_one_on_its_way_says_what_it_waits_for(status: PaymentStatus, words: str) -> None:
    sri = official(Payment(1, 600_000, status, scheduled_on=date(2021, 10, 20)))
    await sri.opens("incentive_history", open="1")
    assert words in sri.plain


async def test_under_rules_without_known_days_none_are_told() -> None:
    talk = Talk(
        Participant(
            id=1, welcomed=True, wave=50, official=True, payments=(Payment(1, 600_000, PaymentStatus.SCHEDULED),)
        )
    )
    await talk.opens("incentive_history", open="1")
    assert "hari kerja" not in talk.plain
    await talk.opens("incentive_problem", shows="late")
    assert "belum bisa kupastikan" in talk.plain


async def test_a_reason_that_nobody_knows_goes_to_a_person() -> None:
    sri = official(Payment(1, 600_000, PaymentStatus.FAILED, reason="Kode 77"))
    await sri.opens("incentive_history", open="1")
    assert "Kode 77" in sri.plain
    assert "belum ada di catatanku" in sri.plain
    assert "handoff" in sri.leads_to
    sri = official(Payment(1, 600_000, PaymentStatus.FAILED))
    await sri.opens("incentive_history", open="1")
    assert "handoff" in sri.leads_to


async def test_without_official_data_it_says_so_and_explains_the_dashboard(jakarta: Talk) -> None:
    await jakarta.opens("incentive_history")
    assert "Data resmi insentifmu belum ada padaku" in jakarta.plain
    assert "Dijadwalkan / Sedang diproses: sudah ada tanggalnya" in jakarta.plain
    assert "Dana tertahan / Menunggu: artinya belum bisa kupastikan" in jakarta.plain
    assert any(isinstance(key, AskContact) for key in jakarta.keys)
    await jakarta.presses("Gagal: cari artinya")
    assert "Apa alasannya?" in jakarta.plain
    await jakarta.says(CLOSED)
    assert "ditutup atau tidak aktif" in jakarta.plain


async def test_official_data_without_payments_says_what_they_wait_for() -> None:
    sri = official()
    await sri.opens("incentive_history")
    assert "belum ada pembayaran" in sri.plain
    assert not any(isinstance(key, AskContact) for key in sri.keys)


async def test_a_pasted_dashboard_text_is_recognised_at_once(jakarta: Talk) -> None:
    await jakarta.says(CLOSED)
    assert "ditutup atau tidak aktif" in jakarta.plain
    assert "Insentifmu ke mana?" in jakarta.plain
    await jakarta.presses("GoPay")
    assert "customerservice@gojek.com" in jakarta.plain
    assert "mailto:customerservice@gojek.com" in jakarta.links


async def test_the_text_that_names_bni_leads_to_bni(jakarta: Talk) -> None:
    await jakarta.opens("incentive_problem", shows="failed")
    await jakarta.says(BNI)
    assert "rekening BNI-mu menolak" in jakarta.plain
    assert "tel:1500046" in jakarta.links


async def test_why_is_it_not_paid_is_asked_one_thing_at_a_time(jakarta: Talk) -> None:
    await jakarta.says("insentif sy blm cair knp ya min")
    assert "apa yang kamu lihat?" in jakarta.plain
    await jakarta.presses("Gagal, ada alasannya")
    assert "Apa alasannya?" in jakarta.plain
    await jakarta.presses("E-wallet belum upgrade")
    assert "premium / KYC" in jakarta.plain
    await jakarta.presses("DANA")
    assert "upgrade di aplikasi DANA" in jakarta.plain
    assert "tel:1500445" in jakarta.links


async def test_no_schedule_yet_names_the_conditions_and_the_wait(jakarta: Talk) -> None:
    await jakarta.opens("incentive_problem")
    await jakarta.says("belum dijadwalkan")
    assert "24 jam" in jakarta.plain
    assert "rating dan ulasan" in jakarta.plain
    assert {"certificate", "rating_review", "payment_account", "handoff"} <= jakarta.leads_to


async def test_a_schedule_that_has_passed_names_the_working_days_and_the_partner(jakarta: Talk) -> None:
    await jakarta.opens("incentive_problem")
    await jakarta.presses("Ada jadwal, belum masuk")
    assert "3–5 hari kerja" in jakarta.plain
    await jakarta.presses("OVO")
    assert "tel:1500696" in jakarta.links


async def test_a_missing_review_is_led_to_the_review(jakarta: Talk) -> None:
    jakarta.participant = jakarta.participant.after(MilestoneReached(Milestone.COMPLETED))
    await jakarta.opens("incentive_problem")
    await jakarta.presses("Belum kuberi ulasan")
    assert "rating dan ulasan pelatihanmu belum terisi" in jakarta.plain
    assert {"rating_review", "report_reviewed"} <= jakarta.leads_to


async def test_a_reason_typed_to_the_first_question_is_understood(jakarta: Talk) -> None:
    await jakarta.opens("incentive_problem")
    await jakarta.says("katanya nik nya beda")
    assert "tidak sama dengan NIK" in jakarta.plain


async def test_an_unknown_refusal_is_not_guessed_at(jakarta: Talk) -> None:
    await jakarta.opens("incentive_problem", shows="failed")
    await jakarta.says("gagal karena kode 77")
    assert "tidak mau menebak" in jakarta.plain
    assert "handoff" in jakarta.leads_to


async def test_something_else_goes_to_a_person(jakarta: Talk) -> None:
    await jakarta.opens("incentive_problem")
    await jakarta.presses("Hal lain")
    assert jakarta.dialogue is not None
    assert jakarta.dialogue.conversation == "handoff"


async def test_official_data_answers_before_any_question() -> None:
    sri = official(PAID, FAILED, Payment(3, 600_000, PaymentStatus.SCHEDULED))
    await sri.says("insentif sy blm cair knp ya min")
    assert "Menurut data resmimu" in sri.plain
    assert "Ke-2" in sri.plain, "the failed one can be mended, the scheduled one only awaited"
    assert "tel:150911" in sri.links
    await sri.presses("Di dashboard-ku beda")
    assert "apa yang kamu lihat?" in sri.plain
    await sri.presses("Ada jadwal, belum masuk")
    assert "Kontak LinkAja" in sri.plain, "the partner of the last payment needs no asking"


async def test_every_failure_with_every_partner_fits_into_a_button(jakarta: Talk) -> None:
    signer = ButtonSigner(b"a key")
    for failure in load_programme().failures:
        await jakarta.opens("incentive_problem", why=failure)
        assert "handoff" in jakarta.leads_to
        for key in jakarta.keys:
            if isinstance(key, Button):
                signer.write(key.action)


@pytest.mark.parametrize(
    "words",
    [
        "jadwalnya tgl 10 kemarin tapi insentif belum masuk",
        "insentif blm cair juga min, dari minggu lalu",
        "saldo insentif belum masuk dari tgl 1 okt padahal dijadwalkan",
    ],
)
async def test_a_day_that_has_passed_is_not_asked_about_again(jakarta: Talk, words: str) -> None:
    await jakarta.says(words)
    assert "3–5 hari kerja" in jakarta.plain
    assert "apa yang kamu lihat?" not in jakarta.plain


async def test_the_partner_said_with_the_complaint_is_named_at_once(jakarta: Talk) -> None:
    await jakarta.says("saldo insentif belum masuk dari tgl 1 okt padahal dijadwalkan, pake ovo")
    assert "Kontak OVO" in jakarta.plain
    assert "KYC" not in jakarta.plain
    await jakarta.presses("Siapa yang bisa menolong?")
    assert "masuk ke mana" not in jakarta.plain


async def test_without_a_schedule_nothing_is_late(jakarta: Talk) -> None:
    await jakarta.says("insentif saya belum cair, belum dijadwalkan juga sudah 2 minggu")
    assert "Jadwal muncul kalau ketiganya beres" in jakarta.plain


async def test_anger_about_money_is_no_reason_for_a_lecture_on_fraud(jakarta: Talk) -> None:
    await jakarta.says("KENAPA DUIT SAYA BELUM MASUK JUGA!!! PENIPU SEMUA")
    assert "apa yang kamu lihat?" in jakarta.plain
    assert "penipuan" not in jakarta.plain
