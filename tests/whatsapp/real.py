"""Webhooks that a kept library tests with, read in place from `../shared/whatsapp`, and what is made of them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import orjson
import pytest

from bot.channels.whatsapp.items import AccountNews, Ignored, Item, NextPage, TemplateNews
from bot.channels.whatsapp.reading import WhatsAppReader
from programme.model.messages import Incoming
from programme.model.receipts import Receipt
from tests.whatsapp.written import reader

_BESIDE = Path(__file__).parents[3] / "shared" / "whatsapp" / "webhooks"
PLACE = Path(os.environ.get("WHATSAPP_WEBHOOKS", _BESIDE))
THERE = PLACE.is_dir()
needs_webhooks = pytest.mark.skipif(not THERE, reason=f"{PLACE} is not there")


def real_webhooks() -> dict[str, dict[str, Any]]:
    """By file and name; none where they are not there."""
    return {
        f"{path.stem}/{name}": payload
        for path in sorted(PLACE.glob("*.json"))
        for name, payload in orjson.loads(path.read_bytes()).items()
    }


def number_of(payload: dict[str, Any]) -> str:
    """Return for which of our numbers a webhook is; empty for one about the account."""
    held = payload["entry"][0]["changes"][0]["value"].get("metadata", {})
    return str(held.get("phone_number_id", ""))


def reader_of(payload: dict[str, Any]) -> WhatsAppReader:
    return reader(number_of(payload))


def told(item: Item) -> str:
    """Say in one line what became of a part of a webhook, without what is as always."""
    match item:
        case Ignored():
            return f"ignored: {item.why}"
        case NextPage():
            return f"page {item.page}"
        case Receipt():
            cost = item.pricing and f"{item.pricing.category}{'' if item.pricing.billable else ' free'}"
            return _line(f"receipt {item.state.value}", code=item.code, reference=item.reference, pricing=cost)
        case TemplateNews():
            state = item.state and item.state.value
            return _line(
                f"template {item.name}", state=state, reason=item.reason, quality=item.quality, category=item.category
            )
        case AccountNews():
            return _line(f"account {item.event}", tier=item.tier, detail=item.detail, alarming=item.alarming)
        case Incoming():
            return _said(item)


def _said(item: Incoming) -> str:
    file = item.attachment
    return _line(
        item.sort.value,
        address=item.address,
        aliases=" ".join(item.aliases),
        text=item.text,
        stale=item.stale,
        pressed=item.pressed,
        number=item.number,
        forwarded=item.forwarded,
        answers=item.answers,
        edits=item.message if item.edited else None,
        file=file and f"{file.sort.value} {file.reference} {file.name}".strip(),
        sight=item.sight,
    )


def _line(what: str, **parts: object) -> str:
    return "; ".join([what, *(name if part is True else f"{name} {part}" for name, part in parts.items() if part)])
