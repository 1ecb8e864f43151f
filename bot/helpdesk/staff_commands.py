"""Commands of the staff outside any ticket: the queue, their own tickets, duty, invitations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape

from bot.helpdesk.incident_commands import IncidentCommands
from bot.helpdesk.keys import keys_to
from bot.helpdesk.reply_commands import ReplyCommands, ReplyEdits
from bot.helpdesk.staff_request import StaffAnswer, StaffRequest, Verbs, command_of, completed, keys_of, notice_key
from bot.store import UnitOfWork
from bot.store.repositories.agents import Invitation
from handlers.helpdesk.card import today
from handlers.helpdesk.outside import name_of
from handlers.helpdesk.pointing import numbered
from handlers.phrases.matters import matter_name
from programme.helpdesk import HelpdeskRules
from programme.model.deliveries import Claimed
from programme.model.messages import Incoming
from programme.model.staff import Role, StaffMember
from programme.model.tickets import Ticket
from programme.programme import Programme

_WAITING_SHOWN, _MINE_SHOWN = 15, 50
_LONGEST_NAME = 24  # of a team, which stands on a button
_HELP = """<b>Perintah di grup petugas</b>
/antrean - siapa menunggu, terdesak dulu
/aduanku - aduan yang kamu pegang, yang menunggu jawabanmu dulu
/jaga dan /istirahat - mulai dan berhenti menerima aduan
/insiden perihal mitra - buka insiden; /kabar N teks - kabar untuk semuanya; /selesai N teks - kabar terakhir
/setujui N dan /tolak N - kabar untuk lebih dari 100 orang (supervisor lain)
/balasan - daftar balasan siap; /balasan NAMA teks - usulkan (supervisor)
/usulan - balasan yang menunggu supervisor kedua; /usulan N setuju atau tolak
/undang agent|supervisor [giliran] [tim] - undangan sekali pakai (supervisor)
Di topik aduan: /bantuan"""
_PANEL = keys_of({
    "⏳ Antrean": ("antrean", ""),
    "🗂 Aduanku": ("aduanku", ""),
    "🟢 Jaga": ("jaga", ""),
    "🌙 Istirahat": ("istirahat", ""),
    "🔥 Insiden": ("insiden", ""),
    "💬 Balasan siap": ("balasan", ""),
    "🎟 Undang": ("undang", ""),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class StaffCommands:
    """Answers in the room itself, outside the topics. `link` leads to a topic of a room."""

    programme: Programme
    rules: HelpdeskRules
    username: Callable[[], str]
    link: Callable[[str, str], str]
    replies: ReplyEdits

    async def said(
        self, tx: UnitOfWork, incoming: Incoming, member: StaffMember | None, room: str
    ) -> Sequence[Claimed]:
        """Carry out a command or a button; plain talk among colleagues is none of our business."""
        name, words = command_of(incoming)
        if not name and incoming.answers is not None:
            name, words = completed(await tx.views.notice_at(room, incoming.answers), incoming.text)
        verb = self._verbs().get(name)
        if incoming.edited or verb is None or member is None:
            return ()
        answer = await verb(StaffRequest(tx, member, room, words))
        await tx.views.notify(notice_key(incoming, answer), room, answer.text, keys_to(answer.keys) or None)
        return ()

    def _verbs(self) -> Verbs:
        return {
            "antrean": self._queue,
            "aduanku": self._mine,
            "jaga": self._on_duty,
            "istirahat": self._off_duty,
            "undang": self._invite,
            "bantuan": self._help,
            **IncidentCommands(self.programme, self.rules).verbs(),
            **ReplyCommands(self.rules, self.replies).verbs(),
        }

    async def _help(self, asked: StaffRequest) -> StaffAnswer:
        return StaffAnswer(_HELP, _PANEL)

    async def _queue(self, asked: StaffRequest) -> StaffAnswer:
        waiting = await asked.tx.tickets.queue()
        lines = await self._lines(asked, waiting[:_WAITING_SHOWN])
        more = [f"… dan {len(waiting) - _WAITING_SHOWN} lagi"] if len(waiting) > _WAITING_SHOWN else []
        names = {one.who: one.member.name for one in await asked.tx.agents.all()}
        loads = [f"{escape(names.get(who, who))} {count}" for who, count in (await asked.tx.tickets.loads()).items()]
        head = f"⏳ <b>{len(waiting)} aduan menunggu</b>"
        held = ["💬 Dipegang: " + ", ".join(loads)] if loads else []
        keys = keys_of({"🔄 Perbarui": ("antrean", ""), "🗂 Aduanku": ("aduanku", "")})
        return StaffAnswer("\n".join([head, *lines, *more, *held]), keys)

    async def _mine(self, asked: StaffRequest) -> StaffAnswer:
        mine = await asked.tx.tickets.held(asked.member.who)
        due = sorted(mine, key=lambda one: _urgency(one, asked.tx.now))
        lines = await self._lines(asked, due[:_MINE_SHOWN])
        waiting = sum(one.waits_since is not None for one in mine)
        head = f"🗂 <b>{escape(asked.member.name)} memegang {len(mine)} aduan</b>, {waiting} menunggu jawaban"
        keys = keys_of({"🔄 Aduanku": ("aduanku", ""), "⏳ Antrean": ("antrean", "")})
        return StaffAnswer("\n".join([head, *lines]), keys)

    async def _lines(self, asked: StaffRequest, tickets: Sequence[Ticket]) -> list[str]:
        topics = await asked.tx.views.topics_of([one.id for one in tickets])
        lines = []
        for place, one in enumerate(tickets, start=1):
            room, topic = topics.get(one.id, (asked.room, None))
            number = numbered(one.id, self.link(room, topic) if topic else "")
            matter = f"{matter_name(one.about)} {name_of(self.programme, one.concerned)}".rstrip()
            left = f", {today(one.cutoff, asked.tx.now)}" if one.cutoff else ""
            waits = f", {_long(asked.tx.now - one.waits_since)}" if one.waits_since else ""
            lines.append(f"{place}. {number} {escape(matter)}{left}{waits}")
        return lines

    async def _on_duty(self, asked: StaffRequest) -> StaffAnswer:
        await set_duty(asked.tx, asked.member.who, on_duty=True)
        keys = keys_of({"🗂 Aduanku": ("aduanku", ""), "🌙 Istirahat": ("istirahat", "")})
        return StaffAnswer(f"🟢 {escape(asked.member.name)} berjaga.", keys)

    async def _off_duty(self, asked: StaffRequest) -> StaffAnswer:
        await set_duty(asked.tx, asked.member.who, on_duty=False)
        words = f"🌙 {escape(asked.member.name)} berhenti menerima aduan; yang dipegang kembali ke antrean."
        return StaffAnswer(words, keys_of({"🟢 Jaga": ("jaga", "")}))

    async def _invite(self, asked: StaffRequest) -> StaffAnswer:
        wanted, shift, team = [*asked.words.split(), "", "", ""][:3]
        if not asked.leads:
            return StaffAnswer("🚫 Hanya supervisor yang bisa mengundang.")
        if wanted not in set(Role) or (shift and shift not in self.rules.hours.shifts) or len(team) > _LONGEST_NAME:
            roles = [each for each in Role if asked.member.role.covers(each)]
            shifts = "|".join(self.rules.hours.shifts)
            words = f"🎟 Undang sebagai apa? Dengan giliran dan tim: /undang agent {shifts} TIM"
            return StaffAnswer(words, keys_of({f"🎟 {each}": ("undang", each.value) for each in roles}))
        role = Role(wanted)
        if not asked.member.role.covers(role):
            return StaffAnswer("🚫 Undangan tidak bisa lebih tinggi dari peranmu.")
        until = asked.tx.now + self.rules.invitation_lasts
        code = await asked.tx.agents.invite(Invitation(role, asked.member.who, shift or None, team or None), until)
        await asked.tx.staff.record(asked.member.who, "staff.invite", wanted)
        hours = int(self.rules.invitation_lasts.total_seconds() // 3600)
        link = f"https://t.me/{self.username()}?start=staf-{code}"
        return StaffAnswer(f"🎟 Undangan {wanted}, sekali pakai, berlaku {hours} jam:\n{link}")


async def set_duty(tx: UnitOfWork, who: str, *, on_duty: bool) -> None:
    """Begin or end to be given tickets; of who ends, the rounds give the tickets back to the queue."""
    await tx.agents.set(who, on_duty=on_duty)
    await tx.staff.record(who, "duty.on" if on_duty else "duty.off", who)


def _urgency(ticket: Ticket, now: datetime) -> tuple[bool, timedelta, timedelta]:
    """Sort by who waits for a word, then by the cutoff still ahead, then by who waits longest."""
    ahead = ticket.cutoff is not None and ticket.cutoff > now
    left = ticket.cutoff - now if ahead and ticket.cutoff else timedelta.max
    return ticket.waits_since is None, left, (ticket.waits_since or now) - now


def _long(wait: timedelta) -> str:
    minutes = int(wait.total_seconds() // 60)
    if minutes < 1:
        return "baru saja"
    if minutes < 60:
        return f"menunggu {minutes} menit"
    return f"menunggu {minutes // 60} jam" if minutes < 48 * 60 else f"menunggu {minutes // 1440} hari"
