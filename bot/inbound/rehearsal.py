"""Warm-up: a conversation with nobody, rolled back, loads what the first person would have to wait for.

The model, numpy, the catalogs, and the statements as the database wants them take half a second to get ready; the first
message would hold up everybody meanwhile, within an open transaction.
"""

from __future__ import annotations

import logging

from sqlalchemy.exc import SQLAlchemyError

from bot.inbound.processor import InboxProcessor
from bot.store import InboxRow
from handlers.understanding import understand
from handlers.understanding.replies import reply_like
from handlers.understanding.short_questions import asked_in_short
from handlers.understanding.steps_told import step_like
from locales import catalogue
from programme.model.messages import Incoming, Sort
from programme.model.zones import Zone
from programme.redaction.cutter import redact

log = logging.getLogger(__name__)

_SAID = ("halo kak", "gelombang 21 kapan batas belinya?")
_NOBODY = "rehearsal"  # no channel's name


class _Over(Exception):
    """Ends the rehearsal; nothing of it remains."""


async def rehearse(inbox_processor: InboxProcessor) -> None:
    """Play a few turns, and roll them back. Where the database is away, at least understanding is ready."""
    now = inbox_processor.store.clock.now()
    catalogue.load()
    for text in _SAID:
        understand(redact(text)[0], today=now.astimezone(Zone.WIB.tz).date())
        for read_as in (asked_in_short, reply_like, step_like):  # each loads a classifier of its own
            read_as(text)
    try:
        await _play(inbox_processor)
    except _Over:
        return
    except SQLAlchemyError as error:
        log.warning("%s: the first message will take a moment longer", type(error).__name__)


async def _play(inbox_processor: InboxProcessor) -> None:
    async with inbox_processor.store.writing(at_once=True) as tx:
        for number, text in enumerate(_SAID):
            name = f"{_NOBODY}:{number}"
            said = Incoming(channel=_NOBODY, address=name, id=name, at=tx.now, sort=Sort.TEXT, text=text)
            row = await tx.inbox.add_handled(said)
            if row is not None:
                await inbox_processor.turn_handler.handle(tx, InboxRow(row, said, None), {})
        raise _Over
