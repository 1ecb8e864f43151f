"""What is left of the balance once a training is paid, where its price is told or known."""

from __future__ import annotations

from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.matches import typed
from handlers.understanding import find_entities
from locales import Rupiah, _
from programme.model.milestones import Milestone
from programme.trainings import Training


def what_is_left(balance: int, training: Training | None, turn: Turn) -> Reply | None:
    """Return the sum; None where no price is known, or something was bought: then only the dashboard shows the rest."""
    told = [one.value for one in find_entities(typed(turn), today=turn.today, kinds=("budget",))]
    named = (int(one) for one in (turn.told("price"), *told) if one is not None and int(one) != balance)
    price = next(named, training.cheapest if training is not None else None)
    if price is None or turn.participant.has(Milestone.BOUGHT):
        return None
    if price > balance:
        words = _("❌ Tidak cukup: harganya {price}, saldo awalmu {balance}.")
    else:
        words = _("✅ Cukup: {balance} − {price} = sisa <b>{left}</b>. Cocokkan dulu harganya di platform.")
    return say(words, balance=Rupiah(balance), price=Rupiah(price), left=Rupiah(max(balance - price, 0)))
