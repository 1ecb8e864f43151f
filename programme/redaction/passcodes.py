"""OTPs and PINs: four to eight digits, in figures or words, near a word that says so; six digits that nothing explains.

Six digits are a code unless something makes them ordinary: a price, a day, a phone number, or a word before or behind
that counts ("tiket", "orang").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from programme.redaction.around import Around
from programme.redaction.digits import Atom, Run, digits_of, joins
from programme.redaction.ordinary import MASKED_PHONES
from programme.redaction.spans import Secret, SecretSpan
from programme.redaction.words import is_a

_SHORTEST, _LONGEST, _USUAL = 4, 8, 6
_MOST_GROUPS = 16  # "ratus" and "puluh" are groups without figures
_DAY_AND_CODE, _DAY_AND_CODE_SPELT = 3, 11  # groups of figures: a day, a month and a code, or each of its figures
_COUNTED = 8  # words between "kuota" and how many those are
_PRICED = 5  # words between "bayar" and how much
_REACH = 60  # characters between a code and the word for it
_LETTERED = re.compile(  # figures and letters by turns: "Q7K2P9", but neither "HEMAT50" nor "PKJ2021"
    r"(?<![\w\-/.])(?=[A-Z\-]{0,4}\d)(?=\d[\d\-]*[A-Z][A-Z\-]*\d|[A-Z][A-Z\-]*\d[\d\-]*[A-Z])(?:[A-Z\d]-?){4,9}[A-Z\d](?![\w/]|[.]\w)"
    r"|(?<![\w\-/.])(?!\d+x\d)(?=[a-z]{0,4}\d)(?=\d+[a-z]+\d|[a-z]+\d+[a-z])(?=(?:\D*\d){2})[a-z\d]{5,10}(?![\w/\-]|[.]\w)"
)
_TAG = re.compile(r"(?<![a-z])g-$", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:[#$]|(?<![^\W\d_])(?!otp|opt|pin|kode|kod|g-)[a-z]{1,6}[\-/])$", re.IGNORECASE)
_IN_A_LARGER = re.compile(r"[.,/:\-]\d")
_YEARS = re.compile(r"(?:19[4-9]|20[0-4])\d(?:[ \-](?:19[4-9]|20[0-4])\d)?")
_DATE = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01])[ \-.](?:0?[1-9]|1[0-2])[ \-.](?:20)?\d\d"
    r"|(?:[12]?\d|3[01])/(?:1[0-2]|0?\d)|[0-2]?\d[.:][0-5]\d"
)
_PRICE = re.compile(r"\d{2,5}000|\d{1,3}(?:\.\d{3})+")
_ROUND = re.compile(r"\d{2,5}000|\d{1,3}(?:\.\d{3})*\.\d00")
_DAY = re.compile(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])2[0-4]")
_HOTLINE = re.compile(r"1500\d\d|150911")
_DOTTED = re.compile(r"\d{3}\.\d{3}")
_LINK = re.compile(r"https?://[^\s?#]+/(?P<code>\d{4,8})(?=/?(?:[\s?#]|$))", re.IGNORECASE)
_ADJACENT = re.compile(r"[\s*'\")]*(?:kode )?", re.IGNORECASE)
_SMS = frozenset({"sms", "smsnya"})
_TELLING_WORDS = 1  # between "sms" and what it said


def find_passcodes(around: Around, runs: Sequence[Run]) -> Iterator[SecretSpan]:
    """Go through the OTPs and PINs of a readable text, whose digits these runs are."""
    if not runs:
        return
    names = list(_names(around))
    if names:
        yield from _lettered(around, names)
        yield from _linked(around, names)
    runs = [run for run in (_unglued(around.text, run) for run in runs) if _long_enough(run)]
    text = around.text
    for code in (piece for run in runs for part in _apart_from_days(around, run) for piece in _pieces(text, part)):
        start, end = code[0].start, code[-1].end
        if (_named(around, code, names) or _bare(around, code)) and not around.ordinary.covered(
            start, end, "phone", "address"
        ):
            tag = _TAG.search(text, max(0, start - 3), start)
            yield SecretSpan(tag.start() if tag else start, end, Secret.OTP)


def _lettered(around: Around, names: list[tuple[int, int]]) -> Iterator[SecretSpan]:
    """Go through the codes of letters and figures behind a word for them: "kode yang dikirim ke email Q7K2P9"."""
    for found in _LETTERED.finditer(around.text):
        at = bisect_left(names, (found.start(), 0))
        for _, stop in names[max(0, at - 1) : at]:
            near = stop <= found.start() <= stop + _REACH and not MASKED_PHONES.fullmatch(found[0])
            if near and around.filled(stop, found.start()):
                yield SecretSpan(*found.span(), Secret.OTP)


def _linked(around: Around, names: list[tuple[int, int]]) -> Iterator[SecretSpan]:
    """Go through the figures at the end of links that are for a code: "https://tkp.me/v/924416 verifikasi otp"."""
    for found in _LINK.finditer(around.text):
        start, end = found.span("code")
        before = around.before(start, 1)
        if any(is_a(word.text, kind) for word in before for kind in ("other code", "no account")):
            continue
        if any(found.start() - _REACH <= stop and begin <= end + _REACH for begin, stop in names):
            yield SecretSpan(start, end, Secret.OTP)


def _unglued(text: str, run: Run) -> Run:
    """Leave off a figure that belongs to the word before: "jelas2 7.0.7.1.1.8"."""
    glued = len(run) > 1 and text[run[0].start - 1 : run[0].start].isalpha() and text[run[0].end].isspace()
    return run[1:] if glued else run


def _names(around: Around) -> Iterator[tuple[int, int]]:
    """Go through the words for a code; "kode pos" and "error code" are for other ones."""
    words = around.words
    for at, word in enumerate(words):
        if not is_a(word.text, "code"):
            continue
        if is_a(word.text, "code, if nothing follows"):
            if at + 1 < len(words) and is_a(words[at + 1].text, "other code"):
                continue
            if at and is_a(words[at - 1].text, "before another code"):
                continue
        yield word.start, word.end


def _long_enough(run: Run) -> bool:
    return run[-1].end - run[0].start >= _SHORTEST


def _apart_from_days(around: Around, run: Run) -> Iterator[Run]:
    """Cut a day off what stands beside it: "18/10 482 771"."""
    if not _DAY_AND_CODE <= len(run) <= _DAY_AND_CODE_SPELT or _is_code(run):
        yield run
        return
    for _, atoms in groupby(run, lambda atom: around.ordinary.covered(atom.start, atom.end, "date") > 0):
        yield list(atoms)


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
    if len(run) == 1:
        return _SHORTEST <= len(run[0].digits) <= _LONGEST
    if len(run) > _MOST_GROUPS or not _SHORTEST <= sum(len(atom.digits) for atom in run) <= _LONGEST:
        return False
    lengths = {len(atom.digits) for atom in run}
    return max(lengths) < _SHORTEST or len(lengths) == 1


def _named(around: Around, run: Run, names: list[tuple[int, int]]) -> bool:
    """Tell by the next word for a code before and behind, and by how far it is, whether this is one."""
    text, start, end = around.text, run[0].start, run[-1].end
    at = bisect_left(names, (start, 0))
    after = next((stop for _, stop in names[max(0, at - 1) : at] if stop <= start), None)
    if text[start - 1 : start].isalpha() and after != start:
        return False
    first = next((begin for begin, _ in names[at : at + 1] if begin >= end), None)
    told = any(is_a(word.text, "told") for word in around.before(start, 1 + _TELLING_WORDS))
    sms = any(word.text in _SMS for word in around.behind(end, 1 + _TELLING_WORDS))
    near = (after is not None and start - after <= _REACH) or (first is not None and first - end <= _REACH)
    if not (near or told or sms) or around.precedes(end, "counts after"):
        return False
    if _is_explained(around, start, end, few=sum(len(atom.digits) for atom in run) < _USUAL):
        return False
    if near and after is not None and around.filled(after, start):
        return True
    if near and first is not None and _is_linked(around, end, first):
        return True
    if first is not None and _is_said_which(around, end, first):
        return True
    if _looks_ordinary(around, run):
        return False
    if _DOTTED.fullmatch(text, start, end) and not any(
        is_a(word.text, "counts before") for word in around.before(start, _PRICED)
    ):
        return _ROUND.fullmatch(text, start, end) is None
    adjacent = sms or (first is not None and _ADJACENT.fullmatch(text, end, first))
    return (_ROUND if adjacent else _PRICE).fullmatch(text, start, end) is None


def _is_explained(around: Around, start: int, end: int, *, few: bool) -> bool:
    """Tell whether figures are a day, an error's, or who sent it: "dari 15-01-22", "error E-4031", "sms dari 1717"."""
    before = around.before(start, 2)
    sender = bool(before) and is_a(before[0].text, "sender")
    if (few or sender) and around.ordinary.covered(start, end, "date") == end - start:
        return True
    if not few:
        return False
    if _NUMBERED.search(around.text, max(0, start - 8), start):
        return True
    if before and is_a(before[0].text, "before another code"):
        return True
    return sender and len(before) > 1 and is_a(before[1].text, "message")


