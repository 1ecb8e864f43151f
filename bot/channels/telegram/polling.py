"""Fetching updates: one long poll after the other, each update acknowledged only once it is written down."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from telegram.error import Conflict, InvalidToken, TelegramError

from bot.channels.channel import Misconfigured
from bot.channels.telegram.account import Account
from bot.channels.telegram.batch import Batch
from bot.channels.telegram.courtesy import Courtesy
from bot.channels.telegram.intake import Intake, number_of
from bot.channels.telegram.patience import Patience
from bot.channels.telegram.receiving import ALLOWED
from bot.store.throttled_log import ThrottledLog

_log = logging.getLogger(__name__)


async def poll(
    account: Account,
    intake: Intake,
    stop: asyncio.Event,
    *,
    wait: float = 30,
    patience: float = 1.0,
    side_by_side: int = 1,
) -> None:
    """Fetch updates until `stop` is set. Raises Misconfigured where Telegram refuses the token for good.

    Everything else is outlived: a lost network, a server in trouble, a single refusal, a store that can't
    write. The pause between tries starts at `patience` seconds and doubles up to 30. `wait` is for how many
    seconds Telegram may hold back an empty answer. Of one answer, up to `side_by_side` people are admitted at
    the same time. A webhook that was set is taken down.
    """
    async with asyncio.TaskGroup() as tasks:
        poller = _Poller(account, intake, tasks, wait, Patience(account.standing, patience), side_by_side)
        listening = tasks.create_task(poller.run())
        stopping = tasks.create_task(stop.wait())
        await asyncio.wait((listening, stopping), return_when=asyncio.FIRST_COMPLETED)
        listening.cancel()
        stopping.cancel()
    if not listening.cancelled():
        raise listening.result()


@dataclass(slots=True)
class _Poller:
    account: Account
    intake: Intake
    courtesies: asyncio.TaskGroup
    wait: float
    patience: Patience
    side_by_side: int
    offset: int = 0
    webhook_set: bool = True  # until taken down
    trouble: ThrottledLog = field(default_factory=lambda: ThrottledLog(_log, "polls whose updates stay with Telegram"))

    async def run(self) -> Misconfigured:
        """Go on for ever; return only where nobody but an operator can help."""
        while True:
            try:
                await self._round()
                self.patience.worked()
            except TelegramError as error:
                try:
                    await self.patience.rest(error, self._explain(error))
                except Misconfigured as final:
                    return final
            except Exception as error:
                self.trouble.tell(error, "an update stays with Telegram: it could not be written down")
                await asyncio.sleep(self.patience.pause())

    async def _round(self) -> None:
        if self.webhook_set:
            await self.account.delete_webhook()
            self.webhook_set = False
        await self.intake.safe()  # fetching from an offset on acknowledges what was before it
        updates = await self.account.fetch(self.offset, self.wait, ALLOWED)
        if not updates:
            return
        batch = Batch(self.intake, self.side_by_side, self._courteous)
        await batch.admit(updates)
        if not batch.failures:
            self.offset = _behind(updates)
            return
        self.offset = min(batch.failures)  # what was kept behind it is fetched again, and known by its id
        raise batch.failures[self.offset]

    def _courteous(self, courtesy: Courtesy) -> None:
        self.courtesies.create_task(self._be(courtesy))

    async def _be(self, courtesy: Courtesy) -> None:
        with suppress(Exception):
            await self.account.call(courtesy.method, **courtesy.parameters)

    def _explain(self, error: TelegramError) -> str:
        if isinstance(error, InvalidToken):
            return f"Telegram does not want to be asked for updates ({error})"
        if not isinstance(error, Conflict):
            return f"Telegram can't be reached ({error})"
        if "webhook" in str(error).lower():
            self.webhook_set = True
            return "Somebody set a webhook for this bot, which is taken down now"
        return "Another process fetches this bot's updates with the same token: stop one of the two"


def _behind(updates: Sequence[object]) -> int:
    """Return where the next poll begins; ValueError where no update tells its number."""
    numbers = [number for update in updates if (number := number_of(update)) is not None]
    if not numbers:
        raise ValueError("none of the updates has a number")
    return max(numbers) + 1
