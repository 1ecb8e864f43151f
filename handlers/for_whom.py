"""*Anak saya sudah lolos, tolong cek*: for somebody else, answered in general and noted of nobody."""

from __future__ import annotations

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.question import Option
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.understanding.phrases import says
from locales import _
from programme.model.messages import Open

NAME = "for_whom"


def of_somebody_else(spoken: Spoken) -> Recognised | None:
    """Hear that somebody else has passed, or is to be looked up."""
    if not says("somebody else has passed", spoken.text):
        return None
    wave = {"wave": told} if (told := spoken.understood.entity("wave")) is not None else {}
    return Recognised(Open(NAME, wave), "status", spoken.understood.confidence)


@conversation(NAME, traits=Traits(listens={Stage.TOLD: of_somebody_else}))
async def for_whom(turn: Turn) -> Reply | Open:
    """Ask once whose matter it is; of others only what holds for everybody is told."""
    words = say(
        _(
            "Ini untuk siapa? Status pribadi cuma bisa dilihat yang punya akun, di dashboard-nya. Batas beli dan "
            "caranya bisa kuberi tahu untuk siapa saja."
        )
    )
    options = [Option("me", _("🙋 Untukku sendiri")), Option("other", _("👥 Orang lain"), (_("dia"), _("bukan aku")))]
    whom = await turn.choose("whom", words, options, read=_read)
    if whom == "me":
        return Open("status")
    told = {"wave": turn.answers["wave"]} if turn.told("wave") is not None else {}
    return Open("deadline", {"whose": "other", **told})


def _read(text: str) -> str | None:
    if text in {"me", "other"}:
        return text
    return "other" if says("somebody else's", f"kalau {text}") else None
