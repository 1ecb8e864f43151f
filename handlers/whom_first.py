"""*Telepon Tokopedia dulu atau Prakerja?*: whose matter it is decides, with the contact of whoever is named."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.listening import Spoken, Stage
from handlers.dialogue.register import Traits, conversation, family_of, heard_at
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import SAID, Turn
from handlers.phrases.ask_prakerja import with_prakerja
from handlers.phrases.asked_further import CONTACT_QUESTIONS
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.contact_buttons import in_words, with_contacts
from handlers.phrases.matters import MATTER_OF
from handlers.phrases.which_platform import own_platform
from handlers.understanding.phrases import says
from locales import _
from programme.model.messages import Open

NAME: Final = "whom_first"


def asks_which_first(spoken: Spoken) -> Open | None:
    """Hear a choice between a platform or a payment partner and Prakerja, whatever trouble is told beside it."""
    if not says("which of two to ask", spoken.text) or heard_at(Stage.ALARM, spoken) is not None:
        return None
    named = {kind: spoken.understood.entity(kind) or spoken.of_the_talk(kind) for kind in ("platform", "partner")}
    if not any(named.values()) and not says("a platform", spoken.text):
        return None
    if spoken.understood.entity("platform") is not None:
        named["partner"] = None
    about = next(
        (MATTER_OF[name] for one in spoken.matters if (name := family_of(one.conversation)) in MATTER_OF), None
    )
    known = {kind: value for kind, value in {**named, "about": about}.items() if value is not None}
    return Open(NAME, {SAID: spoken.text, **known})


@conversation(
    NAME,
    traits=Traits(
        tells=True,
        trouble=True,
        expects=asks_which_first,
        slots=frozenset({"platform", "partner"}),
        follow_ups=CONTACT_QUESTIONS,
    ),
)
async def whom_first(turn: Turn) -> Reply:
    """Say who comes first and with what, who next, and offer a summary to send."""
    partner, platform = turn.programme.partner(turn.told("partner") or ""), own_platform(turn)
    phone = turn.programme.contacts["phone"].value
    if partner is not None:
        words = _(
            "☎️ <b>{name}</b> dulu kalau akunnya ditutup, belum premium, atau kena batas: {ways}. Selain itu, atau "
            "mereka bilang aman: Prakerja {phone} (bebas pulsa)."
        )
        reply = say(words, name=partner.name, ways=in_words(partner.contacts), phone=phone)
        reply = with_contacts(reply, partner.name, partner.contacts)
    elif platform is not None and platform.contacts:
        words = _(
            "☎️ <b>{name}</b> dulu: {ways}. Pesanan, kelas, voucher, dan sertifikat dari mereka.\nBelum beres, atau "
            "soal saldo, akun, dan insentif? Prakerja {phone} (bebas pulsa)."
        )
        reply = say(words, name=platform.name, ways=in_words(platform.contacts), phone=phone)
        reply = with_contacts(reply, platform.name, platform.contacts)
    else:
        words = _(
            "☎️ Pesanan, kelas, voucher, dan sertifikat: <b>platformnya dulu</b>. Saldo, akun, dan insentif, atau "
            "platform tidak menolong: Prakerja {phone} (bebas pulsa)."
        )
        reply = say(words, phone=phone).button(_("🏬 Kontak platform"), "platform_contact")
    more = {kind: value for kind in ("platform", "partner", "about") if (value := turn.told(kind)) is not None}
    reply = with_prakerja(with_cutoff(reply, turn), turn)
    return reply.button(_("📋 Buatkan ringkasannya"), "handoff", **{"about": "other", **more, "tried": "1"})
