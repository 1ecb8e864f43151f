"""Whether a message says that a step on the path was taken: plainly, doubtfully, or not at all.

A mishearing silences reminders, and a place that is lost is lost for life. So what may be said in a report is listed,
and whatever isn't listed makes it a question: who did it, whether, when, what was bought. `words/reports.tsv` has the
words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from functools import cache, cached_property

from handlers.understanding.entities import find_entities
from handlers.understanding.lexicon import rows
from handlers.understanding.meaning import Entity
from handlers.understanding.spelling import spell
from handlers.understanding.tokens import Token, cut

_ALIKE = "*"
_QUOTES = frozenset('"\u201c\u201d\u201e\u00ab\u00bb>')
_ENDS = frozenset(".,!;:\n()-\u2013\u2014?")
_STARTS = frozenset({"jangan", "jgn", "tong", "berhenti", "tolong", "mohon", "masih"})
_FUND = ("pakai saldo prakerja", "pakai kartu prakerja", "dengan saldo prakerja", "dengan kartu prakerja")
_PRICED = frozenset({"ribu", "juta", "jt", "rb"})
_SINCE = frozenset({"dari", "sejak", "kemarin"})
_NOT_NEEDED = ("tidak", "usah")
_JOINTS = frozenset({"tapi", "terus", "lalu", "karena", "jadi_nya", "trus", "makanya"})
_COVERED = frozenset({"platform", "partner", "date", "hour", "budget", "zone", "wave"})
_COUNTS = frozenset({"1", "5", "100"})
_PLAIN = (
    *("act", "handling", "thing", "done", "passive", "manner"),
    *("self", "plain", "when", "programme", "address"),
)
_LONGEST_ANSWER = 8  # words
_LONGEST_CORRECTION = 12  # words
_TWICE = re.compile(r"(.)\1+")
_FOREIGN = re.compile(
    r"^\s*(?:[\"\u201c\u201e\u00ab>]|\[\d|(?:fwd|fw|forwarded|diteruskan|terusan|copas|copy ?paste)\b)"
    r"|^\s*\d{1,2}[/.]\d{1,2}[/.]\d{2,4}[, ]+\d{1,2}[.:]\d{2}\s+-\s",
    re.IGNORECASE,
)


class Said(Enum):
    """What a message says of a step."""

    PLAINLY = auto()  # the person took it
    DOUBTFULLY = auto()  # it was taken, but perhaps by somebody else, or not quite
    BARELY = auto()  # it is named, and nothing says that it was taken
    AS_A_WISH = auto()  # it is still ahead
    NOT_AT_ALL = auto()


@dataclass(frozen=True)
class _Words:
    """What the words mean for one step."""

    by_role: dict[str, frozenset[str]]

    def have(self, role: str, token: Token) -> bool:
        """Whether a token is one of the words of a role, as meant or, of one word, as written."""
        listed = self.by_role.get(role, frozenset())
        if token.word in listed or token.raw in listed:
            return True
        return role in {"act", "benefit"} and self._built(role).fullmatch(token.raw) is not None

    def allow(self, token: Token) -> bool:
        """Whether a token may stand in a plain report; one that means several words, if each of them may."""
        allowed = self.allowed
        if {token.word, token.raw, _TWICE.sub(r"\1", token.raw)} & allowed or allowed.issuperset(token.word.split()):
            return True
        return self.have("act", token)

    def _built(self, role: str) -> re.Pattern[str]:
        """Return the forms that affixes of dialects make of a verb: *kubelimi*, *dibeuli*, *tabali*; *nabelikan*."""
        roots, prefixes, suffixes = (
            "|".join(sorted(self.by_role.get(part, frozenset({"-"})))) for part in ("root", "prefix", "suffix")
        )
        if role == "benefit":
            return _compiled(rf"(?:{prefixes})?(?:{roots})(?:kan|in|ken|keun|ke)(?:{suffixes})?")
        return _compiled(rf"(?:{prefixes})(?:{roots})(?:{suffixes})?")

    @cached_property
    def allowed(self) -> frozenset[str]:
        """Every word that a plain report may consist of."""
        return frozenset().union(*(self.by_role[role] for role in _PLAIN))


@dataclass(frozen=True, slots=True)
class _Clause:
    tokens: Sequence[Token]
    asked: bool
    """Whether a question mark ends it."""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def said_of(step: str, text: str, *, today: date) -> Said:
    """Return what a text says of a step (a `Milestone` value, or `passed`)."""
    return _Reading(_words(step), text, today).said()


def claims(step: str, text: str, *, today: date) -> bool:
    """Tell whether a clause of a text claims that the person took the step, however much is said beside it.

    Such a claim is worth one more question below the answer to what else was said, and no more than that.
    """
    return _Reading(_words(step), text, today).claims()


def speaks_of_others(text: str) -> bool:
    """Tell whether a text names somebody else who may have bought; who only helped is none of them."""
    words, tokens = _words("bought"), [token for token in spell(cut(text)) if _spoken(token)]
    others = any(words.have("other", token) for token in tokens)
    return others and not any(words.have("helping", token) for token in tokens)


def says_nothing_else(text: str) -> bool:
    """Tell whether a text only says that something is done: *udah*, *iya kak sudah*."""
    words, tokens = _words("bought"), [token for token in spell(cut(text)) if _spoken(token)]
    done = any(words.have("bare", token) for token in tokens)
    return done and "?" not in text and all(_agrees(words, token) for token in tokens)


def names_training(text: str) -> bool:
    """Tell whether a text names a training."""
    words = _words("bought")
    return any(words.have("titled", token) for token in spell(cut(text)))


def meant_else(text: str, *, today: date, just: bool) -> bool:
    """Tell whether a text says that a purchase just noted was another's, or of something else.

    Where it was noted earlier than `just` now, only words count that name the purchase.
    """
    words, tokens = _words("bought"), [token for token in spell(cut(text)) if _spoken(token)]
    if not 0 < len(tokens) <= _LONGEST_CORRECTION or "?" in text or any(words.have("asks", token) for token in tokens):
        return False
    if said_of("bought", text, today=today) is Said.PLAINLY or any(words.have("alike", token) for token in tokens):
        return False

    def any_of(role: str) -> bool:
        return any(words.have(role, token) for token in tokens)

    if just and words.have("joking", next((each for each in tokens if not words.have("filler", each)), tokens[-1])):
        return True
    owner = any(_is_other(words, token, last=False) for token in tokens)
    whose = owner and (any_of("whose") or any_of("denies"))
    named = any_of("act") or any_of("benefit")
    if whose and named:
        return True
    bearing = find_entities(text, today=today, kinds=("platform", "partner", "date", "hour"))
    meant = any_of("meant") or any(_is_ware(words, tokens, place) for place in range(len(tokens)))
    else_ = meant and (any_of("wares") or not bearing) and not any_of("thing")
    return just and (whose or else_ or (any_of("denies") and (any_of("thing") or any_of("me"))))


def _is_ware(words: _Words, tokens: Sequence[Token], place: int) -> bool:
    """Whether a word is what was bought instead: one of the wares, or any word that no report has after *beli*."""
    token, before = tokens[place], tokens[place - 1] if place else None
    if words.have("goods", token):
        return before is None or not words.have("by", before)
    known = words.allow(token) or words.have("with", token) or not token.is_word
    return before is not None and words.have("act", before) and not known


def _is_other(words: _Words, token: Token, *, last: bool) -> bool:
    """Whether a token names somebody else; who is addressed stands last."""
    kin = words.have("kin", token) and not last
    return words.have("other", token) or (kin and token.raw not in words.by_role["address"])


def _agrees(words: _Words, token: Token) -> bool:
    """Whether a token may stand in a bare *iya sudah*."""
    return any(words.have(role, token) for role in ("yes", "bare", "address", "kin", "filler")) and not words.have(
        "act", token
    )


def quoted(text: str) -> bool:
    """Tell whether a text is somebody else's, pasted or quoted as a whole."""
    return _FOREIGN.search(text) is not None


