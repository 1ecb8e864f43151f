"""What one webhook of Meta holds: each message, status and piece of news apart, none hindered by another.

https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference, as of August 2026.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from bot.channels.buttons import ButtonSigner
from bot.channels.whatsapp.items import Ignored, Item
from bot.channels.whatsapp.json_fields import (
    NO_FIELDS,
    Fields,
    fields_of,
    label_of,
    moment_of,
    number_of,
    rows_of,
    text_of,
)
from bot.channels.whatsapp.messages import MessageReader, Redact
from bot.channels.whatsapp.news import NEWS
from bot.channels.whatsapp.statuses import receipt_of
from programme.model.clock import Clock

_log = logging.getLogger(__name__)

ReadOne = Callable[[Fields, Fields], Item]

_LISTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"messages": ("messages", "statuses", "errors"), "user_preferences": ("user_preferences", "errors")}
)
"""The lists that each field about people holds."""


class WhatsAppReader:
    """Reads webhooks for the number `phone_number_id`; others of the same account are not ours.

    `redact` cuts out what must not be kept.
    """

    def __init__(self, phone_number_id: str, signer: ButtonSigner, redact: Redact, clock: Clock) -> None:
        messages = MessageReader(phone_number_id, signer, redact, clock)
        self._ours = phone_number_id
        self._clock = clock
        self._read: Mapping[str, ReadOne] = {
            "messages": messages.message,
            "statuses": lambda _, status: receipt_of(status, clock.now()),
            "user_preferences": messages.preference,
            "errors": lambda _, error: Ignored(why=label_of(f"error: {number_of(error, 'code')}")),
        }

    def items(self, payload: Mapping[str, Any]) -> list[Item]:
        """Return everything in a webhook, in its order; of what is unknown or can't be read, why it is ignored."""
        return list(self.each(payload))

    def each(self, payload: Mapping[str, Any]) -> Iterator[Item]:
        """Go through the same, read one by one: a webhook may hold a thousand of them."""
        if text_of(payload, "object") != "whatsapp_business_account":
            yield Ignored(why=label_of(f"object: {text_of(payload, 'object')}"))
            return
        for entry in rows_of(payload, "entry"):
            for change in rows_of(entry, "changes"):
                yield from self._change(entry, change)

    def _change(self, entry: Fields, change: Fields) -> Iterator[Item]:
        field, value = text_of(change, "field"), fields_of(change, "value")
        if field in _LISTS:
            ours = text_of(fields_of(value, "metadata"), "phone_number_id") == self._ours
            for name in _LISTS[field]:
                for row in rows_of(value, name):
                    yield self._guarded(name, self._read[name], value, row) if ours else Ignored(why="other number")
        elif (read := NEWS.get(field)) is not None:
            at = moment_of(entry, "time", self._clock.now())
            yield self._guarded(field, lambda value, _: read(value, at), value, NO_FIELDS)
        else:
            yield Ignored(why=label_of(f"field: {field}"))

    def _guarded(self, name: str, read: ReadOne, value: Fields, row: Fields) -> Item:
        """Read one; a mistake of ours costs this one only, and is told by its place: its words could be a person's."""
        try:
            return read(value, row)
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            _log.error("one of %s can't be read: %s in %s:%s", name, type(error).__name__, place.name, place.lineno)
            return Ignored(why=label_of(f"unreadable: {name}"))
