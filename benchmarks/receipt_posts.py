"""What Meta posts about messages that went to many: some statuses alone, most in batches, out of order and again."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from benchmarks.people import NUMBER, WHATSAPP_FIRST
from bot.channels.whatsapp.signature import sign
from tests.fakes.graph import APP_SECRET

LATER = {"sent": 0.0, "delivered": 0.0, "read": 0.1}
"""How many of all people are told of before this is, of the same one."""

STATES = tuple(LATER)
BATCH = 50
ALONE = 0.2
"""The share of statuses that come one a post."""

_AGAIN = 0.02
_NEAR = 600  # statuses among which they are out of order

Post = tuple[bytes, bytes, int]
"""The header line that signs it, the body, and how many statuses it holds."""


def posts(broadcast: int, people: int) -> list[Post]:
    """Make the posts that tell of everybody's message that it was sent, delivered and read."""
    chance = random.Random(1)
    told = [(person, state) for person in range(1, people + 1) for state in STATES]
    told += chance.sample(told, round(len(told) * _AGAIN))
    told.sort(key=lambda each: (each[0] + LATER[each[1]] * people) * len(STATES) + chance.random() * _NEAR)
    return [_post(broadcast, group) for group in _grouped(told, chance)]


def _grouped(told: Sequence[tuple[int, str]], chance: random.Random) -> Iterator[Sequence[tuple[int, str]]]:
    at = 0
    share = ALONE / (ALONE + (1 - ALONE) / BATCH)  # of the posts
    while at < len(told):
        size = 1 if chance.random() < share else BATCH
        yield told[at : at + size]
        at += size


def _post(broadcast: int, group: Sequence[tuple[int, str]]) -> Post:
    """Two statuses a change, five changes an entry: entry x change x status, as Meta batches."""
    statuses = [_status(broadcast, person, state) for person, state in group]
    changes = [_change(statuses[at : at + 2]) for at in range(0, len(statuses), 2)]
    entries = [{"id": "102290129340398", "changes": changes[at : at + 5]} for at in range(0, len(changes), 5)]
    body = orjson.dumps({"object": "whatsapp_business_account", "entry": entries})
    return f"X-Hub-Signature-256: {sign(APP_SECRET.encode(), body)}\r\n".encode(), body, len(group)


def _change(statuses: Sequence[dict[str, Any]]) -> dict[str, Any]:
    metadata = {"display_phone_number": "6281100000001", "phone_number_id": NUMBER}
    contacts = [{"profile": {"name": "Sri"}, "wa_id": one["recipient_id"]} for one in statuses]
    value = {"messaging_product": "whatsapp", "metadata": metadata, "contacts": contacts, "statuses": statuses}
    return {"value": value, "field": "messages"}


def _status(broadcast: int, person: int, state: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": f"wamid.HBgNNjI4MTIwMDAwMDAwMRUCABEYEj{person:020d}",
        "status": state,
        "timestamp": str(int(time.time())),
        "recipient_id": str(WHATSAPP_FIRST + person),
        "recipient_user_id": f"ID.{person:019d}",
        "biz_opaque_callback_data": f"{broadcast}/{person}.1",
    }
    if state != "read":
        told["pricing"] = {"billable": True, "pricing_model": "PMP", "category": "utility", "type": "regular"}
    return told


def statuses_in(made: Sequence[Post]) -> int:
    """Count the statuses in all these posts."""
    return sum(count for _, _, count in made)