def confirms(step: str, text: str, *, today: date | None = None, bare: bool = True) -> str | None:
    """Return `yes` or `no` where a text answers the question whether the step was taken, and says nothing else.

    Where another matter was just spoken of, a `bare` *sudah* may be about that, and answers nothing.
    """
    words, tokens = _words(step), [token for token in spell(cut(text)) if _spoken(token)]
    if not tokens:
        return None
    if len(tokens) <= _LONGEST_ANSWER and any(words.have("no", token) for token in tokens):
        return "no"
    if today is not None and said_of(step, text, today=today) is Said.PLAINLY:
        return "yes"
    agreed = any(words.have("yes", token) and (bare or not words.have("bare", token)) for token in tokens)
    nothing_else = all(words.have("yes", token) or words.allow(token) for token in tokens)
    return "yes" if agreed and nothing_else and "?" not in text and not quoted(text) else None


def takes_back(text: str, *, noted: bool = True) -> bool:
    """Tell whether a text says that what was just told or pressed was a mistake, and says nothing else.

    Where nothing was `noted` just now, *belum* or *batal* are no such word.
    """
    words, tokens = _words("bought"), [token for token in spell(cut(text)) if _spoken(token)]
    if not 0 < len(tokens) <= _LONGEST_ANSWER or "?" in text:
        return False
    role = "back" if noted else "mistaken"
    returned = any(words.have(role, token) for token in tokens)
    return returned and all(
        words.have("back", token) or words.have("backing", token) or words.allow(token) for token in tokens
    )


