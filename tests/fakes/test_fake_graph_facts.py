"""The fake against Meta's own description and real webhooks, where those files are at hand.

SOBAT_WHATSAPP_FACTS names the directory with business-messaging-api_v23.0.yaml (github.com/facebook/openapi, MIT) and
webhooks/*.json (github.com/david-lev/pywa, MIT); without it these tests are skipped.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.graph import FakeGraph
from tests.fakes.graph_bounds import check_message
from tests.fakes.graph_caller import Caller
from tests.fakes.graph_errors import GraphError

FACTS = os.environ.get("SOBAT_WHATSAPP_FACTS", "")
pytestmark = pytest.mark.skipif(not FACTS, reason="SOBAT_WHATSAPP_FACTS names no directory with Meta's description")
NUMBER = "6281234567890"
SAMPLES_REFUSED = {
    # samples of things that the project never sends, so that the fake doesn't know them
    *("Send Catalog Message", "Send Multi-Product Message", "Send Single Product Message"),
    *("Send Order Details Message", "Send Order Status Message", "Send Draft Flow by ID", "Send Draft Flow by Name"),
    *("Send Published Flow by ID", "Send Published Flow by Name"),
    "Send typing indicator and read receipt",  # no message: see check_mark
}
# Fields newer than the kept webhooks, each with where it is described.
NEWER = {
    "from_user_id",  # callback_button.json, quick_reply_without_context; Meta, business-scoped-user-ids
    "recipient_user_id",  # dualhook, contacts-bsuid-webhooks
    "username",
    "pricing.type",  # Meta, pricing: regular, free_customer_service, free_entry_point
    "contacts[].vcard",  # Meta, business-scoped-user-ids
    "origin",
    "system.user_id",
    "user_id",  # of user_preferences
}


@pytest.fixture(scope="module")
def description() -> dict[str, Any]:
    yaml = pytest.importorskip("yaml")
    text = (Path(FACTS) / "business-messaging-api_v23.0.yaml").read_text()
    known: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return known


def test_the_samples_of_the_description_are_taken(description: dict[str, Any]) -> None:
    call = description["paths"]["/{Version}/{Phone-Number-ID}/messages"]["post"]
    samples = call["requestBody"]["content"]["application/json"]["examples"]
    refused = {}
    for name, sample in samples.items():
        try:
            check_message(_filled(sample["value"]))
        except GraphError as refusal:
            refused[name] = refusal.details
    assert set(refused) <= SAMPLES_REFUSED, refused


def test_the_bounds_are_those_of_the_description(description: dict[str, Any]) -> None:
    schemas = description["components"]["schemas"]
    lists, replies = schemas["ActionObject"]["oneOf"][:2]
    reply = replies["properties"]["buttons"]["items"]["properties"]["reply"]["properties"]
    row = schemas["SectionObject"]["properties"]["rows"]["items"]["properties"]
    assert (reply["id"]["maxLength"], reply["title"]["maxLength"]) == (256, 20)
    assert replies["properties"]["buttons"]["maxItems"] == 3
    assert (lists["properties"]["button"]["maxLength"], lists["properties"]["sections"]["maxItems"]) == (20, 10)
    assert [row[name]["maxLength"] for name in ("id", "title", "description")] == [200, 24, 72]
    assert schemas["BodyObject"]["properties"]["text"]["maxLength"] == 1024
    assert schemas["FooterObject"]["properties"]["text"]["maxLength"] == 60
    assert schemas["HeaderObject"]["properties"]["text"]["maxLength"] == 60
    assert schemas["MediaObject_1"]["oneOf"][0]["properties"]["caption"]["maxLength"] == 1024


async def test_webhooks_have_no_field_that_real_ones_lack() -> None:
    """Message by message and status by status; what is newer than the kept ones is listed above."""
    real: dict[str, set[str]] = {}
    for file in (Path(FACTS) / "webhooks").glob("*.json"):
        for webhook in json.loads(file.read_text()).values():
            for kind, told in _told(webhook):
                real.setdefault(kind, set()).update(_paths(told))
    async with FakeGraph() as graph, Caller(graph) as caller:
        await _everything(graph, caller)
        for item in graph.hooks.told:
            kind = item.content.get("type", item.kind) if item.kind == "messages" else item.kind or item.field
            if kind in real:
                unknown = set(_paths(item.content)) - real[kind] - NEWER
                assert not unknown, (kind, unknown)


def _told(webhook: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for entry in webhook.get("entry", []):
        for change in entry["changes"]:
            value = change["value"]
            for message in value.get("messages", []):
                yield message["type"], message
            for kind in ("statuses", "user_preferences"):
                for each in value.get(kind, []):
                    yield kind, each
            if "messaging_product" not in value:
                yield change["field"], value


def _paths(told: Any, start: str = "") -> Iterator[str]:
    if isinstance(told, dict):
        for name, value in told.items():
            yield f"{start}{name}"
            yield from _paths(value, f"{start}{name}.")
    elif isinstance(told, list):
        for value in told:
            yield from _paths(value, f"{start.removesuffix('.')}[].")


def _filled(sample: dict[str, Any]) -> dict[str, Any]:
    """The sample with what fits for its placeholders, and what some forget although the description requires it."""
    text = json.dumps(sample).replace("http(s)://", "https://").replace("<https://", "https://x.id/<")
    filled: dict[str, Any] = json.loads(text)
    context = filled.get("context")
    kind = next((each for each in ("text", "template", "interactive", "contacts") if each in filled), None)
    filled = {"recipient_type": "individual", **({"type": kind} if kind else {}), **filled}
    filled |= {"to": NUMBER} | ({"context": {"message_id": "wamid.x"}} if context else {})
    rows = filled.get("interactive", {}).get("action", {}).get("sections", [])
    for place, row in enumerate(row for section in rows for row in section.get("rows", [])):
        row |= {"title": f"Baris {place}"}
    for section in rows:
        section["title"] = section.get("title", "")[:24]
    for place, button in enumerate(filled.get("interactive", {}).get("action", {}).get("buttons", [])):
        button["reply"]["title"] = f"Tombol {place}"
    return filled


async def _everything(graph: FakeGraph, caller: Caller) -> None:
    """One of each of what a person does and what becomes of messages."""
    siti = graph.user(NUMBER)
    first = await siti.comes_from_ad("halo")
    buttons = {"buttons": [{"type": "reply", "reply": {"id": "1", "title": "Menu"}}]}
    await caller.message(NUMBER, "interactive", {"type": "button", "body": {"text": "?"}, "action": buttons})
    section = {"rows": [{"id": "1", "title": "Satu", "description": "x"}]}
    rows = {"type": "list", "body": {"text": "?"}, "action": {"button": "Buka", "sections": [section]}}
    await caller.message(NUMBER, "interactive", rows, biz_opaque_callback_data="x")
    await siti.presses("Menu")
    await siti.chooses("Satu")
    for kind in ("image", "document", "audio", "video", "sticker"):
        await siti.sends(kind, b"x", "caption" if kind in {"document", "video"} else "")
    await siti.sends_location()
    await siti.reacts(first)
    await siti.deletes(first)
    await siti.sends_unsupported()
    await siti.forwards_card("6289999999999")
    siti.reads()
    siti.stops_marketing()
    graph.fail_next(131026)
    await caller.text(NUMBER, "x")
    known = graph.events.template("ingat", "Ingat.")
    graph.events.rate(known, "YELLOW")
    graph.events.review(known, "APPROVED")
    graph.events.restrict()
    await siti.changes_number("6285550000001", "ID.new")
