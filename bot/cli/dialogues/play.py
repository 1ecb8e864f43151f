"""Playing a dialogue: the conversations themselves answer, without a channel or a database."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from bot.channels.plain import plain
from bot.cli.dialogues.script import DialogueError, Said, Script
from handlers.dialogue.announced import stamped
from handlers.dialogue.router import converse
from handlers.dialogue.turn_input import TurnInput, TurnOutcome
from programme.model.broadcasts import Audience
from programme.model.deliveries import Due
from programme.model.dialogues import Dialogue
from programme.model.events import MilestoneReached, RosterMatched
from programme.model.messages import Incoming, Link, Message
from programme.model.milestones import Milestone, Source, Step
from programme.model.participants import Participant
from programme.model.payments import Payment, PaymentStatus
from programme.model.zones import Zone
from programme.organisations import find_named
from programme.programme import Programme
from programme.redaction.cutter import redact
from reminders.planner import Planner
from reminders.policy import Policy
from reminders.timetable import timetable
from reminders.wording.compose import without_picture
from reminders.wording.situation import ReminderSituation

_JOINED_BEFORE = timedelta(days=7)
_STEPS = {"bought": Milestone.BOUGHT, "completed": Milestone.COMPLETED, "reviewed": Milestone.REVIEWED}
_FIRST_PAYMENT = 600_000


@dataclass(slots=True)
class Played:
    """A dialogue under way: who it is with, and what was heard last."""

    programme: Programme
    policy: Policy
    participant: Participant
    before: Participant
    now: datetime
    dialogue: Dialogue | None = None
    heard: tuple[Message, ...] = ()
    outcome: TurnOutcome | None = None
    transcript: list[str] = field(default_factory=list)
    said: list[Message] = field(default_factory=list)
    """Every message of the bot's so far."""

    @property
    def answer(self) -> str:
        """All that the last answer says, buttons and links included."""
        rows = [(plain(message.text), *_labels(message)) for message in self.heard]
        return "\n".join(part for row in rows for part in row)

    @property
    def words(self) -> str:
        """What the last answer says, with its links but without what its buttons would say for the person."""
        links = [key.url for message in self.heard for row in message.keys for key in row if isinstance(key, Link)]
        return "\n".join((*(plain(message.text) for message in self.heard), *links))

    @property
    def is_reminded(self) -> bool:
        """Whether a reminder of the purchase is still ahead."""
        return any(due.unless is Milestone.BOUGHT for due in self._planner.upcoming(self.participant, self.now))

    @property
    def _planner(self) -> Planner:
        return Planner(self.programme, self.policy)

    async def say(self, said: Said, number: int) -> None:
        """Let one line be said, by either side."""
        match said.by:
            case "person" | "forwarded":
                await self._hear(said, number)
            case "reminder" | "check":
                self._sent(self._reminder(said.by))
            case "broadcast":
                self._sent(stamped({"id": Message(said.text)}, Audience(), self.now.date())["id"])
            case _:
                raise DialogueError(f"the bot sends a reminder, a check or a broadcast, not {said.by!r}")

    async def _hear(self, said: Said, number: int) -> None:
        text, cut = redact(said.text)
        incoming = Incoming(
            channel="test",
            address="1",
            id=str(number),
            at=self.now,
            text=text,
            redacted=cut,
            can_vouch=True,
            forwarded=said.by == "forwarded",
        )
        outcome = await converse(
            TurnInput(
                incoming=incoming,
                participant=self.participant,
                programme=self.programme,
                reminders=self._planner,
                now=self.now,
                dialogue=self.dialogue,
                last=self.heard[-1] if self.heard else None,
            )
        )
        stored = outcome.dialogue
        self.dialogue = None if stored is None else replace(stored, id=stored.id or number)
        if self.dialogue is not None:
            outcome = replace(outcome, reply=outcome.reply.numbered(self.dialogue.id))
        self.outcome, self.participant, self.heard = outcome, outcome.participant, outcome.messages
        self.said += outcome.messages
        self.transcript += [f"> {said.text}", self.answer]

    def _sent(self, message: Message) -> None:
        self.heard = (message,)
        self.said.append(message)
        self.transcript.append(self.answer)

    def _reminder(self, sort: str) -> Message:
        """Return the reminder that was due last, written as of now."""
        past = [due for due in timetable(self.participant, self.programme, self.policy) if due.at <= self.now]
        for due in sorted(past, key=lambda due: due.at, reverse=True):
            if (sort == "check") == due.source.endswith("-shown") and (written := self._written(due)) is not None:
                return written
        raise DialogueError("no reminder was due before")

    def _written(self, due: Due) -> Message | None:
        return without_picture(
            due.source, ReminderSituation(self.participant, self.programme, self.policy, min(self.now, due.not_after))
        )


async def play(script: Script, programme: Programme, policy: Policy) -> Played:
    """Play a dialogue to its end. Raises DialogueError where its set-up doesn't fit."""
    now = script.at.astimezone(UTC)
    person = _person(script.who, now, programme)
    played = Played(programme, policy, person, person, now - timedelta(minutes=len(script.lines) - 1))
    try:
        for number, said in enumerate(script.lines, 1):
            await played.say(said, number)
            played.now += timedelta(minutes=1)
    except DialogueError as error:
        raise DialogueError(f"{script.place}: {error}") from None
    played.now = now
    return played


def _person(who: tuple[str, ...], now: datetime, programme: Programme) -> Participant:
    person = Participant(id=1, welcomed="new" not in who, joined_at=now - _JOINED_BEFORE)
    for told in who:
        match told.split():
            case ["wave", number]:
                person = replace(person, wave=int(number))
            case [("WIB" | "WITA" | "WIT") as zone]:
                person = replace(person, zone=Zone(zone))
            case ["English"]:
                person = replace(person, language="en")
            case ["official", "bought", *_rest]:
                person = person.after(_roster(person, (Step(Milestone.BOUGHT, source=Source.OFFICIAL),)))
            case ["official", "failed:", *reason]:
                failed = Payment(1, _FIRST_PAYMENT, PaymentStatus.FAILED, reason=" ".join(reason))
                person = person.after(_roster(person, tuple(person.progress.values()), (failed,)))
            case [("bought" | "completed" | "reviewed") as step, *details]:
                person = person.after(_reported(_STEPS[step], " ".join(details), programme))
    return person


def _roster(person: Participant, steps: tuple[Step, ...], payments: tuple[Payment, ...] = ()) -> RosterMatched:
    return RosterMatched(person.wave or 0, progress=steps, payments=payments)


def _reported(step: Milestone, details: str, programme: Programme) -> MilestoneReached:
    *name, day = details.split() or [""]
    try:
        on = date.fromisoformat(day)
    except ValueError:
        name, on = [*name, day], None
    found = find_named(" ".join(name), programme.platforms)
    return MilestoneReached(step, on=on, platform=found.id if found is not None else None)


def _labels(message: Message) -> list[str]:
    return [f"[{key.label}] {getattr(key, 'url', '')}".strip() for row in message.keys for key in row]
