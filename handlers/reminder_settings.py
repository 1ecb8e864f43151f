"""How often and when to remind: all, fewer, none, and at what hour. Off means off."""

from __future__ import annotations

from datetime import datetime, time

from handlers.conversation import conversation
from handlers.question import Misread, Option
from handlers.reply import Reply, say
from handlers.turn import Turn
from handlers.understanding import Understanding
from handlers.understanding.heard import hears
from handlers.understanding.moments import read_clock, read_moment
from handlers.yes_or_no import yes_or_no
from locales import N_, Html, _, fill, moment
from programme.events import RemindersWished
from programme.messages import Open
from programme.milestones import Milestone
from programme.participants import ReminderLevel

HOURS = (time(8), time(9), time(12), time(16), time(19), time(20))
"""What keys offer, as far as the policy sends at these hours."""

_WISHES = {
    "fewer reminders": ReminderLevel.FEWER,
    "no reminders": ReminderLevel.NONE,
    "leave me alone": ReminderLevel.NONE,
    "all reminders": ReminderLevel.ALL,
}


@conversation("reminder_settings", about=N_("Atur pengingat"), commands=("pengingat",))
async def reminder_settings(turn: Turn) -> Reply | Open:
    """Show what is set, and change it; who turns everything off is warned once, honestly."""
    if turn.told("level") is None and _is_for_once(turn):
        return Open("plan", dict(turn.answers))
    if turn.participant.wave is None and hears("to be reminded", turn.said):
        return Open("start")
    wishes = turn.participant.reminders
    if turn.told("level") is None and (turn.told("at") is not None or _names_an_hour(turn)):
        return await _at_hour(turn)
    level = _level_said(turn) or await turn.choose("level", _as_now(turn), _levels())
    if level == "hour":
        return await _at_hour(turn)
    chosen = ReminderLevel(level or wishes.level)
    if chosen is ReminderLevel.NONE and not await _sure(turn):
        return _kept(turn)
    return _set(turn, chosen, wishes.at)


def wants_reminder(understood: Understanding, now: datetime) -> bool:
    """Tell whether a text that is not certain otherwise asks to be reminded at a moment: *kabari aku jam 9 malam*."""
    asks = hears("to be reminded", understood.text) or hears("to be told later", understood.text)
    return not understood.certain and asks and read_moment(understood.text, now) is not None


def _said(turn: Turn) -> str:
    return turn.said or turn.told("argument") or ""


def _is_for_once(turn: Turn) -> bool:
    """Whether one more reminder is wished for, at one moment; the settings are about all of them."""
    said = _said(turn)
    if hears("every day", said) or hears("leave me alone", said):
        return False
    if hears("one moment", said) or turn.told("date") is not None:
        return True
    cutoff = turn.cutoff.at if turn.cutoff else None
    return (
        not hears("the hour of all reminders", said) and read_moment(said, _own_clock(turn), cutoff=cutoff) is not None
    )


def _names_an_hour(turn: Turn) -> bool:
    return bool(read_clock(_said(turn), _own_clock(turn)))


def _own_clock(turn: Turn) -> datetime:
    return turn.now.astimezone(turn.participant.local.tz)


def _level_said(turn: Turn) -> str | None:
    """Take the wish out of the message that opened the conversation: *stop ngingetin*, *jangan sering2*."""
    if turn.told("level") is not None:
        return None
    return next((level.value for wish, level in _WISHES.items() if hears(wish, turn.said)), None)


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
    reply = say(_("🔔 Pengingatmu sekarang: <b>{level}</b>.\n{next}"), level=names[wishes.level], next=_next(turn))
    return reply.also(_("Mau diubah?"))


def _next(turn: Turn) -> Html:
    coming = turn.reminders.upcoming(turn.participant, turn.now)
    if not coming:
        return Html(_("Tidak ada pengingat yang menunggu."))
    zone = turn.participant.local
    return Html(fill(_("Berikutnya: {at}."), at=moment(coming[0].at, zone.tz, zone.value)))


