"""Turn handler: one turn of a conversation, decided and kept within a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.broadcasts.preloaded import Question
from bot.broadcasts.staff_turns import StaffTurns
from bot.inbound.addresses import UNSPOKEN, follow_wishes, note, released, speaking_now
from bot.inbound.linking import connect
from bot.store import InboxRow, UnitOfWork
from bot.store.repositories.aliases import KeptAs, as_it_is
from bot.store.repositories.speakers import Speaker
from handlers.dialogue.in_talk import of_relatives
from handlers.dialogue.reply import Reply
from handlers.dialogue.router import converse
from handlers.dialogue.turn_input import SharedNumber, TurnInput, TurnOutcome
from handlers.helpdesk.hearing import BOT_ONLY
from handlers.helpdesk.screenshots import with_screenshot
from handlers.phrases.apology import apology
from programme.model.controllers import DataController
from programme.model.deliveries import Claimed, Delivery
from programme.model.dialogues import OPEN_FOR, Dialogue
from programme.model.events import Forgotten, MilestoneUndone
from programme.model.messages import Incoming, Kind, Message, Sort
from programme.model.participants import Participant
from programme.model.ports import ReminderPlanner
from programme.programme import Programme
from programme.redaction.without_numbers import without_numbers
from reminders.policy import Policy
from reminders.schedule import reschedule
from reminders.wording.compose import without_picture
from reminders.wording.situation import ReminderSituation

if TYPE_CHECKING:
    from bot.helpdesk.listening import Heard
    from bot.helpdesk.service import Helpdesk

REPLY_LEASE = timedelta(seconds=60)
"""How long a reply is ours to send before another worker may take it over."""

_RELATIVES_KEPT_FOR = timedelta(days=7)
"""How long after the last message it is still known which relative was spoken of, and of which wave."""


Place = tuple[str, str]
"""A channel and the address of somebody there."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a message led to, None where nothing was to be decided, and the replies to send, in their order.

    First of all goes what waited for the person to write.

    `forgotten` are channel and address of where somebody wrote from who is to be forgotten.
    """

    outcome: TurnOutcome | None
    replies: Sequence[Claimed]
    forgotten: Sequence[Place] = ()


NOTHING = Decided(None, ())


@dataclass(slots=True)
class TurnHandler:
    """Plays turns. With a helpdesk, people of the staff hear and answer too.

    `may_wait` says that a channel is open on which messages wait for their person to write; `kept_as` tells how other
    names of an address are kept.
    """

    programme: Programme
    policy: Policy
    desk: ReminderPlanner
    staff: StaffTurns
    helpdesk: Helpdesk | None = None
    may_wait: bool = True
    kept_as: KeptAs = as_it_is
    controller: DataController | None = None

    async def handle(
        self, tx: UnitOfWork, row: InboxRow, known: dict[Question, object], *, waited: bool = False
    ) -> Decided:
        """Play one turn of the conversation; a message that `waited` may have been handled by another worker."""
        incoming = row.incoming
        tx.people.kept_as = self.kept_as
        if incoming.sort in UNSPOKEN:
            if not waited or await tx.inbox.handled(row.id):
                await note(tx, incoming)
            return NOTHING
        speaker = await speaking_now(tx, row)
        if waited and not await tx.inbox.handled(row.id):
            return NOTHING
        waiting = await released(tx, incoming, speaker, lease=REPLY_LEASE) if self.may_wait else ()
        decided = await self._turn(tx, row, known, speaker)
        return replace(decided, replies=(*waiting, *decided.replies)) if waiting else decided

    async def _turn(self, tx: UnitOfWork, row: InboxRow, known: dict[Question, object], speaker: Speaker) -> Decided:
        incoming, participant, dialogue = row.incoming, speaker.participant, speaker.dialogue
        if incoming.edited:
            await self._correct(tx, incoming, participant)
            return NOTHING
        if incoming.album is not None and not await tx.inbox.first_of_album(incoming):
            await self._more(tx, incoming, participant, dialogue)
            return NOTHING
        heard = await self._hear(tx, incoming, participant, dialogue)
        staff_desk = await self.staff.desk(tx, incoming, dialogue, known)
        given = TurnInput(
            incoming=incoming,
            participant=participant,
            programme=self.programme,
            reminders=self.desk,
            now=tx.now,
            dialogue=dialogue,
            shared=SharedNumber(await tx.roster.find(row.number)) if row.number else None,
            staff=staff_desk,
            helpdesk=heard.view if heard else None,
            last=await self._last(tx, incoming, participant),
            controller=self.controller,
        )
        outcome = heard.outcome if heard and heard.outcome else await converse(given)
        outcome = await self.staff.carry_out(tx, outcome, staff_desk, f"inbox/{row.id}")
        if heard and self.helpdesk:
            outcome = await self.helpdesk.listening.fulfil(tx, outcome, heard)
        open_now: Dialogue | None = None
        forgotten: Sequence[Place] = ()
        if outcome.links:
            connected = await connect(tx, row, outcome)
            outcome, forgotten = connected.outcome, connected.gone
        if Forgotten() in outcome.events:
            forgotten = await tx.people.places(participant.id)
            await tx.people.forget(participant.id)  # the goodbye still goes out, and leaves no row behind
        else:
            await self._apply(tx, row, outcome)
            open_now = await _keep(tx, participant.id, dialogue, outcome.dialogue)
        reply = outcome.reply if open_now is None else outcome.reply.numbered(open_now.id)
        return Decided(outcome, await _owe(tx, row, outcome.participant, reply), forgotten)

    async def _last(self, tx: UnitOfWork, incoming: Incoming, person: Participant) -> Message | None:
        """Return the message that the person was sent last within a day, where a text may answer it."""
        if incoming.sort is not Sort.TEXT or incoming.forwarded:
            return None
        latest = await tx.outbox.latest_to(person.id, person.language)
        if latest is None:
            return None
        if latest.sent_at is not None and tx.now - latest.sent_at > OPEN_FOR:
            about = of_relatives(latest.message.about) if latest.message is not None else None
            kept = about is not None and tx.now - latest.sent_at < _RELATIVES_KEPT_FOR
            return Message("", about=about) if kept else None
        return latest.message or without_picture(
            latest.source, ReminderSituation(person, self.programme, self.policy, tx.now)
        )

    async def _hear(
        self, tx: UnitOfWork, incoming: Incoming, person: Participant, dialogue: Dialogue | None
    ) -> Heard | None:
        """Let the helpdesk hear it first: while a person answers, the bot is silent."""
        if self.helpdesk is None:
            return None
        from bot.helpdesk.joining import joined  # only where there is a helpdesk to join
        from bot.helpdesk.listening import Heard

        group = bool(self.helpdesk.topic_sync.rooms)
        if (welcome := await joined(tx, incoming, person, group=group)) is not None:
            return Heard(None, BOT_ONLY, TurnOutcome(participant=person, reply=welcome, dialogue=dialogue))
        return await self.helpdesk.listening.hear(tx, incoming, person, dialogue)

    async def _more(self, tx: UnitOfWork, incoming: Incoming, person: Participant, dialogue: Dialogue | None) -> None:
        """Take in the other pictures of an album, of which the first was answered."""
        if self.helpdesk is None:
            return
        if dialogue is not None and (longer := with_screenshot(dialogue, incoming)) is not None:
            await tx.dialogues.save(person.id, longer)
            return
        await self.helpdesk.listening.hear_more(tx, incoming, person)

    async def _correct(self, tx: UnitOfWork, incoming: Incoming, person: Participant) -> None:
        """What somebody changed afterwards is of use to a person who reads it, not to a dialogue."""
        if self.helpdesk is not None:
            await self.helpdesk.listening.correct(tx, incoming, person)

    async def _apply(self, tx: UnitOfWork, row: InboxRow, outcome: TurnOutcome) -> None:
        """Keep what was decided, and plan the reminders that follow from it."""
        if row.number is not None and outcome.participant.pause is None:
            await tx.people.join(row.number, outcome.participant.id)
        if outcome.events:
            await tx.people.save(outcome.participant, outcome.events)
            await follow_wishes(tx, row.incoming, outcome)
            undone = any(isinstance(event, MilestoneUndone) for event in outcome.events)
            await reschedule(tx.reminders, outcome.participant, self.programme, self.policy, taken_back=undone)
        if (missed := outcome.missed) is not None:
            words, person = without_numbers(row.incoming.text), outcome.participant.id
            await tx.misses.add(words, missed.intent, missed.confidence, by=person)

    async def apologise(self, tx: UnitOfWork, row: InboxRow) -> Sequence[Claimed]:
        """Owe the person an apology for a turn that could not be played."""
        person = await self._whom(tx, row)  # locked first, as everywhere
        return await self._sorry(tx, row, person) if await tx.inbox.handled(row.id) else ()

    async def sorry(self, tx: UnitOfWork, row: InboxRow) -> Sequence[Claimed]:
        """Owe the person an apology for a message that is set aside."""
        return await self._sorry(tx, row, await self._whom(tx, row))

    async def _whom(self, tx: UnitOfWork, row: InboxRow) -> Participant:
        return await tx.people.at(row.incoming.channel, row.incoming.address, language=row.incoming.language)

    async def _sorry(self, tx: UnitOfWork, row: InboxRow, person: Participant) -> Sequence[Claimed]:
        return await _owe(tx, row, person, Reply(apology(person.language, self.programme)))


async def _keep(tx: UnitOfWork, person: int, before: Dialogue | None, after: Dialogue | None) -> Dialogue | None:
    """Store the dialogue that is open now, or kept in mind; a new one gets its number."""
    if after is None:
        if before is not None:
            await tx.dialogues.close(person)
        return None
    if after.id == 0:
        return await tx.dialogues.start(person, after, first=before is None)
    if after != before:
        await tx.dialogues.save(person, after)
    return after


async def _owe(tx: UnitOfWork, row: InboxRow, person: Participant, reply: Reply) -> Sequence[Claimed]:
    """Owe the answer to a message, and hold it to be sent at once."""
    owed = [
        Delivery(
            participant=person.id,
            source=f"reply/{row.id}/{place}",
            kind=Kind.REPLY,
            due_at=tx.now,
            message=message,
            channel=row.incoming.channel,
            address=row.incoming.address,
            edits=row.incoming.pressed if reply.edits and place == 0 else None,
        )
        for place, message in enumerate(reply.messages)
    ]
    return await tx.outbox.put_held(owed, lease=REPLY_LEASE, language=person.language)
