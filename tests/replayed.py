"""The dialogues of `tests/dialogues`, played once in a process for all who judge what was answered."""

from __future__ import annotations

import asyncio
from functools import cache
from pathlib import Path

from bot.cli.dialogues.play import Played, play
from bot.cli.dialogues.script import Script, read_scripts
from programme.programme import load_programme
from reminders.policy import load_policy

DIALOGUES = Path(__file__).parent / "dialogues"


@cache
def replayed() -> tuple[tuple[Script, Played], ...]:
    """Return every dialogue and how it went; not to be called within an event loop."""
    return asyncio.run(_replayed())


async def _replayed() -> tuple[tuple[Script, Played], ...]:
    programme, policy = load_programme(), load_policy()
    return tuple([(script, await play(script, programme, policy)) for script in read_scripts(DIALOGUES)])
