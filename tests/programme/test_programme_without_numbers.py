"""Words that are kept only for what they are about keep no number, address or mixed token."""

import pytest

from programme.redaction.cutter import redact_file_name, redact_name
from programme.redaction.without_numbers import without_numbers


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("sms 839214 gak bisa", "sms … gak bisa"),
        ("8 3 9 2 1 4 gak bisa", "… gak bisa"),
        ("83-92·14", "…"),
        ("masuk pake kucing99 gagal", "masuk pake … gagal"),
        ("siti@gmail.com:rahasia lupa", "… lupa"),
        ("gelombang 21 tanggal 10", "gelombang 21 tanggal 10"),
        ("saldo Rp 600.000", "saldo Rp …"),
        ("tidak ada angkanya", "tidak ada angkanya"),
    ],
)
def test_four_digits_and_mixed_tokens_are_masked(text: str, left: str):
    assert without_numbers(text) == left
    assert without_numbers(left) == left


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("otp 839214.png", "otp [OTP].png"),
        ("kartu-9374-1205-6678-4432.jpg", "kartu [nomor kartu].jpg"),
        ("siti@gmail.com_rahasia99.txt", "… [kata sandi].txt"),
        ("pass_Kucing99!.pdf", "pass [kata sandi].pdf"),
        ("rekaman.mp3", "rekaman.mp3"),
        ("bukti transfer.PDF", "bukti transfer.PDF"),
        ("", ""),
    ],
)
def test_a_file_keeps_its_kind_and_loses_its_numbers(name: str, left: str):
    assert redact_file_name(name) == left


@pytest.mark.parametrize(
    ("name", "left"),
    [("Siti", "Siti"), ("Siti99", "Siti"), ("Budi 081234567890", "Budi"), ("9374120566784432", "")],
)
def test_nobody_is_called_by_a_number(name: str, left: str):
    assert redact_name(name) == left
