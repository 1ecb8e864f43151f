"""Buttons of the staff as they lie in the store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.store.schema.codec import action_from, action_to
from programme.model.messages import Button, Key

Rows = Sequence[Sequence[Key]]


def keys_to(rows: Rows) -> list[list[dict[str, Any]]]:
    """Write rows of buttons; other keys are left out."""
    return [
        [{"label": key.label, "action": action_to(key.action)} for key in row if isinstance(key, Button)]
        for row in rows
    ]


def keys_from(document: Any) -> tuple[tuple[Key, ...], ...]:
    """Read rows of buttons."""
    return tuple(tuple(Button(key["label"], action_from(key["action"])) for key in row) for row in document or ())
