"""Entry of a send queue: a claimed delivery in a worker's hands, with its words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from programme.model.deliveries import Claimed
from programme.model.messages import Message


class State(Enum):
    """Where an entry stands, and what happens next."""

    WAITING = auto()  # its turn comes
    BEHIND = auto()  # what goes to the same person before it is out
    RECHECKING = auto()  # the store tells whether it is still wanted
    SENDING = auto()  # the channel tells what became of it
    RETURNED = auto()  # nothing here: it is the store's again, unsent


@dataclass(slots=True, eq=False)
class QueueEntry:
    """A delivery that waits to be sent; claimed again, it is another entry. Moments are in monotonic seconds.

    After `expires` it is not ours any more. At `looked_at` the store was asked whether it is `wanted`.
    """

    claimed: Claimed
    message: Message
    expires: float
    looked_at: float
    wanted: bool = True
    state: State = State.WAITING
