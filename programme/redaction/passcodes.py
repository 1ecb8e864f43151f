"""OTPs and PINs: four to eight digits, in figures or words, near a word that says so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from programme.redaction.digits import Atom, Run, digits_of, joins
from programme.redaction.ordinary import Ordinary
from programme.redaction.spans import Secret, Span

_SHORTEST, _LONGEST = 4, 8
_NOT_OTP = (
    r"tiket|ticket|pos\b|promo|voucher|vocer|referral|referal|pelatihan|kelas|wilayah|area|bank|negara|pendaftaran"
    r"|peserta|sertifikat|kursus|produk|transaksi|pesanan|invoice|order|error|eror|pembayaran|bayar|va\b|gelombang"
    r"|program|redeem|kupon|unik toko"
)
_CODE = (
    rf"(?!(?:kode|kod|code)\w*\s*(?:{_NOT_OTP}))(?<!error )(?<!eror )(?<!status )(?<!zip )(?<!promo )"
    r"(?:kode|kdoe|kod|kde|code)"
)
_NAMES = re.compile(
    rf"(?<![a-z\[])(?:[o0]tpp?|opt|oto|o[. ]t[. ]p\.?|{_CODE}|passcode|ver[iy]?fi?kasi|verif|verification|pin)"
    r"[\- ]?(?:nya|ku|mu|na|ne|e|q)?(?![a-z\]])",
    re.IGNORECASE,
)
_GLUED = re.compile(r"(?:otp|opt|pin|kode|kod)(?:nya|ku)?[:=.\-]?$", re.IGNORECASE)
_TAG = re.compile(r"(?<![a-z])g-$", re.IGNORECASE)
_READ_OUT = re.compile(r"(?<![a-z])(?:sms|isi|angka)(?:nya| nya|na)?(?:\s+masuk)?[\s:=*\"'(]*(?:g-)?", re.IGNORECASE)
_FILLED = re.compile(
    r"[\s:=.\-*'\"(,<>#]*+(?:(?:saya|aku|ku|nya|gue|gw|gua|sy|sya|abdi|kuring|kulo|adalah|itu|iku|yaitu|ini|is|ialah|yg"
    r"|yang|sing|nu|masuk|mlebu|asup|barusan|tadi|(?:dari )?prakerja|otp|code|verifikasi|anda|kamu|your|my|baru|login"
    r"|lama|aktivasi|konfirmasi|rahasia|angkanya|isinya|kak|min|ovo|dana|gopay|linkaja|bni|atm|na|ne|e|dikirim|terkirim|terima"
    r"|diterima|dapat|dapet|datang|(?:ke|dari|lewat|via|di) (?:hp|sms|wa|email|nomor)|sms|wa|hp|[4-8] ?(?:digit|angka)"
    r"|masukin|masukkan|isi|input|ketik)\b[\s:=.\-*'\"(,<>#]*+){0,6}",
    re.IGNORECASE,
)
_LINKED = re.compile(
    r"[\s*'\")]*(?:itu|ini|iku|adalah|is|as|sebagai|buat|<-+|=)\s*(?:your |nomor |no |kode |login |adalah ){0,2}",
    re.IGNORECASE,
)
_ADJACENT = re.compile(r"[\s*'\")]*(?:kode )?", re.IGNORECASE)
_BEFORE_ORDINARY = re.compile(
    r"(?:(?<![a-z])(?:rp\.?|idr|harga|saldo|sebesar|senilai|seharga|bayar|dana|uang|biaya|insentif|transfer|nominal|sisa"
    r"|tiket|ticket|laporan|aduan|pengaduan|kasus|invoice|order|pesanan|tanggal|tgl|tahun|thn|jam|pukul|pkl|gelombang|gel"
    r"|angkatan|batch|hotline|telepon|telp|tlp|telpon|hubungi|call|call center|cs|pos|kuota|sekitar|kursus|error|status"
    r"|windows|excel|permenko|jan\w*|feb\w*|mar(?:et)?|apr\w*|mei|jun\w*|jul\w*|agu\w*|sep\w*|okt\w*|nov\w*|des\w*)"
    r"(?:nya)?[\s:#]*(?:(?:saya|cuma|masih|ada|rp|nomor|no|nomer|bni|ovo|dana|linkaja|ke|di)\b[\s:.#]*){0,2}"
    r"|[#$]|(?<![a-z])(?!otp|opt|pin|kode|kod|g-)[a-z]{1,6}[\-/])$",
    re.IGNORECASE,
)
_AFTER_ORDINARY = re.compile(
    r"\s*(?:rb|ribu|rebu|jt|juta|rupiah|perak|orang|org|peserta|penerima|pendaftar|kali|digit|karakter|%|persen|wib|wita"
    r"|wit)(?![a-z])",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?:19[4-9]|20[0-4])\d(?:[ \-](?:19[4-9]|20[0-4])\d)?")
_DATE = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01])[ \-.](?:0?[1-9]|1[0-2])[ \-.](?:20)?\d\d"
    r"|(?:[12]?\d|3[01])/(?:1[0-2]|0?\d)|[0-2]?\d[.:][0-5]\d"
)
_PRICE = re.compile(r"\d{2,5}000|\d{1,3}(?:\.\d{3})+")
_ROUND = re.compile(r"\d{2,5}000|\d{1,3}(?:\.\d{3})*\.\d00")
_ALONE = re.compile(
    r"\W*(?:(?:ini|nih|min|mimin|kak|ya|gan|bang|pak|bu|mas|mbak|admin|itu|dong|kan)\b\W*){0,3}", re.IGNORECASE
)
_DAY = re.compile(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])2[0-4]")
_REACH = 60


def find_passcodes(text: str, runs: Sequence[Run]) -> Iterator[Span]:
    """Go through the OTPs and PINs in a `plain` text with these runs of digits."""
    names = [found.span() for found in _NAMES.finditer(text)]
    read_out = {found.end() for found in _READ_OUT.finditer(text)}
    if not (names or read_out or len(text) < _REACH):
        return
    phones = Ordinary(text, 0, len(text), "phone", "address")
    for code in (piece for run in runs if _long_enough(run) for piece in _pieces(text, run)):
        start, end = code[0].start, code[-1].end
        told = _alone(text, code) or _named(text, code, names, read_out=start in read_out)
        if told and not phones.covered(start, end):
            tag = _TAG.search(text, max(0, start - 3), start)
            yield Span(tag.start() if tag else start, end, Secret.OTP)


def _long_enough(run: Run) -> bool:
    return run[-1].end - run[0].start >= _SHORTEST


def _pieces(text: str, run: Run) -> Iterator[Run]:
    """Cut the run into what may be one code: all of it, or what is close together, or single groups."""
    if _is_code(run):
        yield run
        return
    piece: list[Atom] = []
    for atom, join in zip(run, [*joins(text, run), "\n"], strict=True):
        piece.append(atom)
        if len(join) > 1 or (join in ",\n:" and join):
            if _is_code(piece):
                yield piece
            else:
                yield from ([one] for one in piece if _long_enough([one]) and _is_code([one]))
            piece = []


def _is_code(run: Run) -> bool:
    """Tell whether it has the length of a code; a group of four is a code by itself unless all are that long."""
    if not _SHORTEST <= sum(len(atom.digits) for atom in run) <= _LONGEST:
        return False
    lengths = {len(atom.digits) for atom in run}
    return max(lengths) < _SHORTEST or len(lengths) == 1


def _alone(text: str, run: Run) -> bool:
    """Tell whether six digits are all of the message: an OTP sent without a word, unless a price, day or hotline."""
    if len(text) >= _REACH:
        return False
    code = digits_of(run)
    return (
        len(code) == 6
        and not any(atom.spoken for atom in run)
        and not (_DAY.fullmatch(code) or code.endswith("000") or "." in text[run[0].start : run[-1].end])
        and _ALONE.fullmatch(text, 0, run[0].start) is not None
        and "#" not in text[: run[0].start]
        and _ALONE.fullmatch(text, run[-1].end) is not None
    )


def _named(text: str, run: Run, names: list[tuple[int, int]], *, read_out: bool) -> bool:
    """Tell by the next word for a code before and behind, and by how far it is, whether this is one."""
    start, end = run[0].start, run[-1].end
    if text[start - 1 : start].isalpha():
        return _GLUED.search(text, max(0, start - 12), start) is not None
    at = bisect_left(names, (start, 0))
    after = next((stop for _, stop in names[max(0, at - 1) : at] if stop <= start), None)
    first = next((begin for begin, _ in names[at : at + 1] if begin >= end), None)
    near = (after is not None and start - after <= _REACH) or (first is not None and first - end <= _REACH)
    if not (near or read_out) or _AFTER_ORDINARY.match(text, end):
        return False
    if near and after is not None and _FILLED.fullmatch(text, after, start):
        return True
    if near and first is not None and _LINKED.fullmatch(text, end, first):
        return True
    if _looks_ordinary(text, run):
        return False
    adjacent = first is not None and _ADJACENT.fullmatch(text, end, first)
    return (_ROUND if adjacent else _PRICE).fullmatch(text, start, end) is None


def _looks_ordinary(text: str, run: Run) -> bool:
    """Tell whether the number is a date, hour, year, wave, ticket or count; a price is told by who asks."""
    start, end = run[0].start, run[-1].end
    if _BEFORE_ORDINARY.search(text, max(0, start - 30), start):
        return True
    if re.match(r"[.,/:\-]\d", text[end : end + 2]) or re.search(r"\d[.,/:\-]$", text[max(0, start - 2) : start]):
        return True
    number = text[start:end]
    groups = [int(atom.digits) for atom in run if atom.digits]
    counting = len(groups) > 2 and len(number) > 5 and all(after - before == 1 for before, after in pairwise(groups))
    return bool(counting or _YEARS.fullmatch(number) or _DATE.fullmatch(number))
