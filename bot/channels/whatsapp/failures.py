"""What WhatsApp's refusals mean, in the words of the channels' tree of failures; codes and meanings are data."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from bot.channels.channel import (
    Ambiguous,
    Held,
    Misconfigured,
    Nobody,
    NotHere,
    Postponed,
    Refused,
    SendFailure,
    Throttled,
    Transient,
    Unreachable,
)
from bot.channels.whatsapp.graph import GraphError
from bot.channels.wire import AnswerLost, NotSent
from programme.model.receipts import Receipt

FILE: Final = Path(__file__).with_name("failures.tsv")
_UNTOLD = 30.0  # seconds to wait where nobody says for how long
_GATEWAY = range(500, 600)


class Meaning(StrEnum):
    """What a code means for a message; `failures.tsv` explains each."""

    THROTTLED = "throttled"
    PERSON = "person"
    TRANSIENT = "transient"
    NOT_HERE = "not_here"
    NOBODY = "nobody"
    WINDOW = "window"
    TEMPLATE = "template"
    REFUSED = "refused"
    MISCONFIGURED = "misconfigured"


class WindowClosed(Held):
    """The person has to write first; a template may ask them to."""


class TemplateStopped(NotHere):
    """Meta does not carry this template any more: it must not be used again until an operator has looked."""


@dataclass(frozen=True, slots=True)
class CodeMeaning:
    """A row of the table."""

    code: int
    meaning: Meaning
    seconds: float | None
    what: str


@cache
def codes() -> dict[int, CodeMeaning]:
    """Return the table by code."""
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t")
    found = [
        CodeMeaning(
            int(row["code"]), Meaning(row["meaning"]), float(row["seconds"]) if row["seconds"] else None, row["what"]
        )
        for row in rows
    ]
    return {each.code: each for each in found}


FAILURES: Final = (GraphError, NotSent, AnswerLost)
"""What the client raises, for `meaning`."""


def meaning(error: Exception) -> SendFailure:
    """Return what an error of the client means for the message."""
    match error:
        case NotSent():
            return Unreachable(str(error))
        case GraphError(code=0, status=status) if status < 400 or status == 504:
            return Ambiguous(f"an answer that is none: HTTP status {status}")  # it may well have been taken
        case GraphError(code=0, status=401):
            return Misconfigured(str(error))
        case GraphError(code=0, status=429):
            return Throttled(_UNTOLD)
        case GraphError(code=0):
            return Transient(str(error))
        case GraphError():
            return of_code(error.code, str(error), status=error.status)
        case AnswerLost():
            return Ambiguous(str(error))
        case _:
            return Transient(type(error).__name__)


def of_receipt(receipt: Receipt) -> SendFailure:
    """Return what it means that a message which was taken did not arrive."""
    return of_code(receipt.code or 0, f"({receipt.code}) {receipt.reason}")


def of_code(code: int, said: str, *, status: int = 400) -> SendFailure:
    """Return what one of Meta's codes means; of an unknown one, what its range or its HTTP status does."""
    row = codes().get(code)
    if row is None:
        return _unknown(code, said, status)
    match row.meaning:
        case Meaning.THROTTLED:
            return Throttled(row.seconds or _UNTOLD)
        case Meaning.PERSON:
            return Postponed(row.seconds or _UNTOLD, said)
        case Meaning.TRANSIENT:
            return _after(Transient(said), row.seconds)
        case Meaning.NOT_HERE:
            return NotHere(said)
        case Meaning.NOBODY:
            return Nobody(said)
        case Meaning.WINDOW:
            return WindowClosed(said)
        case Meaning.TEMPLATE:
            return TemplateStopped(said)
        case Meaning.REFUSED:
            return Refused(said)
        case Meaning.MISCONFIGURED:
            return Misconfigured(said)


def _unknown(code: int, said: str, status: int) -> SendFailure:
    if 200 <= code <= 299:  # all of them are about permissions
        return Misconfigured(said)
    return Transient(said) if status in _GATEWAY or status == 408 else Refused(said)


def _after(failure: SendFailure, seconds: float | None) -> SendFailure:
    failure.retry_after = seconds
    return failure
