"""*Insentif gagal, disuruh hubungi BNI, ditelpon ga diangkat*: there is a way around a partner that does not answer."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.follow_up import ASKED, OF
from handlers.dialogue.listening import Spoken
from handlers.dialogue.register import Traits, conversation, family_of
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import SAID, Turn
from handlers.phrases.asked_further import PHONE_QUESTIONS
from handlers.phrases.aspects import IN_SHORT
from handlers.phrases.contact_buttons import in_words, with_contacts
from handlers.phrases.year_end import with_year_end
from handlers.understanding.phrases import says
from locales import _
from programme.calendars import YearEnd
from programme.model.messages import Open

NAME: Final = "silent_partner"
_OF_MONEY: Final = frozenset(("incentive_problem", "incentive_rules"))


def does_not_answer(spoken: Spoken) -> Open | None:
    """Hear of a payment partner that can't be reached; who would change the account already is past that."""
    text = spoken.text
    partners = {entity.value for entity in spoken.understood.entities if entity.kind == "partner"}
    if len(partners) != 1 or not says("nobody answers", text) or says("change the account", text):
        return None
    of_money = says("about the incentive", text) or says("the payment failed", text)
    of_money = of_money or any(family_of(one.conversation) in _OF_MONEY for one in spoken.matters)
    return Open(NAME, {SAID: text, "partner": min(partners)}) if of_money else None


@conversation(
    NAME,
    traits=Traits(
        tells=True,
        trouble=True,
        part_of="incentive_problem",
        expects=does_not_answer,
        slots=frozenset({"partner"}),
        follow_ups={"what then": Open(IN_SHORT, {OF: "payment_account", ASKED: "to disconnect"}), **PHONE_QUESTIONS},
    ),
)
async def silent_partner(turn: Turn) -> Reply | Open:
    """Say sorry, and that another account of one's own will do, until when; the partner comes second."""
    partner = turn.programme.partner(turn.told("partner") or "")
    if partner is None:
        return Open("call_center")
    reply = say(
        _(
            "😔 Maaf, memang menjengkelkan. {name} tidak menjawab? Jalan lain: <b>ganti ke rekening atau e-wallet "
            "lain</b> atas NIK-mu sendiri. Putuskan dulu {name} di dashboard, baru sambungkan yang baru.\n\n"
            "Tetap mau lewat {name}? Coba lagi di jam lain ({ways}), dan isi Formulir Pengaduan Prakerja."
        ),
        name=partner.name,
        ways=in_words(partner.contacts),
    )
    reply = with_year_end(reply, YearEnd.LINKING, turn)
    reply = reply.button(_("💳 Ganti rekening / e-wallet"), "payment_account", step="change")
    reply = with_contacts(reply, partner.name, partner.contacts)
    reply = reply.link(_("📝 Isi Formulir Pengaduan"), turn.programme.contacts["complaint_form"].url)
    return reply.button(_("💬 Bicara dengan petugas"), "handoff", about="incentive", tried="1", partner=partner.id)
