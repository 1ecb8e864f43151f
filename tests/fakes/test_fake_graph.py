"""The fake refuses what Meta's Graph API refuses: bodies, templates, media, tokens. Each case names its source."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from tests.fakes.graph import FakeGraph
from tests.fakes.graph_caller import Caller

NUMBER = "6281234567890"
BSUID = "ID.62812345678907741"
PNG = b"\x89PNG\r\n\x1a\nrest"


@pytest_asyncio.fixture
async def graph() -> AsyncIterator[FakeGraph]:
    async with FakeGraph() as server:
        server.limits.per_second = None
        yield server


@pytest_asyncio.fixture
async def caller(graph: FakeGraph) -> AsyncIterator[Caller]:
    async with Caller(graph) as opened:
        yield opened


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


async def test_template_parameters(graph: FakeGraph, caller: Caller) -> None:
    """132000 their number, 132012 their sort, 132018 line breaks, 132005 the whole's length (Meta, error-codes)."""
    siti = graph.user(NUMBER)
    graph.events.template("ingat", "Halo {{1}}, sampai {{2}} ya.")
    for said, code in (
        (["a"], 132000),
        (["a", "b", "c"], 132000),
        (["a", "baris\nbaru"], 132018),
        (["a", "tab\t"], 132018),
        (["a", "     "], 132018),
        (["a", ""], 131008),
        (["a", "x" * 1024], 132005),
    ):
        assert (await caller.refused(caller.template(NUMBER, "ingat", said)))[1] == code
    picture = [{"type": "body", "parameters": [{"type": "image"}] * 2}]
    assert (await caller.refused(caller.template(NUMBER, "ingat", components=picture)))[1] == 132012
    await caller.template(NUMBER, "ingat", ["Siti", "Senin"])
    assert siti.last.text == "Halo Siti, sampai Senin ya."


async def test_template_header_and_buttons(graph: FakeGraph, caller: Caller) -> None:
    """A picture by its id, a payload by the button's place, what a link needs (Meta, send-message-templates)."""
    siti = graph.user(NUMBER)
    links = {"type": "URL", "text": "Buka", "url": "https://prakerja.go.id/{{1}}"}
    reply = {"type": "QUICK_REPLY", "text": "Ya"}
    graph.events.template("foto", "Ini fotonya.", header={"format": "IMAGE"}, buttons=[reply, links])
    medium = {"id": await caller.upload(PNG, "image/png")}
    picture = {"type": "header", "parameters": [{"type": "image", "image": medium}]}
    link = {"type": "button", "sub_type": "url", "index": "1", "parameters": [{"type": "text", "text": "g21"}]}
    press = {"type": "button", "sub_type": "quick_reply", "index": "0"}
    press["parameters"] = [{"type": "payload", "payload": "data-saya"}]  # type: ignore[assignment]
    assert (await caller.refused(caller.template(NUMBER, "foto", components=[link])))[1] == 132012
    assert (await caller.refused(caller.template(NUMBER, "foto", components=[picture])))[1] == 131008
    misplaced = {**press, "index": "1"}
    assert (await caller.refused(caller.template(NUMBER, "foto", components=[picture, link, misplaced])))[1] == 132012
    await caller.template(NUMBER, "foto", components=[picture, link, press])
    assert (siti.last.data, siti.last.links) == (PNG, {"Buka": "https://prakerja.go.id/g21"})
    await siti.presses("Ya")
    assert graph.hooks.told[-1].content["button"] == {"payload": "data-saya", "text": "Ya"}


async def test_template_states(graph: FakeGraph, caller: Caller) -> None:
    """132001 with 404 for what isn't there or not approved, 132015 paused, 132016 disabled (Meta, error-codes)."""
    graph.user(NUMBER)
    known = graph.events.template("ingat", "Halo.")
    assert await caller.refused(caller.template(NUMBER, "lain")) == (404, 132001)
    assert await caller.refused(caller.template(NUMBER, "ingat", language="en")) == (404, 132001)
    for status, code in (("PENDING", 132001), ("REJECTED", 132001), ("PAUSED", 132015), ("DISABLED", 132016)):
        graph.events.review(known, status)
        assert (await caller.refused(caller.template(NUMBER, "ingat")))[1] == code


async def test_templates_are_created_listed_edited_and_deleted(graph: FakeGraph, caller: Caller) -> None:
    """Meta, message_templates: pending first, cursors, a time to live by category; re-filed pending and without it."""
    body = [{"type": "BODY", "text": "Halo {{1}}, ingat ya.", "example": {"body_text": [["Siti"]]}}]
    new = {"name": "ingat_12", "language": "id", "category": "UTILITY", "components": body}
    for bad in (
        {"name": "Ingat"},
        {"category": "PROMOTION"},
        {"message_send_ttl_seconds": 43_201},  # 12 hours at most for utility (Meta, time-to-live)
        {"components": [{"type": "BODY", "text": "Halo {{1}} ya"}]},  # without an example
        {"components": [{"type": "BODY", "text": "x" * 1025}]},
        {"color": "red"},
    ):
        assert (await caller.refused(caller.create(new | bad)))[1] == 100
    made = await caller.create(new | {"message_send_ttl_seconds": 43_200})
    assert (made["status"], made["category"]) == ("PENDING", "UTILITY")
    assert (await caller.refused(caller.create(new)))[1] == 100
    await caller.create(new | {"name": "lain", "components": [{"type": "BODY", "text": "Halo."}]})
    fields = "name,status,quality_score,message_send_ttl_seconds"
    first = await caller.get(f"{graph.account.id}/message_templates", limit="1", fields=fields)
    assert first["data"][0]["message_send_ttl_seconds"] == 43_200
    after = first["paging"]["cursors"]["after"]
    second = await caller.get(f"{graph.account.id}/message_templates", limit="1", after=after)
    assert ([each["name"] for each in second["data"]], "next" in second["paging"]) == (["lain"], False)
    known = graph.state.templates.by_id(made["id"])
    graph.events.review(known)
    await caller.post(made["id"], {"components": body})
    assert (known.status, known.ttl) == ("PENDING", None)
    await caller.delete(f"{graph.account.id}/message_templates", name="ingat_12")
    assert (await caller.refused(caller.create(new)))[1] == 100  # its name is blocked for 30 days


async def test_a_template_against_the_rules_of_wording_is_rejected(graph: FakeGraph, caller: Caller) -> None:
    """A variable neither begins nor ends the body, nor stands beside another (Meta, templates/overview)."""
    body = [{"type": "BODY", "text": "Halo {{1}}{{2}}.", "example": {"body_text": [["a", "b"]]}}]
    made = await caller.create({"name": "buruk", "language": "id", "category": "UTILITY", "components": body})
    graph.events.review(graph.state.templates.by_id(made["id"]))
    assert graph.hooks.told[-1].content["event"] == "REJECTED"
    assert graph.hooks.told[-1].content["reason"] == "INVALID_FORMAT"


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
