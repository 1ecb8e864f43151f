"""Whatever an update holds, it is taken in, answered with an apology or passed over; nothing is raised."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.channels.buttons import ButtonSigner
from bot.channels.telegram.batch import Batch
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.receiving import Reader
from bot.channels.telegram.staff.reading import StaffReader
from bot.channels.telegram.webhook import HEADER, webhook_route
from bot.inbound.storable import storable
from bot.store import Store
from programme.model.messages import Incoming
from tests.store.samples import MONDAY
from tests.telegram.conftest import NOW
from tests.telegram.wrong_updates import GROUP, wrong_updates

SECRET = "a-secret-only-Telegram_knows"


@pytest.fixture
def heard() -> list[Incoming]:
    return []


@pytest.fixture
def intake(reader: Reader, signer: ButtonSigner, heard: list[Incoming]) -> Intake:
    async def take(incoming: Incoming) -> None:
        heard.append(incoming)

    staff = StaffReader(me=reader.me, rooms=(str(GROUP),), signer=signer, redact=reader.redact, clock=reader.clock)
    return Intake(reader, take, lambda _: "Chat pribadi ya", staff)


async def test_nothing_is_too_strange_to_be_polled(
    intake: Intake, signer: ButtonSigner, heard: list[Incoming], record_property: Callable[[str, object], None]
) -> None:
    """A poll goes on behind whatever it brings, and what was heard can be kept and answered."""
    record_property("times", 700)
    batch = Batch(intake, 20, lambda _courtesy: None)
    await batch.admit(list(wrong_updates(signer, 700)))
    assert batch.failures == {}
    assert len(heard) > 200
    for incoming in heard:
        kept = storable(incoming, NOW)
        assert kept.at.tzinfo is UTC
        assert kept.address
        assert "\0" not in kept.text


async def test_what_is_heard_of_strange_updates_can_be_written_down(
    intake: Intake, signer: ButtonSigner, heard: list[Incoming], store: Store
) -> None:
    await Batch(intake, 20, lambda _courtesy: None).admit(list(wrong_updates(signer, 300, seed=2)))
    async with store.writing() as tx:
        rows = [await tx.inbox.add_handled(storable(each, MONDAY)) for each in heard]
    assert len(set(filter(None, rows))) == len({(each.channel, each.id) for each in heard})


async def test_nothing_strange_makes_an_error_of_the_webhook(intake: Intake, signer: ButtonSigner) -> None:
    web = Starlette(routes=[webhook_route(intake, SECRET)])
    transport = httpx.ASGITransport(app=web)
    async with httpx.AsyncClient(transport=transport, base_url="http://sobat", headers={HEADER: SECRET}) as client:

        async def posted(update: dict[str, Any]) -> int:
            return (await client.post("/telegram", content=json.dumps(update).encode())).status_code

        statuses = {await posted(update) for update in wrong_updates(signer, 150, seed=3)}
    assert statuses <= {200, 400}
