"""The clauses of a message that may state a step, and what their words (`words/reports.tsv`) mean for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from handlers.understanding.entities.days import WEEKDAYS
from handlers.understanding.lexicon import rows
from handlers.understanding.meaning import Entity
from handlers.understanding.spelling import spelt
from handlers.understanding.tokens import Token

_ALIKE = "*"
QUOTES = frozenset('"\u201c\u201d\u201e\u00ab\u00bb>')
_ENDS = frozenset(".,!;:\n()-\u2013\u2014?")
STARTS = frozenset({"jangan", "jgn", "tong", "berhenti", "tolong", "mohon", "masih"})
_NOT_NEEDED = ("tidak", "usah")
_JOINTS = frozenset({"tapi", "terus", "lalu", "karena", "jadi_nya", "trus", "makanya"})
_AGO = frozenset({"yang", "hari", "minggu", "bulan", "malam", "pagi", "siang", "sore", *WEEKDAYS})
_PLAIN = (
    *("act", "handling", "thing", "done", "passive", "manner"),
    *("self", "plain", "when", "programme", "address"),
)
_BUILT = frozenset({"act", "benefit"})
"""Roles whose words take the affixes of dialects."""
_OWNS = frozenset({"pu", "pung", "pe", "punya"})
"""What stands between somebody and whom they have, in the east."""
_NONE: frozenset[str] = frozenset()
_OF_A_TURN = 64
"""Texts whose reading is kept: those of one message, of which each conversation that listens asks the same."""
TWICE = re.compile(r"(.)\1+")
_LINK = re.compile(r"\S+\.\S+/\S*")
_FOREIGN = re.compile(
    r"^\s*(?:[\"\u201c\u201e\u00ab>]|\[\d|(?:fwd|fw|forwarded|diteruskan|terusan|copas|copy ?paste)\b)"
    r"|^\s*\d{1,2}[/.]\d{1,2}[/.]\d{2,4}[, ]+\d{1,2}[.:]\d{2}\s+-\s",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)  # there is one of each step: `words_of`
class Words:
    """What the words mean for one step."""

    by_role: dict[str, frozenset[str]]

    def have(self, role: str, token: Token) -> bool:
        """Whether a token is one of the words of a role, as meant or, of one word, as written."""
        listed = self.by_role.get(role, _NONE)
        if token.word in listed or token.raw in listed:
            return True
        return role in _BUILT and self._built[role].fullmatch(token.raw) is not None

    def allow(self, token: Token) -> bool:
        """Whether a token may stand in a plain report; one that means several words, if each of them may."""
        allowed = self.allowed
        if {token.word, token.raw, TWICE.sub(r"\1", token.raw)} & allowed or allowed.issuperset(token.word.split()):
            return True
        return self.have("act", token)

    def addresses(self, token: Token) -> bool:
        """Whether a token is how one speaks to somebody."""
        return token.raw in self.by_role["address"]

    def agree(self, token: Token) -> bool:
        """Whether a token may stand in a bare *iya sudah*."""
        agreeing = any(self.have(role, token) for role in ("yes", "bare", "address", "kin", "filler"))
        return agreeing and not self.have("act", token)

    @cached_property
    def _built(self) -> dict[str, re.Pattern[str]]:
        """The forms that affixes of dialects make of a verb: *kubelimi*, *dibeuli*, *tabali*; *nabelikan*."""
        roots, prefixes, suffixes = (
            "|".join(sorted(self.by_role.get(part, frozenset({"-"})))) for part in ("root", "prefix", "suffix")
        )
        return {
            "act": re.compile(rf"(?:{prefixes})(?:{roots})(?:{suffixes})?"),
            "benefit": re.compile(rf"(?:{prefixes})?(?:{roots})(?:kan|in|ken|keun|ke)(?:{suffixes})?"),
        }

    @cached_property
    def endings(self) -> tuple[str, ...]:
        """What dialects add to a relative to say whose."""
        return tuple(self.by_role["ending"])

    @cached_property
    def relatives(self) -> frozenset[str]:
        """Every word for somebody else that such an ending may be added to."""
        return self.by_role["other"] | self.by_role["kin"] | self.by_role["kinlike"]

    @cached_property
    def allowed(self) -> frozenset[str]:
        """Every word that a plain report may consist of."""
        return frozenset().union(*(self.by_role[role] for role in _PLAIN))


@dataclass(frozen=True, slots=True)
class Clause:
    """Words between two marks, or words that begin something new."""

    tokens: Sequence[Token]
    asked: bool
    """Whether a question mark ends it."""


def quoted(text: str) -> bool:
    """Tell whether a text is somebody else's, pasted or quoted as a whole."""
    return _FOREIGN.search(text) is not None


