"""The person says that the first training is bought: the deadline is met."""

from __future__ import annotations

from datetime import timedelta

from handlers.conversation import conversation
from handlers.next_step import with_next_step
from handlers.reply import Reply, say
from handlers.turn import Turn
from handlers.which_platform import which_platform
from locales import N_, _
from programme.events import MilestoneReached
from programme.milestones import Milestone, Source

LONGEST_AGO = timedelta(days=120)


@conversation("report_bought", about=N_("Aku sudah beli pelatihan"), commands=("sudahbeli",))
async def report_bought(turn: Turn) -> Reply:
    """Record the purchase with platform and date, which stops the reminders it makes pointless."""
    known = turn.participant.progress.get(Milestone.BOUGHT)
    if known is not None and (known.source is Source.OFFICIAL or not turn.answers.keys() & {"platform", "date"}):
        reply = say(_("Sudah tercatat kok: pelatihan pertamamu sudah dibeli. 👍"))
        return with_next_step(reply, turn).button(_("↩️ Ternyata belum"), "undo", milestone="bought")
    platform = await which_platform(turn, _("Mantap! Beli di platform mana?"))
    bought_on = await turn.date(
        "date",
        _("Tanggal berapa belinya?"),
        latest=turn.today,
        earliest=turn.today - LONGEST_AGO,
        skip=_("Lewati, lupa"),
    )
    cutoff = turn.cutoff
    turn.record(MilestoneReached(Milestone.BOUGHT, on=bought_on, platform=platform))
    if platform and bought_on:
        reply = say(
            _("✅ Siap, tercatat: beli di {platform}, {date}."),
            platform=turn.programme.platforms[platform].name,
            date=bought_on,
        )
    elif bought_on:
        reply = say(_("✅ Siap, tercatat: beli {date}."), date=bought_on)
    else:
        reply = say(_("✅ Siap, tercatat: pelatihan pertama sudah dibeli."))
    reply = reply.also(
        _(
            "Pengingat batas beli berhenti. Pastikan pembeliannya juga muncul di dashboard Prakerja ya. "
            "Berikutnya: selesaikan pelatihannya, lalu beri rating dan ulasan supaya insentif bisa cair."
        )
    )
    if cutoff is not None and bought_on is not None and bought_on > cutoff.day:
        reply = reply.also(
            _("⚠️ Tanggal itu sesudah batas beli gelombangmu ({day}). Cek statusmu di dashboard ya."),
            day=cutoff.day,
        )
    return with_next_step(reply, turn).button(_("↩️ Batalkan, belum beli"), "undo", milestone="bought")
