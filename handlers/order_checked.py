"""*Pesanan berhasil, saldo jadi 600 ribu*: what somebody found who looked at the order and at the balance."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.listening import Spoken
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import SAID, Turn
from handlers.dialogue.whose import own_words
from handlers.phrases.asked_further import BUYING_QUESTIONS
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.plans_told import names_moment
from handlers.understanding.ones_own import told_of_own
from handlers.understanding.phrases import says
from handlers.understanding.reports import names_training
from handlers.understanding.sentences import sentences
from handlers.understanding.spelling import spelt
from handlers.understanding.statements import names_somebody
from handlers.understanding.telling import takes_away
from locales import _
from programme.model.messages import Open
from programme.model.milestones import Milestone

NAME: Final = "order_checked"
_ADVISED: Final = frozenset(("purchase_problem", "purchase_shown", "does_it_count", "platform_contact"))
"""What was spoken of where to look was advised."""


def finds_out(spoken: Spoken) -> Open | None:
    """Hear what the order and the balance say of a purchase that is not noted."""
    text = spoken.text
    unsure = any(says(what, text) for what in ("a question", "supposing", "not certain"))
    if spoken.participant.has(Milestone.BOUGHT) or unsure or not own_words(spoken.incoming):
        return None
    shown = says("it shows", text) and _is_advised(spoken) and _is_of_a_training_there(text)
    placed, less = says("the order is placed", text) or shown, says("the balance is less", text)
    if (placed or less) and not takes_away(Milestone.BOUGHT, text, today=spoken.today):
        return _bought(spoken, surely=placed and (less or _is_advised(spoken)) and not names_somebody(text))
    return _still_to_buy(spoken) if says("the balance is whole", text) and _is_advised(spoken) else None


def _is_of_a_training_there(text: str) -> bool:
    """Whether it is the training that is in the dashboard, not the money."""
    there = any(token.word.startswith("dashboard") for token in spelt(text))
    return there and names_training(text) and not says("about a certificate", text)


def _is_advised(spoken: Spoken) -> bool:
    return any(one.conversation in _ADVISED for one in spoken.matters[:2])


def _bought(spoken: Spoken, *, surely: bool) -> Open | None:
    """Report it, with where it was bought as far as that was told of the trouble; what is not sure is asked about."""
    if not (surely or _is_advised(spoken)):
        return None
    earlier = spoken.matter.told if spoken.matter is not None and _is_advised(spoken) else {}
    at = {"platform": where} if (where := earlier.get("platform")) else {}
    told = {**at, **told_of_own(spoken.text, today=spoken.today)}
    return Open("report_bought", told if surely else {**told, SAID: spoken.text})


def _still_to_buy(spoken: Spoken) -> Open:
    """Plan another try where a moment is named, else say that nothing is bought yet."""
    planned = next((part for part in sentences(spoken.text) if names_moment(part, spoken)), None)
    return Open("plan", {SAID: planned, "answered": "1"}) if planned is not None else Open(NAME)


@conversation(
    NAME, traits=Traits(expects=finds_out, tells=True, part_of="purchase_problem", follow_ups=BUYING_QUESTIONS)
)
async def order_checked(turn: Turn) -> Reply:
    """Say that a balance that is whole means that nothing is bought yet, and that it can be tried again."""
    reply = say(
        _(
            "Saldo masih utuh berarti pelatihannya <b>belum terbeli</b>. Coba lagi pelan-pelan, dengan sambungan yang "
            "lebih kuat kalau tadi putus."
        )
    )
    reply = with_cutoff(reply, turn).button(_("🛒 Cara beli pelatihan"), "how_to_buy")
    return reply.button(_("🆘 Gagal lagi"), "purchase_problem")
