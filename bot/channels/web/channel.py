"""The web page as a channel: its chats lie in the store, and open pages hear of what is said at once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from uuid import uuid4

from bot.channels.channel import FREE, Terms
from bot.channels.pictures import as_png
from bot.store import Store
from bot.store.repositories.chats import ChatMessage
from locales import _
from programme.model.clock import Clock
from programme.model.messages import Answer, Attachment, Button, Document, Key, Kind, Link, Message, Picture, Sort

FILES = "/sobat/files"
PICTURES = 500
"""How many pictures are kept at most, in all chats together."""

FILE_BYTES = 200_000_000
"""How much of other files is kept at most, in all chats together."""


Fetch = Callable[[Attachment], Awaitable[bytes | None]]
"""Returns the content of what another channel keeps; None where it can't be had."""

Listener = Callable[[ChatMessage], None]
"""Hears of a new post, or of a known one (by its id) that changed."""


@dataclass(slots=True)
class _Room:
    """A chat: its newest posts by id, at most `most`, oldest first; `files` are digests of its own.

    One that was forgotten keeps nothing until the person speaks again.
    """

    most: int
    posts: dict[str, ChatMessage] = field(default_factory=dict)
    listeners: list[Listener] = field(default_factory=list)
    clearers: list[Callable[[], None]] = field(default_factory=list)
    pressed: ChatMessage | None = None
    forgotten: bool = False
    files: set[str] = field(default_factory=set)
    unwritten: dict[str, ChatMessage] = field(default_factory=dict)

    def put(self, post: ChatMessage, *, written: bool = False) -> None:
        if post.own:
            self.forgotten = False
            self._take_answered_keys()
        if self.forgotten:
            for listener in tuple(self.listeners):
                listener(post)
            return
        self.posts[post.id] = post
        if len(self.posts) > self.most:
            del self.posts[next(iter(self.posts))]
        if not written:
            self.unwritten[post.id] = post
        for listener in tuple(self.listeners):
            listener(post)

    def _take_answered_keys(self) -> None:
        """Take away the keys of questions: who spoke has answered them, or will be asked again."""
        for post in tuple(self.posts.values()):
            keys = tuple(row for row in (tuple(filter(_stays, row)) for row in post.message.keys) if row)
            if keys != post.message.keys:
                self.put(replace(post, message=replace(post.message, keys=keys)))


def _stays(key: Key) -> bool:
    return not (isinstance(key, Button) and isinstance(key.action, Answer))