def is_own(kinds: frozenset[str], text: str, *, today: date) -> bool:
    """Tell whether what a text names of these kinds (`wave`, `zone`) is said of the person who writes.

    Not of others, not in a quotation, not denied, not wished for; a bare name says nothing of anybody.
    """
    words = _words("passed")
    if quoted(text) or any(sign in _QUOTES for sign in text):
        return False
    named = [entity for entity in find_entities(text, today=today) if entity.kind in kinds]
    for clause in _clauses(spell(cut(text))):
        if not any(_within(clause, entity) for entity in named):
            continue
        others = any(words.have("elsewhere", token) or words.have("wish", token) for token in clause.tokens)
        kin = any(
            words.have("kin", token) and token.raw not in words.by_role["address"] for token in clause.tokens[:-1]
        )
        return not (others or kin or _whether(clause)) and any(words.have("oneself", token) for token in clause.tokens)
    return False


def _whether(clause: _Clause) -> bool:
    """Whether a clause asks if it is so."""
    return clause.asked and not any(token.word in {"kapan", "berapa", "bagaimana", "mana"} for token in clause.tokens)


class _Reading:
    """One text, read for one step."""

    def __init__(self, words: _Words, text: str, today: date) -> None:
        self._words, self._text, self._today = words, text, today
        self._entities = find_entities(text, today=today)
        self._clauses = list(_clauses(spell(cut(text))))

    def said(self) -> Said:
        """Judge the clauses that name the step."""
        naming = [place for place, clause in enumerate(self._clauses) if self._names(clause)]
        if not naming:
            return Said.NOT_AT_ALL
        plain = [place for place in naming if self._is_plain(self._clauses[place])]
        if plain and self._undoubted(plain[0]):
            return Said.PLAINLY
        ahead = [self._is_wish(self._clauses[place]) or self._denied(self._clauses[place]) for place in naming]
        if all(ahead):
            return Said.AS_A_WISH
        return Said.DOUBTFULLY if any(self._done(self._clauses[place]) for place in naming) else Said.BARELY

    def claims(self) -> bool:
        """Whether a clause says that the person took the step."""
        if any(sign in _QUOTES for sign in self._text) or quoted(self._text):
            return False
        naming = [clause for clause in self._clauses if self._names(clause)]
        failed = any(self._has(clause, "failed") and not self._has(clause, "asks") for clause in self._clauses)
        return any(self._is_claim(clause) and (not failed or self._is_plain(clause)) for clause in naming)

    def _is_claim(self, clause: _Clause) -> bool:
        if clause.asked or self._has(clause, "supposed") or self._is_wished(clause) or self._denied(clause):
            return False
        others = any(_is_other(self._words, token, last=False) for token in clause.tokens)
        sold = any(self._of(token, {"platform"}) for token in clause.tokens) and self._has(clause, "thing")
        done = self._done(clause) or self._is_whose_own(clause)
        return (sold or (done and not self._ahead(clause))) and (not others or self._has(clause, "me"))

    def _is_whose_own(self, clause: _Clause) -> bool:
        """Whether a clause speaks of what the person bought: *kelas yang aku beli*."""
        relative = [place for place, token in enumerate(clause.tokens) if token.word == "yang"]
        following = [clause.tokens[place + 1 : place + 3] for place in relative]
        return any(self._words.have("me", token) for tokens in following for token in tokens)

    def _names(self, clause: _Clause) -> bool:
        if self._names_alone(clause) or (self._has(clause, "benefit") and self._done(clause)):
            return True
        handled = self._has(clause, "handling") and self._done(clause)
        return handled and any(self._has(other, "thing") for other in self._clauses)

    def _names_alone(self, clause: _Clause) -> bool:
        if any(self._is_act(clause, place) for place in range(len(clause.tokens))):
            return True
        handled = self._has(clause, "handling")
        if self._has(clause, "paid") and self._has_in(clause, _FUND):
            return True
        return handled and (self._has(clause, "thing") or any(self._of(token, {"partner"}) for token in clause.tokens))

    def _has_in(self, clause: _Clause, phrase: tuple[str, ...]) -> bool:
        """Whether the words of a phrase follow each other in a clause."""
        said = " ".join(token.word for token in clause.tokens)
        return any(f" {each} " in f" {said} " for each in phrase)

    def _is_act(self, clause: _Clause, place: int) -> bool:
        """Whether a word names the step; one that is also a name does so only after who or that it is done."""
        if self._words.have("act", clause.tokens[place]):
            return True
        before = clause.tokens[place - 1] if place else None
        named = before is not None and clause.tokens[place].raw in self._words.by_role.get("homonym", frozenset())
        return named and before is not None and (self._words.have("me", before) or self._words.have("done", before))

    def _has(self, clause: _Clause, role: str) -> bool:
        return any(self._words.have(role, token) for token in clause.tokens)

    def _done(self, clause: _Clause) -> bool:
        days = [entity for entity in self._entities if entity.kind == "date" and _within(clause, entity)]
        past = any(date.fromisoformat(day.value) < self._today for day in days)
        return past or self._has(clause, "past") or self._surely_done(clause)

    def _surely_done(self, clause: _Clause) -> bool:
        """Whether a word says that it is done, or a day that is numbered; a weekday's name may be the next one."""
        numbered = any(
            entity.kind == "date"
            and _within(clause, entity)
            and any(sign.isdecimal() for sign in entity.text)
            and date.fromisoformat(entity.value) < self._today
            for entity in self._entities
        )
        done = any(part in self._words.by_role["done"] for token in clause.tokens for part in token.word.split())
        return numbered or done or self._has(clause, "done") or any(self._passive(token) for token in clause.tokens)

    def _passive(self, token: Token) -> bool:
        listed = self._words.by_role["passive"]
        return token.raw in listed or _TWICE.sub(r"\1", token.raw) in listed

    def _ahead(self, clause: _Clause) -> bool:
        """Whether the days that are named lie ahead, and no word says that it is done."""
        days = [entity for entity in self._entities if entity.kind == "date" and _within(clause, entity)]
        ahead = bool(days) and all(date.fromisoformat(day.value) > self._today for day in days)
        return ahead and not self._has(clause, "done")

    def _is_plain(self, clause: _Clause) -> bool:
        if clause.asked or self._ahead(clause) or not self._surely_done(clause) or self._has(clause, "benefit"):
            return False
        if not self._names_alone(clause):
            return False
        return all(self._may_stand(clause, place) for place in range(len(clause.tokens)))

    def _may_stand(self, clause: _Clause, place: int) -> bool:
        token = clause.tokens[place]
        if self._is_bought_instead(clause, place):
            return False
        if self._is_act(clause, place) or self._of(token, _COVERED):
            return True
        if self._is_javanese_i(clause, place):
            return True
        if self._words.have("kin", token) and token.raw not in self._words.by_role["address"]:
            return place == len(clause.tokens) - 1 and place > 0
        if self._words.allow(token) or token.raw in _COUNTS:
            return True
        if token.word == "yang":
            return any(self._words.have("act", earlier) for earlier in clause.tokens[:place]) or (
                place + 1 < len(clause.tokens) and clause.tokens[place + 1].word in {"pertama", "satu"}
            )
        if token.word == "mau" and place + 1 < len(clause.tokens):
            return self._words.have("telling", clause.tokens[place + 1])
        following = clause.tokens[place + 1 : place + 3]
        if self._of(token, {"topic"}):
            earlier = clause.tokens[:place]
            headed = any(self._words.have("titled", each) or each.word == "yang" for each in earlier)
            return headed and self._is_paid(clause)
        if token.is_number and any(each.word in _PRICED for each in following[:1]):
            return True
        if token.word == "untuk":
            return any(self._words.have("titled", each) for each in following[:1])
        if token.raw in {"atas", "nama"}:
            return any(self._words.have("me", each) for each in following)
        if self._words.have("telling", token) or self._words.have("opening", token):
            return True
        return self._is_title(clause, place)

    def _is_bought_instead(self, clause: _Clause, place: int) -> bool:
        """Whether a word is what was bought, where no training is: *beli laptop*, not *beli kelas pakai laptop*.

        *Beli aja* is what one tells others.
        """
        if place == 0:
            return False
        before, token = clause.tokens[place - 1], clause.tokens[place]
        if token.word == "saja":
            return self._is_act(clause, place - 1)
        bought = any(self._is_act(clause, at) for at in range(place))
        return self._words.have("wares", token) and bought and not self._words.have("by", before)

    def _is_title(self, clause: _Clause, place: int) -> bool:
        """Whether a word belongs to the title that follows *kelas*: the words until a known one."""
        if not self._is_paid(clause):
            return False
        for at in range(place, -1, -1):
            token = clause.tokens[at]
            if self._words.have("titled", token):
                return at < place
            if self._is_no_title(token) or self._is_act(clause, at):
                return False
            if at < place and self._words.allow(token) and token.raw not in self._words.by_role["joining"]:
                return False
        return False

    def _is_paid(self, clause: _Clause) -> bool:
        """Whether a clause tells of buying in so many words; *punya kelas favorit* need not be bought."""
        if not self._names(clause):
            return True  # it only tells which, beside the clause that reports
        acts = any(self._is_act(clause, at) for at in range(len(clause.tokens)))
        return acts or self._has(clause, "paid")

    def _is_no_title(self, token: Token) -> bool:
        doubtful = any(self._words.have(role, token) for role in ("untitled", "elsewhere", "wish"))
        return doubtful or _is_other(self._words, token, last=False)

    def _is_javanese_i(self, clause: _Clause, place: int) -> bool:
        """Whether *tak* is "I" before a Javanese verb, not "not": *wis tak tumbas*."""
        following = clause.tokens[place + 1].raw if place + 1 < len(clause.tokens) else ""
        return clause.tokens[place].raw == "tak" and following in self._words.by_role.get("javanese", frozenset())

    def _undoubted(self, place: int) -> bool:
        """Whether nothing before the clause is more than an opening, and nothing anywhere casts doubt on it."""
        if any(sign in _QUOTES for sign in self._text) or quoted(self._text):
            return False
        others = [clause for at, clause in enumerate(self._clauses) if at != place]
        others = [clause for clause in others if not self._of_a_later_step(clause)]
        beside = [clause for clause in others if not self._of_reminders(clause)]
        if any(self._has(clause, "elsewhere") for clause in beside):
            return False
        if any(token.word == "belum" for clause in others for token in clause.tokens):
            return False
        return all(self._opens(clause) or clause not in beside for clause in self._clauses[:place])

    def _of_a_later_step(self, clause: _Clause) -> bool:
        """Whether all that is not done yet is a step after this one: *belum kumulai*."""
        doubts = {token.word for token in clause.tokens if self._words.have("elsewhere", token)}
        return doubts == {"belum"} and self._has(clause, "later") and not self._names(clause)

    def _of_reminders(self, clause: _Clause) -> bool:
        """Whether a clause is about the reminders, which says nothing of the step."""
        about = self._words.by_role["reminding"]
        return any(part in token.raw for token in clause.tokens for part in about) and not self._names(clause)

    def _opens(self, clause: _Clause) -> bool:
        if clause.asked and not self._names(clause):
            return True
        alone = len(clause.tokens) == 1 and self._words.have("kin", clause.tokens[0])
        return alone or all(self._may_stand(clause, place) for place in range(len(clause.tokens)))

    def _is_wish(self, clause: _Clause) -> bool:
        ahead = self._ahead(clause) or (self._has(clause, "benefit") and not self._done(clause))
        return self._is_wished(clause) or ahead

    def _is_wished(self, clause: _Clause) -> bool:
        told = any(
            token.word == "mau" and self._words.have("telling", following)
            for token, following in zip(clause.tokens, clause.tokens[1:], strict=False)
        )
        return not told and any(
            self._words.have("wish", token) and not self._is_ready(clause, place)
            for place, token in enumerate(clause.tokens)
        )

    def _is_ready(self, clause: _Clause, place: int) -> bool:
        """Whether a word of wishes says that it is done: *udah siap kubeli*, as in Medan, or *udah dari lusa*."""
        if place and clause.tokens[place - 1].word in _SINCE and self._has(clause, "done"):
            return True
        following = clause.tokens[place + 1].raw if place + 1 < len(clause.tokens) else ""
        return clause.tokens[place].word == "siap" and following.startswith("ku") and len(following) > len("ku")

    def _denied(self, clause: _Clause) -> bool:
        """Whether a denial stands before what it denies."""
        acts = [place for place, token in enumerate(clause.tokens) if self._words.have("act", token)]
        upto = acts[-1] if acts else len(clause.tokens)
        return any(self._words.have("denied", token) for token in clause.tokens[:upto])

    def _of(self, token: Token, kinds: frozenset[str] | set[str]) -> bool:
        return any(entity.kind in kinds and entity.start <= token.start < entity.end for entity in self._entities)


