"""What takes a note back must speak of the training: other things that fail, wait or are to be bought leave it."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.phrases.strange_hosts import strange_hosts
from handlers.understanding.corrections import doubts_purchase
from handlers.understanding.denials import denied_in
from handlers.understanding.own_checkout import asks_if_safe_to_pay, was_paid
from handlers.understanding.ruled_out import rules_out

TODAY = date(2021, 10, 20)
STEPS = ("bought", "completed", "reviewed")


@pytest.mark.parametrize(
    "said",
    [
        "eh ovo balum beres min, masih 'diproses' ujar",
        "upgrade dana saya belum selesai min, masih antre",
        "ternyata gagal upgrade",
        "verifikasi gopay gagal",
        "kita mo beli jaring baru",
        "belum sempat beli beras",
        "ga jadi beli motor",
        "belum bayar kontrakan nih",
        "kalo ovo belum premium, hangus kah duitnya?",
        "Yang kutanya itu sertifikat, udah seminggu kutunggu nggak nongol di dasbor",
    ],
)
def test_another_thing_takes_nothing_back(said: str) -> None:
    assert not doubts_purchase(said, today=TODAY)
    denial = denied_in(said, STEPS, today=TODAY)
    assert denial is None or not denial.steps


@pytest.mark.parametrize(
    ("said", "step"),
    [
        ("ternyata belum kebeli", "bought"),
        ("eh belum jadi beli pelatihannya", "bought"),
        ("ternyata pembayaran qris nya gagal, belum kebayar", "bought"),
        ("kelasnya belum selesai ternyata", "completed"),
    ],
)
def test_the_training_itself_does(said: str, step: str) -> None:
    denial = denied_in(said, STEPS, today=TODAY)
    assert denial is not None
    assert step in denial.steps


@pytest.mark.parametrize(
    "said",
    [
        "td nyoba di tokopedia minta nomer kartu prakerja 16 angka. aman ga ya, kan nomernya udah di penipu itu",
        "pas bayar di bukalapak disuruh masukin nomor kartu prakerja, gpp?",
        "di pintaria kok minta otp ya pas checkout, aman kah",
        "karier.mu minta nomor kartu prakerja pas checkout, wajar?",
        "lewat dashboard prakerja.go.id, bayar di tokopedia minta nomor kartu, aman?",
    ],
)
def test_what_a_shop_wants_at_its_checkout_is_safe(said: str) -> None:
    assert asks_if_safe_to_pay(said, today=TODAY)


@pytest.mark.parametrize(
    "said",
    [
        "orang ngaku dari tokopedia minta nomor kartu prakerja, aman?",
        "tokopedia nelpon minta otp, aman?",
        "dapet link di wa katanya tokopedia, minta nomor kartu, aman?",
        "kumasukkan kode voucher di pijar mahir tp katanya kode tidak valid terus",
        "ada yang minta nomor kartu prakerja, aman?",
        "tokopedia minta otp sama pin biar cepat cair, aman?",
        "tokopedia minta transfer biaya dulu sama nomor kartu, wajar?",
    ],
)
def test_what_a_person_wants_is_not(said: str) -> None:
    assert not asks_if_safe_to_pay(said, today=TODAY)


def test_a_purchase_that_shows_was_paid_and_what_went_to_a_person_was_not() -> None:
    assert was_paid("OTP masuk, dah bayar. ini udah muncul pelatihannya di dashboard")
    assert not was_paid("udah bayar ke orang itu, otp kukasih ke dia, berhasil katanya")
    assert not was_paid("dah bayar tapi belum muncul di dashboard")


def test_an_address_that_is_none_of_ours_is_strange() -> None:
    assert strange_hosts("di tokopedia-prakerja.com minta nomor kartu")
    assert strange_hosts("https://tokopedia.vip minta nomor kartu prakerja")
    assert not strange_hosts("lewat dashboard www.prakerja.go.id, di karier.mu")


def test_what_is_under_way_is_not_in_order() -> None:
    assert not rules_out("ovo nya lg diproses upgrade")
    assert not rules_out("mau upgrade ovo")
    assert rules_out("ovo sudah upgrade")
