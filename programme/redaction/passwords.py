"""Passwords: what people write beside the word, told apart from what they say about it.

A token that mixes letters, figures and signs is taken a few words off; a plain word only where it is plainly given as
the password ("password: mawar", "sandi saya mawar"), and not where it says something ("password saya hilang").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from programme.redaction.ordinary import PHONES
from programme.redaction.password_shapes import (
    ADDRESS,
    QUANTITY,
    SIGN,
    TELLS,
    TWICE,
    bare,
    is_strong,
    is_telling,
    is_weak,
    may_be_chosen,
    speaks_of_it,
)
from programme.redaction.readable import CUT
from programme.redaction.spans import Secret, SecretSpan
from programme.redaction.words import is_a, one_of, words

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
_ACCOUNT = re.compile(
    rf"(?:{_EMAIL}|(?<![^\W_])\w{{3,30}} at \w{{3,20}}|(?<![a-z])(?:user(?:name)?|id)\s*[:=]?\s*\w{{3,30}})[\s,.]*$",
    re.IGNORECASE,
)
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
_COMPOSED = re.compile(
    rf"{_OWN}(?:\s*[:=])?\s+(?P<value>(?:(?:{one_of('composes first')})\s+)?(?P<word>[^\W\d_]{{3,20}})"
    rf"(?:\s+(?:{one_of('composes')})){{1,2}}\s+(?:[^\W\d_]{{3,20}}|\d{{1,8}}))(?![\w%]|[.,:/]\d)",
    re.IGNORECASE,
)
_OR_CODE = re.compile(rf"(?<![^\W\d_])(?:{one_of('password or code')})(?:nya|ku|mu|ne|e)?(?![^\W\d_])", re.IGNORECASE)
_CODE_AWAY = 4
_NUMBERS = re.compile(one_of("not a password", "month", "when"), re.IGNORECASE)
_EITHER = re.compile(
    rf"(?<![^\W_])(?:{one_of('either')})\s+(?P<one>[^\s,]{{5,40}}),?\s+(?:{one_of('or')})\s+(?P<other>[^\s,]{{5,40}})",
    re.IGNORECASE,
)
_ABOUT_LOGIN = re.compile(rf"(?<![a-z])(?:{one_of('password')}|log ?in|masuk|akun|sandi)", re.IGNORECASE)
_SET = re.compile(rf"(?<![^\W\d_])(?:{one_of('sets')})(?:nya|ku|in)?(?![^\W\d_])", re.IGNORECASE)
_INTO = re.compile(one_of("into"), re.IGNORECASE)
_INTO_OR_SET = re.compile(rf"{_INTO.pattern}|(?:{one_of('sets')})(?:nya|ku|in)?[:=]?", re.IGNORECASE)
_OTHER_CODE = re.compile(rf"(?<![a-z])(?:{one_of('other code', 'names')})\s*[:=]?$", re.IGNORECASE)
_SHORT = ("pw", "pwd", "pswd", "p/w")  # who is as short as that gives it
_ALSO_WHEN = ("pass", "Pass", "PASS")  # "pass saya beli": when I bought
_AWAY = 8  # words between the name and a token that can only be a password
_SET_AWAY, _SET_NEAR = 5, 60  # words and characters in which "ganti" comes before one


def find_passwords(text: str) -> Iterator[SecretSpan]:
    """Go through the passwords in a readable text. That one was forgotten or does not work gives nothing away."""
    seen = 0
    for name in _NAME.finditer(text):
        yield from _before(text, name)
        yield from _said_lightly(text, name.end())
        for span in _after(text, name, seen):
            seen = max(seen, span.end)
            yield span
    for name in _OR_CODE.finditer(text) if TELLS.search(text) else ():
        yield from (
            span
            for span in _telling_ones(text, name.end(), within=_CODE_AWAY)
            if not TWICE.fullmatch(text, span.start, span.end)
        )
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
        if value and is_telling(value["value"]):
            yield SecretSpan(value.start("value"), _stripped(value, "value"), Secret.PASSWORD)


def _said_lightly(text: str, at: int) -> Iterator[SecretSpan]:
    """Look behind one mention of the word for what is "only" a word, or several words with a figure."""
    only = _ONLY.match(text, at)
    if only and _END.match(text, only.end()):
        word = only["value"].casefold()
        if is_weak(word) or word in words("common password"):
            yield SecretSpan(*only.span("value"), Secret.PASSWORD)
    composed = _COMPOSED.match(text, at)
    if composed and not speaks_of_it(composed["word"]) and not is_a(composed["word"].casefold(), "composes"):
        yield SecretSpan(*composed.span("value"), Secret.PASSWORD)
    spaced = _SPACED.match(text, at)
    if spaced:
        said = spaced["value"].casefold().split()[:-1]
        unknown = [not speaks_of_it(word) for word in said]
        if (any(unknown) if spaced["spaced"] else all(unknown)) and not _NUMBERS.fullmatch(said[-1]):
            yield SecretSpan(*spaced.span("value"), Secret.PASSWORD)


def _one_of_two(text: str) -> Iterator[SecretSpan]:
    """Look for two that somebody wavers between: "kalo ga melati45 ya melati54"."""
    if not TELLS.search(text):
        return
    for found in _EITHER.finditer(text):
        if is_telling(found["one"]) and is_telling(found["other"]):
            yield SecretSpan(*found.span("one"), Secret.PASSWORD)
            yield SecretSpan(*found.span("other"), Secret.PASSWORD)


def _beside_addresses(text: str) -> Iterator[SecretSpan]:
    """Look behind e-mail addresses, "siti@gmail.com:rahasia", and into the questions of links, "?password=rahasia"."""
    for found in _LOGIN.finditer(text) if "@" in text else ():
        if is_telling(found["value"]) or (found["joined"] and is_weak(bare(found["value"]).casefold())):
            yield SecretSpan(*found.span("value"), Secret.PASSWORD)
    for found in _BESIDE.finditer(text):
        if is_telling(found["value"]):
            yield SecretSpan(*found.span("value"), Secret.PASSWORD)
    for found in _LOGIN_AND_WORD.finditer(text) if "/" in text or "|" in text else ():
        if _END.match(text, found.end()) and may_be_chosen(found["value"].casefold()):
            yield SecretSpan(*found.span("value"), Secret.PASSWORD)
    for found in _IN_LINK.finditer(text) if "@" in text else ():
        yield SecretSpan(*found.span("value"), Secret.PASSWORD)
    for found in _QUERY.finditer(text) if "=" in text else ():
        yield SecretSpan(*found.span("value"), Secret.PASSWORD)


def _set(text: str) -> Iterator[SecretSpan]:
    """Look for what something was changed to or opened with: "saya ubah jadi Kucing99!"."""
    if not TELLS.search(text):
        return
    about_login = _ABOUT_LOGIN.search(text) is not None
    for token in _TOKEN.finditer(text):
        if not is_telling(token[0]):
            continue
        before = text[max(0, token.start() - _SET_NEAR) : token.start()].rpartition("\n")[2].split()[-_SET_AWAY:]
        if _OTHER_CODE.search(" ".join(before)):
            continue
        if TWICE.fullmatch(bare(token[0])) and not (before and _INTO_OR_SET.fullmatch(before[-1])):
            continue  # "saya ganti jadi OVO. Mana2 gagal": a word that is doubled
        strong = is_strong(token[0])
        into = strong or any(map(_INTO.fullmatch, before))
        if (into and _SET.search(" ".join(before))) or (about_login and strong and SIGN.search(bare(token[0]))):
            yield SecretSpan(token.start(), _stripped(token), Secret.PASSWORD)


def _before(text: str, name: re.Match[str]) -> Iterator[SecretSpan]:
    """Look in front of one mention of the word: "mawar123 itu password saya"."""
    found = _BEFORE.search(text, max(0, name.start() - 60), name.start())
    if not found or (_may_be_a_name(name[0]) and not (found["link"] or name["of"])):
        return
    value = found["value"]
    plainly = found["link"] and _OWNED.match(text, name.end()) and not text[: found.start()].strip()
    if is_telling(value) or (plainly and is_weak(value.casefold())):
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
    short = name[0].casefold() in _SHORT
    mine = bool(name["of"] or (owned and _MINE.search(owned[0])) or of_an_account or short)
    if _may_be_a_name(name[0]) and not (owned or given or perhaps or name["of"]):  # may be a name
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
            text,
            first,
            sure=bool(given),
            beside=of_an_account is not None,
            mine=mine and (name[0] not in _ALSO_WHEN or of_an_account is not None),
        )
    ):
        yield SecretSpan(first.start(), _stripped(first), Secret.PASSWORD)
        at = first.end()
    yield from _telling_ones(text, max(at, seen), within=_AWAY)


def _may_be_a_name(word: str) -> bool:
    """Tell whether people are called so: "Sandi", but nobody "sandhi"."""
    return word.casefold().startswith(("sandi", "sandy"))


def _telling_ones(text: str, at: int, within: int) -> Iterator[SecretSpan]:
    """Look for tokens a few words on that can only be passwords."""
    for count, token in enumerate(_TOKEN.finditer(text, at)):
        if count >= within or "\n" in text[at : token.start()]:
            return
        if is_telling(token[0]):
            yield SecretSpan(token.start(), _stripped(token), Secret.PASSWORD)


def _is_value(text: str, token: re.Match[str], *, sure: bool, mine: bool, beside: bool) -> bool:
    """Tell whether the token right behind the word is the password itself."""
    written = bare(token[0])
    word = written.casefold()
    if len(written) < 3 or CUT in token[0] or ADDRESS.fullmatch(written) or speaks_of_it(word):
        return False
    if sure or is_telling(token[0]):
        return True
    if PHONES.fullmatch(written):
        return False
    if re.fullmatch(r"\d{4,12}", written):
        return mine or not re.fullmatch(r"(?:19|20)\d\d|\d+000", written)
    mixed = re.search(r"\d", written) and re.search(r"[^\W\d_]", written)
    if mine and mixed and not QUANTITY.fullmatch(written):
        return True
    weak = may_be_chosen(word, typos=not beside) if beside else is_weak(word)
    return mine and weak and _END.match(text, token.end()) is not None


def _stripped(token: re.Match[str], group: int | str = 0) -> int:
    """Return where the token ends without the sentence's own full stop."""
    return token.start(group) + len(token[group].rstrip(".)\"'"))
