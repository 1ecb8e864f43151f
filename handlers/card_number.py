"""*Nomor Kartu Prakerja itu yang mana?*, *bisa diganti?*: the number that a training is paid with."""

from __future__ import annotations

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.ask_prakerja import with_prakerja
from handlers.phrases.next_step import with_next_step
from handlers.understanding.phrases import says
from locales import _
from programme.model.messages import Open

NAME = "card_number"


def asks_for_it(spoken: Spoken) -> Recognised | None:
    """Hear whoever doesn't know which number it is, or where to find it."""
    if says("change the card number", spoken.text):
        return Recognised(Open(NAME, {"ask": "change"}), "account_access", spoken.understood.confidence)
    asked = says("where the card number is", spoken.text) and (_is_paying(spoken) or not says("a lure", spoken.text))
    return Recognised(Open(NAME), "how_to_buy", spoken.understood.confidence) if asked else None


def _is_paying(spoken: Spoken) -> bool:
    """Whether it is a shop that wants the number, of who is about to pay there, and nobody else."""
    there = spoken.understood.entity("platform") is not None or says("about buying", spoken.text)
    return there and not says("of a stranger", spoken.text)


@conversation(NAME, traits=Traits(beside=True, listens={Stage.FIRST: asks_for_it}))
async def card_number(turn: Turn) -> Reply:
    """Say what it is, where to look, and whom to ask; where exactly it stands, no source tells."""
    contacts = turn.programme.contacts
    if turn.told("ask") == "change":
        words = _(
            "💳 Apakah nomor Kartu Prakerja bisa diganti tidak ada di sumberku. Hanya Prakerja yang tahu: {phone} "
            "(bebas pulsa). Sudah terkirim ke orang lain? Sebutkan juga, dan jangan beri OTP-mu ke siapa pun."
        )
        return with_prakerja(say(words, phone=contacts["phone"].value), turn)
    reply = say(
        _(
            "💳 Lihat di dashboard-mu di <b>{site}</b>; di bagian mana persisnya tidak disebut sumberku. Yang dipakai "
            "<b>nomor Kartu Prakerja</b>, bukan nomor KTP atau kartu ATM. Tidak ketemu? Tanya Call Center {phone}.\n\n"
            "Ketik nomornya hanya waktu membayar di platform resmi, jangan di sini."
        ),
        site=contacts["dashboard"].value,
        phone=contacts["phone"].value,
    )
    reply = reply.link(_("🌐 Buka dashboard"), contacts["dashboard"].url)
    return with_next_step(reply, turn)
