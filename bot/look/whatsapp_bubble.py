"""What of a message is seen on WhatsApp: read from the very body that would be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.whatsapp.posts import Post
from bot.channels.whatsapp.templates import Template
from programme.model.messages import Document, Link, Notice, Picture


@dataclass(frozen=True, slots=True)
class Choice:
    """A button or a row: the id that comes back, what stands on it, and what stands below that."""

    id: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """One message. `words` and `footer` are in WhatsApp's markup.

    `replies` hang on it; `rows` are behind the button `opens`; `link` leads to the web; `asks` for the number, in the
    app's own words. `template` names the approved text that it is.
    """

    words: str = ""
    footer: str = ""
    picture: Picture | None = None
    file: Document | None = None
    replies: Sequence[Choice] = ()
    opens: str = ""
    rows: Sequence[Choice] = ()
    link: Link | None = None
    asks: bool = False
    template: str = ""


def bubble_of(post: Post) -> Bubble:
    """Return what is seen of one post."""
    picture = post.media if isinstance(post.media, Picture) else None
    file = post.media if isinstance(post.media, Document) else None
    match post.body:
        case {"type": "text", "text": {"body": words}}:
            return Bubble(words=words)
        case {"type": "interactive", "interactive": {"type": kind, "body": {"text": words}, "action": action}}:
            return Bubble(words=words, picture=picture, file=file, **_hanging(kind, action))
        case {"type": sort}:
            return Bubble(words=post.body[sort].get("caption", ""), picture=picture, file=file)
        case _:
            raise ValueError("a body without a type")


def bubble_of_template(template: Template, notice: Notice, body: Mapping[str, Any], picture: Picture | None) -> Bubble:
    """Return what is seen of an approved text, filled as `body` says."""
    return Bubble(
        words=template.body.format_map(notice.values),
        footer=template.footer,
        picture=picture if template.picture else None,
        replies=_template_buttons(template, body),
        template=template.name,
    )


def _hanging(kind: str, action: Mapping[str, Any]) -> dict[str, Any]:
    match kind:
        case "button":
            return {"replies": [Choice(**each["reply"]) for each in action["buttons"]]}
        case "list":
            rows = [Choice(**row) for section in action["sections"] for row in section["rows"]]
            return {"opens": action["button"], "rows": rows}
        case "cta_url":
            return {"link": Link(action["parameters"]["display_text"], action["parameters"]["url"])}
        case _:
            return {"asks": True}


def _template_buttons(template: Template, body: Mapping[str, Any]) -> list[Choice]:
    parts = [part for part in body["template"]["components"] if part["type"] == "button"]
    ids = [part["parameters"][0]["payload"] for part in parts]
    return [Choice(text, button.label) for text, button in zip(ids, template.buttons, strict=True)]
