"""News of the account: its templates, its limits, and what an operator must hear of.

https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference, the pages of each field,
as of August 2026.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from bot.channels.whatsapp.items import AccountNews, Ignored, TemplateNews, TemplateState
from bot.channels.whatsapp.json_fields import Fields, fields_of, number_of, rows_of, text_of

Read = Callable[[Fields, datetime], TemplateNews | AccountNews | Ignored]

_ALARMS: Final = frozenset(
    {
        "ACCOUNT_DELETED",
        "ACCOUNT_OFFBOARDED",
        "ACCOUNT_RESTRICTION",
        "ACCOUNT_VIOLATION",
        "DISABLED_UPDATE",
        "PARTNER_REMOVED",
        "DOWNGRADE",
        "FLAGGED",
        "REJECTED",
        "PIN_CHANGED",
        "PIN_RESET_REQUEST",
    }
)
_STATES: Final[Mapping[str, TemplateState | None]] = MappingProxyType(
    {
        **{state.value: state for state in TemplateState},
        "REINSTATED": TemplateState.APPROVED,
        "FLAGGED": None,  # it can still be sent, and may be paused or disabled soon
        "LOCKED": None,  # it can't be changed now
    }
)
_TIER = re.compile(r"(?:TIER_)?(\d{1,9})(K?)")


def _status(value: Fields, at: datetime) -> TemplateNews | Ignored:
    event, reason = text_of(value, "event"), text_of(value, "reason")
    state = _STATES.get(event, TemplateState.UNKNOWN)
    reason = "" if reason == "NONE" else reason
    told = reason or text_of(fields_of(value, "other_info"), "title") or (event if state is None else "")
    return _of_template(
        value, at, state=state, reason=told, category=text_of(value, "message_template_category").upper() or None
    )


def _category(value: Fields, at: datetime) -> TemplateNews | Ignored:
    """With the category that would be correct, `new_category` is still the former one: it changes in a day."""
    category = text_of(value, "new_category").upper()
    if "correct_category" in value or not category:
        return Ignored(why="template category impending")
    return _of_template(value, at, category=category)


def _quality(value: Fields, at: datetime) -> TemplateNews | Ignored:
    quality = text_of(value, "new_quality_score").upper()
    return _of_template(value, at, quality=quality) if quality else Ignored(why="template quality of nothing")


def _of_template(
    value: Fields,
    at: datetime,
    *,
    state: TemplateState | None = None,
    reason: str = "",
    quality: str | None = None,
    category: str | None = None,
) -> TemplateNews | Ignored:
    name, language = text_of(value, "message_template_name"), text_of(value, "message_template_language")
    if not name or not language:
        return Ignored(why="template without name")
    return TemplateNews(
        name=name, language=language, at=at, state=state, reason=reason, quality=quality, category=category
    )


def _account(value: Fields, at: datetime) -> AccountNews:
    event, ban = text_of(value, "event"), text_of(fields_of(value, "ban_info"), "waba_ban_state")
    details = (
        ban,
        text_of(fields_of(value, "violation_info"), "violation_type"),
        text_of(fields_of(value, "disconnection_info"), "reason"),
        *(text_of(restriction, "restriction_type") for restriction in rows_of(value, "restriction_info")),
    )
    alarming = event in _ALARMS and ban != "REINSTATE"
    return _of_account("account_update", event, at, detail=", ".join(filter(None, details)), alarming=alarming)


def _alert(value: Fields, at: datetime) -> AccountNews:
    alert = fields_of(value, "alert_info") or value
    severity = text_of(alert, "alert_severity")
    detail = ", ".join(filter(None, (severity, text_of(alert, "alert_status"), text_of(alert, "alert_description"))))
    grave = severity in {"CRITICAL", "WARNING"}
    return _of_account("account_alerts", text_of(alert, "alert_type"), at, detail=detail, alarming=grave)


def _review(value: Fields, at: datetime) -> AccountNews:
    return _decided("account_review_update", value, at)


def _number_name(value: Fields, at: datetime) -> AccountNews:
    return _decided("phone_number_name_update", value, at)


def _decided(field: str, value: Fields, at: datetime) -> AccountNews:
    decision, reason = text_of(value, "decision"), text_of(value, "rejection_reason")
    rejected = decision in _ALARMS
    return _of_account(field, decision, at, detail="" if reason == "NONE" else reason, alarming=rejected)


def _number_quality(value: Fields, at: datetime) -> AccountNews:
    event = text_of(value, "event")
    tier = tier_of(value, "max_daily_conversations_per_business")
    if tier is None and event != "THROUGHPUT_UPGRADE":  # then the current limit is one of messages a second
        tier = tier_of(value, "current_limit")
    return _of_account("phone_number_quality_update", event, at, tier=tier, alarming=event in _ALARMS)


def _capability(value: Fields, at: datetime) -> AccountNews:
    tier = tier_of(value, "max_daily_conversations_per_business")
    if tier is None:
        tier = tier_of(value, "max_daily_conversation_per_phone")
    return _of_account("business_capability_update", "", at, tier=tier)


def _security(value: Fields, at: datetime) -> AccountNews:
    event = text_of(value, "event")
    return _of_account("security", event, at, alarming=event in _ALARMS)


def _payment(value: Fields, at: datetime) -> AccountNews:
    status = text_of(value, "status")
    detail = text_of(value, "configuration_name")
    return _of_account("payment_configuration_update", status, at, detail=detail, alarming=status.lower() != "active")


def _of_account(
    field: str, event: str, at: datetime, *, tier: int | None = None, detail: str = "", alarming: bool = False
) -> AccountNews:
    return AccountNews(field=field, event=event[:100], at=at, tier=tier, detail=detail[:300], alarming=alarming)


def tier_of(value: Fields, name: str) -> int | None:
    """Return how many people a day may be written to, -1 for no limit; None where that can't be read."""
    number, words = number_of(value, name), text_of(value, name)
    if number is not None:
        return number if number > 0 or number == -1 else None
    if words in {"TIER_UNLIMITED", "UNLIMITED"}:
        return -1
    found = _TIER.fullmatch(words)
    return int(found[1]) * (1000 if found[2] else 1) if found else None


NEWS: Final[Mapping[str, Read]] = MappingProxyType(
    {
        "message_template_status_update": _status,
        "template_category_update": _category,
        "message_template_quality_update": _quality,
        "account_update": _account,
        "account_alerts": _alert,
        "account_review_update": _review,
        "phone_number_quality_update": _number_quality,
        "phone_number_name_update": _number_name,
        "business_capability_update": _capability,
        "security": _security,
        "payment_configuration_update": _payment,
    }
)
"""How each field of the account is read, given its value and the moment of the webhook."""
