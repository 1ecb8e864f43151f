"""A claimed delivery in a worker's hands."""

from __future__ import annotations

from dataclasses import dataclass

from programme.model.deliveries import Claimed
from programme.model.messages import Message


class Unwritten:
    """Stands for words that could not be found, by a mistake of ours."""


Words = Message | Unwritten | None
"""What is sent; None where it would make no sense any more."""


@dataclass(slots=True, eq=False)
class LeasedDelivery:
    """A claimed delivery with its words; claimed again, it is another one. Moments are in monotonic seconds.

    After `expires` it is not ours any more. At `looked_at` the store was asked whether it is `wanted`.
    """

    claimed: Claimed
    message: Words
    expires: float
    looked_at: float
    wanted: bool = True
