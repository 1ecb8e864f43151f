"""What the console stands on: the port that the wiring fills."""

from __future__ import annotations

from dataclasses import dataclass

from bot.helpdesk.service import Helpdesk
from bot.helpdesk.ticket_lock import Send
from bot.store import Store
from programme.programme import Programme


@dataclass(frozen=True, slots=True)
class ConsoleParts:
    """Store, facts and helpdesk. `send` is None where this process reaches nobody: a worker sends then."""

    store: Store
    programme: Programme
    helpdesk: Helpdesk | None
    send: Send | None = None
