"""Passwords: what people write beside the word, told apart from what they say about it.

A token that mixes letters, figures and signs is taken a few words off; a plain word only where it is plainly given as
the password ("password: mawar", "sandi saya mawar"), and not where it says something ("password saya hilang").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz, process

from programme.redaction.ordinary import PHONES
from programme.redaction.spans import Secret, Span

_WORD = (
    r"p[a@4]?[s$]{1,3}w(?:[o0a]?r{0,2}[o0a]?[dt]{0,2}|or|o?d)|[po]a?ss?[we]or?d|pass?[ \-]wo?r?d|pass|pw|pwd|p/w"
    r"|kata[ \-]?sandi|kata kunci|kode sandi|sand[iy]"
)
_NAME = re.compile(
    rf"(?<![a-z\[])(?:{_WORD})(?P<of>[\- ]?(?:nya|ne|na|ku|mu|q|e|nye))?(?![a-z\]]|[.\-]?\d)", re.IGNORECASE
)
_ME = r"saya|aku|ku|gue|gw|gua|sy|sya|aq|nya|kami|my|ane|beta|abdi|kuring|kulo|dalem|inyong|awak|ambo|den|nyong|w"
_WHOSE = (
    r"akun|email|login|prakerja|dashboard|yg|yang|lama|baru|punya|milik|hp|e-?wallet|ovo|dana|gopay|linkaja|lawas|anyar"
)
_STOP = r"(?![^\s:=,.])"  # the word ends here, and is no beginning of a password: "Prakerja#1"
_OWNED = re.compile(
    rf"\s+(?:(?:{_WHOSE})\s+)*(?:{_ME}){_STOP}(?:\s+(?:lama|baru){_STOP})?|(?:\s+(?:{_WHOSE}){_STOP})+", re.IGNORECASE
)
_MINE = re.compile(rf"\b(?:{_ME})\b", re.IGNORECASE)
_GIVEN = re.compile(r"\s*(?:[:=]+>?|->|→|\b(?:adalah|ialah|yaitu|yaiku|nyaeta|is)\b\s*[:=]?)\s*", re.IGNORECASE)
_PERHAPS_GIVEN = re.compile(
    r"\s*(?:(?:itu|iku|ini|teh|mah|tuh|jadi|pake|pakai|pakek|namanya|isinya|gini|begini|ya|kan|masih)"
    rf"{_STOP}\s*[:=]?\s*){{1,3}}",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\s*(?P<value>[\"'“‘][^\"'”’\n]{3,40}[\"'”’])")
_TOKEN = re.compile(r"(?:[^\s,;]|[,;](?=[^\s,;]))+")
_END = re.compile(
    r"\s*(?:$|[\n,;.!?)]|(?:tapi|tp|kok|min|kak|dan|mohon|tolong|ya|dong|gan|bang|pak|bu|mas|mba|mbak|kang|teh|terima|makasih"
    r"|salah|gagal|masa|trus|terus|nah)\b)",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?P<value>\S{4,40})(?P<link>\s+(?:itu|adalah|ini|iku|=|<-+|->|:|-)|\s*,)?\s+$", re.IGNORECASE)
_LOGIN = re.compile(r"[^\s@]{1,64}@[^\s@/|,]{1,64}(?:\s*[/|]\s*|\s*,\s*|\s+)(?P<value>\S{5,40})")
_PLACEHOLDER = re.compile(r"\[(?:nomor kartu|NIK|OTP|kata sandi)\]|\[(?:nomor|kata)$|^(?:kartu|sandi)\]")
_ALSO_WHEN = ("pass", "Pass", "PASS")  # "pass saya beli": when I bought
_TYPO_FROM = 80  # per cent of letters alike: an ordinary word, misspelled
_AWAY = 8  # words between the name and a token that can only be a password

_MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mar(?:et)?|apr(?:il)?|mei|juni?|juli?|agt|agustus|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?"
    r"|des(?:ember)?)"
)
_QUANTITY = re.compile(
    r"\d+(?:rb|ribu|jt|juta|k|x|jam|menit|hari|kali|an|gb|mb|th|tahun|bulan|bln|minggu|karakter|digit|huruf|angka|wib|wita"
    rf"|wit|{_MONTH})\d*|\d+[./:\-]\d[\d./:\-]*|[a-z]?\d{{1,3}}[a-z]?|rp\.?\d[\d.,\-]*|\d[\d.,]*-?|#\d+|\d+%",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:jam|tgl|tanggal|gel|gelombang|angkatan|g|h|no|hp|ke|wave|pukul|versi|v|covid|windows|win|android|iphone"
    r"|ios|survei|survey|tahap|langkah|step|batch|rp|kode|otp)[\-./]?\d+"
    r"|(?:t|a|p|sp|sob|tkt|inv|trx|order|bl|pjr)[\-/]?\d[\d/\-]*"
    r"|inv/[\w/\-]+|[^\W\d_]+-[^\W\d_]+[?!.]*|[^\W\d_]+(?:/[^\W\d_]+)*[?!.:]*",
    re.IGNORECASE,
)
_TWICE = re.compile(r"(?P<word>[a-z]{2,})[2²](?:nya|an|ku|in|ne)?", re.IGNORECASE)
_ADDRESS = re.compile(
    r"\S+@\S+\.\w+|https?:\S+|www\.\S+|\S+\.(?:com|id|go\.id|co\.id|mu|net|org)\b\S*|@[a-z_.]+", re.IGNORECASE
)
_AFFIXED = re.compile(r"(?:di|ter|ber|me[mn]|ke|pe[mn])\w{3,}|\w{3,}(?:nya|kan|lah|kah|pun)", re.IGNORECASE)
_ORDINARY_FILE = Path(__file__).parents[1] / "data" / "said_of_passwords.txt"


def find_passwords(text: str) -> Iterator[Span]:
    """Go through the passwords in a `plain` text. That one was forgotten or does not work gives nothing away."""
    seen = 0
    for name in _NAME.finditer(text):
        yield from _before(text, name)
        for span in _after(text, name, seen):
            seen = max(seen, span.end)
            yield span
    for found in _LOGIN.finditer(text):
        if _telling(found["value"]):
            yield Span(*found.span("value"), Secret.PASSWORD)


def _before(text: str, name: re.Match[str]) -> Iterator[Span]:
    """Look in front of one mention of the word: "mawar123 itu password saya"."""
    found = _BEFORE.search(text, max(0, name.start() - 60), name.start())
    if not found or (name[0].casefold().startswith("sand") and not found["link"]):
        return
    value = found["value"]
    plainly = found["link"] and _OWNED.match(text, name.end()) and not text[: found.start()].strip()
    if _telling(value) or (plainly and _weak(value.casefold())):
        yield Span(*found.span("value"), Secret.PASSWORD)


def _after(text: str, name: re.Match[str], seen: int) -> Iterator[Span]:
    """Look behind one mention of the word, and no further back than `seen`."""
    at = name.end()
    owned = _OWNED.match(text, at)
    at = owned.end() if owned else at
    given = _GIVEN.match(text, at)
    perhaps = None if given else _PERHAPS_GIVEN.match(text, at)
    at = (given or perhaps or owned or name).end()
    mine = bool(name["of"] or (owned and _MINE.search(owned[0])))
    if name[0].casefold().startswith("sand") and not (owned or given or perhaps or name["of"]):  # may be a name
        yield from _telling_ones(text, at, within=1)
        return
    if (mine or owned or given or perhaps) and (quoted := _QUOTED.match(text, at)):
        yield Span(*quoted.span("value"), Secret.PASSWORD)
        return
    first = _TOKEN.search(text, at)
    if (
        first
        and not text[at : first.start()].strip()
        and _is_value(text, first, sure=bool(given), mine=mine and name[0] not in _ALSO_WHEN)
    ):
        yield Span(first.start(), _stripped(first), Secret.PASSWORD)
        at = first.end()
    yield from _telling_ones(text, max(at, seen), within=_AWAY)


def _telling_ones(text: str, at: int, within: int) -> Iterator[Span]:
    """Look for tokens a few words on that can only be passwords."""
    for count, token in enumerate(_TOKEN.finditer(text, at)):
        if count >= within or "\n" in text[at : token.start()]:
            return
        if _telling(token[0]):
            yield Span(token.start(), _stripped(token), Secret.PASSWORD)


def _is_value(text: str, token: re.Match[str], *, sure: bool, mine: bool) -> bool:
    """Tell whether the token right behind the word is the password itself."""
    written = _bare(token[0])
    word = written.casefold()
    if len(written) < 3 or _PLACEHOLDER.search(token[0]) or _ADDRESS.fullmatch(written) or word in _ordinary():
        return False
    if sure or _telling(token[0]):
        return True
    if PHONES.fullmatch(written):
        return False
    if re.fullmatch(r"\d{4,12}", written):
        return mine or not re.fullmatch(r"(?:19|20)\d\d|\d+000", written)
    mixed = re.search(r"\d", written) and re.search(r"[^\W\d_]", written)
    if mine and mixed and not _QUANTITY.fullmatch(written):
        return True
    return mine and _weak(word) and _END.match(text, token.end()) is not None


def _weak(word: str) -> bool:
    """Tell whether a word without figures and signs may be a password: none that speaks of one."""
    if re.fullmatch(r"\d{4,12}", word):
        return not PHONES.fullmatch(word)
    if len(word) < 4 or not word.isalpha() or _AFFIXED.fullmatch(word) or word in _ordinary():
        return False
    return process.extractOne(word, _ordinary(), scorer=fuzz.ratio, score_cutoff=_TYPO_FROM) is None


def _telling(token: str) -> bool:
    """Tell whether letters, figures and signs are mixed as only in a password."""
    written = _bare(token)
    if len(written) < 5 or len(written) > 60 or _PLACEHOLDER.search(token):
        return False
    if _ADDRESS.fullmatch(written) or _QUANTITY.fullmatch(written) or re.fullmatch(r"\+?[\d\-./:]+", written):
        return False
    if _NUMBERED.fullmatch(written.rstrip("?!")):
        return False
    if (twice := _TWICE.fullmatch(written)) and (twice["word"].casefold() in _ordinary()):
        return False
    letters, digits = re.search(r"[^\W\d_]", written), re.search(r"\d", written)
    signs = re.search(r"[@#$%^&*+=_!?]", written)
    return bool(letters and (digits or signs)) or bool(digits and signs)


def _bare(token: str) -> str:
    return token.strip(".!?()[]\"':*~`")


def _stripped(token: re.Match[str]) -> int:
    """Return where the token ends without the sentence's own full stop."""
    return token.start() + len(token[0].rstrip(".)\"'"))


@cache
def _ordinary() -> frozenset[str]:
    lines = _ORDINARY_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
