"""Follow-ups: words that only mean something after what was said last, and what they ask then.

*Kalau di Bukalapak?* asks the same of another platform, *bukan Pintaria, Tokopedia* corrects what was named, *bayar
ga?* asks about the number just given. A conversation says what it may be asked anew by (`Traits.slots`) and which
phrases it goes on from (`Traits.follow_ups`).
"""

from __future__ import annotations

from dataclasses import replace

from handlers.dialogue.another_matter import names_another_matter
from handlers.dialogue.by_place import LISTED, MATTERS, chosen, without_place
from handlers.dialogue.listening import WHOSE, Spoken, Stage
from handlers.dialogue.priorities import IDLE, NO_ANSWER
from handlers.dialogue.register import (
    Purpose,
    after_any,
    contact_of,
    conversation_for,
    expected,
    family_of,
    is_heard,
    traits_of,
)
from handlers.dialogue.reported import REPORTS, tells_a_step
from handlers.understanding import Understanding, find_entities, understand
from handlers.understanding.instead import but_denied, is_denied
from handlers.understanding.phrases import says, without
from handlers.understanding.reports import claims
from handlers.understanding.sentences import sentences
from handlers.understanding.short_questions import asked_in_short
from handlers.understanding.spelling import spelt
from handlers.understanding.telling import bought_by_somebody
from programme.model.messages import Matter, Open
from programme.model.milestones import Milestone

BACK = "back to the other"
"""The phrases that go back."""

CORRECTED = "corrected"
"""The answer that tells that what is named replaces what was named before."""

UNCLEAR = "unclear"
"""The answer that tells that the person did not understand the same answer before."""

GUESSED = "guessed"
"""What is told of a matter that was only asked about, not spoken of: a fragment is none of it."""

ASKED = "asked"
"""The answer that tells which short question was asked of the matter, by the name of its phrases."""

WHOM = "whom to ask"
"""The phrases that ask for help with a trouble, whatever else is said before."""

MINE = "and mine"
"""What turns from somebody else to oneself."""
AGAIN = "again"
"""The answer that tells an alert that it was given already, so that it need not be said in full."""

OF = "of"
"""The answer that tells of which conversation something is asked that may be asked of any."""

_REPORTED = (Milestone.BOUGHT, Milestone.COMPLETED, Milestone.REVIEWED)
_DOUBTING = {*IDLE, "fraud", "legal_basis", "share", "reminder_settings", "deadline", "revoked"}
"""Intents that a doubt about what was said only seems to have."""
_LONGEST = 8
"""Words; a longer text says by itself what it is about."""
_LONGEST_PROTEST = 12
"""Words that may protest against an answer: *belum saya buka, masa tidak bisa*."""
_SHORT = 4
"""Words of a text that may be nothing but a name."""
_BEYOND_DOUBT = 0.99
_LOOSE = frozenset({"still in time"})
"""Phrases that a question about anything may have in it: *bisa ganti pelatihan ga*."""
_BARE = frozenset({"does it cost", "what is that", "still possible", "still in time now"})
"""Phrases that mean it only by themselves: *bayar ga*, not *gagal bayar terus di Bukalapak*."""
_PROBABLY = 0.8
"""The confidence from which a text tells of a trouble, and asks of no cost."""
_LIKELY = 2
"""Guesses that tell which matter a text goes back to."""
_WORTH_A_LOOK = 0.05
_OF_ONE_QUESTION = frozenset(("ask", "step"))
"""Answers that belong to one question about a matter, not to the matter."""
_BRIEF = 6
"""Words of a question that means the same after anything."""
_BAREST = 3
"""Words of a question that has no word beside what it asks."""
_FEW = 2
"""Words of meaning beside the thing that is named."""


def follow_up(spoken: Spoken, *, in_short: bool = False) -> Open | None:
    """Return what a text asks further of the matter that was spoken of last; None where it stands by itself.

    A message that is nothing but a short question may be told by what it is like, `in_short`.
    """
    alone = is_heard(spoken, Stage.ALARM, Stage.FIRST) or names_another_matter(spoken)
    opened = None if alone or _wants_a_reminder(spoken) else _further(spoken, in_short=in_short)
    if opened is None or opened.conversation in REPORTS:  # no report without words for it
        return None
    if family_of(opened.conversation) in spoken.refused:
        return None
    of_another = bought_by_somebody(spoken.text, today=spoken.today)  # which has an answer of its own
    return None if of_another or tells_a_step(spoken.text, spoken.today) else opened


