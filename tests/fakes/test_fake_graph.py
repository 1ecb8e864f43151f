"""The fake refuses what Meta's Graph API refuses: bodies, media, tokens. Each case names its source."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from tests.fakes.graph import FakeGraph
from tests.fakes.graph_caller import Caller
from tests.fakes.graph_quiet import Quiet

NUMBER = "6281234567890"
BSUID = "ID.62812345678907741"
PNG = b"\x89PNG\r\n\x1a\nrest"


def buttons(*titles: str, ids: tuple[str, ...] = ()) -> dict[str, Any]:
    replies = [{"id": (ids or titles)[place], "title": title} for place, title in enumerate(titles)]
    action = {"buttons": [{"type": "reply", "reply": reply} for reply in replies]}
    return {"type": "button", "body": {"text": "Mau apa?"}, "action": action}


def rows(*sections: int, **section: Any) -> dict[str, Any]:
    """A list with so many rows in each section."""
    filled: list[dict[str, Any]] = []
    for place, most in enumerate(sections):
        held = [{"id": f"{place}-{each}", "title": f"Baris {each}"} for each in range(most)]
        filled.append({"title": f"Bagian {place}", "rows": held})
    filled[0] |= section
    return {"type": "list", "body": {"text": "Pilih"}, "action": {"button": "Buka", "sections": filled}}


async def test_the_token(graph: FakeGraph) -> None:
    """401 with 190 (Meta, error-codes), for sending and for fetching a medium alike."""
    async with Caller(graph, token="another") as stranger:
        assert await stranger.refused(stranger.text(NUMBER, "x")) == (401, 190)
    url = f"{graph.base_url}/whatsapp_business/attachments/?mid=1"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        assert answer.status == 401


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"messaging_product": "sms"}, 100),
        ({"recipient_type": None}, 131008),  # the description: BaseMessageProperties requires it
        ({"recipient_type": "business_scoped_user_id"}, 100),  # devlooped/WhatsApp#440
        ({"to": None}, 100),
        ({"recipient": BSUID}, 100),  # beside `to`
        ({"to": "nobody"}, 131009),
        ({"type": "sms"}, 131051),
        ({"text": None}, 131008),
        ({"text": {"body": "x" * 4097}}, 131009),
        ({"text": {"body": " \n"}}, 131009),
        ({"text": {"body": "x", "markup": 1}}, 100),  # Meta: "unsupported or misspelled parameters"
        ({"reply_markup": {}}, 100),
        ({"context": {"message_id": "123"}}, 131009),
        ({"biz_opaque_callback_data": "x" * 513}, 131009),
    ],
)
async def test_bodies(graph: FakeGraph, caller: Caller, change: dict[str, Any], code: int) -> None:
    """Required fields and lengths as in Meta's description, BaseMessageProperties and TextMessage."""
    graph.user(NUMBER)
    body = caller.body(NUMBER, "text", {"body": "halo"}) | change
    body = {name: value for name, value in body.items() if value is not None}
    assert (await caller.refused(caller.send(body)))[1] == code
    assert graph.counts.accepted == 0


async def test_a_longest_text_is_taken(graph: FakeGraph, caller: Caller) -> None:
    siti = graph.user(NUMBER)
    await siti.says("halo")
    await caller.text(NUMBER, "x" * 4096)
    assert len(siti.last.text) == 4096


@pytest.mark.parametrize(
    "interactive",
    [
        buttons(),
        buttons("a", "b", "c", "d"),
        buttons("x" * 21),
        buttons("sama", "sama", ids=("1", "2")),
        buttons("satu", "dua", ids=("1", "1")),
        buttons("satu", ids=("x" * 257,)),
        buttons("satu", ids=(" 1",)),
        buttons("satu") | {"body": {"text": "x" * 1025}},
        buttons("satu") | {"footer": {"text": "x" * 61}},
        buttons("satu") | {"header": {"type": "text", "text": "x" * 61}},
        rows(11),
        rows(6, 5),  # ten rows in all
        rows(0),
        rows(*[1] * 11),
        rows(1, 1, title=""),
        rows(1, title="x" * 25),
        rows(1, rows=[{"id": "1", "title": "x" * 25}]),
        rows(1, rows=[{"id": "1", "title": "a", "description": "x" * 73}]),
        rows(1, rows=[{"id": "x" * 201, "title": "a"}]),
        rows(1, rows=[{"id": "1", "title": "a"}, {"id": "1", "title": "b"}]),
        rows(1) | {"body": {"text": "x" * 4097}},
        rows(1) | {"header": {"type": "image", "image": {"id": "1"}}},
        {
            "type": "cta_url",
            "body": {"text": "x"},
            "action": {"name": "cta_url", "parameters": {"display_text": "Buka", "url": "tel:1"}},
        },
        {"type": "request_contact_info", "body": {"text": "x"}, "action": {"name": "share"}},
        {"type": "carousel", "body": {"text": "x"}, "action": {}},
    ],
)
async def test_interactive_bounds(graph: FakeGraph, caller: Caller, interactive: dict[str, Any]) -> None:
    """Meta's description: ActionObject, SectionObject, HeaderObject, FooterObject; ten rows in all on Meta's page."""
    graph.user(NUMBER)
    assert await caller.refused(caller.message(NUMBER, "interactive", interactive)) == (400, 131009)


