"""Who is answering: a machine that tells its sources, and no office."""

from __future__ import annotations

from handlers.dialogue.listening import Spoken
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.understanding.phrases import says
from locales import N_, _
from programme.model.messages import Open


def asks_who_answers(spoken: Spoken) -> Open | None:
    """Hear *jadi Mbak ini bukan orang?*, *ini robot apa orang*; who wants a person besides is led to one."""
    asked = says("bot or person", spoken.text) and not says("wants a person", spoken.text)
    return Open("about_sobat") if asked else None


@conversation(
    "about_sobat",
    about=N_("Tentang Sobat"),
    commands=("tentang",),
    traits=Traits(tells=True, beside=True, expects=asks_who_answers),
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
    reply = reply.button(_("🔒 Data & privasiku"), "privacy").button(_("☎️ Kontak Prakerja"), "call_center")
    return reply.button(_("📋 Menu"), "help")
