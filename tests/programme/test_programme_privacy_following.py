"""A secret over two messages is cut from the second one: "password", then what it is."""

from programme.redaction.following import lead_of, redact_after
from tests.rows import of_each


def talk(*messages: str) -> list[str]:
    lead, left = None, []
    for message in messages:
        words, _kinds = redact_after(lead, message)
        left.append(words)
        lead = lead_of(words, lead)
    return left


@of_each(
    ("messages", "left"),
    [
        (("password", "Melati2021!"), ("password", "[kata sandi]")),
        (("password", "kak", "Melati2021!"), ("password", "kak", "[kata sandi]")),
        (("sandiku", "kucingmanis"), ("sandiku", "[kata sandi]")),
        (("email siti@gmail.com", "Kucing99!"), ("email siti@gmail.com", "[kata sandi]")),
        (("pin atm", "7744"), ("pin atm", "[OTP]")),
        (("cvv", "381"), ("cvv", "[data kartu]")),
        (("otpnya masuk nih", "dua tujuh nol satu lima enam"), ("otpnya masuk nih", "[OTP]")),
        (("rekening bca", "ini 8720451239 kak"), ("rekening bca", "ini [nomor rekening] kak")),
        (("bca", "8720451239"), ("bca", "[nomor rekening]")),
        (("nama ibu kandung", "Suminah"), ("nama ibu kandung", "[nama ibu]")),
        (("nik saya", "357801", "450795", "0003"), ("nik saya", "[OTP]", "[OTP]", "[NIK]")),
        (("nomor kartu", "3524 1129", "0045 8812"), ("nomor kartu", "[nomor kartu]", "[nomor kartu]")),
        (("3524", "1129", "0045", "8812"), ("3524", "[nomor kartu]", "[nomor kartu]", "[nomor kartu]")),
    ],
)
def test_what_is_given_with_the_next_message_is_cut(messages: tuple[str, ...], left: tuple[str, ...]):
    assert tuple(talk(*messages)) == left


@of_each("lead", ["otp ga masuk kak", "password salah terus", "norek bca", "nama ibu kandung", "pin atm"])
@of_each(
    "behind",
    [
        "gelombang 21",
        "21",
        "tgl 20/10/2021",
        "jam 19.30",
        "Tokopedia",
        "harga 350000",
        "hp saya 081234567890",
        "bensin 7650 seliter",
        "rekening ditutup",
        "baju ukuran 42",
        "gimana dong",
        "kamis 21-10",
        "error code 1001",
        "nomor pesanan INV/20211020/MPL/1234567890",
    ],
)
def test_what_else_is_said_next_stays(lead: str, behind: str):
    assert talk(lead, behind) == [lead, behind]


@of_each("messages", [("2021", "1995"), ("1000", "2000"), ("nomor kartu", "20/10"), ("tiket saya 1532", "4417")])
def test_days_sums_and_counts_are_no_pieces_of_a_number(messages: tuple[str, ...]):
    assert talk(*messages) == list(messages)
