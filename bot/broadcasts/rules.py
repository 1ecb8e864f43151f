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
from programme.model.broadcasts import Audience, Exclusions, Forecast
from programme.model.milestones import Milestone
from programme.model.second_person import ALONE
from programme.model.whatsapp_outlook import WhatsAppOutlook
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
    `whatsapp_rate` is that of the number on WhatsApp, `whatsapp_tier` how many people a day it may write to who have
    not written themselves; None for what Meta told last.
    """

    approval_above: int
    window: int
    stretch: int
    share: Fraction
    all_failed: int
    tariff: Tariff
    rate: Fraction
    whatsapp_rate: Fraction
    whatsapp_tier: int | None = None

    def lasts(self, count: int, whatsapp: WhatsAppOutlook | None = None) -> timedelta:
        """Return how long it takes to send `count` messages, in whole seconds rounded up; both channels at once."""
        if whatsapp is None:
            return _at(self.rate * self.share, count)
        return max(_at(self.rate * self.share, count - whatsapp.reach.people), whatsapp.lasts)

    def lasts_on_whatsapp(self, count: int) -> timedelta:
        """Return how long `count` messages take there, where no quota holds them up."""
        return _at(self.whatsapp_rate * self.share, count)

    def stars(self, count: int) -> int:
        """Return what `count` messages sent at the full rate cost, rounded up: those above the free ones."""
        above = max(Fraction(0), self.rate - self.tariff.free_per_second) / self.rate
        return math.ceil(count * above * self.tariff.stars_per_message)


def _at(rate: Fraction, count: int) -> timedelta:
    return timedelta(seconds=math.ceil(max(0, count) / rate))


@cache
def load_broadcast_rules(
    rate: float | None = None, whatsapp_rate: float | None = None, whatsapp_tier: int | None = None
) -> BroadcastRules:
    """Read the rules; `rate` None is what the channel allows for nothing."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    tariff, whatsapp = data["telegram"], data["whatsapp"]
    return BroadcastRules(
        approval_above=min(data["approval_above"], ALONE),
        window=data["window"],
        stretch=data["stretch"],
        share=Fraction(str(USED)) * (1 - Fraction(str(RESERVED))),
        all_failed=data["all_failed"],
        rate=Fraction(tariff["free_per_second"] if rate is None else str(rate)),
        whatsapp_rate=Fraction(whatsapp["per_second"] if whatsapp_rate is None else str(whatsapp_rate)),
        whatsapp_tier=whatsapp_tier,
        tariff=Tariff(**{**tariff, "stars_per_message": Fraction(tariff["stars_per_message"])}),
    )


def forecast(
    audience: Audience,
    count: int,
    exclusions: Exclusions,
    rules: BroadcastRules,
    programme: Programme,
    *,
    whatsapp: WhatsAppOutlook | None = None,
) -> Forecast:
    """Return what sending to the `count` people of an audience comes to, some of them over WhatsApp."""
    return Forecast(
        count=count,
        exclusions=exclusions,
        lasts=rules.lasts(count, whatsapp),
        stars=rules.stars(count - (whatsapp.reach.people if whatsapp else 0)),
        needs_approval=count > rules.approval_above,
        not_after=implied_end(audience, programme),
        whatsapp=whatsapp,
        cutoffs=_cutoffs(audience, programme) if whatsapp is not None and whatsapp.days > 1 else (),
    )


def _cutoffs(audience: Audience, programme: Programme) -> tuple[tuple[int, datetime], ...]:
    """Return the cutoffs, by wave, before which some of the audience must get it first; none where all are alike."""
    if len(audience.waves) == 1 and Milestone.BOUGHT in audience.not_reached:
        return ()
    found = ((wave, programme.cutoff(wave)) for wave in audience.waves or sorted(programme.waves))
    return tuple((wave, cutoff.at) for wave, cutoff in found if cutoff is not None)


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
