"""The certificate and the review: what they wait for, whom to press, and no promised day."""

from __future__ import annotations

from datetime import datetime

from talking import Talk

from programme.model.events import MilestoneReached
from programme.model.milestones import Milestone
from programme.model.participants import Participant

BOUGHT = Participant(id=1, welcomed=True, wave=21).after(MilestoneReached(Milestone.BOUGHT, platform="tokopedia"))
FINISHED = BOUGHT.after(MilestoneReached(Milestone.COMPLETED))


async def test_the_certificate_waits_for_the_platforms_report_and_no_day_is_promised(talk: Talk) -> None:
    await talk.opens("certificate")
    assert "setelah laporan platform diterima" in talk.plain
    assert "tidak bisa kujanjikan" in talk.plain
    assert talk.buttons == ["Sudah, 100%", "Belum / belum yakin"]


async def test_who_has_finished_is_asked_for_the_platform_and_gets_its_contact(talk: Talk) -> None:
    await talk.opens("certificate")
    await talk.says("udah")
    assert "platform mana" in talk.text
    await talk.presses("Pijar Mahir")
    assert "+62 821 1111 3630" in talk.text
    assert "https://wa.me/6282111113630" in talk.links
    assert {"call_center", "report_completed"} <= talk.leads_to


async def test_a_mistaken_press_does_not_stop_the_reminders_of_somebody_who_has_not_bought(jakarta: Talk) -> None:
    await jakarta.opens("certificate")
    await jakarta.presses("Sudah, 100%")
    await jakarta.presses("Lainnya")
    assert not jakarta.participant.progress
    assert "platform_contact" in jakarta.leads_to


async def test_who_has_bought_and_finished_has_it_recorded() -> None:
    talk = Talk(BOUGHT)
    await talk.opens("certificate")
    await talk.presses("Sudah, 100%")
    assert talk.participant.has(Milestone.COMPLETED)
    assert "www.tokopedia.com/help" in talk.text
    assert "rating_review" in talk.leads_to


async def test_who_is_known_to_have_finished_is_asked_nothing() -> None:
    talk = Talk(FINISHED)
    await talk.opens("certificate")
    assert "laporan penyelesaiannya sudah dikirim" in talk.text
    assert talk.dialogue is None


async def test_a_platform_without_contact_is_said_to_have_none(talk: Talk) -> None:
    await talk.opens("certificate", platform="kariermu")
    await talk.presses("Sudah, 100%")
    assert "Kontak Karier.mu tidak ada di catatanku" in talk.text


async def test_who_has_not_finished_finishes_first() -> None:
    talk = Talk(BOUGHT)
    await talk.opens("certificate")
    await talk.says("blm")
    assert "pastikan semua bagiannya sudah tuntas" in talk.text
    assert "report_completed" in talk.leads_to


async def test_who_has_the_certificate_is_led_on() -> None:
    talk = Talk(FINISHED.after(MilestoneReached(Milestone.CERTIFIED)))
    await talk.opens("certificate")
    assert "sudah ada" in talk.text
    assert "rating_review" in talk.leads_to


async def test_of_a_wave_of_2023_nothing_is_claimed_without_a_source() -> None:
    talk = Talk(Participant(id=1, welcomed=True, wave=51), at=datetime.fromisoformat("2023-05-01T09:00:00+07:00"))
    await talk.opens("certificate")
    assert "gelombang 51 muncul di dashboard belum bisa kupastikan" in talk.text
    await talk.opens("rating_review")
    assert "belum bisa kupastikan" in talk.text


async def test_the_review_is_required_and_what_follows_is_told() -> None:
    talk = Talk(FINISHED)
    await talk.opens("rating_review")
    assert "rating dan ulasan wajib" in talk.plain
    assert "24 jam" in talk.text
    assert "3–5 hari kerja" in talk.text
    assert "report_reviewed" in talk.leads_to


async def test_before_finishing_the_next_step_is_not_the_review(jakarta: Talk) -> None:
    await jakarta.opens("rating_review")
    assert "how_to_buy" in jakarta.leads_to
    assert "report_reviewed" not in jakarta.leads_to


async def test_a_given_review_is_remembered() -> None:
    talk = Talk(FINISHED.after(MilestoneReached(Milestone.REVIEWED)))
    await talk.opens("rating_review")
    assert "sudah tercatat" in talk.text
    assert "3–5 hari kerja" in talk.text
    assert "payment_account" in talk.leads_to
