"""Who hears what somebody with a ticket says."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from handlers.helpdesk.hearing import asks_for_ticket, hearing
from handlers.understanding import understand
from programme.model.messages import Incoming, Sort
from programme.model.tickets import HelpdeskView, Ticket, TicketState

NOW = datetime(2021, 10, 18, 2, 0, tzinfo=UTC)


def heard(text: str, state: TicketState, *, in_dialogue: bool = False, **more: object) -> str:
    ticket = Ticket(id=1, participant=1, about="buying", opened_at=NOW, queued_at=NOW, state=state)
    view = HelpdeskView(hours="", open_now=True, ticket=ticket, can_reopen=state is TicketState.CLOSED)
    incoming = Incoming(channel="test", address="1", id="1", at=NOW, text=text, **more)  # type: ignore[arg-type]
    understood = understand(text, today=date(2021, 10, 18))
    found = hearing(incoming, view, in_dialogue=in_dialogue, understood=understood)
    return "+".join(name for name in ("bot", "desk", "reopens") if getattr(found, name))


@pytest.mark.parametrize("text", ["menu", "/menu", "/status", "cek aduan", "gimana laporan saya min?", "Menu."])
def test_menu_commands_and_the_standing_go_to_the_bot_even_while_a_person_answers(text: str) -> None:
    assert heard(text, TicketState.HELD) == "bot"


def test_everything_else_goes_to_the_person_who_answers() -> None:
    assert heard("kapan batas belinya?", TicketState.HELD) == "desk"
    assert heard("batal", TicketState.HELD) == "desk"
    assert heard("", TicketState.HELD, sort=Sort.PHOTO) == "desk"
    assert heard("21", TicketState.HELD, in_dialogue=True) == "bot+desk", "it answers what the bot asked after a press"


def test_who_waits_is_heard_by_both() -> None:
    assert heard("kapan batas belinya?", TicketState.WAITING) == "bot+desk"
    assert heard("", TicketState.WAITING, sort=Sort.PHOTO) == "desk"
    assert heard("halo", TicketState.WITH_BOT) == "bot"


def test_an_answer_after_closing_reopens_but_thanks_and_plain_questions_do_not() -> None:
    assert heard("masih gagal nih kak", TicketState.CLOSED) == "desk+reopens"
    assert heard("", TicketState.CLOSED, sort=Sort.PHOTO) == "desk+reopens"
    assert heard("makasih ya min", TicketState.CLOSED) == "bot"
    assert heard("kapan batas beli gelombang 21?", TicketState.CLOSED) == "bot"
    assert heard("makasih, tapi belum bisa", TicketState.CLOSED, answers="77") == "desk+reopens"


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("cek aduan", True),
        ("status tiket saya", True),
        ("aduanku", True),
        ("mau bikin aduan", False),
        ("saya mau komplain", False),
        ("cek batas beli", False),
    ],
)
def test_asking_how_far_the_complaint_is(text: str, asks: bool) -> None:
    assert asks_for_ticket(text) is asks
