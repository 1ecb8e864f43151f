"""The person shared their own number: from now on the status is official, if the roster knows it."""

from __future__ import annotations

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Purpose, Traits, conversation
from handlers.dialogue.reply import Reply, button, say
from handlers.dialogue.turn import Turn
from handlers.helpdesk.hearing import has_open_ticket
from handlers.phrases.next_step import with_next_step
from handlers.phrases.share_number import ask_number
from handlers.status import status_card
from handlers.understanding.phrases import says
from locales import _
from programme.model.messages import Open


@conversation("contact_shared", traits=Traits(purpose=Purpose.NUMBER_SHARED))
async def contact_shared(turn: Turn) -> Reply:
    """Take over what the roster says of the person's own number; nobody else's is looked up."""
    if turn.shared is None:
        return _not_own(turn)
    if turn.shared.roster is None:
        reply = say(
            _(
                "Terima kasih. Nomor itu belum ada di data resmi yang kupunya, jadi statusmu tetap dari ceritamu "
                "sendiri. Kalau datanya masuk nanti, otomatis kucocokkan."
            )
        )
        return reply.row(button(_("📍 Statusku"), "status"), button(_("⏰ Batas beli"), "deadline"))
    turn.record(turn.shared.roster)
    return say(_("✔️ Cocok! Nomormu ada di data resmi.")).then(await status_card(turn))


def _not_own(turn: Turn) -> Reply:
    """Nothing vouches that the number is the sender's: whose data it opens must not depend on what is typed."""
    reply = say(
        _(
            "🔒 Kontak itu <b>tidak kucek</b> ke data resmi dan tidak kusimpan: data resmi hanya kubuka untuk pemilik "
            "nomornya sendiri."
        )
    )
    if has_open_ticket(turn.helpdesk):
        reply = reply.also(_("Petugas juga tidak menerimanya. Kalau perlu, tulis saja siapa yang kamu maksud."))
    return with_next_step(ask_number(reply, turn), turn)


def shares_number(spoken: Spoken) -> Recognised | None:
    """Hear whoever offers their own number in words: *bagikan nomorku*, the words of the button itself."""
    if not spoken.incoming.can_vouch or not says("share my own number", spoken.text):
        return None
    return Recognised(Open("own_number"), "own_number")


@conversation("own_number", traits=Traits(purpose=Purpose.OWN_NUMBER, listens={Stage.FIRST: shares_number}))
async def own_number(_turn: Turn) -> Reply:
    """Show the button by which the number is shared: typed digits prove nothing."""
    words = _("Nomormu hanya bisa dibagikan lewat tombol ini, supaya pasti milikmu sendiri. Tekan, lalu setujui ya.")
    return say(words).ask_contact(_("📱 Bagikan nomorku"))
