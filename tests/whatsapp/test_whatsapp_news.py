"""Receipts, and news of templates and of the account."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.whatsapp.items import AccountNews, Ignored, TemplateNews, TemplateState
from programme.model.receipts import Pricing, Receipt, ReceiptState
from tests.whatsapp.written import AT, OURS, read, reader, status, value, webhook

TEMPLATE = {"message_template_id": 1, "message_template_name": "deadline_12h", "message_template_language": "id"}


def template(field: str, **parts: Any) -> TemplateNews:
    [item] = read({**TEMPLATE, **parts}, field=field)
    assert isinstance(item, TemplateNews)
    assert (item.name, item.language, item.at) == ("deadline_12h", "id", AT)
    return item


def account(field: str, **parts: Any) -> AccountNews:
    [item] = read(parts, field=field)
    assert isinstance(item, AccountNews)
    assert (item.field, item.at) == (field, AT)
    return item


def test_a_receipt() -> None:
    pricing = {"billable": True, "pricing_model": "PMP", "category": "utility", "type": "regular"}
    [item] = read(value(statuses=[status(biz_opaque_callback_data="d7", pricing=pricing)]))
    cost = Pricing(billable=True, category="utility", type="regular")
    assert item == Receipt(
        channel="whatsapp", message="wamid.B", state=ReceiptState.SENT, at=AT, reference="d7", pricing=cost
    )


def test_why_it_failed_is_told_without_anybodys_number() -> None:
    details = {"details": "Recipient 6281234567890 is not in the allowed list"}
    errors = [{"code": 131030, "title": "No", "error_data": details}, {"code": 1}]
    [item] = read(value(statuses=[status(status="failed", errors=errors)]))
    assert isinstance(item, Receipt)
    assert (item.state, item.code, item.reason) == (
        ReceiptState.FAILED,
        131030,
        "Recipient ... is not in the allowed list",
    )


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"status": "warped"}, "status: warped"),
        ({"id": ""}, "status: sent"),
        ({"recipient_type": "group"}, "group"),
    ],
)
def test_statuses_of_no_use(parts: dict[str, Any], why: str) -> None:
    assert read(value(statuses=[status(**parts)])) == [Ignored(why=why)]


@pytest.mark.parametrize(
    ("event", "state", "reason"),
    [
        ("APPROVED", TemplateState.APPROVED, ""),
        ("PAUSED", TemplateState.PAUSED, ""),
        ("REINSTATED", TemplateState.APPROVED, ""),
        ("FLAGGED", None, "FLAGGED"),
        ("SOMETHING_NEW", TemplateState.UNKNOWN, ""),
    ],
)
def test_states_of_a_template(event: str, state: TemplateState | None, reason: str) -> None:
    found = template("message_template_status_update", event=event, reason="NONE")
    assert (found.state, found.reason) == (state, reason)


def test_only_a_completed_change_of_category_counts() -> None:
    field = "template_category_update"
    assert template(field, new_category="MARKETING", previous_category="UTILITY").category == "MARKETING"
    impending = {**TEMPLATE, "correct_category": "MARKETING", "new_category": "UTILITY"}
    assert read(impending, field=field) == [Ignored(why="template category impending")]


def test_the_quality_of_a_template() -> None:
    assert template("message_template_quality_update", new_quality_score="YELLOW").quality == "YELLOW"


@pytest.mark.parametrize(
    ("limit", "tier"),
    [
        ("TIER_250", 250),
        ("TIER_1K", 1000),
        ("TIER_2K", 2000),
        ("TIER_10K", 10_000),
        ("TIER_100K", 100_000),
        ("TIER_UNLIMITED", -1),
        ("2000", 2000),
        ("TIER_NOT_SET", None),
        ("TIER_K", None),
        (-1, -1),
        (0, None),
        (100_000, 100_000),
        (None, None),
    ],
)
def test_tiers(limit: object, tier: int | None) -> None:
    field = "business_capability_update"
    assert account(field, max_daily_conversations_per_business=limit).tier == tier
    assert account("phone_number_quality_update", event="UPGRADE", current_limit=limit).tier == tier


def test_more_messages_a_second_are_no_more_people_a_day() -> None:
    told = {"event": "THROUGHPUT_UPGRADE", "current_limit": "TIER_UNLIMITED"}
    assert account("phone_number_quality_update", **told).tier is None


@pytest.mark.parametrize(
    ("field", "parts", "event", "alarming"),
    [
        ("account_update", {"event": "ACCOUNT_VIOLATION"}, "ACCOUNT_VIOLATION", True),
        ("account_update", {"event": "ACCOUNT_RECONNECTED"}, "ACCOUNT_RECONNECTED", False),
        ("account_update", {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "DISABLE"}}, None, True),
        ("account_alerts", {"alert_info": {"alert_type": "OBA_APPROVED", "alert_severity": "INFO"}}, None, False),
        ("account_alerts", {"alert_severity": "CRITICAL", "alert_type": "X"}, "X", True),
        ("account_review_update", {"decision": "REJECTED"}, "REJECTED", True),
        ("phone_number_name_update", {"decision": "APPROVED", "rejection_reason": "NONE"}, "APPROVED", False),
        ("phone_number_quality_update", {"event": "DOWNGRADE"}, "DOWNGRADE", True),
        ("security", {"event": "PIN_RESET_REQUEST", "requester": "1"}, "PIN_RESET_REQUEST", True),
        ("payment_configuration_update", {"status": "Needs_Connecting"}, "Needs_Connecting", True),
    ],
)
def test_what_an_operator_should_hear_of(field: str, parts: dict[str, Any], event: str | None, alarming: bool) -> None:
    found = account(field, **parts)
    assert found.alarming is alarming
    assert event is None or found.event == event


def test_what_is_unknown_is_welcome() -> None:
    assert read({}, field="flows 2.0") == [Ignored(why="field: flows 2_0")]
    assert reader().items({"object": "page", "entry": []}) == [Ignored(why="object: page")]
    assert read(value(errors=[{"code": 131000}, {}])) == [Ignored(why="error: 131000"), Ignored(why="error: none")]
    assert reader(OURS + "9").items(webhook(value(statuses=[status()]))) == [Ignored(why="other number")]
