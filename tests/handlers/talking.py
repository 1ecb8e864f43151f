"""A participant who talks to the conversations themselves: no channel, no database."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

from handlers.dialogue.router import converse
from handlers.dialogue.turn_input import SharedNumber, TurnInput, TurnOutcome
from programme.model.controllers import DataController
from programme.model.dialogues import OPEN_FOR, Dialogue
from programme.model.events import Event, RosterMatched
from programme.model.messages import Action, Button, Incoming, Key, Link, Message, Open, Sort
from programme.model.participants import Participant
from programme.programme import Programme, load_programme
from reminders.planner import Planner
from reminders.policy import load_policy

MONDAY = datetime.fromisoformat("2021-10-18T09:00:00+07:00")


class Talk:
    """Keeps participant and dialogue between turns, as the store does; `text` is all that was heard last."""

    def __init__(
        self,
        participant: Participant | None = None,
        *,
        at: datetime = MONDAY,
        programme: Programme | None = None,
        roster: RosterMatched | None = None,
    ) -> None:
        self.participant = participant or Participant(id=1, welcomed=True)
        self.now = at.astimezone(UTC)
        self.programme = programme or load_programme()
        self.roster = roster
        self.controller: DataController | None = None
        self.dialogue: Dialogue | None = None
        self.events: list[Event] = []
        self.outcome: TurnOutcome | None = None
        self._turns = 0
        self._heard_at = self.now
        self._read: Message | None = None

    @property
    def messages(self) -> tuple[Message, ...]:
        assert self.outcome is not None, "nothing was said yet"
        return self.outcome.messages

    @property
    def text(self) -> str:
        return "\n\n".join(message.text for message in self.messages)

    @property
    def plain(self) -> str:
        """The text without bold and italics."""
        return re.sub(r"</?[bi]>", "", self.text)

    @property
    def coming(self) -> list[datetime]:
        """The moments of the reminders ahead, in UTC."""
        return [due.at for due in Planner(self.programme, load_policy()).upcoming(self.participant, self.now)]

    @property
    def keys(self) -> list[Key]:
        return [key for message in self.messages for row in message.keys for key in row]

    @property
    def buttons(self) -> list[str]:
        return [key.label for key in self.keys if isinstance(key, Button)]

    @property
    def links(self) -> list[str]:
        return [key.url for key in self.keys if isinstance(key, Link)]

    @property
    def leads_to(self) -> set[str]:
        """The conversations that the buttons open."""
        actions = [key.action for key in self.keys if isinstance(key, Button)]
        return {action.conversation for action in actions if isinstance(action, Open)}

    async def says(self, text: str, *, forwarded: bool = False) -> None:
        await self.sends(Sort.TEXT, text, forwarded=forwarded)

    async def sends(self, sort: Sort, text: str = "", *, forwarded: bool = False) -> None:
        await self._turn(replace(self._incoming(sort, text=text), forwarded=forwarded))

    async def presses(self, label: str) -> None:
        found = [key.action for key in self.keys if isinstance(key, Button) and label in key.label]
        assert len(found) == 1, f"{label!r} is on {len(found)} of {self.buttons}"
        await self.acts(found[0])

    async def opens(self, conversation: str, **answers: str) -> None:
        """Press a button that leads to `conversation`, wherever it was shown."""
        await self.acts(Open(conversation, answers))

    async def acts(self, action: Action) -> None:
        """Press a button that does this."""
        await self._turn(self._incoming(Sort.PRESS, action=action))

    def _incoming(self, sort: Sort, *, text: str = "", action: Action | None = None) -> Incoming:
        self._turns += 1
        number = str(self._turns)
        return Incoming(
            channel="test",
            address="1",
            id=number,
            at=self.now,
            sort=sort,
            text=text,
            action=action,
            can_vouch=True,
        )

    async def _turn(self, incoming: Incoming) -> None:
        self.outcome = await converse(
            TurnInput(
                incoming=incoming,
                participant=self.participant,
                programme=self.programme,
                reminders=Planner(self.programme, load_policy()),
                now=self.now,
                dialogue=self.dialogue,
                last=self._last,
                controller=self.controller,
                shared=SharedNumber(self.roster) if incoming.sort is Sort.CONTACT else None,
            )
        )
        self._heard_at, self._read = self.now, None
        self.participant = self.outcome.participant
        self.events.extend(self.outcome.events)
        self.dialogue = self._numbered(self.outcome)

    @property
    def _last(self) -> Message | None:
        """What was heard last, as long as it may be answered."""
        heard = self.outcome is not None and self.messages and self.now - self._heard_at <= OPEN_FOR
        return self._read or (self.messages[-1] if heard else None)

    def read(self, message: Message) -> None:
        """Have the person read a message that came by itself, such as a reminder."""
        self._read = message

    def _numbered(self, outcome: TurnOutcome) -> Dialogue | None:
        """Give a new dialogue its number, also in the keys that answer its question."""
        if outcome.dialogue is None:
            return None
        number = outcome.dialogue.id or self._turns
        self.outcome = replace(outcome, reply=outcome.reply.numbered(number))
        return replace(outcome.dialogue, id=number)