def said_of_it(further: Open) -> str:
    """Say for whoever looks into an answer that it goes on from the last, and by which short question."""
    asked = further.answers.get(ASKED)
    return "a question that goes on from the last" + (f": {asked}" if asked is not None else "")


def _wants_a_reminder(spoken: Spoken) -> bool:
    """Hear *ingatkan jam 8 WITA*, which asks for nothing further, whatever its words are like."""
    return any(one.kind == "hour" for one in spoken.understood.entities) and says("to be reminded", spoken.text)


def _further(spoken: Spoken, *, in_short: bool) -> Open | None:
    """Hear what is asked by its phrases; where none is said, by what the few words may stand for."""
    if spoken.matter is None:
        return None
    found = _asked_of_all(spoken, spoken.matter)
    if found is not None or not in_short or _says_more(spoken):
        return found
    like = asked_in_short(spoken.text)
    return _asked_of_all(replace(spoken, in_short=like), spoken.matter) if like else None


def _says_more(spoken: Spoken) -> bool:
    """Whether a text says by itself what it is about: it names something, or means something to whoever listens."""
    understood = spoken.understood
    sure = understood.certain and understood.intent not in {*IDLE, NO_ANSWER, after_any().get("what comes next")}
    named = bool(understood.entities) or says("my status", spoken.text)
    return sure or named or is_heard(spoken, *Stage)


def _asked_of_all(spoken: Spoken, matter: Matter) -> Open | None:
    """Ask the last matter in every way, then those before it: a side question does not end what was spoken of."""
    last = (_chosen, _own, _of_what_it_was_about, _once_more, _contact, _from_anywhere, _asked_of_another)
    found = next((opened for read in last if (opened := read(spoken, matter)) is not None), None)
    if found is not None or traits_of(matter.conversation).alert:
        return found  # what is said to a warning is of that
    return _of_earlier(spoken, matter)


def _of_what_it_was_about(spoken: Spoken, last: Matter) -> Open | None:
    """Ask of the survey again after *survei wajib ga?* was answered in a sentence."""
    return _own(spoken, Matter(about(last), last.told)) if about(last) != last.conversation else None


def _of_earlier(spoken: Spoken, last: Matter) -> Open | None:
    """Ask those before the last; what leads back to the last is nothing but the same answer again."""
    of = () if about(last) == last.conversation else (Matter(about(last), last.told),)
    earlier = [matter for matter in (*of, *last.earlier()) if not traits_of(matter.conversation).alert]
    ways = ((read, matter) for matter in earlier for read in (_chosen, _own, _contact, _asked_of_another))
    found = (read(spoken, matter) for read, matter in ways)
    return next(
        (one for one in found if one is not None and (one.conversation != last.conversation or OF in one.answers)), None
    )


def settled(spoken: Spoken) -> Open | None:
    """Hear *gak usah deh, sudah muncul kok*: a trouble that was spoken of is none any more."""
    if spoken.matter is None or "?" in spoken.text or says("a question", spoken.text):
        return None  # *sudah dijadwalkan, masuknya kapan* goes on
    if not says("settled after all", spoken.text):
        return None
    beside = ("no longer there", "a worry", "wants to know", "the answer missed", "have I passed")
    if any(says(what, spoken.text) for what in beside):
        return None
    if GUESSED in spoken.matter.told:
        return None  # only asked about: what isn't known to be a trouble isn't known to be over
    if any(claims(step, spoken.text, today=spoken.today) for step in _REPORTED):
        return None
    traits = traits_of(spoken.matter.conversation)
    if not traits.trouble and traits.purpose is not Purpose.PERSON:
        return None
    return Open(conversation_for(Purpose.SETTLED), spoken.matter.told)


