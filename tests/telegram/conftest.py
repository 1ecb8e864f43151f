"""A bot account against the strict fake server, and a message's usual parts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from io import BytesIO

import pytest
import pytest_asyncio
from PIL import Image

from bot.channels.buttons import ButtonSigner
from bot.channels.telegram.account import Account, open_account
from bot.channels.telegram.receiving import Reader
from bot.channels.telegram.sending import TelegramChannel
from programme.model.clock import SetClock
from programme.model.messages import Picture
from tests.fakes.bot_api import BOT, FakeBotApi

NOW = datetime(2021, 10, 18, 2, 0, tzinfo=UTC)


@pytest_asyncio.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as server:
        yield server


@pytest_asyncio.fixture
async def account(api: FakeBotApi) -> AsyncIterator[Account]:
    async with open_account(api.token, api.base_url, read_timeout=5) as opened:
        api.calls.clear()
        yield opened


@pytest.fixture
def signer() -> ButtonSigner:
    return ButtonSigner(b"a key for tests")


@pytest.fixture
def channel(account: Account, signer: ButtonSigner) -> TelegramChannel:
    return TelegramChannel(account, signer)


@pytest.fixture
def reader(signer: ButtonSigner) -> Reader:
    def redact(text: str) -> tuple[str, tuple[str, ...]]:
        return (text.replace("123456", "[OTP]"), ("otp",)) if "123456" in text else (text, ())

    return Reader(
        me=int(str(BOT["id"])), username=str(BOT["username"]), signer=signer, redact=redact, clock=SetClock(NOW)
    )


@pytest.fixture
def picture() -> Picture:
    return drawn("navy")


def drawn(colour: str) -> Picture:
    out = BytesIO()
    Image.new("RGB", (20, 20), colour).save(out, "PNG")
    return Picture(out.getvalue(), "Sisa 3 hari")
