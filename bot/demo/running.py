"""The running application, as far as the page needs it: the port that the wiring fills."""

from __future__ import annotations

from typing import Protocol

from bot.helpdesk.service import Helpdesk
from bot.inbound.processor import InboxProcessor
from bot.outbound.sender import Sender
from bot.store import Store
from programme.model.clock import Clock
from programme.programme import Programme
from reminders.policy import Policy


class RunningApp(Protocol):
    """The parts that a page speaks to."""

    store: Store
    clock: Clock
    programme: Programme
    policy: Policy
    inbox_processor: InboxProcessor
    sender: Sender
    helpdesk: Helpdesk | None
