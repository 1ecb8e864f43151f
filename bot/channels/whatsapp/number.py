"""What Meta tells of the number that writes: its quality, its day's measure of people, how fast it may send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.channels.whatsapp.news import tier_of

NUMBER_FIELDS: Final = (
    "display_phone_number,verified_name,name_status,status,quality_rating,messaging_limit_tier,"
    "whatsapp_business_manager_messaging_limit,throughput,health_status"
)
"""What is asked for; Meta leaves out what it does not know."""


def facts_of(told: Mapping[str, Any]) -> dict[str, str]:
    """Return what is worth keeping of Meta's answer, by name: tier, quality, status, throughput, name, health."""
    throughput = told.get("throughput")
    health = told.get("health_status")
    tier = tier_of(told, "whatsapp_business_manager_messaging_limit")
    tier = tier_of(told, "messaging_limit_tier") if tier is None else tier
    found = {
        "tier": None if tier is None else str(tier),
        "quality": told.get("quality_rating"),
        "status": told.get("status"),
        "throughput": throughput.get("level") if isinstance(throughput, Mapping) else None,
        "name_status": told.get("name_status"),
        "health": health.get("can_send_message") if isinstance(health, Mapping) else None,
    }
    return {name: str(value) for name, value in found.items() if value}
