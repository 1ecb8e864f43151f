"""One bubble where one will do: what an earlier part of an answer said is not said again below it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers.dialogue.reply import Reply
from programme.model.messages import Message

_PARAGRAPH: Final = "\n\n"


def said_once(reply: Reply) -> Reply:
    """Return a reply whose later messages leave out the paragraphs that the earlier ones said, as a deadline's."""
    said: set[str] = set()
    messages: list[Message] = []
    for message in reply.messages:
        kept = [paragraph for paragraph in message.text.split(_PARAGRAPH) if not _is_said(paragraph, said)]
        said.update(line for line in message.text.split("\n") if line.strip())
        messages.append(replace(message, text=_PARAGRAPH.join(kept)) if kept else message)
    return replace(reply, messages=tuple(messages))


def _is_said(paragraph: str, said: set[str]) -> bool:
    """Whether all of a paragraph below its first line was said; of a single line, that line."""
    first, *others = paragraph.split("\n")
    return set(others) <= said if others else first in said
