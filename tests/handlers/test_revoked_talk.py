"""Revoked: plain about what it means, useful about what is left, without false hope."""

from __future__ import annotations

from datetime import date, datetime

from talking import Talk

from programme.model.events import MilestoneReached
from programme.model.milestones import Milestone
from programme.model.participants import Participant

AFTER = datetime.fromisoformat("2021-10-22T08:00:00+07:00")
WAVE_21 = Participant(id=1, welcomed=True, wave=21)


async def test_what_it_means_with_its_law(talk: Talk) -> None:
    await talk.opens("revoked")
    assert "30 hari" in talk.text
    assert "Permenko Perekonomian No. 11 Tahun 2020" in talk.text
    assert "insentif tidak cair, saldo kembali ke program, dan tidak bisa ikut gelombang mana pun lagi" in talk.text
    assert "deadline" in talk.leads_to


async def test_who_is_in_time_is_calmed_and_told_the_cutoff(jayapura: Talk) -> None:
    await jayapura.opens("revoked")
    assert "belum terlambat" in jayapura.text
    assert "Kamis, 21 Oktober 2021 pukul 23.59 WIB" in jayapura.plain
    assert "Jumat, 22 Oktober 2021 pukul 01.59 WIT" in jayapura.plain
    assert {"how_to_buy", "report_bought"} <= jayapura.leads_to


async def test_past_the_cutoff_who_bought_in_time_gathers_proof() -> None:
    talk = Talk(WAVE_21, at=AFTER)
    await talk.opens("revoked")
    assert "sudah lewat: Kamis, 21 Oktober 2021 pukul 23.59 WIB" in talk.plain
    await talk.says("udah beli kok")
    assert "tanggal dan jam" in talk.plain
    assert "0800-150-3001" in talk.text
    assert "https://bantuan.prakerja.go.id/hc/id/requests/new" in talk.links
    assert "report_bought" in talk.leads_to


async def test_past_the_cutoff_who_has_not_bought_hears_the_truth() -> None:
    talk = Talk(WAVE_21, at=AFTER)
    await talk.opens("revoked")
    await talk.says("belum")
    assert "tidak tahu jalan untuk mengembalikannya" in talk.text
    assert "gelombang lain juga tidak bisa lagi" in talk.text
    assert "penipuan" in talk.text
    assert "tel:08001503001" in talk.links


async def test_who_said_already_that_they_have_not_bought_is_not_asked_again() -> None:
    """The key below the reminder of the morning after says it."""
    talk = Talk(WAVE_21, at=AFTER)
    await talk.opens("revoked", bought="no")
    assert "Aku ikut sedih" in talk.text
    assert "share" in talk.leads_to


async def test_who_has_not_bought_but_still_can_is_not_mourned(jakarta: Talk) -> None:
    """Such a key stays in the chat, and a cutoff may move."""
    await jakarta.opens("revoked", bought="no")
    assert "belum terlambat" in jakarta.text
    assert "sedih" not in jakarta.text


async def test_an_unknown_wave_gets_both_ways_to_go_on(talk: Talk) -> None:
    await talk.opens("revoked")
    await talk.presses("Sudah beli, tetap dicabut")
    assert "Simpan bukti dari platform" in talk.text
    await talk.opens("revoked")
    await talk.presses("Belum sempat beli")
    assert "tidak tahu jalan" in talk.text


async def test_who_has_bought_is_safe() -> None:
    talk = Talk(WAVE_21.after(MilestoneReached(Milestone.BOUGHT, on=date(2021, 10, 20))), at=AFTER)
    await talk.opens("revoked")
    assert "tidak berlaku untukmu" in talk.text
    assert "report_completed" in talk.leads_to


async def test_a_purchase_after_the_cutoff_is_not_called_safe() -> None:
    talk = Talk(WAVE_21.after(MilestoneReached(Milestone.BOUGHT, on=date(2021, 10, 22))), at=AFTER)
    await talk.opens("revoked")
    assert "sesudah batas gelombangmu (Kamis, 21 Oktober 2021)" in talk.text
    assert "tidak berlaku untukmu" not in talk.text


async def test_a_wave_of_2023_has_its_own_days_and_no_claim_about_joining_again() -> None:
    talk = Talk(Participant(id=1, welcomed=True, wave=51), at=datetime.fromisoformat("2023-06-01T09:00:00+07:00"))
    await talk.opens("revoked")
    assert "15 hari" in talk.text
    assert "Permenko" not in talk.text
    assert "belum bisa kupastikan" in talk.text
    await talk.presses("Belum sempat beli")
    assert "gelombang lain juga tidak bisa" not in talk.text
