"""Secrets in natural wording are cut, and what merely looks like one stays."""

from collections.abc import Callable, Iterator

import pytest

from benchmarks.redaction import left_of
from benchmarks.redaction_natural import natural_leaks, natural_ordinary
from programme.privacy import redact


def share(messages: Iterator, good: Callable[..., bool]) -> float:
    judged = [good(message) for message in messages]
    return sum(judged) / len(judged)


@pytest.mark.parametrize("aside", [False, True])
def test_of_100_natural_messages_97_leave_nothing_of_their_secret(aside: bool):
    assert share(natural_leaks(aside=aside), lambda leak: not left_of(leak, redact(leak.text)[0])) >= 0.97


@pytest.mark.parametrize("aside", [False, True])
def test_of_100_ordinary_messages_99_stay_as_they_are(aside: bool):
    assert share(natural_ordinary(aside=aside), lambda plain: redact(plain.text) == (plain.text, ())) >= 0.99


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("sms dari prakerja 839214 jangan kasih tau", "sms dari prakerja [OTP] jangan kasih tau"),
        ("G-839214", "[OTP]"),
        ("ini kak 8️⃣3️⃣9️⃣2️⃣1️⃣4️⃣ 🙏", "ini kak [OTP] 🙏"),
        ("kode ۸۳۹۲۱۴", "kode [OTP]"),
        ("token 839214", "token [OTP]"),
        ("delapantigasembilanduasatuempat", "[OTP]"),
        ("cvv 839", "cvv [data kartu]"),
        ("kartu debit exp 09/25", "kartu debit exp [data kartu]"),
        ("8720012345 (BCA)", "[nomor rekening] (BCA)"),
        (
            "rekening yg lama 8720012345 yg baru 7310098765",
            "rekening yg lama [nomor rekening] yg baru [nomor rekening]",
        ),
        ("kartu#3524120566784432", "kartu#[nomor kartu]"),
        ("https://x.id/cek?no=3524120566784432&a=1", "https://x.id/cek?no=[nomor kartu]&a=1"),
        ("3524·1205•6678->4432", "[nomor kartu]"),
        ("siti@gmail.com:rahasia99", "siti@gmail.com:[kata sandi]"),
        ("saya ubah jadi Kucing99!", "saya ubah jadi [kata sandi]"),
        ("masuk pake Kucing99! gagal", "masuk pake [kata sandi] gagal"),
        ("nama ibu kandung saya: Sulastri Handayani", "nama ibu kandung saya: [nama ibu]"),
        ("npwp 12.345.678.9-012.000", "npwp [nomor dokumen]"),
    ],
)
def test_what_is_cut_is_named_and_the_rest_stays_letter_for_letter(text: str, left: str):
    assert redact(text)[0] == left
    assert redact(left) == (left, ())
