"""The last days of a programme year in an answer that touches them: the balance, the surveys, linking an account."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from handlers.dialogue.reply import Reply
from handlers.dialogue.turn import Turn
from handlers.phrases.cutoff_words import on_both_clocks, what_is_left
from handlers.phrases.which_rules import calendar_of
from locales import Html, _, fill
from programme.calendars import YearEnd
from programme.cutoffs import Cutoff
from programme.model.zones import Zone

_NEAR: Final = timedelta(days=30)
"""From so long before it on, the end is told wherever the matter is touched."""


def year_end(what: YearEnd, turn: Turn) -> Cutoff | None:
    """Return the last moment for one thing, for the wave that is spoken of; None where no source has told it yet."""
    calendar = calendar_of(turn)
    return calendar.cutoff(what) if calendar is not None else None


def with_year_end(reply: Reply, what: YearEnd, turn: Turn) -> Reply:
    """Add until when it can be done, or since when it can't; nothing where no source has told it yet."""
    end = year_end(what, turn)
    return reply if end is None else reply.also("{until}", until=until(what, end, turn))


def with_near_year_end(reply: Reply, what: YearEnd, turn: Turn) -> Reply:
    """Add until when it can be done, in an answer about something near, once the end is."""
    end = year_end(what, turn)
    near = end is not None and end.at - turn.now < _NEAR
    return with_year_end(reply, what, turn) if near else reply


def until(what: YearEnd, end: Cutoff, turn: Turn) -> Html:
    """Write until when it can be done, the louder the less is left; of an end that is past, that it is."""
    if turn.now > end.at:
        return Html(fill(_gone(what), day=end.day))
    words = Html(fill(_still(what), when=when(what, end, turn.place)))
    last = end.day == turn.now.astimezone(Zone.WIB.tz).date()
    if what is YearEnd.LINKING and end.at - turn.now < _NEAR:
        return Html(f"{words}\n{what_is_left(end, turn.now)}")
    return Html(f"{words} {_('🔴 <b>Hari ini hari terakhir!</b>')}") if last else words


def when(what: YearEnd, end: Cutoff, zone: Zone | None) -> Html:
    """Write the end: only of linking a source tells the hour."""
    if what is not YearEnd.LINKING:
        return Html(fill("<b>{day}</b>", day=end.day))
    return on_both_clocks(end, zone or Zone.WIB)


def _still(what: YearEnd) -> str:
    return {
        YearEnd.BALANCE: _("⏰ Saldo bisa dipakai sampai {when}."),
        YearEnd.SURVEYS: _("⏰ Semua survei paling lambat diisi {when}."),
        YearEnd.LINKING: _("⏰ Rekening atau e-wallet paling lambat disambungkan {when}"),
    }[what]


def _gone(what: YearEnd) -> str:
    return {
        YearEnd.BALANCE: _("⚠️ Saldo hanya bisa dipakai sampai {day}: sudah lewat."),
        YearEnd.SURVEYS: _("⚠️ Pengisian survei tahun itu sudah ditutup {day}."),
        YearEnd.LINKING: _("⚠️ Penyambungan akun tahun itu sudah ditutup {day} pukul 23.59 WIB. Tanya Prakerja ya."),
    }[what]
