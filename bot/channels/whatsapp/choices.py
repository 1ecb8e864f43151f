"""What can be chosen below a message: up to three reply buttons, or rows of a list, in pages where they are many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.buttons import ButtonSigner, ButtonTooLong
from bot.channels.splitting import units
from bot.channels.whatsapp import limits
from bot.channels.whatsapp.word_cut import cut, distinct
from locales import _
from programme.model.messages import Button

More = Callable[[int], str]
"""Writes the id of the row that leads to a page, the first being 0."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: what it is called, and the text that comes back when it is chosen."""

    label: str
    id: str


def choices_of(buttons: Iterable[Button], signer: ButtonSigner) -> list[Choice]:
    """Return what the buttons stand for; what does the same as an earlier one is left out. Raises ButtonTooLong.

    Meta refuses a message that has an id twice.
    """
    found: dict[str, Choice] = {}
    for button in buttons:
        text = signer.write(button.action)
        found.setdefault(text, Choice(button.label, text))
    return list(found.values())


def page_of(choices: Sequence[Choice], page: int, more: More) -> list[Choice]:
    """Return what stands on a page: all where ten do, else nine and a row to the next. Raises ButtonTooLong.

    A page past the last is the last.
    """
    room = limits.ROWS - 1
    start = min(page, max(len(choices) - 2, 0) // room) * room
    if len(choices) - start <= limits.ROWS:
        return list(choices[start:])
    return [*choices[start : start + room], _more_row(more(start // room + 1))]


def chunks_of(choices: Sequence[Choice]) -> list[Sequence[Choice]]:
    """Return all choices in as few lists as they need."""
    return [choices[at : at + limits.ROWS] for at in range(0, len(choices), limits.ROWS)]


def reply_buttons(choices: Sequence[Choice]) -> dict[str, Any]:
    """Return the action of a message with at most three buttons."""
    titles = distinct([choice.label for choice in choices], limits.BUTTON_TITLE)
    replies = [{"id": choice.id, "title": title} for choice, title in zip(choices, titles, strict=True)]
    return {"buttons": [{"type": "reply", "reply": reply} for reply in replies]}


def list_rows(choices: Sequence[Choice]) -> dict[str, Any]:
    """Return the action of a message with a list of at most ten rows; a label that is cut stands below in full."""
    titles = distinct([choice.label for choice in choices], limits.ROW_TITLE)
    rows = [_row(choice, title) for choice, title in zip(choices, titles, strict=True)]
    return {"button": cut(_("Pilih"), limits.BUTTON_TITLE), "sections": [{"rows": rows}]}


def _row(choice: Choice, title: str) -> dict[str, str]:
    row = {"id": choice.id, "title": title}
    label = cut(choice.label, limits.ROW_DESCRIPTION)
    return row if label == title else {**row, "description": label}


def _more_row(text: str) -> Choice:
    if units(text) > limits.ROW_ID:
        raise ButtonTooLong(f"{units(text)} units lead to a page")
    return Choice(_("Lainnya"), text)
