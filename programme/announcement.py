"""From what an operator writes to the messages that people get: markup, buttons, languages."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from html import escape
from urllib.parse import urlsplit

from programme.model.messages import Button, Key, Link, Message, Open, Picture
from programme.placeholders import has_places

LONGEST = 4096
LONGEST_WITH_PICTURE = 1024
LONGEST_LABEL = 40
MOST_BUTTONS = 8

_TAG = re.compile(r"&lt;(/?)([bi])&gt;")


class WrongBroadcast(ValueError):
    """The broadcast can't be sent as it is written; the sentence says what to change."""


def compose_broadcast(
    texts: Mapping[str, str],
    buttons: Sequence[str] = (),
    picture: Picture | None = None,
    *,
    conversations: Collection[str],
) -> dict[str, Message]:
    """Return the messages by language; `texts` has one for `id` at least.

    `<b>` and `<i>` are kept, everything else is shown as it is written. A button is written
    `Label -> conversation` or `Label -> https://...`; `Label | English label -> ...` has one for each
    language. Raises WrongBroadcast or UnknownPlaceholder.
    """
    longest = LONGEST_WITH_PICTURE if picture else LONGEST
    if len(buttons) > MOST_BUTTONS:
        raise WrongBroadcast(f"{len(buttons)} buttons are too many; at most {MOST_BUTTONS}")
    return {
        language: Message(
            _markup(text, longest),
            tuple((_button(line, place, conversations),) for line in buttons),
            picture,
            per_person=has_places(text),
        )
        for place, (language, text) in enumerate(texts.items())
    }


def _markup(text: str, longest: int) -> str:
    """Keep bold and italics, escape the rest, and see that every tag is closed."""
    text = text.strip()
    if not text:
        raise WrongBroadcast("the text is empty")
    if len(text) > longest:
        raise WrongBroadcast(f"the text has {len(text)} characters; at most {longest} fit into one message")
    html = _TAG.sub(r"<\1\2>", escape(text, quote=False))
    open_tags: list[str] = []
    for closing, name in re.findall(r"<(/?)([bi])>", html):
        if not closing:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            raise WrongBroadcast(f"</{name}> closes nothing that was opened last")
    if open_tags:
        raise WrongBroadcast(f"<{open_tags[-1]}> is never closed")
    return html


def _button(line: str, place: int, conversations: Collection[str]) -> Key:
    labels, arrow, target = (part.strip() for part in line.rpartition("->"))
    if not arrow or not labels or not target:
        raise WrongBroadcast(f"{line!r} is no button; write: Label -> conversation, or Label -> https://...")
    by_language = [label.strip() for label in labels.split("|")]
    label = by_language[min(place, len(by_language) - 1)]
    if not 0 < len(label) <= LONGEST_LABEL:
        raise WrongBroadcast(f"the label {label!r} needs 1 to {LONGEST_LABEL} characters")
    if target in conversations:
        return Button(label, Open(target))
    address = urlsplit(target)
    if address.scheme == "https" and address.netloc:
        return Link(label, target)
    raise WrongBroadcast(f"{target!r} is neither a conversation nor an https:// address")