def returned(spoken: Spoken) -> Open | None:
    """Hear *balik ke yang tadi*, *yang insentif tadi gimana*: what was spoken of before, and what is asked of it."""
    if spoken.matter is None:
        return None
    goes_back = says(BACK, spoken.text)
    if not goes_back and (not says("one spoken of before", spoken.text) or expected(spoken) is not None):
        return None
    earlier = spoken.matter.earlier()
    listed = (_chosen(spoken, matter) for matter in (spoken.matter, *earlier))
    if (one := next((opened for opened in listed if opened is not None), None)) is not None:
        return one
    named = next((matter for matter in (*earlier, spoken.matter) if _names(spoken, matter)), None)
    if not goes_back:
        return _back_to(spoken, named) if named is not None else None
    rest = replace(spoken, understood=replace(spoken.understood, text=without(BACK, spoken.text)))
    asked = next((on for matter in earlier if (on := _asked_on(rest, matter)) is not None), None)
    main = next((matter for matter in earlier if not traits_of(matter.conversation).beside), None)
    back = named or main or next(iter(earlier), None)
    return (named is None and asked) or (_back_to(rest, back) if back is not None else None)


def _back_to(spoken: Spoken, matter: Matter) -> Open:
    return (
        _asked_on(spoken, matter) or _asked_of_another(spoken, matter) or Open(matter.conversation, settled_of(matter))
    )


def _names(spoken: Spoken, matter: Matter) -> bool:
    """Whether a text names a matter: what it is about, or a thing that was spoken of in it."""
    likely = [guess.intent for guess in spoken.understood.guesses[:_LIKELY] if guess.confidence >= _WORTH_A_LOOK]
    about = any(family_of(intent) == family_of(matter.conversation) for intent in likely)
    words = set(spoken.text.casefold().split())
    return (
        about
        or not words.isdisjoint(matter.told.values())
        or any(matter.told.get(kind) == value for kind, value in _named(spoken).items())
    )


def _stands_by_itself(understood: Understanding, few: int) -> bool:
    """Whether a text says what it is about: it is long and certain, or of more than `few` words and beyond doubt."""
    words = len(understood.text.split())
    return understood.certain and (words > _LONGEST or (words > few and understood.confidence >= _BEYOND_DOUBT))


def _chosen(spoken: Spoken, matter: Matter) -> Open | None:
    """Hear *yang kedua aja*, *yang kedua ditelepon apa di-chat*: one of what the last answer listed."""
    picked = chosen(spoken.text, matter)
    if not picked:
        return None
    if (meant := picked.get(MATTERS)) is not None:
        return Open(meant)
    one = Matter(matter.conversation, {**matter.told, **picked})
    rest = without_place(spoken.text)
    if (asked := _asked_on(replace(spoken, understood=replace(spoken.understood, text=rest)), one)) is not None:
        return asked
    beside = understand(rest, today=spoken.today)  # *yang kedua* itself sounds like a matter, *aja* is none
    best = beside.intent
    if (
        len(rest.split()) > 1
        and beside.certain
        and best not in {matter.conversation, *IDLE}
        and not traits_of(best).beside
    ):
        return Open(best, {**spoken.told, **picked}) if traits_of(best).slots & set(picked) else None
    return Open(traits_of(matter.conversation).choice or matter.conversation, {**one.told})


def _asked_on(spoken: Spoken, matter: Matter) -> Open | None:
    """Hear a short question that goes on from the matter, whatever it was or in its own way."""
    return _own(spoken, matter) or _once_more(spoken, matter) or _from_anywhere(spoken, matter)


def asked_of(matter: Matter, spoken: Spoken) -> Open | None:
    """Return what a fragment of the matter asks of it, where it has a short answer to that."""
    like = asked_in_short(spoken.text)
    return _own(replace(spoken, in_short=like), matter) if like else None


