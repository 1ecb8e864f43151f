"""How often and when to remind: all, fewer, none, and at what hour. Off means off."""

from __future__ import annotations

import re
from datetime import datetime

from handlers.dialogue.follow_up import ASKED
from handlers.dialogue.in_talk import ANOTHERS, SOMEBODY
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.question import Option
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import SAID, Turn
from handlers.phrases.asked_further import REMINDER_QUESTIONS
from handlers.phrases.aspects import in_short
from handlers.phrases.next_step import with_next_step
from handlers.phrases.reminders_set import (
    USUAL,
    all_reminders,
    bought_already,
    how_often,
    next_reminder,
    reminders_set,
    usual_ones,
)
from handlers.phrases.stop_words import says_stop
from handlers.phrases.yes_or_no import yes_or_no
from handlers.phrases.zone import own_clock_known
from handlers.reminder_hour import hour_said
from handlers.start import REMIND
from handlers.understanding.moments import hangs_on_cutoff, read_clock, read_moment
from handlers.understanding.phrases import first_said, says
from handlers.understanding.reports import claims
from locales import N_, _
from programme.model.messages import Open
from programme.model.milestones import Milestone
from programme.model.participants import ReminderLevel

_CLAUSE = re.compile(r"[.,;!?\n](?!\d)")
_WHEN = "when the next comes"
_WISHES = {
    "on again": ReminderLevel.ALL.value,
    "fewer reminders": ReminderLevel.FEWER.value,
    "no reminders": ReminderLevel.NONE.value,
    "leave me alone": ReminderLevel.NONE.value,
    "all reminders": ReminderLevel.ALL.value,
}


def wants_reminder(spoken: Spoken) -> Recognised | None:
    """Hear whoever asks to be reminded at a moment, or how that is stopped: *kabari aku jam 9 malam*."""
    understood = spoken.understood
    if says("how to stop", spoken.text) and not understood.certain:
        return Recognised(Open("reminder_settings", {"level": "none"}), "reminder_settings", understood.confidence)
    asks = says("to be reminded", spoken.text) or says("to be told later", spoken.text)
    if understood.certain or not asks or read_moment(spoken.text, spoken.local_time) is None:
        return None
    return Recognised(Open("reminder_settings", spoken.told), "reminder_settings", understood.confidence)


def wants_none(spoken: Spoken) -> Open | None:
    """Hear whoever wants no more reminders: said of them by name, or right after one."""
    text = spoken.text
    if says("on again", text) or not (says("no reminders", text) or says("leave me alone", text)):
        return None
    silent = spoken.participant.reminders.level is ReminderLevel.NONE
    if spoken.incoming.forwarded or "?" in text or silent or says_stop(spoken) is not None:
        return None
    after_one = spoken.matter is not None and spoken.matter.conversation == "plan" and says("stop it", text)
    if not after_one and not says("of reminders", text):
        return None
    if claims(Milestone.BOUGHT, text, today=spoken.today):
        return None  # the report says why, and ends them by itself
    return Open("reminder_settings", {SAID: text})


@conversation("stop_command", commands=("stop",))
async def stop_command(_turn: Turn) -> Open:
    """Hear what people are used to write to a bot that is to be silent."""
    return Open("reminder_settings", {"level": ReminderLevel.NONE.value})


@conversation(
    "reminder_settings",
    about=N_("Atur pengingat"),
    commands=("pengingat",),
    traits=Traits(
        listens={Stage.WISH: wants_reminder},
        expects=wants_none,
        slots=frozenset({"hour"}),
        follow_ups={**REMINDER_QUESTIONS, **in_short("reminder_settings")},
    ),
)
async def reminder_settings(turn: Turn) -> Reply | Open:
    """Show what is set, and change it; who turns everything off is warned once, honestly."""
    if turn.participant.wave is None and hangs_on_cutoff(_said(turn)):
        return _sign_up(turn)
    await own_clock_known(turn, turn.said)
    if turn.told("level") is None and turn.told("often") is None and _is_for_once(turn):
        return Open("plan", dict(turn.answers))
    if turn.told("level") is None and (said := hour_said(_said(turn), turn)) is not None:
        return Open("reminder_hour", said)
    if not turn.said and (hour := turn.told("hour")) is not None:
        return Open("reminder_hour", {"at": hour})
    asks_when = turn.told(ASKED) == _WHEN or says(_WHEN, turn.said)
    if turn.participant.wave is None and says("to be reminded", turn.said) and not asks_when:
        return _sign_up(turn)
    wishes = turn.participant.reminders
    if _wants_the_usual(turn):
        return usual_ones(turn)
    if turn.participant.has(Milestone.BOUGHT) and turn.told("level") is None and _is_of_one_hour(turn):
        return with_next_step(bought_already(turn), turn)
    level = _level_said(turn) or await turn.choose("level", _as_now(turn), _levels())
    if level == "hour":
        return Open("reminder_hour")
    chosen = ReminderLevel(level or wishes.level)
    if chosen is ReminderLevel.NONE and not await _sure(turn):
        return _kept(turn)
    return reminders_set(turn, chosen, wishes.at)


