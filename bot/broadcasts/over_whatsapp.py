"""What a broadcast comes to on WhatsApp, by the quota of the day and the prices."""

from __future__ import annotations

from datetime import timedelta

from bot.broadcasts.rules import BroadcastRules
from bot.channels.whatsapp.addresses import CHANNEL
from bot.channels.whatsapp.prices import SERVICE, load_prices
from bot.channels.whatsapp.tier import KEPT_FOR_REMINDERS, UNLIMITED, told_tier
from bot.store import UnitOfWork
from programme.model.whatsapp_outlook import A_DAY, DayQuota, OverWhatsApp, WhatsAppOutlook
from programme.model.zones import Zone

_LATER = timedelta(minutes=10)  # after a full day: the channel tries whom it put off about that often


async def whatsapp_outlook(tx: UnitOfWork, reach: OverWhatsApp, rules: BroadcastRules) -> WhatsAppOutlook | None:
    """Return what writing to these people comes to from now on; None where there are none."""
    if not reach.people:
        return None
    quota = await day_quota(tx, rules)
    month = tx.now.astimezone(Zone.WIB.tz).date().replace(day=1)
    service = sum(each.messages for each in await tx.accounts.charges(CHANNEL, month) if each.category == SERVICE)
    cost = load_prices().of_announcement(reach, service)
    return WhatsAppOutlook(reach=reach, quota=quota, lasts=_lasts(reach, quota, rules), cost=cost)


async def day_quota(tx: UnitOfWork, rules: BroadcastRules) -> DayQuota:
    """Return how many people broadcasts may approach a day: what is not kept for reminders."""
    tier = rules.whatsapp_tier or told_tier(await tx.accounts.facts(CHANNEL))
    if tier == UNLIMITED:
        return DayQuota()
    per_day = max(1, round(tier * (1 - KEPT_FOR_REMINDERS)))
    return DayQuota(per_day, await tx.accounts.approached_lately(CHANNEL))


def _lasts(reach: OverWhatsApp, quota: DayQuota, rules: BroadcastRules) -> timedelta:
    waits = quota.waits(reach.outside)
    if not waits:
        return rules.lasts_on_whatsapp(reach.people)
    return waits * (A_DAY + _LATER) + rules.lasts_on_whatsapp(quota.last_portion(reach.outside))
