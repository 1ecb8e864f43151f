"""A purchase told in answer to *when will you buy?*: the question gave the verb, *sudah kemarin di Pintaria*."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.listening import Spoken
from handlers.dialogue.priorities import IDLE, NO_ANSWER
from handlers.dialogue.reported import REPORTS, tells_a_step
from handlers.dialogue.turn import SAID
from handlers.phrases.plans_told import day_behind, names_moment
from handlers.understanding.matters import matters_named
from handlers.understanding.ones_own import told_of_own
from handlers.understanding.phrases import says
from handlers.understanding.replies import DONE, DONE_ELSE, reply_like
from handlers.understanding.reports import Said, tells_of_others
from handlers.understanding.step_answers import said_in_answer, tells_a_state, tells_of_nothing_else, tells_when_at_once
from handlers.understanding.telling import step_told
from programme.model.messages import Open
from programme.model.milestones import Milestone

_REPORT: Final = "report_bought"
_BEFORE_BUYING: Final = frozenset(("induction", "balance", "account_access"))
"""What comes before buying, and may be done instead of it: *udah, videonya udah kutonton, saldo udah masuk*."""


def reported_in_answer(spoken: Spoken) -> Open | None:
    """Return what opens for an answer that tells of a purchase; what is not plain is asked about."""
    past = says("gone by", spoken.text) or day_behind(spoken)
    if says("alright then", spoken.text) and names_moment(spoken.text, spoken) and not past:
        return None  # *ya udah jam 8 malem* gives in, and reports nothing
    text, meant = spoken.text, said_in_answer(Milestone.BOUGHT, spoken.text)
    completed = meant != text
    answer, certain = reply_like(text)
    if completed and (_is_of_something_else(spoken, meant) or (certain and answer not in {DONE, DONE_ELSE})):
        return None
    told = {SAID: meant, **told_of_own(meant, today=spoken.today)}
    to_be_asked = Open(_REPORT, {**told, SAID: text})
    plainly = step_told(Milestone.BOUGHT, meant, today=spoken.today) is Said.PLAINLY
    if says("inside a shop", text) and not says("the note of the purchase", text):
        return None  # on the way to buying
    if plainly and (says("well then", text) or (certain and answer == DONE_ELSE)):
        return to_be_asked
    if completed and (tells_a_state(Milestone.BOUGHT, text) or (plainly and _says_more_than_done(spoken))):
        return to_be_asked
    if plainly:
        return None if not completed and _tells_of_more(spoken) else Open(_REPORT, told)
    if says("only in the basket", text):
        return Open("not_now", {"reason": "basket"})
    if completed and says("bought but not shown", meant):
        return Open("purchase_problem", {**told, "what": "not_shown"})
    asks = says("a question", text)
    if completed and spoken.understood.entity("platform") is not None and not asks:
        return Open(_REPORT, told)
    others = not completed and tells_of_others(Milestone.BOUGHT, text, today=spoken.today)
    return to_be_asked if _is_like_done(text, completed=completed) and not (asks or others) else None


def _tells_of_more(spoken: Spoken) -> bool:
    """Whether a report stands beside a trouble or a question, which is answered, too: *sudah beli, ga bisa dibuka*."""
    read = spoken.understood
    return read.certain and read.intent not in {*REPORTS, *IDLE, NO_ANSWER, "deadline", "reminder_settings"}


def _is_like_done(text: str, *, completed: bool) -> bool:
    """Whether a text is like the answers that it is done; where no list has its word for *sudah*, it must surely be."""
    answer, certain = reply_like(text)
    return answer == DONE and (certain or completed)


def _is_of_something_else(spoken: Spoken, meant: str) -> bool:
    """Whether *sudah* is said of something else than buying: *sudah selesai pelatihan*, *udah kemarin, loginnya*."""
    before = matters_named(spoken.text, "plan") & _BEFORE_BUYING and not says("about buying", spoken.text)
    other = before or tells_a_step(spoken.text, spoken.today) or reply_like(spoken.text)[0] == DONE_ELSE
    return bool(other) and spoken.understood.entity("platform") is None and not says("bought but not shown", meant)


def _says_more_than_done(spoken: Spoken) -> bool:
    """Whether a *sudah* that tells neither where nor when stands before something else: *udah. stop remindernya*.

    It may as well be *enough*, so that it is asked about.
    """
    told = told_of_own(spoken.text, today=spoken.today)
    near = (told or says("gone by", spoken.text)) and tells_when_at_once(Milestone.BOUGHT, spoken.text)
    surely = "platform" in told or near or says("by oneself", spoken.text)
    return not (surely or tells_of_nothing_else(Milestone.BOUGHT, spoken.text))
