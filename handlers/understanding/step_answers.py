"""Answers to the question whether a step was taken: what the question gave them, and whether they agree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from handlers.understanding.entities import ANY_DAY, find_entities
from handlers.understanding.lexicon import cues
from handlers.understanding.meaning import Entity
from handlers.understanding.phrases import says, without
from handlers.understanding.reports import Said
from handlers.understanding.spelling import spelt
from handlers.understanding.statements import Words, names_somebody, quoted, spoken, words_of
from handlers.understanding.telling import step_told
from handlers.understanding.tokens import Token

_BRIEF = 4
"""Words that may begin with *kalau* and still answer: *kalau saya sudah*."""
_ENGLISH_DONE = frozenset({"already", "done", "finished"})
_PARTICLES = frozenset({"dah", "deh", "da"})
"""What closes a sentence as often as it says that something is done."""
_AFTER_DAH = frozenset({"di", "dari", "sejak", "lewat"})
_OPENING = 3  # tokens within which an answer says that it is done
_LONGEST_ANSWER = 8  # words
_AN_ALL_CLEAR = "shown"
_LATER = ("about a certificate", "about the incentive", "of a survey")
"""What comes of a step: *sertifikatnya belum muncul* does not deny that it was taken."""
_PARTS = re.compile(r"(?<=[.!?,;\n])\s+|\s+(?=yang |yg |tapi |tp )", re.IGNORECASE)


def begins_with_no(text: str) -> bool:
    """Tell whether an answer begins by saying that it is not so yet: *dereng Mas, tapi statusipun lunas*."""
    first = next((token for token in spelt(text) if spoken(token)), None)
    return first is not None and first.word == "belum"


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
    if _gives_in(text):
        return text
    done = next((token for token in opening if words.have("bare", token) and token.raw not in _PARTICLES), None)
    done = done or _dah_of_malay(words, opening)
    did = next((token for token in tokens if words.have("did", token)), None)
    if done is None and did is not None and _is_i_did(words, opening, did) and _ends_there(words, tokens, did):
        return f"{text[: did.start]}bought{text[did.end :]}"  # "yes i did, last night"
    if done is None or (done.raw in _ENGLISH_DONE and did is None and not _ends_there(words, tokens, done)):
        return text
    if did is not None:
        return f"{text[: did.start]}beli{text[did.end :]}"
    if done.raw == "done":  # by itself it is no plain report, in English as in Jakarta
        return f"{text[: done.start]}beli{text[done.end :]}"
    return f"{text[: done.end]} beli{text[done.end :]}"


def _gives_in(text: str) -> bool:
    """Whether the *sudah* that opens a text gives in, or puts off: *udahlah, matiin aja*, *sudah, nanti saja*.

    Where or when it was bought makes it a report all the same: *udah lah, dari kemarin di tokped*.
    """
    if says("gone by", text) or find_entities(text, today=ANY_DAY, kinds=("platform",)):
        return False
    return says("gives in", text) or says("not now but then", text)


def _dah_of_malay(words: Words, opening: Sequence[Token]) -> Token | None:
    """Return the *dah* that begins an answer and is followed by a day gone by or a place: *dah semalam di Pintaria*."""
    if not opening or opening[0].raw != "dah":
        return None
    following = [token for token in opening[1:] if not words.addresses(token)][:1]
    told = any(words.have("done", token) or token.word in _AFTER_DAH for token in following)
    return opening[0] if told else None


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


def says_nothing_else(text: str) -> bool:
    """Tell whether a text only says that something is done: *udah*, *iya kak sudah*."""
    words, tokens = words_of("bought"), [token for token in spelt(text) if spoken(token)]
    done = any(words.have("bare", token) for token in tokens)
    return done and "?" not in text and all(words.agree(token) for token in tokens)


def tells_of_nothing_else(step: str, text: str) -> bool:
    """Tell whether all words of a text may stand in a plain report: *alhamdulillah udah kak*."""
    words = words_of(step)
    return all(words.agree(token) or words.allow(token) for token in spelt(text) if spoken(token))


def tells_a_state(step: str, text: str) -> bool:
    """Tell whether *sudah* only says how or where one is by now: *udah di warnet nih*, *sip udah aman*."""
    words, tokens = words_of(step), [token for token in spelt(text) if spoken(token)]
    done = next((at for at, token in enumerate(tokens) if words.have("bare", token)), len(tokens))
    after = (token for token in tokens[done + 1 :] if not any(words.have(role, token) for role in ("plain", "address")))
    first = next(after, None)
    return first is not None and words.have("state", first)


def tells_when_at_once(step: str, text: str) -> bool:
    """Tell whether *sudah* is followed by when, where or how it was, and not first by what else is done.

    *Udah tadi pas nunggu bis*, not *sudah saya catat semua dari kemarin*.
    """
    words, tokens = words_of(step), [token for token in spelt(text) if spoken(token)]
    done = next((at for at, token in enumerate(tokens) if words.have("bare", token)), len(tokens))
    for token in tokens[done + 1 :]:
        if any(words.have(role, token) for role in ("meanwhile", "helped", "done", "when", "past")):
            return True
        if words.have("me", token) or not (words.agree(token) or words.allow(token)):
            return False
    return True


def confirms(step: str, text: str, *, today: date | None = None, bare: bool = True) -> str | None:
    """Return `yes` or `no` where a text answers the question whether the step was taken, and says nothing else.

    Where another matter was just spoken of, a `bare` *sudah* may be about that, and answers nothing.
    """
    text = without("nobody else", text) if says("nobody else", text) else text
    words, tokens = words_of(step), [token for token in spelt(text) if spoken(token)]
    asking = any(words.have("asks", token) for token in tokens)
    if not tokens or says("must it be", text) or ((asking or len(tokens) > _BRIEF) and says("supposing", text)):
        return None
    if len(tokens) <= _LONGEST_ANSWER and any(words.have("no", token) for token in tokens):
        later = not words.have("no", tokens[0]) and any(says(what, text) for what in _LATER)
        return None if later or _is_tagged(words, tokens) else "no"
    if today is not None and step_told(step, text, today=today) is Said.PLAINLY:
        return "yes"
    if quoted(text):
        return None
    if "?" not in text and _agrees(words, tokens, bare=bare):
        return "yes"
    if step == _AN_ALL_CLEAR:
        return None  # *di Pijar ada, di Prakerja kosong* must end no reminders
    return "yes" if _opens_with_a_yes(words, text, today, bare=bare) else None


def _agrees(words: Words, tokens: Sequence[Token], *, bare: bool) -> bool:
    """Whether words are a yes and nothing else; *saya sendiri* is one, since it was asked with stress on *sendiri*."""
    yes = (token for token in tokens if words.have("yes", token) and not words.have("assent", token))
    agreed = any(bare or not words.have("bare", token) for token in yes)
    nothing_else = all(words.have("yes", token) or words.allow(token) for token in tokens)
    return nothing_else and (agreed or any(token.word == "sendiri" for token in tokens))


def _opens_with_a_yes(words: Words, text: str, today: date | None, *, bare: bool) -> bool:
    """Whether the first sentences are a yes of one's own, and what follows neither denies nor supposes anything.

    *Iya sudah pak, sa sendiri. Yang service excellence tadi*: which, where and when may follow.
    """
    opening = list[Token]()
    parts = [part for part in _PARTS.split(text) if part.strip()]
    for number, part in enumerate(parts):
        tokens = _besides_details(words, part, today)
        if not all(words.have("yes", token) or words.allow(token) for token in tokens) or "?" in part:
            sure = any(token.word == "sendiri" or words.have("act", token) for token in opening)
            return (
                sure
                and _agrees(words, opening, bare=bare)
                and not any(_takes_away(words, rest) for rest in parts[number:])
            )
        opening += tokens
    return _agrees(words, opening, bare=bare)


def _besides_details(words: Words, part: str, today: date | None) -> list[Token]:
    """Return the words of a part that name neither where it was bought nor when that was."""
    tokens = [token for token in spelt(part) if spoken(token)]
    planned = any(words.have("wish", token) for token in tokens)
    kinds = ("platform",) if today is None or planned else ("platform", "date", "hour")
    details = [one for one in find_entities(part, today=today or ANY_DAY, kinds=kinds) if _is_past(one, today)]
    return [token for token in tokens if not any(one.start <= token.start < one.end for one in details)]


def _is_past(named: Entity, today: date | None) -> bool:
    """Whether a named day does not lie ahead."""
    return named.kind != "date" or today is None or named.value <= today.isoformat()


def _takes_away(words: Words, part: str) -> bool:
    """Whether a part of a text says something else than yes; where it asks, it takes nothing away."""
    tokens = [token for token in spelt(part) if spoken(token)]
    if "?" in part or (tokens and words.have("no", tokens[-1])) or any(words.have("asks", token) for token in tokens):
        return False
    away = ("no", "broken", "kin", "joking", "dreamt", "wish")
    if names_somebody(part) or says("supposing", part):
        return True
    return any(words.have(role, token) for role in away for token in tokens)


def _is_tagged(words: Words, tokens: list[Token]) -> bool:
    """Whether the denial only closes a question, or all of it but what it is about: *boleh dicicil ga belajarnya*."""
    denials = [at for at, token in enumerate(tokens) if words.have("no", token)]
    asks = any(words.have("asks", token) for token in tokens[: denials[0]])
    return asks and len(denials) == 1 and denials[0] >= len(tokens) - 2
