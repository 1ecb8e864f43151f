"""The way out to WhatsApp: as we like within a day of what the person wrote, by an approved text after that."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Any, NoReturn

import orjson

from bot.channels.buttons import ButtonSigner, ButtonTooLong
from bot.channels.channel import FREE, Ambiguous, Asked, AskedAlready, Held, NotHere, Refused, SendFailure, Terms
from bot.channels.whatsapp.addresses import CHANNEL, recipient
from bot.channels.whatsapp.approach import NOTHING_ASKS, Approach
from bot.channels.whatsapp.failures import FAILURES, TemplateStopped, WindowClosed, meaning, of_receipt
from bot.channels.whatsapp.graph import Graph
from bot.channels.whatsapp.media import Media
from bot.channels.whatsapp.pages import page_id
from bot.channels.whatsapp.prepared import Body, Prepared, addressed, encoded
from bot.channels.whatsapp.rendering import Post, render
from bot.channels.whatsapp.template_bodies import body_of
from bot.channels.whatsapp.templates import Template
from locales import speaking
from programme.model.clock import Clock
from programme.model.messages import Attachment, Document, Kind, Message, Notice, Picture
from programme.model.receipts import Receipt
from programme.model.windows import is_open

_BULK = frozenset({Kind.REMINDER, Kind.BROADCAST})
_RENDERED = 8  # messages that go to many, kept as they are sent
_SHOWN = 10_000  # people of whom is remembered what they were shown last


class WhatsAppChannel:
    """Sends through one number. The id of a message is Meta's; of one in parts, that of the part with the buttons."""

    name = CHANNEL

    def __init__(
        self,
        graph: Graph,
        phone_number_id: str,
        signer: ButtonSigner,
        *,
        clock: Clock,
        media: Media,
    ) -> None:
        self._graph, self._path = graph, f"{phone_number_id}/messages"
        self._signer, self._clock, self._media = signer, clock, media
        self.approach: Approach | None = None  # without one, nobody is written to who has not written within a day
        self._rendered: OrderedDict[int, tuple[Message, Sequence[Post]]] = OrderedDict()
        self._prepared = Prepared()
        self._shown: OrderedDict[str, tuple[str, int]] = OrderedDict()

    async def warm(self, count: int) -> None:
        """Have `count` connections open for messages in bulk."""
        await self._graph.warm(count)

    def forget(self, address: str) -> None:
        """Drop what is remembered of the last message there, and what was made ready for many."""
        self._shown.pop(address, None)
        self._rendered.clear()
        self._prepared.forget()

    def failure(self, receipt: Receipt) -> SendFailure:
        """Return what it means that a message which was taken did not arrive."""
        return of_receipt(receipt)

    async def send(
        self,
        address: str,
        message: Message,
        *,
        kind: Kind = Kind.REPLY,
        edits: str | None = None,
        terms: Terms = FREE,
    ) -> str:
        """Send `message`; return Meta's id. Nothing can be edited: what only loses its buttons is not sent again.

        Raises a SendFailure; once a first part is out, any failure is Ambiguous.
        """
        if not is_open(CHANNEL, terms.heard_at, self._clock.now()):
            return await self._approach(address, message, kind, terms)
        if edits is not None and self._shown.get(address) == (edits, hash(message.text)):
            return edits
        try:
            sent = await self._send_freely(address, message, kind, terms)
        except WindowClosed:
            return await self._approach(address, message, kind, terms)
        self._remember(address, sent, message)
        return sent

    async def send_page(self, address: str, message: Message, page: int, reference: str) -> str:
        """Send another page of a message's list, to whoever asked for it just now. Raises a SendFailure."""
        return await self._send_freely(address, message, Kind.REPLY, Terms(reference=reference), page)

    async def read(self, message: str) -> None:
        """Show the person that their message was read and that an answer is being written. Raises a SendFailure."""
        body = {"messaging_product": "whatsapp", "status": "read", "message_id": message}
        await self._post(orjson.dumps({**body, "typing_indicator": {"type": "text"}}), in_bulk=False)

    async def _send_freely(self, address: str, message: Message, kind: Kind, terms: Terms, page: int = 0) -> str:
        posts = self._posts(message, kind, terms, page)
        ids = [await self._place(address, posts[0], kind, terms)]
        try:
            ids += [await self._place(address, post, kind, terms) for post in posts[1:]]
        except SendFailure as error:
            raise Ambiguous(f"sent in part: {error}") from error
        return ids[next((at for at, post in enumerate(posts) if "interactive" in post.body), -1)]

    def _posts(self, message: Message, kind: Kind, terms: Terms, page: int) -> Sequence[Post]:
        if kind is Kind.BROADCAST and (known := self._rendered.get(id(message))) is not None:
            return known[1]
        try:
            with speaking(terms.language):
                posts = render(message, self._signer, page=page, more=lambda next_: page_id(terms.reference, next_))
        except ButtonTooLong as error:
            raise Refused(str(error)) from error
        if kind is Kind.BROADCAST:
            self._rendered[id(message)] = (message, posts)  # the message stays, so that its id is its own
            while len(self._rendered) > _RENDERED:
                self._rendered.popitem(last=False)
        return posts

    async def _place(self, address: str, post: Post, kind: Kind, terms: Terms) -> str:
        media_id = None if post.media is None else await self._media_id(post.media)
        rest = self._encoded(kind, post, media_id, lambda: _complete(post, media_id))
        return await self._send(address, rest, terms, in_bulk=kind in _BULK)

    def _encoded(self, kind: Kind, source: object, key: Hashable, body: Callable[[], Body]) -> bytes:
        """Encode what follows from `source` and `key`, once where the same goes to many."""
        return self._prepared.of(source, key, body) if kind is Kind.BROADCAST else encoded(body())

    async def _approach(self, address: str, message: Message, kind: Kind, terms: Terms) -> str:
        """Say by an approved text what may not be said freely; an answer of the staff follows once they write."""
        if kind is Kind.STAFF:
            await self._ask(address, message, terms)
        if self.approach is None or message.notice is None:
            raise NotHere("no approved text")
        return await self._say_by_template(self.approach, address, message, kind, terms)

    async def _ask(self, address: str, message: Message, terms: Terms) -> NoReturn:
        """Ask the person to write, unless they were asked already; the answer is held whatever comes of that.

        Raises a Held, or the failure after which it is worth trying again.
        """
        if self.approach is None or message.notice is None:
            raise Held(NOTHING_ASKS)
        asking = self.approach.asking
        async with asking.turn(terms.participant):
            if await asking.is_asked(terms):
                raise AskedAlready("to write")
            try:
                await self._say_by_template(self.approach, address, message, Kind.STAFF, terms)
            except TemplateStopped as error:
                raise Held(NOTHING_ASKS) from error
            asking.asked(terms)
        raise Asked("to write")

    async def _say_by_template(
        self, approach: Approach, address: str, message: Message, kind: Kind, terms: Terms
    ) -> str:
        assert message.notice is not None  # noqa: S101 - asked by the callers
        template = await approach.template_for(message, kind, terms)
        try:
            rest = await self._approved(template, message, message.notice, kind)
            sent = await self._send(address, rest, terms, in_bulk=True)
        except TemplateStopped as error:
            approach.stopped(template, str(error))  # so that another one is found, if there is any
            return await self._say_by_template(approach, address, message, kind, terms)
        approach.sent(template)
        return sent

    async def _approved(self, template: Template, message: Message, notice: Notice, kind: Kind) -> bytes:
        image = await self._header(template, message)
        key = (template.name, template.language, image)
        return self._encoded(kind, notice, key, lambda: body_of(template, notice, self._signer.write, image))

    async def _header(self, template: Template, message: Message) -> str | None:
        if not template.picture:
            return None
        picture = message.notice.picture if message.notice is not None else None
        if picture is None:
            raise NotHere("the approved text wants a picture")
        return await self._media_id(picture)

    async def _media_id(self, media: Picture | Document | Attachment) -> str:
        try:
            return await self._media.id_of(media)
        except FAILURES as error:
            raise meaning(error) from error

    async def _send(self, address: str, rest: bytes, terms: Terms, *, in_bulk: bool) -> str:
        try:
            to = recipient(address)
        except ValueError as error:
            raise Refused(str(error)) from error
        given = {"biz_opaque_callback_data": terms.reference} if terms.reference else {}
        answer = await self._post(addressed({**to, **given}, rest), in_bulk=in_bulk)
        try:
            return str(answer["messages"][0]["id"])
        except (KeyError, IndexError, TypeError) as error:
            raise Ambiguous("an answer without the message's id") from error

    async def _post(self, body: bytes, *, in_bulk: bool) -> dict[str, Any]:
        try:
            return await (self._graph.post_quickly if in_bulk else self._graph.post)(self._path, body)
        except FAILURES as error:
            raise meaning(error) from error

    def _remember(self, address: str, sent: str, message: Message) -> None:
        self._shown[address] = (sent, hash(message.text))  # the words themselves are not kept
        self._shown.move_to_end(address)
        while len(self._shown) > _SHOWN:
            self._shown.popitem(last=False)


def _complete(post: Post, media_id: str | None) -> Body:
    return (post if media_id is None else post.with_media(media_id)).body
