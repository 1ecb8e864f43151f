"""Whether a message says that what was noted was a mistake: taken back, meant otherwise, or doubted."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from handlers.understanding.entities import find_entities
from handlers.understanding.of_whom import is_all_of_another
from handlers.understanding.ones_own import told_of_own
from handlers.understanding.other_things import of_another_thing
from handlers.understanding.phrases import says
from handlers.understanding.reports import Said, said_of, tells_of_others
from handlers.understanding.spelling import spelt
from handlers.understanding.statements import (
    STARTS,
    Clause,
    Words,
    clauses,
    is_other,
    is_somebody_of,
    spoken,
    words_of,
)
from handlers.understanding.tokens import Token

_NOTHING_AT_ALL = re.compile(r"\b(?:apa[ -]?apa|apa2|apa ?pun|opo[ -]?opo|opo2|nanaon)\b", re.IGNORECASE)
_STARTS = STARTS - {"masih"}  # *saldo masih utuh* is one thing said
_ENDINGS = ("nya", "ku")
_DOUBTS = (
    ("money", "untouched"),
    ("money", "amount", "still"),
    ("only", "unfinished"),
    ("wrongly", "stray"),
    ("undone", "act"),
    ("undone", "paid"),
    ("undone", "needed"),
    ("not_so", "fund"),
)
"""Roles that cast doubt together, in one clause."""
_SHARED = ("benefit", "helped", "helping", "whose", "company", "stray", "mistaken", "unsure", "broken")
"""Roles whose words make what others did the person's own all the same."""
_AHEAD = 5  # words
_YET = frozenset({"belum", "tidak jadi", "mau"})
_LONGEST_TAKEN_BACK = 8  # words
_LONGEST_CORRECTION = 18  # words


def speaks_of_oneself(text: str) -> bool:
    """Tell whether a word of the text is the person's own: *kulihat lagi smsku*."""
    words = words_of("bought")
    tokens = [token for token in spelt(text) if spoken(token)]
    return any(words.have("me", token) or (token.raw.endswith("ku") and token.raw != token.word) for token in tokens)


def takes_back(text: str, *, noted: bool = True) -> bool:
    """Tell whether a text says that what was just told or pressed was a mistake, and says nothing else.

    Where nothing was `noted` just now, *belum* or *batal* are no such word.
    """
    words, tokens = words_of("bought"), [token for token in spelt(text) if spoken(token)]
    if not 0 < len(tokens) <= _LONGEST_TAKEN_BACK or "?" in text:
        return False
    role = "back" if noted else "mistaken"
    returned = any(words.have(role, token) for token in tokens)
    return returned and all(
        words.have("back", token) or words.have("backing", token) or words.allow(token) for token in tokens
    )


def starts_back(text: str) -> bool:
    """Tell whether a text takes back what was just told, with a word of being startled: a bare *belum* is an answer."""
    words = words_of("bought")
    return takes_back(text) and any(words.have("startled", token) for token in spelt(text))


def meant_else(text: str, *, today: date, just: bool) -> bool:
    """Tell whether a text says that a purchase just noted was another's, or of something else.

    Where it was noted earlier than `just` now, only words count that name the purchase.
    """
    words, tokens = words_of("bought"), [token for token in spelt(text) if spoken(token)]
    if just and "?" not in text and says("another bought it", text) and not _is_own_account(words, tokens):
        return True
    if not 0 < len(tokens) <= _LONGEST_CORRECTION or "?" in text or any(words.have("asks", token) for token in tokens):
        return False
    if said_of("bought", text, today=today) is Said.PLAINLY or any(words.have("alike", token) for token in tokens):
        return False
    if says("regrets the choice", text):
        return False

    def any_of(role: str) -> bool:
        return any(words.have(role, token) for token in tokens)

    if just and words.have("joking", next((each for each in tokens if not words.have("filler", each)), tokens[-1])):
        return True
    owner = any(_is_owner(words, tokens, place) for place in range(len(tokens)))
    whose = owner and (any_of("whose") or any_of("denies")) and not _is_own_account(words, tokens)
    named = any_of("act") or any_of("benefit")
    if whose and named and (just or any_of("denies") or any(token.word == "yang" for token in tokens)):
        return True
    bearing = find_entities(text, today=today, kinds=("platform", "partner", "date", "hour"))
    meant = any_of("meant") or any(
        _is_ware(words, tokens, place) and not _is_ahead(words, tokens, place) for place in range(len(tokens))
    )
    else_ = meant and (any_of("wares") or not bearing) and not any_of("thing")
    found = any(token.word == "ternyata" for token in tokens)
    return (just or (found and else_)) and (whose or else_ or (any_of("denies") and (any_of("thing") or any_of("me"))))


def _is_owner(words: Words, tokens: Sequence[Token], place: int) -> bool:
    """Whether a word names whose it was; a bare *ibu* does so only behind *punya* or *yang beli*."""
    token, before = tokens[place], tokens[place - 1] if place else None
    led = before is not None and (words.have("whose", before) or words.have("act", before))
    kin = words.have("kin", token) and led
    return kin or is_other(words, token, last=True) or is_somebody_of(words, tokens, place)


