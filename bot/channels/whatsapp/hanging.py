"""What hangs on a message of WhatsApp's: reply buttons, a list, a link, or the question for one's number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.whatsapp import limits
from bot.channels.whatsapp.choices import Choice, list_rows, reply_buttons
from bot.channels.whatsapp.posts import Post, interactive_post
from bot.channels.whatsapp.showing import Showing
from bot.channels.whatsapp.word_cut import cut, is_whole
from programme.model.messages import Link

_ASK = "request_contact_info"


@dataclass(frozen=True, slots=True)
class Hanging:
    """One such thing: its kind and action as Meta calls them, and whether something can be shown above the words."""

    kind: str
    action: Mapping[str, Any]
    takes_header: bool = False

    def post(self, body: str, shown: Showing | None = None) -> Post:
        """Return the message on which it hangs; `body` is in WhatsApp's markup and fits."""
        if shown is None:
            return interactive_post(self.kind, body, self.action)
        return interactive_post(self.kind, body, self.action, shown.header, shown.media)


def choosing(choices: Sequence[Choice], width: int, *, is_below: bool = False) -> Hanging:
    """Return buttons, or a list where they have no room, below a text of that many UTF-16 units.

    Few and short labels are buttons. A list has each label in full, so that nobody presses half a sentence; but it
    shows no picture, which would cost a second message: where it `is_below` one, long labels are cut.
    """
    whole = is_below or all(is_whole(choice.label, limits.BUTTON_TITLE) for choice in choices)
    if len(choices) <= limits.BUTTONS and width <= limits.BODY and whole:
        return Hanging("button", reply_buttons(choices), takes_header=True)
    return Hanging("list", list_rows(choices))


def leading(link: Link) -> Hanging:
    """Return a button that leads to a page on the web."""
    parameters = {"display_text": cut(link.label, limits.BUTTON_TITLE), "url": link.url}
    return Hanging("cta_url", {"name": "cta_url", "parameters": parameters}, takes_header=True)


def asking() -> Hanging:
    """Return the question for one's number; the app words its button and gives the number only when it is tapped."""
    return Hanging(_ASK, {"name": _ASK})
