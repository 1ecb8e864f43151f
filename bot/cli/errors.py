"""Runs a command; errors that an operator can do something about are told in one sentence."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from bot.app.error_groups import leaves

if TYPE_CHECKING:
    from bot.cli.acting import CommandContext


def told(command: Callable[[], object]) -> None:
    """Run `command`; a known error becomes a sentence on the terminal and exit code 2."""
    try:
        command()
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read along has gone
        sys.exit(141)
    except BaseExceptionGroup as group:
        if any(isinstance(leaf, KeyboardInterrupt) for leaf in leaves(group)):
            sys.exit(130)
        _tell(group)
    except Exception as error:
        _tell(error)


def at_desk(database: str | None, work: Callable[[CommandContext], Awaitable[None]], *, first: bool = False) -> None:
    """Run `work` on the store that `open_desk` opens."""
    from bot.cli.acting import open_desk

    async def run() -> None:
        async with open_desk(database, first=first) as desk:
            await work(desk)

    told(lambda: asyncio.run(run()))


def _tell(error: BaseException) -> None:
    """Say what an operator can do, and end; raise what is ours to mend."""
    sentence = sentence_of(error)
    if sentence is None:
        raise error
    print(f"sobat: {sentence}", file=sys.stderr)  # noqa: T201 - the terminal is where the operator looks
    sys.exit(2)


def sentence_of(error: BaseException) -> str | None:
    """Say what is wrong and what to do, for errors that are not ours to mend; None for the others.

    Where several went wrong together, one that an operator understands is told of.
    """
    return next(filter(None, map(_sentence, leaves(error))), None)


def _sentence(error: BaseException) -> str | None:
    from sqlalchemy.exc import DataError as OutOfRange

    from bot.app.database_errors import about, about_file
    from bot.app.settings import WrongSetting
    from bot.channels.channel import Misconfigured
    from bot.cli.dialogues.script import DialogueError
    from bot.cli.learn import BadLabel
    from bot.importing.errors import UnreadableFile
    from bot.store.backup.copying import NoCopy
    from bot.store.engine.sole_process import ServedAlready
    from programme.announcement import WrongBroadcast
    from programme.loading import DataError
    from programme.model.broadcast_refusals import BroadcastRefused
    from programme.model.imports import ImportRefused
    from programme.placeholders import UnknownPlaceholder

    wrong_words = WrongBroadcast | UnknownPlaceholder | BroadcastRefused | ImportRefused
    if isinstance(
        error,
        WrongSetting | ServedAlready | NoCopy | BadLabel | UnreadableFile | DataError | DialogueError | wrong_words,
    ):
        return str(error)
    if isinstance(error, Misconfigured):
        return str(error)
    if isinstance(error, OverflowError | OutOfRange):
        return "a number that was typed is too large"
    if isinstance(error, UnicodeEncodeError):
        return "what was typed has bytes that are no letters: is the terminal set to UTF-8?"
    if isinstance(error, OSError) and not isinstance(error, ConnectionError):
        return about_file(error) or about(error)
    return about(error)
