"""The card of a complaint: whose it is, what the bot understood, why it passed it on, what was sent before."""

from __future__ import annotations

from bot.channels.plain import plain
from bot.console.desk import Thread
from bot.console.parts import box, words
from bot.console.words import matter_of, wib
from handlers.helpdesk.outside import name_of
from handlers.phrases.milestone_titles import titles
from locales import _, moment, plainly
from programme.model.messages import Kind
from programme.model.participants import Participant
from programme.model.tickets import Handover, Ticket
from programme.model.zones import Zone
from programme.programme import Programme
from reminders.policy import Policy
from reminders.wording.titles import title_of


def draw_card(read: Thread, programme: Programme, policy: Policy) -> None:
    """Draw the card, which opens by a press."""
    with box("card-details", "details"):
        with box("", "summary"):
            words(_("Kartu peserta, dan kenapa ke petugas"))
        with box("facts", "dl"):
            _draw_person(read.person)
            _draw_ticket(read.ticket, programme)
        _draw_sent(read, policy)


def why_passed_on(ticket: Ticket) -> str:
    """Say why the bot passed it on; empty where that was not kept."""
    if ticket.why is None:
        return ""
    return {
        Handover.ASKED: _("Peserta minta bicara dengan petugas."),
        Handover.MISSED: _("Sobat tidak memahami maksud peserta."),
        Handover.UNHELPED: _("Panduan dari Sobat sudah dicoba, dan belum beres."),
    }[ticket.why]


def _draw_person(person: Participant | None) -> None:
    if person is None:
        return
    name = f"{person.name[0]}•••" if person.name else _("tanpa nama")
    sure = _("data resmi") if person.official else _("kata sendiri")
    wave = plainly(_("gelombang {wave} ({sure})"), wave=person.wave, sure=sure) if person.wave else ""
    _fact(_("Peserta"), ", ".join(filter(None, (name, wave))))
    reached = sorted(person.progress, key=lambda one: one.position)
    _fact(_("Langkah"), ", ".join(titles()[one] for one in reached) or _("belum ada yang tercatat"))


def _draw_ticket(ticket: Ticket, programme: Programme) -> None:
    if ticket.cutoff is not None:
        _fact(_("Batas beli"), moment(ticket.cutoff, Zone.WIB.tz, "WIB"))
    _fact(_("Yang dipahami Sobat"), matter_of(ticket, programme))
    _fact(_("Kenapa ke petugas"), why_passed_on(ticket))
    _fact(_("Keluhannya"), ticket.complaint)
    _fact(_("Sudah dikatakan bot"), ticket.heard)
    _fact(_("Diteruskan ke"), name_of(programme, ticket.outside) or ticket.outside or "")
    stars = f"{ticket.stars}/5 {ticket.word or ''}".strip() if ticket.stars else ""
    _fact(_("Penilaian peserta"), stars)


def _draw_sent(read: Thread, policy: Policy) -> None:
    if not read.sent:
        return
    words(_("Yang dikirim Sobat terakhir"), "heading", "h3")
    with box("sent", "ol"):
        for one in read.sent:
            what = title_of(one.source, policy) if one.kind is Kind.REMINDER else _kind(one.kind)
            told = "" if one.message is None else plain(one.message.text)[:90]
            words(f"{wib(one.closed_at or one.due_at)}: {what}. {told}".strip(), tag="li")


def _fact(name: str, told: str) -> None:
    if told:
        words(name, tag="dt")
        words(told, tag="dd")


def _kind(kind: Kind) -> str:
    return {Kind.REPLY: _("Jawaban"), Kind.STAFF: _("Petugas"), Kind.BROADCAST: _("Siaran")}.get(kind, _("Pengingat"))
