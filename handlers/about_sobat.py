"""Who is answering: a machine that tells its sources, and no office."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.understanding.phrases import says, without
from handlers.understanding.sentences import sentences
from locales import N_, _
from programme.model.messages import Open

_LONGEST: Final = 9
"""Words of a sentence that asks who answers."""


def asks_who_answers(spoken: Spoken) -> Open | None:
    """Hear *jadi Mbak ini bukan orang?*, *ini robot apa orang*; who wants a person besides is led to one."""
    asked = says("bot or person", spoken.text) and not says("wants a person", spoken.text)
    return Open("about_sobat") if asked else None


def asks_what_this_is(spoken: Spoken) -> Recognised | None:
    """Hear *ini apa ya?*, *ini bot apa?*, where nothing else is asked."""
    parts = [without("a greeting", part).strip(" ,") for part in sentences(spoken.text)]
    asking = [part for part in parts if says("a question", part) or says("what are you", part)]
    if len(asking) != 1 or len(asking[0].split()) > _LONGEST or not says("what are you", asking[0]):
        return None
    return Recognised(Open("about_sobat"), "about_sobat", spoken.understood.confidence)


@conversation(
    "about_sobat",
    about=N_("Tentang Sobat"),
    commands=("tentang",),
    traits=Traits(tells=True, beside=True, expects=asks_who_answers, listens={Stage.STATEMENT: asks_what_this_is}),
)
async def about_sobat(turn: Turn) -> Reply:
    """Say what Sobat is, what it never asks for, and where the official word is."""
    reply = say(
        _(
            "🤖 Aku <b>Sobat</b>, asisten otomatis (bot), bukan orang dan bukan petugas. Aku mengingatkan batas beli "
            "dan menjawab dari data program yang ada sumbernya; yang tidak kutahu tidak kutebak.\n\n"
            "Yang resmi: {site} dan Call Center {phone} (bebas pulsa). Aku tidak pernah minta OTP, kata sandi, NIK, "
            "atau nomor kartu."
        ),
        site=turn.programme.contacts["dashboard"].value,
        phone=turn.programme.contacts["phone"].value,
    )
    if turn.participant.wave is None:
        reply = reply.also(_("Kamu sudah lolos Prakerja? Sebut gelombangmu, nanti kuhitung batas belimu."))
    reply = reply.button(_("🔒 Data & privasiku"), "privacy").button(_("☎️ Kontak Prakerja"), "call_center")
    return reply.button(_("📋 Menu"), "help")
