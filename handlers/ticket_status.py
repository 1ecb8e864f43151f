"""*Cek aduan*: how far a complaint is."""

from __future__ import annotations

from datetime import date
from typing import Final

from handlers.dialogue.follow_up import AGAIN
from handlers.dialogue.listening import Spoken
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.helpdesk.hearing import asks_for_ticket
from handlers.helpdesk.words import standing
from handlers.phrases.contact_buttons import with_platform
from handlers.phrases.next_step import with_next_step
from locales import _
from programme.model.messages import Open

NAME: Final = "ticket_status"
_QUESTIONS: Final = {
    what: Open("ticket_status", {AGAIN: "1"}) for what in ("how long", "when it is", "until which day")
}


def asks_how_far(spoken: Spoken) -> Open | None:
    """Hear *cek aduan* ahead of any open question."""
    if not asks_for_ticket(spoken.text):
        return None
    named = {kind: spoken.understood.entity(kind) or _told_of_it(kind, spoken) for kind in ("date", "platform")}
    named[AGAIN] = "1" if _is_spoken_of(spoken) else None
    return Open(NAME, {kind: value for kind, value in named.items() if value is not None})


def _told_of_it(kind: str, spoken: Spoken) -> str | None:
    return spoken.matter.told.get(kind) if spoken.matter is not None and _is_spoken_of(spoken) else None


def _is_spoken_of(spoken: Spoken) -> bool:
    return spoken.matter is not None and spoken.matter.conversation == NAME


@conversation(
    NAME,
    commands=("aduan",),
    traits=Traits(expects=asks_how_far, beside=True, slots=frozenset({"platform"}), follow_ups=_QUESTIONS),
)
async def ticket_status(turn: Turn) -> Reply:
    """Say where the person's latest ticket stands; without a helpdesk, who else can help."""
    if turn.helpdesk is None or (turn.helpdesk.ticket is None and turn.answers):
        return _with_others(turn)
    reply = standing(turn.helpdesk, turn.participant, turn.now)
    ticket = turn.helpdesk.ticket
    if ticket is not None and ticket.is_open:
        return with_next_step(reply, turn)
    if ticket is not None and turn.helpdesk.can_reopen:
        return reply.button(_("🔓 Buka lagi"), "reopen_ticket", t=str(ticket.id))
    return reply.button(_("💬 Bicara dengan petugas"), "handoff")


def _with_others(turn: Turn) -> Reply:
    """What was sent to Prakerja or to a platform can be seen only there."""
    phone, platform = turn.programme.contacts["phone"].value, turn.programme.platform(turn.told("platform") or "")
    reply = say(
        _(
            "🔎 Jujur ya: aduan yang kamu kirim ke Prakerja atau platform <b>tidak bisa kulihat</b>, jadi aku tidak "
            "tahu sampai mana. Tanyakan ke Prakerja {phone} (bebas pulsa); berapa lama mereka menjawab tidak ada di "
            "sumberku."
        ),
        phone=phone,
    )
    if turn.told(AGAIN) is not None:
        words = _(
            "🙏 Betul, aku tidak tahu dan tidak bisa melihatnya, maaf. Yang bisa: Prakerja {phone} (bebas pulsa)."
        )
        reply = say(words, phone=phone)
    if (sent := turn.told("date")) is not None:
        reply = reply.also(_("Sebutkan kapan dikirim: <b>{day}</b>, dan soal apa."), day=date.fromisoformat(sent))
    else:
        reply = reply.also(_("Sebutkan kapan kamu mengirimnya, dan soal apa."))
    if platform is not None and platform.contacts:
        reply = with_platform(reply, platform)
    reply = reply.link(_("☎️ Telepon Prakerja"), turn.programme.contacts["phone"].url)
    return reply.button(_("📋 Buatkan ringkasannya"), "handoff", tried="1")
