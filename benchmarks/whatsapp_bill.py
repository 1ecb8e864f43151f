"""What a wave of 754,929 people comes to on WhatsApp: messages a person, money, days. Reckoned, nothing is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from benchmarks.result import Result
from bot.broadcasts.rules import load_broadcast_rules
from bot.channels.whatsapp.prices import SERVICE, load_prices
from bot.channels.whatsapp.templates import choose
from bot.channels.whatsapp.tier import KEPT_FOR_REMINDERS
from programme.model.milestones import Milestone, Source, Step
from programme.model.participants import Participant
from programme.model.whatsapp_outlook import DayQuota, OverWhatsApp
from programme.model.windows import is_open
from programme.model.zones import Zone
from programme.programme import load_programme
from reminders.policy import load_policy
from reminders.timetable import timetable
from reminders.wording.notice import FAMILIES

WAVE, PEOPLE = 21, 754_929
JOINED = datetime.fromisoformat("2021-09-23T12:00:00+07:00")
"""The day after the announcement: whoever comes then gets every reminder that there is."""

OUTSIDE = "utility"
TIERS = (2_000, 10_000, 100_000)
LAST_DAY = ("09:00:00", "18:00:00", "21:00:00", "22:59:49", "22:59:50", "23:44:49", "23:44:50")


def main(people: int = PEOPLE) -> list[Result]:
    return [*_by_person(people), *_days(people), *_evening(people), *_steps()]


def _by_person(people: int) -> Iterator[Result]:
    """Who writes once and never again, by what they do: the messages outside of their window, and all they cost."""
    for name, steps in _PATHS.items():
        sent = Counter(_categories(*steps))
        every = {category: count * people for category, count in sent.items()}
        prices = load_prices()
        one, all_ = prices.sum_of(sent), prices.sum_of(every)
        told = {f"{category} each": count for category, count in sorted(sent.items())}
        yield Result(name, {**told, "US$ each": float(one or 0), "US$ for all": float(all_ or 0)})
    broadcast = load_prices().of_announcement(OverWhatsApp(people, people), 0)
    yield Result("one broadcast to all, outside", {"US$": float(broadcast.amount or Decimal())})


def _bought(day: str) -> tuple[Step, ...]:
    on = datetime.fromisoformat(day).date()
    return (Step(Milestone.BOUGHT, on, source=Source.OFFICIAL),)


_PATHS = {
    "never writes again, never buys": (),
    "buys on the first day, learns no further": _bought("2021-09-23"),
}


def _categories(*steps: Step) -> Iterator[str]:
    for at in _reminders(*steps):
        yield SERVICE if is_open("whatsapp", JOINED, at) else OUTSIDE


def _reminders(*steps: Step) -> Iterator[datetime]:
    person = Participant(
        id=1,
        wave=WAVE,
        zone=Zone.WIB,
        joined_at=JOINED,
        passed_on=JOINED.date() - timedelta(days=1),
        progress={step.milestone: step for step in steps},
    )
    for due in timetable(person, load_programme(), load_policy()):
        if due.unless not in person.progress:
            yield due.at


def _days(people: int) -> Iterator[Result]:
    for tier in TIERS:
        quota = DayQuota(max(1, round(tier * (1 - KEPT_FOR_REMINDERS))))
        yield Result(
            f"all of them, outside, at {tier:,} people a day",
            {"days at the whole tier": -(-people // tier), "days of a broadcast": 1 + quota.waits(people)},
        )
    rules = load_broadcast_rules()
    hours = rules.lasts_on_whatsapp(people) / timedelta(hours=1)
    yield Result("without a limit, at 80 a second", {"h of a broadcast": hours})


def _evening(people: int) -> Iterator[Result]:
    """How long the reminders of 21.00 take, at the whole rate of a number."""
    for rate in (80, 1_000):
        yield Result(f"the reminders of 21.00, at {rate} a second", {"h": people / rate / 3600})


def _steps() -> Iterator[Result]:
    """Which step goes out at which hour of the last day."""
    cutoff = load_programme().cutoff(WAVE)
    assert cutoff is not None
    for hour in LAST_DAY:
        at = datetime.fromisoformat(f"2021-10-21T{hour}+07:00")
        family = FAMILIES["last_morning" if hour < "12" else "last_call"]
        chosen = choose(family, "id", (cutoff.at - at).total_seconds(), lambda _name, _language: True)
        yield Result(f"at {hour} of the last day", {chosen.name if chosen else "nothing": ""})
