"""Files that the server keeps: sent again by their id, copied, fetched."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any

from PIL import Image, UnidentifiedImageError

from tests.fakes.bot_api_forum import place_of
from tests.fakes.bot_api_rules import bad, caption_of, markup_of
from tests.fakes.bot_api_state import Sent, State

Given = dict[str, Any]
Uploads = dict[str, bytes]
Method = Callable[[State, Given, Uploads], Awaitable[Any]]


def _send_kept(kind: str) -> Method:
    """A document, voice, video or the like, uploaded or known by its id."""

    async def method(state: State, given: Given, uploads: Uploads) -> Any:
        shown, markup = caption_of(given), markup_of(given)
        wanted = str(given.get(kind) or (f"attach://{kind}" if kind in uploads else ""))
        if not wanted:
            raise bad(f"there is no {kind} in the request")
        if wanted.startswith("attach://"):
            held = state.keep(uploads.get(wanted.removeprefix("attach://"), b""), kind)
        else:
            held = state.kept(wanted, kind)
        chat = state.chat(given.get("chat_id"))
        place = place_of(chat, given)
        sent = Sent(state.next_message(), shown, held, markup, kind=kind, **place)
        return state.dump(chat, state.put(chat, sent))

    return method


def check_photo(data: bytes) -> None:
    """Sides of 10,000 pixels together, one at most 20 times the other, 10 MB."""
    if len(data) > 10_000_000:
        raise bad("file is too big for a photo; the maximum size is 10485760 bytes")
    try:
        with Image.open(BytesIO(data)) as picture:
            width, height = picture.size
    except (UnidentifiedImageError, OSError):
        return  # the beginning of a picture is enough of one here
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")


async def copy_message(state: State, given: Given, uploads: Uploads) -> Any:
    source = state.chat(given.get("from_chat_id"))
    original = source.messages.get(int(given.get("message_id", 0)))
    if original is None:
        raise bad("message to copy not found")
    chat = state.chat(given.get("chat_id"))
    place = place_of(chat, given)
    copied = Sent(state.next_message(), original.shown, original.photo, markup_of(given), kind=original.kind, **place)
    return {"message_id": state.put(chat, copied).id}


async def get_file(state: State, given: Given, uploads: Uploads) -> Any:
    name = str(given.get("file_id"))
    if name not in state.files:
        raise bad("wrong file_id or the file is temporarily unavailable")
    size = len(state.files[name])
    return {"file_id": name, "file_unique_id": name[-8:], "file_size": size, "file_path": f"documents/{name}"}


async def pin_chat_message(state: State, given: Given, uploads: Uploads) -> Any:
    chat = state.chat(given.get("chat_id"))
    if int(given.get("message_id", 0)) not in chat.messages:
        raise bad("message to pin not found")
    return True


KEPT: dict[str, Method] = {
    "senddocument": _send_kept("document"),
    "sendvoice": _send_kept("voice"),
    "sendvideo": _send_kept("video"),
    "sendaudio": _send_kept("audio"),
    "sendanimation": _send_kept("animation"),
    "sendvideonote": _send_kept("video_note"),
    "sendsticker": _send_kept("sticker"),
    "copymessage": copy_message,
    "getfile": get_file,
    "pinchatmessage": pin_chat_message,
}
