"""Webhooks as Meta sends them, each with what becomes of it: the table beside this file."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bot.channels.whatsapp.items import AccountNews, Ignored, TemplateNews
from programme.model.messages import Incoming
from programme.model.receipts import Receipt
from tests.whatsapp.real import needs_webhooks, number_of, reader_of, real_webhooks, told
from tests.whatsapp.written import reader


def table() -> list[tuple[str, str]]:
    with Path(__file__).with_name("webhooks.tsv").open(encoding="utf-8") as file:
        return [(row[0], row[1]) for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)][1:]


@needs_webhooks
def test_the_table_has_them_all() -> None:
    assert [name for name, _ in table()] == list(real_webhooks())
    assert len(table()) == 74


@needs_webhooks
@pytest.mark.parametrize(("name", "expected"), table())
def test_what_becomes_of_each(name: str, expected: str) -> None:
    payload = real_webhooks()[name]
    items = reader_of(payload).items(payload)
    assert " || ".join(map(told, items)) == expected
    for item in items:
        if isinstance(item, Incoming):
            assert (item.channel, item.can_vouch) == ("whatsapp", True)
            assert item.id.startswith(f"{number_of(payload)}:")


@needs_webhooks
def test_another_number_of_the_account_is_not_ours() -> None:
    elsewhere = reader("1")
    for payload in filter(number_of, real_webhooks().values()):
        assert {type(item) for item in elsewhere.items(payload)} == {Ignored}


@needs_webhooks
def test_all_of_them_in_one_batch_lose_nothing() -> None:
    """One webhook with every entry, as Meta sends after an outage."""
    ours = "1122334455667"
    apart = [item for payload in real_webhooks().values() for item in reader(ours).items(payload)]
    entries = [entry for payload in real_webhooks().values() for entry in payload["entry"]]
    together = reader(ours).items({"object": "whatsapp_business_account", "entry": entries})
    assert together == apart
    assert {type(item) for item in together} == {Incoming, Receipt, TemplateNews, AccountNews, Ignored}
