"""Getting into the Prakerja account, and connecting the one into which the incentive goes."""

from __future__ import annotations

from datetime import datetime

import pytest
from talking import Talk

from programme.model.events import MilestoneReached
from programme.model.milestones import Milestone
from programme.model.participants import Participant


async def test_login_trouble_is_told_apart_by_buttons_under_the_cutoff(jakarta: Talk) -> None:
    await jakarta.opens("account_access")
    assert "www.prakerja.go.id" in jakarta.text
    assert "Kamis, 21 Oktober 2021 pukul 23.59 WIB" in jakarta.plain
    await jakarta.presses("OTP tidak masuk")
    assert "5 kali minta" in jakarta.plain
    assert "tunggu 2 jam" in jakarta.plain
    assert "jangan kirim ke siapa pun, termasuk aku" in jakarta.text
    assert "call_center" in jakarta.leads_to


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("otp login prakerja ga masuk2", "5 kali minta"),
        ("lupa password akun prakerja", "Atur ulang"),
        ("akun prakerja sy kblokir gmn", "diblokir atau dibekukan"),
        ("cara ganti nomor hp di akun prakerja", "Putuskan dulu"),
    ],
)
async def test_what_was_said_is_answered_without_asking_again(jakarta: Talk, words: str, answer: str) -> None:
    await jakarta.says(words)
    assert answer in jakarta.plain


async def test_a_hijacked_account_is_secured_first(jakarta: Talk) -> None:
    await jakarta.opens("account_access", trouble="hacked")
    assert "kerjakan sekarang, berurutan" in jakarta.text


async def test_a_lost_e_mail_leads_to_prakerja(jakarta: Talk) -> None:
    await jakarta.opens("account_access", trouble="email")
    assert "0800-150-3001" in jakarta.text
    await jakarta.presses("Kendala login lain")
    assert "Apa yang terjadi?" in jakarta.text


async def test_a_forgotten_password_is_counted_as_what_keeps_from_buying(jakarta: Talk) -> None:
    await jakarta.opens("account_access", trouble="password")
    assert jakarta.participant.obstacle == "forgot_password"
    assert "Kata sandi jangan dikirim ke sini" in jakarta.text
    assert "how_to_buy" in jakarta.leads_to


async def test_after_buying_a_forgotten_password_is_no_obstacle() -> None:
    talk = Talk(Participant(id=1, welcomed=True, wave=21).after(MilestoneReached(Milestone.BOUGHT)))
    await talk.opens("account_access", trouble="password")
    assert talk.participant.obstacle is None
    assert "batas belimu" not in talk.text


async def test_what_a_payment_account_must_fulfil(jakarta: Talk) -> None:
    await jakarta.opens("payment_account")
    for fact in (
        "BNI, OVO, LinkAja, DANA, dan GoPay",
        "NIK sama",
        "nomor HP sama",
        "upgrade (premium/KYC)",
        "tunggu 1 jam",
    ):
        assert fact in jakarta.plain
    assert "putuskan dulu" in jakarta.plain
    assert "Desember" not in jakarta.text, "in October nobody had told the last day"


async def test_the_last_day_to_link_an_account_once_it_was_told() -> None:
    talk = Talk(Participant(id=1, welcomed=True, wave=21), at=datetime.fromisoformat("2021-12-02T09:00:00+07:00"))
    await talk.opens("payment_account")
    assert "15 Desember 2021 pukul 23.59 WIB" in talk.text


async def test_linking_of_a_year_that_is_over_is_closed() -> None:
    talk = Talk(Participant(id=1, welcomed=True, wave=21), at=datetime.fromisoformat("2021-12-16T00:10:00+07:00"))
    await talk.opens("payment_account")
    assert "sudah ditutup Rabu, 15 Desember 2021 pukul 23.59 WIB" in talk.text


async def test_a_wave_of_2023_is_told_no_last_day_of_2021() -> None:
    talk = Talk(Participant(id=1, welcomed=True, wave=51), at=datetime.fromisoformat("2023-05-01T09:00:00+07:00"))
    await talk.opens("payment_account")
    assert "2021" not in talk.text


@pytest.mark.parametrize(
    ("label", "contact", "url"),
    [
        ("BNI", "1500046", "tel:1500046"),
        ("OVO", "1500696", "tel:1500696"),
        ("LinkAja", "150911", "tel:150911"),
        ("DANA", "1500445", "tel:1500445"),
        ("GoPay", "customerservice@gojek.com", "mailto:customerservice@gojek.com"),
    ],
)
async def test_each_partner_has_its_contact(jakarta: Talk, label: str, contact: str, url: str) -> None:
    await jakarta.opens("payment_account")
    await jakarta.presses(label)
    assert contact in jakarta.text
    assert url in jakarta.links
    assert ("premium/KYC" in jakarta.text) is (label != "BNI")
    assert "Jangan berikan OTP" in jakarta.text


async def test_connecting_is_recorded_and_can_be_undone(jakarta: Talk) -> None:
    await jakarta.opens("payment_account")
    await jakarta.presses("Sudah tersambung")
    assert jakarta.participant.has(Milestone.ACCOUNT_CONNECTED)
    await jakarta.opens("payment_account")
    assert "how_to_buy" in jakarta.leads_to
    await jakarta.opens("payment_account", connected="1")
    await jakarta.presses("Batalkan")
    assert not jakarta.participant.has(Milestone.ACCOUNT_CONNECTED)


async def test_who_changes_from_one_partner_to_another_hears_of_the_new_one(jakarta: Talk) -> None:
    await jakarta.says("ganti dari bni ke gopay")
    assert "💳 GoPay" in jakarta.plain
