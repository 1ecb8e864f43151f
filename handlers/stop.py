"""STOP and START on a channel that asks for consent: obeyed at once, and confirmed once."""

from __future__ import annotations

from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.reminders_set import reminders_set
from handlers.phrases.stop_words import says_start, says_stop
from locales import _
from programme.model.events import RemindersWished
from programme.model.milestones import Milestone
from programme.model.participants import ReminderLevel


@conversation("stop", traits=Traits(expects=says_stop))
async def stop(turn: Turn) -> Reply:
    """Send nothing any more that was not asked for; what would be lost by that is said once, without asking back."""
    turn.record(RemindersWished(ReminderLevel.NONE.value, turn.participant.reminders.at))
    reply = say(_("✅ Oke, berhenti. Aku tidak akan mengirim pengingat atau kabar lagi, hanya menjawab kalau ditanya."))
    if turn.cutoff is not None and not turn.too_late and not turn.participant.has(Milestone.BOUGHT):
        reply = reply.also(
            _("Catat sendiri ya: batas belimu <b>{day} pukul 23.59 WIB</b>. Tulis MULAI kalau mau diingatkan lagi."),
            day=turn.cutoff.day,
        )
    return reply.button(_("🔔 Nyalakan lagi"), "start_again")


@conversation("start_again", traits=Traits(expects=says_start))
async def start_again(turn: Turn) -> Reply:
    """Remind again, as before."""
    return reminders_set(turn, ReminderLevel.ALL, turn.participant.reminders.at)
