"""The fake's templates: created, reviewed, listed, filled, refused as Meta does; each case names its source."""

from __future__ import annotations

from tests.fakes.graph import FakeGraph
from tests.fakes.graph_caller import Caller

NUMBER = "6281234567890"
BSUID = "ID.62812345678907741"
PNG = b"\x89PNG\r\n\x1a\nrest"


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
