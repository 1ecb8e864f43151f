"""Draws one message of a chat: its words, picture, time and keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from json import dumps

from nicegui import ui

from bot.channels.web.channel import FILES
from bot.demo.parts import box, button, markup
from bot.look.icons import icon
from bot.look.markup import safe_html
from bot.store.repositories.chats import ChatMessage
from locales import _
from programme.model.messages import AskContact, Button, Key, Kind, Link, Picture
from programme.model.zones import Zone

PICTURES = "/sobat/pictures"

_SAFE_LINKS = ("https:", "http:", "tel:", "mailto:", f"{FILES}/")


@dataclass(frozen=True, slots=True)
class Presses:
    """What the phone does when something in a bubble is touched."""

    contact: Callable[[AskContact], None]
    picture: Callable[[Picture], None]


def draw_post(post: ChatMessage, presses: Presses) -> None:
    """Draw the bubble and the keys below it."""
    with box("bubble", "article"):
        _draw_kind(post.kind)
        if (picture := post.message.picture) is not None:
            button(image(picture), "picture", lambda: presses.picture(picture), label=_("Perbesar gambar"))
        markup(f"{safe_html(post.message.text)}{stamp(post)}", "words", "div")
    if post.message.keys:
        with box("keys", role="group", aria_label=_("Pilihan")):
            for row, keys in enumerate(post.message.keys):
                with box("row-of-keys"):
                    for place, key in enumerate(keys):
                        _draw_key(key, f"{dumps(post.id)}, {row}, {place}", presses)


def image(picture: Picture) -> str:
    """Return the HTML of a picture, its room kept free while it loads."""
    width, height = (int.from_bytes(picture.data[at : at + 4], "big") for at in (16, 20))
    return (
        f'<img src="{PICTURES}/{picture.digest}.png" alt="{escape(picture.alt)}" '
        f'width="{width}" height="{height}" decoding="async">'
    )


def stamp(post: ChatMessage, after: str = "") -> str:
    """Return the HTML of its hour on the programme's clock, and of what stands `after` it."""
    local = post.at.astimezone(Zone.WIB.tz)
    return f'<time datetime="{local.isoformat(timespec="minutes")}">{local:%H.%M}{after}</time>'


def _draw_kind(kind: Kind | None) -> None:
    match kind:
        case Kind.REMINDER:
            markup(f"{icon('bell')}{_('Pengingat')}", "kind", "div")
        case Kind.BROADCAST:
            markup(f"{icon('megaphone')}{_('Pengumuman')}", "kind", "div")
        case Kind.STAFF:
            markup(f"{icon('person')}{_('Petugas')}", "kind", "div")


def _draw_key(key: Key, place: str, presses: Presses) -> None:
    match key:
        case Button(label):
            button(escape(label), "key", f"() => sobat.press({place}, {dumps(label)})")
        case AskContact(label):
            button(escape(label), "key", lambda: presses.contact(key))
        case Link(label, url) if url.startswith(_SAFE_LINKS):
            link: ui.html = markup(f"{escape(label)}{icon('out')}", "key", "a")
            link.props.update({"href": url, "target": "_blank", "rel": "noopener noreferrer"})