def _own(spoken: Spoken, matter: Matter) -> Open | None:
    """Hear a short question that the matter itself goes on to: *berapa lama?*, *terus?*, *yakin?*."""
    understood = spoken.understood
    spoken_of = {family_of(one.conversation) for one in (matter, *matter.earlier())}
    other = understood.intent not in _DOUBTING and family_of(understood.intent) not in spoken_of
    traits = traits_of(matter.conversation)
    whom = traits.trouble and len(spoken.text.split()) <= _LONGEST_PROTEST and spoken.asks(WHOM)
    if other and not whom and _stands_by_itself(understood, _LONGEST):
        return None
    follow_ups, asking = traits.follow_ups, _asking(spoken.text)
    near = {matter.conversation, *(leads_to.conversation for leads_to in follow_ups.values())}
    own = other and understood.intent not in near and _stands_by_itself(understood, _SHORT)
    for what in [one for one in spoken.in_short if one in follow_ups] or follow_ups:
        leads_to = follow_ups[what]
        doubted = AGAIN in leads_to.answers
        said = _doubts(what, asking) if doubted else says(what, asking) or what in spoken.in_short
        if other and _is_beside(what, spoken) and _is_surely_trouble(understood):
            continue  # *gagal bayar terus cak* asks of no cost
        if not said or (own and what in _LOOSE) or (OF in leads_to.answers and _is_beside(what, spoken)):
            continue
        if WHOSE in leads_to.answers and says("of oneself rather", asking):
            continue  # *punya saya tgl 21 kan, bukan ikut punya adik*
        if WHOSE in leads_to.answers and _is_another_trouble(understood, {matter.conversation}, long_from=_FEW):
            continue  # *adikku kartunya gagal terus* tells of a trouble, and asks nothing of a date
        alert = (
            traits.alert and what not in _LOOSE
        )  # *temanku berhasil* after a warning is of that, whatever it sounds like
        if alert or (whom and what == WHOM) or not _is_another_trouble(understood, near, long_from=_LONGEST):
            named = {**_named(spoken), **_goal(spoken, leads_to)}
            settled = settled_of(matter)
            if what == MINE:
                settled = {name: value for name, value in settled.items() if name not in {WHOSE, "wave"}}
            if WHOSE in leads_to.answers and settled.keys().isdisjoint({WHOSE, "waves"}):
                settled.pop("wave", None)  # the person's own says nothing of another's, a broadcast's does
            return Open(leads_to.conversation, {**settled, **named, ASKED: what, **leads_to.answers})
    return None


def _is_surely_trouble(understood: Understanding) -> bool:
    return traits_of(understood.intent).trouble and understood.confidence >= _PROBABLY


def _is_beside(what: str, spoken: Spoken) -> bool:
    """Whether words that would ask it by themselves stand among others."""
    return what in _BARE and len(spoken.text.split()) > _BAREST


def _asking(text: str) -> str:
    """Return the sentences that ask, of a long text that states other things as well."""
    parts = sentences(text)
    asking = [part for part in parts if "?" in part]
    return " ".join(asking) if asking and len(text.split()) > _LONGEST_PROTEST else text


def _doubts(what: str, text: str) -> bool:
    """Whether a short sentence doubts an alert; who wants to buy means something else."""
    short = (part for part in sentences(text) if len(part.split()) <= _LONGEST)
    buys = says("wants to buy", text) or says("how to go on buying", text)
    return not buys and any(says(what, part) for part in short)


def _from_anywhere(spoken: Spoken, matter: Matter) -> Open | None:
    """Hear *telpon siapa?*, *ga diangkat*, *terus?*: what a few words ask in the middle of any talk."""
    if len(spoken.text.split()) > _BRIEF or _is_another_trouble(spoken.understood, {matter.conversation}):
        return None
    found = next(((what, name) for what, name in after_any().items() if spoken.asks(what)), None)
    if found is None:
        return None
    what, name = found
    kept = {kind: value for kind, value in settled_of(matter).items() if kind in traits_of(name).slots}
    return Open(name, {**kept, **_named(spoken), OF: about(matter), ASKED: what})


def _contact(spoken: Spoken, matter: Matter) -> Open | None:
    """Hear *nomornya?*, *nomer tokopedia*: the contact of what is named, or of what was spoken of."""
    brief = len(spoken.text.split()) <= _SHORT and spoken.asks("a contact")
    if not brief or any(says(what, spoken.text) for what in ("a number or code is refused", "the phone has changed")):
        return None
    named = _named(spoken)
    for kind in ("platform", "partner"):
        value, leads_to = named.get(kind) or matter.told.get(kind), contact_of(kind)
        if value is not None and leads_to not in {None, matter.conversation}:
            return Open(leads_to or "", {kind: value})
    return None


