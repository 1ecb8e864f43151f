"""Sums, last days and the rules around them: of the person's own scheme, never of another."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from talking import MONDAY, Talk

from programme.model.events import MilestoneReached, RosterMatched
from programme.model.milestones import Milestone
from programme.model.participants import Participant
from programme.model.payments import Payment, PaymentStatus

MAY_2023 = datetime.fromisoformat("2023-05-01T09:00:00+07:00")


@pytest.fixture
def of_2023() -> Talk:
    return Talk(Participant(id=1, welcomed=True, wave=51), at=MAY_2023)


async def test_the_incentive_of_wave_21(jakarta: Talk) -> None:
    await jakarta.opens("incentive_rules")
    for fact in ("Rp3.550.000", "Rp1.000.000", "Rp600.000 × 4", "Rp50.000 × 3", "24 jam", "3–5 hari kerja"):
        assert fact in jakarta.plain
    assert "hanya dari pelatihan pertama" in jakarta.text
    assert "rating dan ulasan" in jakarta.text
    assert "Sumber: liputan6, 2021" in jakarta.text
    assert {"incentive_history", "how_to_buy"} <= jakarta.leads_to


async def test_the_incentive_of_2023(of_2023: Talk) -> None:
    await of_2023.opens("incentive_rules")
    for fact in ("Rp4.200.000", "Rp3.500.000", "Rp600.000, satu kali", "Rp50.000 × 2"):
        assert fact in of_2023.plain
    assert "× 4" not in of_2023.text
    assert "hari kerja" not in of_2023.text


async def test_a_wave_named_in_the_question_counts_before_ones_own(jakarta: Talk) -> None:
    await jakarta.opens("incentive_rules", wave="51")
    assert "Gelombang 51" in jakarta.text
    assert "Rp3.500.000" in jakarta.text


@pytest.mark.parametrize(
    "name", ["incentive_rules", "balance", "survey", "second_training", "rating_review", "revoked"]
)
async def test_without_a_wave_the_answer_says_for_which_it_holds_and_can_be_narrowed(talk: Talk, name: str) -> None:
    await talk.opens(name)
    assert "Ini aturan gelombang 1–47" in talk.text
    await talk.presses("Pilih gelombangku")
    assert "gelombang berapa" in talk.plain
    await talk.says("51")
    assert talk.participant.wave == 51
    assert "Ini aturan" not in talk.text


async def test_without_a_wave_in_2023_the_newer_rules_are_assumed() -> None:
    talk = Talk(at=MAY_2023)
    await talk.opens("incentive_rules")
    assert "Rp600.000, satu kali" in talk.plain
    assert "Ini aturan gelombang 48 dan sesudahnya" in talk.text


async def test_the_last_day_of_the_balance_and_of_the_surveys_once_they_were_told() -> None:
    talk = Talk(Participant(id=1, welcomed=True, wave=21), at=datetime.fromisoformat("2021-11-09T09:00:00+07:00"))
    await talk.opens("balance")
    assert "Selasa, 30 November 2021" in talk.plain
    await talk.opens("survey")
    assert "10 Desember" not in talk.plain
    talk = Talk(talk.participant, at=datetime.fromisoformat("2021-12-10T09:00:00+07:00"))
    await talk.opens("survey")
    assert "10 Desember 2021" in talk.plain


@pytest.mark.parametrize("name", ["call_center", "balance", "survey", "incentive_rules", "register_wave"])
async def test_no_answer_cites_what_was_told_later(jakarta: Talk, name: str) -> None:
    await jakarta.opens(name)
    assert not [word for word in ("2022", "2023", "2024", "November", "Desember") if word in jakarta.text]


async def test_the_balance_and_that_it_is_not_cash(jakarta: Talk) -> None:
    await jakarta.opens("balance")
    assert "Rp1.000.000" in jakarta.text
    assert "Bukan uang tunai" in jakarta.text
    assert "Kamis, 21 Oktober 2021 pukul 23.59 WIB" in jakarta.plain
    assert {"recommend", "how_to_buy"} <= jakarta.leads_to


async def test_the_balance_of_2023(of_2023: Talk) -> None:
    await of_2023.opens("balance")
    assert "Rp3.500.000" in of_2023.text
    assert "30 November" not in of_2023.text


async def test_after_the_last_day_the_balance_is_said_to_be_over() -> None:
    talk = Talk(Participant(id=1, welcomed=True, wave=21), at=datetime.fromisoformat("2021-12-01T00:30:00+07:00"))
    await talk.opens("balance")
    assert "sudah lewat" in talk.text
    await talk.opens("second_training")
    assert "hanya bisa dipakai sampai Selasa, 30 November 2021" in talk.text


async def test_a_missing_balance_is_followed_up_and_counted(jakarta: Talk) -> None:
    await jakarta.opens("balance")
    await jakarta.presses("Saldoku belum ada")
    assert "ketiga video induksi" in jakarta.plain
    assert "0800-150-3001" in jakarta.text
    assert jakarta.participant.obstacle == "balance_missing"
    assert "handoff" in jakarta.leads_to


@pytest.mark.parametrize("words", ["saldo saya belum masuk", "saldo 1 juta gw kok blm keliatan", "SALDO KOSONG"])
async def test_a_missing_balance_is_heard_in_the_question(jakarta: Talk, words: str) -> None:
    await jakarta.says(words)
    assert "video induksi" in jakarta.plain


@pytest.mark.parametrize("words", ["saldo pelatihan bisa dicairkan gak", "saldo bs ditarik tunai?"])
async def test_cashing_out_is_refused_as_fraud(jakarta: Talk, words: str) -> None:
    await jakarta.says(words)
    assert "bukan uang tunai" in jakarta.plain
    assert "penipuan" in jakarta.text


async def test_the_surveys_of_wave_21(jakarta: Talk) -> None:
    await jakarta.opens("survey")
    for fact in ("3 survei", "Rp50.000", "sekitar 30 hari", "terbuka 30 hari", "14 hari"):
        assert fact in jakarta.plain
    assert "tidak memengaruhi pembayaran" in jakarta.text
    assert "Jadwal survei berikutnya belum bisa kupastikan" in jakarta.text


async def test_the_surveys_of_2023(of_2023: Talk) -> None:
    await of_2023.opens("survey")
    assert "2 survei" in of_2023.plain
    assert "belum bisa kupastikan" in of_2023.text
    assert "10 Desember" not in of_2023.text


async def test_who_was_paid_learns_about_when_the_first_survey_opens() -> None:
    paid = Payment(1, 600_000, PaymentStatus.PAID, paid_on=date(2021, 11, 5))
    person = Participant(id=1, welcomed=True).after(RosterMatched(21, payments=(paid,)))
    talk = Talk(person, at=datetime.fromisoformat("2021-11-10T09:00:00+07:00"))
    await talk.opens("survey")
    assert "kira-kira Minggu, 5 Desember 2021" in talk.text


async def test_surveys_of_a_year_that_is_over_are_closed() -> None:
    person = Participant(id=1, welcomed=True, wave=21).after(MilestoneReached(Milestone.INCENTIVE_PAID))
    talk = Talk(person, at=datetime.fromisoformat("2021-12-11T00:10:00+07:00"))
    await talk.opens("survey")
    assert "sudah ditutup Jumat, 10 Desember 2021" in talk.text


async def test_a_bought_training_cannot_be_exchanged_even_if_not_begun(talk: Talk) -> None:
    await talk.opens("change_training")
    assert "tidak bisa ditukar, walaupun belum kamu ikuti" in talk.plain
    assert {"second_training", "platform_contact"} <= talk.leads_to


async def test_who_has_not_bought_may_still_choose_well(jakarta: Talk) -> None:
    await jakarta.opens("change_training")
    assert "tidak bisa ditukar" in jakarta.plain
    assert {"recommend", "how_to_buy"} <= jakarta.leads_to


async def test_of_2023_no_rule_of_exchange_is_claimed(of_2023: Talk) -> None:
    await of_2023.opens("change_training")
    assert "belum bisa kupastikan" in of_2023.text
    assert "call_center" in of_2023.leads_to


async def test_a_second_training_comes_after_the_first_while_the_balance_lasts(jakarta: Talk) -> None:
    await jakarta.opens("second_training")
    assert "berurutan, selama saldo cukup" in jakarta.plain
    assert "Pelatihan pertama harus selesai dulu" in jakarta.text
    assert "tidak menambah insentif" in jakarta.text
    assert "Sumber tidak sepakat" in jakarta.text
    assert "how_to_buy" in jakarta.leads_to


async def test_the_second_training_of_2023_has_its_own_days(of_2023: Talk) -> None:
    await of_2023.opens("second_training")
    assert "15 hari" in of_2023.plain


async def test_who_has_finished_may_look_for_the_next() -> None:
    person = Participant(id=1, welcomed=True, wave=21).after(MilestoneReached(Milestone.BOUGHT))
    talk = Talk(person.after(MilestoneReached(Milestone.COMPLETED)), at=MONDAY)
    await talk.opens("second_training")
    assert "recommend" in talk.leads_to
