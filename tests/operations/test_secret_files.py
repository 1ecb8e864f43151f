"""Every secret may lie in a file, and a file that can't be used is told of in one sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.app.settings import WrongSetting, read_settings, secret_settings

VALUES = {
    "TELEGRAM_TOKEN": "123456789:AAHabcdefghijk",
    "TELEGRAM_WEBHOOK_SECRET": "s" * 20,
    "DATABASE_URL": "postgresql://sobat:pass@db/sobat",
    "SOBAT_SECRET": "0123456789abcdefghij",
    "SENTRY_DSN": "https://key@sentry.invalid/1",
}


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("TELEGRAM_", "WHATSAPP_", "SOBAT_SECRET", "DATABASE_URL")):
            monkeypatch.delenv(name)


def test_every_secret_can_be_given_as_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Also the database's address, for a password stands in it."""
    assert {"TELEGRAM_TOKEN", "WHATSAPP_TOKEN", "WHATSAPP_APP_SECRET", "DATABASE_URL"} <= set(secret_settings())
    whatsapp = {"WHATSAPP_PHONE_NUMBER_ID": "12345", "WHATSAPP_ACCOUNT_ID": "12345"}
    for name, value in whatsapp.items():
        monkeypatch.setenv(name, value)
    for name in secret_settings():
        (tmp_path / name).write_text(VALUES.get(name, f"the {name.lower()}") + "\n")
        monkeypatch.setenv(f"{name}_FILE", str(tmp_path / name))
    settings = read_settings()
    for name in secret_settings():
        found = getattr(settings, name.lower())
        value = found if isinstance(found, str) else found.get_secret_value()
        assert value == VALUES.get(name, f"the {name.lower()}")


@pytest.mark.parametrize(
    ("held", "also", "sentence"),
    [
        (None, "", "SOBAT_SECRET_FILE: {path} can't be read: No such file or directory"),
        ("", "", "SOBAT_SECRET_FILE: {path} is empty"),
        ("x" * 20, "0123456789abcdefghij", "SOBAT_SECRET: set it or SOBAT_SECRET_FILE, not both"),
        ("short", "", "SOBAT_SECRET: too easy to guess"),
    ],
)
def test_what_is_wrong_with_a_file_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, held: str | None, also: str, sentence: str
) -> None:
    path = tmp_path / "secret"
    if held is not None:
        path.write_text(held)
    monkeypatch.setenv("SOBAT_SECRET_FILE", str(path))
    monkeypatch.setenv("SOBAT_SECRET", also)
    with pytest.raises(WrongSetting) as wrong:
        read_settings()
    assert str(wrong.value).startswith(sentence.format(path=path))
