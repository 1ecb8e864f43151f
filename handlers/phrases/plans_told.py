"""When somebody means to buy, told without having been asked: *besok jam 1 siang ibu beli*."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from handlers.dialogue.listening import Recognised, Spoken
from handlers.dialogue.own_questions import asks
from handlers.dialogue.priorities import NO_ANSWER
from handlers.dialogue.turn import SAID
from handlers.understanding.moment_meant import moment_meant
from handlers.understanding.moments import SomeTime, hangs_on_cutoff, read_clock, read_moment
from handlers.understanding.phrases import says, without
from handlers.understanding.reports import Said, said_of
from handlers.understanding.sentences import sentences
from handlers.understanding.spelling import spelt
from handlers.understanding.statements import names_somebody, words_of
from programme.model.messages import Open
from programme.model.milestones import Milestone

_FARTHEST: Final = timedelta(days=120)
"""Nobody plans for longer: *19 okt* is the one behind, not that of next year."""
_GIVES_WAY: Final = frozenset(("deadline", "reminder_settings", "status", "how_to_buy", "report_bought", NO_ANSWER))
"""Intents that a moment at which somebody means to buy only seems to have."""
_OF_BUYING: Final = frozenset(
    ("how_to_buy", "deadline", "in_time", "same_moment", "recommend", "training_detail", "compare_platforms")
)
"""Matters behind which a moment alone is that of buying."""
_FEW: Final = 10  # words and marks
_CLAUSE: Final = re.compile(r"[,.;\n](?!\d)")
_LATER: Final = frozenset(("nanti", "besok", "lusa"))
_AFTERWARDS: Final = frozenset(("habis", "setelah"))
"""Words that tell after what, and suppose nothing here."""


def tells_when(spoken: Spoken) -> Recognised | None:
    """Hear *besok jam 1 siang ibu beli*: when somebody means to buy, told without having been asked."""
    understood, person = spoken.understood, spoken.participant
    helped = understood.intent == "stand_in" and says("helped with the phone", spoken.text)
    strange = understood.certain and understood.intent not in _GIVES_WAY and not helped
    if (then := _then_i_buy(spoken) or _chosen_day(spoken)) is not None:
        return Recognised(Open("plan", {SAID: then, "answered": "1"}), None, understood.confidence)
    if strange or person.has(Milestone.BOUGHT) or not _is_wish(spoken, helped=helped) or _is_told_too_late(spoken):
        return None
    if not names_moment(spoken.text, spoken):
        return None
    wave = {kind: value for kind, value in spoken.told.items() if kind == "wave"}
    return Recognised(Open("plan", {SAID: spoken.text, "answered": "1", **wave}), None, understood.confidence)


def plans_on_own_clock(spoken: Spoken) -> Open | None:
    """Hear *besok jam 9 malam waktu sini sa beli*, whose words of clocks ask nothing of the cutoff."""
    asks = says("still in time", spoken.text) or says("would it be in time", spoken.text)
    found = tells_when(spoken) if says("an hour on a clock", spoken.text) and not asks else None
    return found.open if found is not None and not spoken.incoming.forwarded else None


def _is_told_too_late(spoken: Spoken) -> bool:
    """Whether the day that is named may be one before the cutoff that has passed: *kamis malam sa yang beli*."""
    cutoff, day = spoken.programme.cutoff_of(spoken.participant), spoken.understood.entity("date")
    return cutoff is not None and spoken.now > cutoff.at and day is not None and day <= cutoff.day.isoformat()


def _then_i_buy(spoken: Spoken) -> str | None:
    """Hear *sudah, beta beli kamis siang sa*, which settles when, and return the sentence that says so."""
    if spoken.participant.has(Milestone.BOUGHT):
        return None
    said = (part for part in sentences(spoken.text) if "?" not in part and says("then I will buy", part))
    return next(
        (part for part in said if not says("in the past", _but_sudah(part)) and names_moment(part, spoken)), None
    )


def _chosen_day(spoken: Spoken) -> str | None:
    """Hear *hari sabtu jo kita beli, pasar so sunyi itu hari*, and return the clause: what is *sudah* there is else.

    A weekday with *saja* is one ahead, unless the clause itself says that it is done or gone by.
    """
    text, words = spoken.text, words_of("bought")
    if spoken.participant.has(Milestone.BOUGHT) or "?" in text or names_somebody(text):
        return None
    for part in _CLAUSE.split(text):
        tokens = spelt(part)
        buys = any(words.have("act", token) for token in tokens) and not says("buys something else", part)
        done = any(words.have("done", token) or token.word == "lalu" for token in tokens) or says("in the past", part)
        open_ = (
            says("supposing", part) or says("a question", part) or any(words.have("supposed", one) for one in tokens)
        )
        if buys and says("a weekday chosen", part) and not (done or open_) and names_moment(part, spoken):
            return part.strip()
    return None


def _but_sudah(text: str) -> str:
    return " ".join(token.raw for token in spelt(text) if token.word != "sudah")


def _is_wish(spoken: Spoken, *, helped: bool) -> bool:
    """Whether a text tells of buying at a moment of one's own: it asks, supposes and reports nothing.

    Somebody else is in it only where they help, or are waited for: *jam tujuh, setelah anak saya pulang kerja*.
    """
    text, words, tokens = spoken.text, words_of("bought"), spelt(spoken.text)
    dated = any(entity.kind in {"date", "hour"} for entity in spoken.understood.entities)
    acts = any(words.have("act", token) for token in tokens) or _takes_up(spoken)
    asks = "?" in text or says("a question", text) or says("of the deadline", text)
    if not dated or not acts or asks or says("buys something else", text):
        return False
    none = _AFTERWARDS | ({"coba"} if says("then I will try", text) else set())
    supposed = any(words.have("supposed", token) and token.word not in none for token in tokens)
    done = any(words.have("done", token) for token in tokens)
    said = said_of(Milestone.BOUGHT, text, today=spoken.today)
    of_another = not helped and (said is Said.DOUBTFULLY or names_somebody(without("after what is waited for", text)))
    return not (supposed or done or said is Said.PLAINLY or of_another)


def _takes_up(spoken: Spoken) -> bool:
    """Whether a few words agree to buy later, where buying was spoken of last: *ok nanti malam deh habis magrib*."""
    words, tokens = words_of("bought"), spelt(spoken.text)
    of_buying = spoken.matter is not None and spoken.matter.conversation in _OF_BUYING
    agrees = words.have("yes", tokens[0]) or tokens[0].word in _LATER or says("then I will try", spoken.text)
    return of_buying and agrees and len(tokens) <= _FEW and not any(token.word == "atau" for token in tokens)


def clause_of_buying(spoken: Spoken) -> str | None:
    """Return the clause that says when it is bought: *besok pagi sa beli, kalo su gajian buat paket data*."""
    words = words_of("bought")
    for part in _CLAUSE.split(spoken.text):
        buys = any(words.have("act", token) for token in spelt(part)) and not says("buys something else", part)
        waits = says("no money of one's own", part) or says("only then", part) or says("supposing", part)
        if buys and not waits and says("a day", part) and names_moment(part, spoken):
            return part.strip()
    return None


def _is_no_plan(part: str) -> bool:
    """Whether a clause asks, denies, tells of what is done or of somebody else."""
    done = any(words_of("bought").have("done", token) for token in spelt(part))
    denied = not {"jangan", "tidak", "bukan"}.isdisjoint(token.word for token in spelt(part))
    return done or denied or asks(part) or says("of the deadline", part) or names_somebody(part)


def planned_beside(spoken: Spoken) -> Recognised | None:
    """Hear *besok jam 8 kubeli, ingatkan ya. Bayarnya pakai apa?*: the plan that stands beside what is asked."""
    parts = [part for part in sentences(spoken.text) if says("to be reminded", part)]
    ordered = next((part for part in parts if not asks(part)), spoken.text if parts else None)
    buys = clause_of_buying(spoken)
    said = buys if buys is not None and not _is_no_plan(buys) else ordered
    if said is None or not read_clock(said, spoken.local_time):
        return None
    plan = Recognised(Open("plan", {SAID: said, "answered": "1"}), None)
    return plan if names_moment(moment_meant(said, today=spoken.today), spoken) else None


def is_plan(spoken: Spoken) -> bool:
    """Tell whether a text names a moment, as the answer to the question when."""
    return names_moment(spoken.text, spoken)


def names_moment(text: str, spoken: Spoken) -> bool:
    """Tell whether some words name a moment ahead of whoever speaks."""
    found = read_moment(text, spoken.local_time, asked_for=True)
    far = isinstance(found, datetime) and found - spoken.now > _FARTHEST
    return (isinstance(found, datetime | SomeTime) and not far) or hangs_on_cutoff(text)


def last_moment(text: str, spoken: Spoken) -> str:
    """Return the last part of a text that names an hour: in *jangan jam 8, masih rame, jam 10* that is meant."""
    parts = [part for part in re.split(r"[.,;!?\n]", text) if read_clock(part, spoken.local_time)]
    return parts[-1] if len(parts) > 1 else text


def day_behind(spoken: Spoken) -> bool:
    """Whether a text names a numbered day that is gone by: *tanggal 18 udah transaksi*, said on the 21st."""
    days = [entity for entity in spoken.understood.entities if entity.kind == "date"]
    return any(each.value < spoken.today.isoformat() and any(map(str.isdecimal, each.text)) for each in days)
