"""*Nanti malam*, *besok pagi* or an hour of their own: the person makes a plan, and gets one more reminder then."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from handlers.dialogue.listening import WHOSE, Stage
from handlers.dialogue.question import Misread, Option
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, button, say
from handlers.dialogue.turn import Turn
from handlers.phrases.asked_further import PLAN_QUESTIONS
from handlers.phrases.cutoff_words import on_both_clocks
from handlers.phrases.matches import matches
from handlers.phrases.next_step import with_next_step
from handlers.phrases.own_clock import moment_there
from handlers.phrases.plans_told import planned_beside, plans_on_own_clock, tells_when
from handlers.phrases.reminder_orders import PLANNED
from handlers.phrases.reminders_set import bought_already
from handlers.phrases.wave_number import wave_number
from handlers.phrases.zone import own_clock_known
from handlers.understanding.days_asked import days_asked
from handlers.understanding.moment_meant import moment_meant
from handlers.understanding.moments import Past, SomeTime, names_several, read_clock, read_moment
from handlers.understanding.phrases import says
from handlers.understanding.statements import names_somebody
from locales import N_, _, fill
from programme.model.events import PlanMade, WaveTold, ZoneTold
from programme.model.messages import Open
from programme.model.milestones import Milestone
from programme.model.participants import ReminderLevel

_ABOUT_THEN: Final = timedelta(hours=6)
"""An hour without a day that replaces another is looked for from so long before it."""

_LABELS: Final = {SomeTime.TONIGHT: N_("🌙 Nanti malam"), SomeTime.TOMORROW_MORNING: N_("🌅 Besok pagi")}


@conversation(
    "plan",
    commands=("ingatkan",),
    traits=Traits(
        subject="beli pelatihan",
        expects=plans_on_own_clock,
        follow_ups=PLAN_QUESTIONS,
        listens={Stage.TOLD: tells_when},
        orders=planned_beside,
    ),
)
async def plan(turn: Turn) -> Reply | Open:
    """Keep when the person means to buy; never past the last safe moment before the cutoff."""
    if not turn.said:
        _keep_wave(turn)
    if turn.too_late:
        return Open("revoked")
    if turn.participant.has(Milestone.BOUGHT):
        return with_next_step(bought_already(turn), turn)
    if turn.participant.reminders.level is ReminderLevel.NONE:
        reply = say(_("Pengingatmu sedang mati, jadi aku belum bisa mengingatkan. Nyalakan dulu ya."))
        return reply.button(_("🔔 Nyalakan lagi"), "reminder_settings", level="all")
    await own_clock_known(turn, turn.said)
    if said := turn.said or turn.told("argument"):
        number = turn.told("wave")
        wave = {"wave": number} if number is not None and not names_somebody(said) else {}
        placed = {"placed": "1"} if any(isinstance(event, ZoneTold) for event in turn.events) else {}
        return Open("plan", {**_told(moment_meant(said, today=turn.today), turn), **wave, **placed})
    options = _offered(turn)
    if not options and "when" not in turn.answers:
        return _too_close(turn)
    when = await turn.choose(
        "when",
        _asked(turn),
        options,
        skip=_("Belum tahu"),
        read=lambda text: _read(text, turn),
    )
    if when is None:
        return with_next_step(say(_("Oke. Pengingat biasa tetap jalan ya.")), turn)
    at = _moment(when, turn)
    return _too_close(turn, when) if at is None else _planned(at, when, turn)


def _keep_wave(turn: Turn) -> None:
    """Keep the wave that is told with a plan, of somebody whose own is not known."""
    number = wave_number(turn.told("wave") or turn.talk.get("wave"))
    if turn.participant.wave is not None or number is None or turn.told(WHOSE) is not None:
        return
    if turn.programme.cutoff(number) is not None:
        turn.record(WaveTold(number))


def later_buttons(reply: Reply, turn: Turn) -> Reply:
    """Add the buttons that plan the purchase for later, as far as there is time."""
    offered = [button(_(label), "plan", when=when) for when, label in _LABELS.items() if _moment(when, turn)]
    return reply.row(*offered) if offered else reply


def _told(said: str, turn: Turn) -> dict[str, str]:
    """Return what the opening words tell, as answers."""
    heard = _heard(said, turn, asked_for=turn.told("answered") is not None)
    if _is_open_which_day(said, turn):
        heard = None
    told = {"behind": heard.at.isoformat()} if isinstance(heard, Past) else {"when": heard} if heard else {}
    several = {"several": "1"} if names_several(said) else {}
    loose = {} if says("one moment", said) or turn.told("date") else {"loose": "1"}
    return {**told, **several, **loose}


def _is_open_which_day(said: str, turn: Turn) -> bool:
    """Whether several days are named of which none is meant rather than another; the one planned before is not."""
    days = {day for day in days_asked(said, turn.today) if day >= turn.today}
    planned = turn.participant.plan_at
    before = set() if planned is None else {planned.astimezone(turn.participant.local.tz).date()}
    return len(days - before) > 1


def _asked(turn: Turn) -> Reply:
    asked = say(_("Rencananya mau beli kapan? Pilih, atau tulis harinya dan jamnya."))
    behind = turn.told("behind")
    return asked if behind is None else asked.after(_is_behind(datetime.fromisoformat(behind), turn))


def _is_behind(at: datetime, turn: Turn) -> str:
    if at > turn.now:
        return _("Malam ini sudah terlalu larut untuk pengingat.")
    return fill(_("{at} sudah lewat."), at=_written(at, turn))


def _read(text: str, turn: Turn) -> str | Misread | None:
    """Read the answer; one that was read before is written as such."""
    if text in set(SomeTime) or _is_written(text):
        return text
    heard = _heard(text, turn, asked_for=True)
    return Misread(_is_behind(heard.at, turn)) if isinstance(heard, Past) else heard


def _heard(text: str, turn: Turn, *, asked_for: bool = False) -> str | Past | None:
    """Read a moment. An evening that has no good hour left lies behind, as does what has passed."""
    here = _from_where(turn)
    cutoff = turn.cutoff.at if turn.cutoff else None
    match read_moment(text, here, asked_for=asked_for, cutoff=cutoff):
        case datetime() as at:
            return _at_the_planned_hour(at, text, turn).isoformat(timespec="minutes")
        case SomeTime.TONIGHT if _moment(SomeTime.TONIGHT, turn) is None and _offered(turn):
            return Past(here.replace(hour=23, minute=59))
        case SomeTime() as part:
            return part.value
        case other:
            return other


def _at_the_planned_hour(at: datetime, text: str, turn: Turn) -> datetime:
    """Return another day at the hour that was planned, where only the day is put right: *eh salah, tanggal 20*."""
    planned = turn.participant.plan_at
    named = read_clock(text, at, asked_for=True) or says("a part of the day", text)
    if turn.told("instead") is None or planned is None or planned <= turn.now or named:
        return at
    then = planned.astimezone(at.tzinfo)
    return at.replace(hour=then.hour, minute=then.minute)


def _from_where(turn: Turn) -> datetime:
    """Return the moment from which a text is read: an hour that replaces another is one of the planned day."""
    here, planned = turn.now.astimezone(turn.participant.local.tz), turn.participant.plan_at
    if turn.told("instead") is None or planned is None or planned <= turn.now or turn.told("date") is not None:
        return here
    if says("a day", turn.said):
        return here
    then = planned.astimezone(here.tzinfo)
    of_that_day = then.replace(hour=0, minute=0) if says("a part of the day", turn.said) else then - _ABOUT_THEN
    return max(here, of_that_day)


def _is_written(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _written(at: datetime, turn: Turn) -> str:
    return moment_there(at, turn.participant.local)


def _offered(turn: Turn) -> list[Option]:
    return [Option(when, _(label)) for when, label in _LABELS.items() if _moment(when, turn) is not None]


def _moment(when: str, turn: Turn) -> datetime | None:
    if when in set(SomeTime):
        return turn.reminders.plan_for(turn.participant, when, turn.now)
    return turn.reminders.safe_moment(turn.participant, datetime.fromisoformat(when), turn.now)


def _planned(at: datetime, when: str, turn: Turn) -> Reply:
    before = turn.participant.plan_at
    turn.record(PlanMade(at))
    turn.settle(PLANNED, "1")
    reply = say(_words(at, when, turn), at=_written(at, turn), cutoff=_cutoff(turn))
    if matches(turn, "still in time") and when not in set(SomeTime) and at >= datetime.fromisoformat(when):
        reply = reply.after(_("✅ Masih bisa, itu sebelum batasmu."))
    if any(isinstance(event, WaveTold) for event in turn.events):
        reply = reply.after(fill(_("👌 Kucatat: gelombang {wave}."), wave=turn.participant.wave))
    if (zone := turn.participant.zone) is not None and turn.told("placed") is not None:
        reply = reply.after(fill(_("👌 Kucatat: kamu di zona <b>{zone}</b>."), zone=zone.value))
    if before is not None and before > turn.now and before != at:
        reply = reply.also(_("Ini menggantikan pengingat {before}."), before=_written(before, turn))
    if turn.cutoff is not None and turn.cutoff.at - at < timedelta(days=1):
        reply = reply.also(_("⏰ Itu hari terakhirnya. Batasmu {when}"), when=on_both_clocks(turn.cutoff, turn.place))
    if turn.told("several"):
        reply = reply.also(_("Aku baru bisa menyimpan satu pengingat tambahan, jadi yang di atas yang kupasang."))
    if turn.cutoff is None:
        reply = reply.also(
            _("⚠️ Gelombangmu belum kutahu, jadi belum bisa kupastikan itu sebelum batas belimu. Gelombang berapa?")
        )
    reply = reply.also(_("Pengingat biasa tetap jalan."))
    reply = with_next_step(reply, turn).button(_("✅ Ternyata sudah beli"), "report_bought")
    return _with_every_day(reply, at, turn)


def _words(at: datetime, when: str, turn: Turn) -> str:
    wanted = None if when in set(SomeTime) else datetime.fromisoformat(when)
    if wanted is None or at >= wanted:
        return _("👌 Siap, kuingatkan sekali lagi {at}. Siapkan nomor kartu dan HP yang terdaftar ya.")
    if turn.cutoff is not None and wanted > turn.cutoff.at:
        return _(
            "Saat itu batas belimu sudah lewat ({cutoff}). Paling aman {at}, jadi kuingatkan saat itu ya. "
            "Siapkan nomor kartu dan HP yang terdaftar."
        )
    return _(
        "Itu terlalu dekat dengan batas belimu ({cutoff}). Paling aman {at}, jadi kuingatkan saat itu ya. "
        "Siapkan nomor kartu dan HP yang terdaftar."
    )


def _is_after(cutoff: datetime, when: str, turn: Turn) -> bool:
    """Tell whether a moment that was named lies after the cutoff."""
    if when == SomeTime.TOMORROW_MORNING:
        here = turn.now.astimezone(turn.participant.local.tz)
        return here.replace(hour=4, minute=0) + timedelta(days=1) > cutoff
    return _is_written(when) and datetime.fromisoformat(when) > cutoff


def _cutoff(turn: Turn) -> str:
    return _written(turn.cutoff.at, turn) if turn.cutoff else ""


def _with_every_day(reply: Reply, at: datetime, turn: Turn) -> Reply:
    """Offer the hour for all reminders, where it was not said for which it is meant."""
    clock = at.astimezone(turn.participant.local.tz).time()
    earliest, latest = turn.reminders.day_hours()
    if turn.told("loose") is None or not earliest <= clock < latest:
        return reply
    label = fill(_("🔁 Semua pengingat pukul {hour}"), hour=f"{clock:%H.%M}")
    return reply.button(label, "reminder_hour", at=f"{clock:%H:%M}")


def _too_close(turn: Turn, when: str = "") -> Reply:
    reply = say(_("Waktunya sudah terlalu dekat dengan batas. Sebaiknya beli <b>sekarang</b>, sebelum lewat."))
    if turn.cutoff is not None and _is_after(turn.cutoff.at, when, turn):
        left = on_both_clocks(turn.cutoff, turn.place)
        reply = say(_("⏰ Itu sudah <b>terlambat</b>. Batasnya {when}\n\nSebaiknya beli <b>sekarang</b>."), when=left)
    return with_next_step(reply, turn).button(_("🆘 Ada kendala"), "obstacle")
