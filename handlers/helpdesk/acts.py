"""What staff may do with a ticket, and what comes of it: decided on the ticket as it is at that moment.

Words to the participant are in the language being spoken; words to staff are Indonesian.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape

from handlers.helpdesk.answering import answer, ask, canned, from_agent, outside
from handlers.helpdesk.holding import asking, given_to, not_mine, queued, refused
from handlers.helpdesk.orders import HELP, NOTE_PROMPT, Order, TicketAct, act_button
from handlers.helpdesk.pointing import called
from handlers.helpdesk.putting_off import label, put_off
from handlers.helpdesk.refusals import Why
from handlers.helpdesk.situation import NEW_INCIDENT, Situation, TicketDecision
from handlers.helpdesk.words import closing, given_back, news
from programme.model.tickets import TicketState

_MOST_COLLEAGUES = 20


def decide(order: Order, at: Situation) -> TicketDecision:
    """Return what comes of `order`; a refusal changes nothing and says why."""
    return _ACTS[order.act](order, at)


def _take(_order: Order, at: Situation) -> TicketDecision:
    if at.owns:
        return refused(at, "✋ Sudah kamu pegang.", Why.YOURS)
    if at.ticket.state is TicketState.HELD and not at.leads:
        return refused(at, f"🚫 Sudah dipegang {escape(at.holder)}.", Why.HELD, at.holder)
    if not at.ticket.is_open:
        return refused(at, "🚫 Sudah ditutup. /buka dulu.", Why.CLOSED)
    return TicketDecision(ticket=given_to(at.member.who, at), told=f"✋ Diambil {escape(at.member.name)}.")


def _hand(order: Order, at: Situation) -> TicketDecision:
    if not order.target:
        return _to_whom(at, "➡️ Serahkan ke siapa?")
    if (refusal := not_mine(at)) is not None:
        return refusal
    if not at.ticket.is_open:
        return refused(at, "🚫 Sudah ditutup. /buka dulu.", Why.CLOSED)
    if order.target.startswith("tim:"):
        team = order.target.removeprefix("tim:")
        if team not in at.teams:
            return _to_whom(at, f"🚫 Tidak ada tim {escape(team)}. Ke siapa?", Why.NO_TEAM, team)
        told = f"➡️ Diserahkan {escape(at.member.name)} ke tim {escape(team)}."
        return TicketDecision(ticket=replace(queued(at), team=team), told=told, note=order.words)
    found = _find(order.target, at.colleagues)
    if len(found) != 1:
        why = "Ada beberapa petugas bernama" if found else "Tidak ada petugas bernama"
        kind = Why.SEVERAL if found else Why.NOBODY
        return _to_whom(at, f"🚫 {why} {escape(order.target)}. Ke siapa?", kind, order.target)
    [who] = found
    if who in at.away:
        name = at.colleagues[who]
        return _to_whom(at, f"🚫 {escape(name)} sedang tidak berjaga. Ke siapa?", Why.AWAY, name)
    told = f"➡️ Diserahkan {escape(at.member.name)} ke {called(who, at.colleagues[who])}."
    return TicketDecision(ticket=given_to(who, at), told=told, note=order.words)


def _to_whom(at: Situation, words: str, why: Why | None = None, of: str = "") -> TicketDecision:
    others = {who: name for who, name in at.colleagues.items() if who != at.member.who and who not in at.away}
    rows = [
        (act_button(name, TicketAct.HAND, at.ticket.id, who),) for who, name in list(others.items())[:_MOST_COLLEAGUES]
    ]
    rows += [(act_button(f"Tim {team}", TicketAct.HAND, at.ticket.id, f"tim:{team}"),) for team in sorted(at.teams)]
    return asking(at, words if rows else f"{words} Belum ada rekan lain yang berjaga.", rows, why, of)


def _note(order: Order, at: Situation) -> TicketDecision:
    if not order.words:
        return asking(at, NOTE_PROMPT, [])
    return TicketDecision(ticket=at.ticket, note=order.words)


def _to_bot(_order: Order, at: Situation) -> TicketDecision:
    if not at.ticket.is_open:
        return refused(at, "🚫 Sudah ditutup. /buka dulu.", Why.CLOSED)
    if (refusal := not_mine(at)) is not None:
        return refusal
    after = replace(at.ticket, state=TicketState.WITH_BOT, owner=None, waits_since=None, touched_at=at.now)
    told = f"🤖 Dikembalikan ke bot oleh {escape(at.member.name)}."
    return TicketDecision(ticket=after, replies=given_back(after).messages, told=told)


def _close(order: Order, at: Situation) -> TicketDecision:
    if not at.ticket.is_open:
        return refused(at, "🚫 Sudah ditutup.", Why.CLOSED)
    if (refusal := not_mine(at)) is not None:
        return refusal
    if at.unseen:
        return refused(at, "🚫 Belum ditutup: peserta baru saja menulis lagi. Baca dulu, lalu /tutup.", Why.UNREAD)
    after = replace(
        at.ticket, state=TicketState.CLOSED, closed_at=at.now, touched_at=at.now, waits_since=None,
        owner=at.ticket.owner or at.member.who,
    )  # fmt: skip
    farewell = from_agent(order.words, at).messages if order.words else ()
    told = f"✅ Ditutup {escape(at.member.name)}."
    return TicketDecision(ticket=after, replies=(*farewell, *closing(after).messages), told=told, said=order.words)


def _reopen(_order: Order, at: Situation) -> TicketDecision:
    if at.ticket.is_open:
        return refused(at, "🚫 Masih terbuka.", Why.OPEN)
    after = replace(given_to(at.member.who, at), closed_at=None, reopened=at.ticket.reopened + 1)
    return TicketDecision(ticket=after, told=f"🔓 Dibuka lagi oleh {escape(at.member.name)}.")


def _mute(_order: Order, at: Situation) -> TicketDecision:
    after = replace(at.ticket, state=TicketState.CLOSED, closed_at=at.now, waits_since=None)
    told = f"🔇 Dibisukan {escape(at.member.name)}: aduannya ditutup dan pesannya tidak sampai ke sini lagi."
    keys = ((act_button("🔊 Suarakan lagi", TicketAct.UNMUTE, at.ticket.id),),)
    return TicketDecision(ticket=after if at.ticket.is_open else at.ticket, told=told, keys=keys, muted=True)


def _unmute(_order: Order, at: Situation) -> TicketDecision:
    return TicketDecision(ticket=at.ticket, told=f"🔊 Disuarakan lagi oleh {escape(at.member.name)}.", muted=False)


def _tie(order: Order, at: Situation) -> TicketDecision:
    """Tie the ticket to an incident; whoever is tied late hears the latest news at once."""
    if order.target == NEW_INCIDENT:
        return TicketDecision(ticket=at.ticket, opens_incident=True)
    incident = at.incidents.get(int(order.target)) if order.target.isdecimal() else None
    if incident is None:
        rows = [
            (act_button(f"🔥 {each.name}", TicketAct.TIE, at.ticket.id, str(each.id)),)
            for each in at.incidents.values()
        ]
        rows.append((act_button("➕ Insiden baru dari aduan ini", TicketAct.TIE, at.ticket.id, NEW_INCIDENT),))
        asked = f"🚫 Insiden {escape(order.target)} tidak berjalan. " if order.target else ""
        return asking(at, f"{asked}🔥 Ikat ke insiden yang mana?", rows, Why.NO_INCIDENT, order.target)
    after = replace(at.ticket, incident=incident.id)
    told = f"🔥 Diikat ke insiden {escape(incident.name)}."
    if not incident.news or at.ticket.incident == incident.id or not at.ticket.is_open:
        return TicketDecision(ticket=after, told=told)
    after = replace(after, answered_at=after.answered_at or at.now)
    return TicketDecision(ticket=after, replies=news(at.ticket, at.fill(incident.news), last=False).messages, told=told)


def _card(_order: Order, at: Situation) -> TicketDecision:
    return TicketDecision(ticket=at.ticket, show_card=True)


def _help(_order: Order, at: Situation) -> TicketDecision:
    return asking(at, HELP, [])


def _find(name: str, colleagues: Mapping[str, str]) -> list[str]:
    """Return everybody whom the name fits: the whole name or its first word."""
    if name in colleagues:
        return [name]
    wanted = name.removeprefix("@").casefold()
    return [who for who, known in colleagues.items() if wanted in {known.casefold(), known.casefold().split()[0]}]


_ACTS: Mapping[TicketAct, Callable[[Order, Situation], TicketDecision]] = {
    TicketAct.SAY: answer,
    TicketAct.TAKE: _take,
    TicketAct.HAND: _hand,
    TicketAct.NOTE: _note,
    TicketAct.CANNED: canned,
    TicketAct.ASK: ask,
    TicketAct.TO_BOT: _to_bot,
    TicketAct.OUTSIDE: outside,
    TicketAct.CLOSE: _close,
    TicketAct.REOPEN: _reopen,
    TicketAct.MUTE: _mute,
    TicketAct.UNMUTE: _unmute,
    TicketAct.TIE: _tie,
    TicketAct.PUT_OFF: put_off,
    TicketAct.LABEL: label,
    TicketAct.CARD: _card,
    TicketAct.HELP: _help,
}
