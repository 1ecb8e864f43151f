"""What is answered once reminders were set: the hour, and the moment of the next one."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final

from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.cutoff_words import on_both_clocks
from handlers.phrases.next_step import with_next_step
from handlers.phrases.own_clock import hour_there
from locales import Html, _, fill, moment
from programme.model.events import PlanDropped, RemindersWished
from programme.model.participants import ReminderLevel

USUAL: Final = "usual"
"""The answer that tells that the reminders of the cutoff are wanted, and no moment of one's own."""


def reminders_set(turn: Turn, level: ReminderLevel, at: time | None) -> Reply:
    """Keep how often and at what hour to remind, and tell when the next one comes."""
    turn.record(RemindersWished(level.value, at))
    if level is ReminderLevel.NONE:
        reply = say(_("🔕 Pengingat mati. Aku tetap menjawab kalau kamu bertanya."))
        return reply.button(_("🔔 Nyalakan lagi"), "reminder_settings", level="all")
    if level is ReminderLevel.FEWER:
        words = _("✅ Pengingat kukurangi: tinggal yang penting, dan yang kamu minta sendiri.\n{next}")
        return _to_change(say(words, next=all_reminders(turn)))
    return _to_change(say(_("✅ Pengingat sudah diatur.\n{next}"), next=all_reminders(turn)))


def hour_set(turn: Turn, at: time) -> Reply:
    """Keep the hour of all reminders, those turned off included, and repeat it."""
    level = turn.participant.reminders.level
    turn.record(RemindersWished((ReminderLevel.ALL if level is ReminderLevel.NONE else level).value, at))
    zone = turn.participant.local
    hour = hour_there(datetime.combine(turn.today, at, zone.tz), zone)
    reply = say(_("✅ Pengingat harian sekarang pukul {hour}.\n{next}"), hour=hour, next=next_reminder(turn))
    if _keeps_its_own(turn, at):
        reply = reply.also(_("Pengingat yang ini tetap pada jamnya sendiri; yang harian ikut jammu."))
    return with_next_step(_to_change(reply), turn) if turn.participant.wave is None else _to_change(reply)


def usual_ones(turn: Turn) -> Reply:
    """Promise the reminders of the cutoff, where no moment of one's own is wanted; an agreed one is dropped."""
    assert turn.cutoff is not None  # noqa: S101 - whoever has none is asked for the wave
    planned, zone = turn.participant.plan_at, turn.participant.local
    dropped = planned if planned is not None and planned > turn.now and turn.told(USUAL) is not None else None
    if dropped is not None:
        turn.record(PlanDropped())
    words = _("👌 Siap, kuingatkan sebelum batas belimu:\n{when}\n\n{next}")
    reply = say(words, when=on_both_clocks(turn.cutoff, turn.place), next=next_reminder(turn))
    if dropped is not None:
        reply = reply.after(fill(_("Pengingat {at} kubatalkan."), at=moment(dropped, zone.tz, zone.value)))
    return with_next_step(reply, turn).button(_("🔔 Ubah lagi"), "reminder_settings")


def bought_already(turn: Turn) -> Reply:
    """Say what is reminded of without being asked; an hour of one's own is there for the purchase alone."""
    return say(
        _(
            "👍 Kamu sudah beli, jadi batas beli tidak perlu diingatkan lagi. Pengingat di jam pilihan sendiri hanya "
            "ada untuk batas beli; langkah berikutnya kuingatkan sendiri.\n{next}"
        ),
        next=next_reminder(turn),
    )


def _to_change(reply: Reply) -> Reply:
    return reply.button(_("🔔 Ubah lagi"), "reminder_settings").button(_("📋 Menu"), "help")


def next_reminder(turn: Turn) -> Html:
    """Write when the next reminder comes, on the person's clock."""
    coming = turn.reminders.upcoming(turn.participant, turn.now)
    if not coming:
        return Html(_("Tidak ada pengingat yang menunggu."))
    zone = turn.participant.local
    return Html(fill(_("Berikutnya: {at}."), at=moment(coming[0].at, zone.tz, zone.value)))


def all_reminders(turn: Turn) -> Html:
    """Write when all that wait come, on the person's clock."""
    coming, zone = turn.reminders.upcoming(turn.participant, turn.now), turn.participant.local
    if len(coming) <= 1:
        return next_reminder(turn)
    lines = "\n".join(f"• {moment(due.at, zone.tz, zone.value)}" for due in coming)
    return Html(fill(_("Berikutnya:\n{lines}"), lines=Html(lines)))


def how_often() -> str:
    """Say how often reminders come."""
    return _(
        "Tidak sering: pengingat batas beli 14, 7, 3, dan 1 hari sebelumnya dan di hari terakhir. Begitu kamu beli, "
        "berhenti."
    )


def _keeps_its_own(turn: Turn, at: time) -> bool:
    """Whether the next reminder comes at another hour than the one wished for, as those of the last day do."""
    coming = turn.reminders.upcoming(turn.participant, turn.now)
    return bool(coming) and coming[0].at.astimezone(turn.participant.local.tz).time() != at
