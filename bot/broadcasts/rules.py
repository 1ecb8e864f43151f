"""What a broadcast comes to: how long it takes, what it costs, whether it is in time, who must agree."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Final

from bot.rate_limit.shares import RESERVED, USED
from programme.model.broadcast_refusals import NobodyMeant, TooLate
from programme.model.broadcasts import Audience, Exclusions, Forecast
from programme.model.milestones import Milestone
from programme.programme import Programme

FILE: Final = Path(__file__).with_name("rules.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """What the channel allows for nothing, what for Stars, and where it says so."""

    free_per_second: int
    stars_per_message: Fraction
    source: str
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastRules:
    """The rules; `rules.toml` explains each.

    `rate` is how many messages a second the account may send, `share` what of it broadcasts can count on.
    """

    approval_above: int
    window: int
    stretch: int
    share: Fraction
    all_failed: int
    tariff: Tariff
    rate: Fraction

    def lasts(self, count: int) -> timedelta:
        """Return how long it takes to send `count` messages, in whole seconds rounded up."""
        return timedelta(seconds=math.ceil(count / (self.rate * self.share)))

    def stars(self, count: int) -> int:
        """Return what `count` messages sent at the full rate cost, rounded up: those above the free ones."""
        above = max(Fraction(0), self.rate - self.tariff.free_per_second) / self.rate
        return math.ceil(count * above * self.tariff.stars_per_message)


@cache
def load_broadcast_rules(rate: float | None = None) -> BroadcastRules:
    """Read the rules; `rate` None is what the channel allows for nothing."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    tariff = data["telegram"]
    return BroadcastRules(
        approval_above=data["approval_above"],
        window=data["window"],
        stretch=data["stretch"],
        share=Fraction(str(USED)) * (1 - Fraction(str(RESERVED))),
        all_failed=data["all_failed"],
        rate=Fraction(tariff["free_per_second"] if rate is None else str(rate)),
        tariff=Tariff(**{**tariff, "stars_per_message": Fraction(tariff["stars_per_message"])}),
    )


def forecast(
    audience: Audience, count: int, exclusions: Exclusions, rules: BroadcastRules, programme: Programme
) -> Forecast:
    """Return what sending to the `count` people of an audience comes to."""
    return Forecast(
        count=count,
        exclusions=exclusions,
        lasts=rules.lasts(count),
        stars=rules.stars(count),
        needs_approval=count > rules.approval_above,
        not_after=implied_end(audience, programme),
    )


def implied_end(audience: Audience, programme: Programme) -> datetime | None:
    """Return the first cutoff of the audience's waves, where it is for people who have not bought."""
    if Milestone.BOUGHT not in audience.not_reached:
        return None
    cutoffs = [programme.cutoff(wave) for wave in audience.waves]
    return min((cutoff.at for cutoff in cutoffs if cutoff is not None), default=None)


def with_implied(audience: Audience, implied: Mapping[Milestone, tuple[Milestone, ...]]) -> Audience:
    """Leave out, too, who reached a later step that shows the one that must not be reached."""
    shown = [later for milestone in audience.not_reached for later in implied.get(milestone, ())]
    return replace(audience, not_reached=tuple(dict.fromkeys([*audience.not_reached, *shown])))


def check_in_time(outlook: Forecast, starts_at: datetime, not_after: datetime | None, now: datetime) -> None:
    """Refuse what nobody would get, and what would end after its last moment.

    Raises NobodyMeant, or TooLate with the latest possible start, if that is still ahead.
    """
    if outlook.count == 0:
        raise NobodyMeant(outlook.exclusions.heard)
    if not_after is None or starts_at <= (latest := outlook.latest_start(not_after)):
        return
    raise TooLate(not_after, latest if latest >= now else None)
