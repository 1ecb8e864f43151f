"""What a person gets to see and to tap of posts, read off their bodies."""

from __future__ import annotations

from typing import Any

from bot.channels.splitting import units
from bot.channels.whatsapp.posts import Post


def complete(post: Post) -> dict[str, Any]:
    """The body as it goes out to a number, with the id of whatever had to be uploaded."""
    ready = post.with_media("4711") if post.media else post
    return {**ready.body, "to": "6281234567890"}


def words(post: Post) -> str:
    """The text of a post or the caption below what it shows."""
    shown = post.body[post.body["type"]]
    if post.body["type"] == "interactive":
        return str(shown["body"]["text"])
    return str(shown.get("body", shown.get("caption", "")))


def tapped(post: Post) -> list[dict[str, str]]:
    """The reply buttons or rows: id, title and perhaps a description."""
    action = post.body.get("interactive", {}).get("action", {})
    rows = [row for section in action.get("sections", ()) for row in section["rows"]]
    return rows or [button["reply"] for button in action.get("buttons", ())]


def kind(post: Post) -> str:
    """What it is: `text`, `image`, `list` and so on."""
    sort: str = post.body["type"]
    return str(post.body["interactive"]["type"]) if sort == "interactive" else sort


def fits(post: Post) -> bool:
    """Whether every text of it is within Meta's limits, and nothing to tap is there twice or empty."""
    most = {"text": 4096, "list": 4096}.get(kind(post), 1024)
    is_list = kind(post) == "list"
    shown = tapped(post)
    titles, ids = [each["title"] for each in shown], [each["id"] for each in shown]
    return (
        units(words(post)) <= most
        and len(shown) <= (10 if is_list else 3)
        and all(title.strip() and units(title) <= (24 if is_list else 20) for title in titles)
        and all(units(text) <= (200 if is_list else 256) for text in ids)
        and all(0 < units(each.get("description", "-")) <= 72 for each in shown)
        and len(set(titles)) == len(titles)
        and len(set(ids)) == len(ids)
    )
