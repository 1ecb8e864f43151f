"""Whether calling a contact that was just given costs anything."""

from __future__ import annotations

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.asked_further import CONTACT_QUESTIONS
from handlers.phrases.contact_buttons import in_words, with_contacts
from handlers.phrases.which_platform import own_platform
from handlers.understanding.phrases import says
from locales import _
from programme.model.messages import Open

NAME = "call_cost"
_FURTHER = {what: leads_to for what, leads_to in CONTACT_QUESTIONS.items() if leads_to.conversation != NAME}


def asks_what_it_costs(spoken: Spoken) -> Recognised | None:
    """Hear whoever asks what a call costs before any contact was given: *telepon call center kena biaya ga*."""
    asked = says("does it cost", spoken.text) and says("a call", spoken.text)
    return Recognised(Open(NAME, spoken.told)) if asked else None


@conversation(NAME, traits=Traits(beside=True, follow_ups=_FURTHER, listens={Stage.WISH: asks_what_it_costs}))
async def call_cost(turn: Turn) -> Reply:
    """The programme's own number is toll-free; of the others nothing is known but what they are."""
    phone = turn.programme.contacts["phone"]
    named = turn.programme.partner(turn.told("partner") or "") or own_platform(turn)
    if named is None:
        reply = say(_("Gratis: Call Center Prakerja <b>{phone}</b> bebas pulsa."), phone=phone.value)
        return with_contacts(reply, "Prakerja", [phone])
    reply = say(
        _(
            "Biaya menghubungi <b>{name}</b> ({ways}) mengikuti operatormu; tarif pastinya aku tidak tahu. Yang pasti "
            "gratis: Call Center Prakerja <b>{phone}</b>, bebas pulsa."
        ),
        name=named.name,
        ways=in_words(named.contacts),
        phone=phone.value,
    )
    return with_contacts(with_contacts(reply, named.name, named.contacts), "Prakerja", [phone])
