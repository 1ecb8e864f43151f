"""Who looks for a training without asking for one: a bare topic, a liking, the fear to choose wrong, money to spend."""

from __future__ import annotations

from handlers.dialogue.in_talk import FAR
from handlers.dialogue.listening import Recognised, Spoken
from handlers.understanding.phrases import says
from handlers.understanding.reports import Said, names_training, said_of
from programme.model.messages import Open
from programme.model.milestones import Milestone

_LIKELY = 0.6
"""The confidence from which a few words look for a training."""
_CHOOSING = frozenset(("recommend", "training_detail", "not_now", "plan", "how_to_buy"))
"""Matters in which a liking tells what to look for."""
_SEARCHING = frozenset(("recommend", "training_detail"))
_BRIEF = 3
"""Words that name what is looked for, in the middle of a search."""
_OF_BUYING = frozenset(
    ("balance", "recommend", "how_to_buy", "status", "report_bought", "second_training", "induction", "account_access")
)
"""Intents that somebody who has the money and wants to buy may seem to have."""
_FEW = 6
"""Words that may name nothing but what is looked for."""


def wants_the_picks(spoken: Spoken) -> Recognised | None:
    """Hear *yang direkomendasikan prakerja apa aja*, *sopir cocoknya ambil apa*, or nothing but a topic: *masak*."""
    topics = [one for one in spoken.understood.entities if one.kind in {"topic", "profession"}]
    suits = bool(topics) and says("what suits one", spoken.text)
    bare = bool(topics) and " ".join(one.text for one in topics).casefold() == spoken.text.casefold().strip(" .!")
    if not (bare or suits or _wishes_to_learn(spoken) or says("the official picks", spoken.text)):
        return None
    return Recognised(Open("recommend", spoken.told), "recommend", spoken.understood.confidence)


def heard_while_choosing(spoken: Spoken) -> Recognised | None:
    """Hear a liking, or *saldo sudah muncul, mau beli yang jualan online*."""
    return tells_a_liking(spoken) or fears_to_choose(spoken) or has_the_money(spoken)


def has_the_money(spoken: Spoken) -> Recognised | None:
    """Hear that the balance is there and somebody wants to buy: to be told what a balance is would be no answer."""
    text, understood = spoken.text, spoken.understood
    ready = says("the balance is there", text) or (says("inside already", text) and says("videos are watched", text))
    wants = ready and (says("wants to buy", text) or says("how to go on buying", text))
    if not wants or understood.intent not in _OF_BUYING or said_of("bought", text, today=spoken.today) is Said.PLAINLY:
        return None
    choosing = understood.entity("topic") or understood.entity("profession") or cannot_choose(text)
    opened = "recommend" if choosing else "how_to_buy"
    told = {name: value for name, value in spoken.told.items() if name != "budget"}  # the sum is that of the balance
    far = {FAR: "1"} if opened == "how_to_buy" else {}
    return Recognised(Open(opened, told | far), opened, understood.confidence)


def cannot_choose(text: str) -> bool:
    """Tell whether somebody does not know what to take, or fears to take the wrong one."""
    return any(says(what, text) for what in ("nothing chosen yet", "afraid to choose wrong"))


def fears_to_choose(spoken: Spoken) -> Recognised | None:
    """Hear *takut salah pilih* of who has not bought: to be told how to compare, not that nothing can be exchanged."""
    text, understood = spoken.text, spoken.understood
    if spoken.participant.has(Milestone.BOUGHT) or not says("afraid to choose wrong", text):
        return None
    elsewhere = understood.certain and understood.intent not in {*_OF_BUYING, "change_training"}
    if (
        elsewhere
        or says("of an exchange", text)
        or said_of("bought", text, today=spoken.today) in {Said.PLAINLY, Said.DOUBTFULLY}
    ):
        return None
    return Recognised(Open("recommend", spoken.told), "recommend", understood.confidence)


def tells_a_liking(spoken: Spoken) -> Recognised | None:
    """Hear *minta rekomendasi dong*, and what somebody looks for who is choosing: *aku seneng ngobrol*, *masak*."""
    text, matter = spoken.text, spoken.matter
    if says("a wish for picks", text):
        return Recognised(Open("recommend", spoken.told), "recommend", spoken.understood.confidence)
    named = any(one.kind == "topic" for one in spoken.understood.entities)
    choosing = matter is not None and matter.conversation in _CHOOSING
    searching = matter is not None and matter.conversation in _SEARCHING and len(text.split()) <= _BRIEF
    if not (choosing and named and (searching or says("a liking", text))) or says("a question", text):
        return None
    if said_of("bought", text, today=spoken.today) is not Said.NOT_AT_ALL:
        return None
    return Recognised(Open("recommend", spoken.told), "recommend", spoken.understood.confidence)


def _wishes_to_learn(spoken: Spoken) -> bool:
    """Hear *kelas barista dong*: a topic that is likely looked for, of which nothing says that it was bought."""
    best = spoken.understood.guesses[0]
    kinds = {one.kind for one in spoken.understood.entities}
    where = best.intent == "how_to_buy" and not spoken.understood.certain and says("its seller is asked", spoken.text)
    likely = (best.intent == "recommend" or where) and best.confidence >= _LIKELY
    few = len(spoken.text.split()) <= _FEW and "profession" in kinds
    named = "topic" in kinds or (where and "profession" in kinds)
    says_so = few or (named and (len(spoken.text.split()) <= _FEW or names_training(spoken.text)))
    reported = {Said.PLAINLY, Said.DOUBTFULLY}
    return likely and says_so and said_of("bought", spoken.text, today=spoken.today) not in reported
