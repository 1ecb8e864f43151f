"""The night of a cutoff: nobody is at work, and somebody may help all the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from complaining import complains
from staffed import Desk
from test_queue import all_tickets, open_ticket

from handlers.helpdesk.alarms import warnings_due
from programme.helpdesk import Assignment, load_helpdesk
from programme.model.tickets import Ticket, TicketState

RULES = load_helpdesk()


def wib(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


CUTOFF = wib("2021-10-21T23:59:59")


@pytest.mark.parametrize(
    ("now", "warned", "too_late"),
    [
        ("2021-10-21T23:00:00", True, True),
        ("2021-10-21T16:58:00", True, True),
        ("2021-10-21T14:00:00", False, False),
        ("2021-10-18T20:00:00", False, False),
        ("2021-10-22T00:10:00", False, False),
    ],
)
def test_a_cutoff_before_the_next_working_hour_is_warned_of_at_once(now: str, warned: bool, too_late: bool) -> None:
    at = wib(now)
    ticket = Ticket(id=1, participant=1, about="buying", opened_at=at, queued_at=at, waits_since=at, cutoff=CUTOFF)
    found = [one for one in warnings_due(ticket, RULES, at) if one.target == "answer"]
    assert bool(found) == warned
    assert any(one.too_late for one in found) == too_late


async def test_the_supervisor_is_told_at_23_wib_and_keeps_what_she_takes(desk: Desk) -> None:
    desk.clock.set(wib("2021-10-21T23:00:00"))
    ani = await complains(desk)
    opened = await ani.hears("tercatat dengan nomor")
    assert "sesudah batas belimu" in opened.text
    await desk.tick()
    await desk.forum.shows("sisa 60 menit ke batas beli, dan tidak ada jam kerja lagi sebelum itu")
    topic = await desk.forum.opens("#1")
    await desk.sari.writes("/ambil", topic)
    await desk.forum.shows("Diambil Sari", topic)
    await desk.later(minutes=20)
    assert (await all_tickets(desk))[1].owner == "telegram:502", "who takes it after hours means to"
    await desk.later(minutes=30)
    assert (await all_tickets(desk))[1].state is TicketState.WAITING, "nobody waits on somebody who went to bed"


async def test_what_is_assigned_by_hand_waits_until_somebody_takes_it(desk: Desk) -> None:
    assert desk.app.helpdesk is not None
    by_hand = replace(RULES, assignment=Assignment.BY_HAND)
    desk.app.helpdesk.rounds.rules = by_hand
    ticket = await open_ticket(desk, 310, timedelta(hours=5))
    await desk.tick()
    assert (await all_tickets(desk))[ticket.id].owner is None
    topic = await desk.forum.opens("#1")
    await desk.budi.presses("✋ Ambil", topic)
    await desk.forum.shows("Diambil Budi", topic)
    await desk.tick()
    assert (await all_tickets(desk))[ticket.id].owner == "telegram:501"


def test_a_ticket_that_was_opened_again_has_its_targets_anew() -> None:
    opened, again = wib("2021-10-11T09:00:00"), wib("2021-10-18T09:00:00")
    ticket = Ticket(
        id=1, participant=1, about="buying", opened_at=opened, queued_at=again, answered_at=opened, waits_since=again,
        reopened=1,
    )  # fmt: skip
    assert warnings_due(ticket, RULES, wib("2021-10-18T10:00:00")) == []
    [warned] = warnings_due(ticket, RULES, wib("2021-10-18T10:45:00"))
    assert (warned.target, warned.left) == ("answer", timedelta(minutes=15))
