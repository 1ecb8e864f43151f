"""The methods of the Bot API that the app uses, as the real server behaves."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import orjson

from tests.fakes.bot_api_files import KEPT, check_photo
from tests.fakes.bot_api_forum import FORUM, place_of
from tests.fakes.bot_api_rules import Refusal, bad, caption_of, markup_of, text_of
from tests.fakes.bot_api_state import USUAL, Sent, State

Given = dict[str, Any]
Uploads = dict[str, bytes]
Method = Callable[[State, Given, Uploads], Awaitable[Any]]
SENDS = frozenset(
    {
        *("sendmessage", "sendphoto", "senddocument", "sendvoice", "sendvideo", "sendaudio", "sendanimation"),
        *("sendvideonote", "sendsticker", "copymessage", "createforumtopic"),
    }
)
_DESCRIPTION_LIMITS = {"description": 512, "short_description": 120}


async def get_me(state: State, given: Given, uploads: Uploads) -> Any:
    return state.bot


async def send_message(state: State, given: Given, uploads: Uploads) -> Any:
    shown, markup = text_of(given), markup_of(given)
    chat = state.chat(given.get("chat_id"))
    place = place_of(chat, given)
    return state.dump(chat, state.put(chat, Sent(state.next_message(), shown, markup=markup, **place)))


async def send_photo(state: State, given: Given, uploads: Uploads) -> Any:
    shown, markup = caption_of(given), markup_of(given)
    photo = _file(state, given.get("photo", "attach://photo"), uploads)
    chat = state.chat(given.get("chat_id"))
    place = place_of(chat, given)
    return state.dump(chat, state.put(chat, Sent(state.next_message(), shown, photo, markup, **place)))


async def send_chat_action(state: State, given: Given, uploads: Uploads) -> Any:
    state.chat(given.get("chat_id"))
    return True


async def edit_message_text(state: State, given: Given, uploads: Uploads) -> Any:
    shown, markup = text_of(given), markup_of(given)
    chat = state.chat(given.get("chat_id"))
    sent = state.editable(chat, given.get("message_id"))
    if sent.photo:
        raise bad("there is no text in the message to edit")
    return state.dump(chat, state.change(chat, sent, shown=shown, markup=markup))


async def edit_message_caption(state: State, given: Given, uploads: Uploads) -> Any:
    shown, markup = caption_of(given), markup_of(given)
    chat = state.chat(given.get("chat_id"))
    sent = state.editable(chat, given.get("message_id"))
    if not sent.photo:
        raise bad("there is no caption in the message to edit")
    return state.dump(chat, state.change(chat, sent, shown=shown, markup=markup))


async def edit_message_media(state: State, given: Given, uploads: Uploads) -> Any:
    media = _json(given.get("media"), "can't parse InputMedia")
    if media.get("type") != "photo":
        raise bad("type of the media is not supported")
    shown, markup = caption_of(media), markup_of(given)
    photo = _file(state, media.get("media", ""), uploads)
    chat = state.chat(given.get("chat_id"))
    sent = state.editable(chat, given.get("message_id"))
    return state.dump(chat, state.change(chat, sent, shown=shown, photo=photo, markup=markup))


async def edit_message_reply_markup(state: State, given: Given, uploads: Uploads) -> Any:
    markup = markup_of(given)
    chat = state.chat(given.get("chat_id"))
    sent = state.editable(chat, given.get("message_id"))
    return state.dump(chat, state.change(chat, sent, markup=markup))


async def delete_message(state: State, given: Given, uploads: Uploads) -> Any:
    chat = state.chat(given.get("chat_id"))
    if chat.messages.pop(int(given.get("message_id", 0)), None) is None:
        raise bad("message to delete not found")
    return True


async def answer_callback_query(state: State, given: Given, uploads: Uploads) -> Any:
    press = str(given.get("callback_query_id"))
    if state.presses.get(press, True):
        raise bad("query is too old and response timeout expired or query ID is invalid")
    state.presses[press] = True
    state.answered.set()
    return True


async def get_updates(state: State, given: Given, uploads: Uploads) -> Any:
    if state.webhook.get("url"):
        raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first")
    _allow(state, given)
    first = int(given.get("offset") or 0)
    state.updates[:] = [update for update in state.updates if update["update_id"] >= first]
    if not state.updates:
        state.arrived.clear()
        await _arrival(state, float(given.get("timeout") or 0))
    return state.updates[: min(int(given.get("limit") or 100), 100)]


async def _arrival(state: State, seconds: float) -> None:
    if seconds:
        try:
            await asyncio.wait_for(state.arrived.wait(), seconds)
        except TimeoutError:
            return


async def set_webhook(state: State, given: Given, uploads: Uploads) -> Any:
    if not str(given.get("url", "")).startswith(("https://", "http://127.0.0.1")):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    _allow(state, given)
    state.webhook = given
    return True


async def delete_webhook(state: State, given: Given, uploads: Uploads) -> Any:
    state.webhook = {}
    return True


async def get_webhook_info(state: State, given: Given, uploads: Uploads) -> Any:
    waiting = len(state.updates)
    return {"url": state.webhook.get("url", ""), "has_custom_certificate": False, "pending_update_count": waiting}


def _allow(state: State, given: Given) -> None:
    if given.get("allowed_updates") is not None:
        state.allowed = tuple(_json(given["allowed_updates"], "can't parse allowed_updates")) or USUAL


async def set_my_commands(state: State, given: Given, uploads: Uploads) -> Any:
    commands = _json(given.get("commands"), "can't parse commands")
    for command in commands:
        name, words = command.get("command", ""), command.get("description", "")
        if not (0 < len(name) <= 32 and name.replace("_", "a").isalnum() and name == name.lower()):
            raise bad("BOT_COMMAND_INVALID")
        if not 0 < len(words) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    state.faces["commands" + _scope(given), given.get("language_code", "")] = commands
    return True


async def get_my_commands(state: State, given: Given, uploads: Uploads) -> Any:
    return state.faces.get(("commands" + _scope(given), given.get("language_code", "")), [])


def _scope(given: Given) -> str:
    return _json(given["scope"], "can't parse scope").get("type", "") if given.get("scope") else "default"


def _set_words(name: str) -> Method:
    async def method(state: State, given: Given, uploads: Uploads) -> Any:
        words = given.get(name, "")
        if len(words) > _DESCRIPTION_LIMITS[name]:
            raise bad(f"{name} is too long")
        state.faces[name, given.get("language_code", "")] = words
        return True

    return method


def _get_words(name: str) -> Method:
    async def method(state: State, given: Given, uploads: Uploads) -> Any:
        return {name: state.faces.get((name, given.get("language_code", "")), "")}

    return method


def _file(state: State, given: Any, uploads: Uploads) -> str:
    if str(given).startswith("attach://"):
        data = uploads.get(str(given).removeprefix("attach://"))
        if not data:
            raise bad("there is no photo in the request")
        if not data.startswith((b"\x89PNG", b"\xff\xd8", b"GIF8", b"RIFF")):
            raise bad("IMAGE_PROCESS_FAILED")
        check_photo(data)
        return state.keep(data, "photo")
    return state.kept(str(given), "photo")


def _json(given: Any, complaint: str) -> Any:
    if not isinstance(given, str):
        return given or {}
    try:
        return orjson.loads(given)
    except orjson.JSONDecodeError:
        raise bad(complaint) from None


METHODS: dict[str, Method] = {
    "getme": get_me,
    "sendmessage": send_message,
    "sendphoto": send_photo,
    **KEPT,
    **FORUM,
    "sendchataction": send_chat_action,
    "editmessagetext": edit_message_text,
    "editmessagecaption": edit_message_caption,
    "editmessagemedia": edit_message_media,
    "editmessagereplymarkup": edit_message_reply_markup,
    "deletemessage": delete_message,
    "answercallbackquery": answer_callback_query,
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "getwebhookinfo": get_webhook_info,
    "deletewebhook": delete_webhook,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "setmydescription": _set_words("description"),
    "getmydescription": _get_words("description"),
    "setmyshortdescription": _set_words("short_description"),
    "getmyshortdescription": _get_words("short_description"),
}
