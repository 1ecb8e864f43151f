"""*Udah beli di tokped, trus mulainya gimana?*: from the purchase to the class."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.listening import Spoken, Stage
from handlers.dialogue.register import Traits, conversation, heard_at
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.reported import tells_a_step
from handlers.dialogue.turn import SAID, Turn
from handlers.phrases.asked_further import CONTACT_QUESTIONS
from handlers.phrases.contact_buttons import in_words, with_contacts
from handlers.phrases.next_step import with_next_step
from handlers.phrases.which_platform import own_platform
from handlers.understanding.phrases import says
from locales import _
from programme.model.messages import Open
from programme.model.milestones import Milestone

NAME: Final = "start_class"
_SOMETHING_ELSE: Final = (
    *("when the class starts", "finish by when", "a voucher is refused", "a second training", "about a certificate"),
    *("of a review", "about the incentive", "but it fails", "supposing"),
)


def asks_how_to_start(spoken: Spoken) -> Open | None:
    """Hear how somebody who has bought gets into the class; before that it is the buying that is asked of."""
    text, has = spoken.text, spoken.participant.has
    if not has(Milestone.BOUGHT) or has(Milestone.COMPLETED) or not says("how to start the class", text):
        return None
    if any(says(what, text) for what in _SOMETHING_ELSE) or tells_a_step(text, spoken.today):
        return None
    if heard_at(Stage.ALARM, spoken) is not None:
        return None
    platform = spoken.understood.entity("platform") or spoken.of_the_talk("platform")
    return Open(NAME, {SAID: text, **({"platform": platform} if platform is not None else {})})


@conversation(
    NAME,
    traits=Traits(
        tells=True,
        trouble=True,
        part_of="purchase_problem",
        expects=asks_how_to_start,
        slots=frozenset({"platform"}),
        follow_ups={"if it fails": Open("training_access"), **CONTACT_QUESTIONS},
    ),
)
async def start_class(turn: Turn) -> Reply:
    """Say that the voucher leads to the institution, and where a source tells that the voucher is."""
    platform = own_platform(turn)
    if platform is None:
        reply = say(
            _(
                "▶️ Mulainya <b>bukan dari dashboard Prakerja</b>, tapi dari platform tempat kamu beli: cari kode "
                "voucher atau akses kelas di pesananmu, lalu ikuti petunjuk lembaga pelatihannya."
            )
        )
        return with_next_step(reply.button(_("🏬 Kontak platform"), "platform_contact"), turn)
    if platform.steps:
        words = _(
            "▶️ Mulainya dari <b>{name}</b>, bukan dari dashboard Prakerja. Kode vouchernya ada di riwayat transaksi "
            "{name} atau e-mail-mu; tukarkan di <b>lembaga pelatihannya</b>."
        )
    else:
        words = _(
            "▶️ Mulainya dari <b>{name}</b>, bukan dari dashboard Prakerja. Letak voucher atau kelasnya di {name} "
            "tidak ada di sumberku: cek pesanan dan e-mail-mu dulu."
        )
    reply = say(words, name=platform.name)
    if platform.contacts:
        reply = reply.also(_("Tidak ketemu? {name}: {ways}."), name=platform.name, ways=in_words(platform.contacts))
        reply = with_contacts(reply, platform.name, platform.contacts)
    reply = reply.button(_("🔓 Kelas / voucher tidak bisa dibuka"), "training_access")
    return with_next_step(reply, turn)
