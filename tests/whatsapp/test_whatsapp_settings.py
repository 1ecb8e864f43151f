"""What WhatsApp needs is asked for at the start, each in one sentence; without the app's secret nothing starts."""

from __future__ import annotations

import os

import pytest

from bot.app.settings import WrongSetting, read_settings

NEEDED = {
    "WHATSAPP_TOKEN": "a token",
    "WHATSAPP_PHONE_NUMBER_ID": "106540352242922",
    "WHATSAPP_ACCOUNT_ID": "102290129340398",
    "WHATSAPP_APP_SECRET": "an app's secret",
    "WHATSAPP_VERIFY_TOKEN": "a word of one's own",
    "SOBAT_SECRET": "0123456789abcdefghij",
}


@pytest.fixture(autouse=True)
def _only_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("TELEGRAM_", "WHATSAPP_", "SOBAT_SECRET")):
            monkeypatch.delenv(name)
    for name, value in NEEDED.items():
        monkeypatch.setenv(name, value)


def test_whatsapp_alone_is_enough() -> None:
    """No token of Telegram is asked for; 80 a second is what Meta gives a number."""
    settings = read_settings()
    assert settings.telegram_token is None
    assert settings.whatsapp_rate == 80


@pytest.mark.parametrize("missing", sorted(set(NEEDED) - {"WHATSAPP_TOKEN"}))
def test_without_one_of_them_nothing_starts(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    monkeypatch.delenv(missing)
    with pytest.raises(WrongSetting, match=f"^{missing}: needed with WHATSAPP_TOKEN"):
        read_settings()


def test_an_empty_app_secret_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Signed with nothing is signed by anybody."""
    monkeypatch.setenv("WHATSAPP_APP_SECRET", "")
    with pytest.raises(WrongSetting, match=r"^WHATSAPP_APP_SECRET"):
        read_settings()


def test_the_rest_without_the_token_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who set the rest meant to serve WhatsApp, and would wonder at its silence."""
    monkeypatch.delenv("WHATSAPP_TOKEN")
    with pytest.raises(WrongSetting, match=r"^WHATSAPP_TOKEN: needed with WHATSAPP_"):
        read_settings()