def _once_more(spoken: Spoken, matter: Matter) -> Open | None:
    """Hear *ulang*, *ga ngerti maksudnya*: the same answer, and whoever didn't understand it is told so kindly."""
    traits = traits_of(matter.conversation)
    upto = _LONGEST_PROTEST if says("denied after all", spoken.text) else _LONGEST
    if len(spoken.text.split()) > upto or not (traits.tells or traits.trouble):
        return None
    if says("denied after all", spoken.text) and traits.tells:
        return Open(matter.conversation, settled_of(matter))
    if spoken.asks("not clear"):
        return Open(matter.conversation, {**settled_of(matter), UNCLEAR: "1"})
    if traits.tells and says("yes or no", spoken.text):
        return Open(matter.conversation, settled_of(matter))
    if _is_another_trouble(spoken.understood, {matter.conversation}, long_from=_FEW):
        return None  # *cara belinya gimana* is no *caranya gimana* of another matter
    again = any(spoken.asks(what) for what in ("said again", "what to do now", "how to do it", "the conditions"))
    return Open(matter.conversation, settled_of(matter)) if again else None


def _is_another_trouble(understood: Understanding, spoken_of: set[str], *, long_from: int = _SHORT) -> bool:
    """Whether words surely tell of a trouble that has nothing to do with what is spoken of."""
    long = len(understood.text.split()) > long_from
    sure = understood.certain and understood.intent not in _DOUBTING and (long or traits_of(understood.intent).trouble)
    return sure and family_of(understood.intent) not in {family_of(one) for one in spoken_of}


def _asked_of_another(spoken: Spoken, matter: Matter) -> Open | None:
    """Hear *kalau di Bukalapak?*, *OVO*, *kalau gelombang 20?*: the same of something else."""
    slots = traits_of(matter.conversation).slots
    named, called = {kind: value for kind, value in _named(spoken).items() if kind in slots}, set[str]()
    if not named and len(spoken.text.split()) <= _SHORT:  # *dana* alone is a wallet only where one is asked for
        asked = find_entities(spoken.text, today=spoken.today, kinds=tuple(slots))
        named = {entity.kind: entity.value for entity in asked if entity.kind == "partner"}
        called = {word for entity in asked for word in entity.text.casefold().split()}
    if not named:
        return None
    words = [word for word in spoken.understood.normalised.split() if word.isalpha()]
    beside = [word for word in words if word not in called and not says("the same of another", word)]
    if (
        spoken.understood.certain
        and spoken.understood.intent == matter.conversation
        and not says("and of another", spoken.text)
    ):
        return None  # the question is asked anew, and stands by itself
    sure = spoken.understood.certain and spoken.understood.intent not in {matter.conversation, *IDLE, NO_ANSWER}
    if len(beside) > (0 if sure else _FEW) and not says("and of another", spoken.text):
        return None
    settled = {name: value for name, value in settled_of(matter).items() if name not in _OF_ONE_QUESTION}
    return Open(matter.conversation, {**settled, **named})


def alerted(matter: Matter | None) -> bool:
    """Tell whether an alert was given in the talk, and not only asked about."""
    spoken_of = () if matter is None else (matter, *matter.earlier())
    return any(traits_of(one.conversation).alert and GUESSED not in one.told for one in spoken_of)


def about(matter: Matter) -> str:
    """Return the conversation that a matter is about: of *wajib ga?* the one that it was asked of."""
    return matter.told.get(OF, matter.conversation)


def settled_of(matter: Matter) -> dict[str, str]:
    """Return what was settled of a matter; what its answer listed belongs to that answer."""
    return {name: value for name, value in matter.told.items() if name not in {LISTED, GUESSED, ASKED}}


def _goal(spoken: Spoken, leads_to: Open) -> dict[str, str]:
    """Return the last named of what a conversation gives the contact of: *dari BNI ke GoPay* leads to the latter."""
    kinds = [one for one in spoken.understood.entities if contact_of(one.kind) == leads_to.conversation]
    return {one.kind: one.value for one in kinds}


def _named(spoken: Spoken) -> dict[str, str]:
    """Return what a text names, by kind; of several of a kind, none is meant."""
    found: dict[str, set[str]] = {}
    tokens = spelt(spoken.text)
    for entity in but_denied(spoken.understood):
        if entity.kind == "topic" and is_denied(entity, tokens):
            continue  # *yang melayani tamu, bukan komputer*
        found.setdefault(entity.kind, set()).add(entity.value)
    return {kind: min(values) for kind, values in found.items() if len(values) == 1}
