"""*Nanti malam* or *besok pagi*: the person makes a plan, and gets one more reminder at that hour."""

from __future__ import annotations

from handlers.conversation import conversation
from handlers.next_step import with_next_step
from handlers.question import Option
from handlers.reply import Reply, say
from handlers.turn import Turn
from locales import _, moment
from programme.events import PlanMade
from programme.milestones import Milestone


@conversation("plan", commands=("ingatkan",))
async def plan(turn: Turn) -> Reply:
    """Keep when the person means to buy; never past the last safe moment before the cutoff."""
    if turn.participant.has(Milestone.BOUGHT):
        return with_next_step(say(_("Kamu sudah beli, jadi tidak perlu diingatkan lagi. 👍")), turn)
    labels = {"tonight": _("🌙 Nanti malam"), "tomorrow_morning": _("🌅 Besok pagi")}
    moments = {when: turn.reminders.plan_for(turn.participant, when, turn.now) for when in labels}
    options = [Option(when, label) for when, label in labels.items() if moments[when] is not None]
    if not options:
        reply = say(_("Waktunya sudah terlalu dekat dengan batas. Sebaiknya beli <b>sekarang</b>, sebelum lewat."))
        return with_next_step(reply, turn).button(_("🆘 Ada kendala"), "obstacle")
    told = turn.told("when")
    if told in labels and moments.get(told) is None:
        reply = say(_("Itu sudah terlalu dekat dengan batas. Sebaiknya beli <b>sekarang</b>, sebelum lewat."))
        return with_next_step(reply, turn).button(_("🆘 Ada kendala"), "obstacle")
    when = await turn.choose("when", _("Rencananya mau beli kapan?"), options, skip=_("Belum tahu"))
    if when is None or (at := moments[when]) is None:
        return with_next_step(say(_("Oke. Pengingat biasa tetap jalan ya.")), turn)
    turn.record(PlanMade(at))
    zone = turn.participant.local
    reply = say(
        _("👌 Siap, kuingatkan sekali lagi {at}. Siapkan nomor kartu dan HP yang terdaftar ya."),
        at=moment(at, zone.tz, zone.value),
    )
    return with_next_step(reply, turn).button(_("✅ Ternyata sudah beli"), "report_bought")
