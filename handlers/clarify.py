"""Not sure what was meant: ask, with the likely meanings in plain words."""

from __future__ import annotations

from handlers.dialogue.people import to_people
from handlers.dialogue.question import Option
from handlers.dialogue.register import Purpose, Traits, conversation, conversations
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import MISSED, Turn
from handlers.phrases.reporting import CHOSEN
from locales import _
from programme.model.messages import Open

NONE_OF_THEM = "none"
_OWN = ("guesses", "meant", MISSED)


@conversation("clarify", traits=Traits(purpose=Purpose.UNCLEAR, beside=True))
async def clarify(turn: Turn) -> Reply | Open:
    """Offer at most three meanings and *bukan semuanya*, the second time a person; then open what was meant."""
    known = conversations()
    guesses = [name for name in (turn.told("guesses") or "").split(",") if name in known]
    options = [Option(name, _about(name, turn)) for name in guesses]
    words, other = _("Aku belum yakin maksudmu. Yang mana ya?"), _("Tidak ada yang cocok")
    if turn.told(MISSED) is not None:
        words = _("🙏 Maaf, aku masih belum paham. Salah satu dari ini? Kalau bukan, kubantu sampai ke petugas.")
        if turn.helpdesk is None:
            words = _(
                "🙏 Maaf, aku masih belum paham. Salah satu dari ini? Kalau bukan, kutunjukkan yang bisa menolong."
            )
        other = to_people(turn.helpdesk)
    options.append(Option(NONE_OF_THEM, other, (_("bukan"), _("tidak ada"))))
    meant = await turn.choose("meant", say(words), options)
    if meant == NONE_OF_THEM:
        return Open("handoff", {MISSED: "1"})
    told = {name: value for name, value in turn.answers.items() if name not in _OWN}
    return Open(meant or "help", {**told, CHOSEN: "1"})


def _about(name: str, turn: Turn) -> str:
    return to_people(turn.helpdesk) if name == "handoff" else _(conversations()[name].about)
