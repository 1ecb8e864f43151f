"""Errors that an operator can do something about, told in one sentence."""

from __future__ import annotations

import sys
from collections.abc import Callable


def told(command: Callable[[], object]) -> None:
    """Run `command`; a known error becomes a sentence on the terminal and exit code 2."""
    try:
        command()
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        print(f"sobat: {sentence}", file=sys.stderr)  # noqa: T201 - the terminal is where the operator looks
        sys.exit(2)


def leaves(error: BaseException) -> list[BaseException]:
    """Return what really went wrong: the errors in a group of errors, however deep."""
    if isinstance(error, BaseExceptionGroup):
        return [leaf for each in error.exceptions for leaf in leaves(each)]
    return [error]


def _sentence(error: Exception) -> str | None:
    """Say what is wrong and what to do, for errors that are not ours to mend; None for the others."""
    from bot.away import is_away, words_of
    from bot.importing.errors import UnreadableFile
    from bot.learning import BadLabel
    from bot.settings import WrongSetting
    from bot.store.sole_process import ServedAlready
    from programme.announcement import WrongAnnouncement
    from programme.broadcast_refusals import BroadcastRefused
    from programme.loading import DataError
    from programme.placeholders import UnknownPlaceholder

    wrong_words = WrongAnnouncement | UnknownPlaceholder | BroadcastRefused
    if isinstance(error, WrongSetting | ServedAlready | BadLabel | UnreadableFile | DataError | wrong_words):
        return str(error)
    if isinstance(error, FileNotFoundError):
        return f"no such file: {error.filename}"
    if isinstance(error, OSError) and error.errno == 98:
        return "that port is in use: set PORT to another, or stop what listens there"
    if is_away(error):
        return f"the database does not answer ({words_of(error)}): is DATABASE_URL right, and does the server run?"
    match type(error).__module__.partition(".")[0], type(error).__name__:
        case "sqlalchemy", "ArgumentError" | "NoSuchModuleError":
            return "no database address: expected sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"
    return None
