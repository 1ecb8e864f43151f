"""How many messages the real server takes, in all, in a chat and in a group."""

from __future__ import annotations

import asyncio
from collections import deque

from tests.fakes.bot_api_rules import Refusal


class Limits:
    """Counts messages as the real server does, over a sliding second; off until set.

    `per_second` for all chats together; `per_chat` a second in one chat, after a burst of `burst`. Whoever
    goes on during the penalty is told the rest of it.
    """

    def __init__(self) -> None:
        self.per_second: float | None = None
        self.per_chat: float | None = None
        self.per_group: int | None = None  # messages in a sliding `minute` (seconds) into one group
        self.minute = 60.0
        self.burst = 3
        self.penalty = 1  # seconds
        self.refused = 0
        self._recent: deque[float] = deque()
        self._chats: dict[str, float] = {}
        self._groups: dict[str, deque[float]] = {}
        self._blocked_until = 0.0

    def count(self, chat: str) -> None:
        """Raises Refusal 429."""
        now = asyncio.get_running_loop().time()
        if self.per_second is not None:
            self._count_all(now, self.per_second)
        if self.per_chat is not None:
            self._count_chat(chat, now, self.per_chat)
        if self.per_group is not None and chat.startswith("-"):
            self._count_group(chat, now, self.per_group)

    def _count_group(self, chat: str, now: float, most: int) -> None:
        recent = self._groups.setdefault(chat, deque())
        while recent and recent[0] <= now - self.minute:
            recent.popleft()
        if len(recent) >= most:
            raise self._wait(recent[0] + self.minute - now)
        recent.append(now)

    def _count_all(self, now: float, rate: float) -> None:
        while self._recent and self._recent[0] <= now - 1:
            self._recent.popleft()
        if now < self._blocked_until:
            raise self._wait(self._blocked_until - now)
        if len(self._recent) >= rate:
            self._blocked_until = now + self.penalty
            raise self._wait(self.penalty)
        self._recent.append(now)

    def _count_chat(self, chat: str, now: float, rate: float) -> None:
        due = max(self._chats.get(chat, 0.0), now)
        if due - now > self.burst / rate:
            raise self._wait(due - now - (self.burst - 1) / rate)
        self._chats[chat] = due + 1 / rate

    def _wait(self, seconds: float) -> Refusal:
        self.refused += 1
        whole = max(1, round(seconds + 0.499))
        return Refusal(429, f"Too Many Requests: retry after {whole}", whole)
