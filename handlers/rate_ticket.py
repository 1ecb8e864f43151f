"""Stars and a word for the people who helped; what isn't settled is opened again."""

from __future__ import annotations

from handlers.dialogue.register import conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.next_step import with_next_step
from handlers.understanding.phrases import says
from locales import _
from programme.model.messages import Open
from programme.model.tickets import Ticket, TicketRated, TicketReopened, TicketWorded

_BAD, _MEDIOCRE = 2, 3


@conversation("rate_ticket")
async def rate_ticket(turn: Turn) -> Reply | Open:
    """Take 1 to 5 stars, then a word, which may be skipped."""
    ticket = own_ticket(turn)
    stars = turn.told("stars") or ""
    if ticket is None or stars not in {"1", "2", "3", "4", "5"}:
        return Open("ticket_status")
    words = _("{stars} Terima kasih! Ada satu dua kata untuk petugas kami?").format(stars="⭐" * int(stars))
    turn.wish(TicketRated(ticket.id, int(stars)))
    word = await turn.words("word", words, skip=_("Lewati"), at_most=300)
    if word is not None:
        turn.wish(TicketWorded(ticket.id, word))
        if int(stars) <= _MEDIOCRE and turn.helpdesk and turn.helpdesk.can_reopen and says("not settled", word):
            turn.wish(TicketReopened(ticket.id))
            return say(_("🙏 Terima kasih. Sepertinya belum beres, jadi kuteruskan lagi."))
    reply = say(_("🙏 Terima kasih, penilaianmu tercatat."))
    if int(stars) <= _BAD and turn.helpdesk is not None and turn.helpdesk.can_reopen:
        reply = reply.button(_("🔓 Belum beres, buka lagi"), "reopen_ticket", t=str(ticket.id))
    return with_next_step(reply, turn)


@conversation("reopen_ticket")
async def reopen_ticket(turn: Turn) -> Reply | Open:
    """Open a closed ticket again by its button."""
    ticket = own_ticket(turn)
    if ticket is None or turn.helpdesk is None or not turn.helpdesk.can_reopen:
        return Open("ticket_status")
    turn.wish(TicketReopened(ticket.id))
    return say(_("Aku teruskan lagi ke petugas."))


def own_ticket(turn: Turn) -> Ticket | None:
    """Return the person's latest ticket where the button was about it."""
    ticket = turn.helpdesk.ticket if turn.helpdesk else None
    return ticket if ticket is not None and turn.told("t") == str(ticket.id) else None
