"""How a phone shows what was sent: text with WhatsApp's marks as they are, buttons, rows, pictures."""

from __future__ import annotations

from typing import Any

from tests.fakes.graph_state import Heard, State
from tests.fakes.graph_templates import Template


def shown(
    state: State, message_id: str, body: dict[str, Any], filled: dict[str, Any], template: Template | None
) -> Heard:
    """The message as it will be heard; `filled` is a template with its parameters."""
    kind = body.get("type", "text")
    content = body[kind]
    reply_to = body.get("context", {}).get("message_id", "")
    if template is not None:
        return _template(state, message_id, template, filled)
    if kind == "text":
        return Heard(message_id, kind, content["body"], reply_to=reply_to)
    if kind == "interactive":
        return _interactive(state, message_id, content, reply_to)
    if kind == "location":
        place = float(content["latitude"]), float(content["longitude"])
        return Heard(message_id, kind, content.get("name", ""), location=place)
    if kind in {"reaction", "contacts"}:
        return Heard(message_id, kind, content["emoji"] if kind == "reaction" else str(content))
    data = _data(state, content)
    words, name = content.get("caption", ""), content.get("filename", "")
    return Heard(message_id, kind, words, data=data, filename=name, reply_to=reply_to)


def _data(state: State, content: dict[str, Any]) -> bytes | None:
    return state.media.get(content["id"]).data if "id" in content else None


def _template(state: State, message_id: str, template: Template, filled: dict[str, Any]) -> Heard:
    header, buttons = filled["header"], filled["buttons"]
    medium = header if isinstance(header, dict) else None
    return Heard(
        message_id,
        "template",
        filled["body"],
        header=header if isinstance(header, str) else "",
        footer=filled["footer"] or "",
        buttons=tuple(each["text"] for each in buttons if "payload" in each),
        links={each["text"]: each["url"] for each in buttons if "url" in each},
        payloads={each["text"]: each["payload"] for each in buttons if "payload" in each},
        data=_data(state, medium) if medium else None,
        template=template.name,
        asks_number=any(each["type"] == "REQUEST_CONTACT_INFO" for each in buttons),
    )


def _interactive(state: State, message_id: str, content: dict[str, Any], reply_to: str) -> Heard:
    action = content["action"]
    replies = [each["reply"] for each in action.get("buttons", [])]
    rows = [row for section in action.get("sections", []) for row in section["rows"]]
    link = action.get("parameters", {})
    header = content.get("header", {})
    return Heard(
        message_id,
        content["type"],
        content["body"]["text"],
        header=header.get("text", ""),
        footer=content.get("footer", {}).get("text", ""),
        buttons=tuple(each["title"] for each in replies),
        rows=tuple(each["title"] for each in rows),
        descriptions=tuple(each.get("description", "") for each in rows),
        opener=action.get("button", ""),
        links={link["display_text"]: link["url"]} if link else {},
        payloads={each["title"]: each["id"] for each in (*replies, *rows)},
        data=_data(state, header[header["type"]]) if header.get("type", "text") != "text" else None,
        reply_to=reply_to,
        asks_number=content["type"] == "request_contact_info",
    )