def _is_own_account(words: Words, tokens: Sequence[Token]) -> bool:
    """Whether it was bought with the person's own account, whoever pressed the keys: *pakai akun saya*."""
    return any(
        token.word.split()[:1] == ["akun"] and words.have("me", following) for token, following in pairwise(tokens)
    )


def denies_purchase(text: str, *, today: date) -> bool:
    """Tell whether a text says that nothing was bought after all: *ternyata gagal, belum jadi beli*.

    What is only supposed or asked takes nothing back, nor does regret; what failed first may have gone well at last.
    """
    text = _NOTHING_AT_ALL.sub("", text)  # *belum beli apa-apa* asks nothing
    words, tokens = words_of("bought"), [token for token in spelt(text) if spoken(token)]
    asked = len(list(clauses(tokens))) == 1 and _asks_whether(tokens)
    if not says("no purchase after all", text) or asked or any(words.have("if", token) for token in tokens):
        return False
    regretted = says("regrets the choice", text) and not any(words.have("broken", token) for token in tokens)
    beside = ("about the incentive", "a question", "asks to cancel it", "not in the dashboard")
    elsewhere = regretted or any(says(what, text) for what in beside) or _succeeds(words, tokens)
    others = tells_of_others("bought", text, today=today) and not says("meant otherwise", text)
    return not (elsewhere or others)


def tells_of_theirs(text: str) -> bool:
    """Tell whether what is not bought is another participant's to buy: *adek gua gelombang 21 juga tp blm beli*.

    Who is no participant, or pressed the keys for the person, may tell of the person's own: *suami lupa bayar*.
    """
    words, tokens, passed = words_of("bought"), spelt(text), words_of("passed")
    shared = any(words.have(role, token) for token in tokens for role in _SHARED)
    takes_part = any(passed.have("stage", token) or token.word == "gelombang" for token in tokens)
    return takes_part and not shared and "?" not in text and is_all_of_another(text)


def _succeeds(words: Words, tokens: Sequence[Token]) -> bool:
    """Whether the last word on it is that it went well: *gagal dua kali lalu berhasil*."""
    ends = [at for at, token in enumerate(tokens) if words.have("success", token) and not _negated(tokens, at)]
    fails = [at for at, token in enumerate(tokens) if words.have("broken", token) or token.word == "belum"]
    return bool(ends) and (not fails or ends[-1] > fails[-1] or any(tokens[at].raw == "akhirnya" for at in ends))


def _is_ware(words: Words, tokens: Sequence[Token], place: int) -> bool:
    """Whether a word is what was bought instead: one of the wares, or any word that no report has after *beli*."""
    token, before = tokens[place], tokens[place - 1] if place else None
    if words.have("goods", token):
        return before is None or not (words.have("by", before) or before.word == "tahu")  # *tidak ngerti HP*
    known = words.allow(token) or words.have("with", token) or not token.is_word
    return before is not None and words.have("act", before) and not known


def _is_ahead(words: Words, tokens: Sequence[Token], place: int) -> bool:
    """Whether what is named is still to be bought, and so is not what was noted: *nanti mau beli beras*."""
    before = tokens[max(0, place - _AHEAD) : place]
    return any(words.have("wish", token) or words.have("if", token) or token.word in _YET for token in before)


def concludes_none(text: str) -> bool:
    """Tell whether *saldo masih utuh, berarti belum kebeli ya?* only concludes that a purchase was none."""
    return says("the balance is whole", text) and ("?" in text or says("a conclusion", text))


def doubts_purchase(text: str, *, today: date, of_detail: bool = False) -> bool:
    """Tell whether a text casts doubt on a purchase noted lately: it failed, was none, or was told to the wrong one.

    A later success in the same text outweighs it; so do other matters (a certificate, the incentive) and other people.
    Where a detail was asked for, *kayaknya* is said `of_detail`.
    """
    if said_of("bought", text, today=today) is Said.PLAINLY or tells_of_theirs(text):
        return False
    words, doubted = words_of("bought"), False
    wrong_one = says("regrets the choice", text) and any(words.have("thing", token) for token in spelt(text))
    forgotten = of_detail or forgets(text) or says("regrets the choice", text)
    supposed = beside = False
    reviewed = said_of("reviewed", text, today=today) is not Said.NOT_AT_ALL
    for clause in clauses(spelt(text), _STARTS):
        said = text[clause.tokens[0].start : clause.tokens[-1].end]
        beside = _is_beside(words, clause, beside=beside)
        of_else = beside or says("of another purchase", said) or of_another_thing(said, today)
        of_else |= wrong_one and says("a wrong press", said)
        of_else |= says("it is linked", said) or (reviewed and says("the dashboard says", said))
        if not (of_else or (supposed and clause.asked)) and _is_doubt(words, clause, forgotten=forgotten):
            doubted = True
        elif any(words.have("success", token) for token in clause.tokens):
            doubted = False
        supposed = any(words.have("if", token) for token in clause.tokens) or (supposed and not clause.asked)
    return doubted


