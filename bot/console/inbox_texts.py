"""What files of the inbox say: a transcript to read, and a list for a spreadsheet. Names are masked in both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.console.inbox_rows import person_of
from bot.console.thread_card import why_passed_on
from bot.console.thread_entries import plain_words
from bot.console.words import matter_of, state_name
from locales import _
from programme.model.participants import Participant
from programme.model.phones import without_phones
from programme.model.spreadsheet_cells import MARK, lines_of, one_entry
from programme.model.tickets import Author, Entry, Ticket
from programme.model.zones import Zone
from programme.programme import Programme


def transcript(
    ticket: Ticket,
    person: Participant | None,
    entries: Sequence[Entry],
    names: Mapping[str, str],
    programme: Programme,
) -> str:
    """Write everything that was said on a complaint; what was cut out before it was kept is cut out here, too.

    Nobody's mobile number is whole in it, and nobody's words look like an entry of somebody else's.
    """
    head = [
        f"#{ticket.id} {matter_of(ticket, programme)}, {state_name(ticket.state)}",
        person_of(person),
        f"{_at(ticket.opened_at)} - {_at(ticket.closed_at)}".rstrip(" -"),
        why_passed_on(ticket),
        ticket.complaint,
    ]
    said = [f"{_at(one.at)} {_who(one, names)}: {_told(one)}" for one in entries]
    written = (one_entry(without_phones(one)) for one in (*filter(None, head), "", *said))
    return "\n".join((*written, ""))


def listed_as_csv(
    tickets: Sequence[Ticket],
    people: Mapping[int, Participant],
    names: Mapping[str, str],
    programme: Programme,
) -> str:
    """Write complaints as rows: how they stand, and none of anybody's words."""
    columns = (_("Nomor"), _("Perihal"), _("Peserta"), _("Keadaan"), _("Pemegang"), _("Tim"), _("Label"), _("Insiden"))
    moments = (_("Dibuka (WIB)"), _("Menunggu sejak"), _("Jawaban pertama"), _("Ditutup pada"), _("Batas beli"))
    rows = [
        (
            str(one.id),
            matter_of(one, programme),
            person_of(people.get(one.participant)),
            state_name(one.state),
            names.get(one.owner or "", ""),
            one.team or "",
            " ".join(one.labelled),
            str(one.incident or ""),
            *map(_at, (one.opened_at, one.waits_since, one.answered_at, one.closed_at, one.cutoff)),
            str(one.stars or ""),
        )
        for one in tickets
    ]
    return MARK + lines_of([(*columns, *moments, _("Bintang")), *rows])


def _at(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment.astimezone(Zone.WIB.tz):%Y-%m-%d %H:%M}"


def _who(entry: Entry, names: Mapping[str, str]) -> str:
    fixed = {Author.PERSON: _("Peserta"), Author.BOT: _("Sobat"), Author.DESK: "-"}
    name = fixed.get(entry.author) or names.get(entry.who or "", _("petugas"))
    note = _("Catatan")
    return f"[{note}] {name}" if entry.author is Author.NOTE else name


def _told(entry: Entry) -> str:
    file = _("berkas")
    return f"{plain_words(entry)} [{file}]" if entry.attachment is not None else plain_words(entry)
