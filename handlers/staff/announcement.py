"""One broadcast that was ordered: how far it is, and the buttons to pause, resume, cancel and approve it."""

from __future__ import annotations

from datetime import timedelta

from handlers.dialogue.question import Option
from handlers.dialogue.register import conversation
from handlers.dialogue.reply import Reply, button, say
from handlers.dialogue.turn import Turn
from handlers.staff.audience import audience_words
from handlers.staff.progress_words import progress_message, state_words
from handlers.staff.refused import refused
from locales import Html, _, fill
from programme.model.broadcast_refusals import NoSuchBroadcast, NotNow
from programme.model.broadcasts import POSSIBLE, BroadcastAct, BroadcastActed
from programme.model.messages import Open


@conversation("announcement", staff=True)
async def announcement(turn: Turn) -> Reply | Open:
    """Do what the button says, or show how far it is."""
    if turn.staff is None:
        return Open("help")
    number, act = int(turn.told("n") or 0), turn.told("do")
    looked_at = turn.staff.broadcast(number)
    if looked_at is None:
        return refused(NoSuchBroadcast(number))
    found, progress = looked_at
    if act is None:
        return Reply((progress_message(found, progress, timedelta(), turn.now),))
    if found.state not in POSSIBLE[BroadcastAct(act)]:
        return refused(NotNow(BroadcastAct(act), found.state))
    if BroadcastAct(act) is BroadcastAct.CANCEL and not await _sure(turn):
        return say(_("Oke, tidak jadi dibatalkan."))
    turn.order(BroadcastActed(number, BroadcastAct(act)))
    done = {
        BroadcastAct.APPROVE: _("✅ Pengumuman {number} disetujui."),
        BroadcastAct.PAUSE: _("⏸ Pengumuman {number} dijeda. Yang sudah di jalan masih bisa sampai."),
        BroadcastAct.RESUME: _("▶️ Pengumuman {number} dilanjutkan."),
        BroadcastAct.CANCEL: _("🚫 Pengumuman {number} dibatalkan. Yang belum terkirim tidak akan terkirim."),
        BroadcastAct.RETRY: _("🔁 Pengumuman {number}: yang gagal dicoba lagi."),
    }
    return say(done[BroadcastAct(act)], number=number).button(_("🔎 Lihat kemajuannya"), "announcement", n=str(number))


@conversation("announcements", commands=("pengumuman",), staff=True)
async def announcements(turn: Turn) -> Reply | Open:
    """Show the latest broadcasts, each with a button to look at it."""
    if turn.staff is None:
        return Open("help")
    latest = turn.staff.recent()
    if not latest:
        return say(_("Belum ada pengumuman.")).button(_("📣 Buat pengumuman"), "announce")
    lines = [
        fill(
            _("<b>{number}</b> · {state} · {audience}"),
            number=found.id,
            state=state_words(found),
            audience=Html(audience_words(found.audience)),
        )
        for found, _progress in latest
    ]
    reply = say(_("📣 Pengumuman terakhir:\n\n{lines}"), lines=Html("\n".join(lines)))
    buttons = [button(str(found.id), "announcement", n=str(found.id)) for found, _progress in latest]
    return reply.row(*buttons).button(_("📣 Buat pengumuman"), "announce")


async def _sure(turn: Turn) -> bool:
    options = [Option("no", _("Jangan dibatalkan")), Option("yes", _("🚫 Ya, batalkan"))]
    return await turn.choose("sure", _("Yakin mau membatalkan pengumuman ini?"), options) == "yes"
