"""The fake's webhooks have the shapes of the kept real ones, are signed, batched, shuffled, repeated, sent again."""

from __future__ import annotations

import json
import random
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.fakes.graph import FakeGraph
from tests.fakes.graph_callback import Callback
from tests.fakes.graph_caller import Caller

NUMBER = "6281234567890"
BSUID = "ID.62812345678907741"
PNG = b"\x89PNG\r\n\x1a\nrest"


@pytest_asyncio.fixture
async def callback() -> AsyncIterator[Callback]:
    async with Callback() as opened:
        yield opened


@pytest_asyncio.fixture
async def graph(graph: FakeGraph, callback: Callback) -> FakeGraph:
    """Connected to a callback."""
    await graph.connect(callback.url)
    return graph


async def test_the_challenge_and_the_signature(graph: FakeGraph, callback: Callback) -> None:
    """Meta, webhooks/overview: the challenge echoed, a HMAC over the raw bytes, non-ASCII escaped."""
    with pytest.raises(AssertionError, match="not verified: 403"):
        await graph.connect(callback.url, verify_token="another")
    siti = graph.user(NUMBER)
    await siti.says("halo é / 😀")
    await graph.hooks.settled()
    assert b"\\u00e9 \\/ " in callback.bodies[0]
    assert callback.all("messages")[0]["text"] == {"body": "halo é / 😀"}
    assert await graph.hooks.post_raw(callback.bodies[0], "sha256=" + "0" * 64) == 403
    assert await graph.hooks.post_raw(callback.bodies[0], "") == 403


async def test_whoever_has_a_username_comes_without_a_number(
    graph: FakeGraph, callback: Callback, caller: Caller
) -> None:
    """Meta, business-scoped-user-ids; which field is where: dualhook, contacts-bsuid-webhooks."""
    siti = graph.user(NUMBER, bsuid=BSUID)
    await siti.says("dengan nomor")
    siti.takes_username("siti.21")
    await siti.says("tanpa nomor")
    await caller.send({**caller.body("", "text", {"body": "x"}, with_to=False), "recipient": BSUID})
    await graph.hooks.settled()
    seen, hidden = callback.all("messages")
    assert (seen["from"], seen["from_user_id"]) == (NUMBER, BSUID)
    assert ("from" in hidden, hidden["from_user_id"]) == (False, BSUID)
    values = [value for _, value in callback.values()]
    assert values[1]["contacts"] == [{"profile": {"name": "Siti", "username": "siti.21"}, "user_id": BSUID}]
    sent, delivered = values[2]["statuses"][0], values[3]["statuses"][0]
    assert ("recipient_id" in sent, sent["recipient_user_id"]) == (False, BSUID)
    assert ("username" in values[2]["contacts"][0]["profile"], delivered["status"]) == (False, "delivered")


async def test_a_failed_status_has_no_contacts(graph: FakeGraph, callback: Callback, caller: Caller) -> None:
    """Nor a BSUID where it went to a number (dualhook)."""
    graph.user(NUMBER)
    await caller.text(NUMBER, "x")
    await graph.hooks.settled()
    (_, value) = next(callback.values())
    assert "contacts" not in value
    assert value["statuses"][0].keys() == {"id", "status", "timestamp", "recipient_id", "errors"}


async def test_answers_of_a_person(graph: FakeGraph, callback: Callback, caller: Caller) -> None:
    siti = graph.user(NUMBER, bsuid=BSUID)
    await siti.says("halo")
    replies = [{"type": "reply", "reply": {"id": "menu:1", "title": "Menu"}}]
    action: dict[str, Any] = {"buttons": replies}
    sent = await caller.message(NUMBER, "interactive", {"type": "button", "body": {"text": "?"}, "action": action})
    row = {"id": "g:21", "title": "Gelombang 21", "description": "sampai Senin"}
    action = {"button": "Buka", "sections": [{"rows": [row]}]}
    await caller.message(NUMBER, "interactive", {"type": "list", "body": {"text": "?"}, "action": action})
    action = {"name": "request_contact_info"}
    await siti.presses("Menu")
    await siti.chooses("Gelombang 21")
    with pytest.raises(AssertionError, match="nobody asked"):
        await siti.shares_number()
    await caller.message(
        NUMBER, "interactive", {"type": "request_contact_info", "body": {"text": "?"}, "action": action}
    )
    await siti.shares_number()
    await siti.forwards_card("6289999999999")
    await graph.hooks.settled()
    _, press, choice, shared, forwarded = callback.all("messages")
    assert press["interactive"] == {"type": "button_reply", "button_reply": {"id": "menu:1", "title": "Menu"}}
    assert press["context"]["id"] == sent
    assert choice["interactive"] == {"type": "list_reply", "list_reply": row}
    assert (shared["origin"], forwarded["origin"]) == ("contact_request", "other")
    assert shared["contacts"][0]["phones"][0]["wa_id"] == NUMBER
    with pytest.raises(AssertionError, match="no button"):
        await siti.presses("Lain")


