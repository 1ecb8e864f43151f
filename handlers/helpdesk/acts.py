"""What staff may do with a ticket, and what comes of it: decided on the ticket as it is at that moment.

Words to the participant are in the language being spoken; words to staff are Indonesian.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from html import escape

from handlers.helpdesk.orders import HELP, NOTE_PROMPT, Act, Order, key
from handlers.helpdesk.situation import Decided, Situation
from handlers.helpdesk.words import closing, given_back, taken_outside
from handlers.reply import Reply, say
from locales import _
from programme.messages import Button, Message
from programme.tickets import Ticket, TicketState


def decide(order: Order, at: Situation) -> Decided:
    """Return what comes of `order`; a refusal changes nothing and says why."""
    return _ACTS[order.act](order, at)


def _say(order: Order, at: Situation) -> Decided:
    held = _held(at)
    if isinstance(held, str):
        return _refused(at, f"🚫 Tidak terkirim: {held}")
    words = order.words
    if not words and at.attachment is None:
        return _refused(at, "🚫 Pesan ini tidak bisa diteruskan. Kirim teks, gambar, atau berkas.")
    after = replace(held, answered_at=held.answered_at or at.now, touched_at=at.now, waits_since=None)
    taken = "" if at.owns else f"✋ Diambil {escape(at.member.name)}."
    return Decided(ticket=after, replies=_from_agent(words, at).messages, said=words or "(gambar)", told=taken)


def _from_agent(words: str, at: Situation) -> Reply:
    lead = _("💬 <b>{name}, petugas</b>").format(name=escape(at.member.name, quote=False))
    quoted = f"\n<i>» {escape(at.quote, quote=False)}</i>" if at.quote else ""
    text = f"{lead}{quoted}" + (f"\n{escape(words, quote=False)}" if words else "")
    return Reply((Message(text, attachment=at.attachment),))


def _take(_order: Order, at: Situation) -> Decided:
    if at.owns:
        return _refused(at, "✋ Sudah kamu pegang.")
    if at.ticket.state is TicketState.HELD and not at.leads:
        return _refused(at, f"🚫 Sudah dipegang {escape(at.holder)}.")
    if not at.ticket.is_open:
        return _refused(at, "🚫 Sudah ditutup. /buka dulu.")
    return Decided(ticket=_given_to(at.member.who, at), told=f"✋ Diambil {escape(at.member.name)}.")


def _hand(order: Order, at: Situation) -> Decided:
    if not order.target:
        others = {who: name for who, name in at.colleagues.items() if who != at.member.who}
        rows = [(key(name, Act.HAND, at.ticket.id, who),) for who, name in list(others.items())[:20]]
        rows += [(key(f"Tim {team}", Act.HAND, at.ticket.id, f"tim:{team}"),) for team in sorted(at.teams)]
        return _asking(at, "➡️ Serahkan ke siapa?", rows)
    if (why := _not_mine(at)) is not None:
        return _refused(at, why)
    note = order.words
    if order.target.startswith("tim:"):
        team = order.target.removeprefix("tim:")
        if team not in at.teams:
            return _refused(at, f"🚫 Tidak ada tim {escape(team)}.")
        told = f"➡️ Diserahkan {escape(at.member.name)} ke tim {escape(team)}."
        return Decided(ticket=replace(_queued(at), team=team), told=told, note=note)
    who = _find(order.target, at.colleagues)
    if who is None:
        return _refused(at, f"🚫 Tidak ada petugas bernama {escape(order.target)}.")
    told = f"➡️ Diserahkan {escape(at.member.name)} ke {escape(at.colleagues[who])}."
    return Decided(ticket=_given_to(who, at), told=told, note=note)


def _note(order: Order, at: Situation) -> Decided:
    if not order.words:
        return _asking(at, NOTE_PROMPT, [])
    return Decided(ticket=at.ticket, note=order.words)


def _canned(order: Order, at: Situation) -> Decided:
    reply = at.canned.get(order.target)
    if reply is None:
        rows = [(key(name, Act.CANNED, at.ticket.id, name),) for name in sorted(at.canned)]
        return _asking(at, "💬 Balasan siap yang mana?", rows)
    words = at.fill(reply.text)
    decided = _say(Order(Act.SAY, words=words), at)
    told = f"💬 Terkirim ({escape(reply.name)}): {escape(words)}"
    return decided if not decided.done else replace(decided, told=told)


def _ask(order: Order, at: Situation) -> Decided:
    usual = _("Boleh minta data tambahan? Ceritakan langkah terakhirmu dan kirim tangkapan layarnya ya.")
    words = order.words or usual
    decided = _say(Order(Act.SAY, words=words), at)
    return decided if not decided.done else replace(decided, told=f"❓ Diminta ke peserta: {escape(words)}")


def _to_bot(_order: Order, at: Situation) -> Decided:
    if (why := _not_mine(at)) is not None:
        return _refused(at, why)
    after = replace(at.ticket, state=TicketState.WITH_BOT, owner=None, waits_since=None, touched_at=at.now)
    told = f"🤖 Dikembalikan ke bot oleh {escape(at.member.name)}."
    return Decided(ticket=after, replies=given_back(after).messages, told=told)


def _outside(order: Order, at: Situation) -> Decided:
    place = at.places.get(order.target)
    if place is None:
        rows = [(key(each.name, Act.OUTSIDE, at.ticket.id, name),) for name, each in at.places.items()]
        return _asking(at, "🏢 Eskalasi ke mana?", rows)
    held = _held(at)
    if isinstance(held, str):
        return _refused(at, f"🚫 {held}")
    told = (
        f"🏢 Eskalasi ke <b>{escape(place.name)}</b>: {escape('; '.join(place.ways))}\n"
        f"Ringkasan untuk disalin:\n\n{at.ticket.summary}"
    )
    after = replace(held, outside=order.target, touched_at=at.now, answered_at=held.answered_at or at.now)
    return Decided(ticket=after, replies=taken_outside(at.ticket, place.name).messages, told=told)


def _close(order: Order, at: Situation) -> Decided:
    if not at.ticket.is_open:
        return _refused(at, "🚫 Sudah ditutup.")
    if (why := _not_mine(at)) is not None:
        return _refused(at, why)
    if at.unseen:
        return _refused(at, "🚫 Belum ditutup: peserta baru saja menulis lagi. Baca dulu, lalu /tutup.")
    after = replace(
        at.ticket, state=TicketState.CLOSED, closed_at=at.now, touched_at=at.now, waits_since=None,
        owner=at.ticket.owner or at.member.who,
    )  # fmt: skip
    farewell = say("{words}", words=order.words).messages if order.words else ()
    told = f"✅ Ditutup {escape(at.member.name)}."
    return Decided(ticket=after, replies=(*farewell, *closing(after).messages), told=told, said=order.words)


def _reopen(_order: Order, at: Situation) -> Decided:
    if at.ticket.is_open:
        return _refused(at, "🚫 Masih terbuka.")
    after = replace(_given_to(at.member.who, at), closed_at=None, reopened=at.ticket.reopened + 1)
    return Decided(ticket=after, told=f"🔓 Dibuka lagi oleh {escape(at.member.name)}.")


def _mute(_order: Order, at: Situation) -> Decided:
    after = replace(at.ticket, state=TicketState.CLOSED, closed_at=at.now, waits_since=None)
    told = f"🔇 Dibisukan {escape(at.member.name)}; pesannya tidak sampai ke sini lagi. /suarakan membatalkan."
    return Decided(ticket=after if at.ticket.is_open else at.ticket, told=told, muted=True)


def _unmute(_order: Order, at: Situation) -> Decided:
    return Decided(ticket=at.ticket, told=f"🔊 Disuarakan lagi oleh {escape(at.member.name)}.", muted=False)


def _card(_order: Order, at: Situation) -> Decided:
    return Decided(ticket=at.ticket, show_card=True)


def _help(_order: Order, at: Situation) -> Decided:
    return _asking(at, HELP, [])


def _tie(order: Order, at: Situation) -> Decided:
    if not order.target.isdecimal():
        return _refused(at, "🚫 Tulis nomornya: /insiden 3")
    after = replace(at.ticket, incident=int(order.target))
    return Decided(ticket=after, told=f"🔥 Diikat ke insiden {order.target}.")


def _held(at: Situation) -> Ticket | str:
    """Return the ticket in the member's hands, taking it where nobody has it; or why that can't be."""
    if at.owns:
        return at.ticket
    if not at.ticket.is_open:
        return "aduan ini sudah ditutup. /buka dulu."
    if at.ticket.state is TicketState.HELD:
        return f"aduan ini dipegang {escape(at.holder)}. /catat untuk catatan internal."
    return _given_to(at.member.who, at)


def _given_to(who: str, at: Situation) -> Ticket:
    return replace(at.ticket, state=TicketState.HELD, owner=who, touched_at=at.now)


def _queued(at: Situation) -> Ticket:
    return replace(at.ticket, state=TicketState.WAITING, owner=None, queued_at=at.now)


def _not_mine(at: Situation) -> str | None:
    if at.ticket.state is TicketState.HELD and not at.owns and not at.leads:
        return f"🚫 Aduan ini dipegang {escape(at.holder)}."
    return None


def _refused(at: Situation, why: str) -> Decided:
    return Decided(ticket=at.ticket, told=why, done=False)


def _asking(at: Situation, words: str, rows: Sequence[tuple[Button, ...]]) -> Decided:
    return Decided(ticket=at.ticket, told=words, keys=tuple(rows), done=False)


def _find(name: str, colleagues: Mapping[str, str]) -> str | None:
    if name in colleagues:
        return name
    wanted = name.removeprefix("@").casefold()
    fitting = [who for who, known in colleagues.items() if known.casefold().split()[0] == wanted]
    return fitting[0] if len(fitting) == 1 else None


_ACTS: Mapping[Act, Callable[[Order, Situation], Decided]] = {
    Act.SAY: _say,
    Act.TAKE: _take,
    Act.HAND: _hand,
    Act.NOTE: _note,
    Act.CANNED: _canned,
    Act.ASK: _ask,
    Act.TO_BOT: _to_bot,
    Act.OUTSIDE: _outside,
    Act.CLOSE: _close,
    Act.REOPEN: _reopen,
    Act.MUTE: _mute,
    Act.UNMUTE: _unmute,
    Act.TIE: _tie,
    Act.CARD: _card,
    Act.HELP: _help,
}
