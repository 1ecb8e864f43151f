"""Interactive messages: reply buttons, lists, one link, the question for the number, the question for the place.

Bounds: Meta's description, ActionObject and SectionObject; `cta_url` and `request_contact_info` are newer than it
(Meta interactive-cta-url-messages; hubtype/botonic#3269, dualhook: contact information requests).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.fakes.graph_errors import wrong
from tests.fakes.graph_shape import fields, link, text, unique

Check = Callable[[Any, str], None]


def check_interactive(given: Any, check_media: Check) -> None:
    """Raises GraphError; `check_media` looks at a picture in the header."""
    fields(given, {"type", "header", "body", "footer", "action"}, {"type", "body", "action"}, "interactive")
    kind = given["type"]
    if kind not in _ACTIONS:
        raise wrong(f"interactive.type {kind!r} is not one of {sorted(_ACTIONS)}")
    fields(given["body"], {"text"}, {"text"}, "interactive.body")
    text(given["body"], "text", 4096 if kind == "list" else 1024)
    _check_ends(given, kind, check_media)
    _ACTIONS[kind](given["action"])


def _check_ends(given: dict[str, Any], kind: str, check_media: Check) -> None:
    if kind in {"request_contact_info", "location_request_message"} and given.keys() & {"header", "footer"}:
        raise wrong(f"{kind} has neither header nor footer")
    if "footer" in given:
        fields(given["footer"], {"text"}, {"text"}, "interactive.footer")
        text(given["footer"], "text", 60)
    if "header" in given:
        _check_header(given["header"], kind, check_media)


def _check_header(header: Any, kind: str, check_media: Check) -> None:
    sort = header.get("type") if isinstance(header, dict) else None
    allowed = {"text"} if kind == "list" else {"text", "image", "video", "document"}
    if sort not in allowed:
        raise wrong(f"interactive.header.type must be one of {sorted(allowed)}")
    fields(header, {"type", sort}, {sort}, "interactive.header")
    if sort == "text":
        text(header, "text", 60)
    else:
        check_media(header[sort], sort)


def _check_buttons(action: Any) -> None:
    fields(action, {"buttons"}, {"buttons"}, "interactive.action")
    buttons = action["buttons"]
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= 3:
        raise wrong("Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3")
    for button in buttons:
        fields(button, {"type", "reply"}, {"type", "reply"}, "button")
        if button["type"] != "reply":
            raise wrong("button.type must be reply")
        fields(button["reply"], {"id", "title"}, {"id", "title"}, "button.reply")
        _check_id(button["reply"], 256)
        text(button["reply"], "title", 20)
    unique([button["reply"]["id"] for button in buttons], "button id")
    unique([button["reply"]["title"] for button in buttons], "button title")


def _check_id(given: dict[str, Any], most: int) -> None:
    value = text(given, "id", most)
    if value != value.strip():
        raise wrong("id has leading or trailing spaces")


def _check_list(action: Any) -> None:
    fields(action, {"button", "sections"}, {"button", "sections"}, "interactive.action")
    text(action, "button", 20)
    sections = action["sections"]
    if not isinstance(sections, list) or not 1 <= len(sections) <= 10:
        raise wrong("action.sections must have one to ten sections")
    for section in sections:
        fields(section, {"title", "rows"}, {"rows"}, "section")
        if "title" in section or len(sections) > 1:
            text(section, "title", 24)
        if not isinstance(section["rows"], list) or not section["rows"]:
            raise wrong("section.rows can't be empty")
    _check_rows([row for section in sections for row in section["rows"]])


def _check_rows(rows: list[Any]) -> None:
    if len(rows) > 10:
        raise wrong(f"Total row count exceed max allowed count: 10, {len(rows)} were given")
    for row in rows:
        fields(row, {"id", "title", "description"}, {"id", "title"}, "row")
        _check_id(row, 200)
        text(row, "title", 24)
        if "description" in row:
            text(row, "description", 72)
    unique([row["id"] for row in rows], "row id")


def _check_link(action: Any) -> None:
    fields(action, {"name", "parameters"}, {"name", "parameters"}, "interactive.action")
    if action["name"] != "cta_url":
        raise wrong("action.name must be cta_url")
    fields(action["parameters"], {"display_text", "url"}, {"display_text", "url"}, "action.parameters")
    text(action["parameters"], "display_text", 20)
    link(action["parameters"], "url")


def _named(name: str) -> Callable[[Any], None]:
    def check(action: Any) -> None:
        fields(action, {"name"}, {"name"}, "interactive.action")
        if action["name"] != name:
            raise wrong(f"action.name must be {name}")

    return check


_ACTIONS: dict[str, Callable[[Any], None]] = {
    "button": _check_buttons,
    "list": _check_list,
    "cta_url": _check_link,
    "request_contact_info": _named("request_contact_info"),
    "location_request_message": _named("send_location"),
}
