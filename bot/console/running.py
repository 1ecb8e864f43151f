"""What the console stands on: the port that the wiring fills."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.broadcasts.staff_turns import StaffTurns
from bot.channels.groups import Fetch
from bot.helpdesk.service import Helpdesk
from bot.importing.queue import ImportQueue
from bot.store import Store
from programme.model.phones import NumberKeys
from programme.programme import Programme
from reminders.policy import Policy


@dataclass(frozen=True, slots=True)
class ConsoleParts:
    """Store, facts, helpdesk, imports, and where broadcasts are ordered (`staff`).

    `numbers` hashes a number looked for, `fetchers` get a file, by its channel.

    `rates` are messages a second, by channel.
    `follow` takes up at once what was changed of the programme, `keep_up` goes on doing so while the process lives.
    `forget` drops what this process has in memory of a channel's address.
    `utterances` is the folder from which models are trained; None is that of this version.
    `write_counts` adds to the store what this process counted itself, where it answers people, too.
    """

    store: Store
    programme: Programme
    policy: Policy
    rates: Mapping[str, float]
    helpdesk: Helpdesk | None
    follow: Callable[[], Awaitable[object]]
    keep_up: Callable[[], Awaitable[None]]
    imports: ImportQueue
    staff: StaffTurns
    numbers: NumberKeys
    forget: Callable[[str, str], None]
    write_counts: Callable[[], Awaitable[None]]
    fetchers: Mapping[str, Fetch] = field(default_factory=dict)
    utterances: Path | None = None
