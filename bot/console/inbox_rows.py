"""A row of the inbox: what the list shows of one complaint; and what it says where there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nicegui import ui

from bot.console.desk import Listed
from bot.console.parts import box, drawn, empty, words
from bot.console.shown import Shown
from bot.console.still import Still
from bot.console.words import lasting, matter_of, state_name, to_cutoff, urgency, wib
from bot.store.repositories.inbox_list import Pile, Wanted
from locales import _, plainly
from programme.model.participants import Participant
from programme.model.phones import without_phones
from programme.model.tickets import Ticket, TicketState
from programme.programme import Programme


@dataclass(frozen=True, slots=True)
class Standing:
    """How a row stands in the list: whether it is open, whether it is ticked (None without a box), and who is at it.

    One that `left` belongs to another pile by now.
    """

    current: bool
    ticked: bool | None
    here: str
    left: bool = False


@dataclass(slots=True, eq=False)
class TicketRows:
    """The rows of a list, each an element of its own: only one that shows something else than before is drawn anew."""

    holder: ui.element
    programme: Programme
    _rows: dict[int, Still] = field(default_factory=dict)
    _shown: Shown = field(default_factory=Shown)

    def begin(self, numbers: Sequence[int]) -> None:
        """Have a row for each of these complaints, empty as yet."""
        with self.holder:
            self._rows = {number: Still([]) for number in numbers}

    def keeps(self, numbers: Sequence[int]) -> bool:
        """Take away the rows that are not among these; tell whether those that stay are these, in their order."""
        left = [number for number in self._rows if number in set(numbers)]
        if left != list(numbers):
            return False
        for number in self._rows.keys() - set(left):
            self._rows.pop(number).delete()
        return True

    def show(self, one: Ticket, read: Listed, standing: Standing) -> None:
        """Draw what the list shows of a complaint by now."""
        if self._shown.differs(str(one.id), (read.marks[one.id], one.id in read.drafts, standing)):
            with self._rows[one.id].anew():
                draw_row(one, read, self.programme, standing)


def draw_row(one: Ticket, read: Listed, programme: Programme, standing: Standing) -> None:
    """Draw what the list shows of a complaint, within a still part: the list hears of presses on all its rows."""
    with box("", "li"):
        if standing.ticked is not None:
            _draw_tick(one, ticked=standing.ticked)
        row = box(
            "row left" if standing.left else "row",
            "button",
            type="button",
            aria_label=_row_name(one, read, programme),
            data_ticket=str(one.id),
        )
        if standing.current:
            row.props["aria-current"] = "true"
        with row:
            _draw_told(one, read, programme)
            if standing.here:
                words(standing.here, "here")


def _draw_tick(one: Ticket, *, ticked: bool) -> None:
    label = plainly(_("Pilih aduan #{number}"), number=str(one.id))
    tick = box("tick-box", "input", type="checkbox", aria_label=label, data_tick=str(one.id))
    if ticked:
        tick.props["checked"] = True


def _draw_told(one: Ticket, read: Listed, programme: Programme) -> None:
    with box("row-head"):
        words(f"#{one.id}", "ticket-number")
        words(matter_of(one, programme), "name")
        if one.cutoff is not None and one.is_open:
            words(to_cutoff(one.cutoff, read.now), f"pill {urgency(one.cutoff, read.now)}")
    said = read.said.get(one.id)
    words(without_phones((said.text if said else "") or one.complaint), "said")
    with box("row-foot"):
        words(person_of(read.people.get(one.participant)))
        if one.state is not TicketState.WAITING or one.waits_since is None:
            words(_holder(one, read.names))
        if one.waits_since is not None and one.is_open:
            words(plainly(_("menunggu {time}"), time=lasting(read.now - one.waits_since)))
        if one.is_put_off(read.now) and one.put_off_to is not None:
            words(plainly(_("ditunda sampai {at}"), at=wib(one.put_off_to)))
        for label in one.labelled:
            words(label, "chip")
        if one.id in read.drafts:
            with box("draft-mark"):
                drawn("note")
                words(_("draf"))


def person_of(person: Participant | None) -> str:
    """Name a person as staff may see them: the first letter, and the wave."""
    if person is None:
        return _("peserta")
    name = f"{person.name[0]}•••" if person.name else _("peserta")
    return plainly(_("{name}, gel. {wave}"), name=name, wave=person.wave) if person.wave else name


def _row_name(one: Ticket, read: Listed, programme: Programme) -> str:
    """Name a row for who can't see it."""
    told = (f"#{one.id}", matter_of(one, programme), to_cutoff(one.cutoff, read.now), state_name(one.state))
    return ", ".join(filter(None, told))


def draw_none(wanted: Wanted, *, more: bool) -> None:
    """Say that there is nothing here, and what would be; with `more`, that not all has been looked through yet."""
    if more:
        empty(_("Belum ketemu"), _("Kata ini ada di mana-mana. Cari lebih jauh, atau tambah kata yang lebih khas."))
        return
    if wanted.narrows:
        empty(_("Tidak ada yang cocok"), _("Ubah kata atau perihalnya, atau lihat tumpukan lain."))
        return
    told = {
        Pile.WAITING: (
            _("Antrean kosong"),
            _("Aduan baru muncul di sini sendiri, batas terdekat paling atas."),
        ),
        Pile.MINE: (_("Kamu tidak memegang aduan"), _("Buka satu dari antrean, lalu tekan Ambil atau langsung jawab.")),
        Pile.OPEN: (_("Tidak ada aduan terbuka"), _("Semua sudah beres.")),
        Pile.PUT_OFF: (
            _("Tidak ada yang ditunda"),
            _("Yang ditunda menunggu di sini, dan kembali sendiri ke antrean."),
        ),
        Pile.CLOSED: (_("Belum ada yang ditutup"), _("Aduan yang selesai tersimpan di sini dengan riwayatnya.")),
    }
    empty(*told[wanted.pile])


def _holder(one: Ticket, names: Mapping[str, str]) -> str:
    state = state_name(one.state)
    return names.get(one.owner or "", state) if one.state is TicketState.HELD else state
