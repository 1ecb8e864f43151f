"""The fake does with accepted messages what Meta does: the window, phones that are off, limits, pacing, failures."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from tests.fakes.graph import FakeGraph
from tests.fakes.graph_caller import Caller

NUMBER = "6281234567890"


@pytest_asyncio.fixture
async def graph(graph: FakeGraph) -> FakeGraph:
    """With two templates that are approved."""
    graph.events.template("ingat", "Ingat ya.")
    graph.events.template("promo", "Promo!", category="MARKETING")
    return graph


def statuses(graph: FakeGraph) -> list[str]:
    """The statuses told so far; a failed one with its code."""
    told = [item.content for item in graph.hooks.told if item.kind == "statuses"]
    return [f"failed {each['errors'][0]['code']}" if "errors" in each else each["status"] for each in told]


async def test_the_window(graph: FakeGraph, caller: Caller) -> None:
    """24 hours from the last message of the person; beyond, 200 and then 131047; templates go at any time (Meta)."""
    siti = graph.user(NUMBER)
    await siti.says("halo")
    caller.later(hours=23, minutes=59)
    await caller.text(NUMBER, "masih")
    caller.later(minutes=1)
    await caller.text(NUMBER, "terlambat")
    await caller.template(NUMBER, "ingat")
    assert [heard.text for heard in siti.heard] == ["masih", "Ingat ya."]
    assert statuses(graph) == ["sent", "delivered", "failed 131047", "sent", "delivered"]


async def test_a_phone_that_is_off(graph: FakeGraph, caller: Caller) -> None:
    """Sent, and delivered if it comes on in time; a template lasts its time to live, anything else 30 days (Meta)."""
    graph.events.template("cepat", "Tutup satu jam lagi.", ttl=3600)
    siti = graph.user(NUMBER)
    await siti.says("halo")
    siti.phone_off()
    await caller.template(NUMBER, "cepat")
    await caller.text(NUMBER, "kapan saja")
    assert (siti.heard, statuses(graph)) == ([], ["sent", "sent"])
    caller.later(hours=1)
    siti.phone_on()
    assert [heard.text for heard in siti.heard] == ["kapan saja"]
    assert statuses(graph) == ["sent", "sent", "delivered"]
    assert [message.shown.text for message in graph.state.expired] == ["Tutup satu jam lagi."]


async def test_reading(graph: FakeGraph, caller: Caller) -> None:
    siti = graph.user(NUMBER)
    await siti.says("halo")
    await caller.text(NUMBER, "x", biz_opaque_callback_data="outbox-7")
    siti.reads()
    siti.reads()
    told = [item.content for item in graph.hooks.told if item.kind == "statuses"]
    assert [each["status"] for each in told] == ["sent", "delivered", "read"]
    assert {each["biz_opaque_callback_data"] for each in told} == {"outbox-7"}


async def test_who_can_not_be_reached(graph: FakeGraph, caller: Caller) -> None:
    """131026 not on WhatsApp, 131050 marketing switched off, 131049 enough of it (Meta, error-codes): all by status."""
    siti = graph.user(NUMBER)
    siti.stops_marketing()
    await caller.template(NUMBER, "promo")
    siti.resumes_marketing()
    siti.person.capped = True
    await caller.template(NUMBER, "promo")
    await caller.template(NUMBER, "ingat")
    siti.leaves_whatsapp()
    await caller.template(NUMBER, "ingat")
    await caller.template("6280000000000", "ingat")
    expected = ["failed 131050", "failed 131049", "sent", "delivered", "failed 131026", "failed 131026"]
    assert statuses(graph) == expected
    assert graph.counts.failed == {131050: 1, 131049: 1, 131026: 2}


async def test_the_limit_of_people(graph: FakeGraph, caller: Caller) -> None:
    """People outside the window in any 24 h, all numbers together; who is inside doesn't count (Meta)."""
    graph.limits.tier = 2
    people = [graph.user(f"628123456789{each}") for each in range(4)]
    await people[3].says("halo")
    for person in people:
        await caller.template(person.number, "ingat")
    await caller.template(people[0].number, "ingat")
    assert [len(person.heard) for person in people] == [2, 1, 0, 1]
    assert graph.counts.failed == {131048: 1}
    caller.later(hours=24)
    await caller.template(people[2].number, "ingat")
    assert len(people[2].heard) == 1


async def test_messages_a_second(graph: FakeGraph, caller: Caller) -> None:
    """130429 with 429; what comes in counts as well (Meta, throughput: 80 combined)."""
    now = 0.0
    graph.limits.seconds = lambda: now
    graph.limits.per_second = 3
    siti = graph.user(NUMBER)
    await siti.says("halo")
    await caller.text(NUMBER, "satu")
    await caller.text(NUMBER, "dua")
    assert await caller.refused(caller.text(NUMBER, "tiga")) == (429, 130429)
    now = 1.0
    await caller.text(NUMBER, "tiga")
    assert (graph.counts.throttled, len(siti.heard)) == (1, 3)


async def test_messages_to_one_person(graph: FakeGraph, caller: Caller) -> None:
    """131056: one in 6 s after a burst, for this person only [B]."""
    now = 0.0
    graph.limits.seconds = lambda: now
    graph.limits.pair_burst = 2
    for number in (NUMBER, "6289" + "1" * 8):
        await graph.user(number).says("halo")
        await caller.text(number, "satu")
        await caller.text(number, "dua")
        assert await caller.refused(caller.text(number, "tiga")) == (429, 131056)
    now = 6.0
    await caller.text(NUMBER, "tiga")
    assert await caller.refused(caller.text(NUMBER, "empat")) == (429, 131056)