def _is_linked(around: Around, end: int, name: int) -> bool:
    """Tell whether the number is called what follows: "482913 itu kodenya"; "482913 kode" is not enough."""
    between = around.text[end:name]
    return "=" in between or (around.filled(end, name) and any(map(str.isalpha, between)))


def _is_said_which(around: Around, end: int, name: int) -> bool:
    """Tell whether a word for a code, which it is and whose come right behind: "867003 kode masuk Anda"."""
    behind = around.behind(name, 3)[1:]
    which = [word for word in behind if is_a(word.text, "sort of code")]
    return not around.text[end:name].strip() and any(is_a(word.text, "addressed") for word in behind[len(which) :][:1])


def _bare(around: Around, run: Run) -> bool:
    """Tell whether these are six digits that nothing around explains."""
    text, start, end = around.text, run[0].start, run[-1].end
    code = digits_of(run)
    if len(code) != _USUAL or not _is_even(text, run):
        return False
    if code.endswith("00") or _DAY.fullmatch(code) or _HOTLINE.fullmatch(code) or _glued(text, start, end):
        return False
    if around.precedes(end, "counts after") or _looks_ordinary(around, run) or _counts_people(around, start, end):
        return False
    return not around.ordinary.covered(start, end, "price", "date", "hour", "order", "address", "phone")


