"""What looks like a password by itself: letters, figures and signs mixed, or a word that says nothing else."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process

from programme.redaction.ordinary import MASKED_PHONES, PHONES
from programme.redaction.readable import CUT
from programme.redaction.words import one_of, words

_LETTER, _DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"\d")
SIGN = re.compile(r"[@#$%^&*+=_!?]")
TELLS = re.compile(r"[\d@#$%^&*+=_!?]")
_TYPO_FROM = 80  # per cent of letters alike: an ordinary word, misspelled
_SHORTEST = 5

_UNIT = one_of("unit")
QUANTITY = re.compile(
    rf"\d+(?:{_UNIT}|{one_of('month')})\d*|\d+[./:\-]\d[\d./:\-]*|[a-z]?\d{{1,3}}[a-z]?|rp\.?\d[\d.,\-]*(?:{_UNIT})?"
    rf"|\d[\d.,]*(?:{_UNIT})?-?|#\d+|\d+%",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    rf"(?:{one_of('not a password')})[\-./]?\d+[a-z]{{0,3}}"
    rf"|(?:t|a|p|{one_of('order')})[\-/]?\d[\d/\-]*"
    r"|inv/[\w/\-]+|[^\W\d_]+-[^\W\d_]+[?!.]*|[^\W\d_]+(?:/[^\W\d_]+)*[?!.:]*",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"\+?[\d\-./:]+")
TWICE = re.compile(r"(?P<word>[a-z]{2,})[2²](?:nya|an|ku|in|ne)?", re.IGNORECASE)
ADDRESS = re.compile(
    r"\S+@\S+\.\w+|https?:\S+|www\.\S+|\S+\.(?:com|id|go\.id|co\.id|mu|net|org|me|ly)\b\S*|@[\w.]+", re.IGNORECASE
)
_AFFIXED = re.compile(r"(?:di|ter|ber|me[mn]|ke|pe[mn])\w{3,}|\w{3,}(?:nya|kan|lah|kah|pun)", re.IGNORECASE)


def is_telling(token: str) -> bool:
    """Tell whether letters, figures and signs are mixed as only in a password."""
    if len(token) < _SHORTEST or not TELLS.search(token):
        return False
    written = bare(token)
    if len(written) < _SHORTEST or len(written) > 60 or CUT in token:
        return False
    if ADDRESS.fullmatch(written) or QUANTITY.fullmatch(written) or _FIGURES.fullmatch(written):
        return False
    if MASKED_PHONES.fullmatch(written):
        return False
    if _NUMBERED.fullmatch(written.rstrip("?!")):
        return False
    if (twice := TWICE.fullmatch(written)) and (speaks_of_it(twice["word"]) or _is_said_twice(twice["word"])):
        return False
    letters, digits = _LETTER.search(written), _DIGIT.search(written)
    signs = SIGN.search(written)
    return bool(letters and (digits or signs)) or bool(digits and signs)


def is_strong(token: str) -> bool:
    """Tell whether a telling token is a password wherever it stands: with figures, and a sign or a capital."""
    letters = [sign for sign in token if sign.isalpha()]
    figures = any(map(str.isdigit, token))
    mixed = any(map(str.isupper, letters)) and any(map(str.islower, letters)) and len(letters) > 2
    return bool(letters and figures and (mixed or SIGN.search(token)))


def is_weak(word: str, *, typos: bool = True) -> bool:
    """Tell whether a word without figures and signs may be a password: none that speaks of one, with `typos` or not."""
    if re.fullmatch(r"\d{4,12}", word):
        return not PHONES.fullmatch(word)
    if len(word) < 4 or not word.isalpha() or _is_affixed(word) or speaks_of_it(word):
        return False
    said = words("said of secrets")
    return not typos or process.extractOne(word, said, scorer=fuzz.ratio, score_cutoff=_TYPO_FROM) is None


def may_be_chosen(written: str, *, typos: bool = True) -> bool:
    """Tell whether a word, or several with a dash between, may be a password: "cinta-selamanya"."""
    first, *more = written.split("-")
    return not any(map(speaks_of_it, (first, *more))) if more else is_weak(first, typos=typos)


def _is_affixed(word: str) -> bool:
    """Tell whether a word says what was done, by how it begins or ends: "terkirim", but not "kelinci"."""
    return _AFFIXED.fullmatch(word) is not None and word not in words("sounds affixed")


def bare(token: str) -> str:
    """Return a token without the marks of the sentence around it."""
    return token.strip(".!?()[]\"':*~`")


def _is_said_twice(word: str) -> bool:
    """Tell whether a word with a 2 behind it is that word doubled: "kira2", "pelan2"."""
    return word.casefold() in words("said twice")


def speaks_of_it(word: str) -> bool:
    """Tell whether a word is one of those that say something of a secret, and can't be one."""
    return word.casefold() in words("said of secrets")
