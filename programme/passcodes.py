"""OTPs and PINs: four to eight digits, in figures or words, near a word that says so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from programme.secrets_found import DIGIT_WORD, Secret, Span

_NOT_OTP = (
    r"tiket|ticket|pos\b|promo|voucher|vocer|referral|referal|pelatihan|kelas|wilayah|area|bank|negara|pendaftaran"
    r"|peserta|sertifikat|kursus|produk|transaksi|pesanan|invoice|order|error|pembayaran|bayar|va\b|gelombang|program"
)
_NAMES = re.compile(
    rf"(?<![a-z\[])(?:otp|o\.t\.p|kode(?:nya)?(?!\s*(?:{_NOT_OTP}))|code|passcode|verifikasi|verif|verification|pin)"
    r"(?:nya|ku|mu)?(?![a-z\]])",
    re.IGNORECASE,
)
_NUMBERS = re.compile(
    r"(?<!\w)(?<!\d[.,/:\-])(?:\d(?:[ \-.,]\d){3,7}|\d{4}[ \-]\d{4}|\d{3}[ \-.]\d{3}|\d{2}(?:[ \-.]\d{2}){1,3}|\d{4,8})"
    r"(?![\d_]|[.,/:\-]\d)"
)
_GLUED = re.compile(r"(?<=otp|pin|ode)(?:nya)?[:=.\-]?(?P<number>\d{4,8})(?!\d)", re.IGNORECASE)
_WORDS = re.compile(rf"\b{DIGIT_WORD}(?:[\s,\-]+{DIGIT_WORD}){{3,}}\b", re.IGNORECASE)
_PHONES = re.compile(
    r"(?<!\d)(?:(?:\+?62|0)8\d{7,11}(?!\d)|\+?62[ \-]?8(?:[ \-]?\d){8,11}(?!\d)|08\d{2}(?:[ \-]\d{3,4}){2,3}(?!\d)"
    r"|0\d{2,3}[ \-]\d{3,4}(?:[ \-]?\d{3,5}){0,2}(?!\d)|1500\d{3}(?!\d)|150911(?!\d))"
)
_FILLED = re.compile(
    r"[\s:=.\-*'\"]*(?:(?:saya|aku|ku|nya|gue|gw|gua|sy|adalah|itu|yaitu|ini|is|ialah|yg|yang|masuk|barusan|tadi|prakerja"
    r"|otp|code|verifikasi|anda|kamu|your|my|sms|sms nya|dari|baru)\b[\s:=.\-*'\"]*){0,5}",
    re.IGNORECASE,
)
_BEFORE_ORDINARY = re.compile(
    r"(?:rp\.?|idr|harga|saldo|sebesar|senilai|seharga|bayar|dana|uang|biaya|insentif|transfer|nominal|sisa|tiket|ticket"
    r"|laporan|aduan|pengaduan|kasus|invoice|order|pesanan|tanggal|tgl|tahun|thn|jam|pukul|pkl|gelombang|gel|angkatan|batch"
    r"|hotline|telepon|telp|tlp|telpon|hubungi|call|call center|cs|pos|kuota|sekitar|kursus|error"
    r"|jan\w*|feb\w*|mar(?:et)?|apr\w*|mei|jun\w*|jul\w*|agu\w*|sep\w*|okt\w*|nov\w*|des\w*)"
    r"(?:nya)?[\s:#]*(?:(?:saya|cuma|masih|ada|rp|nomor|no|nomer|bni|ovo|dana|linkaja|ke|di)\b[\s:.#]*){0,2}$|[#$]$"
    r"|(?:\bt|\btiket|\bg)-$",
    re.IGNORECASE,
)
_AFTER_ORDINARY = re.compile(
    r"\s*(?:rb|ribu|rebu|jt|juta|rupiah|k\b|perak|orang|org|peserta|penerima|kali|x\b|menit|mnt|jam|hari|detik|digit|angka"
    r"|karakter|%|persen|wib|wita|wit\b|jan\w*|feb\w*|maret|apr\w*|mei|jun[ie]|jul[iy]|agu\w*|sep\w*|okt\w*|nov\w*|des\w*)"
    r"(?![a-z])",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?:19[4-9]|20[0-4])\d(?:[ \-](?:19[4-9]|20[0-4])\d)?")
_DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])[ \-.](?:0?[1-9]|1[0-2])[ \-.](?:20)?\d\d|[0-2]?\d[.:][0-5]\d")
_REACH = 60


def find_passcodes(text: str) -> Iterator[Span]:
    """Go through the OTPs and PINs in `text`."""
    names = [found.span() for found in _NAMES.finditer(text)]
    for found in _GLUED.finditer(text):
        yield Span(*found.span("number"), Secret.OTP)
    if not names:
        return
    phones = [found.span() for found in _PHONES.finditer(text)]
    for found in _NUMBERS.finditer(text):
        start, end = found.span()
        close = _close(names, start)
        direct = _directly(text, close, start)
        if (direct or _near(close, start, end)) and not _ordinary(text, start, end, phones, direct=direct):
            yield Span(start, end, Secret.OTP)
    for found in _WORDS.finditer(text):
        if _near(_close(names, found.start()), *found.span()):
            yield Span(*found.span(), Secret.OTP)


def _close(names: list[tuple[int, int]], at: int) -> list[tuple[int, int]]:
    """Return the names about `at`, so that a long text full of them takes no time."""
    return names[bisect_left(names, (at - 2 * _REACH, 0)) : bisect_left(names, (at + 3 * _REACH, 0))]


def _near(names: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(0 <= start - after <= _REACH or 0 <= before - end <= _REACH for before, after in names)


def _directly(text: str, names: list[tuple[int, int]], start: int) -> bool:
    """Tell whether only filling words stand between a name and the number."""
    return any(after <= start and _FILLED.fullmatch(text, after, start) for _, after in names)


def _ordinary(text: str, start: int, end: int, phones: list[tuple[int, int]], *, direct: bool) -> bool:
    """Tell whether the number is a price, date, hour, year, wave, ticket, count or phone number."""
    if any(start < last and first < end for first, last in phones):
        return True
    if _BEFORE_ORDINARY.search(text, max(0, start - 30), start) or _AFTER_ORDINARY.match(text, end):
        return True
    if direct:
        return False
    number = text[start:end]
    price = (number.endswith("000") and len(number) > 4) or re.fullmatch(r"\d{1,3}(?:\.\d{3})+", number)
    groups = [int(group) for group in re.findall(r"\d+", number)]
    counting = len(groups) > 1 and all(after - before == 1 for before, after in pairwise(groups))
    return bool(counting or price or _YEARS.fullmatch(number) or _DATE.fullmatch(number))