def _counts_people(around: Around, start: int, end: int) -> bool:
    """Tell whether it says how many people there are: "kuota gelombang 21 berapa? 754929 ya?"."""
    return around.near(start, end, "crowd", _COUNTED) and around.near(start, end, "how many", _COUNTED)


def _is_even(text: str, run: Run) -> bool:
    """Tell whether six digits are written as one number is: in groups of one length, or spoken one by one."""
    if any(atom.spoken for atom in run):
        return all(len(atom.digits) == 1 for atom in run)
    between = set(joins(text, run))
    lengths = {len(atom.digits) for atom in run}
    return len(between) <= 1 and len(lengths) == 1 and (lengths == {1} or not between & set("./:,\n"))


def _glued(text: str, start: int, end: int) -> bool:
    """Tell whether letters stick to the number, as in a name or an address, but for "otp" and "G-"."""
    if text[end : end + 1].isalpha():
        return not text[end : end + 3].casefold().startswith("nya")
    return text[start - 1 : start].isalpha() or bool(re.match(r"[@%]", text[end : end + 1]))


def _looks_ordinary(around: Around, run: Run) -> bool:
    """Tell whether the number is a date, hour, year, wave, ticket or count; a price is told by who asks."""
    text, start, end = around.text, run[0].start, run[-1].end
    if around.follows(start, "counts before") or _NUMBERED.search(text, max(0, start - 8), start):
        return True
    if _IN_A_LARGER.match(text, end) or re.search(r"\d[.,/:\-]$", text[max(0, start - 2) : start]):
        return True
    number = text[start:end]
    groups = [int(atom.digits) for atom in run if atom.digits]
    counting = len(groups) > 2 and len(number) > 5 and len({after - before for before, after in pairwise(groups)}) == 1
    return bool(counting or _YEARS.fullmatch(number) or _DATE.fullmatch(number))