async def test_media_of_a_person(graph: FakeGraph, callback: Callback, caller: Caller) -> None:
    siti = graph.user(NUMBER)
    await siti.sends("image", PNG, "ini")
    siti.urls = True
    await siti.sends("audio", b"OggS")
    await graph.hooks.settled()
    picture, sound = callback.all("messages")
    assert (picture["image"]["caption"], sound["audio"]["voice"]) == ("ini", True)
    assert await caller.fetch((await caller.get(picture["image"]["id"]))["url"]) == PNG
    assert await caller.fetch(sound["audio"]["url"]) == b"OggS"


async def test_another_number_is_another_bsuid(graph: FakeGraph, callback: Callback, caller: Caller) -> None:
    """`system` without contacts; the latter kind without any number (Meta); the old addresses reach nobody."""
    siti = graph.user(NUMBER, bsuid=BSUID)
    await siti.changes_number("6285550000001", "ID.new1")
    siti.takes_username("siti")
    await siti.changes_number("6285550000002", "ID.new2")
    await graph.hooks.settled()
    first, second = callback.all("messages")
    assert (first["from"], first["from_user_id"]) == (NUMBER, BSUID)
    assert (first["system"]["wa_id"], first["system"]["user_id"]) == ("6285550000001", "ID.new1")
    assert second["system"] == {
        "body": "User Siti changed from ID.new1 to ID.new2",
        "type": "user_changed_user_id",
        "user_id": "ID.new2",
    }
    assert "contacts" not in next(callback.values())[1]
    graph.events.template("ingat", "Ingat ya.")
    await caller.template(NUMBER, "ingat")
    await graph.hooks.settled()
    assert callback.all("statuses")[0]["errors"][0]["code"] == 131026


async def test_batches_shuffles_and_repeats(graph: FakeGraph, callback: Callback) -> None:
    """Many items in entry x change x message: what pywa 4.5 reads one of (pywa#229)."""
    siti, budi = graph.user(NUMBER), graph.user("6289999999999", name="Budi")
    graph.hooks.held, graph.hooks.batch = True, 50
    for place in range(10):
        await (siti if place % 2 else budi).says(str(place))
    budi.stops_marketing()
    assert not callback.bodies
    graph.hooks.shuffle, graph.hooks.repeats = random.Random(7), 1
    await graph.hooks.deliver()
    assert callback.bodies[0] == callback.bodies[1]
    whole = json.loads(callback.bodies[0])
    changes = [change for entry in whole["entry"] for change in entry["changes"]]
    assert len(whole["entry"]) > 1
    assert any(len(change["value"].get("messages", [])) > 1 for change in changes)
    heard = [each["text"]["body"] for each in callback.all("messages")]
    assert sorted(heard[:10]) == sorted(map(str, range(10)))
    assert heard[:10] != sorted(heard[:10])
    assert callback.all("user_preferences")[0]["value"] == "stop"


async def test_what_is_refused_comes_again_and_not_for_ever(graph: FakeGraph, callback: Callback) -> None:
    siti = graph.user(NUMBER)
    callback.statuses.extend([500, 503])
    await siti.says("halo")
    await graph.hooks.settled()
    assert await graph.hooks.redeliver() == 1
    assert await graph.hooks.redeliver() == 0
    assert len(set(callback.bodies)) == 1
    callback.statuses.extend([500] * 100)
    await siti.says("lagi")
    await graph.hooks.settled()
    while await graph.hooks.redeliver():
        assert not graph.hooks.lost
    assert (len(graph.hooks.lost), graph.hooks.answers[200]) == (1, 1)


async def test_statuses_that_stop_coming(graph: FakeGraph, callback: Callback, caller: Caller) -> None:
    siti = graph.user(NUMBER)
    await siti.says("halo")
    graph.hooks.muted.add("statuses")
    await caller.text(NUMBER, "x")
    await graph.hooks.settled()
    assert (siti.last.text, callback.all("statuses")) == ("x", [])


async def test_what_meta_does_to_an_account(graph: FakeGraph, callback: Callback) -> None:
    """Impending and completed changes of category differ in their fields (Meta, template_category_update)."""
    known = graph.events.template("ingat", "Ingat ya.")
    graph.events.announce_category(known, "MARKETING")
    graph.events.recategorise(known, "MARKETING")
    graph.events.rate(known, "YELLOW")
    graph.events.review(known, "PAUSED")
    graph.events.rate_number("UPGRADE", "TIER_10K")
    await graph.hooks.settled()
    told = list(callback.values())
    assert [field for field, _ in told] == [
        *("template_category_update", "template_category_update", "message_template_quality_update"),
        *("message_template_status_update", "phone_number_quality_update"),
    ]
    impending, completed = told[0][1], told[1][1]
    assert (impending["new_category"], impending["correct_category"]) == ("UTILITY", "MARKETING")
    assert (completed["previous_category"], completed["new_category"]) == ("UTILITY", "MARKETING")
    assert graph.limits.tier == 10_000
