"""What a page of the web chat would show."""

from __future__ import annotations

from collections.abc import Sequence

from bot.channels.web.channel import WebChannel
from bot.store.repositories.chats import ChatMessage


def on_page(channel: WebChannel, address: str) -> Sequence[ChatMessage]:
    """The chat as a page that is opened now shows it; the process has it in hand, so nothing is waited for."""
    opening = channel.opened(address)
    try:
        opening.send(None)
    except StopIteration as opened:
        posts: Sequence[ChatMessage] = opened.value
        return posts
    opening.close()
    raise AssertionError(f"the chat of {address} lies in the store alone")
