"""Inbox processor: keeps a message, has it decided in one transaction, and sends the replies at once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Protocol

from bot.broadcasts.preloaded import NotLookedUp, Question, look_up
from bot.channels.channel import Forgetful
from bot.inbound.intent_counts import IntentCounts
from bot.inbound.leads import Leads
from bot.inbound.storable import storable
from bot.inbound.turn_handler import Decided, TurnHandler
from bot.outbound.sender import Sender
from bot.store import InboxRow, Store, UnitOfWork
from bot.store.trace import tracing
from bot.store.unavailable import is_away, sort_of
from handlers.dialogue.turn_input import TurnOutcome
from programme.model.deliveries import Claimed
from programme.model.messages import Incoming, Kind, Sort
from programme.model.phones import NumberKeys, OwnHash
from programme.model.spheres import Sphere

Forgetter = Callable[[str, str], None]
"""Drops what is kept in memory of whoever is at this address of this channel."""

log = logging.getLogger(__name__)

IN_HAND = timedelta(seconds=30)
"""How long a message that was taken is ours to answer; renewed as long as this process lives."""

_LOOKED_AT = 500  # messages that wait, in one piece


class Route(Protocol):
    """Answers the messages of a channel on which no participant speaks."""

    async def answer(self, row: InboxRow) -> Sequence[Claimed]:
        """Do what the message is about; return what is to be sent at once."""
        ...

    async def apologise(self, tx: UnitOfWork, row: InboxRow) -> None:
        """Tell whoever wrote that the message was passed over."""
        ...


@dataclass(slots=True)
class InboxProcessor:
    """Takes what comes in and sees to it that it is answered, whatever happens.

    `routes` take the messages of their channel, by its name; all others are turns of a conversation. `forgetters`
    keep something in memory by channel and address, and are told when somebody is forgotten.
    """

    store: Store
    turn_handler: TurnHandler
    sender: Sender
    numbers: NumberKeys
    routes: Mapping[str, Route] = field(default_factory=dict)
    forgetters: list[Forgetter] = field(default_factory=list)
    intents: IntentCounts = field(init=False)
    leads: Leads = field(init=False)

    def __post_init__(self) -> None:
        self.intents = IntentCounts(self.store)
        self.leads = Leads(self.store.clock)
        self.forgetters.append(self.leads.forget)

    async def take(self, incoming: Incoming) -> InboxRow | None:
        """Keep the message, so that the channel may forget it; None where it was here before."""
        return await self._keep(incoming, IN_HAND)

    async def leave(self, incoming: Incoming) -> InboxRow | None:
        """Keep the message for whoever takes up what waits; None where it was here before."""
        return await self._keep(incoming, None)

    async def _keep(self, incoming: Incoming, in_hand: timedelta | None) -> InboxRow | None:
        kept, hashed = self._kept(storable(self._read(incoming), self.store.clock.now()))
        async with self.store.writing(at_once=True) as tx:
            until = None if in_hand is None else tx.now + in_hand
            number = await tx.inbox.add(kept, number=hashed, until=until)
        if number is None:
            return None
        log.debug("kept as inbox/%d", number)
        return InboxRow(number, kept, hashed)

    async def decide(self, incoming: Incoming) -> Decided | InboxRow | None:
        """Keep the message and decide at once what is answered, in one transaction; `send` must follow.

        Where more is needed than one transaction, the message is only kept, to be answered by `answer`; None
        where it was here before.
        """
        if incoming.channel in self.routes:
            return await self.take(incoming)
        kept, hashed = self._kept(storable(self._read(incoming), self.store.clock.now()))
        try:
            async with self.store.writing(at_once=True) as tx:
                number = await tx.inbox.add_handled(kept)
                if number is None:
                    return None
                with tracing(f"inbox/{number}", "decide") as note:
                    note("channel", kept.channel)
                    decided = await self.turn_handler.handle(tx, InboxRow(number, kept, hashed), {})
                    log.debug("decided: %d replies", len(decided.replies))
            self._observe(kept, decided.outcome)
        except NotLookedUp:
            return await self.take(incoming)
        except Exception as error:
            if not is_away(error):  # else it fails once more, and is told of by who handed it in
                log.warning("%s: the message is kept and tried once more", type(error).__name__)
            return await self.take(incoming)
        else:
            return decided

    async def answer(self, row: InboxRow) -> TurnOutcome | None:
        """Answer a message that was taken; an error inside costs the person an apology, not silence.

        Raises where not even that can be written down: the message is still there to be answered.
        """
        with tracing(f"inbox/{row.id}", "answer") as note:
            note("channel", row.incoming.channel)
            return await self._answer(row)

    async def _answer(self, row: InboxRow) -> TurnOutcome | None:
        if (route := self.routes.get(row.incoming.channel)) is not None:
            claimed = await route.answer(row)
            await self.sender.send(claimed)
            await self._sent(claimed)
            return None
        try:
            decided = await self._decided(row)
        except Exception:
            async with self.store.writing(at_once=True) as tx:
                decided = Decided(None, await self.turn_handler.apologise(tx, row))
            log.exception("could not answer inbox row %s", row.id)  # whatever it was, the store is there
        log.debug("decided: %d replies", len(decided.replies))
        self._observe(row.incoming, decided.outcome)
        await self.send(decided)
        return decided.outcome

    def _observe(self, incoming: Incoming, outcome: TurnOutcome | None) -> None:
        self.sender.observer.decided(incoming, outcome)
        self.intents.note(outcome)

    async def set_aside(self, incoming: Incoming, error: Exception) -> Decided | None:
        """Let go of a message that can't be written down, and apologise; None where it was here before.

        Raises `error` where not even that can be written: then it is the store that is to blame.
        """
        try:
            async with self.store.writing() as tx:
                bare = Incoming(
                    channel=incoming.channel, address=incoming.address, id=incoming.id, at=tx.now, sort=Sort.OTHER
                )
                number = await tx.inbox.add_handled(bare)
                if number is None:
                    return None
                await tx.dead_letters.failed(Sphere.UPDATE, number, sort_of(error), most=1)
                replies = await self._apology(tx, InboxRow(number, bare))
        except Exception:
            raise error from None
        log.error("message %s can't be written down and is set aside", number, exc_info=error)
        return Decided(None, replies)

    async def failed(self, row: InboxRow, error: Exception) -> bool:
        """Count a failure to answer; tell whether the message is set aside by now, and apologised for."""
        async with self.store.writing() as tx:
            _tries, dead = await tx.dead_letters.failed(Sphere.INBOX, row.id, sort_of(error))
        if dead:
            log.error("inbox row %s failed again and again and is set aside", row.id)
            with suppress(Exception):  # where not even that can be written, an operator is told all the same
                async with self.store.writing() as tx:
                    replies = await self._apology(tx, row)
                await self.sender.send(replies)
        return dead

    async def worked(self, row: InboxRow) -> None:
        """Forget the failures of a message that was answered after all."""
        async with self.store.writing() as tx:
            await tx.dead_letters.worked(Sphere.INBOX, row.id)

    async def _apology(self, tx: UnitOfWork, row: InboxRow) -> Sequence[Claimed]:
        if (route := self.routes.get(row.incoming.channel)) is None:
            return await self.turn_handler.sorry(tx, row)
        await route.apologise(tx, row)
        return ()

    async def send(self, decided: Decided) -> None:
        """Send what was decided, and settle it; of who is forgotten, the goodbye is all that is left."""
        for place in decided.forgotten:
            self.forget_place(*place)
        if self.turn_handler.helpdesk is not None:
            self.turn_handler.helpdesk.topic_sync.wake()
        await self.sender.send(decided.replies)
        await self._sent(decided.replies)

    async def _sent(self, claimed: Sequence[Claimed]) -> None:
        """Have the staff hear at once what became of their answers."""
        helpdesk = self.turn_handler.helpdesk
        if helpdesk is not None and any(one.delivery.kind is Kind.STAFF for one in claimed):
            await helpdesk.answers_sent()

    async def left_over(self, ours: Collection[int] = (), *, limit: int = 1000, after: int = 0) -> Sequence[InboxRow]:
        """Take over messages that nobody has in hand, as after a crash, oldest first, from behind the row `after` on.

        Those in hand here, `ours`, are held for longer. Where less than `limit` come, there are no others.
        """
        async with self.store.writing() as tx:
            until = tx.now + IN_HAND
            await tx.inbox.hold(ours, until)
            if not limit:
                return ()
            return await tx.inbox.take_over(until, but=ours, limit=limit, after=after)

    async def waiting(self, ours: Collection[int]) -> tuple[int, frozenset[tuple[str, str]]]:
        """Return how many messages nobody has in hand, and the channels and addresses that they came from."""
        count, senders, after = 0, set[tuple[str, str]](), 0
        while True:
            async with self.store.reading() as tx:
                rows = await tx.inbox.free(but=ours, limit=_LOOKED_AT, after=after)
            count += len(rows)
            senders.update((row.channel, row.address) for row in rows)
            if len(rows) < _LOOKED_AT:
                return count, frozenset(senders)
            after = rows[-1].id

    def forget_place(self, channel: str, address: str) -> None:
        """Drop what is in memory of whoever writes from there."""
        known = self.sender.channels.get(channel)
        if isinstance(known, Forgetful):
            known.forget(address)
        for forget in self.forgetters:
            forget(channel, address)

    def _read(self, incoming: Incoming) -> Incoming:
        """Read what a participant says behind their message before."""
        return incoming if incoming.channel in self.routes else self.leads.read(incoming)

    def _kept(self, incoming: Incoming) -> tuple[Incoming, OwnHash | None]:
        """Put the hash of a shared number in its place."""
        if incoming.number is None:
            return incoming, None
        return replace(incoming, number=None), incoming.number.hashed(self.numbers)

    async def _decided(self, row: InboxRow) -> Decided:
        """Decide; what the staff asks is looked up between two tries, while nobody else has to wait."""
        known: dict[Question, object] = {}
        while True:
            try:
                async with self.store.writing(at_once=True) as tx:
                    return await self.turn_handler.handle(tx, row, known, waited=True)
            except NotLookedUp as asked:
                known[asked.question] = await look_up(asked.question, self.turn_handler.staff.office)
