"""The running application, as far as the page needs it: the port that the wiring fills."""

from __future__ import annotations

from typing import Protocol

from bot.helpdesk.service import Helpdesk
from bot.inbound.processor import InboxProcessor
from bot.outbound.sender import Sender
from bot.store import Store
from programme.model.clock import Clock
from programme.programme import Programme


class RunningApp(Protocol):
    """The parts that a page speaks to."""

    @property
    def store(self) -> Store:
        """Return where everything lies."""
        ...

    @property
    def clock(self) -> Clock:
        """Return the clock."""
        ...

    @property
    def programme(self) -> Programme:
        """Return the facts."""
        ...

    @property
    def inbox_processor(self) -> InboxProcessor:
        """Return who takes in and answers what is said."""
        ...

    @property
    def sender(self) -> Sender:
        """Return who sends what is owed."""
        ...

    @property
    def helpdesk(self) -> Helpdesk | None:
        """Return the helpdesk, where there is one."""
        ...
