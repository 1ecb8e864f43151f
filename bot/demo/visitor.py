"""Somebody at the page speaks: their words go the same way as those from any channel."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import uuid4

from bot.channels.pictures import LARGEST, as_preview, as_screenshot
from bot.channels.web.channel import WebChannel
from bot.demo.clock import DemoClock
from bot.demo.phone_mode import PhoneMode
from bot.demo.running import RunningApp
from bot.demo.visitor_limit import VisitorLimiter
from bot.demo.whatsapp_chat import SIGNER
from bot.look.markup import as_text
from bot.store import InboxRow
from bot.store.repositories.uploads import AT_MOST, UPLOADED
from bot.store.throttled_log import ThrottledLog
from handlers.phrases.apology import apology
from handlers.understanding.phrases import says
from locales import SOURCE, _
from programme.model.messages import Attachment, Button, Incoming, Message, Open, Picture, Sort
from programme.model.participants import ReminderLevel
from programme.model.phones import OwnNumber
from programme.redaction.cutter import redact_file_name

_DAY = timedelta(days=1)

log = logging.getLogger(__name__)


def page_trouble() -> ThrottledLog:
    """Return what tells of errors at the page; all its visitors share one."""
    return ThrottledLog(log, "messages of the page that have to wait or to be sent again")


class Receipt(StrEnum):
    """What became of something that was handed in."""

    TAKEN = "taken"
    TOO_QUICK = "too quick"
    NOT_NOW = "not now"
    TOO_OLD = "too old"


@dataclass(slots=True, repr=False, eq=False)
class Visitor:
    """One browser's person. `address` is a secret of the two; who speaks too quickly is asked to wait."""

    app: RunningApp
    channel: WebChannel
    demo_clock: DemoClock | None
    address: str
    pace: VisitorLimiter = field(default_factory=VisitorLimiter)
    trouble: ThrottledLog = field(default_factory=page_trouble)
    mode: PhoneMode = PhoneMode.TELEGRAM

    async def say(self, words: str, *, number: str | None = None) -> Receipt:
        """Send a text. What must not be kept is cut out first. The same `number` twice is said once."""
        if await self._is_too_quick():
            return Receipt.TOO_QUICK
        text, cut = self.app.inbox_processor.leads.redact(self.channel.name, self.address, words)
        shown = as_text(_("Mulai") if text == "/start" else text)
        wish = await self._wish(text) if self.is_on_whatsapp else None
        parts: dict[str, Any] = {"sort": Sort.PRESS, "action": wish} if wish else {"sort": Sort.TEXT, "text": text}
        return await self._send(lambda: self.channel.said(self.address, shown, number), number, redacted=cut, **parts)

    @property
    def is_on_whatsapp(self) -> bool:
        """Whether they are to be heard as on WhatsApp: only in the demonstration can the phone look like that."""
        return self.demo_clock is not None and self.mode is PhoneMode.WHATSAPP

    async def _wish(self, text: str) -> Open | None:
        """Hear STOP and START as on WhatsApp: what comes from the page is heard as the page's, which has neither."""
        if says("stop everything", text):
            return Open("stop")
        if not says("start again", text):
            return None
        async with self.app.store.writing() as tx:
            person = await tx.people.at(self.channel.name, self.address, language=SOURCE)
        return Open("start_again") if person.reminders.level is ReminderLevel.NONE else None

    @property
    def shows_pictures(self) -> bool:
        """Whether there is anybody to look at pictures."""
        return self.app.helpdesk is not None

    async def show(self, name: str, data: bytes) -> None:
        """Send a picture; what is none, or too large, is answered at once."""
        if await self._is_too_quick():
            return
        async with self.pace.turn():  # looking at a picture is what costs most
            await self._look_at(name, data)

    async def _look_at(self, name: str, data: bytes) -> None:
        kept = await asyncio.to_thread(as_screenshot, data)
        seen = await asyncio.to_thread(as_preview, kept) if kept else None
        if kept is None or seen is None:
            await self.refuse_picture()
            return
        number = await self._kept(name, kept)
        if number is None:
            enough = _("🖼 Gambarmu hari ini sudah banyak. Tulis saja lanjutannya ya.")
            await self._tell([Message(enough)])
            return
        picture = Picture(seen, _("Gambar darimu"))
        await self._hand_in(
            lambda: self.channel.showed(self.address, picture),
            sort=Sort.PHOTO,
            attachment=Attachment(Sort.PHOTO, UPLOADED, number, "gambar.jpg"),
        )

    async def _kept(self, name: str, data: bytes) -> str | None:
        """Keep a picture for the staff; None where the person sent as many today as are kept."""
        now = self.app.clock.now()
        async with self.app.store.writing() as tx:
            person = await tx.people.at(self.channel.name, self.address, language=SOURCE)
            if await tx.uploads.count(person.id, now - _DAY) >= AT_MOST:
                return None
            return await tx.uploads.keep(person.id, redact_file_name(name), data)

    async def refuse_picture(self) -> None:
        """Say which pictures can be sent."""
        most = LARGEST // 1_000_000
        words = _("🖼 Itu belum bisa kubuka. Kirim gambar JPG atau PNG, paling besar {most} MB ya.").format(most=most)
        await self._tell([Message(words)])

    async def press_key(self, post: str, key: tuple[int, int], number: str) -> Receipt:
        """Press the key at this row and place of a post; one that is no longer there is too old."""
        shown = next((each for each in await self.channel.opened(self.address) if each.id == post), None)
        row, place = key
        keys = shown.message.keys if shown else ()
        button = keys[row][place] if 0 <= row < len(keys) and 0 <= place < len(keys[row]) else None
        if not isinstance(button, Button):
            return Receipt.TOO_OLD
        return await self.press(button, post, number)

    async def choose(self, post: str, chosen: str, title: str, number: str) -> Receipt:
        """Choose what hangs on a post as WhatsApp shows it: by the id that comes back, and what stood on it."""
        action = SIGNER.read(chosen) if self.is_on_whatsapp else None
        if action is None or not any(each.id == post for each in await self.channel.opened(self.address)):
            return Receipt.TOO_OLD
        return await self.press(Button(title, action), post, number)

    async def press(self, button: Button, post: str, number: str | None = None) -> Receipt:
        """Press a button of the message with the id `post`. On WhatsApp no answer takes the place of a message."""
        if await self._is_too_quick():
            return Receipt.TOO_QUICK
        label = as_text(button.label)
        heard = await self._send(
            lambda: self.channel.pressed(self.address, label, number),
            number,
            sort=Sort.PRESS,
            action=button.action,
            pressed=None if self.is_on_whatsapp else post,
        )
        self.channel.released(self.address)
        return heard

    @property
    def plays_with_numbers(self) -> bool:
        """Whether made-up numbers may be shared here: only in the demonstration, never beside the real bot."""
        return self.demo_clock is not None

    async def share(self, number: OwnNumber, *, shown: str) -> None:
        """Share a made-up number as the person's own."""
        if not self.plays_with_numbers or await self._is_too_quick():
            return
        words = as_text(shown)
        await self._send(lambda: self.channel.said(self.address, words), sort=Sort.CONTACT, number=number)

    async def _send(self, show: Callable[[], None], given: str | None = None, /, **parts: Any) -> Receipt:
        async with self.pace.turn():
            return await self._hand_in(show, given, **parts)

    async def _hand_in(self, show: Callable[[], None], given: str | None = None, /, **parts: Any) -> Receipt:
        """Have it written down, then show it and have it answered. What the page gave a number is taken once."""
        async with self.pace.in_order:
            await self.channel.opened(self.address)
            here: Any = {"channel": "web", "address": self.address, "can_vouch": self.plays_with_numbers}
            number = f"{sha256(self.address.encode()).hexdigest()[:16]}/{given}" if given else uuid4().hex
            incoming = Incoming(id=number, at=self.app.clock.now(), **here, **parts)
            try:
                row = await self.app.inbox_processor.take(incoming)
            except Exception as error:
                self.trouble.tell(error, "a message of the page could not be written down")
                if given is None:
                    await self._tell(apology(SOURCE, self.app.programme))
                return Receipt.NOT_NOW
            if row is not None or not self.channel.knows(self.address, given):  # or it was taken just before a crash
                show()
            if row is not None:
                await self._answer(row)
            await self._write()
        if self.demo_clock is not None:
            await self.demo_clock.settle()
        return Receipt.TAKEN

    async def _answer(self, row: InboxRow) -> None:
        """Answer what was taken; what can't be answered now is taken up again."""
        try:
            await self.app.inbox_processor.answer(row)
        except Exception as error:
            self.trouble.tell(error, "a message of the page could not be answered and is taken up again")

    async def _write(self) -> None:
        """Keep the chat; where that can't be done now, it is done with what is said next."""
        try:
            await self.channel.write(self.address)
        except Exception as error:
            self.trouble.tell(error, "a chat of the page could not be kept yet")

    async def _is_too_quick(self) -> bool:
        """Tell whether so much waits already that no more is taken; the first time, say so in the chat."""
        if not self.pace.full:
            return False
        if not self.pace.told:
            self.pace.told = True
            words = _("🙏 Pelan-pelan ya. Yang terakhir belum sempat kubaca: tunggu sebentar, lalu kirim lagi.")
            await self._tell([Message(words)])
        return True

    async def _tell(self, messages: Iterable[Message]) -> None:
        for message in messages:
            await self.channel.send(self.address, message)
