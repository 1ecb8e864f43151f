"""Scores, tests and being marked absent: set by whoever gives the training."""

from __future__ import annotations

from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.ask_prakerja import ask_prakerja
from handlers.phrases.asked_further import CONTACT_QUESTIONS
from handlers.phrases.contact_buttons import in_words, with_contacts
from handlers.phrases.which_platform import own_platform
from handlers.phrases.which_rules import which_rules
from locales import N_, _


@conversation(
    "assessment",
    about=N_("Nilai & tes pelatihan"),
    traits=Traits(tells=True, trouble=True, slots=frozenset({"platform"}), follow_ups=CONTACT_QUESTIONS),
)
async def assessment(turn: Turn) -> Reply:
    """Say who decides, what the incentive asks for as far as it is known, and whom to ask."""
    scheme, platform = (await which_rules(turn)).scheme, own_platform(turn)
    reply = say(
        _(
            "📝 Nilai minimal, tes ulang, dan kehadiran (termasuk kamera) ditentukan <b>lembaga pelatihan dan "
            "platformnya</b>. Angkanya tidak ada di sumberku, jadi aku tidak menebak."
        )
    )
    if scheme.review_required:
        reply = reply.also(
            _("Untuk insentif yang kutahu: pelatihan <b>selesai</b> dan bersertifikat, lalu rating dan ulasan terisi.")
        )
    if platform is not None and platform.contacts:
        words = _("Tanya dulu {name}: {ways}.")
        reply = reply.also(words, name=platform.name, ways=in_words(platform.contacts))
        reply = with_contacts(reply, platform.name, platform.contacts)
    else:
        reply = reply.also(_("Tanya dulu layanan platform tempat kamu beli."))
        reply = reply.button(_("🏬 Kontak platform"), "platform_contact")
    return ask_prakerja(reply, turn)