def speaks_of_oneself(text: str) -> bool:
    """Tell whether a text has a word for whoever writes it; that of *wa.me/628…* is none."""
    words = words_of("bought")
    return any(words.have("me", token) for token in spelt(_LINK.sub(" ", text)))


def is_other(words: Words, token: Token, *, last: bool) -> bool:
    """Whether a token names somebody else, with the endings of dialects too; who is addressed stands last."""
    kin = words.have("kin", token) and not last
    return words.have("other", token) or _owned_kin(words, token.raw) or (kin and not words.addresses(token))


@lru_cache(maxsize=_OF_A_TURN)
def names_somebody(text: str) -> bool:
    """Tell whether a text names somebody else as one whose something is: *rekening bapakku*, *akun istri saya*."""
    words, tokens = words_of("bought"), [token for token in spelt(text) if spoken(token)]
    return any(
        is_other(words, token, last=True) or is_somebody_of(words, tokens, place) for place, token in enumerate(tokens)
    )


def is_somebody_of(words: Words, tokens: Sequence[Token], place: int) -> bool:
    """Whether whoever is addressed elsewhere is somebody's here, by the particle that follows: *mbak e*, *mas ku*."""
    token, following = tokens[place], tokens[place + 1] if place + 1 < len(tokens) else None
    if place and tokens[place - 1].raw in _OWNS and words.have("kin", token):
        return True  # *sa pu kaka*
    if following is None or not (words.have("address", token) or words.have("kin", token)):
        return False
    if following.start > token.end + 1 or _is_of_a_wallet(tokens[place + 1 : place + 3]):
        return False
    if words.have("particle", following):
        return True
    return words.have("possessor", following) and words.have("kinlike", token)


def _is_of_a_wallet(tokens: Sequence[Token]) -> bool:
    """Whether what seems a particle is the *e* of *e-wallet*."""
    return [token.raw for token in tokens] == ["e", "wallet"] and tokens[1].start == tokens[0].end + 1


@lru_cache(maxsize=20_000)
def _owned_kin(words: Words, raw: str) -> bool:
    """Whether a word is a relative with an ending that says whose: *bojone*, *masku*, *anake*."""
    if not raw.endswith(words.endings):
        return False
    stems = (raw.removesuffix(ending) for ending in words.endings if raw.endswith(ending))
    return any(len(stem) > 2 and stem in words.relatives for stem in stems)


def within(clause: Clause, entity: Entity) -> bool:
    """Whether a clause names an entity."""
    return clause.tokens[0].start <= entity.start < clause.tokens[-1].end


def clauses(tokens: Sequence[Token], starts: frozenset[str] = STARTS) -> Iterator[Clause]:
    """Cut at marks and at words that begin another clause (`starts`)."""
    part: list[Token] = []
    for place, token in enumerate(tokens):
        unneeded = tuple(each.word for each in tokens[place : place + 2]) == _NOT_NEEDED
        if part and ({token.word, token.raw} & starts or unneeded):
            yield Clause(tuple(part), asked=False)
            part = []
        if token.raw in _ENDS or (token.word in _JOINTS and not _is_ago(tokens, place)):
            if part:
                yield Clause(tuple(part), asked=token.raw == "?")
            part = []
        elif spoken(token):
            part.append(token)
    if part:
        yield Clause(tuple(part), asked=False)


def _is_ago(tokens: Sequence[Token], place: int) -> bool:
    """Whether *lalu* tells when, and joins nothing: *minggu lalu*, *hari senin yang lalu*."""
    return tokens[place].word == "lalu" and place > 0 and tokens[place - 1].word in _AGO


def spoken(token: Token) -> bool:
    """Whether a token is more than a mark or a picture."""
    return token.raw.isalnum() or any(sign.isalnum() for sign in token.raw)


@cache
def words_of(step: str) -> Words:
    """Return the words of a step, those that all steps share among them."""
    found: dict[str, frozenset[str]] = {}
    for of, role, words in rows("reports.tsv"):
        if of in {step, _ALIKE}:
            found[role] = found.get(role, frozenset()) | {word.replace("_", " ") for word in words.split()}
    if step == "reviewed":
        found["plain"] |= found["review"]
    return Words(found)
