"""What staff ask outside any ticket: the queue, their duty, invitations, canned replies, incidents."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from bot.helpdesk.filling import PLACES_OF_TICKETS, unknown_place
from bot.store import Transaction
from handlers.complaint_summary import matters
from handlers.helpdesk.card import hours_left
from handlers.helpdesk.outside import name_of
from programme.deliveries import Claimed
from programme.helpdesk import CannedReply, HelpdeskRules
from programme.messages import Incoming, Open, Sort
from programme.programme import Programme
from programme.staff import Role, StaffMember

_SHOWN = 15
_HELP = """<b>Perintah di grup petugas</b>
/antrean - siapa menunggu, terdesak dulu
/jaga dan /istirahat - mulai dan berhenti menerima aduan
/insiden perihal mitra - buka insiden; /kabar N teks - kabar untuk semuanya; /selesai N teks - kabar terakhir
/balasan - daftar balasan siap; /balasan NAMA teks - ubah (supervisor)
/undang agent|supervisor [shift] [tim] - undangan sekali pakai (supervisor)
Di topik aduan: /bantuan"""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request at the counter."""

    tx: Transaction
    member: StaffMember
    room: str
    words: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Counter:
    """Answers in the room itself, outside the topics."""

    programme: Programme
    rules: HelpdeskRules
    username: str

    async def said(
        self, tx: Transaction, incoming: Incoming, member: StaffMember | None, room: str, now: datetime
    ) -> Sequence[Claimed]:
        """Carry out a command or a button; plain talk among colleagues is none of our business."""
        name, words = _read(incoming)
        verb = self._verbs().get(name)
        if incoming.edited or verb is None or member is None:
            return ()
        answer = await verb(Asked(tx, member, room, words, now))
        await tx.views.notify(f"answer/{incoming.id}", room, answer, now)
        return ()

    def _verbs(self) -> Mapping[str, Callable[[Asked], Awaitable[str]]]:
        return {
            "antrean": self._queue,
            "jaga": self._on_duty,
            "istirahat": self._off_duty,
            "undang": self._invite,
            "balasan": self._canned,
            "insiden": self._incident,
            "kabar": self._news,
            "selesai": self._last_news,
            "bantuan": self._help,
        }

    async def _help(self, asked: Asked) -> str:
        return _HELP

    async def _queue(self, asked: Asked) -> str:
        waiting = await asked.tx.tickets.queue(asked.now)
        lines = [
            f"{place}. #{one.id} {matters()[one.about]} {name_of(self.programme, one.concerned)}".rstrip()
            + (f", {hours_left(one.cutoff, asked.now)}" if one.cutoff else "")
            for place, one in enumerate(waiting[:_SHOWN], start=1)
        ]
        names = {one.who: one.member.name for one in await asked.tx.agents.all()}
        loads = [f"{escape(names.get(who, who))}: {count}" for who, count in (await asked.tx.tickets.loads()).items()]
        head = f"⏳ <b>{len(waiting)} aduan menunggu</b>"
        return "\n".join([head, *map(escape, lines), *(["💬 Dipegang: " + ", ".join(loads)] if loads else [])])

    async def _on_duty(self, asked: Asked) -> str:
        await asked.tx.agents.set(asked.member.who, on_duty=True)
        await asked.tx.staff.record(asked.member.who, "duty.on", asked.member.who, asked.now)
        return f"🟢 {escape(asked.member.name)} berjaga."

    async def _off_duty(self, asked: Asked) -> str:
        await asked.tx.agents.set(asked.member.who, on_duty=False)
        await asked.tx.staff.record(asked.member.who, "duty.off", asked.member.who, asked.now)
        return f"🌙 {escape(asked.member.name)} berhenti menerima aduan; yang dipegang kembali ke antrean."

    async def _invite(self, asked: Asked) -> str:
        wanted, shift, team = [*asked.words.split(), "", "", ""][:3]
        if not asked.member.role.covers(Role.SUPERVISOR):
            return "🚫 Hanya supervisor yang bisa mengundang."
        if wanted not in set(Role) or (shift and shift not in self.rules.hours.shifts):
            return f"🚫 Tulis: /undang agent [{'|'.join(self.rules.hours.shifts)}] [tim]"
        role = Role(wanted)
        if not asked.member.role.covers(role):
            return "🚫 Undangan tidak bisa lebih tinggi dari peranmu."
        until = asked.now + self.rules.invitation_lasts
        code = await asked.tx.agents.invite(role, asked.member.who, until, shift=shift or None, team=team or None)
        await asked.tx.staff.record(asked.member.who, "staff.invite", wanted, asked.now)
        hours = int(self.rules.invitation_lasts.total_seconds() // 3600)
        return (
            f"🎟 Undangan {wanted}, sekali pakai, berlaku {hours} jam:\nhttps://t.me/{self.username}?start=staf-{code}"
        )

    async def _canned(self, asked: Asked) -> str:
        name, _space, text = asked.words.partition(" ")
        known = {**self.rules.canned, **await asked.tx.agents.canned()}
        if not text:
            chosen = [known[name]] if name in known else list(known.values())
            return "\n\n".join(f"<b>{escape(one.name)}</b> ({one.intent})\n{escape(one.text)}" for one in chosen)
        if not asked.member.role.covers(Role.SUPERVISOR):
            return "🚫 Hanya supervisor yang bisa mengubah balasan."
        if (unknown := unknown_place(text)) is not None:
            known_places = " ".join(f"{{{place}}}" for place in sorted(PLACES_OF_TICKETS))
            return f"🚫 {{{escape(unknown)}}} tidak dikenal. Ada: {known_places}"
        intent = known[name].intent if name in known else "handoff"
        await asked.tx.agents.put_canned(CannedReply(name=name, intent=intent, text=text))
        await asked.tx.staff.record(asked.member.who, "canned.put", name, asked.now)
        return f"💾 Balasan <b>{escape(name)}</b> tersimpan."

    async def _incident(self, asked: Asked) -> str:
        about, _space, name = asked.words.replace(":", " ").strip().partition(" ")
        if about not in matters():
            running = await asked.tx.incidents.all_open()
            lines = [f"🔥 {one.id}: {one.about} {name_of(self.programme, one.concerned)}" for one in running]
            return "\n".join([*lines, f"Tulis: /insiden {'|'.join(matters())} [mitra]"])
        one = self.programme.platform(name) or self.programme.partner(name) if name else None
        concerned = one.id if one else None
        if (running_ := await asked.tx.incidents.current(about, concerned)) is not None:
            return f"🔥 Sudah ada: insiden {running_.id}."
        incident = await asked.tx.incidents.open(about, concerned, asked.now)
        since = asked.now - self.rules.incidents.window
        tied = await asked.tx.incidents.fitting(incident, since)
        for ticket in tied:
            await asked.tx.tickets.tie(ticket.id, incident.id, asked.now)
        await asked.tx.staff.record(asked.member.who, "incident.open", f"incident/{incident.id}", asked.now)
        return (
            f"🔥 <b>Insiden {incident.id}</b>: {matters()[about]} {escape(one.name if one else '')}, "
            f"{len(tied)} aduan diikat. /kabar {incident.id} teks memberi kabar ke semuanya."
        )

    async def _news(self, asked: Asked, *, last: bool = False) -> str:
        number, _space, text = asked.words.partition(" ")
        incident = await asked.tx.incidents.get(int(number), lock=True) if number.isdecimal() else None
        if incident is None or incident.closed_at is not None or not text.strip():
            return "🚫 Tulis: /kabar NOMOR teks, untuk insiden yang masih berjalan."
        await asked.tx.incidents.tell(incident.id, text.strip(), asked.now if last else None)
        act = "incident.close" if last else "incident.news"
        await asked.tx.staff.record(asked.member.who, act, f"incident/{incident.id}", asked.now)
        return f"📢 Kabar insiden {incident.id} dikirim ke {len(await asked.tx.incidents.tied(incident.id))} aduan."

    async def _last_news(self, asked: Asked) -> str:
        return await self._news(asked, last=True)


def _read(incoming: Incoming) -> tuple[str, str]:
    if incoming.sort is Sort.PRESS:
        action = incoming.action
        return (action.answers.get("do", ""), action.answers.get("x", "")) if isinstance(action, Open) else ("", "")
    if not incoming.text.startswith("/"):
        return "", ""
    word, _space, rest = incoming.text[1:].partition(" ")
    return word.partition("@")[0].casefold(), rest.strip()
