"""What a message puts in place of what was named before: *eh salah, bukan Pintaria, Tokopedia*, *maksudku 21*."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import takewhile

from handlers.understanding.entities import ANY_DAY, find_entities
from handlers.understanding.entities.numbers import small
from handlers.understanding.meaning import Entity, Understanding
from handlers.understanding.phrases import says
from handlers.understanding.spelling import spelt
from handlers.understanding.statements import clauses, is_other, names_somebody, spoken, within, words_of
from handlers.understanding.tokens import Token

_DENYING = frozenset({"bukan", "jangan", "dudu", "sanes"})
_TURNING = frozenset({"salah", "keliru", "ralat"})
_UNTURNED = frozenset({"tidak", "bukan", "pasti"})
_SLIPS = frozenset(
    {"tulis", "nulis", "ketik", "ngetik", "sebut", "nyebut", "pencet", "ngomong", "bilang", "info", "pilih"}
)
_CORRECTED = ("platform", "partner", "wave", "zone", "date")
_OWNING = frozenset({"punya", "milik", "buat", "untuk", "akun", "nama"})
_NEAR = 3  # words


def meant_instead(text: str, today: date, *, bare_number: bool = False) -> dict[str, str]:
    """Return what a text names in place of what was named before, by kind: *eh salah, bukan Pintaria, Tokopedia*.

    Empty where no word says that it corrects, or where nothing is left but what it denies. With `bare_number`, a
    number by itself is a wave.
    """
    if "?" in text or not says("meant otherwise", text):
        return {}
    tokens = spelt(text)
    kept = [entity for entity in find_entities(text, today=today, kinds=_CORRECTED) if not is_denied(entity, tokens)]
    of_else = [one for one in find_entities(text, today=today) if one.kind != "wave"]
    if bare_number and not names_somebody(text) and (wave := _bare_wave(text, tokens, kept, of_else)) is not None:
        return {"wave": wave}
    own = [entity for entity in kept if not _is_others(entity, tokens)]
    turned = turns_at(tokens)
    later = [entity for entity in own if entity.start > turned] or _bare_day(own, tokens, turned, today)
    numbered = [entity for entity in later if any(map(str.isdecimal, entity.text))]  # *jumat tgl 15*
    return {entity.kind: entity.value for entity in (*reversed(own), *reversed(later), *reversed(numbered))}


def _bare_wave(text: str, tokens: list[Token], kept: Sequence[Entity], of_else: Sequence[Entity]) -> str | None:
    """Return the one number that belongs to nothing named; the day of its announcement says no more than it."""
    announced = [one.start for one in of_else if one.kind == "date"] if says("the announcement", text) else []
    ahead = [token for token in tokens if token.start < min(announced, default=len(text))]
    other = any(one.kind != "date" or (one in of_else and not announced) for one in kept)
    other = other or any(one.kind == "hour" for one in of_else)  # *bukan begitu, rit 1 selesai jam 2*
    numbers = _bare_numbers(ahead, of_else)
    return numbers[0] if not other and len(numbers) == 1 else None


def _bare_day(named: Sequence[Entity], tokens: Sequence[Token], turned: int, today: date) -> tuple[Entity, ...]:
    """Return the day that a bare number behind the turn puts in place of one: *tgl 14, eh salah 15*."""
    if turned < 0 or not any(entity.kind == "date" for entity in named):
        return ()
    numbers = _bare_numbers([token for token in tokens if token.start > turned], ())
    return find_entities(f"tanggal {numbers[0]}", today=today, kinds=("date",)) if len(numbers) == 1 else ()


def turns_at(tokens: Sequence[Token]) -> int:
    """Return where a text turns to what is right, below 0 where it doesn't: *X, eh salah, Y*, *X, bukan, Y*."""
    around = zip((None, *tokens), tokens, (*tokens[1:], None), strict=False)
    turns = [token.start for before, token, then in around if _turns(before, token, then)]
    return turns[-1] if turns else -1


