"""How often and when to remind: all, fewer, none, and at what hour. Off means off."""

from __future__ import annotations

from handlers.conversation import conversation
from handlers.question import Misread, Option
from handlers.reply import Reply, say
from handlers.turn import Turn
from handlers.understanding import find_entities
from handlers.understanding.heard import hears
from handlers.yes_or_no import yes_or_no
from locales import N_, Html, _, fill, moment
from programme.events import RemindersWished
from programme.messages import Open
from programme.milestones import Milestone
from programme.participants import ReminderLevel

HOURS = (7, 9, 12, 16, 19, 20)
EARLIEST, LATEST = 5, 21

_WISHES = {
    "fewer reminders": ReminderLevel.FEWER,
    "no reminders": ReminderLevel.NONE,
    "leave me alone": ReminderLevel.NONE,
    "all reminders": ReminderLevel.ALL,
}


@conversation("reminder_settings", about=N_("Atur pengingat"), commands=("pengingat",))
async def reminder_settings(turn: Turn) -> Reply | Open:
    """Show what is set, and change it; who turns everything off is warned once, honestly."""
    if turn.told("level") is None and (turn.told("date") is not None or hears("one moment", turn.said)):
        return Open("plan", dict(turn.answers))  # a reminder for one moment; the settings are about all of them
    if turn.participant.wave is None and hears("to be reminded", turn.said):
        return Open("start")
    wishes = turn.participant.reminders
    hour = _hour_told(turn)
    if hour is not None and turn.told("level") is None:
        return _set(turn, wishes.level if wishes.level is not ReminderLevel.NONE else ReminderLevel.ALL, hour)
    level = _level_said(turn) or await turn.choose("level", _as_now(turn), _levels())
    if level == "hour":
        hour = await _ask_hour(turn)
        return _set(turn, ReminderLevel.ALL if wishes.level is ReminderLevel.NONE else wishes.level, hour)
    chosen = ReminderLevel(level or wishes.level)
    if chosen is ReminderLevel.NONE and not await _sure(turn):
        return _kept(turn)
    return _set(turn, chosen, wishes.hour)


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


async def _ask_hour(turn: Turn) -> int:
    options = [Option(str(hour), f"{hour:02}.00") for hour in HOURS]

    def read(text: str) -> str | Misread | None:
        found = find_entities(text, today=turn.today, kinds=("hour",))
        hour = int(found[0].value.partition(":")[0]) if found else int(text) if text.strip().isdigit() else None
        if hour is None:
            return None
        if not EARLIEST <= hour <= LATEST:
            return Misread(_("Pengingat hanya kukirim antara jam 05.00 dan 21.00. Pilih di antaranya ya."))
        return str(hour)

    value = await turn.choose(
        "at_hour", _("Mau diingatkan jam berapa? (waktu tempatmu)"), options, columns=3, read=read
    )
    return int(value or HOURS[1])


def _hour_told(turn: Turn) -> int | None:
    told = turn.told("hour")
    hour = int(told.partition(":")[0]) if told else None
    return hour if hour is not None and EARLIEST <= hour <= LATEST else None


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
        return _set(turn, ReminderLevel.FEWER, turn.participant.reminders.hour)
    return say(_("Oke, pengingat tetap jalan. 🔔\n{next}"), next=_next(turn)).button(_("📋 Menu"), "help")


def _set(turn: Turn, level: ReminderLevel, hour: int | None) -> Reply:
    turn.record(RemindersWished(level.value, hour))
    if level is ReminderLevel.NONE:
        reply = say(_("🔕 Pengingat mati. Aku tetap menjawab kalau kamu bertanya."))
        return reply.button(_("🔔 Nyalakan lagi"), "reminder_settings", level="all")
    reply = say(_("✅ Pengingat sudah diatur.\n{next}"), next=_next(turn))
    return reply.button(_("🔔 Ubah lagi"), "reminder_settings").button(_("📋 Menu"), "help")
