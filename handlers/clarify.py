"""Not sure what was meant: ask, with the likely meanings in plain words."""

from __future__ import annotations

from handlers.conversation import conversation, conversations
from handlers.question import Option
from handlers.reply import Reply, say
from handlers.turn import Turn
from locales import _
from programme.messages import Open

NONE_OF_THEM = "none"
_OWN = ("guesses", "meant")


@conversation("clarify")
async def clarify(turn: Turn) -> Reply | Open:
    """Offer at most three meanings and *bukan semuanya*; then open the one that was meant."""
    known = conversations()
    guesses = [name for name in (turn.told("guesses") or "").split(",") if name in known]
    options = [Option(name, _(known[name].about)) for name in guesses]
    options.append(Option(NONE_OF_THEM, _("Bukan semuanya"), (_("bukan"), _("tidak ada"))))
    meant = await turn.choose("meant", say(_("Aku belum yakin maksudmu. Yang mana ya?")), options)
    if meant == NONE_OF_THEM:
        return Open("handoff", {"missed": "1"})
    told = {name: value for name, value in turn.answers.items() if name not in _OWN}
    return Open(meant or "help", told)
