"""The words in which wings and roof speak of messages on their way."""

from datetime import UTC, datetime

import pytest

from programme.model.deliveries import (
    BroadcastDeliveryId,
    Claimed,
    Delivery,
    DeliveryId,
    Due,
    Outcome,
    Settlement,
    delivery_id_from,
)
from programme.model.dialogues import Dialogue
from programme.model.messages import Answer, Button, Kind, Message, Open
from programme.model.milestones import Milestone
from programme.model.ports import ReminderPlanner, ReminderRows

NOW = datetime(2021, 10, 21, 16, 59, 59, tzinfo=UTC)


def test_the_most_urgent_kind_comes_first():
    assert list(Kind) == [Kind.REPLY, Kind.STAFF, Kind.REMINDER, Kind.BROADCAST]


def test_a_reminder_becomes_a_delivery_that_one_worker_settles():
    due = Due(source="cutoff:h-1", at=NOW, not_after=NOW, unless=Milestone.BOUGHT)
    delivery = Delivery(
        participant=1, source=due.source, kind=Kind.REMINDER, due_at=due.at, not_after=due.not_after, unless=due.unless
    )
    claimed = Claimed(id=7, attempt=1, delivery=delivery, channel="telegram", address="1")
    settled = Settlement(claimed, Outcome.SENT, NOW)
    assert (settled.claimed.id, settled.costs_attempt, claimed.delivery.unless) == (7, True, Milestone.BOUGHT)


def test_a_dialogue_starts_with_nothing_told():
    dialogue = Dialogue(conversation="start")
    assert (dialogue.answers, dialogue.asked, dialogue.misses) == ({}, None, 0)


def test_buttons_open_or_answer():
    message = Message("Pilih:", keys=((Button("Mulai", Open("start")), Button("21", Answer(1, "wave", "21"))),))
    assert [type(key.action) for row in message.keys for key in row if isinstance(key, Button)] == [Open, Answer]


def test_the_store_fills_two_ports():
    assert {"due", "owe", "withdraw"} <= set(dir(ReminderRows))
    assert {"upcoming", "plan_for"} <= set(dir(ReminderPlanner))


@pytest.mark.parametrize("delivery", [7, BroadcastDeliveryId(3, 17)])
def test_the_key_of_a_delivery_is_read_as_it_was_written(delivery: DeliveryId) -> None:
    """In the names of dead letters, where an operator copies it."""
    assert delivery_id_from(str(delivery)) == delivery


def test_a_word_that_is_no_key_of_a_delivery_is_refused() -> None:
    for word in ("", "3/", "/3", "a/b", "1/2/3"):
        with pytest.raises(ValueError, match="is no delivery"):
            delivery_id_from(word)
