"""How to reach the programme itself."""

from __future__ import annotations

from handlers.dialogue.follow_up import ASKED
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.asked_further import CONTACT_QUESTIONS
from handlers.phrases.aspects import in_short
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.contact_buttons import in_words, with_contacts
from handlers.phrases.told_by import as_of
from locales import N_, _, fill
from programme.contacts import Contact
from programme.facts import known_at
from programme.model.messages import Open

_OF_A_PLATFORM = frozenset({"tried already", "phone or chat", "whom to ask"})
"""Questions that only a platform's contact goes on to."""


@conversation(
    "call_center",
    about=N_("Kontak Call Center Prakerja"),
    commands=("kontak",),
    traits=Traits(
        tells=True,
        beside=True,
        follow_ups={
            "when it is": Open("contact_detail", {ASKED: "when they answer"}),
            "how much": Open("call_cost"),
            "if it fails": Open("contact_detail", {ASKED: "nobody answers"}),
            **{what: leads_to for what, leads_to in CONTACT_QUESTIONS.items() if what not in _OF_A_PLATFORM},
            **in_short("call_center"),
            "does it cost": Open("call_cost"),
        },
        slots=frozenset({"partner"}),
    ),
)
async def call_center(turn: Turn) -> Reply:
    """Give the telephone and the complaint form; whoever named a payment partner gets its contact too."""
    phone, form = turn.programme.contacts["phone"], turn.programme.contacts["complaint_form"]
    reply = say(
        _(
            "☎️ <b>Call Center Prakerja</b>: {phone} (bebas pulsa).\n"
            "📝 <b>Formulir Pengaduan</b>: {form}{as_of}\n\n"
            "Jam layanannya belum bisa kupastikan; kalau telepon tidak tersambung, pakai formulir. Siapkan "
            "gelombangmu, tanggal kejadian, dan tangkapan layar. Jangan sebut OTP atau kata sandi ke siapa pun."
        ),
        phone=phone.value,
        form=form.value,
        as_of=_dated(form, turn),
    )
    partner = turn.programme.partner(turn.told("partner") or "")
    if partner is not None:
        reply = reply.also(_("Kontak {name}: {ways}."), name=partner.name, ways=in_words(partner.contacts))
    reply = with_cutoff(reply, turn)
    reply = with_contacts(reply, "Prakerja", [phone]).link(_("📝 Isi Formulir Pengaduan"), form.url)
    if partner is not None:
        reply = with_contacts(reply, partner.name, partner.contacts)
    reply = reply.button(_("🏬 Kontak platform"), "platform_contact")
    return reply.button(_("💬 Bicara dengan petugas"), "handoff")


def _dated(form: Contact, turn: Turn) -> str:
    """As of when the address is known to hold; nothing where that was told later than now."""
    return fill(_(" (alamat per {as_of})"), as_of=as_of(form)) if known_at(form.as_of, turn.now) else ""
