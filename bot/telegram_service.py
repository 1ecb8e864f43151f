"""The bot on Telegram: its account, its face, and its updates, polled or pushed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram.error import InvalidToken, NetworkError, TelegramError

from bot.channels.buttons import ButtonSigner
from bot.channels.telegram.account import Account, open_account
from bot.channels.telegram.commands import start
from bot.channels.telegram.files import fetched
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.polling import poll
from bot.channels.telegram.receiving import Reader
from bot.channels.telegram.sending import TelegramChannel
from bot.channels.telegram.staff.group import StaffGroups
from bot.channels.telegram.staff.reading import StaffReader
from bot.channels.telegram.webhook import set_webhook, webhook_route
from bot.front_desk import FrontDesk
from bot.helpdesk.helpdesk import StaffRooms
from bot.profiles import hint, profiles
from bot.settings import Settings, WrongSetting
from programme.clock import Clock
from programme.messages import Attachment
from programme.privacy import redact

if TYPE_CHECKING:
    from fastapi import FastAPI

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds between tries to reach Telegram at the start, doubling."""

CONNECTIONS = 512
"""Bulk sends under way at most: a rate of 1,000 a second at 60 ms needs 60 to 100. Opened as needed."""


@dataclass(slots=True)
class TelegramService:
    """The account in use."""

    account: Account
    channel: TelegramChannel
    reader: Reader
    settings: Settings
    staff: StaffReader | None = None
    staff_rooms: StaffRooms | None = None

    @property
    def username(self) -> str:
        """The bot's name without its @."""
        return self.reader.username

    @property
    def how(self) -> str:
        """Say how updates arrive."""
        return "by webhook" if self.settings.telegram_webhook_url else "by long polling"

    async def fetch(self, attachment: Attachment) -> bytes | None:
        """Return what Telegram keeps, for people on other messengers."""
        return await fetched(self.account, attachment)

    async def listen(self, desk: FrontDesk, app: FastAPI, stop: asyncio.Event) -> None:
        """Show the bot's face, then take in updates until `stop` is set."""
        try:
            await start(self.account, profiles())
        except TelegramError as error:
            log.warning("the menu of commands could not be set: %s", error)
        intake = Intake(self.reader, desk.take, hint, self.staff, desk.safe)
        url, secret = self.settings.telegram_webhook_url, self.settings.telegram_webhook_secret
        if url is None or secret is None:
            await poll(self.account, intake, stop)
            return
        app.router.routes.insert(0, webhook_route(intake, secret.get_secret_value()))
        await set_webhook(self.account, url.rstrip("/") + "/telegram", secret.get_secret_value())
        await stop.wait()


@asynccontextmanager
async def _reached(account: Account) -> AsyncIterator[Account]:
    """Open the account, trying for as long as it takes to reach Telegram."""
    pause = FIRST_PAUSE
    try:
        while True:
            try:
                await account.initialize()
                break
            except InvalidToken:
                raise
            except NetworkError:
                log.warning("Telegram can't be reached. Trying again in %g s.", pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        yield account
    finally:
        await account.shutdown()


@asynccontextmanager
async def telegram_service(settings: Settings, signer: ButtonSigner, clock: Clock) -> AsyncIterator[TelegramService]:
    """Open the account of TELEGRAM_TOKEN. Raises WrongSetting where Telegram refuses it."""
    assert settings.telegram_token is not None  # noqa: S101 - asked by the caller
    token = settings.telegram_token.get_secret_value()
    try:
        async with (
            _reached(open_account(token, settings.telegram_base_url)) as account,
            _reached(open_account(token, settings.telegram_base_url, connections=CONNECTIONS)) as bulk,
        ):
            me = account.bot
            reader = Reader(me=me.id, username=me.username or "", signer=signer, redact=redact, clock=clock)
            channel = TelegramChannel(account, signer, bulk, paid=settings.telegram_paid_broadcast)
            service = TelegramService(account, channel, reader, settings)
            if rooms := settings.staff_groups:
                service.staff = StaffReader(me=me.id, rooms=rooms, signer=signer, redact=redact, clock=clock)
                service.staff_rooms = StaffRooms(
                    rooms=rooms, groups=StaffGroups(account, signer), username=me.username or ""
                )
            yield service
    except InvalidToken:
        raise WrongSetting("TELEGRAM_TOKEN: Telegram refuses it; copy it anew from @BotFather") from None
