"""Topic sync: keeps the staff's topics in line with the tickets; the database is the truth, a topic is a view of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from bot.channels.channel import Ambiguous, Misconfigured, Refused, SendFailure, Throttled, Transient
from bot.channels.groups import Fetch, Groups, MessageLost, Rows, TopicLost
from bot.helpdesk.card_digest import digest_of
from bot.helpdesk.entries import Entries, post_anyhow
from bot.helpdesk.keys import keys_from
from bot.helpdesk.showing import with_card
from bot.rate_limit.group_policy import GroupRateLimiter
from bot.rate_limit.group_row import SharedWindow
from bot.store import Store
from bot.store.repositories.ticket_entries import FACE, NEWS
from bot.store.repositories.ticket_views import View
from bot.store.throttled_log import ThrottledLog
from bot.store.unavailable import is_away, sort_of
from handlers.helpdesk.card import card, topic_name
from handlers.helpdesk.outside import name_of
from locales import speaking
from programme.model.spheres import Sphere
from programme.model.tickets import TicketState
from programme.programme import Programme

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
AGAIN = timedelta(seconds=5)
LONGEST = timedelta(minutes=5)
"""After a failure a view is tried again so much later, doubling up to the longest."""

AFTER_AN_ERROR = timedelta(minutes=1)
_BETWEEN_NOTICES = 10  # views that may be shown before notices
_NOTICES = 5  # at a time

Assign = Callable[[], Awaitable[int]]


async def _nobody() -> int:
    return 0


@dataclass(slots=True)
class TopicSync:
    """Shows tickets in the rooms, the most urgent first, at the pace that each room allows.

    `assign` gives new tickets to agents, which is better done before they are shown for the first time. `fetchers`
    get the content of what the channel of each name keeps, where the group's own channel doesn't have it.
    """

    store: Store
    programme: Programme
    groups: Groups
    rooms: tuple[str, ...]
    limiters: Mapping[str, GroupRateLimiter] = field(default_factory=dict)
    assign: Assign = _nobody
    fetchers: dict[str, Fetch] = field(default_factory=dict)
    _entries: Entries = field(init=False)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _lanes: dict[str, asyncio.Lock] = field(default_factory=dict)
    _running: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _trouble: ThrottledLog = field(default_factory=lambda: ThrottledLog(log, "looks at the staff's topics"))

    def __post_init__(self) -> None:
        self.limiters = {room: self.limiters.get(room) or self._limiter(room) for room in self.rooms}
        self._lanes = {room: asyncio.Lock() for room in self.rooms}
        self._entries = Entries(self.store, self.groups, self.fetchers)

    def _limiter(self, room: str) -> GroupRateLimiter:
        return GroupRateLimiter(shared=SharedWindow(self.store, room))

    def wake(self) -> None:
        """There may be something to show."""
        self._news.set()

    async def run(self, stop: asyncio.Event, every: float = 2.0) -> None:
        """Show what there is until `stop` is set; look again every `every` seconds, and when woken.

        Each room goes at its own pace: a full one holds up no other.
        """
        async with asyncio.TaskGroup() as tasks:
            while not stop.is_set():
                self._news.clear()
                for room in await self._rooms_to_show():
                    if room not in self._running:
                        self._running[room] = tasks.create_task(self._lane(room))
                with suppress(TimeoutError):
                    async with asyncio.timeout(every):
                        await self._news.wait()
            for lane in self._running.values():
                lane.cancel()

    async def refresh(self) -> int:
        """Bring every room up to date; return how many views were shown."""
        async with asyncio.TaskGroup() as tasks:
            shown = [tasks.create_task(self._refresh_room(room)) for room in await self._rooms_to_show()]
        return sum(task.result() for task in shown)

    async def _lane(self, room: str) -> None:
        try:
            await self._refresh_room(room)
        except Exception as error:
            self._trouble.tell(error, "the staff's topics in %s could not be brought up to date", room)
            await asyncio.sleep(AGAIN.total_seconds())
        finally:
            del self._running[room]
            self.wake()  # for what came after the last look

    async def _rooms_to_show(self) -> list[str]:
        """Return the rooms with news, but for those whose cards have to wait for turns that nobody needs."""
        try:
            async with self.store.reading() as tx:
                news = await tx.views.rooms_with_news()
        except Exception as error:
            self._trouble.tell(error, "it can't be told which of the staff's topics are out of date")
            return []
        return [room for room in self.rooms if room in news and (news[room] < FACE or self.limiters[room].spare())]

    async def _refresh_room(self, room: str) -> int:
        shown = 0
        async with self._lanes[room]:
            while True:
                if shown % _BETWEEN_NOTICES == 0:
                    await self._tell(room)
                await self.limiters[room].opening()
                rank = FACE if self.limiters[room].spare() else NEWS
                async with self.store.writing() as tx:
                    view = await tx.views.claim(room, LEASE, rank=rank)
                if view is None:
                    if await self._drop_one(room):
                        continue
                    return shown
                settled = await self._try(view)
                shown += 1
                if settled and not view.more:
                    return shown

    async def _try(self, view: View) -> bool:
        """Show a view; whatever goes wrong is named, and the view tried again. Tell whether nothing did."""
        again, rank, done = None, None, False
        try:
            if await self._show(view):
                again, rank = timedelta(), FACE
            done = again is None
        except TopicLost as error:
            log.warning("the topic of ticket %s was lost and is built anew", view.ticket.id)
            async with self.store.writing() as tx:
                await tx.views.lost(view.ticket.id)
            again = await self._failed(view, error)
        except MessageLost as error:
            async with self.store.writing() as tx:
                await tx.views.shown(view.ticket.id, card=None, card_digest=None)
            again = await self._failed(view, error)
        except Throttled as throttled:
            await self.limiters[view.room].hold(throttled.retry_after)
            again = timedelta()
        except Misconfigured as error:
            log.error("the bot can't write into the staff group %s: %s", view.room, error)  # noqa: TRY400 - the words say it all
            again = AFTER_AN_ERROR
        except (Transient, Ambiguous) as error:
            log.warning("ticket %s could not be shown: %s", view.ticket.id, error)
            again = AGAIN
        except Exception as error:
            if is_away(error):
                raise
            self._trouble.tell(error, "ticket %s can't be shown", view.ticket.id)
            again = await self._failed(view, error)
        async with self.store.writing() as tx:
            await tx.views.settle(view, again_at=None if again is None else tx.now + again, rank=rank)
            if done:
                await tx.dead_letters.worked(Sphere.VIEW, view.ticket.id)
        return again is None

    async def _failed(self, view: View, error: Exception) -> timedelta | None:
        """Count a failure of this ticket alone; return when to try again: not before there is news, in the end."""
        async with self.store.writing() as tx:
            tries, dead = await tx.dead_letters.failed(Sphere.VIEW, view.ticket.id, sort_of(error))
        if isinstance(error, TopicLost | MessageLost) and not dead:
            return timedelta()  # what was lost is built anew at once
        return None if dead else min(AGAIN * 2 ** (tries - 1), LONGEST)

    async def _show(self, view: View) -> bool:
        """Bring one topic up to date; tell whether its card has to wait, being less urgent than others' words."""
        if view.topic is None and view.ticket.state is TicketState.WAITING and await self.assign():
            async with self.store.reading() as tx:
                view = await tx.views.anew(view)
        async with self.store.reading() as tx:
            now, person = tx.now, await tx.people.get(view.ticket.participant)
            names = await tx.agents.names({view.ticket.owner, *(entry.who for entry, _keys in view.news)})
        ticket, concerned = view.ticket, name_of(self.programme, view.ticket.concerned)
        holder = names.get(ticket.owner or "", "")
        with speaking("id"):
            shown, first = (card(ticket, person, concerned, holder, at) for at in (now, ticket.opened_at))
            name = topic_name(ticket, concerned)
        topic = view.topic or await self._create(view, name)
        digest = digest_of(ticket, first, now)
        fresh = view.card is None
        if fresh:
            text, told = with_card(shown.text, view.news)
            await self._turn(view)
            posted = await post_anyhow(self.groups, view.room, topic, text, shown.keys)
            async with self.store.writing() as tx:
                await tx.views.shown(view.ticket.id, card=posted or "", card_digest=digest)
                for entry in told:
                    await tx.views.entry_shown(view.ticket.id, entry.id, posted)
            view = view.without(told)
        await self._entries.show(view, topic, names, lambda: self._turn(view))
        if not fresh and digest != view.card_digest:
            if view.rank < FACE and not self.limiters[view.room].spare():
                return True
            await self.limiters[view.room].turn(spare=True)
            await self._edit(view, shown.text, shown.keys)
            await self._note(view, card_digest=digest)
        await self._open_or_close(view, topic)
        return False

    async def _edit(self, view: View, text: str, keys: Rows) -> None:
        """A card that can't be brought up to date stays as it is: what people say is more important."""
        if not view.card:  # none was taken
            return
        try:
            await self.groups.edit(view.room, view.card, text, keys)
        except Refused as error:
            log.warning("the card of ticket %s can't be changed: %s", view.ticket.id, error)

    async def _create(self, view: View, name: str) -> str:
        await self._turn(view)
        topic = await self.groups.create(view.room, name)
        await self._note(view, topic=topic, topic_face="open")
        return topic

    async def _open_or_close(self, view: View, topic: str) -> None:
        face = "open" if view.ticket.is_open else "closed"
        if face != (view.face or "open"):
            await self._turn(view)
            await self.groups.set_open(view.room, topic, is_open=view.ticket.is_open)
            await self._note(view, topic_face=face)

    async def _tell(self, room: str) -> None:
        """Post a few notices to everybody."""
        async with self.store.reading() as tx:
            notices = await tx.views.notices(room, _NOTICES)
        try:
            for notice in notices:
                await self.limiters[room].turn()
                shown = await post_anyhow(self.groups, room, None, notice.text, keys_from(notice.keys))
                async with self.store.writing() as tx:
                    await tx.views.noticed(notice.id, shown)
        except Throttled as throttled:
            await self.limiters[room].hold(throttled.retry_after)
        except SendFailure as error:
            log.warning("the staff group %s could not be told: %s", room, error)
            await asyncio.sleep(AGAIN.total_seconds())  # what is not told stays news, and would be tried at once

    async def _drop_one(self, room: str) -> bool:
        """Take away the topic of somebody who left, or of an old complaint, where a turn is to spare."""
        if not self.limiters[room].spare():
            return False
        async with self.store.reading() as tx:
            gone = await tx.views.to_drop(room, 1)
        if not gone:
            return False
        try:
            await self.limiters[room].turn(spare=True)
            await self.groups.delete(room, gone[0])
        except Throttled as throttled:
            await self.limiters[room].hold(throttled.retry_after)
            return True
        except Refused as error:
            log.warning("a topic in the staff group %s can't be taken away and stays: %s", room, error)
        except SendFailure as error:
            log.warning("the staff group %s could not be told: %s", room, error)
            return False
        async with self.store.writing() as tx:
            await tx.views.dropped(room, gone[0])
        return True

    async def _turn(self, view: View) -> None:
        await self.limiters[view.room].turn(spare=view.rank == FACE)

    async def _note(self, view: View, **values: str | int | None) -> None:
        async with self.store.writing() as tx:
            await tx.views.shown(view.ticket.id, **values)
