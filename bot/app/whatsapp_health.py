"""What is wrong with the account on WhatsApp, and with the texts it needs on the last evening."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from bot.channels.whatsapp.tier import KEPT_FOR_REMINDERS, UNLIMITED, told_tier
from bot.store.repositories.channel_accounts import AccountStanding, TemplateRow
from programme.programme import Programme

NEARLY: Final = 0.9
"""From such a part of the day's measure of people on an operator is told."""

WEEK: Final = timedelta(days=7)
"""So long before a cutoff its texts are looked at, and so lately they must have been used."""

FAMILIES: Final = ("last_day", "last_evening", "deadline")
"""The texts without which nobody outside of their window hears of a cutoff; each is once there per time to live."""

_WELL: Final = {"quality": ("GREEN", "UNKNOWN", "NA"), "status": ("CONNECTED",), "health": ("AVAILABLE",)} | {
    "name_status": ("APPROVED", "AVAILABLE_WITHOUT_REVIEW", "PENDING_REVIEW", "NON_EXISTS", "NONE")
}
_MEANS: Final = {
    "quality": "people block or report the number",
    "status": "it may not send",
    "health": "it may not send, or to few: look at the way to pay first",
    "name_status": "nothing is sent under such a name",
}


def account_complaints(standing: AccountStanding, now: datetime, tier: int | None = None) -> Iterator[str]:
    """Say what is wrong with the account; `tier` is what the operator set, None for what Meta told."""
    if standing.untold.waiting and standing.untold.since is not None:
        minutes = (now - standing.untold.since) / timedelta(minutes=1)
        yield (
            f"WhatsApp accepted {standing.untold.waiting:,} messages, the first {minutes:.0f} min ago, and has told of "
            "none since: is the webhook reachable, is there a payment method?"
        )
    yield from number_complaints({name: fact.value for name, fact in standing.facts.items()})
    yield from _tier(standing, tier)


def number_complaints(facts: Mapping[str, str]) -> Iterator[str]:
    """Say what Meta tells of the number that keeps messages from people."""
    for name, well in _WELL.items():
        told = facts.get(name)
        if told is not None and told.upper() not in well:
            yield f"WhatsApp tells of the number: {name} {told} ({_MEANS[name]}). See WhatsApp Manager"


def _tier(standing: AccountStanding, tier: int | None) -> Iterator[str]:
    limit = tier or told_tier(standing.facts)
    if limit == UNLIMITED or standing.approached < limit * NEARLY:
        return
    yield (
        f"{standing.approached:,} of the {limit:,} people whom WhatsApp lets us write to in 24 hours are used up: "
        f"announcements wait from {limit * (1 - KEPT_FOR_REMINDERS):,.0f} on, reminders from {limit:,} on"
    )


def next_cutoff(programme: Programme, now: datetime) -> tuple[int, datetime] | None:
    """Return the wave whose cutoff comes next within a week, with that moment; None where there is none."""
    known = [(wave, programme.cutoff(wave)) for wave in programme.waves]
    near = [(wave, cutoff.at) for wave, cutoff in known if cutoff is not None and now < cutoff.at <= now + WEEK]
    return min(near, key=lambda each: each[1], default=None)


def template_complaints(templates: Iterable[TemplateRow], programme: Programme, now: datetime) -> Iterator[str]:
    """Say which texts of the last evening are untried while a cutoff is near; nothing where none is."""
    cutoff = next_cutoff(programme, now)
    if cutoff is None:
        return
    wave, at = cutoff
    days = max(0, (at - now).days)
    for trouble, names in _troubles(list(templates), now).items():
        yield f"the cutoff of wave {wave} is in {days} days, and WhatsApp's texts for it {trouble}: {', '.join(names)}"


def _troubles(templates: list[TemplateRow], now: datetime) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for family in FAMILIES:
        of_family = [each for each in templates if each.name.startswith(f"sobat_{family}_")]
        if not of_family:
            found["are not known: sobat whatsapp templates"].append(family)
        for each in of_family:
            for trouble in _trouble(each, now):
                found[trouble].append(f"{each.name} ({each.language})")
    return found


def _trouble(template: TemplateRow, now: datetime) -> Iterator[str]:
    if template.stopped_at is not None:
        yield "were stopped by us"
    if template.state != "APPROVED":
        yield "are not approved"
    if template.quality != "GREEN":
        yield "are not GREEN, and may be held back by Meta"
    if template.used_at is None or template.used_at < now - WEEK:
        yield "were not used in the last 7 days, and may be held back by Meta"