def protests(text: str, *, today: date) -> bool:
    """Tell whether a text says that a report was right which was taken back: *jangan dibatalkan, aku sudah beli!*"""
    if says("keep what was noted", text):
        return True
    if says("no purchase after all", text) or doubts_purchase(text, today=today):
        return False
    if told_of_own(text, today=today):
        return False  # a report with where or when is one by itself
    return said_of("bought", text, today=today) in {Said.PLAINLY, Said.DOUBTFULLY}


def tells_it_does_not_show(text: str) -> bool:
    """Tell whether a text says of a purchase that it does not show yet, or waits, so that nothing is certain.

    That is no purchase taken back: *di dashboard belum kelihatan, beneran terhitung?*
    """
    if says("no purchase after all", text) or tells_of_failure(text, certain=True):
        return False
    if says("about a certificate", text):
        return False
    return any(says(what, text) for what in ("it does not show", "not in the dashboard", "shown, but not done"))


def forgets(text: str) -> bool:
    """Tell whether a text says that a detail is forgotten, not that something was forgotten to be done."""
    of_more = says("forgot to do it", text) or says("not known whether paid", text)
    return says("not known", text) and not of_more


def tells_of_failure(text: str, *, certain: bool = False) -> bool:
    """Tell whether a text says that paying went wrong, so that help with buying is what it needs.

    What waits or hangs went wrong perhaps, and did not for `certain`.
    """
    words = words_of("bought")
    broken = (token for token in spelt(text) if words.have("broken", token))
    return any(not certain or not words.have("waiting", token) for token in broken)


def _is_doubt(words: Words, clause: Clause, *, forgotten: bool) -> bool:
    """Whether a clause casts doubt; where a detail is forgotten, *kayaknya* is said of that."""
    tokens = [token for place, token in enumerate(clause.tokens) if not _is_new(words, clause.tokens, place)]

    def any_of(role: str) -> bool:
        return any(_is(words, role, token) for token in tokens)

    if not tokens or any_of("asking") or _asks_whether(tokens):
        return False
    if any(_is(words, "aftermath", token) and not words.have("payer", token) for token in tokens):
        return False
    if any_of("joking") or any_of("dreamt"):
        return True
    if any(is_other(words, token, last=False) for token in tokens) and not any_of("stray"):
        return False
    broken = any(_is_broken(words, tokens, place) for place in range(len(tokens)))
    if broken and not _succeeds(words, tokens):
        return True
    if any(words.have("deducted", token) and not _negated(tokens, place) for place, token in enumerate(tokens)):
        return False  # it was paid with
    return (
        any_of("basket") or any(all(map(any_of, roles)) for roles in _DOUBTS) or (not forgotten and _is_unsure(any_of))
    )


def _is_beside(words: Words, clause: Clause, *, beside: bool) -> bool:
    """Whether a clause goes on about what follows a purchase: *yang kutanya sertifikat, ga nongol di dasbor*."""
    if any(_is(words, "aftermath", token) and not words.have("payer", token) for token in clause.tokens):
        return True
    named = ("act", "thing", "order", "paid", "basket", "money")
    return beside and not any(_is(words, role, token) for token in clause.tokens for role in named)


def _is_new(words: Words, tokens: Sequence[Token], place: int) -> bool:
    """Whether *baru* says of a thing that it is new, as it does behind what is bought: *mau beli motor baru*."""
    return tokens[place].word == "baru" and any(words.have("act", token) for token in tokens[:place])


def _is_broken(words: Words, tokens: Sequence[Token], place: int) -> bool:
    """Whether a word says that it went wrong; what waits did so where it is the order."""
    if not words.have("broken", tokens[place]) or _negated(tokens, place):
        return False
    return not words.have("waiting", tokens[place]) or any(words.have("order", token) for token in tokens)


def _is_unsure(any_of: Callable[[str], bool]) -> bool:
    """Whether a clause says that it is otherwise than thought, and not just how it was: *ternyata gampang*."""
    return any_of("unsure") and not any_of("pleasant")


def _asks_whether(tokens: Sequence[Token]) -> bool:
    """Whether a clause ends in *ga* or *tidak*, as questions do."""
    return len(tokens) > 1 and tokens[-1].word == "tidak"


def _is(words: Words, role: str, token: Token) -> bool:
    """Whether a word is one of a role, whosever it is: *webinarnya*, *dashboardku*."""
    stem = next((token.raw.removesuffix(end) for end in _ENDINGS if token.raw.endswith(end)), token.raw)
    return words.have(role, token) or stem in words.by_role.get(role, frozenset())


def _negated(tokens: Sequence[Token], place: int) -> bool:
    """Whether what a word says is denied: *tidak gagal*, *ga ada yang gagal*."""
    return any(token.word in {"tidak", "bukan", "tanpa", "belum"} for token in tokens[max(0, place - 3) : place])
