"""Leads: who is just about to give a secret with their next message, kept in memory for a few minutes."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from programme.model.clock import Clock
from programme.model.messages import Incoming
from programme.redaction.following import lead_of, redact_after

WITHIN: Final = timedelta(minutes=5)

_PEOPLE = 10_000

Redacted = tuple[str, tuple[str, ...]]


class _Latest(NamedTuple):
    """A message that was read: when, what it led to, and what it came behind, should it come once more."""

    number: str
    at: datetime
    lead: str
    before: str | None


@dataclass(slots=True)
class Leads:
    """Reads a message behind the one before it, of the same person in the same place.

    Only what is redacted is kept, and only of whoever spoke of a secret. Another process knows nothing of it: there a
    message is read by itself.
    """

    clock: Clock
    _kept: OrderedDict[tuple[str, str], _Latest] = field(default_factory=OrderedDict)

    def redact(self, channel: str, address: str, text: str) -> Redacted:
        """Return the text without its secrets, and their kinds, before it is handed in."""
        return redact_after(self._of(channel, address), text)

    def read(self, incoming: Incoming) -> Incoming:
        """Return the message without what it gives away behind the one before, and remember where it leads."""
        if not incoming.text:
            return incoming
        place = (incoming.channel, incoming.address)
        before = self._of(*place, incoming.id)
        text, cut = redact_after(before, incoming.text) if before else (incoming.text, ())
        self._keep(place, incoming.id, lead_of(text, before), before)
        return replace(incoming, text=text, redacted=(*incoming.redacted, *cut)) if cut else incoming

    def forget(self, channel: str, address: str) -> None:
        """Drop what is known of whoever writes from there."""
        self._kept.pop((channel, address), None)

    def _of(self, channel: str, address: str, number: str = "") -> str | None:
        latest = self._kept.get((channel, address))
        if latest is None or self.clock.now() - latest.at >= WITHIN:
            return None
        return latest.before if latest.number == number else latest.lead

    def _keep(self, place: tuple[str, str], number: str, lead: str | None, before: str | None) -> None:
        self._kept.pop(place, None)
        if lead is not None:
            self._kept[place] = _Latest(number, self.clock.now(), lead, before)
            if len(self._kept) > _PEOPLE:
                self._kept.popitem(last=False)
