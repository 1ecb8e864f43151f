"""Composer: finds the words of deliveries; reminders, and what differs by person, are written at the last moment."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

import orjson

from bot.channels.plain import plain
from bot.outbound.retry_policy import of_mistake
from bot.store import Store
from locales import SOURCE, _, speaking
from programme.model.clock import Clock
from programme.model.deliveries import Claimed, Delivery, DeliveryId, Outcome, Settlement
from programme.model.messages import Document, Kind, Message, Notice
from programme.model.participants import Participant
from programme.model.windows import is_open
from programme.model.zones import Zone
from programme.notices import notice
from programme.placeholders import filled
from programme.programme import Programme
from reminders.policy import Policy
from reminders.wording.compose import compose, dated
from reminders.wording.situation import ReminderSituation

log = logging.getLogger(__name__)

_KEPT = 64  # messages with their notices

_BY_ITSELF = frozenset({"later", "quiet", "file"})
"""What the desk says of a ticket without anybody's doing, as sources name it."""

OWN_DATA = "dataku-di-sobat.json"
"""What the file of all that is kept of a person is called."""


@dataclass(frozen=True, slots=True)
class Composer:
    """Writes the messages of claimed deliveries, each in its person's language.

    What goes to somebody who has been silent for too long for their channel has its notice with it.
    """

    store: Store
    clock: Clock
    programme: Programme
    policy: Policy
    _known: dict[tuple[int, str], tuple[Message, Message]] = field(default_factory=dict, init=False)

    async def words_of(self, claimed: Sequence[Claimed]) -> Mapping[DeliveryId, Message | Settlement]:
        """Return the words of each delivery, by its id, or what becomes of it where there are none."""
        words: dict[DeliveryId, Message | Settlement] = {
            one.id: given for one in claimed if (given := one.delivery.message) is not None
        }
        wordless = [one for one in claimed if one.delivery.message is None or one.delivery.message.per_person]
        now = self.clock.now()
        silent = [one for one in claimed if not is_open(one.channel, one.heard_at, now)]
        people = await self._people(wordless)
        if wordless:
            words |= await asyncio.to_thread(self._compose, wordless, people)
        if silent:
            words |= await asyncio.to_thread(self._noticed, silent, words, people)
        for one in claimed:
            if isinstance(message := words[one.id], Message) and message.own_data:
                words[one.id] = await self._with_own_data(message, one.delivery.participant)
        return words

    def _noticed(
        self,
        silent: Sequence[Claimed],
        words: Mapping[DeliveryId, Message | Settlement],
        people: Mapping[int, Participant],
    ) -> dict[DeliveryId, Message | Settlement]:
        """Put to each message what may be said in its place; drawing the pictures of reminders takes a moment."""
        return {
            one.id: self._with_notice(one, message, people.get(one.delivery.participant))
            for one in silent
            if isinstance(message := words[one.id], Message)
        }

    def _with_notice(self, one: Claimed, message: Message, person: Participant | None) -> Message:
        """Return the words with their notice; what goes to many stays one object a language, to be prepared once."""
        if one.delivery.message is not message or one.delivery.kind is not Kind.BROADCAST:
            return replace(message, notice=self._notice(one, message, person))
        known = self._known.get((id(message), one.language))
        if known is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            noticed = replace(message, notice=self._notice(one, message, person))
            known = self._known[id(message), one.language] = (message, noticed)
        return known[1]

    def _notice(self, one: Claimed, message: Message, person: Participant | None) -> Notice | None:
        delivery = one.delivery
        if delivery.kind is Kind.BROADCAST:
            told = notice("announcement", one.language, text=plain(message.text))
            counts = delivery.message is not None and delivery.message.per_person
            return replace(told, until=self._midnight()) if counts else told  # days left are others tomorrow
        if delivery.kind is Kind.STAFF and _is_answer(delivery.source):
            return notice("staff_reply", one.language, ticket=f"#{delivery.source.split('/')[1]}")
        if message.notice is None or person is None:
            return None
        picture = dated(delivery.source, ReminderSituation(person, self.programme, self.policy, self.clock.now()))
        return replace(message.notice, picture=picture, plain=not person.reminders.pictures)

    def _midnight(self) -> datetime:
        """Return when the day ends by which days are counted."""
        today = self.clock.now().astimezone(Zone.WIB.tz)
        return datetime.combine(today.date() + timedelta(days=1), time(), Zone.WIB.tz)

    async def _people(self, claimed: Sequence[Claimed]) -> Mapping[int, Participant]:
        """Return whom these are for, as far as they are known."""
        if not claimed:
            return {}
        async with self.store.reading() as tx:
            return await tx.people.many(sorted({one.delivery.participant for one in claimed}))

    async def without_file(self, one: Claimed, message: Message) -> Message:
        """Return the words of a message whose file the channel refuses, saying that it can't be shown."""
        async with self.store.reading() as tx:
            person = await tx.people.get(one.delivery.participant)
        with speaking(person.language if person else SOURCE):
            instead = _("[berkas tidak bisa ditampilkan]")
        return replace(message, attachment=None, text=f"{message.text}\n<i>{instead}</i>".lstrip())

    async def _with_own_data(self, message: Message, person: int) -> Message:
        """Make the file of all that is kept of a person; it is gone again once it is sent."""
        async with self.store.reading() as tx:
            kept = await tx.people.export(person)
        data = await asyncio.to_thread(orjson.dumps, kept, option=orjson.OPT_INDENT_2)
        return replace(message, own_data=False, document=Document(OWN_DATA, data))

    def _compose(
        self, wordless: Sequence[Claimed], people: Mapping[int, Participant]
    ) -> dict[DeliveryId, Message | Settlement]:
        """Write for each person; drawing the pictures of reminders takes a moment."""
        return {one.id: self._written(one, people.get(one.delivery.participant)) for one in wordless}

    def _written(self, one: Claimed, person: Participant | None) -> Message | Settlement:
        try:
            message = None if person is None else self._written_for(person, one.delivery)
        except Exception:  # the others of the batch are not to blame
            log.exception("the words of delivery %s could not be found", one.id)
            return of_mistake(one, self.clock.now())
        return message or Settlement(one, Outcome.CANCELLED, self.clock.now(), reason="no longer sensible")

    def _written_for(self, person: Participant, delivery: Delivery) -> Message | None:
        now, message = self.clock.now(), delivery.message
        if message is not None:
            return filled(message, person, self.programme, now)
        return compose(delivery.source, ReminderSituation(person, self.programme, self.policy, now))


def _is_answer(source: str) -> bool:
    """Tell whether somebody of the staff said it: that they went home, or that all is quiet, asks nobody to write."""
    ticket, *rest = source.split("/")
    return ticket == "ticket" and len(rest) > 1 and rest[1] not in _BY_ITSELF
