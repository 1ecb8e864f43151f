"""Pictures and files at Meta: each is uploaded once a day and sent by its id, and what people sent is fetched."""

from __future__ import annotations

import asyncio
import logging
import mimetypes
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

from bot.channels.channel import Ambiguous, Refused, Transient
from bot.channels.groups import Fetch
from bot.channels.whatsapp.addresses import CHANNEL
from bot.channels.whatsapp.failures import FAILURES, meaning
from bot.channels.whatsapp.graph import Graph
from programme.model.clock import Clock
from programme.model.messages import Attachment, Document, Picture, Sort

REUSED_FOR = timedelta(days=1)
"""Meta keeps a file for 30 days; what is new every day need not be remembered for longer."""

LARGEST_FETCHED = 20_000_000
"""Bytes of a file that is passed on to another channel."""

_MIMES = {
    Sort.VOICE: "audio/ogg",
    Sort.AUDIO: "audio/mpeg",
    Sort.VIDEO: "video/mp4",
    Sort.VIDEO_NOTE: "video/mp4",
    Sort.ANIMATION: "video/mp4",
    Sort.STICKER: "image/webp",
}
_log = logging.getLogger(__name__)


class Media:
    """Knows the id of everything that was uploaded lately, by its digest.

    Those who send the same new picture at once wait for the first upload.
    """

    def __init__(self, graph: Graph, phone_number_id: str, clock: Clock, fetch: Fetch | None = None) -> None:
        self._graph, self._clock = graph, clock
        self._path = f"{phone_number_id}/media"
        self.fetch = fetch
        self._known: dict[str, tuple[str, datetime]] = {}
        self._uploads: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def id_of(self, media: Picture | Document | Attachment) -> str:
        """Return the id under which Meta has it, uploading it where needed. Raises what `Graph` raises, or Refused."""
        match media:
            case Picture():
                return await self._reused(media.digest, media.data, "picture.png", "image/png")
            case Document():
                return await self._upload(media.data, *_named(media.name))
            case Attachment(channel="whatsapp", reference=reference):
                return reference
            case Attachment():
                return await self._passed_on(media)

    async def content(self, attachment: Attachment) -> bytes | None:
        """Return the content of what somebody sent here; None where it isn't Meta's, is too large, or gone.

        Raises the failure after which it may be had later.
        """
        if attachment.channel != CHANNEL:
            return None
        try:
            told = await self._graph.get(attachment.reference)
            if int(told.get("file_size") or 0) > LARGEST_FETCHED:
                return None
            return await self._graph.download(str(told["url"]), LARGEST_FETCHED)
        except FAILURES as error:
            failure = meaning(error)
            _log.warning("a file on WhatsApp can't be fetched: %s", type(failure).__name__)
            if isinstance(failure, Transient | Ambiguous):
                raise failure from None
        except (KeyError, ValueError) as error:
            _log.warning("a file on WhatsApp can't be fetched: %s", type(error).__name__)
        return None

    async def _reused(self, digest: str, data: bytes, name: str, mime: str) -> str:
        async with self._uploads.setdefault(digest, asyncio.Lock()):
            known = self._known.get(digest)
            if known is None or self._clock.now() >= known[1] + REUSED_FOR:
                known = self._known[digest] = await self._upload(data, name, mime), self._clock.now()
                self._drop_old()
        return known[0]

    def _drop_old(self) -> None:
        oldest = self._clock.now() - REUSED_FOR
        self._known = {digest: known for digest, known in self._known.items() if known[1] > oldest}

    async def _passed_on(self, attachment: Attachment) -> str:
        data = await self.fetch(attachment) if self.fetch is not None else None
        if data is None:
            raise Refused("the file can't be had from where it lies")
        if attachment.sort is Sort.PHOTO:
            mime = mimetypes.guess_type(attachment.name)[0] or "image/jpeg"
            return await self._upload(data, attachment.name or "gambar.jpg", mime)
        name, mime = _named(attachment.name or "berkas")
        return await self._upload(data, name, _MIMES.get(attachment.sort, mime))

    async def _upload(self, data: bytes, name: str, mime: str) -> str:
        return await self._graph.upload(self._path, data, name=name, mime=mime)


def _named(name: str) -> tuple[str, str]:
    """Return the name and the type of a file, as Meta takes it: plain text where it would not take the type."""
    mime = mimetypes.guess_type(name)[0]
    if mime is not None and (
        mime == "application/pdf" or "officedocument" in mime or mime.startswith("application/vnd.ms")
    ):
        return name, mime
    return (name if name.endswith(".txt") else f"{name}.txt"), "text/plain"
