"""What happens to one update, polled or pushed: read, taken in, and answered with a courtesy."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Hashable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from typing import Any, Final

from telegram import Update

from bot.channels.telegram.courtesy import Courtesy, Hint, courtesy
from bot.channels.telegram.leaner import leaner
from bot.channels.telegram.receiving import Reader
from bot.channels.telegram.staff.reading import StaffReader
from programme.model.messages import Incoming

Take = Callable[[Incoming], Awaitable[None]]
Safe = Callable[[], Awaitable[None]]

_TOO_LARGE: Final = 2**62  # Telegram's are positive 64-bit numbers that grow by one

_PLACE: Final = re.compile(r"-?[0-9]{1,20}(/[0-9]{0,20})?")
_WORDS: Final = tuple(each.name for each in fields(Incoming) if each.type in {"str", "str | None"})

_log = logging.getLogger(__name__)


def number_of(raw: object) -> int | None:
    """Return the number of an update as it came; None where it has none that could be."""
    number = raw.get("update_id") if isinstance(raw, Mapping) else None
    return number if type(number) is int and 0 <= number < _TOO_LARGE else None


def _sound(incoming: Incoming | None) -> Incoming | None:
    """Return what was heard; ValueError where a part is of a sort that no message has: PTB takes any as it comes."""
    if incoming is None:
        return None
    strange = [name for name in _WORDS if not isinstance(getattr(incoming, name), str | None)]
    if strange or not _PLACE.fullmatch(incoming.address):
        raise ValueError(f"of a strange sort: {', '.join(strange) or 'address'}")
    return incoming


async def _safe_already() -> None:
    return


@dataclass(frozen=True, slots=True)
class ReadUpdate:
    """An update by its number: what it says, if anything, and itself, for the courtesy that it may deserve.

    One without a number says nothing: it could not be told from the same one again.
    """

    number: int | None
    incoming: Incoming | None
    update: Update | None

    @property
    def sender(self) -> Hashable:
        """Name whose other updates must not overtake this one."""
        return self.incoming and (self.incoming.channel, self.incoming.address)


class Intake:
    """Hands what people say to `take`, which returns once it is written down.

    `safe` returns once all of that would survive a power cut too: only then are updates acknowledged.
    """

    def __init__(
        self, reader: Reader, take: Take, hint: Hint, staff: StaffReader | None = None, safe: Safe = _safe_already
    ) -> None:
        self.safe = safe
        self._reader = reader
        self._staff = staff
        self._take = take
        self._hint = hint

    async def admit(self, raw: Mapping[str, Any]) -> Courtesy | None:
        """Take in one update as Telegram wrote it; return the call to make next. Raises what `take` raises."""
        return await self.keep(self.read(raw))

    def read(self, raw: Mapping[str, Any]) -> ReadUpdate:
        """Read an update as Telegram wrote it.

        What can't be understood in it is left out. One of which nothing can be is logged by its number and passed
        over: Telegram would send it again for ever.
        """
        number = number_of(raw)
        if number is None:
            _log.error("an update without a number can't be read and is passed over")
            return ReadUpdate(None, None, None)
        try:
            return self._whole(number, raw)
        except Exception:
            for less in leaner(raw):
                with suppress(Exception):
                    read = self._whole(number, less)
                    _log.exception("update %s is read in part", number)
                    return read
            _log.exception("update %s can't be read and is passed over", number)
        return ReadUpdate(number, self._reader.read_nothing(raw), None)

    def _whole(self, number: int, raw: Mapping[str, Any]) -> ReadUpdate:
        update = Update.de_json(dict(raw))
        staff = self._staff if self._staff is not None and self._staff.concerns(update) else None
        return ReadUpdate(number, _sound(staff.read(update) if staff else self._reader.read(update)), update)

    async def keep(self, read: ReadUpdate) -> Courtesy | None:
        """Take in what an update says; return the call to make next. Raises what `take` raises."""
        if read.incoming is not None:
            await self._take(read.incoming)
        return None if read.update is None else self._courtesy(read.update)

    def _courtesy(self, update: Update) -> Courtesy | None:
        if update.callback_query is None and self._staff is not None and self._staff.concerns(update):
            return None
        try:
            return courtesy(update, me=self._reader.me, username=self._reader.username, hint=self._hint)
        except Exception:
            _log.exception("update %s gets no courtesy", update.update_id)
            return None
