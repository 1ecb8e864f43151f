"""*Nanti malam*, *besok pagi* or an hour of their own: the person makes a plan, and gets one more reminder then."""

from __future__ import annotations

from datetime import datetime

from handlers.conversation import conversation
from handlers.next_step import with_next_step
from handlers.question import Option
from handlers.reply import Reply, say
from handlers.turn import Turn
from handlers.wanted_moment import TOMORROW_MORNING, TONIGHT, heard_moment, wanted_moment
from locales import _, moment
from programme.events import PlanMade
from programme.messages import Open
from programme.milestones import Milestone
from programme.participants import ReminderLevel


@conversation("plan", commands=("ingatkan",))
async def plan(turn: Turn) -> Reply | Open:
    """Keep when the person means to buy; never past the last safe moment before the cutoff."""
    if turn.too_late:
        return Open("revoked")
    if turn.participant.has(Milestone.BOUGHT):
        return with_next_step(say(_("Kamu sudah beli, jadi tidak perlu diingatkan lagi. 👍")), turn)
    if turn.participant.reminders.level is ReminderLevel.NONE:
        reply = say(_("Pengingatmu sedang mati, jadi aku belum bisa mengingatkan. Nyalakan dulu ya."))
        return reply.button(_("🔔 Nyalakan lagi"), "reminder_settings", level="all")
    if (wanted := _wanted(turn)) is not None:
        turn.answers = {"when": wanted, **turn.answers}
    options = _offered(turn)
    if not options and "when" not in turn.answers:
        return _too_close(turn)
    when = await turn.choose(
        "when",
        _("Rencananya mau beli kapan? Pilih, atau tulis harinya dan jamnya."),
        options,
        skip=_("Belum tahu"),
        read=lambda text: heard_moment(text, _own_clock(turn)),
    )
    if when is None:
        return with_next_step(say(_("Oke. Pengingat biasa tetap jalan ya.")), turn)
    at = _moment(when, turn)
    return _too_close(turn) if at is None else _planned(at, when, turn)


def _wanted(turn: Turn) -> str | None:
    """Return the moment that the opening message names."""
    said = turn.said or turn.told("argument") or ""
    day, hour = turn.told("date"), turn.told("hour")
    return wanted_moment(said, day, hour, _own_clock(turn)) if day or hour else heard_moment(said, _own_clock(turn))


def _own_clock(turn: Turn) -> datetime:
    return turn.now.astimezone(turn.participant.local.tz)


def _offered(turn: Turn) -> list[Option]:
    labels = {TONIGHT: _("🌙 Nanti malam"), TOMORROW_MORNING: _("🌅 Besok pagi")}
    return [Option(when, label) for when, label in labels.items() if _moment(when, turn) is not None]


def _moment(when: str, turn: Turn) -> datetime | None:
    if when in {TONIGHT, TOMORROW_MORNING}:
        return turn.reminders.plan_for(turn.participant, when, turn.now)
    return turn.reminders.safe_moment(turn.participant, datetime.fromisoformat(when), turn.now)


def _planned(at: datetime, when: str, turn: Turn) -> Reply:
    turn.record(PlanMade(at))
    zone = turn.participant.local
    earlier = when not in {TONIGHT, TOMORROW_MORNING} and at < datetime.fromisoformat(when)
    words = (
        _(
            "Itu terlalu dekat dengan batas belimu. Paling aman {at}, jadi kuingatkan saat itu ya. "
            "Siapkan nomor kartu dan HP yang terdaftar."
        )
        if earlier
        else _("👌 Siap, kuingatkan sekali lagi {at}. Siapkan nomor kartu dan HP yang terdaftar ya.")
    )
    reply = say(words, at=moment(at, zone.tz, zone.value))
    return with_next_step(reply, turn).button(_("✅ Ternyata sudah beli"), "report_bought")


def _too_close(turn: Turn) -> Reply:
    reply = say(_("Waktunya sudah terlalu dekat dengan batas. Sebaiknya beli <b>sekarang</b>, sebelum lewat."))
    return with_next_step(reply, turn).button(_("🆘 Ada kendala"), "obstacle")
