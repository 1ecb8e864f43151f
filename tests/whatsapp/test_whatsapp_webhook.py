"""The route: signed or refused, kept or to come again, and never an error over what nobody can read."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping

import orjson
import pytest
import pytest_asyncio

from bot.channels.whatsapp.signature import sign
from bot.channels.whatsapp.webhook import LARGEST, webhook_routes
from tests.whatsapp.mutating import mutations
from tests.whatsapp.posting import SECRET, TOKEN, Kept, Meta, intake_of, meta
from tests.whatsapp.written import said, status, value, webhook

PAYLOAD = webhook(value(messages=[said()], statuses=[status()]))
BODY = orjson.dumps(PAYLOAD)


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest_asyncio.fixture
async def platform(kept: Kept) -> AsyncIterator[Meta]:
    async with meta(kept) as opened:
        yield opened


async def test_what_is_signed_is_kept(platform: Meta, kept: Kept) -> None:
    assert await platform.posts(PAYLOAD) == 200
    assert ([one.text for one in kept.said], len(kept.receipts), kept.safe) == (["halo"], 1, 1)


@pytest.mark.parametrize(
    "header",
    [
        None,
        b"sha256=",
        sign(SECRET.encode(), BODY)[:-1].encode(),
        sign(b"another secret", BODY).encode(),
        sign(SECRET.encode(), BODY + b" ").encode(),
        "sha256=é☃".encode(),
        b"\xff\xfe",
    ],
)
async def test_what_is_not_is_never_looked_into(platform: Meta, kept: Kept, header: bytes | None) -> None:
    assert await platform.posts(BODY, header) == 403
    assert not kept.said
    assert kept.ignored == {"unsigned": 1}


@pytest.mark.parametrize("body", [b"", b"not JSON", b"[]", b'"x"', b"\xff", b"[" * 100_000, b"9" * 5000, b'{"a":'])
async def test_signed_nonsense_need_not_come_again(platform: Meta, kept: Kept, body: bytes) -> None:
    assert await platform.posts(body) == 200
    assert kept.ignored == {"no json": 1}


async def test_half_a_character_costs_no_message(platform: Meta, kept: Kept) -> None:
    body = BODY.replace(b'"halo"', rb'"halo \ud83d"')
    assert await platform.posts(body) == 200
    assert [one.text for one in kept.said] == ["halo \ufffd"]


async def test_up_to_three_megabytes_are_read(platform: Meta, kept: Kept) -> None:
    largest = BODY + b" " * (LARGEST - len(BODY))
    assert [await platform.posts(largest), await platform.posts(largest + b" ")] == [200, 413]
    assert (len(kept.said), kept.ignored) == (1, {"too large": 1})


async def test_while_the_store_is_away_all_comes_again_and_the_log_has_one_line(
    platform: Meta, kept: Kept, caplog: pytest.LogCaptureFixture
) -> None:
    kept.refused = {"wamid.A"}
    assert {await platform.posts(PAYLOAD) for _ in range(20)} == {503}
    [line] = [record for record in caplog.records if record.name.startswith("bot.")]
    words = "the store can't be reached (AdminShutdown: terminating connection); webhooks that stay with WhatsApp: 1"
    assert line.getMessage() == words
    kept.refused.clear()
    assert await platform.posts(PAYLOAD) == 200
    assert [one.message for one in kept.said] == ["wamid.A"]


@pytest.mark.parametrize(
    ("asked", "status", "answer"),
    [
        ({}, 200, "1158201444"),
        ({"hub.verify_token": "wrong"}, 403, ""),
        ({"hub.verify_token": "rahasia-é"}, 403, ""),
        ({"hub.mode": "unsubscribe"}, 403, ""),
        ({"hub.challenge": "<script>"}, 403, ""),
        ({"hub.challenge": ""}, 403, ""),
        ({"hub.challenge": "1" * 201}, 403, ""),
    ],
)
async def test_the_challenge(platform: Meta, asked: Mapping[str, str], status: int, answer: str) -> None:
    asking = {"hub.mode": "subscribe", "hub.verify_token": TOKEN, "hub.challenge": "1158201444", **asked}
    found = await platform.client.get("/whatsapp", params=asking)
    assert (found.status_code, found.text) == (status, answer)
    assert status == 403 or found.headers["content-type"].startswith("text/plain")


async def test_a_stranger_who_asks_without_anything_is_refused(platform: Meta) -> None:
    assert (await platform.client.get("/whatsapp")).status_code == 403


@pytest.mark.parametrize(("secret", "token"), [("", TOKEN), (SECRET, "")])
def test_without_a_secret_there_is_no_webhook(kept: Kept, secret: str, token: str) -> None:
    with pytest.raises(ValueError, match="secret"):
        webhook_routes(intake_of(kept), secret, token)


async def test_nothing_strange_makes_an_error(platform: Meta, kept: Kept) -> None:
    assert {await platform.posts(_as_json(payload)) for payload in mutations(2000, seed=2)} == {200}
    assert len(kept.said) > 400


def _as_json(payload: object) -> bytes:
    """As no strict writer would: with halves of characters, and figures beyond what fits."""

    return json.dumps(payload).encode()
