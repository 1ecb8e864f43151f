"""What people ask that no source tells: a discount for whoever waits, what a phone must do, how a class is held."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.own_questions import asks
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.next_step import with_next_step
from handlers.understanding.phrases import says
from locales import N_, _
from programme.model.messages import Open
from programme.model.milestones import Milestone

NAME: Final = "what_no_source_tells"
_OF: Final = "untold"
_DISCOUNT: Final = "a discount"
_FORM: Final = "the form of a class"
_PHONE: Final = "of the phone's strength"
_WORDS: Final = MappingProxyType(
    {
        _DISCOUNT: N_(
            "🏷 Soal diskon tidak ada di sumberku, jadi jangan ditunggu. Dibayarnya pakai saldo pelatihan, bukan "
            "uangmu, dan lewat batas semuanya hilang."
        ),
        _FORM: N_(
            "🖥 Online atau tatap muka, jadwal, dan isi kelasnya ditentukan lembaga pelatihannya; tidak ada di "
            "sumberku. Baca di halaman pelatihannya <b>sebelum</b> bayar, karena yang sudah dibeli tidak bisa ditukar."
        ),
        _PHONE: N_(
            "📱 HP, memori, dan kuota yang dibutuhkan ditentukan lembaga dan platformnya; tidak ada di sumberku. "
            "Tanya platformnya <b>sebelum</b> beli, karena yang sudah dibeli tidak bisa ditukar."
        ),
    }
)


def asks_what_is_untold(spoken: Spoken) -> Recognised | None:
    """Hear *ada diskon kalau nunggu malam terakhir?*, *HP ram kecil cukup ga?*."""
    whole = spoken.incoming.text
    ours = spoken.matter is not None or says("of the programme", whole) or says("about buying", whole)
    what = next((what for what in _WORDS if says(what, spoken.text)), None)
    if what is None or not ours or not (what == _FORM or asks(spoken.text)):
        return None
    if what == _FORM and spoken.participant.has(Milestone.BOUGHT):
        return None
    return Recognised(Open(NAME, {_OF: what}), None, spoken.understood.confidence)


@conversation(NAME, traits=Traits(tells=True, listens={Stage.FIRST: asks_what_is_untold}))
async def what_no_source_tells(turn: Turn) -> Reply:
    """Say that it is not told, and what that means for whoever has to buy."""
    asked = turn.told(_OF) or _DISCOUNT
    reply = say(_(_WORDS[asked]))
    return with_next_step(reply if asked == _PHONE else with_cutoff(reply, turn), turn)
