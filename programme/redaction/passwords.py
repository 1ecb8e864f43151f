"""Passwords: what people write beside the word, told apart from what they say about it.

A token that mixes letters, figures and signs is taken a few words off; a plain word only where it is plainly given as
the password ("password: mawar", "sandi saya mawar"), and not where it says something ("password saya hilang").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from programme.redaction.ordinary import MASKED_PHONES, PHONES
from programme.redaction.readable import CUT
from programme.redaction.spans import Secret, SecretSpan
from programme.redaction.words import one_of, words

_NAME = re.compile(
    rf"(?<![a-z])(?:{one_of('password')})(?P<of>[\- ]?(?:nya|ne|na|ku|mu|q|e|nye))?(?![a-z]|[.\-]?\d)", re.IGNORECASE
)
_ME = one_of("me")
_WHOSE = one_of("whose")
_STOP = r"(?![^\s:=,.])"  # the word ends here, and is no beginning of a password: "Prakerja#1"
_OWNED = re.compile(
    rf"\s+(?:(?:{_WHOSE})\s+)*(?:{_ME}){_STOP}(?:\s+(?:lama|baru){_STOP})?|(?:\s+(?:{_WHOSE}){_STOP})+", re.IGNORECASE
)
_MINE = re.compile(rf"\b(?:{_ME})\b", re.IGNORECASE)
_GIVEN = re.compile(rf"\s*(?:[:=]+>?|->|→|>|\b(?:{one_of('is')})\b\s*[:=]?)\s*", re.IGNORECASE)
_PERHAPS_GIVEN = re.compile(rf"\s*(?:(?:{one_of('perhaps is')}){_STOP}\s*[:=]?\s*){{1,3}}", re.IGNORECASE)
_QUOTED = re.compile(r"\s*(?P<value>\"[^\"\n]{3,40}\"|'[^'\n]{3,40}')")
_TOKEN = re.compile(r"[,;]?[^\s,;]++(?>(?:[,;][^\s,;]++)*)")
_END = re.compile(rf"\s*(?:$|[\n,;.!?)]|(?:{one_of('ends')})\b)", re.IGNORECASE)
_BEFORE = re.compile(r"(?P<value>\S{4,40})(?P<link>\s+(?:itu|adalah|ini|iku|=|<-+|->|:|-)|\s*,)?\s+$", re.IGNORECASE)
_EMAIL = r"[^\s@:;|/]{1,64}@[\w\-]{1,40}(?:\.[\w\-]{1,20}){1,3}"
_LOGIN = re.compile(
    rf"(?<![^\s@:;|/]){_EMAIL}(?:(?P<joined>\s*[:;|/=]\s*|\s-\s|\n)|\s*,\s*|\s+(?:(?:sama|dan|dgn|dengan)\s+)?)(?P<value>[^\s|]{{5,40}})",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(rf"(?:{_EMAIL}|(?<![a-z])(?:user(?:name)?|id)\s*[:=]?\s*\w{{3,30}})[\s,.]*$", re.IGNORECASE)
_BESIDE = re.compile(
    r"(?:(?<![\d\w])(?:\+?62|0)8\d{7,12}|(?<![a-z])(?:log ?in|user(?:name)?|akun|id)\s*[:=]?\s*\w{3,30})"
    r"\s*[/|:;]\s*(?P<value>[^\s|]{5,40})",
    re.IGNORECASE,
)
_IN_LINK = re.compile(rf"https?://[^\s:/@]{{1,64}}:(?P<value>[^\s/@{CUT}]{{3,64}})@", re.IGNORECASE)
_LOGIN_AND_WORD = re.compile(
    rf"(?<![a-z])(?:log ?in|user(?:name)?|akun|id|masuk)\s*[:=]?\s*(?:(?:\+?62|0)8\d{{7,12}}|{_EMAIL})"
    r"\s*[/|]\s*(?P<value>[^\W\d_]{4,30}(?:-[^\W\d_]{2,30})*)(?![^\W_])",
    re.IGNORECASE,
)
_ACCOUNT_NEAR = 45  # characters before the word for a password
_QUERY = re.compile(rf"[?&](?:{one_of('password', 'code')})=(?P<value>[^&\s#{CUT}]{{4,}})", re.IGNORECASE)
_OWN = rf"(?:\s+(?:{_ME}|{_WHOSE}){_STOP}){{0,3}}"
_PERHAPS_NAMED = re.compile(
    rf"(?<![^\W_])(?:{one_of('perhaps password')})(?P<of>nya|ny|ne|na|ku|mu|e)?(?![^\W_])", re.IGNORECASE
)
_PERHAPS_VALUE = re.compile(
    rf"{_OWN}(?:\s*[:=]\s*|\s+(?:(?:{one_of('is', 'perhaps is', 'only')}){_STOP}\s+)?)(?P<value>[^\s,;]{{5,40}})",
    re.IGNORECASE,
)
_ONLY = re.compile(
    rf"{_OWN}(?:\s+(?:{one_of('perhaps is')}))?\s+(?:{one_of('only')})\s+(?P<value>[^\W\d_]{{4,30}})(?![^\W_])",
    re.IGNORECASE,
)
_SPACED = re.compile(
    rf"{_OWN}(?P<spaced>(?:\s*[:=]|\s+(?:{one_of('spaced')}){_STOP}:?)*)\s+"
    rf"(?P<value>(?:[^\W\d_]{{2,15}} ){{2,4}}\d{{1,4}})(?![\w%]|[.,:/]\d|\s*(?:{one_of('counts after', 'unit')})\b)",
    re.IGNORECASE,
)
_NUMBERS = re.compile(one_of("not a password", "month", "when"), re.IGNORECASE)
_EITHER = re.compile(
    rf"(?<![^\W_])(?:{one_of('either')})\s+(?P<one>[^\s,]{{5,40}}),?\s+(?:{one_of('or')})\s+(?P<other>[^\s,]{{5,40}})",
    re.IGNORECASE,
)
_ABOUT_LOGIN = re.compile(rf"(?<![a-z])(?:{one_of('password')}|log ?in|masuk|akun|sandi)", re.IGNORECASE)
_SET = re.compile(rf"(?<![^\W\d_])(?:{one_of('sets')})(?:nya|ku|in)?(?![^\W\d_])", re.IGNORECASE)
_INTO = re.compile(one_of("into"), re.IGNORECASE)
_OTHER_CODE = re.compile(rf"(?<![a-z])(?:{one_of('other code', 'names')})\s*[:=]?$", re.IGNORECASE)
_LETTER, _DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"\d")
_SIGN = re.compile(r"[@#$%^&*+=_!?]")
_TELLS = re.compile(r"[\d@#$%^&*+=_!?]")
_ALSO_WHEN = ("pass", "Pass", "PASS")  # "pass saya beli": when I bought
_TYPO_FROM = 80  # per cent of letters alike: an ordinary word, misspelled
_SHORTEST = 5
_AWAY = 8  # words between the name and a token that can only be a password
_SET_AWAY, _SET_NEAR = 5, 60  # words and characters in which "ganti" comes before one

_UNIT = one_of("unit")
_QUANTITY = re.compile(
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
_TWICE = re.compile(r"(?P<word>[a-z]{2,})[2²](?:nya|an|ku|in|ne)?", re.IGNORECASE)
_ADDRESS = re.compile(
    r"\S+@\S+\.\w+|https?:\S+|www\.\S+|\S+\.(?:com|id|go\.id|co\.id|mu|net|org|me|ly)\b\S*|@[\w.]+", re.IGNORECASE
)
_AFFIXED = re.compile(r"(?:di|ter|ber|me[mn]|ke|pe[mn])\w{3,}|\w{3,}(?:nya|kan|lah|kah|pun)", re.IGNORECASE)


def find_passwords(text: str) -> Iterator[SecretSpan]:
    """Go through the passwords in a readable text. That one was forgotten or does not work gives nothing away."""
    seen = 0
    for name in _NAME.finditer(text):
        yield from _before(text, name)
        yield from _said_lightly(text, name.end())
        for span in _after(text, name, seen):
            seen = max(seen, span.end)
            yield span
    yield from _perhaps_named(text)
    yield from _one_of_two(text)
    yield from _beside_addresses(text)
    yield from _set(text)


def _perhaps_named(text: str) -> Iterator[SecretSpan]:
    """Look behind "pas saya", which means "when I" too."""
    for name in _PERHAPS_NAMED.finditer(text):
        if name["of"]:
            yield from _said_lightly(text, name.end())
        value = _PERHAPS_VALUE.match(text, name.end())
        if value and _telling(value["value"]):
            yield SecretSpan(value.start("value"), _stripped(value, "value"), Secret.PASSWORD)


def _said_lightly(text: str, at: int) -> Iterator[SecretSpan]:
    """Look behind one mention of the word for what is "only" a word, or several words with a figure."""
    only = _ONLY.match(text, at)
    if only and _END.match(text, only.end()):
        word = only["value"].casefold()
        if _weak(word) or word in words("common password"):
            yield SecretSpan(*only.span("value"), Secret.PASSWORD)
    spaced = _SPACED.match(text, at)
    if spaced:
        said = spaced["value"].casefold().split()[:-1]
        unknown = [not speaks_of_it(word) for word in said]
        if (any(unknown) if spaced["spaced"] else all(unknown)) and not _NUMBERS.fullmatch(said[-1]):
            yield SecretSpan(*spaced.span("value"), Secret.PASSWORD)


def _one_of_two(text: str) -> Iterator[SecretSpan]:
    """Look for two that somebody wavers between: "kalo ga melati45 ya melati54"."""
    if not _TELLS.search(text):
        return
    for found in _EITHER.finditer(text):
        if _telling(found["one"]) and _telling(found["other"]):
            yield SecretSpan(*found.span("one"), Secret.PASSWORD)
            yield SecretSpan(*found.span("other"), Secret.PASSWORD)


def _beside_addresses(text: str) -> Iterator[SecretSpan]:
    """Look behind e-mail addresses, "siti@gmail.com:rahasia", and into the questions of links, "?password=rahasia"."""
    for found in _LOGIN.finditer(text) if "@" in text else ():
        if _telling(found["value"]) or (found["joined"] and _weak(_bare(found["value"]).casefold())):
            yield SecretSpan(*found.span("value"), Secret.PASSWORD)
    for found in _BESIDE.finditer(text):
        if _telling(found["value"]):
            yield SecretSpan(*found.span("value"), Secret.PASSWORD)
    for found in _LOGIN_AND_WORD.finditer(text) if "/" in text or "|" in text else ():
        if _END.match(text, found.end()) and _may_be_chosen(found["value"].casefold()):
            yield SecretSpan(*found.span("value"), Secret.PASSWORD)
    for found in _IN_LINK.finditer(text) if "@" in text else ():
        yield SecretSpan(*found.span("value"), Secret.PASSWORD)
    for found in _QUERY.finditer(text) if "=" in text else ():
        yield SecretSpan(*found.span("value"), Secret.PASSWORD)


def _set(text: str) -> Iterator[SecretSpan]:
    """Look for what something was changed to or opened with: "saya ubah jadi Kucing99!"."""
    if not _TELLS.search(text):
        return
    about_login = _ABOUT_LOGIN.search(text) is not None
    for token in _TOKEN.finditer(text):
        if not _telling(token[0]):
            continue
        before = text[max(0, token.start() - _SET_NEAR) : token.start()].rpartition("\n")[2].split()[-_SET_AWAY:]
        if _OTHER_CODE.search(" ".join(before)):
            continue
        strong = _strong(token[0])
        into = strong or any(map(_INTO.fullmatch, before))
        if (into and _SET.search(" ".join(before))) or (about_login and strong and _SIGN.search(_bare(token[0]))):
            yield SecretSpan(token.start(), _stripped(token), Secret.PASSWORD)


def _before(text: str, name: re.Match[str]) -> Iterator[SecretSpan]:
    """Look in front of one mention of the word: "mawar123 itu password saya"."""
    found = _BEFORE.search(text, max(0, name.start() - 60), name.start())
    if not found or (name[0].casefold().startswith("sand") and not (found["link"] or name["of"])):
        return
    value = found["value"]
    plainly = found["link"] and _OWNED.match(text, name.end()) and not text[: found.start()].strip()
    if _telling(value) or (plainly and _weak(value.casefold())):
        yield SecretSpan(*found.span("value"), Secret.PASSWORD)


def _after(text: str, name: re.Match[str], seen: int) -> Iterator[SecretSpan]:
    """Look behind one mention of the word, and no further back than `seen`."""
    at = name.end()
    owned = _OWNED.match(text, at)
    at = owned.end() if owned else at
    given = _GIVEN.match(text, at)
    perhaps = None if given else _PERHAPS_GIVEN.match(text, at)
    at = (given or perhaps or owned or name).end()
    of_an_account = None if given else _ACCOUNT.search(text, max(0, name.start() - _ACCOUNT_NEAR), name.start())
    mine = bool(name["of"] or (owned and _MINE.search(owned[0])) or of_an_account)
    if name[0].casefold().startswith("sand") and not (owned or given or perhaps or name["of"]):  # may be a name
        yield from _telling_ones(text, at, within=1)
        return
    if (mine or owned or given or perhaps) and (quoted := _QUOTED.match(text, at)):
        yield SecretSpan(*quoted.span("value"), Secret.PASSWORD)
        return
    first = _TOKEN.search(text, at)
    if (
        first
        and not text[at : first.start()].strip()
        and _is_value(
            text, first, sure=bool(given), mine=mine and (name[0] not in _ALSO_WHEN or of_an_account is not None)
        )
    ):
        yield SecretSpan(first.start(), _stripped(first), Secret.PASSWORD)
        at = first.end()
    yield from _telling_ones(text, max(at, seen), within=_AWAY)


def _telling_ones(text: str, at: int, within: int) -> Iterator[SecretSpan]:
    """Look for tokens a few words on that can only be passwords."""
    for count, token in enumerate(_TOKEN.finditer(text, at)):
        if count >= within or "\n" in text[at : token.start()]:
            return
        if _telling(token[0]):
            yield SecretSpan(token.start(), _stripped(token), Secret.PASSWORD)


def _is_value(text: str, token: re.Match[str], *, sure: bool, mine: bool) -> bool:
    """Tell whether the token right behind the word is the password itself."""
    written = _bare(token[0])
    word = written.casefold()
    if len(written) < 3 or CUT in token[0] or _ADDRESS.fullmatch(written) or speaks_of_it(word):
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
    if len(word) < 4 or not word.isalpha() or _is_affixed(word) or speaks_of_it(word):
        return False
    return process.extractOne(word, words("said of secrets"), scorer=fuzz.ratio, score_cutoff=_TYPO_FROM) is None


def _is_affixed(word: str) -> bool:
    """Tell whether a word says what was done, by how it begins or ends: "terkirim", but not "kelinci"."""
    return _AFFIXED.fullmatch(word) is not None and word not in words("sounds affixed")


def _may_be_chosen(written: str) -> bool:
    """Tell whether a word, or several with a dash between, may be a password: "cinta-selamanya"."""
    first, *more = written.split("-")
    return not any(map(speaks_of_it, (first, *more))) if more else _weak(first)


def _telling(token: str) -> bool:
    """Tell whether letters, figures and signs are mixed as only in a password."""
    if len(token) < _SHORTEST or not _TELLS.search(token):
        return False
    written = _bare(token)
    if len(written) < _SHORTEST or len(written) > 60 or CUT in token:
        return False
    if _ADDRESS.fullmatch(written) or _QUANTITY.fullmatch(written) or _FIGURES.fullmatch(written):
        return False
    if MASKED_PHONES.fullmatch(written):
        return False
    if _NUMBERED.fullmatch(written.rstrip("?!")):
        return False
    if (twice := _TWICE.fullmatch(written)) and speaks_of_it(twice["word"]):
        return False
    letters, digits = _LETTER.search(written), _DIGIT.search(written)
    signs = _SIGN.search(written)
    return bool(letters and (digits or signs)) or bool(digits and signs)


def _strong(token: str) -> bool:
    """Tell whether a telling token is a password wherever it stands: with figures, and a sign or a capital."""
    letters = [sign for sign in token if sign.isalpha()]
    figures = any(map(str.isdigit, token))
    mixed = any(map(str.isupper, letters)) and any(map(str.islower, letters)) and len(letters) > 2
    return bool(letters and figures and (mixed or _SIGN.search(token)))


def _bare(token: str) -> str:
    return token.strip(".!?()[]\"':*~`")


def _stripped(token: re.Match[str], group: int | str = 0) -> int:
    """Return where the token ends without the sentence's own full stop."""
    return token.start(group) + len(token[group].rstrip(".)\"'"))


def speaks_of_it(word: str) -> bool:
    """Tell whether a word is one of those that say something of a secret, and can't be one."""
    return word.casefold() in words("said of secrets")