async def test_pacing(graph: FakeGraph, caller: Caller) -> None:
    """Held after some messages where the template isn't GREEN, then released, or dropped with 132015 (Meta)."""
    graph.account.pacing = 1
    siti = graph.user(NUMBER)
    new = graph.events.template("baru", "Baru.", quality="UNKNOWN")
    answers = [await caller.send(caller.body(NUMBER, "template", _named("baru"))) for _ in range(3)]
    told = [answer["messages"][0]["message_status"] for answer in answers]
    assert told == ["accepted", "held_for_quality_assessment", "held_for_quality_assessment"]
    assert len(siti.heard) == 1
    graph.events.release(new)
    assert len(siti.heard) == 3
    graph.events.rate(new, "YELLOW")
    await caller.template(NUMBER, "baru")
    graph.events.drop(new)
    assert statuses(graph)[-1] == "failed 132015"
    assert await caller.refused(caller.template(NUMBER, "baru")) == (400, 132015)


async def test_without_a_payment_method(graph: FakeGraph, caller: Caller) -> None:
    """The call succeeds, beyond the free ones the status is 131042 [B make.com]; an advertisement's entry is free."""
    graph.account.payment, graph.account.free_service = False, 1
    siti = graph.user(NUMBER)
    await siti.says("halo")
    await caller.text(NUMBER, "gratis")
    await caller.text(NUMBER, "berbayar")
    await caller.template(NUMBER, "ingat")
    assert statuses(graph) == ["sent", "delivered", "failed 131042", "failed 131042"]
    await siti.comes_from_ad("halo")
    await caller.template(NUMBER, "ingat")
    last = graph.hooks.told[-1].content
    assert (last["status"], last["pricing"]["type"]) == ("delivered", "free_entry_point")
    assert last["conversation"]["origin"] == {"type": "referral_conversion"}
    caller.later(days=31)
    await siti.says("bulan baru")
    await caller.text(NUMBER, "gratis lagi")
    assert graph.hooks.told[-1].content["pricing"] == {
        "billable": False,
        "pricing_model": "PMP",
        "type": "free_customer_service",
        "category": "service",
    }


async def test_a_medium_that_is_not_what_it_says(graph: FakeGraph, caller: Caller) -> None:
    """Taken at the upload, failed with 131053 when it is sent."""
    siti = graph.user(NUMBER)
    await siti.says("halo")
    await caller.message(NUMBER, "image", {"id": await caller.upload(b"no picture", "image/png")})
    assert statuses(graph) == ["failed 131053"]


@pytest.mark.parametrize(("code", "status"), [(190, 401), (131031, 403), (131000, 500), (131057, 503), (80007, 429)])
async def test_ordered_refusals(graph: FakeGraph, caller: Caller, code: int, status: int) -> None:
    siti, budi = graph.user(NUMBER), graph.user("6289999999999")
    await siti.says("halo")
    graph.fail_next(code, for_=budi)
    await caller.text(siti.number, "x")
    assert await caller.refused(caller.text(budi.number, "x")) == (status, code)
    await caller.text(budi.number, "x")


async def test_ordered_failures(graph: FakeGraph, caller: Caller) -> None:
    siti = graph.user(NUMBER)
    await siti.says("halo")
    graph.fail_next(131026)
    graph.fail_next(131000, as_status=True)
    for _ in range(3):
        await caller.text(NUMBER, "x")
    assert statuses(graph) == ["failed 131026", "failed 131000", "sent", "delivered"]


async def test_a_locked_account(graph: FakeGraph, caller: Caller) -> None:
    graph.user(NUMBER)
    graph.events.restrict()
    assert await caller.refused(caller.template(NUMBER, "ingat")) == (403, 131031)
    assert graph.hooks.told[-1].content["event"] == "ACCOUNT_RESTRICTION"


async def test_trouble_of_http(graph: FakeGraph, caller: Caller) -> None:
    """Cut before or after the work was done, 5xx, an answer that is no JSON, no answer at all."""
    siti = graph.user(NUMBER)
    await siti.says("halo")
    graph.next("messages", cuts=True)
    graph.next("messages", cuts=True, accepted=True)
    for heard in (0, 1):
        with pytest.raises(aiohttp.ClientError):
            await caller.text(NUMBER, "x")
        assert len(siti.heard) == heard
    graph.next("messages", status=503)
    assert await caller.refused(caller.text(NUMBER, "x")) == (503, 2)
    graph.next("messages", body=b"<html>", status=502)
    with pytest.raises(ValueError, match="Expecting value"):
        await caller.text(NUMBER, "x")
    graph.next(hangs=True)
    async with asyncio.TaskGroup() as tasks:
        call = tasks.create_task(caller.text(NUMBER, "x"))
        await graph.hung()
        call.cancel()
    await caller.text(NUMBER, "y")


async def test_the_right_order_of_what_a_user_sees(graph: FakeGraph, caller: Caller) -> None:
    """Waiting is by event: the answer is heard when it arrives."""
    siti = graph.user(NUMBER)
    await siti.says("halo")
    async with asyncio.TaskGroup() as tasks:
        hearing = tasks.create_task(siti.hears("*Selamat*"))
        tasks.create_task(caller.text(NUMBER, "*Selamat* datang"))
    assert hearing.result().text == "*Selamat* datang"


def _named(name: str) -> dict[str, Any]:
    return {"name": name, "language": {"code": "id"}}
