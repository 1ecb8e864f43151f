"""What comes of each act, decided on the ticket as it is: no channel, no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from handlers.helpdesk.acts import decide
from handlers.helpdesk.orders import Order, TicketAct, read_order
from handlers.helpdesk.outside import place_named, places
from handlers.helpdesk.situation import Running, Situation
from handlers.helpdesk.words import hours_in_words, later, standing
from programme.helpdesk import CannedReply, load_helpdesk
from programme.model.participants import Participant
from programme.model.staff import Role, StaffMember
from programme.model.tickets import HelpdeskView, Ticket, TicketState
from programme.programme import load_programme

NOW = datetime(2021, 10, 18, 3, 0, tzinfo=UTC)
BUDI = StaffMember(channel="telegram", address="1", role=Role.AGENT, name="Budi")
SARI = StaffMember(channel="telegram", address="2", role=Role.SUPERVISOR, name="Sari")
OPEN = Ticket(id=7, participant=1, about="buying", concerned="tokopedia", opened_at=NOW, queued_at=NOW, waits_since=NOW)
MINE = replace(OPEN, state=TicketState.HELD, owner=BUDI.who)
THEIRS = replace(OPEN, state=TicketState.HELD, owner=SARI.who)
CLOSED = replace(OPEN, state=TicketState.CLOSED, closed_at=NOW)


def at(ticket: Ticket, member: StaffMember = BUDI, **more: object) -> Situation:
    more = {"canned": {"halo": CannedReply(name="halo", intent="greeting", text="Halo!")}, **more}
    return Situation(
        ticket=ticket,
        member=member,
        now=NOW,
        colleagues={BUDI.who: "Budi", SARI.who: "Sari", "r": "Rina", "d1": "Dewi A", "d2": "Dewi B"},
        away=frozenset({"r"}),
        incidents={3: Running(3, "3: Pembelian pelatihan Tokopedia", "Sedang dicek")},
        teams=frozenset({"insentif"}),
        places=places(load_programme(), ticket.concerned),
        elsewhere=partial(place_named, load_programme()),
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("said", "ticket", "why"),
    [
        ("halo", THEIRS, "dipegang Sari"),
        ("halo", CLOSED, "sudah ditutup"),
        ("", MINE, "tidak bisa diteruskan"),
        ("/ambil", MINE, "Sudah kamu pegang"),
        ("/ambil", THEIRS, "Sudah dipegang Sari"),
        ("/ambil", CLOSED, "Sudah ditutup"),
        ("/serahkan Tono", MINE, "Tidak ada petugas bernama Tono"),
        ("/serahkan tim:gudang", MINE, "Tidak ada tim gudang"),
        ("/serahkan Sari", THEIRS, "dipegang Sari"),
        ("/bot", THEIRS, "dipegang Sari"),
        ("/luar formulir", THEIRS, "dipegang Sari"),
        ("/balas halo", THEIRS, "dipegang Sari"),
        ("/minta", THEIRS, "dipegang Sari"),
        ("/tutup", THEIRS, "dipegang Sari"),
        ("/tutup", CLOSED, "Sudah ditutup"),
        ("/buka", MINE, "Masih terbuka"),
        ("/insiden dua", MINE, "Insiden dua tidak berjalan"),
        ("/insiden 4", MINE, "Insiden 4 tidak berjalan"),
        ("/insiden", MINE, "Ikat ke insiden yang mana"),
        ("/serahkan Rina", MINE, "Rina sedang tidak berjaga"),
        ("/serahkan Dewi", MINE, "beberapa petugas bernama Dewi"),
        ("/bot", CLOSED, "Sudah ditutup"),
        ("/luar entahlah", MINE, "entahlah tidak dikenal"),
        ("/entahlah", MINE, "Perintah di topik aduan"),
        ("/catat", MINE, "Balas pesan ini"),
        ("/serahkan", MINE, "Serahkan ke siapa"),
        ("/balas", MINE, "Balasan siap yang mana"),
        ("/luar", MINE, "Eskalasi ke mana"),
    ],
)
def test_what_can_not_be_done_changes_nothing_and_says_why(said: str, ticket: Ticket, why: str) -> None:
    decided = decide(read_order(said), at(ticket))
    assert why in decided.told
    assert (decided.ticket, decided.replies, decided.done) == (ticket, (), False)


@pytest.mark.parametrize(
    ("said", "ticket", "state", "owner"),
    [
        ("halo", OPEN, TicketState.HELD, BUDI.who),
        ("halo", replace(OPEN, state=TicketState.WITH_BOT), TicketState.HELD, BUDI.who),
        ("/serahkan Sari cek ya", MINE, TicketState.HELD, SARI.who),
        ("/serahkan @sari", MINE, TicketState.HELD, SARI.who),
        ("/serahkan tim:insentif", MINE, TicketState.WAITING, None),
        ("/bot", MINE, TicketState.WITH_BOT, None),
        ("/luar tokopedia", MINE, TicketState.HELD, BUDI.who),
        ("/luar OVO", MINE, TicketState.HELD, BUDI.who),
        ("/tutup", MINE, TicketState.CLOSED, BUDI.who),
        ("/tutup sampai jumpa", OPEN, TicketState.CLOSED, BUDI.who),
        ("/buka", CLOSED, TicketState.HELD, BUDI.who),
        ("/bisukan", MINE, TicketState.CLOSED, BUDI.who),
        ("/insiden 3", MINE, TicketState.HELD, BUDI.who),
        ("/suarakan", CLOSED, TicketState.CLOSED, None),
        ("/kartu", MINE, TicketState.HELD, BUDI.who),
    ],
)
def test_where_the_ticket_stands_afterwards(said: str, ticket: Ticket, state: TicketState, owner: str | None) -> None:
    decided = decide(read_order(said), at(ticket))
    assert decided.done
    assert (decided.ticket.state, decided.ticket.owner) == (state, owner)


def test_a_supervisor_decides_over_others_tickets() -> None:
    held_by_budi = at(MINE, SARI)
    assert decide(Order(TicketAct.TAKE), held_by_budi).ticket.owner == SARI.who
    assert decide(Order(TicketAct.CLOSE), held_by_budi).ticket.state is TicketState.CLOSED


def test_whoever_is_tied_to_an_incident_late_hears_its_news() -> None:
    decided = decide(read_order("/insiden 3"), at(MINE))
    assert decided.ticket.incident == 3
    assert "Sedang dicek" in decided.replies[0].text
    again = decide(read_order("/insiden 3"), at(decided.ticket))
    assert again.replies == ()


def test_a_farewell_comes_from_the_agent() -> None:
    farewell, stars = decide(read_order("/tutup sampai jumpa"), at(MINE)).replies
    assert farewell.text == "💬 <b>Budi, petugas</b>\nsampai jumpa"
    assert "bintang" in stars.text


def test_replies_that_fit_the_matter_are_offered_first() -> None:
    fitting = CannedReply(name="z", intent="purchase_problem", text="Cek pesanan")
    usual = CannedReply(name="a", intent="deadline", text="Batas beli")
    decided = decide(read_order("/balas"), at(MINE, canned={"a": usual, "z": fitting}))
    assert [key.label for row in decided.keys for key in row] == ["z", "a"]
    assert "Cek pesanan" in decided.told, "what will be sent can be read first"


def test_the_summary_can_be_copied_by_a_tap() -> None:
    told = decide(read_order("/luar OVO"), at(replace(MINE, summary="Peserta"))).told
    assert "OVO" in told
    assert "<pre>Peserta</pre>" in told


def test_what_was_not_shown_yet_keeps_it_open() -> None:
    assert "baru saja menulis lagi" in decide(Order(TicketAct.CLOSE), at(MINE, unseen=True)).told


def test_the_first_answer_ends_the_waiting_and_is_escaped() -> None:
    decided = decide(read_order("coba <b> & lihat"), at(MINE, quote="apa?"))
    assert decided.ticket.answered_at == NOW
    assert decided.ticket.waits_since is None
    assert decided.replies[0].text == "💬 <b>Budi, petugas</b>\n<i>» apa?</i>\ncoba &lt;b&gt; &amp; lihat"


def test_working_hours_in_words() -> None:
    assert hours_in_words(load_helpdesk().hours) == "Senin-Jumat 08.00-17.00 WIB"


@pytest.mark.parametrize(
    ("ticket", "words"),
    [
        (None, "belum punya aduan"),
        (OPEN, "antrean ke-1; berapa lamanya belum bisa kupastikan"),
        (MINE, "Petugas sedang menanganinya"),
        (replace(OPEN, state=TicketState.WITH_BOT), "menyerahkan kelanjutannya kepadaku"),
        (CLOSED, "Sudah ditutup"),
    ],
)
def test_how_far_a_complaint_is(ticket: Ticket | None, words: str) -> None:
    for can_reopen in (True, False):
        view = HelpdeskView(hours="Senin-Jumat", open_now=True, ticket=ticket, can_reopen=can_reopen)
        assert words in standing(view, Participant(id=1), NOW).messages[0].text


def test_an_estimate_is_rounded_up_and_names_the_day_where_it_is_far() -> None:
    view = HelpdeskView(
        hours="Senin-Jumat", open_now=True, ticket=OPEN, place=12, expected_at=NOW + timedelta(minutes=38)
    )
    assert "antrean ke-12, kira-kira 40 menit" in standing(view, Participant(id=1), NOW).messages[0].text
    far = replace(view, expected_at=NOW + timedelta(days=1, minutes=3))
    assert (
        "kira-kira dijawab Selasa, 19 Oktober 2021 pukul 10.10 WIB"
        in standing(far, Participant(id=1), NOW).messages[0].text
    )
    assert "Petugas lanjut" not in later(OPEN, None, Participant(id=1)).messages[0].text
