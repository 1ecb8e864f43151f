"""What the console stands on: the port that the wiring fills."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.helpdesk.service import Helpdesk
from bot.helpdesk.ticket_lock import Send
from bot.importing.queue import ImportQueue
from bot.store import Store
from programme.programme import Programme
from reminders.policy import Policy


@dataclass(frozen=True, slots=True)
class ConsoleParts:
    """Store, facts, helpdesk and imports. `send` is None where this process reaches nobody: a worker sends then.

    `rates` are messages a second, by channel. `follow` takes up at once what was changed of the programme, `keep_up`
    goes on doing so as long as the process lives.
    """

    store: Store
    programme: Programme
    policy: Policy
    rates: Mapping[str, float]
    helpdesk: Helpdesk | None
    follow: Callable[[], Awaitable[object]]
    keep_up: Callable[[], Awaitable[None]]
    imports: ImportQueue
    send: Send | None = None