def _turns(before: Token | None, token: Token, then: Token | None) -> bool:
    """Whether a word takes back what stands before it: *salah tulis X* and *kalau ga salah* do not."""
    if token.word in _TURNING:
        return not (before is not None and before.word in _UNTURNED) and not (then is not None and then.word in _SLIPS)
    return token.word == "bukan" and then is not None and not spoken(then)


def _bare_numbers(tokens: list[Token], named: Sequence[Entity]) -> list[str]:
    """Return the numbers of a text, in digits or words, that belong to nothing named."""
    found, at = list[str](), 0
    while at < len(tokens):
        free = not any(one.start <= tokens[at].start < one.end for one in named)
        free = free and not (at > 0 and tokens[at - 1].word in _DENYING)
        read = small(tokens, at) if free else None
        if read is not None:
            found.append(str(read[0]))
        at = read[1] if read is not None else at + 1
    return found


def denies_day(text: str, today: date) -> bool:
    """Tell whether a text says of a day that it was not then: *bukan kemarin, tadi pagi*."""
    tokens = spelt(text)
    return any(is_denied(day, tokens) for day in find_entities(text, today=today) if day.kind == "date")


def denies_place(text: str, platform: str | None) -> bool:
    """Tell whether a text takes back where it was bought, and no more: *eh salah sebut, bukan Bukalapak*."""
    undone = any(token.word in {"belum", "batal", "gagal", "tidak jadi"} for token in spelt(text))
    if platform is None or "?" in text or undone or not says("meant otherwise", text):
        return False
    named = find_entities(text, today=ANY_DAY, kinds=("platform",))
    return [one.value for one in named] == [platform] and is_denied(named[0], spelt(text))


def _is_others(entity: Entity, tokens: Sequence[Token]) -> bool:
    """Whether what stands around a named thing says that it is another's: *Pintaria temanku*, *kawan yg Pintaria*."""
    words = words_of("bought")
    following = list(takewhile(spoken, (token for token in tokens if token.start >= entity.end)))[:_NEAR]
    before = list(takewhile(spoken, reversed([token for token in tokens if token.start < entity.start])))[:_NEAR]
    led = list(takewhile(lambda token: not words.have("me", token), before))
    return any(is_other(words, token, last=False) for token in (*following, *led))


def is_denied(entity: Entity, tokens: Sequence[Token]) -> bool:
    """Whether *bukan* or *jangan* stands right before a named thing."""
    before = [token for token in tokens if token.start < entity.start]
    near = list(takewhile(spoken, reversed(before)))[:3]  # *bukan, di Pijar* denies what was said before
    return says("denied right here", " ".join(token.raw for token in reversed(near)))


def but_denied(understood: Understanding) -> tuple[Entity, ...]:
    """Return what a text names, without what it calls off for another of its kind: *gajadi Tokopedia, di Bukalapak*."""
    tokens = spelt(understood.text)
    denied = {(one.kind, one.value) for one in understood.entities if is_denied(one, tokens)}
    kept = {one.kind for one in understood.entities if (one.kind, one.value) not in denied}
    return tuple(one for one in understood.entities if one.kind not in kept or (one.kind, one.value) not in denied)


def is_of_somebody(text: str, platform: str) -> bool:
    """Tell whether a correction that names a platform says that the purchase there is somebody else's.

    Whoever pressed the keys, or bought elsewhere, is none of that: *kawan yg Bukalapak, saya Tokopedia*.
    """
    words, named = words_of("bought"), find_entities(text, today=ANY_DAY, kinds=("platform",))
    for clause in clauses(spelt(text)):
        others = [at for at, token in enumerate(clause.tokens) if is_other(words, token, last=False)]
        if not others:
            continue
        here = {one.value for one in named if within(clause, one)}
        mine = any(words.have("me", token) for token in clause.tokens[others[-1] + 1 :])
        owned = any(words.have("act", token) or token.word in _OWNING for token in clause.tokens)
        if (platform in here and not mine) or (not here and owned):
            return True
    return False
