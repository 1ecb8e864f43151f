"""No secret is kept, and nothing else is taken away."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from programme.redaction.cutter import redact
from tests.rows import of_each

CARD_FORMS = [
    "{0}{1}{2}{3}",
    "{0} {1} {2} {3}",
    "{0}-{1}-{2}-{3}",
    "{0}.{1}.{2}.{3}",
    "{0} {1} {2}{3}",
    "{0}  {1}  {2}  {3}",
]
CARD_FRAMES = [
    "nomor kartu saya {} salah terus",
    "no kartu {}",
    "{} itu nomor kartu prakerja ku min",
    "Kartu: {}, kok ditolak?",
    "udah masukin {} tetep ga bisa",
    "card number {}",
]
NIK_FRAMES = ["nik saya {}", "NIK: {}", "ktp {} kok ditolak", "{} itu nik saya", "no ktp saya {} min", "NIK ku {}."]
OTP_FORMS = [
    "{0}{1}{2}{3}{4}{5}",
    "{0}{1}{2} {3}{4}{5}",
    "{0}{1}{2}-{3}{4}{5}",
    "{0} {1} {2} {3} {4} {5}",
    "{0}{1} {2}{3} {4}{5}",
]
OTP_FRAMES = [
    "otp saya {}",
    "OTP: {}",
    "otpnya {} salah terus",
    "kode otp {} gak bisa min",
    "kode verifikasi yang masuk ke hp saya barusan {}",
    "{} itu otp nya",
    "kodenya {} kan?",
    "pin saya {}",
    "your code is {}",
    "JANGAN BERIKAN KODE INI. {} adalah kode verifikasi",
]
PASSWORDS = ["mawar123", "Rahasia2021!", "kucing_77", "B1smillah", "budi@123", "qwerty12"]
WEAK_PASSWORDS = ["mawar", "kucingku", "semangka", "12345678", "bunga99"]
PASSWORD_FRAMES = [
    "password saya {}",
    "password: {}",
    "password saya adalah {}",
    "kata sandi saya {} min",
    "sandi: {}",
    "pw saya {} kok ga bisa",
    "passwordnya {}",
    "my password is {}",
    "sandi akun saya = {}",
    'password saya "{}"',
]
WORDS = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]

PRICES = [
    "500000",
    "Rp 500.000",
    "rp500000",
    "500rb",
    "1.000.000",
    "1 juta",
    "Rp3.550.000",
    "150 ribu",
    "349.000",
    "Rp. 600.000",
]
DATES = [
    "21 oktober 2021",
    "21-10-2021",
    "21/10/2021",
    "tgl 22 september 2021",
    "oktober 2021",
    "tahun 2021",
    "1 November",
    "2021-10-21",
]
PHONES = [
    "0800-150-3001",
    "1500046",
    "150911",
    "021-508 13333",
    "+62 811 8807 172",
    "081234567890",
    "0812-3456-7890",
    "+62 821 1111 3630",
]
WAVES = ["gelombang 21", "gel 12", "g21", "gelombang 12 dan 13", "angkatan 21", "gelombang 12 13 14 15 16 17 18 19 20"]
TICKETS = ["tiket 48213", "tiket #48213", "T-2041", "nomor tiket 123456", "kode tiket 48213"]
TIMES = ["jam 20.00", "pukul 23.59 WIB", "jam 2359", "30 menit", "3 kali", "24 jam", "5x", "6 digit", "16 digit"]
FRAMES = [
    "otp salah terus padahal {}",
    "{} kode otp nya belum masuk",
    "lupa password, {}",
    "kata sandi salah {} gimana min",
    "kartu prakerja {} ya",
    "{}",
]
SAID = """lupa password
password saya lupa
password saya salah terus min
kata sandi tidak bisa diganti
passwordnya apa ya
password saya hilang
sandi saya apa ya min
gimana cara reset password akun prakerja
password saya diganti orang
password saya kok ditolak ya
password saya udah bener tapi gagal
password akun prakrja ilang
password 8 karakter minimal
password e-wallet linkaja saya lupa
password email budi@gmail.com lupa
password di www.prakerja.go.id gak bisa
password gel21 lupa
pak sandi lolos gelombang 21
pass saya beli gagal terus
otp ga masuk masuk
kode otp tidak masuk dari kemarin
otp ga masuk ke 081234567890
lupa pin ovo
kode pos 40123
kode voucher 123456
permenko nomor 11 tahun 2020
754929 peserta lolos verifikasi
verifikasi wajah gagal 3x
nik harus 16 digit
nomor kartu 16 digit ada di mana
nik saya beda dengan e-wallet
nomor kartu prakerja saya salah
harga 50000 100000 25000
2020 2021 2022 2023
21-10-2021 22-11-2021
satu dua tiga empat saya coba beli
udah beli kemarin di tokped
insentif 600.000 x 4 kapan cair""".splitlines()


def digits(count: int) -> st.SearchStrategy[str]:
    return st.from_regex(rf"[1-9]\d{{{count - 1}}}", fullmatch=True)


NIKS = st.builds(
    "{}{}{:02}{:02}{:02}{}".format,
    st.sampled_from([11, 16, 21, 31, 32, 33, 35, 36, 51, 53, 61, 64, 73, 76, 81, 91, 94]),  # provinces
    digits(4),
    st.integers(1, 31),
    st.integers(1, 12),
    st.integers(0, 99),
    digits(4),
)


@of_each("frame", CARD_FRAMES)
@of_each("form", CARD_FORMS)
def test_card_numbers_are_cut(frame: str, form: str):
    text, kinds = redact(frame.format(form.format("9374", "1205", "6678", "4432")))
    assert (kinds, text) == (("card",), frame.format("[nomor kartu]")) or frame == CARD_FRAMES[4]
    assert kinds
    assert not re.search(r"\d", text)


@given(st.sampled_from(CARD_FRAMES), st.sampled_from(CARD_FORMS), st.tuples(*[digits(4)] * 4))
@settings(max_examples=300)
def test_no_digit_of_any_card_number_stays(frame: str, form: str, groups: tuple[str, ...]):
    if all(int(group) % 1000 == 0 or 2000 <= int(group) < 2100 for group in groups):
        return  # prices and years
    assert not re.search(r"\d", redact(frame.format(form.format(*groups)))[0])


@given(st.sampled_from(NIK_FRAMES), NIKS)
@settings(max_examples=200)
def test_niks_are_cut_and_named(frame: str, nik: str):
    assert redact(frame.format(nik)) == (frame.format("[NIK]"), ("nik",))


@given(NIKS)
def test_a_nik_alone_is_known_by_its_birthday(nik: str):
    assert redact(nik) == ("[NIK]", ("nik",))


@of_each("written", ["327301 120590 0003", "3273-0112-0590-0003", "3 2 7 3 0 1 1 2 0 5 9 0 0 0 0 3", "32730112059000"])
def test_a_nik_however_spaced_or_short_is_cut(written: str):
    assert redact(f"nik {written}") == ("nik [NIK]", ("nik",))


@of_each("frame", OTP_FRAMES)
@of_each("form", OTP_FORMS)
def test_otps_are_cut(frame: str, form: str):
    assert redact(frame.format(form.format(*"482913"))) == (frame.format("[OTP]"), ("otp",))


@given(st.sampled_from(OTP_FRAMES), st.sampled_from([4, 5, 6, 7, 8]), st.data())
@settings(max_examples=300)
def test_no_digit_of_any_otp_stays(frame: str, length: int, data: st.DataObject):
    otp = data.draw(st.from_regex(rf"\d{{{length}}}", fullmatch=True))
    known = re.fullmatch(r"1500\d{3}|150911|0\d{3}|\d+000|(19|20)\d\d", otp)
    if not known and otp.isascii():
        assert redact(frame.format(otp)) == (frame.format("[OTP]"), ("otp",))


@given(
    st.lists(st.sampled_from(WORDS), min_size=4, max_size=8), st.sampled_from(["otp {}", "{} itu otpnya", "kode: {}"])
)
def test_otps_in_words_are_cut(words: list[str], frame: str):
    assert redact(frame.format(" ".join(words))) == (frame.format("[OTP]"), ("otp",))


@given(st.lists(st.sampled_from(WORDS), min_size=16, max_size=16))
def test_card_numbers_in_words_are_cut(words: list[str]):
    assert redact("kartu saya " + " ".join(words)) == ("kartu saya [nomor kartu]", ("card",))


@of_each("frame", PASSWORD_FRAMES)
@of_each("password", PASSWORDS + WEAK_PASSWORDS)
def test_passwords_are_cut(frame: str, password: str):
    text, kinds = redact(frame.format(password))
    assert kinds == ("password",)
    assert password not in text


@of_each(
    "text",
    [
        "mawar123 itu password saya",
        "password akun prakerja saya yang lama Mawar#123 kok ga bisa",
        "username budi sandi budi123",
        "PASSWORD SAYA KUCING77",
    ],
)
def test_passwords_in_other_places_are_cut(text: str):
    assert redact(text)[1] == ("password",)


@of_each(
    ("text", "left"),
    [
        ("no rek 1234567890 BCA", "no rek [nomor rekening] BCA"),
        ("rekening saya BCA 123-456-7890 a.n. Budi", "rekening saya BCA [nomor rekening] a.n. Budi"),
        ("norek: 0023 0112 3456 507", "norek: [nomor rekening]"),
        ("BCA 1234567890 a.n. Siti", "BCA [nomor rekening] a.n. Siti"),
        ("1234567890 itu rekening saya", "[nomor rekening] itu rekening saya"),
        ("rek ovo 081234567890", "rek ovo [nomor rekening]"),
        ("account number 12345678901", "account number [nomor rekening]"),
    ],
)
def test_accounts_are_cut_where_they_are_called_so(text: str, left: str):
    assert redact(text) == (left, ("account",))


@of_each(
    "text",
    [
        "rekening BNI hubungi 1500046",
        "saldo rekening saya 1.200.000",
        "pesanan 1234567890 bayar dari rekening BCA",
        "VA BNI 8810081234567",
        "rekan 12345678",
        "rekening: Rp 600.000",
    ],
)
def test_other_numbers_beside_banks_stay(text: str):
    assert redact(text) == (text, ())


@given(st.integers(4000, 4200), st.text("ab ", max_size=200))
@settings(max_examples=40)
def test_a_novel_is_cut_short_and_a_number_at_its_end_is_not_halved(before: int, behind: str):
    text, kinds = redact("x " * (before // 2) + "kartu 9374 1205 6678 4432 " + behind)
    assert len(text) <= 4096 + len("[nomor kartu]")
    assert not re.search(r"\d{3}", text)
    assert text.endswith("…") or kinds == ("card",)


def test_several_secrets_at_once_are_named_in_order():
    text, kinds = redact("kartu 9374 1205 6678 4432 otp 112233 nik 3273011205900003 password Mawar12 tolong min")
    assert text == "kartu [nomor kartu] otp [OTP] nik [NIK] password [kata sandi] tolong min"
    assert kinds == ("card", "otp", "nik", "password")


def test_a_phone_number_beside_an_otp_stays():
    assert redact("otp 482913 ke 081234567890") == ("otp [OTP] ke 081234567890", ("otp",))


@of_each("frame", FRAMES)
@of_each("ordinary", PRICES + DATES + PHONES + WAVES + TICKETS + TIMES)
def test_prices_dates_phones_waves_tickets_and_times_stay(frame: str, ordinary: str):
    text = frame.format(ordinary)
    assert redact(text) == (text, ())


@of_each("text", SAID)
def test_what_people_say_about_their_secrets_stays(text: str):
    assert redact(text) == (text, ())


@given(st.text())
@settings(max_examples=200)
def test_any_text_is_taken(text: str):
    redacted, kinds = redact(text)
    assert kinds or redacted == text


@of_each("text", ["otp " + "1 " * 5000, "password " * 1200, "otp 1234 " * 1200, "0812 " * 2000])
def test_ten_thousand_characters_take_no_time(text: str):
    assert redact(text)[1] is not None


@of_each("frame", [*CARD_FRAMES, *NIK_FRAMES, *OTP_FRAMES, *PASSWORD_FRAMES])
def test_redacting_twice_changes_nothing(frame: str):
    for secret in ("9374120566784432", "482913", "Mawar123"):
        once = redact(frame.format(secret))[0]
        assert redact(once)[0] == once


@of_each(
    ("text", "left"),
    [
        ("the three digits on the back are 837", "the three digits on the back are [data kartu]"),
        ("send it to 7301882211 please", "send it to [nomor rekening] please"),
        ("my mom's name is Wayan Suci", "my mom's name is [nama ibu]"),
        ("my secret answer: blacky", "my secret answer: [kata sandi]"),
        ("the password they gave me is Kucing_88", "the password they gave me is [kata sandi]"),
        ("i sent 1000000 to my mom", "i sent 1000000 to my mom"),
        ("i can't remember my mother's maiden name", "i can't remember my mother's maiden name"),
        ("send 081234567890 the money", "send 081234567890 the money"),
        ("order number 202110140001, the money is gone", "order number 202110140001, the money is gone"),
    ],
)
def test_secrets_in_plain_english_go_and_what_is_said_of_them_stays(text: str, left: str):
    assert redact(text)[0] == left
