"""One webhook taken in: all of it, in each person's order, and nothing acknowledged before it is kept."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.channels.whatsapp.pages import page_id
from tests.store.samples import away
from tests.whatsapp.posting import Kept, intake_of
from tests.whatsapp.written import said, status, value, webhook

TEMPLATE = {"message_template_name": "a", "message_template_language": "id", "event": "APPROVED"}


def of(person: int, number: int, **parts: Any) -> dict[str, Any]:
    scoped = {"from": None, "from_user_id": f"ID.{person}"}
    return said(**{**scoped, "id": f"wamid.{person}-{number}", "text": {"body": f"pesan {number}"}, **parts})


def batch(people: int, each: int) -> dict[str, Any]:
    return webhook(value(messages=[of(person, number) for number in range(each) for person in range(people)]))


async def test_fifty_mixed_things_lose_none() -> None:
    kept = Kept()
    messages = [of(person, number) for number in range(4) for person in range(5)]
    statuses = [status(id=f"wamid.s{number}") for number in range(20)]
    strange = [said(type="reaction"), said(id=None), said(type="novel"), *([said(group_id="g")] * 2)]
    news = [webhook({**TEMPLATE, "event": event}, field="message_template_status_update") for event in "ABCDE"]
    mixed = webhook(value(messages=[*messages[:10], *strange]), value(statuses=statuses), value(messages=messages[10:]))
    mixed["entry"] += [entry for one in news for entry in one["entry"]]
    await intake_of(kept).admit(mixed)
    assert (len(kept.said), [len(batch) for batch in kept.receipts], len(kept.news)) == (21, [20], 5)
    assert kept.ignored == {"reaction": 1, "message without id": 1, "group": 2}
    assert kept.safe == 1


async def test_one_persons_messages_stay_in_order_and_people_go_side_by_side() -> None:
    kept = Kept()
    await intake_of(kept, side_by_side=3).admit(batch(people=10, each=5))
    assert kept.most == 3
    for person in range(10):
        mine = [one.message for one in kept.said if one.address == f"ID.{person}"]
        assert mine == [f"wamid.{person}-{number}" for number in range(5)]


async def test_two_webhooks_at_once_keep_the_order_and_the_bound() -> None:
    kept = Kept()
    intake = intake_of(kept, side_by_side=2)
    async with asyncio.TaskGroup() as tasks:
        for number in range(6):
            tasks.create_task(intake.admit(webhook(value(messages=[of(person, number) for person in range(4)]))))
    assert kept.most == 2
    assert [one.message for one in kept.said if one.address == "ID.1"] == [f"wamid.1-{number}" for number in range(6)]


async def test_what_cannot_be_kept_hinders_only_the_same_person() -> None:
    kept = Kept()
    kept.refused = {"wamid.1-1"}
    payload = batch(people=3, each=3)
    payload["entry"] += webhook(value(statuses=[status()]))["entry"]
    with pytest.raises(type(away())):
        await intake_of(kept).admit(payload)
    assert [one.message for one in kept.said if one.address == "ID.1"] == ["wamid.1-0"]
    assert (len(kept.said), len(kept.receipts), kept.safe) == (7, 1, 0)
    kept.refused.clear()
    await intake_of(kept).admit(payload)
    assert kept.safe == 1
    assert {one.message for one in kept.said} == {
        f"wamid.{person}-{number}" for person in range(3) for number in range(3)
    }


@pytest.mark.parametrize("what", ["receipts", "news", "safe"])
async def test_it_is_acknowledged_only_once_all_is_kept(what: str) -> None:
    kept = Kept()
    kept.refused = {what}
    payload = webhook(value(messages=[said()], statuses=[status()]))
    payload["entry"] += webhook(TEMPLATE, field="message_template_status_update")["entry"]
    with pytest.raises(type(away())):
        await intake_of(kept).admit(payload)
    assert len(kept.said) == 1


async def test_pages_are_turned_in_turn() -> None:
    kept = Kept()
    reply = {"type": "list_reply", "list_reply": {"id": page_id("r", 2), "title": "Lainnya"}}
    await intake_of(kept).admit(webhook(value(messages=[said(type="interactive", interactive=reply)])))
    assert [(page.reference, page.page) for page in kept.pages] == [("r", 2)]
    assert not kept.said


async def test_where_there_is_nothing_to_keep_nothing_is_made_safe() -> None:
    kept = Kept()
    await intake_of(kept).admit(webhook({}, field="flows"))
    assert (kept.safe, kept.ignored) == (0, {"field: flows": 1})
