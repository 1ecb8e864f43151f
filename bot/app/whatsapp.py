"""The bot on WhatsApp: its number, its webhook, and what Meta tells of both."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from html import escape
from typing import TYPE_CHECKING, Any, Final

from bot.app.settings import Settings
from bot.app.staff_alarm import StaffAlarm
from bot.channels.buttons import ButtonSigner
from bot.channels.channel import Misconfigured, SendFailure
from bot.channels.whatsapp.addresses import CHANNEL
from bot.channels.whatsapp.approach import Approach
from bot.channels.whatsapp.asking import Asking
from bot.channels.whatsapp.failures import FAILURES, meaning
from bot.channels.whatsapp.graph import Graph
from bot.channels.whatsapp.intake import WhatsAppIntake
from bot.channels.whatsapp.items import AccountNews, NextPage
from bot.channels.whatsapp.media import Media
from bot.channels.whatsapp.number import NUMBER_FIELDS, facts_of
from bot.channels.whatsapp.reading import WhatsAppReader
from bot.channels.whatsapp.sending import WhatsAppChannel
from bot.channels.whatsapp.template_account import kept_templates
from bot.channels.whatsapp.template_book import TemplateBook
from bot.channels.whatsapp.templates import Template, load_templates
from bot.channels.whatsapp.tier import Tier
from bot.channels.whatsapp.webhook import webhook_routes
from bot.inbound.dispatcher import InboundDispatcher
from bot.outbound.receipt_writer import ReceiptWriter
from bot.store import Store
from bot.store.throttled_log import ThrottledLog
from programme.model.clock import Clock
from programme.model.messages import Incoming
from programme.model.templates import TemplateNews, TemplateState
from programme.redaction.cutter import redact

if TYPE_CHECKING:
    from fastapi import FastAPI

    from bot.app.wiring import App

log = logging.getLogger(__name__)

CONNECTIONS: Final = 256
"""Sends under way at most: a rate of 1,000 a second at 100 ms needs 100. Opened as needed."""

LOOK_EVERY: Final = timedelta(minutes=10)
"""How often Meta is asked how the number stands: a webhook may be lost."""

REFUSED_FOR: Final = timedelta(minutes=2)
"""After so long of refusals it is believed that the token is no good."""

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0  # seconds
_KEEP_EVERY = 15.0  # seconds


@dataclass(slots=True)
class WhatsAppService:
    """The number in use."""

    settings: Settings
    graph: Graph
    channel: WhatsAppChannel
    media: Media
    reader: WhatsAppReader
    clock: Clock
    store: Store | None = None
    alarm: StaffAlarm | None = None
    reached: bool = False
    refused: bool = False
    patience: float = _FIRST_PAUSE
    """Seconds after which the first try is repeated."""
    _ignored: dict[str, int] = field(default_factory=dict)
    _courtesies: set[asyncio.Task[None]] = field(default_factory=set)
    _trouble: ThrottledLog = field(default_factory=lambda: ThrottledLog(log, "looks at the number"))

    @property
    def account_name(self) -> str:
        """Name the account whose rate all processes share."""
        return f"whatsapp/{self._number}"

    @property
    def rate(self) -> float:
        """How many messages a second the number may send."""
        return self.settings.whatsapp_rate

    @property
    def wrong(self) -> Sequence[str]:
        """Say what keeps Meta and us apart, if anything does."""
        if self.refused:
            return ["Meta refuses WHATSAPP_TOKEN: is it still valid, and has its user the number's account?"]
        if not self.reached:
            return ["Meta was not reached yet: is there a way to WHATSAPP_BASE_URL from here?"]
        return []

    @property
    def _number(self) -> str:
        return self.settings.whatsapp_phone_number_id or ""

    def join(self, app: App) -> None:
        """Use the app's store for what is counted and told."""
        rooms: Sequence[str] = ()
        if app.helpdesk is not None:
            rooms = app.helpdesk.rounds.rooms
            app.helpdesk.topic_sync.fetchers[CHANNEL] = self.media.content
        self.store, self.alarm = app.store, StaffAlarm(app.store, rooms)
        tier = Tier(app.store, self.settings.whatsapp_tier)
        self.channel.approach = Approach(
            TemplateBook(app.store), tier, self.clock, Asking(app.store, self.clock), self._stopped
        )

    async def reach(self) -> None:
        """Return once Meta has told how the number stands. Raises Misconfigured where it refuses us for good."""
        pause, refused_since = self.patience, None
        while not self.reached:
            try:
                await self._look()
            except FAILURES as error:
                self.refused = isinstance(failure := meaning(error), Misconfigured)
                refused_since = (refused_since or self.clock.now()) if self.refused else None
                if refused_since is not None and self.clock.now() >= refused_since + REFUSED_FOR:
                    raise Misconfigured(f"WHATSAPP_TOKEN: Meta refuses it: {failure}") from None
                log.warning("Meta can't be reached (%s). Trying again in %g s.", failure, pause)
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)

    async def listen(self, desk: InboundDispatcher, server: FastAPI, stop: asyncio.Event) -> None:
        """Take in webhooks until `stop` is set, and look now and then how the number stands."""
        settings = self.settings
        assert settings.whatsapp_app_secret is not None  # noqa: S101 - asked for with the token
        assert settings.whatsapp_verify_token is not None  # noqa: S101
        processor = desk.inbox_processor
        sender = processor.sender
        receipts = ReceiptWriter(processor.store, sender.channels, sender.wake, observer=sender.observer)
        receipts.alarms.append(self._alarmed)
        receipts.smoothers = sender.smoothers
        intake = WhatsAppIntake(
            reader=self.reader,
            take=lambda incoming: self._take(desk, incoming),
            turn_page=lambda page: self._turn_page(desk, page),
            receive=receipts.receive,
            note=self._note,
            count=self._count,
            safe=desk.safe,
            side_by_side=desk.side_by_side,
        )
        secret, word = (
            settings.whatsapp_app_secret.get_secret_value(),
            settings.whatsapp_verify_token.get_secret_value(),
        )
        server.router.routes[:0] = webhook_routes(intake, secret, word)
        await self.reach()
        log.info("Sobat serves a number on WhatsApp")
        await self.watch(stop)

    async def watch(self, stop: asyncio.Event) -> None:
        """Write down what was counted, and look now and then how number and templates stand, until `stop` is set."""
        next_look = self.clock.now() + LOOK_EVERY
        while not await _stopped(stop, _KEEP_EVERY):
            try:
                await self._keep()
                if self.clock.now() >= next_look:
                    next_look = self.clock.now() + LOOK_EVERY
                    await self._look()
            except Exception as error:
                self._trouble.tell(error, "it can't be told how the number stands")

    async def _keep(self) -> None:
        """Write down what was counted, and read anew which templates can be sent."""
        if (approach := self.channel.approach) is not None:
            await approach.tier.write()
            await approach.book.refresh()
        counts, self._ignored = self._ignored, {}
        if counts and self.store is not None:
            async with self.store.writing() as tx:
                await tx.accounts.count_up(CHANNEL, {f"ignored/{why}": count for why, count in counts.items()})

    async def _look(self) -> None:
        """Ask how the number and its templates stand, and keep it."""
        told = facts_of(await self.graph.get(self._number, fields=NUMBER_FIELDS))
        self.reached, self.refused = True, False
        if self.store is None:
            return
        kept = await kept_templates(self.graph, self.settings.whatsapp_account_id or "")
        ours, now = load_templates().all, self.clock.now()
        async with self.store.writing() as tx:
            await tx.accounts.learn(CHANNEL, told)
        await self._hear([kept[key].news(now, one) for one in ours if (key := (one.name, one.language)) in kept])
        await self._keep()

    async def _hear(self, news: Sequence[TemplateNews]) -> None:
        """Take in how templates stand; the staff are told of each that was taken from us."""
        if self.store is None or not news:
            return
        async with self.store.writing() as tx:
            barred = await tx.templates.apply(news)
        for each in barred:
            await self._tell_barred(each.name, each.language, f"{each.by} {each.reason}".strip())

    async def _tell_barred(self, name: str, language: str, why: str) -> None:
        if self.alarm is not None:
            words = (
                f"Template WhatsApp <b>{escape(name)}</b> ({language}) tidak dikirim lagi: {escape(why)}. "
                "Peserta yang punya Telegram diingatkan di sana. Apa yang perlu dilakukan: "
                "<i>sobat whatsapp templates status</i>"
            )
            await self.alarm.tell(f"template/{name}/{language}/{why}/{self.clock.now():%Y%m%d}", words)

    def _stopped(self, template: Template, why: str) -> None:
        """Remember that Meta refuses a template, and tell the staff."""
        self._soon(self._stop(template, why))

    async def _stop(self, template: Template, why: str) -> None:
        news = TemplateNews(
            name=template.name,
            language=template.language,
            at=self.clock.now(),
            state=TemplateState.PAUSED,
            reason=why,
        )
        await self._hear([news])

    def _soon(self, doing: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(doing)
        self._courtesies.add(task)
        task.add_done_callback(self._courtesies.discard)

    async def _take(self, desk: InboundDispatcher, incoming: Incoming) -> None:
        await desk.take(incoming)
        if incoming.message is not None and not incoming.edited:
            self._soon(self._read(incoming.message))

    async def _read(self, message: str) -> None:
        with suppress(SendFailure):
            await self.channel.read(message)

    async def _turn_page(self, desk: InboundDispatcher, page: NextPage) -> None:
        """Show the next page of a list, to whom the list was sent; of somebody else's nothing is shown."""
        async with desk.inbox_processor.store.reading() as tx:
            message = await tx.outbox.message_to(page.reference, CHANNEL, page.incoming.address)
        if message is None:
            return
        with suppress(SendFailure):
            await self.channel.send_page(page.incoming.address, message, page.page, page.reference)

    async def _note(self, news: Sequence[TemplateNews | AccountNews]) -> None:
        await self._hear([each for each in news if isinstance(each, TemplateNews)])
        for each in news:
            if isinstance(each, AccountNews):
                await self._note_account(each)

    async def _note_account(self, news: AccountNews) -> None:
        told: Mapping[str, Any] = {"tier": news.tier, "quality": news.quality, f"event/{news.field}": news.event}
        if self.store is not None:
            async with self.store.writing() as tx:
                kept = {name: str(value) for name, value in told.items() if value is not None}
                await tx.accounts.learn(CHANNEL, kept, news.at)
        if news.alarming and self.alarm is not None:
            words = escape(f"WhatsApp memberi tahu: {news.event} ({news.field}). {news.detail}".strip())
            await self.alarm.tell(f"whatsapp/{news.field}/{news.event}/{news.at:%Y%m%d}", words)

    def _alarmed(self, _channel: str, failure: Misconfigured) -> None:
        if self.alarm is not None:
            words = escape(f"WhatsApp menerima pesan tetapi tidak mengantarnya: {failure}")
            self._soon(self.alarm.tell(f"whatsapp/refused/{self.clock.now():%Y%m%d}", words))

    def _count(self, ignored: Mapping[str, int]) -> None:
        for why, count in ignored.items():
            self._ignored[why] = self._ignored.get(why, 0) + count


async def _stopped(stop: asyncio.Event, within: float) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(within):
            await stop.wait()
    return stop.is_set()


@asynccontextmanager
async def whatsapp_service(settings: Settings, signer: ButtonSigner, clock: Clock) -> AsyncIterator[WhatsAppService]:
    """Open the number of WHATSAPP_PHONE_NUMBER_ID, without asking Meta anything yet."""
    assert settings.whatsapp_token is not None  # noqa: S101 - asked by the caller
    token, number = settings.whatsapp_token.get_secret_value(), settings.whatsapp_phone_number_id or ""
    async with Graph(settings.whatsapp_base_url, token, connections=CONNECTIONS) as graph:
        media = Media(graph, number, clock)
        channel = WhatsAppChannel(graph, number, signer, clock=clock, media=media)
        reader = WhatsAppReader(number, signer, redact, clock)
        yield WhatsAppService(settings, graph, channel, media, reader, clock)
