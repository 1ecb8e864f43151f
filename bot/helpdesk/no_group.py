"""No group: what a helpdesk has whose staff work at the console alone, or in another process."""

from __future__ import annotations

from bot.channels.groups import Groups, RightsGone, Rows
from programme.model.messages import Attachment

_NONE = "this process has no staff group to write into"


class NoGroup(Groups):
    """Refuses everything that would be done in a group."""

    async def create(self, room: str, name: str) -> str:
        """Raise RightsGone."""
        raise RightsGone(_NONE)

    async def delete(self, room: str, topic: str) -> None:
        """Raise RightsGone."""
        raise RightsGone(_NONE)

    async def set_open(self, room: str, topic: str, *, is_open: bool) -> None:
        """Raise RightsGone."""
        raise RightsGone(_NONE)

    async def post(
        self, room: str, topic: str | None, text: str, keys: Rows = (), *, answers: str | None = None
    ) -> str:
        """Raise RightsGone."""
        raise RightsGone(_NONE)

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
        """Raise RightsGone."""
        raise RightsGone(_NONE)

    def link(self, room: str, topic: str) -> str:
        """Return nothing: no address leads into a group that isn't there."""
        return ""

    async def edit(self, room: str, message: str, text: str, keys: Rows = ()) -> None:
        """Raise RightsGone."""
        raise RightsGone(_NONE)
