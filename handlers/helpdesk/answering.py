"""Acts that say something to the participant: an answer, a reply kept ready, a question, the way outside."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from handlers.dialogue.reply import Reply
from handlers.helpdesk.holding import asking, held, refused
from handlers.helpdesk.orders import Order, TicketAct, act_button
from handlers.helpdesk.outside import Place
from handlers.helpdesk.refusals import Why
from handlers.helpdesk.situation import Situation, TicketDecision
from handlers.helpdesk.words import taken_outside
from handlers.phrases.matters import SELF_HELP
from locales import _
from programme.helpdesk import CannedReply
from programme.model.messages import Button, Message

_OFFERED = 12
_PREVIEWED = 120  # characters of a reply kept ready


def answer(order: Order, at: Situation) -> TicketDecision:
    """Pass on what the agent wrote; an unheld ticket is theirs from then on."""
    mine = held(at, "Tidak terkirim: ")
    if isinstance(mine, TicketDecision):
        return mine
    words = order.words
    if not words and at.attachment is None:
        told = "🚫 Pesan ini tidak bisa diteruskan. Kirim teks, gambar, atau berkas."
        return refused(at, told, Why.NOTHING)
    after = replace(mine, answered_at=mine.answered_at or at.now, touched_at=at.now, waits_since=None)
    taken = "" if at.owns else f"✋ Diambil {escape(at.member.name)}."
    return TicketDecision(ticket=after, replies=from_agent(words, at).messages, said=words or "(gambar)", told=taken)


def from_agent(words: str, at: Situation) -> Reply:
    """Write the agent's words as the participant sees them."""
    lead = _("💬 <b>{name}, petugas</b>").format(name=escape(at.member.name, quote=False))
    quoted = f"\n<i>» {escape(at.quote, quote=False)}</i>" if at.quote else ""
    text = f"{lead}{quoted}" + (f"\n{escape(words, quote=False)}" if words else "")
    return Reply((Message(text, attachment=at.attachment),))


def canned(order: Order, at: Situation) -> TicketDecision:
    """Send a reply kept ready; without its name, show those that fit the matter first."""
    chosen = at.canned.get(order.target)
    if chosen is None:
        return _offered(at)
    decided = answer(Order(TicketAct.SAY, words=at.fill(chosen.text)), at)
    shown = at.show(chosen.text)
    told = f"💬 Terkirim ({escape(chosen.name)}): {escape(shown)}"
    return decided if not decided.done else replace(decided, said=shown, told=told)


def _offered(at: Situation) -> TicketDecision:
    intent = SELF_HELP.get(at.ticket.about)
    known = sorted(at.canned.values(), key=lambda one: (one.intent != intent, one.intent != "handoff", one.name))
    shown = known[:_OFFERED]
    lines = [f"<b>{escape(one.name)}</b>: {escape(_preview(one, at))}" for one in shown]
    rows = [tuple(_key(one, at) for one in shown[place : place + 2]) for place in range(0, len(shown), 2)]
    return asking(at, "\n".join(["💬 Balasan siap yang mana? Sekali tekan langsung terkirim.", *lines]), rows)


def _preview(one: CannedReply, at: Situation) -> str:
    words = at.show(one.text)
    return words if len(words) <= _PREVIEWED else f"{words[:_PREVIEWED]}…"


def _key(one: CannedReply, at: Situation) -> Button:
    return act_button(one.name, TicketAct.CANNED, at.ticket.id, one.name)


def ask(order: Order, at: Situation) -> TicketDecision:
    """Ask the participant for more."""
    usual = _("Boleh minta data tambahan? Ceritakan langkah terakhirmu dan kirim tangkapan layarnya ya.")
    words = order.words or usual
    decided = answer(Order(TicketAct.SAY, words=words), at)
    return decided if not decided.done else replace(decided, told=f"❓ Diminta ke peserta: {escape(words)}")


def outside(order: Order, at: Situation) -> TicketDecision:
    """Take the complaint to somebody outside, with the summary to paste and the way to get there."""
    place = at.place(order.target)
    if place is None:
        rows = [(act_button(each.name, TicketAct.OUTSIDE, at.ticket.id, name),) for name, each in at.places.items()]
        asked = f"🚫 {escape(order.target)} tidak dikenal. " if order.target else ""
        told = f"{asked}🏢 Eskalasi ke mana? Yang lain: /luar NAMA platform atau mitra."
        return asking(at, told, rows, Why.NO_PLACE, order.target)
    mine = held(at)
    if isinstance(mine, TicketDecision):
        return mine
    after = replace(mine, outside=place.id, touched_at=at.now, answered_at=mine.answered_at or at.now)
    return TicketDecision(ticket=after, replies=taken_outside(at.ticket, place.name).messages, told=_handed(place, at))


def _handed(place: Place, at: Situation) -> str:
    ways = escape("; ".join(place.ways)) or "kontaknya tidak ada di catatan, coba aplikasi atau situs resminya"
    return (
        f"🏢 Eskalasi ke <b>{escape(place.name)}</b>: {ways}\n"
        f"Ringkasan, tekan untuk menyalin:\n<pre>{at.ticket.summary}</pre>"
    )
