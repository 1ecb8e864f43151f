"""Keeps the staff's topics in line with the tickets: the database is the truth, a topic is a view of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from bot.channels.channel import Misconfigured, SendFailure, Throttled
from bot.helpdesk.card_digest import digest_of
from bot.helpdesk.groups import Groups, MessageLost, TopicLost
from bot.helpdesk.keys import keys_from
from bot.helpdesk.pace import Pace, SharedTurns
from bot.helpdesk.showing import bundled, entry_html
from bot.outage import Outage
from bot.store import Store
from bot.store.ticket_views import View
from bot.store.uploads import UPLOADED
from handlers.helpdesk.card import card, topic_name
from handlers.helpdesk.outside import name_of
from locales import speaking
from programme.clock import Clock
from programme.messages import Attachment
from programme.programme import Programme
from programme.tickets import Entry

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
AGAIN = timedelta(seconds=5)
_BETWEEN_NOTICES = 10  # views that may be shown before a notice
AFTER_AN_ERROR = timedelta(minutes=1)


@dataclass(slots=True)
class Board:
    """Shows tickets in the rooms, the most urgent first, at the pace that each room allows."""

    store: Store
    clock: Clock
    programme: Programme
    groups: Groups
    rooms: tuple[str, ...]
    paces: Mapping[str, Pace] = field(default_factory=dict)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _lanes: dict[str, asyncio.Lock] = field(default_factory=dict)
    _running: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _outage: Outage = field(default_factory=lambda: Outage(log, "looks at the staff's topics"))

    def __post_init__(self) -> None:
        self.paces = {room: self.paces.get(room) or Pace(shared=SharedTurns(self.store, room)) for room in self.rooms}
        self._lanes = {room: asyncio.Lock() for room in self.rooms}

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
                for room in await self._rooms_with_news():
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
            shown = [tasks.create_task(self._refresh_room(room)) for room in await self._rooms_with_news()]
        return sum(task.result() for task in shown)

    async def _lane(self, room: str) -> None:
        try:
            await self._refresh_room(room)
        except Exception as error:
            self._outage.tell(error, "the staff's topics in %s could not be brought up to date", room)
            await asyncio.sleep(AGAIN.total_seconds())
        finally:
            del self._running[room]
            self.wake()  # for what came after the last look

    async def _rooms_with_news(self) -> list[str]:
        try:
            async with self.store.reading() as tx:
                return [room for room in await tx.views.rooms_with_news(self.clock.now()) if room in self.rooms]
        except Exception as error:
            self._outage.tell(error, "it can't be told which of the staff's topics are out of date")
            return []

    async def _refresh_room(self, room: str) -> int:
        shown = 0
        async with self._lanes[room]:
            while True:
                if shown % _BETWEEN_NOTICES == 0:
                    await self._tell(room)
                await self.paces[room].opening()
                async with self.store.writing() as tx:
                    view = await tx.views.claim(room, self.clock.now(), LEASE)
                if view is None:
                    return shown
                settled = await self._try(view)
                shown += 1
                if settled and not view.more:
                    return shown

    async def _try(self, view: View) -> bool:
        """Show a view; whatever goes wrong is named, and the view tried again. Tell whether nothing did."""
        again = None
        try:
            if await self._show(view):
                again = timedelta()
        except TopicLost:
            log.warning("the topic of ticket %s was lost and is built anew", view.ticket.id)
            async with self.store.writing() as tx:
                await tx.views.lost(view.ticket.id)
            again = timedelta()
        except MessageLost:
            async with self.store.writing() as tx:
                await tx.views.shown(view.ticket.id, card=None, card_digest=None)
            again = timedelta()
        except Throttled as throttled:
            await self.paces[view.room].hold(throttled.retry_after)
            again = timedelta()
        except Misconfigured as error:
            log.error("the bot can't write into the staff group %s: %s", view.room, error)  # noqa: TRY400 - the words say it all
            again = AFTER_AN_ERROR
        except SendFailure as error:
            log.warning("ticket %s could not be shown: %s", view.ticket.id, error)
            again = AGAIN
        async with self.store.writing() as tx:
            await tx.views.settle(view, again_at=None if again is None else self.clock.now() + again)
        return again is None

    async def _show(self, view: View) -> bool:
        """Bring one topic up to date; tell whether its card has to wait, being less urgent than others' words."""
        async with self.store.reading() as tx:
            person = await tx.people.get(view.ticket.participant)
            names = await tx.agents.names({view.ticket.owner, *(entry.who for entry, _keys in view.news)})
        ticket, concerned = view.ticket, name_of(self.programme, view.ticket.concerned)
        holder = names.get(ticket.owner or "", "")
        with speaking("id"):
            shown = card(ticket, person, concerned, holder, self.clock.now())
            name = topic_name(ticket, concerned)
        topic = view.topic or await self._create(view, name)
        digest = digest_of(ticket, person, concerned, holder, self.clock.now())
        fresh = view.card is None
        if fresh:
            await self._turn(view)
            posted = await self.groups.post(view.room, topic, shown.text, shown.keys)
            await self._note(view, card=posted, card_digest=digest)
        await self._show_news(view, topic, names)
        if not fresh and digest != view.card_digest:
            if view.urgent and self.paces[view.room].free() <= 1:
                return True
            await self._turn(view)
            await self.groups.edit(view.room, view.card or "", shown.text, shown.keys)
            await self._note(view, card_digest=digest)
        await self._open_or_close(view, topic)
        return False

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

    async def _show_news(self, view: View, topic: str, names: Mapping[str, str]) -> None:
        keys = {entry.id: keys for entry, keys in view.news}
        fresh = [entry for entry, _keys in view.news if entry.shown is None]
        for bundle in bundled(fresh, set(filter(keys.get, keys))):
            answers = await self._answered(bundle[0])
            await self._turn(view)
            words = "\n\n".join(entry_html(entry, names) for entry in bundle)
            last = bundle[-1]
            if last.attachment is not None:
                shown = await self._pass_on(view.room, topic, last.attachment, words, answers)
            else:
                shown = await self.groups.post(view.room, topic, words, keys_from(keys[last.id]), answers=answers)
            async with self.store.writing() as tx:
                for entry in bundle:
                    await tx.views.entry_shown(view.ticket.id, entry.id, shown)
        if view.news and view.news[-1][0].shown is not None:
            await self._note(view, shown_to=view.news[-1][0].id)

    async def _pass_on(self, room: str, topic: str, picture: Attachment, words: str, answers: str | None) -> str:
        """Show a picture or file: by its id where it is the group's messenger's own, else with its content."""
        if picture.channel != UPLOADED:
            return await self.groups.pass_on(room, topic, picture, words, answers=answers)
        async with self.store.reading() as tx:
            kept = await tx.uploads.get(picture.reference)
        if kept is None:
            return await self.groups.post(room, topic, f"{words} <i>[gambar tidak disimpan lagi]</i>", answers=answers)
        return await self.groups.pass_on(room, topic, picture, words, answers=answers, data=kept[1])

    async def _answered(self, entry: Entry) -> str | None:
        """Return the message that an entry replies to or corrects, as the staff see it."""
        wanted = entry.corrects or entry.replies_to
        if wanted is None:
            return None
        async with self.store.reading() as tx:
            answered = await tx.tickets.entry(wanted)
        return answered.shown if answered else None

    async def _tell(self, room: str) -> None:
        """Post notices to everybody, and take away the topics of people who left."""
        async with self.store.reading() as tx:
            notices, gone = await tx.views.notices(room), await tx.views.to_drop(room)
        try:
            for notice in notices:
                await self.paces[room].turn()
                shown = await self.groups.post(room, None, notice.text, keys_from(notice.keys))
                async with self.store.writing() as tx:
                    await tx.views.noticed(notice.id, self.clock.now(), shown)
            for topic in gone:
                await self.paces[room].turn()
                await self.groups.delete(room, topic)
                async with self.store.writing() as tx:
                    await tx.views.dropped(room, topic)
        except Throttled as throttled:
            await self.paces[room].hold(throttled.retry_after)
        except SendFailure as error:
            log.warning("the staff group %s could not be told: %s", room, error)

    async def _turn(self, view: View) -> None:
        await self.paces[view.room].turn()

    async def _note(self, view: View, **values: str | int | None) -> None:
        async with self.store.writing() as tx:
            await tx.views.shown(view.ticket.id, **values)
