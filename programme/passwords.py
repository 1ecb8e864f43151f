"""Passwords: what people write after the word, told apart from what they say about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz, process

from programme.secrets_found import Secret, Span

_NAME = re.compile(
    r"(?<![a-z\[])(?:pass?word|passwod|pasword|passwd|paswot|pwd|pw|pass|kata ?sandi|katasandi|sandi)"
    r"(?P<of>[\- ]?(?:nya|ku|mu))?(?![a-z\]])",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"\s+(?:(?:akun|email|login|prakerja|dashboard|yg|yang|lama|baru|punya|milik|hp|e-?wallet|ovo|dana|gopay|linkaja)\s+)*"
    r"(?:saya|aku|ku|gue|gw|gua|sy|nya|kami|my|ane|beta)\b|(?:\s+(?:akun|email|login|prakerja|dashboard|lama|baru)\b)+",
    re.IGNORECASE,
)
_IS = re.compile(r"\s*(?:[:=]|(?:adalah|itu|ialah|yaitu|is|ini|jadi|pake|pakai)\b\s*[:=]?)\s*", re.IGNORECASE)
_QUOTED = re.compile(r"\s*(?P<value>[\"'“‘][^\"'”’\n]{3,40}[\"'”’])")
_TOKEN = re.compile(r"[^\s,;]+")
_END = re.compile(
    r"\s*(?:$|[\n,;.!?)]|(?:tapi|tp|kok|min|kak|dan|mohon|tolong|ya|dong|gan|bang|pak|bu|mas|mba|mbak)\b)",
    re.IGNORECASE,
)
_REVERSED = re.compile(
    r"(?<!\S)(?P<value>\S{5,40})\s+(?:itu|adalah|ini|=)\s+(?:pass?word|pw|pwd|kata ?sandi|sandi)", re.IGNORECASE
)
_TYPO_FROM = 80  # per cent of letters alike: an ordinary word, misspelled
_AWAY = 6  # words between the name and a token that can only be a password

_UNIT = re.compile(
    r"\d+(?:rb|ribu|jt|juta|k|x|jam|menit|hari|kali|an|gb|mb|th|tahun|bulan|bln|minggu|karakter|digit|huruf|angka|wib|wita|wit)"
    r"|(?:jam|tgl|gel|gelombang|angkatan|g|h|no|hp|ke|wave|pukul|versi|v|prakerja|covid|windows|win|android|iphone|ios|survei"
    r"|survey|tahap|langkah|step|batch|rp|kode|otp|t)[\-.]?\d+|\d+[./:\-]\d[\d./:\-]*|[a-z]?\d{1,3}[a-z]?|rp\.?\d[\d.,]*|#\d+",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\S+@\S+\.\w+|https?:\S+|www\.\S+|\S+\.(?:com|id|go\.id|co\.id|mu|net|org)\b\S*|@\w+", re.IGNORECASE
)
_NAMES = {
    "linkaja",
    "gopay",
    "whatsapp",
    "facebook",
    "youtube",
    "iphone",
    "bukalapak",
    "kemnaker",
    "tiktok",
    "e-wallet",
}
_AFFIXED = re.compile(r"(?:di|ter|ber|me[mn])\w{3,}|\w{3,}(?:nya|kan|lah|kah|pun)", re.IGNORECASE)
_ORDINARY_FILE = Path(__file__).with_name("data") / "said_of_passwords.txt"


def find_passwords(text: str) -> Iterator[Span]:
    """Go through the passwords in `text`. That one was forgotten or does not work gives nothing away."""
    for name in _NAME.finditer(text):
        yield from _after(text, name)
    for found in _REVERSED.finditer(text):
        if _telling(found["value"]):
            yield Span(*found.span("value"), Secret.PASSWORD)


def _after(text: str, name: re.Match[str]) -> Iterator[Span]:
    """Look behind one mention of the word."""
    at = name.end()
    owned = _OWNED.match(text, at)
    at = owned.end() if owned else at
    said = _IS.match(text, at)
    at = said.end() if said else at
    if name[0].casefold() == "sandi" and not (owned or said):  # may be a person's name
        yield from _telling_ones(text, at, within=1)
        return
    if (owned or said or name["of"]) and (quoted := _QUOTED.match(text, at)):
        yield Span(*quoted.span("value"), Secret.PASSWORD)
        return
    first = _TOKEN.search(text, at)
    if (
        first
        and text[at : first.start()].strip(" \t\n") == ""
        and _is_value(text, first, sure=bool(said), owned=bool(owned or name["of"]))
    ):
        yield Span(first.start(), _stripped(first), Secret.PASSWORD)
        at = first.end()
    yield from _telling_ones(text, at, within=_AWAY)


def _telling_ones(text: str, at: int, within: int) -> Iterator[Span]:
    """Look for tokens a few words on that can only be passwords."""
    for count, token in enumerate(_TOKEN.finditer(text, at)):
        if count >= within or "\n" in text[at : token.start()]:
            return
        if _telling(token[0]):
            yield Span(token.start(), _stripped(token), Secret.PASSWORD)


def _is_value(text: str, token: re.Match[str], *, sure: bool, owned: bool) -> bool:
    """Tell whether the token right behind the word is the password itself."""
    written = token[0].strip(".!?()\"'")
    plain = written.casefold()
    if not written or written.startswith("[") or _ADDRESS.fullmatch(written) or plain in _ordinary():
        return False
    if _telling(token[0]) or re.fullmatch(r"\d{4,12}", written):
        return True
    if not re.search(r"\w", written) or _UNIT.fullmatch(written):
        return False
    if sure:
        return True
    if process.extractOne(plain, _ordinary(), scorer=fuzz.ratio, score_cutoff=_TYPO_FROM):
        return False
    return owned and len(written) >= 4 and not _AFFIXED.fullmatch(plain) and bool(_END.match(text, token.end()))


def _telling(token: str) -> bool:
    """Tell whether letters, digits and signs are mixed as only in a password."""
    written = token.strip(".!?()\"':")
    if len(written) < 5 or written.startswith("[") or written.casefold() in _NAMES:
        return False
    if _ADDRESS.fullmatch(written) or _UNIT.fullmatch(written) or re.fullmatch(r"\+?[\d\-./:]+", written):
        return False
    letters, digits = re.search(r"[^\W\d_]", written), re.search(r"\d", written)
    signs = re.search(r"[@#$%^&*+=_!?]", written)
    return bool(letters and (digits or signs)) or bool(digits and signs)


def _stripped(token: re.Match[str]) -> int:
    """Return where the token ends without the sentence's own full stop."""
    return token.start() + len(token[0].rstrip(".?)"))


@cache
def _ordinary() -> frozenset[str]:
    lines = _ORDINARY_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
