"""Joining the staff by a one-time invitation, in the private chat with the bot."""

from __future__ import annotations

import re

from bot.helpdesk.agent_inbox import STAFF_CHANNEL
from bot.store import UnitOfWork
from handlers.dialogue.reply import Reply, say
from programme.model.messages import Incoming
from programme.model.participants import Participant
from programme.model.staff import StaffMember

_START = re.compile(r"/start staf-([\w-]{16,40})\s*")


async def joined(tx: UnitOfWork, incoming: Incoming, person: Participant, *, group: bool) -> Reply | None:
    """Make whoever shows an invitation a member of the staff; None where the message shows none.

    `group` says whether the staff have one; else they work at the console.
    """
    shown = _START.fullmatch(incoming.text)
    if shown is None or incoming.channel != STAFF_CHANNEL:
        return None
    who = f"{incoming.channel}:{incoming.address}"
    invitation = await tx.agents.redeem(shown[1], who)
    if invitation is None:
        return say("🚫 Undangan ini sudah dipakai atau kedaluwarsa. Minta yang baru ke supervisor.")
    known = await tx.staff.at(incoming.channel, incoming.address)
    role = known.role if known is not None and known.role.covers(invitation.role) else invitation.role
    name = person.name or "Petugas"
    await tx.staff.put(StaffMember(channel=incoming.channel, address=incoming.address, role=role, name=name))
    await tx.agents.set(who, shift=invitation.shift, team=invitation.team, on_duty=True)
    await tx.staff.record(who, "staff.join", who, role=role.value, invited_by=invitation.made_by)
    words = "🎉 Selamat bergabung, {name}! Peranmu: {role}. Kirim /konsol ke sini untuk mulai bekerja."
    if group:
        words = "🎉 Selamat bergabung, {name}! Peranmu: {role}. Masuk ke grup petugas, lalu tulis /bantuan di sana."
    return say(words, name=name, role=role.value)
