"""What would go out on WhatsApp for a message: freely within a day of what the person wrote, else an approved text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.channels.buttons import ButtonSigner
from bot.channels.whatsapp.prices import SERVICE
from bot.channels.whatsapp.rendering import render
from bot.channels.whatsapp.template_bodies import CATEGORY, body_of
from bot.channels.whatsapp.templates import choose
from bot.look.whatsapp_bubble import Bubble, bubble_of, bubble_of_template
from programme.model.messages import Message

_UPLOADED: Final = "0"  # the id of a picture that is never uploaded


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The bodies that would be posted, what is seen of them, and as what Meta would charge each.

    None of them says that WhatsApp would not carry the message.
    """

    bubbles: Sequence[Bubble] = ()
    bodies: Sequence[Mapping[str, Any]] = ()
    category: str = ""


def freely(
    message: Message, signer: ButtonSigner, *, page: int = 0, more: Callable[[int], str] | None = None
) -> Outgoing:
    """Return what goes out to somebody who wrote within a day; `page` and `more` as in `render`.

    Raises ButtonTooLong.
    """
    posts = render(message, signer, page=page, more=more)
    return Outgoing([bubble_of(post) for post in posts], [post.body for post in posts], SERVICE)


def by_template(message: Message, signer: ButtonSigner, seconds_left: float | None) -> Outgoing:
    """Return the approved text that stands for the message and arrives in time, as if Meta took all of ours.

    `seconds_left` is until it is of no use any more, None for ever. Nothing goes out where there is no such text.
    """
    notice = message.notice
    template = choose(notice.name, notice.language, seconds_left, lambda _name, _language: True) if notice else None
    if notice is None or template is None:
        return Outgoing()
    body = body_of(template, notice, signer.write, _UPLOADED if template.picture else None)
    picture = (notice.picture or message.picture) if template.picture else None
    return Outgoing([bubble_of_template(template, notice, body, picture)], [body], CATEGORY.lower())
