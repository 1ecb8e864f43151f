"""What people order of their reminders in a talk: another hour of that day, no mornings, that one only."""

from __future__ import annotations

import re
from datetime import datetime
from types import MappingProxyType
from typing import Final

from handlers.dialogue.listening import Spoken
from handlers.dialogue.turn import SAID
from handlers.phrases.reminders_set import USUAL
from handlers.understanding.moment_meant import moment_meant
from handlers.understanding.moments import Past, read_clock, read_moment
from handlers.understanding.phrases import says, without
from handlers.understanding.statements import names_somebody
from programme.model.messages import Open
from programme.model.milestones import Milestone
from programme.model.participants import ReminderLevel

PLANNED: Final = "planned"
"""What is settled once a moment is kept: an hour that is told next is one of that day."""

_OF_REMINDERS: Final = frozenset(("plan", "not_now", "reminder_hour", "reminder_settings"))
_PARTS: Final = MappingProxyType({"noon wished": "12:00", "afternoon wished": "16:00", "evening wished": "19:00"})


def ordered(spoken: Spoken) -> Open | None:
    """Return what a text orders where reminders were spoken of, or by naming them."""
    about = _is_spoken_of(spoken)
    if spoken.incoming.forwarded or not (about or says("of reminders", spoken.text)):
        return None
    if asks_if_in_time(spoken.text):
        return None
    if spoken.participant.has(Milestone.BOUGHT) or spoken.participant.reminders.level is ReminderLevel.NONE:
        return None
    return (
        _wave(spoken)
        or _the_usual(spoken)
        or _moved(spoken)
        or _for_the_day(spoken)
        or _that_one_only(spoken)
        or _other_hour(spoken, about=about)
        or _hour_put_right(spoken)
        or _order_by_itself(spoken)
    )


def asks_if_in_time(text: str) -> bool:
    """Tell whether it is asked of a moment if buying is possible then, which wishes for no reminder."""
    asked = any(says(what, text) for what in ("would it be in time", "not late yet", "supposed to buy then"))
    asked = asked and says("a question", text)
    return (asked or says("is it that hour", text)) and not says("to be reminded", text)


def _is_spoken_of(spoken: Spoken) -> bool:
    """Whether reminders were spoken of just now, or surely are by these words."""
    surely = spoken.understood.certain and spoken.understood.intent == "reminder_settings"
    set_aside = _planned(spoken) is not None and moment_meant(spoken.text, today=spoken.today) != spoken.text
    return surely or set_aside or any(one.conversation in _OF_REMINDERS for one in spoken.matters[:2])


def _wave(spoken: Spoken) -> Open | None:
    """Hear *21 kan tadi sudah saya bilang* as the answer to *gelombang berapa?*, which stood below a plan."""
    matter, at = spoken.matter, spoken.participant.plan_at
    asked = matter is not None and PLANNED in matter.told and spoken.participant.wave is None
    if not asked or at is None:
        return None
    if (named := spoken.understood.entity("wave")) is not None:
        meant = moment_meant(spoken.text, today=spoken.today)
        told = {SAID: meant, "answered": "1", "instead": "1"} if read_clock(meant, spoken.local_time) else {}
        return Open("plan", {**(told or {"when": at.isoformat()}), "wave": named})
    numbers = re.findall(r"\b\d{1,2}\b", spoken.text)
    others = names_somebody(spoken.text) and not says("said before", spoken.text)
    other = others or any(says(what, spoken.text) for what in ("an hour of the clock", "a day"))
    return None if other or len(numbers) != 1 else Open("plan", {"when": at.isoformat(), "wave": numbers[0]})


def _the_usual(spoken: Spoken) -> Open | None:
    """Hear *bukan hari ini, maksudnya ingetin sebelum batasnya*: no reminder of its own was wanted."""
    text = spoken.text
    asks = says("to be reminded", text) or (says("of reminders", text) and _planned(spoken) is not None)
    if not asks or not says("a day denied", text) or says("no reminders", text):
        return None
    named = read_moment(text, spoken.local_time)
    return Open("reminder_settings", {USUAL: "1"}) if named is None else None


def _moved(spoken: Spoken) -> Open | None:
    """Hear *geser jam 9 pagi saja* after a question that was asked beside: the moment agreed on before is moved."""
    of_it = next((one for one in spoken.matters[:2] if one.conversation in _OF_REMINDERS), None)
    agreed = of_it is not None and of_it is not spoken.matter and PLANNED in of_it.told and _planned(spoken) is not None
    if not agreed or "?" in spoken.text or says("of reminders", spoken.text):
        return None
    meant = moment_meant(spoken.text, today=spoken.today)
    moved = says("another hour of it", spoken.text) and read_clock(meant, spoken.local_time)
    return Open("plan", {SAID: meant, "answered": "1", "instead": "1"}) if moved else None


