"""A payout whose scheduled day has come, and the money not: how long it takes, how long it has been, whom to ask."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.contact_buttons import in_words, with_contacts
from handlers.phrases.failure_words import with_partner_buttons, with_person
from handlers.phrases.matches import typed
from handlers.phrases.told_by import told_by
from handlers.understanding.payment_days import not_far_ahead, scheduled_for
from handlers.understanding.phrases import says
from locales import _, fill, short_date
from programme.partners import Partner
from programme.rules import Scheme

SCHEDULED: Final = "scheduled"
"""The answer that tells which day is that of a schedule, whatever else is said of it: one told before, or `THEN`."""
THEN: Final = "1"
"""The day that is named in the words themselves."""
_LONG_AGO = 90
"""Days for which a schedule that has passed is counted."""
_SATURDAY = 5
"""The first weekday of the weekend."""


def late(scheme: Scheme, partner: Partner | None, turn: Turn) -> Reply:
    """Say how long it takes after the scheduled day, and whether that has passed; then whom to ask."""
    if scheme.payout_days_at_least is None:
        reply = say(_("📅 Berapa hari setelah jadwal uangnya masuk, untuk gelombangmu belum bisa kupastikan."))
    else:
        reply = say(
            _("📅 Uang masuk <b>{least}–{most} hari kerja</b> setelah tanggal jadwal (libur tak dihitung). {source}"),
            least=scheme.payout_days_at_least,
            most=scheme.payout_days_at_most,
            source=told_by(scheme.facts["payout_days_at_least"], turn.now),
        )
    if (counted := _counted(scheme, turn)) is not None:
        reply = reply.after(counted)
    reply = reply.also(
        _(
            "Sudah lebih dari itu? Cek mutasi rekening atau riwayat e-wallet-mu, tanya mitra pembayaranmu, lalu lapor "
            "ke Prakerja: {phone} (bebas pulsa) atau Formulir Pengaduan."
        ),
        phone=turn.programme.contacts["phone"].value,
    )
    reply = reply.button(_("📭 Jadwalnya belum ada"), "incentive_problem", shows="no_schedule")
    if partner is None:
        return with_person(with_partner_buttons(reply, turn, shows="late"), None)
    reply = reply.also(_("Kontak {partner}: {ways}."), partner=partner.name, ways=in_words(partner.contacts))
    reply = with_contacts(reply, partner.name, partner.contacts)
    return with_person(reply, partner)


def expected(scheme: Scheme, turn: Turn) -> str | None:
    """Say on which days the money comes after the day of a schedule that is named; None where they are gone."""
    least, most = scheme.payout_days_at_least, scheme.payout_days_at_most
    said = typed(turn)
    day, before = scheduled_for(said, turn.today), turn.told(SCHEDULED)
    if day is None and before is not None and before != THEN:
        day = date.fromisoformat(before)
    if least is None or most is None or day is None:
        return None
    if not says("of a schedule", said) and before is None:
        return None
    first, last = (_working_days_after(day, days) for days in (least, most))
    if last < turn.today:
        return None
    words = _(
        "📅 Jadwal {day}: uangnya kira-kira masuk <b>{first}</b> sampai <b>{last}</b> ({least}–{most} hari kerja, "
        "libur tak dihitung)."
    )
    return fill(words, day=short_date(day), first=first, last=last, least=least, most=most)


def _working_days_after(day: date, count: int) -> date:
    """Return the day so many working days later; holidays are known to nobody here."""
    later = (day + timedelta(days=at) for at in range(1, 3 * count + _SATURDAY))
    return [one for one in later if one.weekday() < _SATURDAY][count - 1]


def _counted(scheme: Scheme, turn: Turn) -> str | None:
    """Count the working days since the day of the schedule that was named; holidays are known to nobody here."""
    named, most = turn.told("date"), scheme.payout_days_at_most
    if named is None or most is None or (turn.said and not says("of a schedule", turn.said)):
        return None  # *sudah tunggu dari minggu lalu* names no day of a schedule
    since = not_far_ahead(date.fromisoformat(named), turn.today)
    if not 0 < (turn.today - since).days <= _LONG_AGO:
        return None
    days = sum((since + timedelta(days=at)).weekday() < _SATURDAY for at in range(1, (turn.today - since).days + 1))
    words = (
        _("⚠️ Dari {day} sudah <b>{days} hari kerja</b> (Senin–Jumat), lebih dari batasnya: tanyakan sekarang.")
        if days > most
        else _("⏳ Dari {day} baru <b>{days} hari kerja</b> (Senin–Jumat), jadi masih dalam waktunya. Tunggu dulu ya.")
    )
    return fill(words, day=since, days=days)