def _sign_up(turn: Turn) -> Open:
    """Ask for what a reminder hangs on, but not for the wave whose cutoff was just told."""
    own = {} if {ANOTHERS, SOMEBODY} & turn.talk.keys() else {"own_wave": turn.told("wave") or turn.talk.get("wave")}
    return Open("start", {REMIND: "1", **{name: value for name, value in own.items() if value is not None}})


def _said(turn: Turn) -> str:
    return turn.said or turn.told("argument") or ""


def _is_for_once(turn: Turn) -> bool:
    """Whether one more reminder is wished for, at one moment; the settings are about all of them."""
    said = _said(turn)
    if says("put off", said):
        return True
    if any(says(what, said) for what in ("every day", "leave me alone", "no reminders")):
        return False
    cutoff = turn.cutoff.at if turn.cutoff else None
    moment = read_moment(said, _own_clock(turn), cutoff=cutoff) is not None
    ahead = (turn.told("date") or "") >= turn.today.isoformat()
    if ahead or any(says("one moment", part) for part in _of_reminding(said)):
        return True
    return moment and (hangs_on_cutoff(said) or not says("the hour of all reminders", said))


def _of_reminding(said: str) -> list[str]:
    """Return the clauses that speak of reminding, else the whole: *yang ibu nanti saya bilangin* is of another."""
    parts = [part for part in _CLAUSE.split(said) if says("to be reminded", part)]
    return parts or [said]


def _wants_the_usual(turn: Turn) -> bool:
    """Whether somebody only wants to be reminded in time: *tolong ingetin ya biar ga lupa*."""
    if turn.cutoff is None or turn.too_late or turn.participant.has(Milestone.BOUGHT):
        return False
    said = _said(turn)
    asks = says("to be reminded", said) and first_said(_WISHES, said) is None and not says(_WHEN, said)
    level = turn.told("level") is None and turn.told("often") is None
    on = turn.participant.reminders.level is not ReminderLevel.NONE
    return on and (turn.told(USUAL) is not None or (asks and level and not says("how often they come", said)))


def _is_of_one_hour(turn: Turn) -> bool:
    """Whether only the reminder of one hour is not wanted: *reminder jam 12 malam tra usah lagi*."""
    said = _said(turn)
    return says("no reminders", said) and bool(read_clock(said, _own_clock(turn)))


def _own_clock(turn: Turn) -> datetime:
    return turn.now.astimezone(turn.participant.local.tz)


def _level_said(turn: Turn) -> str | None:
    """Take the wish out of the message that opened the conversation: *stop ngingetin*, *jangan sering2*."""
    if turn.told("level") is not None:
        return None
    return first_said(_WISHES, turn.said)


def _levels() -> list[Option]:
    return [
        Option("all", _("🔔 Semua pengingat"), (_("semua"), _("nyalakan"))),
        Option("fewer", _("🔉 Yang penting saja"), (_("kurangi"), _("sedikit"))),
        Option("hour", _("🕘 Ganti jamnya"), (_("jam"),)),
        Option("none", _("🔕 Matikan"), (_("stop"), _("berhenti"), _("jangan ganggu"))),
    ]


def _as_now(turn: Turn) -> Reply:
    wishes = turn.participant.reminders
    names = {
        ReminderLevel.ALL: _("semua (14, 7, 3, 1 hari sebelum batas, dan hari terakhir)"),
        ReminderLevel.FEWER: _("yang penting saja (sehari sebelum batas dan malam terakhir)"),
        ReminderLevel.NONE: _("mati"),
    }
    reply = say(
        _("🔔 Pengingatmu sekarang: <b>{level}</b>.\n{next}"), level=names[wishes.level], next=all_reminders(turn)
    )
    if turn.participant.wave is None:
        reply = reply.also(_("Gelombangmu belum kutahu, jadi pengingat batas belinya belum bisa kupasang."))
    if turn.told("often") is not None:
        reply = reply.after(how_often())
    return reply.also(_("Mau diubah?"))


async def _sure(turn: Turn) -> bool:
    if turn.participant.has(Milestone.BOUGHT) or turn.cutoff is None or turn.too_late:
        return True
    warning = say(
        _(
            "Boleh, tapi jujur ya: batas belimu <b>{day} pukul 23.59 WIB</b>. Banyak orang kehilangan kepesertaan "
            "karena lupa. Kalau dimatikan, aku benar-benar diam sampai batas lewat."
        ),
        day=turn.cutoff.day,
    )
    options = [
        Option("no", _("🔔 Jangan, ingatkan aku")),
        Option("fewer", _("🔉 Yang penting saja")),
        Option("yes", _("🔕 Tetap matikan")),
    ]
    return await turn.choose("sure", warning, options, read=_sure_said) == "yes"


def _sure_said(text: str) -> str | None:
    """Take *iya matikan*, *stop aja*, *jangan* as what they mean at this question."""
    if text in {"yes", "no", "fewer"}:
        return text
    if says("no reminders", text):
        return "yes"
    return "fewer" if says("fewer reminders", text) else yes_or_no(text)


def _kept(turn: Turn) -> Reply:
    if turn.told("sure") == "fewer":
        return reminders_set(turn, ReminderLevel.FEWER, turn.participant.reminders.at)
    return say(_("Oke, pengingat tetap jalan. 🔔\n{next}"), next=next_reminder(turn)).button(_("📋 Menu"), "help")
