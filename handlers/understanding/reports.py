"""Whether a message says that a step on the path was taken: plainly, doubtfully, or not at all.

A mishearing silences reminders, and a place that is lost is lost for life. So what may be said in a report is listed,
and whatever isn't listed makes it a question: who did it, whether, when, what was bought. `words/reports.tsv` has the
words.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum, auto

from handlers.understanding.entities import find_entities
from handlers.understanding.lexicon import cues
from handlers.understanding.meaning import Entity
from handlers.understanding.phrases import says
from handlers.understanding.spelling import spelt
from handlers.understanding.statements import (
    QUOTES,
    TWICE,
    Clause,
    Words,
    clauses,
    is_other,
    is_somebody_of,
    quoted,
    spoken,
    within,
    words_of,
)
from handlers.understanding.tokens import Token

_FUND = ("pakai saldo prakerja", "pakai kartu prakerja", "dengan saldo prakerja", "dengan kartu prakerja")
_PRICED = frozenset({"ribu", "juta", "jt", "rb"})
_SINCE = frozenset({"dari", "sejak", "kemarin"})
_COVERED = frozenset({"platform", "partner", "date", "hour", "budget", "zone", "wave"})
_ASKING = frozenset({"mau", "mohon", "tolong", "minta"})
"""What asks that something be noted: *mohon dicatat*."""
_TO_ASK = frozenset({"tanya", "nanya", "bertanya", "menanyakan"})
_BRIEF = 4
"""Words that may begin with *kalau* and still answer: *kalau saya sudah*."""
_COUNTS = frozenset({"1", "5", "100"})
_ENGLISH_DONE = frozenset({"already", "done", "finished"})
_PARTICLES = frozenset({"dah", "deh", "da"})
"""What closes a sentence as often as it says that something is done."""
_DOUBTFUL = ("elsewhere", "wish", "failed", "benefit", "helping", "basket", "meant")
"""What casts doubt on a report even where it only tells of the circumstances."""
_LEADING = ("meanwhile", "helped")
_HELPER = 2  # words that name a helper
_SHORT_WORD = 3  # letters
_OPENING = 3  # tokens within which an answer says that it is done
_LONGEST_ANSWER = 8  # words


class Said(Enum):
    """What a message says of a step."""

    PLAINLY = auto()  # the person took it
    DOUBTFULLY = auto()  # it was taken, but perhaps by somebody else, or not quite
    BARELY = auto()  # it is named, and nothing says that it was taken
    AS_A_WISH = auto()  # it is still ahead
    NOT_AT_ALL = auto()


def said_of(step: str, text: str, *, today: date) -> Said:
    """Return what a text says of a step (a `Milestone` value, or `passed`)."""
    return _Reading(words_of(step), text, today).said()


def claims(step: str, text: str, *, today: date) -> bool:
    """Tell whether a clause of a text claims that the person took the step, however much is said beside it.

    Such a claim is worth one more question below the answer to what else was said, and no more than that.
    """
    return _Reading(words_of(step), text, today).claims()


def said_in_answer(step: str, text: str) -> str:
    """Return an answer to the question for a step with what the question gave: *sudah kemarin* bought, *kelar* a class.

    It gives the verb where one names the step by itself, else the thing.
    """
    words, tokens = words_of(step), spelt(text)
    by_itself = "-" not in words.by_role["act"]
    return _with_verb(words, tokens, text) if by_itself else _with_thing(words, tokens, text)


def _with_verb(words: Words, tokens: Sequence[Token], text: str) -> str:
    if any(words.have("act", token) or words.have("handling", token) for token in tokens):
        return text
    opening = [token for token in tokens if spoken(token)][:_OPENING]
    done = next((token for token in opening if words.have("bare", token) and token.raw not in _PARTICLES), None)
    did = next((token for token in tokens if words.have("did", token)), None)
    if done is None and did is not None and _is_i_did(words, opening, did) and _ends_there(words, tokens, did):
        return f"{text[: did.start]}bought{text[did.end :]}"  # "yes i did, last night"
    if done is None or (done.raw in _ENGLISH_DONE and did is None and not _ends_there(words, tokens, done)):
        return text
    if did is not None:
        return f"{text[: did.start]}beli{text[did.end :]}"
    return f"{text[: done.end]} beli{text[done.end :]}"


def _is_i_did(words: Words, opening: Sequence[Token], did: Token) -> bool:
    """Whether *did* opens an English answer, after nothing but *yes* and who did it."""
    if did.raw != "did" or did not in opening:
        return False
    return all(words.have("yes", token) or words.have("me", token) for token in opening[: opening.index(did)])


def _ends_there(words: Words, tokens: Sequence[Token], done: Token) -> bool:
    """Whether an English *did*, *already* or *done* is followed by nothing but when, where or whom one speaks to.

    *Already on it* and *already good* are no answer that it was bought.
    """
    after = [token for token in tokens if token.start >= done.end and spoken(token)][:2]
    if not after or words.addresses(after[0]) or (done.raw == "did" and after[0].raw in {"it", "that"}):
        return True
    if after[0].raw in cues("leads to a place"):
        return len(after) > 1 and not words.allow(after[1])
    return after[0].raw in cues("leads to a day gone by")


def _with_thing(words: Words, tokens: Sequence[Token], text: str) -> str:
    if any(words.have("thing", token) for token in tokens):
        return text
    opening = [token for token in tokens if spoken(token)][:_OPENING]
    did = next((one for one in opening if words.have("handling", one) or words.have("passive", one)), None)
    return text if did is None else f"{text[: did.end]} pelatihannya{text[did.end :]}"


def told_of_own(text: str, *, today: date) -> dict[str, str]:
    """Return where and when the person bought (`platform`, `date`), as far as a text names it for themselves.

    What is said of somebody else, denied, or only thought of, is left out; what is said last counts, as in *bukan di
    A, di B*. A clause without a subject goes on about whom the one before it was about.
    """
    words, told, whose = words_of("bought"), dict[str, str](), True
    starts = {entity.start: entity for entity in find_entities(text, today=today, kinds=("platform", "date"))}
    named, weighed = "", dict[str, bool]()
    for clause in clauses(spelt(text)):
        sure = any(words.have("act", token) or words.have("handling", token) for token in clause.tokens)
        for place, token in enumerate(clause.tokens):
            whose = _subject(words, clause, place, whose)
            entity = starts.get(token.start)
            kind, value = (entity.kind, entity.value) if entity is not None else ("platform", named)
            if entity is None and not (named and words.have("there", token)):
                continue
            named = value if kind == "platform" else named
            if whose and not _set_aside(words, clause, place) and (sure or not weighed.get(kind)):
                told[kind], weighed[kind] = value, sure
    return told


def _subject(words: Words, clause: Clause, place: int, whose: bool) -> bool:
    """Return whether what follows a word is about the person; companions, helpers and owners are no subject."""
    tokens = clause.tokens
    before = tokens[place - 1] if place else None
    if is_other(words, tokens[place], last=True) or is_somebody_of(words, tokens, place):
        company = before is not None and words.have("company", before)
        helped = any(words.have("helping", each) for each in tokens)
        return whose if company or helped else False
    possessor = before is not None and is_other(words, before, last=True)
    return True if words.have("me", tokens[place]) and not possessor else whose


def _set_aside(words: Words, clause: Clause, place: int) -> bool:
    """Whether a clause denies or only weighs what it names at a place."""
    return any(words.have("aside", token) for token in clause.tokens[:place])


def says_nothing_else(text: str) -> bool:
    """Tell whether a text only says that something is done: *udah*, *iya kak sudah*."""
    words, tokens = words_of("bought"), [token for token in spelt(text) if spoken(token)]
    done = any(words.have("bare", token) for token in tokens)
    return done and "?" not in text and all(_agrees(words, token) for token in tokens)


def names_training(text: str) -> bool:
    """Tell whether a text names a training."""
    words = words_of("bought")
    return any(words.have("titled", token) for token in spelt(text))


def _agrees(words: Words, token: Token) -> bool:
    """Whether a token may stand in a bare *iya sudah*."""
    return any(words.have(role, token) for role in ("yes", "bare", "address", "kin", "filler")) and not words.have(
        "act", token
    )


def confirms(step: str, text: str, *, today: date | None = None, bare: bool = True) -> str | None:
    """Return `yes` or `no` where a text answers the question whether the step was taken, and says nothing else.

    Where another matter was just spoken of, a `bare` *sudah* may be about that, and answers nothing.
    """
    words, tokens = words_of(step), [token for token in spelt(text) if spoken(token)]
    if not tokens or (len(tokens) > _BRIEF and says("supposing", text)):
        return None
    if len(tokens) <= _LONGEST_ANSWER and any(words.have("no", token) for token in tokens):
        return None if _is_tagged(words, tokens) else "no"
    if today is not None and said_of(step, text, today=today) is Said.PLAINLY:
        return "yes"
    agreed = any(words.have("yes", token) and (bare or not words.have("bare", token)) for token in tokens)
    nothing_else = all(words.have("yes", token) or words.allow(token) for token in tokens)
    return "yes" if agreed and nothing_else and "?" not in text and not quoted(text) else None


def _is_tagged(words: Words, tokens: list[Token]) -> bool:
    """Whether the denial only closes a question: *bisa ditukar ga*."""
    denials = [at for at, token in enumerate(tokens) if words.have("no", token)]
    asks = any(words.have("asks", token) for token in tokens[: denials[0]])
    return asks and denials == [len(tokens) - 1]


def is_own(kinds: frozenset[str], text: str, *, today: date) -> bool:
    """Tell whether what a text names of these kinds (`wave`, `zone`) is said of the person who writes.

    Not of others, not in a quotation, not denied, not wished for; a bare name says nothing of anybody.
    """
    words = words_of("passed")
    if quoted(text) or any(sign in QUOTES for sign in text):
        return False
    named = [entity for entity in find_entities(text, today=today) if entity.kind in kinds]
    for clause in _joined(list(clauses(spelt(text))), named):
        if not any(within(clause, entity) for entity in named):
            continue
        first = next((at for at, token in enumerate(clause.tokens) if words.have("me", token)), 0)
        mine = len(clause.tokens) > 1 and clause.tokens[0].word == "kalau" and words.have("me", clause.tokens[1])
        others = any(words.have("elsewhere", token) for token in clause.tokens[int(mine) :])
        others = others or _wishes(words, clause.tokens[first:])
        kin = any(
            words.have("kin", token) and token.raw not in words.by_role["address"] for token in clause.tokens[:-1]
        )
        return not (others or kin or _whether(clause)) and any(words.have("oneself", token) for token in clause.tokens)
    return False


def _wishes(words: Words, tokens: Sequence[Token]) -> bool:
    """Whether something is wished for; *mau tanya* only opens a question."""
    after = (*(token.word for token in tokens[1:]), "")
    return any(words.have("wish", token) and then not in _TO_ASK for token, then in zip(tokens, after, strict=True))


def _joined(parts: Sequence[Clause], named: Sequence[Entity]) -> list[Clause]:
    """Put a bare name to the clause before it, which says whose it is: *lolos sa. gelombang 22*."""
    joined: list[Clause] = []
    for part in parts:
        bare = all(any(one.start <= token.start < one.end for one in named) for token in part.tokens)
        before = joined.pop().tokens if bare and joined and not joined[-1].asked else ()
        joined.append(Clause((*before, *part.tokens), part.asked))
    return joined


def _whether(clause: Clause) -> bool:
    """Whether a clause asks if it is so."""
    return clause.asked and not any(token.word in {"kapan", "berapa", "bagaimana", "mana"} for token in clause.tokens)


class _Reading:
    """One text, read for one step."""

    def __init__(self, words: Words, text: str, today: date) -> None:
        self._words, self._text, self._today = words, text, today
        self._entities = find_entities(text, today=today)
        self._clauses = list(clauses(spelt(text)))

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
        if any(sign in QUOTES for sign in self._text) or quoted(self._text):
            return False
        failed = any(self._has(clause, "failed") and not self._has(clause, "asks") for clause in self._clauses)
        failed = failed and not any(self._has(clause, "success") for clause in self._clauses)
        return any(
            self._is_claim(clause) and (not failed or self._is_plain(clause))
            for clause in self._clauses
            if self._names(clause) or self._takes(clause)
        )

    def _takes(self, clause: Clause) -> bool:
        """Whether a clause tells of taking or owning, of a training that is named in it or beside it."""
        if self._has(clause, "owned"):
            return self._has(clause, "thing")
        if not (self._has(clause, "taking") or self._has(clause, "handling") or self._has(clause, "benefit")):
            return False
        sold = any(self._of(token, {"platform", "partner"}) for token in clause.tokens) or self._is_funded(clause)
        return sold or (self._done(clause) and any(self._has(each, "thing") for each in self._clauses))

    def _is_claim(self, clause: Clause) -> bool:
        asks = self._has(clause, "asks") and not self._done(clause)
        if clause.asked or asks or self._is_supposed(clause) or self._is_wished(clause) or self._denied(clause):
            return False
        if self._ahead(clause) or (self._others_in(clause) and not self._has_me(clause)):
            return False
        sold = any(self._of(token, {"platform"}) for token in clause.tokens)
        mine = self._has(clause, "me") and not self._has(clause, "asks")
        told = sold and (self._has(clause, "thing") or (mine and not self._has(clause, "benefit")))
        return told or self._done(clause) or self._is_whose_own(clause) or self._is_told(clause, mine=mine)

    def _is_told(self, clause: Clause, *, mine: bool) -> bool:
        """Whether a clause tells of what has been without a word for it: by the day, by owning, by what was used."""
        today = any(
            entity.kind == "date" and within(clause, entity) and entity.value == self._today.isoformat()
            for entity in self._entities
        )
        just = self._has(clause, "just") and any(token.word == "habis" for token in clause.tokens)
        funded = self._has(clause, "benefit") and self._is_funded(clause)
        return just or self._has(clause, "owned") or (mine and (today or funded))

    def _is_funded(self, clause: Clause) -> bool:
        return any(self._words.have("fund", token) or "prakerja" in token.word.split() for token in clause.tokens)

    def _is_supposed(self, clause: Clause) -> bool:
        """Whether a clause only supposes it; *habis beli nih* does not."""
        just = self._has(clause, "just")
        return any(
            self._words.have("supposed", token) and not (just and token.word == "habis") for token in clause.tokens
        )

    def _has_me(self, clause: Clause) -> bool:
        """Whether a clause speaks of the person, not only of somebody of theirs: *adik saya*."""
        before = (None, *clause.tokens)
        return any(
            self._words.have("me", token) and not (owner is not None and is_other(self._words, owner, last=True))
            for owner, token in zip(before, clause.tokens, strict=False)
        )

    def _is_of_somebody(self, clause: Clause) -> bool:
        """Whether a clause names a third person by a particle: *mbak e*."""
        return any(is_somebody_of(self._words, clause.tokens, place) for place in range(len(clause.tokens)))

    def _others_in(self, clause: Clause) -> bool:
        return self._is_of_somebody(clause) or any(is_other(self._words, token, last=False) for token in clause.tokens)

    def _is_whose_own(self, clause: Clause) -> bool:
        """Whether a clause speaks of what the person bought: *kelas yang aku beli*."""
        relative = [place for place, token in enumerate(clause.tokens) if token.word == "yang"]
        following = [clause.tokens[place + 1 : place + 3] for place in relative]
        return any(self._words.have("me", token) for tokens in following for token in tokens)

    def _names(self, clause: Clause) -> bool:
        if self._names_alone(clause) or (self._has(clause, "benefit") and self._done(clause)):
            return True
        handled = self._has(clause, "handling") and self._done(clause)
        return handled and any(self._has(other, "thing") for other in self._clauses)

    def _names_alone(self, clause: Clause) -> bool:
        if any(self._is_act(clause, place) for place in range(len(clause.tokens))):
            return True
        handled = self._has(clause, "handling")
        if self._has(clause, "paid") and self._has_in(clause, _FUND):
            return True
        return handled and (self._has(clause, "thing") or any(self._of(token, {"partner"}) for token in clause.tokens))

    def _has_in(self, clause: Clause, phrase: tuple[str, ...]) -> bool:
        """Whether the words of a phrase follow each other in a clause."""
        said = " ".join(token.word for token in clause.tokens)
        return any(f" {each} " in f" {said} " for each in phrase)

    def _is_act(self, clause: Clause, place: int) -> bool:
        """Whether a word names the step; one that is also a name does so only after who or that it is done."""
        if self._words.have("act", clause.tokens[place]):
            return True
        before = clause.tokens[place - 1] if place else None
        named = before is not None and clause.tokens[place].raw in self._words.by_role.get("homonym", frozenset())
        return named and before is not None and (self._words.have("me", before) or self._words.have("done", before))

    def _has(self, clause: Clause, role: str) -> bool:
        return any(self._words.have(role, token) for token in clause.tokens)

    def _done(self, clause: Clause) -> bool:
        days = [entity for entity in self._entities if entity.kind == "date" and within(clause, entity)]
        past = any(date.fromisoformat(day.value) < self._today for day in days)
        return past or self._has(clause, "past") or self._surely_done(clause)

    def _surely_done(self, clause: Clause) -> bool:
        """Whether a word says that it is done, or a day that is numbered; a weekday's name may be the next one."""
        numbered = any(
            entity.kind == "date"
            and within(clause, entity)
            and any(sign.isdecimal() for sign in entity.text)
            and date.fromisoformat(entity.value) < self._today
            for entity in self._entities
        )
        done = any(part in self._words.by_role["done"] for token in clause.tokens for part in token.word.split())
        return numbered or done or self._has(clause, "done") or any(self._passive(token) for token in clause.tokens)

    def _passive(self, token: Token) -> bool:
        listed = self._words.by_role["passive"]
        return token.raw in listed or TWICE.sub(r"\1", token.raw) in listed

    def _ahead(self, clause: Clause) -> bool:
        """Whether the days that are named lie ahead, and no word says that it is done."""
        days = [entity for entity in self._entities if entity.kind == "date" and within(clause, entity)]
        ahead = bool(days) and all(date.fromisoformat(day.value) > self._today for day in days)
        return ahead and not self._has(clause, "done")

    def _is_plain(self, clause: Clause) -> bool:
        done = self._surely_done(clause) or self._is_led_by_done(clause)
        if clause.asked or self._ahead(clause) or not done or self._has(clause, "benefit"):
            return False
        if not self._names_alone(clause):
            return False
        return all(self._may_stand(clause, place) for place in range(len(clause.tokens)))

    def _may_stand(self, clause: Clause, place: int) -> bool:
        if self._is_help(clause, place):
            return True
        if self._is_bought_instead(clause, place) or is_somebody_of(self._words, clause.tokens, place):
            return False
        return self._is_expected(clause, place)

    def _is_expected(self, clause: Clause, place: int) -> bool:
        """Whether a word is one of those that a plain report may consist of, or tells of its circumstances."""
        token = clause.tokens[place]
        if self._is_act(clause, place) or self._of(token, _COVERED) or self._is_javanese_i(clause, place):
            return True
        if self._words.have("kin", token) and token.raw not in self._words.by_role["address"]:
            return place == len(clause.tokens) - 1 and place > 0
        if self._words.allow(token) or token.raw in _COUNTS:
            return True
        if self._is_meanwhile(clause, place) or self._is_at(clause, place):
            return True
        if token.word == "yang":
            return any(self._words.have("act", earlier) for earlier in clause.tokens[:place]) or (
                place + 1 < len(clause.tokens) and clause.tokens[place + 1].word in {"pertama", "satu"}
            )
        if token.word in _ASKING and place + 1 < len(clause.tokens):
            return self._words.have("telling", clause.tokens[place + 1])
        following = clause.tokens[place + 1 : place + 3]
        if self._of(token, {"topic"}):
            earlier = clause.tokens[:place]
            headed = any(self._words.have("titled", each) or each.word == "yang" for each in earlier)
            return headed and self._is_paid(clause)
        if token.is_number and any(each.word in _PRICED for each in following[:1]):
            return True
        if token.word == "untuk":
            upto = 2 if token.raw == "for" else 1  # "for the course"
            return any(self._words.have("titled", each) for each in following[:upto])
        if token.raw in {"atas", "nama"}:
            return any(self._words.have("me", each) for each in following)
        if self._words.have("telling", token) or self._words.have("opening", token):
            return True
        return self._is_title(clause, place)

    def _is_led_by_done(self, clause: Clause) -> bool:
        """Whether the clause before says nothing but that it is done: *beres mi. pijar mahir sa beli*."""
        place = next(at for at, each in enumerate(self._clauses) if each is clause)
        before = self._clauses[place - 1].tokens if place else ()
        return any(self._words.have("bare", each) for each in before) and all(
            _agrees(self._words, each) or self._words.allow(each) for each in before
        )

    def _is_at(self, clause: Clause, place: int) -> bool:
        """Whether an unlisted short word leads to where something is sold, as *nde Tokopedia* does in some dialect."""
        token = clause.tokens[place]
        if place + 1 >= len(clause.tokens) or len(token.raw) > _SHORT_WORD or token.raw != token.word:
            return False
        known = any(token.word in listed or token.raw in listed for listed in self._words.by_role.values())
        return not known and self._of(clause.tokens[place + 1], {"platform"})

    def _is_help(self, clause: Clause, place: int) -> bool:
        """Whether a word is, or tells who is, the helper of who bought: *tadi dibantu kakak saya beli*."""
        led = [at for at in range(place + 1) if self._words.have("helped", clause.tokens[at])]
        near = bool(led) and place - led[-1] <= _HELPER
        return near and not any(self._words.have(role, clause.tokens[place]) for role in _DOUBTFUL if role != "helping")

    def _is_meanwhile(self, clause: Clause, place: int) -> bool:
        """Whether a word tells of the circumstances after what was done: *beli di Pintaria sambil antri bensin*."""
        token = clause.tokens[place]
        before = clause.tokens[: place + 1]
        helped = any(self._words.have("helped", each) for each in before)
        doubtful = any(self._words.have(role, token) for role in _DOUBTFUL)
        if doubtful or (is_other(self._words, token, last=False) and not helped):
            return False
        led = [at for at, each in enumerate(before) if any(self._words.have(role, each) for role in _LEADING)]
        return bool(led) and any(self._is_act(clause, at) for at in range(led[0]))

    def _is_bought_instead(self, clause: Clause, place: int) -> bool:
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

    def _is_title(self, clause: Clause, place: int) -> bool:
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

    def _is_paid(self, clause: Clause) -> bool:
        """Whether a clause tells of buying in so many words; *punya kelas favorit* need not be bought."""
        if not self._names(clause):
            return True  # it only tells which, beside the clause that reports
        acts = any(self._is_act(clause, at) for at in range(len(clause.tokens)))
        return acts or self._has(clause, "paid")

    def _is_no_title(self, token: Token) -> bool:
        doubtful = any(self._words.have(role, token) for role in ("untitled", "elsewhere", "wish"))
        return doubtful or is_other(self._words, token, last=False)

    def _is_javanese_i(self, clause: Clause, place: int) -> bool:
        """Whether *tak* is "I" before a Javanese verb, not "not": *wis tak tumbas*."""
        following = clause.tokens[place + 1].raw if place + 1 < len(clause.tokens) else ""
        return clause.tokens[place].raw == "tak" and following in self._words.by_role.get("javanese", frozenset())

    def _undoubted(self, place: int) -> bool:
        """Whether nothing before the clause is more than an opening, and nothing anywhere casts doubt on it."""
        if any(sign in QUOTES for sign in self._text) or quoted(self._text):
            return False
        others = [clause for at, clause in enumerate(self._clauses) if at != place]
        others = [clause for clause in others if not self._of_a_later_step(clause)]
        beside = [clause for clause in others if not self._of_reminders(clause)]
        if any(self._has(clause, "elsewhere") or self._is_of_somebody(clause) for clause in beside):
            return False
        unfinished = [clause for clause in others if not self._has(clause, "money")]
        if any(token.word == "belum" for clause in unfinished for token in clause.tokens):
            return False
        if any(self._others_in(clause) and self._has(clause, "whose") for clause in others):
            return False
        return all(self._opens(clause) or clause not in beside for clause in self._clauses[:place])

    def _of_a_later_step(self, clause: Clause) -> bool:
        """Whether all that is not done yet is a step after this one: *belum kumulai*."""
        doubts = {token.word for token in clause.tokens if self._words.have("elsewhere", token)}
        return doubts == {"belum"} and self._has(clause, "later") and not self._names(clause)

    def _of_reminders(self, clause: Clause) -> bool:
        """Whether a clause is about the reminders, which says nothing of the step."""
        about = self._words.by_role["reminding"]
        return any(part in token.raw for token in clause.tokens for part in about) and not self._names(clause)

    def _opens(self, clause: Clause) -> bool:
        if clause.asked and not self._names(clause):
            return True
        alone = len(clause.tokens) == 1 and self._words.have("kin", clause.tokens[0])
        return alone or all(self._may_stand(clause, place) for place in range(len(clause.tokens)))

    def _is_wish(self, clause: Clause) -> bool:
        ahead = self._ahead(clause) or (self._has(clause, "benefit") and not self._done(clause))
        return self._is_wished(clause) or ahead

    def _is_wished(self, clause: Clause) -> bool:
        told = any(
            token.word in _ASKING and any(self._words.have(role, following) for role in ("telling", "announcing"))
            for token, following in zip(clause.tokens, clause.tokens[1:], strict=False)
        )
        return not told and any(
            self._words.have("wish", token) and not self._is_ready(clause, place)
            for place, token in enumerate(clause.tokens)
        )

    def _is_ready(self, clause: Clause, place: int) -> bool:
        """Whether a word of wishes says that it is done: *udah siap kubeli*, as in Medan, or *udah dari lusa*."""
        if place and clause.tokens[place - 1].word in _SINCE and self._has(clause, "done"):
            return True
        following = clause.tokens[place + 1].raw if place + 1 < len(clause.tokens) else ""
        return clause.tokens[place].word == "siap" and following.startswith("ku") and len(following) > len("ku")

    def _denied(self, clause: Clause) -> bool:
        """Whether a denial stands before what it denies."""
        acts = [place for place, token in enumerate(clause.tokens) if self._words.have("act", token)]
        upto = acts[-1] if acts else len(clause.tokens)
        said = " ".join(token.word for token in clause.tokens[: upto + 1])
        undone = any(f"{no} {did} " in f"{said} " for no in ("tidak", "ndak") for did in ("jadi", "sempat"))
        return undone or any(self._words.have("denied", token) for token in clause.tokens[:upto])

    def _of(self, token: Token, kinds: frozenset[str] | set[str]) -> bool:
        return any(entity.kind in kinds and entity.start <= token.start < entity.end for entity in self._entities)
