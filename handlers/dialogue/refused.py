"""What a text refuses of the last answer: it speaks neither for a matter nor for a thing, and is not answered again.

*Bukan saldo, saya tanya insentif* after an answer about the balance is read as *saya tanya insentif*, and the balance
is out of the running; *bukan jualan online, jualan gorengan* only leaves out the thing that was not meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from handlers.dialogue.by_place import LISTED, MATTERS
from handlers.dialogue.follow_up import OF
from handlers.dialogue.priorities import IDLE
from handlers.dialogue.redacted import CUT
from handlers.dialogue.register import Purpose, family_of, traits_of
from handlers.dialogue.reported import REPORTS, tells_a_step
from handlers.dialogue.turn_input import TurnInput
from handlers.dialogue.whose import own_words
from handlers.understanding import Guess, Understanding, find_entities, understand
from handlers.understanding.phrases import says, without
from handlers.understanding.refused import How, Refusal, refusals, says_something, without_refusals
from handlers.understanding.spelling import spelt
from programme.model.messages import Matter, Message, Sort

_LIKELY: Final = 0.4
"""The confidence from which a refused word names a matter."""
_LEFT: Final = 0.3
"""The odds that other guesses must have had together to be taken for more than they were."""
_SURELY: Final = 0.8
_LETTERS: Final = 4
"""Letters by which two words are taken for forms of one."""
_THINGS: Final = ("topic", "profession", "partner")
_NOTING: Final = (Purpose.OWN_WAVE, Purpose.TAKES_BACK, Purpose.WHOSE_WORDS, Purpose.UNCLEAR)


@dataclass(frozen=True, slots=True)
class _Talk:
    """What the last message was about, and its words."""

    last: Message
    matter: Matter
    today: date

    @property
    def answered(self) -> tuple[str, ...]:
        """The conversations that the last answer came from."""
        kind, _colon, values = self.matter.told.get(LISTED, "").partition(":")
        return tuple(values.split(",")) if kind == MATTERS else (spoken_of(self.matter),)

    @property
    def spoken_of(self) -> frozenset[str]:
        """The families of all that was spoken of."""
        return frozenset(map(family_of, (*self.answered, *map(spoken_of, self.matter.earlier()))))

    def refused_by(self, refusal: Refusal) -> frozenset[str]:
        """Return the families of what was answered that a refusal names."""
        best = understand(refusal.what, today=self.today).guesses[0]
        named = family_of(best.intent) if best.confidence >= _LIKELY and best.intent not in IDLE else None
        beside = refusal.how is How.BESIDE
        if beside and (not refusal.names or named == family_of(understand(refusal.before, today=self.today).intent)):
            return frozenset()  # *rekeningnya bukan atas nama saya* says something of the account
        if named is not None and named in self.spoken_of:
            return frozenset((named,))
        words = _stems(refusal.what)
        if not beside and (refusal.names or len(words) > 1) and words <= _stems(self.last.text):
            return frozenset((family_of(self.answered[-1]), named or family_of(self.answered[-1])))
        plain = refusal.how is How.NOT_ASKED or best.confidence >= _SURELY
        return frozenset((named,)) if named is not None and named not in {"fraud", *REPORTS} and plain else frozenset()


def heard_out(given: TurnInput) -> TurnInput:
    """Return what is known of a message once what it refuses was left out of its words and of the talk."""
    given = _without_leading_on(given)
    talk = _talk(given)
    if talk is None:
        return given
    text = _without_complaint(given.incoming.text)
    found = {one: talk.refused_by(one) for one in refusals(text) if not _names_a_thing(one, talk)}
    left_out = [one for one in refusals(text) if found.get(one) or _is_a_thing(one, talk)]
    rest = without_refusals(text, left_out)
    given = replace(given, complains=text != given.incoming.text)
    if rest == given.incoming.text or not says_something(rest):
        return given
    rest = without("that one asks", rest) if says("that one asks", rest) else rest
    refused = {family for one, families in found.items() for family in families if _is_out(one, family, rest, talk)}
    named = {family for one, families in found.items() for family in families if one.names}
    heard = replace(given, incoming=replace(given.incoming, text=rest), refused=frozenset(refused), complains=True)
    return _without(heard, frozenset(refused & named))


def _without_leading_on(given: TurnInput) -> TurnInput:
    """Leave out *oh iya satu lagi*, which counts nothing."""
    text = given.incoming.text
    if given.incoming.sort is not Sort.TEXT or given.staff is not None or not says("one more thing", text):
        return given
    rest = without("one more thing", text).strip(" ,")
    return replace(given, incoming=replace(given.incoming, text=rest)) if says_something(rest) else given


def _is_out(refusal: Refusal, family: str, rest: str, talk: _Talk) -> bool:
    """Whether a matter is out of the running: *bukan lupa sandi, tapi emailnya mati* stays with the account."""
    read = understand(rest, today=talk.today)
    return refusal.names or not read.certain or family_of(read.intent) != family


def _without_complaint(text: str) -> str:
    """Return a text without *baca dong*, *belum dijawab*."""
    return without("the answer missed", text) if says("the answer missed", text) else text


def refusing(given: TurnInput, matter: Matter) -> TurnInput:
    """Return a talk in which a matter is out of the running, as it was answered lately."""
    families = frozenset((family_of(spoken_of(matter)),))
    return _without(replace(given, refused=given.refused | families), families)


def not_refused(understood: Understanding, refused: frozenset[str]) -> Understanding:
    """Return an understanding without the guesses at what was refused."""
    kept = [guess for guess in understood.guesses if family_of(guess.intent) not in refused]
    if len(kept) == len(understood.guesses) or len(kept) < 2:
        return understood
    odds = max(sum(guess.confidence for guess in kept), _LEFT)
    same = kept[0] == understood.guesses[0]
    guesses = kept if same else [Guess(guess.intent, guess.confidence / odds) for guess in kept]
    also = tuple(intent for intent in understood.also if family_of(intent) not in refused)
    return replace(understood, guesses=tuple(guesses), also=also, certain=understood.certain and same)


def _talk(given: TurnInput) -> _Talk | None:
    """Return the talk whose last answer a text may refuse; what was noted is corrected in other ways."""
    last, text = given.last, given.incoming.text
    if last is None or last.about is None or given.incoming.sort is not Sort.TEXT or given.staff is not None:
        return None
    if CUT in last.about.told and says("denies a secret", text):
        return None  # *itu bukan OTP* is about what was cut out, and refuses no matter
    traits = traits_of(last.about.conversation)
    noted = last.about.conversation in REPORTS or traits.purpose in _NOTING or traits.alert
    today = given.now.astimezone(given.participant.local.tz).date()
    if noted or not own_words(given.incoming) or tells_a_step(text, today):
        return None
    return _Talk(last, last.about, today)


def _names_a_thing(refusal: Refusal, talk: _Talk) -> bool:
    """Whether a refusal names a platform, a wallet, a day or the like: it is no matter, and corrected elsewhere."""
    return bool(find_entities(refusal.what, today=talk.today)) or _is_a_thing(refusal, talk)


def _is_a_thing(refusal: Refusal, talk: _Talk) -> bool:
    """Whether a refusal names a thing that was spoken of, not a matter."""
    told = " ".join(value for kind, value in talk.matter.told.items() if kind in _THINGS)
    if _stems(refusal.what) and _stems(refusal.what) <= _stems(told):
        return True
    found = find_entities(refusal.what, today=talk.today, kinds=_THINGS)
    return any(one.value in talk.matter.told.values() or _stems(one.text) & _stems(talk.last.text) for one in found)


def _without(given: TurnInput, refused: frozenset[str]) -> TurnInput:
    """Return a talk as if what was refused by name had not been answered, nor asked about."""
    last, dialogue = given.last, given.dialogue
    dropped = dialogue is not None and family_of(dialogue.conversation) in given.refused
    if last is None or last.about is None:
        return given
    kept = _kept((last.about, *last.about.earlier()), refused)
    return replace(given, last=replace(last, about=kept), dialogue=None if dropped else dialogue)


def _kept(matters: Sequence[Matter], refused: frozenset[str]) -> Matter | None:
    left = [one for one in matters if family_of(spoken_of(one)) not in refused]
    return left[0].after(left[1:]) if left else None


def spoken_of(matter: Matter) -> str:
    """Return the conversation that a matter is of, also where only one aspect of it was answered."""
    return matter.told.get(OF, matter.conversation)


def _stems(text: str) -> set[str]:
    words = {word for token in spelt(text) for word in (token.raw, token.word) if len(word) >= _LETTERS}
    return {word[:_LETTERS] if len(word) < 6 else word[:5] for word in words}
