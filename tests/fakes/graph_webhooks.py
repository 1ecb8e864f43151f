"""Webhooks: signed over the raw bytes, one by one or in batches, shuffled, repeated, and again when refused.

Meta, webhooks/overview: `X-Hub-Signature-256` is a HMAC over the body as sent, non-ASCII and slashes escaped; whoever
does not answer 200 gets it again, ever more rarely, for up to 7 days. Here a test says when.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import random
from collections import Counter, deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp
import orjson

from tests.fakes.graph_state import Person, State


@dataclass(frozen=True, slots=True)
class Item:
    """One change: `kind` names the list that it goes into ("messages", "statuses" ...), or is empty for an event."""

    field: str
    kind: str
    content: dict[str, Any]
    contact: dict[str, Any] | None = None

    @classmethod
    def of_status(cls, status: dict[str, Any], contact: dict[str, Any] | None) -> Item:
        return cls("messages", "statuses", status, contact)


@dataclass(slots=True)
class _Post:
    body: bytes
    tries: int = 0


@dataclass(slots=True)
class Webhooks:
    """The sender. `batch` items go into one post; `shuffle` mixes them; each post is sent 1 + `repeats` times.

    `held` keeps everything until `deliver`; `muted` kinds ("statuses") are never told; `escaped` False writes plain
    JSON, which is faster. `connections` posts are under way at once; one keeps them in order. After so many `tries`
    Meta gives a post up.
    """

    state: State
    url: str = ""
    secret: str = ""
    batch: int = 1
    repeats: int = 0
    connections: int = 1
    tries: int = 8
    held: bool = False
    escaped: bool = True
    shuffle: random.Random | None = None
    muted: set[str] = field(default_factory=set)
    waiting: deque[Item] = field(default_factory=deque)
    undelivered: list[_Post] = field(default_factory=list)
    lost: list[bytes] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)  # by HTTP status; 0 is no answer
    told: deque[Item] = field(default_factory=lambda: deque(maxlen=5000))
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _quiet: asyncio.Event = field(default_factory=asyncio.Event)
    _under_way: int = 0
    _workers: list[asyncio.Task[None]] = field(default_factory=list)
    _session: aiohttp.ClientSession | None = None

    async def connect(self, url: str, secret: str, verify_token: str) -> None:
        """Subscribe: the GET with the challenge, which must be echoed with 200. Raises AssertionError."""
        session = self._opened()
        challenge = "1158201444"
        query = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": verify_token}
        async with session.get(f"{url}?{urlencode(query)}") as answer:
            echoed = await answer.text()
            assert (answer.status, echoed) == (200, challenge), f"not verified: {answer.status} {echoed!r}"
        self.url, self.secret = url, secret
        await self._stop()
        self._workers = [asyncio.ensure_future(self._work()) for _ in range(self.connections)]

    async def close(self) -> None:
        await self._stop()
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _stop(self) -> None:
        for worker in self._workers:
            worker.cancel()
        for worker in self._workers:
            with suppress(asyncio.CancelledError):
                await worker
        self._workers = []

    def tell(self, item: Item) -> None:
        """Queue one item, where somebody is subscribed to it."""
        if item.kind in self.muted or not self.state.account.subscribed:
            return
        self.told.append(item)
        if self.url:
            self.waiting.append(item)
            self._news.set()

    def event(self, name: str, value: dict[str, Any]) -> None:
        """An event of the account: template, quality, restriction ... with its `value` whole."""
        self.tell(Item(name, "", value))

    def contact(self, person: Person, *, known_by_number: bool, status: str = "") -> dict[str, Any]:
        """One of `contacts`: `wa_id` only where the number is known, `username` not with a sent status (dualhook)."""
        profile = {"name": person.name}
        if person.username and status != "sent":
            profile["username"] = person.username
        told: dict[str, Any] = {"profile": profile, "user_id": person.bsuid}
        if known_by_number or person.number_visible:
            told["wa_id"] = person.number
        if person.parent:
            told["parent_user_id"] = person.parent
        return told

    async def deliver(self) -> None:
        """Post everything that is waiting now, whatever `held` says."""
        while self.waiting:
            await self._post_out(self._pack(self._take()))

    async def settled(self) -> None:
        """Wait until nothing waits and nothing is under way. Raises what ended a worker."""
        while self._under_way or (self.waiting and not self.held):
            self._quiet.clear()
            await self._quiet.wait()
            for worker in self._workers:
                if worker.done():
                    worker.result()

    async def redeliver(self) -> int:
        """Try once more what was not answered with 200; returns how many are left."""
        posts, self.undelivered = self.undelivered, []
        for post in posts:
            await self._try(post)
        return len(self.undelivered)

    async def post_raw(self, body: bytes, signature: str | None = None) -> int:
        """Post any bytes, signed rightly unless `signature` is given ("" for none); returns the status, 0 for none."""
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": signature or self.sign(body)}
        if signature == "":
            del headers["X-Hub-Signature-256"]
        try:
            async with self._opened().post(self.url, data=body, headers=headers) as answer:
                await answer.read()
                return answer.status
        except (aiohttp.ClientError, TimeoutError):
            return 0

    def sign(self, body: bytes) -> str:
        return "sha256=" + hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30))
        return self._session

    async def _work(self) -> None:
        while True:
            if not self.waiting or self.held:
                self._news.clear()
                await self._news.wait()
                continue
            await self._post_out(self._pack(self._take()))

    def _take(self) -> list[Item]:
        chunk = [self.waiting.popleft() for _ in range(min(self.batch, len(self.waiting)))]
        if self.shuffle is not None:
            self.shuffle.shuffle(chunk)
        return chunk

    async def _post_out(self, body: bytes) -> None:
        self._under_way += 1
        try:
            for _ in range(1 + self.repeats):
                await self._try(_Post(body))
        finally:
            self._under_way -= 1
            self._quiet.set()

    async def _try(self, post: _Post) -> None:
        post.tries += 1
        status = await self.post_raw(post.body)
        self.answers[status] += 1
        if status != 200 and post.tries < self.tries:
            self.undelivered.append(post)
        elif status != 200:
            self.lost.append(post.body)

    def _pack(self, items: list[Item]) -> bytes:
        entries = [self._entry(items[start : start + 6]) for start in range(0, len(items), 6)]
        whole = {"object": "whatsapp_business_account", "entry": entries}
        if not self.escaped:
            return orjson.dumps(whole)
        return json.dumps(whole, separators=(",", ":")).replace("/", "\\/").encode()

    def _entry(self, items: list[Item]) -> dict[str, Any]:
        entry: dict[str, Any] = {"id": self.state.account.id}
        if any(not item.kind for item in items):
            entry["time"] = int(self.state.stamp())
        return {**entry, "changes": list(self._changes(items))}

    def _changes(self, items: Iterable[Item]) -> Iterable[dict[str, Any]]:
        """Neighbours of one kind share a change, at most three: entry x change x message, as Meta batches."""
        together: list[Item] = []
        for item in items:
            full = len(together) == 3 or not item.kind
            if together and (full or (together[0].field, together[0].kind) != (item.field, item.kind)):
                yield self._change(together)
                together = []
            together.append(item)
        if together:
            yield self._change(together)

    def _change(self, items: list[Item]) -> dict[str, Any]:
        first = items[0]
        if not first.kind:
            return {"value": first.content, "field": first.field}
        account = self.state.account
        metadata = {"display_phone_number": account.display_number, "phone_number_id": account.number_id}
        value: dict[str, Any] = {"messaging_product": "whatsapp", "metadata": metadata}
        contacts = [item.contact for item in items if item.contact is not None]
        if contacts:
            value["contacts"] = [each for place, each in enumerate(contacts) if each not in contacts[:place]]
        return {"value": {**value, first.kind: [item.content for item in items]}, "field": first.field}
