"""Groups of the staff, as the helpdesk writes into them on any channel, and what can go wrong there.

TopicLost    somebody deleted the topic: it is built anew
MessageLost  the message to edit is gone
RightsGone   the bot may not manage topics or was removed: an operator must act
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.channels.channel import Misconfigured, SendFailure
from programme.model.messages import Attachment, Key

STAFF = "telegram_staff"
"""The channel of what comes from the staff's groups; `Incoming.address` there is `group/topic`."""

Fetch = Callable[[Attachment], Awaitable[bytes | None]]
"""Returns the content of what another channel keeps; None where it is too large or gone.

Raises Transient or Ambiguous where it may be had later.
"""

Rows = tuple[tuple[Key, ...], ...]


class TopicLost(SendFailure):
    """The topic is no longer there."""


class MessageLost(SendFailure):
    """The message to change is no longer there."""


class RightsGone(Misconfigured):
    """The bot may not do this in the group."""


class Groups(Protocol):
    """What the helpdesk does in a group. Texts are HTML; every method but `link` raises a `SendFailure`.

    A link to `staff:WHO` calls that member, as the channel does it (`handlers.helpdesk.pointing`).
    """

    async def create(self, room: str, name: str) -> str:
        """Open a topic; return its id."""
        ...

    async def delete(self, room: str, topic: str) -> None:
        """Take a topic away with everything in it; one that is gone already counts as deleted."""
        ...

    async def set_open(self, room: str, topic: str, *, is_open: bool) -> None:
        """Open or close a topic."""
        ...

    async def post(
        self, room: str, topic: str | None, text: str, keys: Rows = (), *, answers: str | None = None
    ) -> str:
        """Write into a topic, or into the group itself; return the message's id."""
        ...

    async def pass_on(
        self,
        room: str,
        topic: str,
        attachment: Attachment,
        caption: str,
        *,
        answers: str | None = None,
        data: bytes | None = None,
    ) -> str:
        """Show a picture or file with the words below it; return the message's id.

        `data` is the content of what this channel doesn't have yet.
        """
        ...

    def link(self, room: str, topic: str) -> str:
        """Return the address that leads a member of the group to a topic."""
        ...

    async def edit(self, room: str, message: str, text: str, keys: Rows = ()) -> None:
        """Put other words in place of a message's."""
        ...