async def test_a_bsuid_in_the_wrong_field_is_swallowed(graph: FakeGraph, caller: Caller) -> None:
    """200 and an id, nothing delivered, no status, no error (chatwoot#15150); the same for a number in `recipient`."""
    siti = graph.user(NUMBER, bsuid=BSUID)
    await siti.says("halo")
    for wrong in ({"to": BSUID}, {"recipient": NUMBER}):
        answer = await caller.send({**caller.body(NUMBER, "text", {"body": "x"}, with_to=False), **wrong})
        assert answer["messages"][0]["id"].startswith("wamid.")
    assert not siti.heard
    assert [item.kind for item in graph.hooks.told] == ["messages"]
    await caller.send({**caller.body(NUMBER, "text", {"body": "benar"}, with_to=False), "recipient": BSUID})
    assert siti.last.text == "benar"


async def test_media(graph: FakeGraph, caller: Caller) -> None:
    """Types and sizes at the upload, ids for 30 days, addresses for 5 minutes (Meta, media; the description)."""
    graph.user(NUMBER)
    large = PNG + b"x" * 5 * 1024 * 1024
    for data, mime in ((large, "image/png"), (b"BEGIN:VCALENDAR", "text/calendar"), (b"", "image/png")):
        assert (await caller.refused(caller.upload(data, mime)))[1] == 100
    known = await caller.upload(PNG, "image/png")
    found = await caller.get(known)
    assert (found["mime_type"], found["file_size"]) == ("image/png", len(PNG))
    assert await caller.fetch(found["url"]) == PNG
    caller.later(minutes=6)
    assert await caller.fetch(found["url"]) is None
    assert (await caller.refused(caller.message(NUMBER, "audio", {"id": known})))[1] == 100
    assert (await caller.refused(caller.message(NUMBER, "image", {"id": "1"})))[1] == 100
    caller.later(days=30)
    assert (await caller.refused(caller.message(NUMBER, "image", {"id": known})))[1] == 100
    assert (await caller.refused(caller.get(known)))[1] == 100


async def test_the_number_and_its_fields(graph: FakeGraph, caller: Caller) -> None:
    """Graph tells what is asked for and refuses fields that aren't there (100)."""
    graph.limits.tier = 2000
    asked = "quality_rating,status,whatsapp_business_manager_messaging_limit"
    told = await caller.get(graph.account.number_id, fields=asked)
    assert told == {
        "quality_rating": "GREEN",
        "status": "CONNECTED",
        "whatsapp_business_manager_messaging_limit": "TIER_2K",
        "id": graph.account.number_id,
    }
    assert (await caller.refused(caller.get(graph.account.number_id, fields="colour")))[1] == 100
    assert await caller.refused(caller.get("123")) == (400, 100)


async def test_reading_and_typing_in_one_call(graph: FakeGraph, caller: Caller) -> None:
    """The description's last sample; gone after 25 s or with the answer (Meta, typing-indicators)."""
    siti = graph.user(NUMBER)
    message = await siti.says("halo")
    body = {"messaging_product": "whatsapp", "status": "read", "message_id": message}
    assert (await caller.refused(caller.send(body | {"message_id": "wamid.unknown"})))[1] == 131009
    assert (await caller.refused(caller.send(body | {"typing_indicator": {"type": "dots"}})))[1] == 131009
    assert await caller.send(body | {"typing_indicator": {"type": "text"}}) == {"success": True}
    assert siti.sees_typing
    caller.later(seconds=26)
    assert not siti.sees_typing


async def test_nobody_writes_to_oneself(graph: FakeGraph, caller: Caller) -> None:
    """131021 (Meta, error-codes)."""
    assert await caller.refused(caller.text(graph.account.display_number, "x")) == (400, 131021)


async def test_the_quiet_mode_counts_and_keeps_the_limits(graph: FakeGraph, caller: Caller) -> None:
    """For benchmarks: no look at the body, but 130429 and the statuses that are wanted."""
    graph.quiet = Quiet(graph, statuses=("sent", "delivered"))
    graph.limits.per_second, graph.limits.seconds = 2, lambda: 0.0
    for _ in range(2):
        await caller.text(NUMBER, "x" * 5000, biz_opaque_callback_data="7")
    assert await caller.refused(caller.text(NUMBER, "x")) == (429, 130429)
    assert [item.content["status"] for item in graph.hooks.told] == ["sent", "delivered"] * 2
    counts = graph.counts
    assert (counts.requests, counts.accepted, counts.throttled, counts.largest_burst) == (3, 2, 1, 3)
