"""Puts entries into a topic. What the channel refuses for good is shown in other words, and the next ones follow."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from html import escape, unescape

from bot.channels.channel import Ambiguous, Refused, Transient
from bot.channels.groups import Fetch, Groups, Rows
from bot.helpdesk.keys import keys_from
from bot.helpdesk.showing import bundled, entry_html
from bot.store import Store
from bot.store.repositories.ticket_views import View
from bot.store.repositories.uploads import UPLOADED
from handlers.helpdesk.words import unseen_file
from locales import SOURCE, speaking
from programme.model.deliveries import Delivery
from programme.model.messages import Attachment, Kind
from programme.model.tickets import Author, Entry

log = logging.getLogger(__name__)

REFUSED_FILE = "<i>[berkas tidak bisa ditampilkan]</i>"
_PRUNED_FILE = "<i>[gambar tidak disimpan lagi]</i>"
_REFUSED_WORDS = "[pesan tidak bisa ditampilkan]"
_TAG = re.compile(r"<[^>]*>")

WAITED_FOR = timedelta(minutes=2)
"""For so long after it was sent a file holds up its topic where its channel can't be reached."""

Turn = Callable[[], Awaitable[None]]


async def post_anyhow(
    groups: Groups, room: str, topic: str | None, text: str, keys: Rows = (), *, answers: str | None = None
) -> str | None:
    """Post words; where they are refused, the same without form and buttons, and else that there were some.

    Returns the message's id, None where not even that is taken. Raises every other `SendFailure`.
    """
    plain = escape(unescape(_TAG.sub("", text)), quote=False)
    for words, below in ((text, keys), (plain, ()), (_REFUSED_WORDS, ())):
        try:
            return await groups.post(room, topic, words, below, answers=answers)
        except Refused as error:
            log.warning("the staff group %s refuses a message: %s", room, error)
    return None


@dataclass(frozen=True, slots=True)
class Entries:
    """Shows entries of tickets in their topics; `fetchers` get what other channels keep, by channel."""

    store: Store
    groups: Groups
    fetchers: Mapping[str, Fetch] = field(default_factory=dict)

    async def show(self, view: View, topic: str, names: Mapping[str, str], turn: Turn) -> None:
        """Show what is new on a ticket, in as few messages as can be; each waits for its `turn`."""
        keys = {entry.id: keys for entry, keys in view.news}
        fresh = [entry for entry, _keys in view.news if entry.shown is None]
        for bundle in bundled(fresh, set(filter(keys.get, keys))):
            words = "\n\n".join(entry_html(entry, names) for entry in bundle)
            answers = await self._answered(bundle[0])
            await turn()
            shown = await self._put(view, topic, bundle[-1], words, keys_from(keys[bundle[-1].id]), answers)
            async with self.store.writing() as tx:
                for entry in bundle:
                    await tx.views.entry_shown(view.ticket.id, entry.id, shown)
        if view.news and view.news[-1][0].shown is not None:
            async with self.store.writing() as tx:
                await tx.views.shown(view.ticket.id, shown_to=view.news[-1][0].id)

    async def _put(  # noqa: PLR0917 - where, what, and below it
        self, view: View, topic: str, last: Entry, words: str, keys: Rows, answers: str | None
    ) -> str | None:
        if last.attachment is None:
            return await post_anyhow(self.groups, view.room, topic, words, keys, answers=answers)
        try:
            shown = await self._pass_on(view, topic, last, words, answers)
        except Refused as error:
            log.warning("a file on ticket %s is refused by the staff group: %s", view.ticket.id, error)
            await self._tell_sender(view, last)
            return await post_anyhow(self.groups, view.room, topic, f"{words} {REFUSED_FILE}", answers=answers)
        if shown is None:
            return await post_anyhow(self.groups, view.room, topic, f"{words} {_PRUNED_FILE}", answers=answers)
        return shown

    async def _pass_on(self, view: View, topic: str, entry: Entry, words: str, answers: str | None) -> str | None:
        """Show a picture or file: by its id where it is the group's channel's own, else with its content.

        Returns None where we kept it and do so no longer. Raises Refused where it can't be had from elsewhere.
        """
        held, data = entry.attachment, None
        assert held is not None  # noqa: S101 - asked by the caller
        if held.channel == UPLOADED:
            async with self.store.reading() as tx:
                kept = await tx.uploads.get(held.reference)
            if kept is None:
                return None
            data = kept[1]
        elif (fetch := self.fetchers.get(held.channel)) is not None:
            data = await self._fetched(fetch, entry, held)
        return await self.groups.pass_on(view.room, topic, held, words, answers=answers, data=data)

    async def _fetched(self, fetch: Fetch, entry: Entry, held: Attachment) -> bytes:
        """Return the content from another channel; one that is away is waited for a while, not for ever."""
        try:
            data = await fetch(held)
        except (Transient, Ambiguous) as error:
            if self.store.clock.now() < entry.at + WAITED_FOR:
                raise
            raise Refused(str(error)) from error
        if data is None:
            raise Refused("its channel has it no longer, or it is too large")
        return data

    async def _tell_sender(self, view: View, entry: Entry) -> None:
        """Tell the person, once, that nobody sees the file; an agent sees it in the topic."""
        if entry.author is not Author.PERSON:
            return
        async with self.store.writing() as tx:
            person = await tx.people.get(view.ticket.participant)
            with speaking(person.language if person else SOURCE):
                [words] = unseen_file(view.ticket).messages
            told = Delivery(
                participant=view.ticket.participant,
                source=f"ticket/{view.ticket.id}/file/{entry.id}",
                kind=Kind.STAFF,
                due_at=tx.now,
                message=words,
            )
            await tx.outbox.put([told])

    async def _answered(self, entry: Entry) -> str | None:
        """Return the message that an entry replies to or corrects, as the staff see it."""
        wanted = entry.corrects or entry.replies_to
        if wanted is None:
            return None
        async with self.store.reading() as tx:
            answered = await tx.ticket_entries.get(wanted)
        return answered.shown if answered else None