class WebChannel:
    """The chats of everybody who has the page open; the oldest silent chats are dropped first."""

    name = "web"

    def __init__(self, clock: Clock, *, posts: int = 300, chats: int = 1000) -> None:
        self._clock = clock
        self.fetch: Fetch | None = None  # how to get what another channel keeps
        self.store: Store | None = None  # where chats outlive the process; without one they don't
        self._files: OrderedDict[str, tuple[str, bytes]] = OrderedDict()
        self._most_posts, self._most_chats = posts, chats
        self._rooms: OrderedDict[str, _Room] = OrderedDict()
        self._pictures: OrderedDict[str, Picture] = OrderedDict()

    async def send(
        self,
        address: str,
        message: Message,
        *,
        kind: Kind = Kind.REPLY,
        edits: str | None = None,
        terms: Terms = FREE,
    ) -> str:
        """Show a message on the person's open pages, in place of `edits` where that is still there."""
        if message.takes_back:
            message = Message(_("<i>Pesan ini ditarik.</i>"))
        if message.attachment is not None:
            message = await self._attached(address, message, message.attachment)
        room = await self._opened(address)
        if message.document is not None:
            message = replace(message, document=None, keys=(*message.keys, (self._linked(room, message.document),)))
        if message.picture is not None:
            self._keep_picture(message.picture)
        if edits is not None and (shown := room.posts.get(edits)) is not None:
            room.pressed = None
            await self._show(address, room, replace(shown, message=message))
            return edits
        self._show_pressed(room)
        post = ChatMessage(id=uuid4().hex, at=self._clock.now(), message=message, kind=kind)
        await self._show(address, room, post)
        self._let_go(address, room)
        return post.id

    async def opened(self, address: str) -> Sequence[ChatMessage]:
        """Return what is kept of a chat, oldest first, also of one that was last seen by another process."""
        return tuple((await self._opened(address)).posts.values())

    async def write(self, address: str) -> None:
        """Keep what was said in a chat, once the person is known."""
        if address in self._rooms:
            await self._write(address, self._rooms[address])

    async def is_visited(self, address: str) -> bool:
        """Tell whether a page is open there, or was talked at before."""
        if (room := self._rooms.get(address)) is not None:
            return bool(room.listeners or room.posts)
        if self.store is None:
            return False
        async with self.store.reading() as tx:
            return bool(await tx.chats.read(self.name, address, 1))

    def knows(self, address: str, number: str | None) -> bool:
        """Tell whether the post with this id is in the chat."""
        room = self._rooms.get(address)
        return room is not None and number in room.posts

    def said(self, address: str, text: str, number: str | None = None) -> None:
        """Show the person's own words; `text` is HTML as in a `Message`, `number` the id that the page gave them."""
        self._room(address).put(self._own(text, number))

    def showed(self, address: str, picture: Picture) -> None:
        """Show the person's own picture."""
        self._keep_picture(picture)
        self._room(address).files.add(picture.digest)
        self._room(address).put(replace(self._own(""), message=Message("", picture=picture)))

    def pressed(self, address: str, label: str, number: str | None = None) -> None:
        """Note a pressed button: shown as the person's words, unless the answer edits what is there."""
        self._room(address).pressed = self._own(label, number)

    def released(self, address: str) -> None:
        """Forget a pressed button that nothing answered."""
        self._room(address).pressed = None

    def listen(
        self, address: str, listener: Listener, cleared: Callable[[], None] = lambda: None
    ) -> Callable[[], None]:
        """Tell `listener` of every post in the chat from now on, and call `cleared` when all are forgotten.

        Call what is returned to stop.
        """
        room = self._room(address)
        room.listeners.append(listener)
        room.clearers.append(cleared)

        def stop() -> None:
            room.listeners.remove(listener)
            room.clearers.remove(cleared)
            self._let_go(address, room)

        return stop

    def forget(self, address: str) -> None:
        """Drop what was said and shown in a chat; what comes next is shown on open pages, and not kept."""
        if (room := self._rooms.get(address)) is None:
            return
        self._drop_files(room)
        room.posts.clear()
        room.unwritten.clear()
        room.pressed, room.forgotten = None, True
        for clear in tuple(room.clearers):
            clear()

    def picture(self, digest: str) -> Picture | None:
        """Return a picture that was sent not long ago."""
        return self._pictures.get(digest)

    def file(self, digest: str) -> tuple[str, bytes] | None:
        """Return name and content of a file that was sent not long ago."""
        return self._files.get(digest)

    async def _attached(self, address: str, message: Message, attachment: Attachment) -> Message:
        """Show a picture as such, and a link to any other file; what can't be fetched is told."""
        data = await self.fetch(attachment) if self.fetch else None
        picture = as_png(data) if data and attachment.sort in {Sort.PHOTO, Sort.STICKER} else None
        if picture is not None:
            shown = Picture(picture, _("Gambar dari petugas"))
            self._room(address).files.add(shown.digest)
            return replace(message, picture=shown, attachment=None)
        if data is None:
            note = _("(berkas tidak bisa ditampilkan di sini)")
            return replace(message, text=f"{message.text}\n<i>{note}</i>")
        link = self._linked(self._room(address), Document(attachment.name or _("berkas"), data))
        return replace(message, keys=(*message.keys, (link,)))

    def _linked(self, room: _Room, document: Document) -> Link:
        """Keep a file for a while; return the key that fetches it."""
        room.files.add(document.digest)
        self._files[document.digest] = document.name, document.data
        while len(self._files) > PICTURES or sum(len(kept) for _name, kept in self._files.values()) > FILE_BYTES:
            self._files.popitem(last=False)
        return Link(f"📎 {document.name}", f"{FILES}/{document.digest}")

    def _own(self, text: str, number: str | None = None) -> ChatMessage:
        return ChatMessage(id=number or uuid4().hex, at=self._clock.now(), message=Message(text), kind=None)

    def _show_pressed(self, room: _Room) -> None:
        pressed, room.pressed = room.pressed, None
        if pressed is not None:
            room.put(pressed)

    async def _opened(self, address: str) -> _Room:
        """Return a chat, read from the store where this process does not have it in hand."""
        if address not in self._rooms and self.store is not None:
            async with self.store.reading() as tx:
                kept = await tx.chats.read(self.name, address, self._most_posts)
            if address not in self._rooms and kept:
                room = self._room(address)
                room.posts.update({post.id: post for post in kept})
                for post in kept:
                    self._keep_shown(room, post)
        return self._room(address)

    async def _show(self, address: str, room: _Room, post: ChatMessage) -> None:
        """Write a post down, then show it, so that what somebody saw is there after a crash.

        Where it can't be written now, it is shown all the same, and kept with what comes next.
        """
        written = False
        if not room.forgotten:
            room.unwritten[post.id] = post
            with suppress(Exception):
                written = await self._write(address, room)
        room.put(post, written=written)

    async def _write(self, address: str, room: _Room) -> bool:
        """Write down what is new. Before the person is known there is nobody whose it is: then False."""
        if self.store is None or not room.unwritten:
            return False
        posts, room.unwritten = room.unwritten, {}
        known = False
        try:
            async with self.store.writing() as tx:
                known = await tx.chats.keep(self.name, address, tuple(posts.values()))
        finally:
            if not known and not room.forgotten:
                room.unwritten = posts | room.unwritten
        return known

    def _room(self, address: str) -> _Room:
        room = self._rooms.setdefault(address, _Room(self._most_posts))
        self._rooms.move_to_end(address)
        if len(self._rooms) > self._most_chats:
            silent = next((known for known, room in self._rooms.items() if not room.listeners), None)
            if silent not in {None, address}:
                self._drop_files(self._rooms.pop(str(silent)))
        return room

    def _drop_files(self, room: _Room) -> None:
        """Let go of what was sent there: of a chat that is not in hand nobody could forget it later."""
        for digest in room.files:
            self._pictures.pop(digest, None)
            self._files.pop(digest, None)
        room.files.clear()

    def _keep_shown(self, room: _Room, post: ChatMessage) -> None:
        """Keep the picture of a post at hand: the person's own and the staff's belong to the chat, others to many."""
        if (picture := post.message.picture) is not None:
            self._keep_picture(picture)
            if post.own or post.kind is Kind.STAFF:
                room.files.add(picture.digest)

    def _let_go(self, address: str, room: _Room) -> None:
        """Forget even the address of somebody forgotten, once nobody looks."""
        if room.forgotten and not room.listeners and self._rooms.get(address) is room:
            del self._rooms[address]

    def _keep_picture(self, picture: Picture) -> None:
        self._pictures[picture.digest] = picture
        self._pictures.move_to_end(picture.digest)
        if len(self._pictures) > PICTURES:
            self._pictures.popitem(last=False)
