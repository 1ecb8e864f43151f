"""What the Bot API takes and what it refuses, in its own words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import orjson

from tests.fakes.telegram_html import CantParse, Shown, read

TEXT, CAPTION = 4096, 1024
_KINDS = ("inline_keyboard", "keyboard", "remove_keyboard", "force_reply")
_INLINE_ACTIONS = frozenset({"url", "callback_data", "web_app", "login_url", "copy_text", "pay", "callback_game"})
_INLINE_QUERIES = frozenset({"switch_inline_query", "switch_inline_query_current_chat"})


class Refusal(Exception):
    """An answer that is not ok."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code, self.description, self.retry_after = code, description, retry_after


def bad(description: str) -> Refusal:
    return Refusal(400, f"Bad Request: {description}")


def text_of(given: Mapping[str, Any]) -> Shown:
    shown = _shown(given.get("text", ""), given.get("parse_mode"))
    if not shown.text:
        raise bad("message text is empty")
    if shown.units > TEXT:
        raise bad("message is too long")
    return shown


def caption_of(given: Mapping[str, Any]) -> Shown:
    shown = _shown(given.get("caption", ""), given.get("parse_mode"))
    if shown.units > CAPTION:
        raise bad("message caption is too long")
    return shown


def _shown(source: Any, parse_mode: str | None) -> Shown:
    try:
        return read(str(source), parse_mode)
    except CantParse as error:
        raise bad(f"can't parse entities: {error}") from None


def markup_of(given: Mapping[str, Any]) -> dict[str, Any] | None:
    """The keyboard, as JSON text or as an object; exactly one kind."""
    raw = given.get("reply_markup")
    if raw is None or raw == "":
        return None
    return _markup(raw if isinstance(raw, str) else orjson.dumps(raw).decode())


@lru_cache(maxsize=4096)
def _markup(source: str) -> dict[str, Any]:
    try:
        markup = orjson.loads(source)
    except orjson.JSONDecodeError:
        raise bad("can't parse reply keyboard markup JSON object") from None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if sum(kind in markup for kind in _KINDS) != 1:
        raise bad("exactly one kind of reply markup expected")
    for row in rows_of(markup):
        _check_row(row, _inline_button if "inline_keyboard" in markup else _key)
    return markup


def rows_of(markup: Mapping[str, Any] | None) -> list[list[dict[str, Any]]]:
    rows = (markup or {}).get("inline_keyboard", (markup or {}).get("keyboard", []))
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    return rows


def _check_row(row: list[dict[str, Any]], check: Any) -> None:
    if len(row) > 8:
        raise bad("reply markup is too long")
    for button in row:
        check(button)


def _key(button: Any) -> None:
    if not isinstance(button, str) and not (isinstance(button, dict) and button.get("text")):
        raise bad("text of a keyboard button must be non-empty")


def _inline_button(button: Any) -> None:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str) or not button["text"].strip():
        raise bad("inline keyboard button text must be non-empty")
    acts = [name for name in button if name in _INLINE_ACTIONS | _INLINE_QUERIES]
    if not acts:
        raise bad("text buttons are unallowed in the inline keyboard")
    if len(acts) > 1:
        raise bad("inline keyboard button must have exactly one action")
    if acts == ["callback_data"] and not 1 <= len(str(button["callback_data"]).encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    if acts == ["url"]:
        _check_url(button["url"])


def _check_url(url: str) -> None:
    scheme, host = urlsplit(url).scheme, urlsplit(url).hostname or ""
    if scheme == "tg":
        return
    if scheme not in {"http", "https"}:
        raise bad(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if "." not in host or " " in url:
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL specified")
