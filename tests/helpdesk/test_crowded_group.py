"""A group takes 20 acts a minute: few are spent on a complaint, the wait that is told knows of it, groups share it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from complaining import complains
from staffed import Desk
from test_queue import open_ticket

from bot.app.health import complaints
from bot.helpdesk.desk_view import DeskViews
from bot.rate_limit.group_policy import GroupRateLimiter
from programme.helpdesk import load_helpdesk
from programme.model.tickets import HelpdeskView, Ticket
from tests.databases import at

ACTS = frozenset({"createforumtopic", "sendmessage", "editmessagetext", "closeforumtopic", "sendphoto"})


def acts(desk: Desk) -> list[str]:
    """What the bot did in the group."""
    group = str(desk.forum.chat.id)
    return [name for name, given in desk.api.calls if name in ACTS and str(given.get("chat_id")) == group]


async def expected(desk: Desk, ticket: Ticket) -> timedelta:
    async with desk.app.store.reading() as tx:
        empty = HelpdeskView(hours="", open_now=True)
        view = await DeskViews(load_helpdesk()).waiting(tx, empty, ticket)
    assert view.expected_at is not None
    return view.expected_at - desk.clock.now()


async def test_a_new_complaint_takes_a_topic_and_one_message_with_who_got_it(desk: Desk) -> None:
    assert desk.app.helpdesk is not None
    desk.app.helpdesk.topic_sync.assign = desk.app.helpdesk.rounds.give_out
    await complains(desk)
    topic = await desk.forum.opens("#1")
    await desk.tick()
    await desk.tick()
    assert acts(desk) == ["createforumtopic", "sendmessage"]
    card = desk.forum.seen(topic)[0].shown.text
    assert "Aduan #1" in card
    assert "Giliran" in card
    assert "💬 dipegang" in card


async def test_the_wait_that_is_told_knows_how_fast_the_group_can_be_shown(desk: Desk) -> None:
    assert desk.app.helpdesk is not None
    desk.app.helpdesk.topic_sync.limiters = {str(desk.forum.chat.id): GroupRateLimiter(per_minute=1, minute=10_000)}
    first, *_others, last = [await open_ticket(desk, 400 + place, None) for place in range(120)]
    waits = await expected(desk, last)
    assert waits >= timedelta(minutes=12), "240 acts, 20 a minute"
    async with desk.app.store.writing() as tx:
        for number in range(first.id, last.id + 1):
            await tx.views.shown(number, topic="7", view_at=None)
    assert await expected(desk, first) < waits


async def test_new_tickets_go_where_the_fewest_acts_wait_and_stay_there(desk: Desk) -> None:
    tickets = [await open_ticket(desk, 500 + place, None) for place in range(6)]
    async with desk.app.store.writing() as tx:
        here = str(desk.forum.chat.id)
        assert await tx.views.quietest((here, "-100701")) == "-100701"
        for ticket in tickets:
            await tx.views.shown(ticket.id, topic=str(ticket.id), view_at=None)
        for number in range(4):
            ticket = await open_in(desk, tx, 600 + number)
            await tx.views.place(ticket.id, await tx.views.quietest((here, "-100701")))
        rooms = [room for room, _topic in (await tx.views.topics_of(range(7, 11))).values()]
        assert sorted(rooms) == ["-100700", "-100700", "-100701", "-100701"], "a burst is shared, whoever is fuller"
        await tx.views.place(tickets[0].id, "-100701")
        assert (await tx.views.topics_of([tickets[0].id]))[tickets[0].id][0] == here


async def open_in(desk: Desk, tx: object, person: int) -> Ticket:
    now = desk.clock.now()
    participant = await at(tx, now).people.at("telegram", str(person), language="id")  # type: ignore[attr-defined]
    fresh = Ticket(id=0, participant=participant.id, about="buying", opened_at=now, queued_at=now, waits_since=now)
    opened: Ticket = await tx.tickets.open(fresh)  # type: ignore[attr-defined]
    return opened


async def test_an_operator_is_told_of_a_group_that_falls_behind(desk: Desk) -> None:
    assert desk.app.helpdesk is not None
    desk.app.helpdesk.topic_sync.limiters = {str(desk.forum.chat.id): GroupRateLimiter(per_minute=1, minute=10_000)}
    for place in range(5):
        await open_ticket(desk, 700 + place, None)
    async with desk.app.store.reading() as tx:
        assert complaints(await at(tx, desk.clock.now() + timedelta(seconds=30)).queue_stats()) == []
        [told] = complaints(await at(tx, desk.clock.now() + timedelta(minutes=4)).queue_stats())
    assert "tickets are not shown in the staff group -100700, the first since 4 min" in told
    assert "A second group in TELEGRAM_STAFF_GROUP shares them" in told


async def test_cards_leave_half_of_the_turns_and_more_where_people_say_much() -> None:
    loop = asyncio.get_running_loop()
    quiet, busy = GroupRateLimiter(20, minute=60.0), GroupRateLimiter(20, minute=60.0)
    given = 0
    while quiet.spare() and given < 20:
        await quiet.turn(spare=True)
        given += 1
    assert given <= 3, "not all at once"
    for _word in range(7):
        await busy.turn()
    assert not busy.spare(), "seven words lately: the others of the minute are theirs, too"
    start = loop.time()
    for _word in range(20 - given):
        await quiet.turn()
    assert loop.time() - start < 1, "words find their turns at once"
