"""*Katanya mau kasih ingat jam 5*: a complaint about the hour of a reminder is owned up to, and is no new order."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from handlers.dialogue.listening import Spoken
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import SAID, Turn
from handlers.phrases.cutoff_words import on_both_clocks, what_is_left
from handlers.phrases.own_clock import moment_there
from handlers.phrases.zone import ask_zone, own_clock_known
from handlers.understanding.phrases import says
from locales import _
from programme.model.events import PlanMade, ZoneTold
from programme.model.messages import Open
from programme.model.milestones import Milestone
from programme.model.zones import Zone

NAME: Final = "late_reminder"


def complains_of_the_hour(spoken: Spoken) -> Open | None:
    """Hear that a reminder should have come at another hour; *ganti jam 7 dong* in it is an order, and goes on."""
    text, person = spoken.text, spoken.participant
    if person.plan_at is None or person.has(Milestone.BOUGHT) or spoken.incoming.forwarded:
        return None
    if not says("said to remind", text) or any(says(what, text) for what in ("move a reminder", "no reminders")):
        return None
    return Open(NAME, {SAID: text})


@conversation(NAME, traits=Traits(expects=complains_of_the_hour))
async def late_reminder(turn: Turn) -> Reply | Open:
    """Say sorry, by which clock it was set, and that buying is possible now; the zone is asked where none is known."""
    planned = turn.participant.plan_at
    if planned is None or turn.too_late:
        return Open("status")
    await own_clock_known(turn, "")
    if turn.participant.zone is None and (zone := await ask_zone(turn)) is not None:
        turn.record(ZoneTold(zone))
        planned = _on_that_clock(planned, zone, turn)
    words = _("🙏 Maaf, pengingatku tidak pas dengan jammu. Tadi kupasang {at}.")
    if planned > turn.now:
        words = _("🙏 Maaf, pengingatnya belum datang: kupasang {at}.")
    reply = say(words, at=moment_there(planned, turn.participant.local))
    if turn.cutoff is not None:
        when, left = on_both_clocks(turn.cutoff, turn.place), what_is_left(turn.cutoff, turn.now)
        reply = reply.also(
            _("Sekarang masih bisa. Yuk beli sekarang saja, batasnya {when}\n{left}"), when=when, left=left
        )
    return reply.button(_("🛒 Beli sekarang"), "how_to_buy").button(_("⏰ Jam lain"), "plan")


def _on_that_clock(planned: datetime, zone: Zone, turn: Turn) -> datetime:
    """Return the moment that was meant by the hour, which was read in WIB; it is moved there while it is ahead."""
    meant = planned.astimezone(Zone.WIB.tz).replace(tzinfo=zone.tz)
    if zone is Zone.WIB or not turn.now < meant < planned:
        return planned
    turn.record(PlanMade(meant))
    return meant