def _for_the_day(spoken: Spoken) -> Open | None:
    """Hear *bukan tiap hari, tgl 20 aja jam 8*, *jangan jam 7, jam 9 aja*: that day alone is meant."""
    text = without("not every day", spoken.text)
    denied = text != spoken.text.casefold()
    if says("every day", text) or says("no more every day", spoken.text):
        return None
    meant = moment_meant(text, today=spoken.today)
    planned = _planned(spoken)
    if denied or _asked_for_the_hour(spoken):
        return _plan(meant, spoken) if _names_a_day(text, spoken) else None
    replaced = planned is not None and meant != text and read_clock(meant, spoken.local_time)
    heard = spoken.matter is not None and spoken.matter.conversation == "plan" and "?" not in spoken.text
    return None if heard or not replaced else Open("plan", {SAID: meant, "answered": "1", "instead": "1"})


def _plan(meant: str, spoken: Spoken) -> Open:
    """Plan that moment; a day that is planned already keeps its hour where none is named."""
    planned, found = _planned(spoken), read_moment(meant, spoken.local_time)
    same = planned is not None and isinstance(found, datetime) and found.date() == planned.date()
    named = read_clock(meant, spoken.local_time) or says("a part of the day", meant)
    if planned is not None and same and not named:
        return Open("plan", {"when": planned.isoformat()})
    return Open("plan", {SAID: meant, "answered": "1"})


def _that_one_only(spoken: Spoken) -> Open | None:
    """Hear *batalin pengingat hariannya, cukup tgl 20*: fewer of the usual ones, and the plan stays."""
    fewer = says("no more every day", spoken.text) or says("not every day", spoken.text)
    return Open("reminder_settings", {"level": "fewer"}) if fewer else None


def _other_hour(spoken: Spoken, *, about: bool) -> Open | None:
    """Hear *jangan pagi*, *pagi doang yang dimatikan, yang penting sore*; and *sering ga?*."""
    text = spoken.text
    buys = says("about buying", text) and says("a day", text)  # *besok tak beli jam 8 pagi aja* plans that purchase
    if buys or ((_is_of_the_plan(spoken) or says("a day", text)) and not says("of reminders", text)):
        return None
    often = {"often": "1"} if says("how often they come", text) else {}
    if not says("no mornings", text) and not (about and says("mornings only", text)):
        return Open("reminder_settings", often) if often else None
    clock = read_clock(text, spoken.local_time)
    part = next((at for what, at in _PARTS.items() if says(what, text)), None)
    if clock or part:
        return Open("reminder_hour", {"at": f"{clock[-1]:%H:%M}" if clock else part or ""})
    return Open("reminder_hour", {"late": "1", **often})


def _hour_put_right(spoken: Spoken) -> Open | None:
    """Hear *bukan WIB, jam 7 malam WIT* right after an hour was set for all reminders."""
    just_set = spoken.matter is not None and spoken.matter.conversation == "reminder_hour"
    text, clock = spoken.text, read_clock(spoken.text, spoken.local_time)
    other = says("about buying", text) or says("a day", text) or says("a question", text) or says("no reminders", text)
    if not just_set or spoken.asked == "at" or not clock or other or not says("another moment", text):
        return None
    return Open("reminder_hour", {SAID: text, "at": f"{clock[0]:%H:%M}"})


def _order_by_itself(spoken: Spoken) -> Open | None:
    """Hear *ganti pengingat jam 7 malam waktu sini*, whose words of clocks ask nothing of the cutoff."""
    understood = spoken.understood
    surely = understood.certain and understood.intent == "reminder_settings" and not understood.also
    surely = surely and (not _is_of_the_plan(spoken) or says("of reminders", spoken.text))
    hour = surely and understood.entity("hour") is not None and not says("no reminders", spoken.text)
    return Open("reminder_settings", spoken.told) if hour and says("an hour on a clock", spoken.text) else None


def _is_of_the_plan(spoken: Spoken) -> bool:
    """Whether a plan was spoken of just now, so that an hour is one of it, not of all reminders."""
    return _planned(spoken) is not None and spoken.matter is not None and spoken.matter.conversation == "plan"


def _planned(spoken: Spoken) -> datetime | None:
    at = spoken.participant.plan_at
    return at.astimezone(spoken.local_time.tzinfo) if at is not None and at > spoken.now else None


def _asked_for_the_hour(spoken: Spoken) -> bool:
    """Whether it was asked just now how or when to remind."""
    return spoken.matter is not None and spoken.matter.conversation in {"reminder_hour", "reminder_settings"}


def _names_a_day(text: str, spoken: Spoken) -> bool:
    found = read_moment(text, spoken.local_time, asked_for=True)
    return says("a day", text) and found is not None and not isinstance(found, Past)
