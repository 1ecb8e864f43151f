"""At what hour all reminders come: one that the policy sends at, or the reason why not."""

from __future__ import annotations

from datetime import time

from handlers.dialogue.question import Misread, Option
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.asked_further import REMINDER_QUESTIONS
from handlers.phrases.reminder_orders import ordered
from handlers.phrases.reminders_set import hour_set, how_often
from handlers.phrases.yes_or_no import yes_or_no
from handlers.understanding.moments import read_clock
from handlers.understanding.phrases import says
from locales import _, fill

HOURS = (time(8), time(9), time(12), time(16), time(19), time(20))
"""What buttons offer, as far as the policy sends at these hours."""

_NOON = time(12)
_WAKING = 6
"""Before this hour nobody means the morning, unless they say so: *tiap hari jam 2*."""


@conversation("reminder_hour", traits=Traits(expects=ordered, slots=frozenset({"hour"}), follow_ups=REMINDER_QUESTIONS))
async def reminder_hour(turn: Turn) -> Reply:
    """Move all reminders to another hour of the person's clock."""
    earliest = _NOON if turn.told("late") is not None else time.min
    options = [Option(f"{hour:%H:%M}", f"{hour:%H.%M}") for hour in HOURS if _is_kept(hour, turn) and hour >= earliest]
    asked = say(_("Mau diingatkan jam berapa? (waktu tempatmu)"))
    if (refused := turn.told("refused") or _out_of_policy(turn)) is not None:
        asked = say(_out_of_hours(time.fromisoformat(refused), turn)).also(_("Mau itu, atau jam lain?"))
    if turn.told("often") is not None:
        asked = asked.after(how_often())
    value = await turn.choose("at", asked, options, columns=3, read=lambda text: _read(text, turn, refused))
    return hour_set(turn, time.fromisoformat(value or "09:00"))


def _out_of_policy(turn: Turn) -> str | None:
    """Return the hour that is wanted, where no reminders go out then."""
    told = turn.told("at")
    return told if told is not None and not _is_kept(time.fromisoformat(told), turn) else None


def hour_said(text: str, turn: Turn) -> dict[str, str] | None:
    """Return the answers to open `reminder_hour` with, where a text names an hour; it may be one that is not wanted."""
    if says("no reminders", text):
        return None
    match _heard(text, turn, asked_for=False):
        case None:
            return None
        case _ if says("leave me alone", text):
            return {}
        case clock, True:
            return {"at": f"{clock:%H:%M}"}
        case clock, _:
            return {"refused": f"{clock:%H:%M}"}


def _read(text: str, turn: Turn, refused: str | None) -> str | Misread | None:
    """Read an hour; a yes takes the nearest to one that was refused."""
    match _heard(text, turn, asked_for=True):
        case None if refused is not None and (yes_or_no(text) == "yes" or says("an acknowledgement", text)):
            return f"{_nearest(time.fromisoformat(refused), turn):%H:%M}"
        case None:
            return None
        case clock, True:
            return f"{clock:%H:%M}"
        case clock, _:
            return Misread(_out_of_hours(clock, turn))


def _heard(text: str, turn: Turn, *, asked_for: bool) -> tuple[time, bool] | None:
    """Return the hour that is meant, and whether reminders go out then."""
    named = read_clock(text, turn.now.astimezone(turn.participant.local.tz), asked_for=asked_for)
    if not named:
        return None
    likeliest = named[-1] if named[0].hour < _WAKING else named[0]
    return likeliest, _is_kept(likeliest, turn)


def _is_kept(clock: time, turn: Turn) -> bool:
    earliest, latest = turn.reminders.day_hours()
    return earliest <= clock < latest


def _nearest(clock: time, turn: Turn) -> time:
    """Return the hour that is offered in place of one at which no reminders go out."""
    kept = [hour for hour in HOURS if _is_kept(hour, turn)]
    return kept[-1] if clock >= _NOON else kept[0]


def _out_of_hours(clock: time, turn: Turn) -> str:
    earliest, latest = turn.reminders.day_hours()
    words = _(
        "Pukul {hour} tidak bisa: pengingat harian kukirim mulai pukul {earliest} dan sebelum pukul {latest} waktu "
        "tempatmu, supaya tidak mengganggu istirahat. Yang paling dekat pukul {nearest}."
    )
    nearest = _nearest(clock, turn)
    return fill(
        words,
        hour=f"{clock:%H.%M}",
        earliest=f"{earliest:%H.%M}",
        latest=f"{latest:%H.%M}",
        nearest=f"{nearest:%H.%M}",
    )
