"""Secrets in natural wording are cut, and what merely looks like one stays."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from programme.redaction.cutter import redact
from tests.redaction.judging import left_of
from tests.redaction.natural import natural_leaks, natural_ordinary
from tests.rows import of_each

ROOT = Path(__file__).parents[2]


def share(messages: Iterator, good: Callable[..., bool]) -> float:
    judged = [good(message) for message in messages]
    return sum(judged) / len(judged)


@of_each("aside", [False, True])
def test_of_100_natural_messages_97_leave_nothing_of_their_secret(aside: bool):
    assert share(natural_leaks(aside=aside), lambda leak: not left_of(leak, redact(leak.text)[0])) >= 0.97


@of_each("aside", [False, True])
def test_of_100_ordinary_messages_99_stay_as_they_are(aside: bool):
    assert share(natural_ordinary(aside=aside), lambda plain: redact(plain.text) == (plain.text, ())) >= 0.99


@of_each(
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
        ("password saya ganti Melati2", "password saya ganti [kata sandi]"),
        ("masuk pake Kucing99! gagal", "masuk pake [kata sandi] gagal"),
        ("nama ibu kandung saya: Sulastri Handayani", "nama ibu kandung saya: [nama ibu]"),
        ("npwp 12.345.678.9-012.000", "npwp [nomor dokumen]"),
        ("https://x.id/u/3201154407920003/foto", "https://x.id/u/[NIK]/foto"),
        ("rekening abdi di bjb 0013 7745 21600", "rekening abdi di bjb [nomor rekening]"),
        ("mandiri 1 3 7 0 0 1 2 3 4 5 6 7 8 a.n budi", "mandiri [nomor rekening] a.n budi"),
        ("norek: empat satu dua nol satu nol nol delapan enam", "norek: [nomor rekening]"),
        ("insentifnya cair ke 7310098765 kan", "insentifnya cair ke [nomor rekening] kan"),
        ("virtual account 8810 0812 9931 2277 punya siapa", "virtual account [nomor kartu] punya siapa"),
        ("cvv 4 1 8", "cvv [data kartu]"),
        ("cvcku tiga nol satu", "cvcku [data kartu]"),
        ("angka di belakang kartu 772", "angka di belakang kartu [data kartu]"),
        ("otp tgl 19 okt 882 134, jam 9.15", "otp tgl 19 okt [OTP], jam 9.15"),
        ("otp kemarin 18/10 482 771", "otp kemarin 18/10 [OTP]"),
        ("otp kemarin tgl 18: 482913", "otp kemarin tgl 18: [OTP]"),
        ("otp delapan ratus tiga puluh satu dua ratus empat", "otp [OTP]"),
        ("otp sembilan ratus dua belas ribu enam ratus lima", "otp [OTP]"),
        ("kode yang masuk ke wa A4K9ZQ ditolak", "kode yang masuk ke wa [OTP] ditolak"),
        ("pasnya persib1933", "pasnya [kata sandi]"),
        ("kalo ga mawar20 ya mawar21", "kalo ga [kata sandi] ya [kata sandi]"),
        ("passwordnya cuma mawar kok ditolak", "passwordnya cuma [kata sandi] kok ditolak"),
        ("pwnya gini makan bakso enak 9", "pwnya gini [kata sandi]"),
        ("pwku anaksholeh kenapa ditolak", "pwku [kata sandi] kenapa ditolak"),
        ("jenenge mbokku Tukinem mas", "jenenge mbokku [nama ibu] mas"),
        ("nama mama saya lilis suryani, bener kan", "nama mama saya [nama ibu], bener kan"),
        (
            "nama ibu kandung ditulis Ratnawati padahal di KK Ratna Wati",
            "nama ibu kandung ditulis [nama ibu] padahal di KK [nama ibu]",
        ),
    ],
)
def test_what_is_cut_is_named_and_the_rest_stays_letter_for_letter(text: str, left: str):
    assert redact(text)[0] == left
    assert redact(left) == (left, ())


@of_each(
    "text",
    [
        "error E-1022 pas masukin otp",
        "sms dari 3346 itu resmi?",
        "otp dari 62 821 itu siapa",
        "otp tgl 18/10/2021 ga dikirim",
        "saldo kok 250250",
        "kode promo HEMAT50 ga bisa",
        "kode otp 2x24jam ga masuk",
        "masa harus isi nama ibu kandung lagi",
        "nama mama di kk beda",
        "pas daftar kemarin gagal terus",
        "passwordnya cuma bisa diganti sekali?",
        "passwordnya kok gini dari gelombang 18",
        "kalo ga gel19 ya gel20",
        "angka di belakang kartu buat apa",
        "jadwal bank bni 1 2 3 4 5 6 7 8 9",
        "delapan ratus tiga puluh ribu cukup?",
        "https://toko.id/kelas-1234567890123456",
        "Bae. Jadi beta sambung LinkAja. Kira2 uang yang gagal itu hilang ka",
        "akun saya ganti jadi GoPay. Gara2 itu gagal",
        "password nya udah bener kok, berkali2 dicoba tetep salah",
    ],
)
def test_what_sounds_like_a_secret_and_is_none_stays(text: str):
    assert redact(text) == (text, ())


@of_each(
    ("text", "left"),
    [
        ("tadi ngetik 604.118 eh otp kadaluarsa", "tadi ngetik [OTP] eh otp kadaluarsa"),
        ("pin ovo jelas2 4.8.1.2.0.9 kok salah", "pin ovo jelas2 [OTP] kok salah"),
        ("https://s.id/verif/883412 link otp kok 404", "https://s.id/verif/[OTP] link otp kok 404"),
        ("yth peserta, 291004 kode verifikasi Anda", "yth peserta, [OTP] kode verifikasi Anda"),
        ("otpnyo ciek duo tigo ampek limo tujuah", "otpnyo [OTP]"),
        ("otp seket siji, sewidak loro, patang puluh papat", "otp [OTP]"),
        ("otp kulo telu papat pitu setunggal kalih gangsal", "otp kulo [OTP]"),
        ("otpna salapan dalapan tujuh genep lima opat", "otpna [OTP]"),
        ("https://siti:mawarmerah@prakerja.go.id error", "https://siti:[kata sandi]@prakerja.go.id error"),
        ("Login: 081234567890 / bunga-mawar", "Login: 081234567890 / [kata sandi]"),
        ("Passwordku ikanhiu aja ditolak", "Passwordku [kata sandi] aja ditolak"),
        ("passwordku kelinci ga bisa", "passwordku [kata sandi] ga bisa"),
        ("tiga angka di belakang kartu debit 331", "tiga angka di belakang kartu debit [data kartu]"),
        ("BRI-ku 0812345678 hotline 1500017", "BRI-ku [nomor rekening] hotline 1500017"),
        ("ibu kandung: Hj. Siti Aminah", "ibu kandung: [nama ibu]"),
        ("nama ibu kandung R.A. Siti binti Ahmad ditolak", "nama ibu kandung [nama ibu] ditolak"),
        ("ditanya ibu kandung aku jawab Wa Ode Halimah", "ditanya ibu kandung aku jawab [nama ibu]"),
        ("ibu kandung sesuai KK beliau Ni Luh Putu Ayu", "ibu kandung sesuai KK beliau [nama ibu]"),
        ("ibu kandung a.n. Rosmala Dewi", "ibu kandung a.n. [nama ibu]"),
        ("nama ibu kandung saya tertulis sumiyati di ktp", "nama ibu kandung saya tertulis [nama ibu] di ktp"),
        ("3578014507950003;Suminah;siti@gmail.com", "[NIK];Suminah;siti@gmail.com"),
        ("c v v 7 2 9", "c v v [data kartu]"),
        ("p a s s w o r d Mangga99", "p a s s w o r d [kata sandi]"),
        ("P-I-N ku 774411", "P-I-N ku [OTP]"),
        ("cvv amex 4821", "cvv amex [data kartu]"),
        ("CVV nya yg mana, 381?", "CVV nya yg mana, [data kartu]?"),
        ("recovery code 7f3a-91bc-22de", "recovery code [kata sandi]"),
        ("pin mbanking Budi88", "pin mbanking [kata sandi]"),
        ("passwordnya Kirana spasi 2015", "passwordnya [kata sandi]"),
        ("passnya huruf besar KIRANA angka 2015", "passnya [kata sandi]"),
        ("pinnya tanggal lahir 150795", "pinnya tanggal lahir [OTP]"),
        ("emailnya siti@gmail.com sandinya kelapa", "emailnya siti@gmail.com sandinya [kata sandi]"),
        ("email siti at gmail, pass ubi-rebus", "email siti at gmail, pass [kata sandi]"),
        ("pw sayangkamu gak bisa masuk", "pw [kata sandi] gak bisa masuk"),
        ("kartu 3524<br>1129<br>0045<br>8812", "kartu [nomor kartu]"),
        ("emak abdi ngaranna Entin, ibu kandung", "emak abdi ngaranna [nama ibu], ibu kandung"),
    ],
)
def test_secrets_in_other_tongues_titles_and_links_are_cut(text: str, left: str):
    assert redact(text)[0] == left
    assert redact(left) == (left, ())


@of_each(
    "text",
    [
        "kuota gelombang 21 berapa? 754929 ya?",
        "artikel nomor 3312876543210 di help center",
        "resi JNE 0021938475610 telat",
        "no awb: 0021938475610",
        "hp lama 0812-xxxx-xxxx jadi 0857****9999, otp ga masuk",
        "saya bayar 193.857 tapi otp ga masuk",
        "https://prakerja.go.id/artikel/553201 tentang otp",
        "login pakai email / nomor hp",
        "nama ibu kandung sesuai KTP beliau salah",
        "ibu saya namanya beda di KTP, verifikasi gagal",
        "kode masuk Anda salah terus",
        "tiga angka di belakang kartu kredit buat apa",
        "passwordku lupa aja",
        "pitung dina durung mlebet otp",
        "koordinat -5.147665, 119.432732",
        "maps -6.200000,106.816666",
        "p i n itu apa",
        "pinnya jelas2 benar",
        "recovery code buat apa",
        "pw baru gak bisa masuk",
        "password huruf besar angka minimal 8",
        "passwordnya ditambah angka 2021 bisa?",
        "otp tahun 2021 masih sama?",
        "otp tanggal 18 oktober gak masuk",
    ],
)
def test_official_figures_receipts_articles_places_and_masked_phones_stay(text: str):
    assert redact(text) == (text, ())


def test_no_group_is_repeated_possessively():
    """Python before 3.11.5 loses its place in `(?:..)*+` (gh-106052) and cut a comma with it: `(?>(?:..)*)` is safe."""
    possessive = re.compile(r"\)(?:[*+?]|\{+[\d,]+\}+)\+")
    sources = [path for room in ("programme", "handlers", "reminders", "bot") for path in (ROOT / room).rglob("*.py")]
    assert len(sources) > 100
    assert not [path.name for path in sources if possessive.search(path.read_text(encoding="utf-8"))]
