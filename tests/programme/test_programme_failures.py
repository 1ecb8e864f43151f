"""A failed payment is explained by the dashboard's words and by people's own."""

import pytest

from programme.facts import Certainty
from programme.failures import Whom, explain
from programme.programme import Programme


@pytest.mark.parametrize(
    ("reason", "failure"),
    [
        ("Rekening/E-Wallet telah ditutup di Bank/E-Wallet", "account_closed"),
        ("rekening sy udah ditutup kak", "account_closed"),
        ("akun ovo saya nonaktif", "account_closed"),
        (
            "Insentif Anda gagal dicairkan. Cek Rekening BNI Anda dengan menghubungi Hotline BNI: 1500046 "
            "atau ganti ke akun e-wallet lainnya",
            "bni_rejected",
        ),
        ("cek rekening bni katanya", "bni_rejected"),
        ("e-walet blm premium", "not_upgraded"),
        ("belum upgrade dana", "not_upgraded"),
        ("KYC belum", "not_upgraded"),
        ("nik beda sama ewallet", "nik_differs"),
        ("pakai rekening suami", "nik_differs"),
        ("nomor hp beda", "phone_differs"),
        ("saya ganti nomor", "phone_differs"),
        ("limit bulanan e-wallet", "monthly_limit"),
        ("kena limit ovo", "monthly_limit"),
        ("belum kasih ulasan", "review_missing"),
        ("rating belum", "review_missing"),
        ("Dana tertahan", "held"),
    ],
)
def test_the_reason_is_found(programme: Programme, reason: str, failure: str):
    found = explain(reason, programme)
    assert found is not None
    assert found.id == failure
    assert found.remedy


@pytest.mark.parametrize("reason", ["", "insentif belum cair", "halo min", "kapan batas beli"])
def test_what_is_no_reason_stays_unexplained(programme: Programme, reason: str):
    assert explain(reason, programme) is None


def test_what_held_money_means_is_not_known_so_a_person_answers(programme: Programme):
    held = programme.failures["held"]
    assert (held.certainty, held.whom) == (Certainty.UNSURE, Whom.PERSON)


def test_the_bni_text_names_its_partner(programme: Programme):
    assert programme.failures["bni_rejected"].partner == "bni"