def _within(clause: _Clause, entity: Entity) -> bool:
    return clause.tokens[0].start <= entity.start < clause.tokens[-1].end


def _clauses(tokens: Sequence[Token]) -> Iterator[_Clause]:
    """Cut at marks and at words that begin another clause."""
    part: list[Token] = []
    for place, token in enumerate(tokens):
        unneeded = tuple(each.word for each in tokens[place : place + 2]) == _NOT_NEEDED
        if part and ({token.word, token.raw} & _STARTS or unneeded):
            yield _Clause(tuple(part), asked=False)
            part = []
        if token.raw in _ENDS or token.word in _JOINTS:
            if part:
                yield _Clause(tuple(part), asked=token.raw == "?")
            part = []
        elif _spoken(token):
            part.append(token)
    if part:
        yield _Clause(tuple(part), asked=False)


def _spoken(token: Token) -> bool:
    """Whether a token is more than a mark or a picture."""
    return any(sign.isalnum() for sign in token.raw)


@cache
def _words(step: str) -> _Words:
    found: dict[str, frozenset[str]] = {}
    for of, role, words in rows("reports.tsv"):
        if of in {step, _ALIKE}:
            found[role] = found.get(role, frozenset()) | {word.replace("_", " ") for word in words.split()}
    if step == "reviewed":
        found["plain"] |= found["review"]
    return _Words(found)