async def _at_hour(turn: Turn) -> Reply:
    """Move all reminders to another hour, as far as the policy sends then; else say when it does, and ask."""
    wishes = turn.participant.reminders
    heard = _heard(_said(turn), turn) if not hears("leave me alone", _said(turn)) else None
    if isinstance(heard, str):
        turn.answers = {"at": heard, **turn.answers}
    options = [Option(f"{hour:%H:%M}", f"{hour:%H.%M}") for hour in HOURS if _is_kept(hour, turn)]
    value = await turn.choose(
        "at",
        _which_hour(heard),
        options,
        columns=3,
        read=lambda text: _heard(text, turn, asked_for=True),
    )
    level = ReminderLevel.ALL if wishes.level is ReminderLevel.NONE else wishes.level
    return _set(turn, level, time.fromisoformat(value) if value else wishes.at)


def _which_hour(heard: str | Misread | None) -> Reply:
    asked = say(_("Mau diingatkan jam berapa? (waktu tempatmu)"))
    return asked.after(heard.why) if isinstance(heard, Misread) else asked


def _heard(text: str, turn: Turn, *, asked_for: bool = False) -> str | Misread | None:
    """Read an hour of every day. Of the two that *jam 8* may be, the one at which reminders go out."""
    named = read_clock(text, _own_clock(turn), asked_for=asked_for)
    if not named:
        return None
    morning, *evening = named
    if _is_kept(morning, turn):
        return f"{morning:%H:%M}"
    only = morning.hour < 6 and evening and _is_kept(evening[0], turn)  # nobody means to be woken at two
    return f"{evening[0]:%H:%M}" if only else Misread(_out_of_hours(named, turn))


def _is_kept(clock: time, turn: Turn) -> bool:
    earliest, latest = turn.reminders.day_hours()
    return earliest <= clock < latest


def _out_of_hours(named: tuple[time, ...], turn: Turn) -> str:
    earliest, latest = turn.reminders.day_hours()
    words = _(
        "Pengingat harian kukirim antara pukul {earliest} dan {latest} waktu tempatmu, supaya tidak mengganggu "
        "istirahat. Pukul {hour} tidak bisa."
    )
    return fill(words, earliest=f"{earliest:%H.%M}", latest=f"{latest:%H.%M}", hour=f"{named[0]:%H.%M}")


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
    if hears("no reminders", text):
        return "yes"
    return "fewer" if hears("fewer reminders", text) else yes_or_no(text)


def _kept(turn: Turn) -> Reply:
    if turn.told("sure") == "fewer":
        return _set(turn, ReminderLevel.FEWER, turn.participant.reminders.at)
    return say(_("Oke, pengingat tetap jalan. 🔔\n{next}"), next=_next(turn)).button(_("📋 Menu"), "help")


def _set(turn: Turn, level: ReminderLevel, at: time | None) -> Reply:
    before = turn.participant.reminders
    turn.record(RemindersWished(level.value, at))
    if level is ReminderLevel.NONE:
        reply = say(_("🔕 Pengingat mati. Aku tetap menjawab kalau kamu bertanya."))
        return reply.button(_("🔔 Nyalakan lagi"), "reminder_settings", level="all")
    reply = say(_("✅ Pengingat sudah diatur.\n{next}"), next=_next(turn))
    if at is not None and (turn.told("at") or before.at == at):
        reply = say(_("✅ Pengingat harian sekarang pukul {hour}.\n{next}"), hour=_clock(turn, at), next=_next(turn))
        if _keeps_its_own(turn, at):
            reply = reply.also(_("Pengingat yang ini tetap pada jamnya sendiri; yang harian ikut jammu."))
    return reply.button(_("🔔 Ubah lagi"), "reminder_settings").button(_("📋 Menu"), "help")


def _clock(turn: Turn, at: time) -> str:
    return f"{at:%H.%M} {turn.participant.local.value}"


def _keeps_its_own(turn: Turn, at: time) -> bool:
    """Whether the next reminder comes at another hour than the one wished for, as those of the last day do."""
    coming = turn.reminders.upcoming(turn.participant, turn.now)
    return bool(coming) and coming[0].at.astimezone(turn.participant.local.tz).time() != at
