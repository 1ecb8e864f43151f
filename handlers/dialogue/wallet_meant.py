"""Whether *dana* is the e-wallet DANA: in a talk about where the incentive goes it may be, elsewhere it is money."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from handlers.dialogue.follow_up import about
from handlers.dialogue.register import traits_of
from handlers.understanding import Understanding, find_entities
from handlers.understanding.phrases import says
from programme.model.messages import Matter

_KIND: Final = "partner"


def with_wallet(read: Understanding, matter: Matter | None, today: date) -> Understanding:
    """Return what was read, with the wallet of *danaku yang salah ya?* where accounts were spoken of."""
    of_accounts = matter is not None and _KIND in traits_of(about(matter)).slots
    if not of_accounts or read.entity(_KIND) is not None or not says("dana as a wallet", read.text):
        return read
    found = find_entities(read.text, today=today, kinds=(_KIND,))
    return replace(read, entities=tuple(sorted((*read.entities, *found), key=lambda one: one.start)))
