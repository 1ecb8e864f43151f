"""What people ask that no source tells: a discount for whoever waits, and how strong a phone must be."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.own_questions import asks
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.next_step import with_next_step
from handlers.understanding.phrases import says
from locales import _
from programme.model.messages import Open

NAME: Final = "what_no_source_tells"
_OF: Final = "untold"
_DISCOUNT: Final = "discount"
_PHONE: Final = "phone"


def asks_what_is_untold(spoken: Spoken) -> Recognised | None:
    """Hear *ada diskon kalau nunggu malam terakhir?*, *HP ram kecil cukup ga?*."""
    whole = spoken.incoming.text
    ours = spoken.matter is not None or says("of the programme", whole) or says("about buying", whole)
    if not ours or not asks(spoken.text):
        return None
    of_phone = says("of the phone's strength", spoken.text)
    what = _DISCOUNT if says("a discount", spoken.text) else _PHONE if of_phone else None
    return None if what is None else Recognised(Open(NAME, {_OF: what}), None, spoken.understood.confidence)


@conversation(NAME, traits=Traits(tells=True, listens={Stage.FIRST: asks_what_is_untold}))
async def what_no_source_tells(turn: Turn) -> Reply:
    """Say that it is not told, and what that means for whoever has to buy."""
    if turn.told(_OF) == _PHONE:
        reply = say(
            _(
                "📱 HP, memori, dan kuota yang dibutuhkan ditentukan lembaga dan platformnya; tidak ada di sumberku. "
                "Tanya platformnya <b>sebelum</b> beli, karena yang sudah dibeli tidak bisa ditukar."
            )
        )
        return with_next_step(reply, turn)
    reply = say(
        _(
            "🏷 Soal diskon tidak ada di sumberku, jadi jangan ditunggu. Dibayarnya pakai saldo pelatihan, bukan "
            "uangmu, dan lewat batas semuanya hilang."
        )
    )
    return with_next_step(with_cutoff(reply, turn), turn)
