"""What the bot said before a person came, in short."""

from __future__ import annotations

from collections.abc import Sequence

from bot.channels.plain import plain
from bot.store import UnitOfWork
from programme.model.messages import Answer, Button, Kind, Message

_HEARD_MOST = 3
_HEARD_LONGEST = 160  # characters of each
_ABOUT_DATA = "🔒"  # what is said of keeping and cutting data helps nobody to help


async def said_last(tx: UnitOfWork, person: int) -> str:
    """What the bot said last, in short, so that nobody says it again."""
    log = await tx.outbox.log(_HEARD_MOST * 6, person)
    said = [entry.message for entry in log if entry.kind is Kind.REPLY and entry.message is not None]
    texts = [message.text for message in said if not _asks(message) and not message.text.startswith(_ABOUT_DATA)]
    return shortened(list(reversed(texts[:_HEARD_MOST])))


def _asks(message: Message) -> bool:
    """Whether it is a question of a dialogue; the answers to these are on the card already."""
    keys = (key for row in message.keys for key in row)
    return any(isinstance(key, Button) and isinstance(key.action, Answer) for key in keys)


def shortened(texts: Sequence[str]) -> str:
    """The first line or so of each."""
    lines = [" ".join(plain(text).split()) for text in texts]
    return "\n".join(line if len(line) <= _HEARD_LONGEST else f"{line[:_HEARD_LONGEST]}…" for line in lines if line)
