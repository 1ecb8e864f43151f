"""*Udah*, after steps that were just advised: they are done, and what matters is whether it helped."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.follow_up import WHOM
from handlers.dialogue.question import Option
from handlers.dialogue.register import Purpose, conversation, conversation_for, traits_of
from handlers.dialogue.turn import Turn
from handlers.phrases.yes_or_no import yes_or_no
from handlers.understanding.phrases import says
from locales import _
from programme.model.messages import Matter, Open

NAME: Final = "tried_it"
_OF_THE_BALANCE: Final = frozenset(("balance", "induction"))
_ONE_STEP: Final = "step"
_BRIEF: Final = 4
"""Words that only name which of the steps is done."""


def advised(matter: Matter | None) -> str | None:
    """Return the conversation whose advice was given last, if that is what is spoken of."""
    if matter is None:
        return None
    missing = matter.conversation == "induction" or matter.told.get("ask") == "missing"
    return matter.conversation if missing or traits_of(matter.conversation).trouble else None


@conversation(NAME)
async def tried_it(turn: Turn) -> Open:
    """Ask whether it helped; who it did not help learns whom to ask."""
    of = turn.told("of") or ""
    words = _("👍 Sip, sudah dicoba ya. Sekarang sudah beres?")
    if of in _OF_THE_BALANCE:
        words = _("👍 Sip. Setelah keluar dan masuk lagi, <b>saldonya sudah tampil</b>?")
    options = [Option("yes", _("✅ Sudah")), Option("no", _("Belum"))]
    solved = await turn.choose("solved", words, options, columns=2, read=_read)
    if solved == _ONE_STEP:
        words = _("👍 Oke, itu sudah. Kalau sudah keluar dan masuk lagi juga: <b>saldonya tampil</b>?")
        solved = await turn.choose("shows", words, options, columns=2, read=yes_or_no)
    if solved == "yes":
        return Open("how_to_buy") if of in _OF_THE_BALANCE else Open(conversation_for(Purpose.SETTLED))
    return traits_of(of).follow_ups.get(WHOM) or Open("call_center")


def _read(text: str) -> str | None:
    """Read a yes or no; which step was done is no answer to whether it helped."""
    if text in {"yes", "no", _ONE_STEP}:
        return text
    return _ONE_STEP if len(text.split()) <= _BRIEF and says("a step to the balance", text) else yes_or_no(text)
