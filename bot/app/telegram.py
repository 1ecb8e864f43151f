"""The bot on Telegram: its account, its face, and its updates, polled or pushed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from telegram.error import TelegramError

from bot.app.profiles import hint, profiles
from bot.app.settings import Settings
from bot.channels.buttons import ButtonSigner
from bot.channels.telegram.account import Account, open_account
from bot.channels.telegram.commands import start
from bot.channels.telegram.files import fetched
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.patience import FIRST_PAUSE, Patience, until_done
from bot.channels.telegram.polling import poll
from bot.channels.telegram.receiving import Reader
from bot.channels.telegram.sending import TelegramChannel
from bot.channels.telegram.staff.group import StaffGroups
from bot.channels.telegram.staff.reading import StaffReader
from bot.channels.telegram.webhook import LOOK_EVERY, keep_webhook, set_webhook, webhook_route
from bot.helpdesk.service import StaffRooms
from bot.inbound.dispatcher import InboundDispatcher
from programme.model.clock import Clock
from programme.model.messages import Attachment
from programme.redaction.cutter import redact

if TYPE_CHECKING:
    from fastapi import FastAPI

log = logging.getLogger(__name__)

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
    webhook_set: bool = False
    patience: float = FIRST_PAUSE
    """Seconds after which the first try is repeated."""
    look_every: float = LOOK_EVERY
    """Seconds after which it is looked whether the webhook is still set."""

    @property
    def account_name(self) -> str:
        """Name the account whose rate all processes share."""
        return f"telegram/{self.reader.me}"

    @property
    def rate(self) -> float:
        """How many messages a second the account may send."""
        return self.settings.telegram_rate

    @property
    def username(self) -> str:
        """The bot's name without its @; empty until Telegram was reached."""
        return self.reader.username

    @property
    def wrong(self) -> list[str]:
        """Say what keeps Telegram and us apart, if anything does."""
        if self.account.standing.refused_since is not None:
            return ["Telegram refuses the token: is TELEGRAM_TOKEN still the one that @BotFather shows?"]
        if not self.username:
            return ["Telegram was not reached yet: is there a way to it from here?"]
        if self.settings.telegram_webhook_url and not self.webhook_set:
            return ["Telegram does not take TELEGRAM_WEBHOOK_URL, so nobody's message arrives: see the log"]
        return []

    async def fetch(self, attachment: Attachment) -> bytes | None:
        """Return what Telegram keeps, for people on other channels."""
        return await fetched(self.account, attachment)

    async def reach(self) -> None:
        """Return once Telegram has said who we are. Raises Misconfigured where it refuses the token for good."""
        patience = Patience(self.account.standing, self.patience)
        while not self.reader.username:
            try:
                me = await self.account.get_me()
            except TelegramError as error:
                await patience.rest(error, f"Telegram can't be reached ({error})")
            else:
                self.account.standing.accepted()
                self.reader.username = me.username or me.first_name
                log.info("Sobat serves @%s", self.username)

    async def watch(self, stop: asyncio.Event) -> None:
        """Wait: what Telegram wants is told with each message."""
        await stop.wait()

    async def listen(self, desk: InboundDispatcher, app: FastAPI, stop: asyncio.Event) -> None:
        """Reach Telegram, then take in updates until `stop` is set; meanwhile the bot's face is brought in line.

        Raises Misconfigured, in a group, where Telegram refuses the token for good.
        """
        intake = Intake(self.reader, desk.take, hint, self.staff, desk.safe)
        url, secret = self.settings.telegram_webhook_url, self.settings.telegram_webhook_secret
        if url is not None and secret is not None:
            app.router.routes.insert(0, webhook_route(intake, secret.get_secret_value()))
        await self.reach()
        async with asyncio.TaskGroup() as tasks:
            face = tasks.create_task(self._show_face())
            if url is None or secret is None:
                await poll(self.account, intake, stop, patience=self.patience, side_by_side=desk.side_by_side)
            else:
                await self._be_called(url.rstrip("/") + "/telegram", secret.get_secret_value(), stop)
            face.cancel()

    async def _be_called(self, url: str, secret: str, stop: asyncio.Event) -> None:
        """Have updates sent to `url`, and keep it so until `stop` is set."""
        what = "Telegram does not take TELEGRAM_WEBHOOK_URL, so nobody's message arrives"
        ask = partial(set_webhook, self.account, url, secret)
        await until_done(ask, self.account.standing, what, first=self.patience)
        self.webhook_set = True
        await keep_webhook(self.account, url, secret, stop, every=self.look_every, patience=self.patience)

    async def _show_face(self) -> None:
        """Bring menu and descriptions in line; Telegram throttles that for hours, and nobody waits for it."""
        try:
            await start(self.account, profiles())
        except TelegramError as error:
            log.warning("the menu of commands could not be set: %s", error)


@asynccontextmanager
async def _open(account: Account) -> AsyncIterator[Account]:
    try:
        await account.open()
        yield account
    finally:
        await account.shutdown()


@asynccontextmanager
async def telegram_service(settings: Settings, signer: ButtonSigner, clock: Clock) -> AsyncIterator[TelegramService]:
    """Open the account of TELEGRAM_TOKEN, without asking Telegram anything yet."""
    assert settings.telegram_token is not None  # noqa: S101 - asked by the caller
    token = settings.telegram_token.get_secret_value()
    async with (
        _open(open_account(token, settings.telegram_base_url)) as account,
        _open(open_account(token, settings.telegram_base_url, connections=CONNECTIONS)) as bulk,
    ):
        me = account.number
        reader = Reader(me=me, username="", signer=signer, redact=redact, clock=clock)
        channel = TelegramChannel(account, signer, bulk, paid=settings.telegram_paid_broadcast)
        service = TelegramService(account, channel, reader, settings)
        if rooms := settings.staff_groups:
            service.staff = StaffReader(me=me, rooms=rooms, signer=signer, redact=redact, clock=clock)
            groups = StaffGroups(account, signer)
            service.staff_rooms = StaffRooms(rooms=rooms, groups=groups, username=lambda: reader.username)
        yield service
