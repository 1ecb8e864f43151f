"""A webhook is believed only where its signature was made of this very body with the app's secret."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from bot.channels.whatsapp.signature import is_signed, sign

SECRET = b"0123456789abcdef0123456789abcdef"
BODY = '{"object": "whatsapp_business_account", "entry": "é"}'.encode()
GOOD = sign(SECRET, BODY)


def test_it_is_the_hash_that_meta_describes() -> None:
    assert "sha256=" + hmac.new(SECRET, BODY, hashlib.sha256).hexdigest() == GOOD
    assert is_signed(GOOD, BODY, SECRET)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "sha256=",
        GOOD[:-1],
        GOOD + "0",
        GOOD[7:],
        GOOD.upper(),
        f" {GOOD}",
        "sha256=" + "0" * 64,
        "sha1=" + hmac.new(SECRET, BODY, "sha1").hexdigest(),
        sign(b"another secret", BODY),
        sign(b"", BODY),
        sign(SECRET, BODY + b" "),
        "sha256=é\ud800☃",
        "x" * 100_000,
    ],
)
def test_anything_else_is_forged(header: str | None) -> None:
    assert not is_signed(header, BODY, SECRET)


def test_one_other_byte_in_the_body_is_enough() -> None:
    assert not any(is_signed(GOOD, BODY[:at] + b"\0" + BODY[at + 1 :], SECRET) for at in range(len(BODY)))
