"""What a participant hears about their complaint, in their language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from handlers.dialogue.reply import Reply, button, say
from handlers.phrases.matters import matter_name
from locales import Html, _, fill, moment
from programme.model.participants import Participant
from programme.model.tickets import HelpdeskView, Ticket, TicketState
from programme.working_hours import Shift, WorkingHours


def opened(ticket: Ticket, view: HelpdeskView, person: Participant, now: datetime) -> Reply:
    """Confirm a new ticket: number, place, an honest time."""
    reply = say(_("🎫 Aduanmu tercatat dengan nomor <b>#{number}</b>."), number=str(ticket.id))
    reply = _before_it_is_too_late(reply.also("{when}", when=_when(view, person, now)), view, now)
    if view.incident_news:
        reply = reply.also(_("📢 Kabar terbaru dari petugas: {news}"), news=view.incident_news)
    reply = reply.also(
        _(
            "Kalau ada tambahan, tulis atau kirim gambarnya di sini; petugas membaca semuanya. "
            "Tulis <b>cek aduan</b> kapan saja."
        )
    )
    return reply.button(_("🎫 Cek aduan"), "ticket_status")


def standing(view: HelpdeskView, person: Participant, now: datetime) -> Reply:
    """Say how far a ticket is."""
    ticket = view.ticket
    if ticket is None:
        return say(_("Kamu belum punya aduan. Kalau perlu bantuan orang, aku teruskan ke petugas."))
    head = fill(_("🎫 Aduan <b>#{number}</b>, {matter}."), number=str(ticket.id), matter=matter_name(ticket.about))
    match ticket.state:
        case TicketState.WAITING:
            waiting = say("{head}", head=Html(head)).also("{when}", when=_when(view, person, now))
            return _before_it_is_too_late(waiting, view, now)
        case TicketState.HELD:
            return say("{head}", head=Html(head)).also(
                _("Petugas sedang menanganinya dan menjawab di sini. Tambahan cerita boleh langsung kamu tulis.")
            )
        case TicketState.WITH_BOT:
            return say("{head}", head=Html(head)).also(_("Petugas menyerahkan kelanjutannya kepadaku, Sobat."))
        case TicketState.CLOSED:
            return say("{head}", head=Html(head)).also(_closed(view))


def closing(ticket: Ticket) -> Reply:
    """Say that it is settled, and ask for stars."""
    reply = say(
        _("✅ Aduan <b>#{number}</b> sudah ditutup petugas. Bantuannya bagaimana? Pilih bintang 1 sampai 5."),
        number=str(ticket.id),
    )
    reply = reply.also(_("Belum beres? Balas saja di sini dalam 3 hari, aduanmu langsung dibuka lagi."))
    number = str(ticket.id)
    stars = [button("⭐" * count, "rate_ticket", t=number, stars=str(count)) for count in range(1, 6)]
    return reply.row(*stars[:2]).row(*stars[2:4]).row(stars[4])


def reopened(ticket: Ticket, view: HelpdeskView, person: Participant, now: datetime) -> Reply:
    """Say that it is open again."""
    reply = say(_("🔓 Aduan <b>#{number}</b> dibuka lagi, lengkap dengan riwayatnya."), number=str(ticket.id))
    return reply.also("{when}", when=_when(view, person, now))


def noted(ticket: Ticket) -> Reply:
    """Say that a picture or file went to the ticket."""
    return say(_("📎 Sudah kutambahkan ke aduan <b>#{number}</b>."), number=str(ticket.id))


def unseen_file(ticket: Ticket) -> Reply:
    """Say that a picture or file could not be shown to the staff, and what to do instead."""
    return say(
        _(
            "📎 Berkas yang kamu kirim untuk aduan <b>#{number}</b> tidak bisa dibuka petugas. "
            "Kirim lagi sebagai foto, atau tulis isinya di sini ya."
        ),
        number=str(ticket.id),
    )


def only_words() -> Reply:
    """Say that the words went to the staff without what they came with."""
    return say(_("🚫 Hanya kata-katanya yang sampai ke petugas; isi lainnya tidak bisa kuteruskan. Tulis isinya ya."))


def given_back(ticket: Ticket) -> Reply:
    """The bot takes over again."""
    reply = say(
        _("🤝 Petugas menyerahkan aduan <b>#{number}</b> kembali kepadaku, Sobat. Tanyakan apa saja di sini."),
        number=str(ticket.id),
    )
    return reply.button(_("💬 Bicara dengan petugas lagi"), "handoff")


def taken_outside(ticket: Ticket, place: str) -> Reply:
    """Say who else has to help."""
    return say(
        _("📨 Untuk aduan <b>#{number}</b>, petugas meneruskan ke <b>{place}</b>. Kabarnya disampaikan di sini."),
        number=str(ticket.id),
        place=place,
    )


def news(ticket: Ticket, text: str, *, last: bool) -> Reply:
    """Pass on the news of an incident."""
    reply = say(_("📢 Kabar dari petugas untuk aduan <b>#{number}</b>:\n{text}"), number=str(ticket.id), text=text)
    return reply.then(closing(ticket)) if last else reply


def later(ticket: Ticket, opens_at: datetime | None, person: Participant) -> Reply:
    """Say that whoever helped has gone home and others go on."""
    reply = say(
        _("🌙 Jam kerja petugas yang menanganimu sudah selesai. Aduan <b>#{number}</b> tetap di antrean."),
        number=str(ticket.id),
    )
    if opens_at is None:
        return reply
    return reply.also(_("Petugas lanjut {when}."), when=_moment(opens_at, person))


def hours_in_words(hours: WorkingHours) -> str:
    """Write when people are at work, such as *Senin-Jumat 08.00-17.00 WIB*, in the language being spoken."""
    by_day = {day: _presence(hours.shifts.values(), day) for day in range(7)}
    runs: list[list[int]] = []
    for day in range(7):
        if not by_day[day]:
            continue
        if runs and runs[-1][-1] == day - 1 and by_day[day] == by_day[day - 1]:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(f"{_days(run)} {by_day[run[0]]} WIB" for run in runs)


def _presence(shifts: Iterable[Shift], day: int) -> str:
    mine = [shift for shift in shifts if day in shift.days]
    if not mine:
        return ""
    begins, ends = min(shift.begins for shift in mine), max(shift.ends for shift in mine)
    return f"{begins:%H.%M}-{ends:%H.%M}"


def _days(run: list[int]) -> str:
    names = [_("Senin"), _("Selasa"), _("Rabu"), _("Kamis"), _("Jumat"), _("Sabtu"), _("Minggu")]
    return names[run[0]] if len(run) == 1 else f"{names[run[0]]}-{names[run[-1]]}"


def _when(view: HelpdeskView, person: Participant, now: datetime) -> str:
    at_work = fill(_("Petugas aktif {hours}."), hours=view.hours)
    if not view.open_now:
        closed = _("Sekarang sedang tutup.")
        at_work = f"{at_work} {closed}"
    place = _("Sekarang antrean ke-{place}") if view.open_now else _("Kamu antrean ke-{place}")
    place = fill(place, place=view.place)
    if view.expected_at is None:
        return " ".join((at_work, fill(_("{place}; berapa lamanya belum bisa kupastikan."), place=place)))
    wait = view.expected_at - now
    if view.open_now and wait < timedelta(hours=8):
        return " ".join((at_work, fill(_("{place}, kira-kira {wait}."), place=place, wait=_rounded(wait))))
    when = _moment(_later(view.expected_at), person)
    return " ".join((at_work, fill(_("{place}, kira-kira dijawab {when}."), place=place, when=when)))


def _before_it_is_too_late(reply: Reply, view: HelpdeskView, now: datetime) -> Reply:
    """Where people answer only after the cutoff, say so, and what to do instead of waiting."""
    cutoff = view.ticket.cutoff if view.ticket else None
    if cutoff is None or cutoff <= now or (view.expected_at is not None and view.expected_at < cutoff):
        return reply
    late = _("<b>Itu sesudah batas belimu.</b>") if view.expected_at else _("<b>Bisa jadi sesudah batas belimu.</b>")
    reply = reply.also(
        "⏰ {late} {instead}",
        late=Html(late),
        instead=_("Jangan tunggu petugas: coba beli lagi sekarang, atau hubungi layanannya."),
    )
    return reply.row(button(_("🆘 Coba atasi sekarang"), "purchase_problem"), button(_("☎️ Prakerja"), "call_center"))


def _closed(view: HelpdeskView) -> str:
    if view.can_reopen:
        return _("Sudah ditutup. Belum beres? Balas saja di sini, langsung dibuka lagi.")
    return _("Sudah ditutup. Kalau ada masalah lain, aku teruskan ke petugas.")


def _rounded(wait: timedelta) -> timedelta:
    """Up to the next five minutes: an estimate is no promise of minutes."""
    minutes = -(-int(wait.total_seconds()) // 300) * 5
    return timedelta(minutes=max(minutes, 5))


def _later(at: datetime) -> datetime:
    """Up to the next ten minutes."""
    return at + (datetime.min.replace(tzinfo=at.tzinfo) - at) % timedelta(minutes=10)


def _moment(at: datetime, person: Participant) -> str:
    zone = person.local
    return moment(at, zone.tz, zone.value)
