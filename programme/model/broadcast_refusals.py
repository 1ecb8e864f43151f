"""Why a broadcast can't be made, or can't be changed so.

BroadcastRefused
├── NotAllowed      the person's role does not cover it
├── NobodyMeant     the audience is empty, or everybody in it has these words
├── TooLate         it would end after its last moment; tells the latest possible start
├── OverQuota       the day's quota of WhatsApp would not let it be through by then; tells the latest start
├── AtRiskFirst     it would use up that quota for days while others are about to lose their place
├── AlreadyOrdered  the same words to the same people are under way
├── NoSuchBroadcast
├── NothingFailed   there is nothing to try again
├── NothingSent     there is nothing that could be taken back or corrected
├── BeingAmended    it is being taken back or corrected already
├── SameWords       what is to stand there stands there already
├── NeverWrote      whoever is to approve it can't be asked
├── NotNow          its state does not allow the act, perhaps because somebody else was quicker
└── OwnApproval     whoever ordered it can't approve it
"""

from __future__ import annotations

from datetime import datetime

from programme.model.broadcasts import BroadcastAct, BroadcastState, Forecast
from programme.model.staff import Role
from programme.model.whatsapp_outlook import WhatsAppOutlook
from programme.model.zones import Zone


class BroadcastRefused(ValueError):
    """Nothing was changed; the sentence says why and what to do."""


class NotAllowed(BroadcastRefused):
    """The role does not cover it."""

    def __init__(self, needed: Role) -> None:
        super().__init__(f"only a {needed.value} or above may do that")


class NobodyMeant(BroadcastRefused):
    """The audience is empty; `heard` people fit, and already got these words."""

    def __init__(self, heard: int = 0) -> None:
        all_have_it = f"all {heard:,} people who fit already got these words; --again sends them on purpose"
        super().__init__(all_have_it if heard else "nobody would get it: no reachable person fits that audience")
        self.heard = heard


class TooLate(BroadcastRefused):
    """It would end after its last moment. `latest` is the latest possible start, None where that is past."""

    def __init__(self, not_after: datetime, latest: datetime | None) -> None:
        way_out = f"start it by {_wib(latest)}" if latest else "it is too late even now: choose fewer people"
        super().__init__(f"it would not be through by {_wib(not_after)}; {way_out}")
        self.not_after = not_after
        self.latest = latest


class OverQuota(BroadcastRefused):
    """WhatsApp's quota makes it end after its last moment; `latest` is as in TooLate."""

    def __init__(self, whatsapp: WhatsAppOutlook, not_after: datetime, latest: datetime | None) -> None:
        way_out = f"start it by {_wib(latest)}" if latest else "it is too late even now: choose fewer people"
        quota, outside = whatsapp.quota, whatsapp.reach.outside
        super().__init__(
            f"over WhatsApp {outside:,} people have not written within 24 hours; {quota.per_day or 0:,} a day may be "
            f"written to, {quota.free or 0:,} of them now, so it takes {whatsapp.days} days and would not be through "
            f"by {_wib(not_after)}; {way_out}"
        )
        self.whatsapp = whatsapp
        self.not_after = not_after
        self.latest = latest


class AtRiskFirst(BroadcastRefused):
    """It would use up WhatsApp's quota for `days` days, and meanwhile is the `cutoff` of a `wave` that it goes to."""

    def __init__(self, wave: int, cutoff: datetime, days: int) -> None:
        super().__init__(
            f"WhatsApp's quota makes it last {days} days, and the cutoff of wave {wave} is on {_wib(cutoff)}: order it "
            f"first for those at risk (--wave {wave} --not-bought), then for the others"
        )
        self.wave = wave
        self.cutoff = cutoff
        self.days = days


class AlreadyOrdered(BroadcastRefused):
    """The same words to the same people are under way."""

    def __init__(self, number: int) -> None:
        super().__init__(f"the same announcement to the same people is number {number}")
        self.number = number


class NoSuchBroadcast(BroadcastRefused):
    """There is no broadcast of that number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"there is no broadcast {number}")


class NothingFailed(BroadcastRefused):
    """There is nothing to try again."""

    def __init__(self) -> None:
        super().__init__("nothing failed, so there is nothing to try again")


class NotNow(BroadcastRefused):
    """The broadcast's state does not allow the act."""

    def __init__(self, act: BroadcastAct, state: BroadcastState) -> None:
        super().__init__(f"can't {act.value} it: it is {state.value.replace('_', ' ')}")


class NothingSent(BroadcastRefused):
    """Nothing of it went out yet."""

    def __init__(self) -> None:
        super().__init__("nothing of it went out, so there is nothing to take back or correct: cancel it instead")


class BeingAmended(BroadcastRefused):
    """It was taken back, or is being corrected."""

    def __init__(self) -> None:
        super().__init__("it was taken back already, or is being corrected at this moment")


class SameWords(BroadcastRefused):
    """The words are those that it says already."""

    def __init__(self) -> None:
        super().__init__("these are the words that it says already")


class NeverWrote(BroadcastRefused):
    """Somebody of the staff can't be asked: they never wrote to the bot."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has never written to the bot, and can't be asked: have them send it /start")


class OwnApproval(BroadcastRefused):
    """A second person has to approve."""

    def __init__(self) -> None:
        super().__init__("somebody else has to approve it, not the one who ordered it")


def check_in_time(outlook: Forecast, starts_at: datetime, not_after: datetime | None, now: datetime) -> None:
    """Refuse what nobody would get, what would end after its last moment, and what others must get first.

    Raises NobodyMeant, AtRiskFirst, or TooLate and OverQuota with the latest possible start, if that is still ahead.
    """
    if outlook.count == 0:
        raise NobodyMeant(outlook.exclusions.heard)
    if not_after is not None and starts_at > (latest := outlook.latest_start(not_after)):
        raise _late(outlook, not_after, latest if latest >= now else None)
    if outlook.whatsapp is not None and (first := outlook.cutoff_within(starts_at)) is not None:
        raise AtRiskFirst(*first, outlook.whatsapp.days)


def _late(outlook: Forecast, not_after: datetime, latest: datetime | None) -> BroadcastRefused:
    """Return why something would end after its last moment: WhatsApp's quota, or the rate."""
    if outlook.whatsapp is not None and outlook.whatsapp.days > 1 and outlook.lasts == outlook.whatsapp.lasts:
        return OverQuota(outlook.whatsapp, not_after, latest)
    return TooLate(not_after, latest)


def _wib(moment: datetime) -> str:
    return f"{moment.astimezone(Zone.WIB.tz):%Y-%m-%d %H:%M:%S} WIB"
