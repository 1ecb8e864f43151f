"""When to remind whom, read from `policy.toml`: rules, quiet hours and the hours of a plan."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

from programme.milestones import Milestone
from programme.participants import Participant, ReminderLevel
from reminders.quiet import QuietHours

FILE: Final = Path(__file__).with_name("policy.toml")


class PolicyError(ValueError):
    """The policy's file says something that can't be meant; the message names the place."""


class Anchor(StrEnum):
    """What a rule counts its days from, besides the milestones."""

    CUTOFF = "cutoff"
    JOINED = "joined"
    PASSED = "passed"


class WhoseClock(StrEnum):
    """On whose clock a rule's day and time are meant."""

    LOCAL = "local"
    WIB = "WIB"


UNTIL_CUTOFF: Final = "cutoff"
Ends = str | time | timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One reminder of the policy; `policy.toml` explains each field.

    `ends` is `UNTIL_CUTOFF`, a time of the same day, or how long the reminder stays useful.
    """

    key: str
    words: str
    anchor: Anchor | Milestone
    day: int
    time: time
    clock: WhoseClock
    ends: Ends
    level: ReminderLevel
    unless: Milestone
    wished: bool = False
    at_night: bool = False
    picture: bool = False
    picks: bool = False
    later: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHours:
    """When a plan may fall, on the person's own clock, and how the plan reminder looks."""

    words: str
    tonight: time
    tonight_latest: time
    tomorrow_morning: time
    night_ends: time
    safe: timedelta
    good_for: timedelta
    replaces: timedelta
    picture: bool = False
    picks: bool = False
    later: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The whole policy. `implied` names, for a milestone, the later ones that show that it was reached."""

    rules: tuple[Rule, ...]
    quiet: QuietHours
    plan: PlanHours
    spacing: timedelta
    implied: Mapping[Milestone, tuple[Milestone, ...]]

    def rule(self, key: str) -> Rule | None:
        """Return the rule of that key, if it is still in the policy."""
        return next((rule for rule in self.rules if rule.key == key), None)

    def reached(self, participant: Participant, milestone: Milestone) -> bool:
        """Tell whether the person reached `milestone`, by their word or by a later step."""
        return any(participant.has(step) for step in (milestone, *self.implied.get(milestone, ())))


@cache
def load_policy(file: Path = FILE) -> Policy:
    """Read and check the policy. Raises `PolicyError` with one sentence that names the mistake."""
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    try:
        policy = Policy(
            rules=tuple(_rule(entry) for entry in data["rule"]),
            quiet=QuietHours(**data["quiet"]),
            plan=_plan(**data["plan"]),
            spacing=timedelta(minutes=data["catching_up"]["spacing_minutes"]),
            implied=_implied(data["implied"]),
        )
    except KeyError as missing:
        raise PolicyError(f"{file.name} has no {missing}") from missing
    except TypeError as wrong:
        raise PolicyError(f"{file.name}: {wrong}") from wrong
    _check_keys(policy.rules)
    return policy


def _rule(entry: dict[str, Any]) -> Rule:
    try:
        return Rule(
            **{
                **entry,
                "anchor": _anchor(entry["anchor"]),
                "clock": WhoseClock(entry["clock"]),
                "ends": _ends(entry["ends"]),
                "level": ReminderLevel(entry["level"]),
                "unless": Milestone(entry["unless"]),
            }
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise PolicyError(f"rule {entry.get('key', '?')}: {wrong}") from wrong


def _anchor(name: str) -> Anchor | Milestone:
    return Anchor(name) if name in set(Anchor) else Milestone(name)


def _ends(value: object) -> Ends:
    match value:
        case time() | "cutoff":
            return value
        case int() if value > 0:
            return timedelta(hours=value)
        case _:
            raise ValueError(f"ends = {value!r} is neither 'cutoff' nor a time nor a number of hours")


def _plan(*, safe_minutes: int, good_for_hours: int, replaces_minutes: int, **rest: Any) -> PlanHours:
    return PlanHours(
        safe=timedelta(minutes=safe_minutes),
        good_for=timedelta(hours=good_for_hours),
        replaces=timedelta(minutes=replaces_minutes),
        **rest,
    )


def _implied(data: dict[str, list[str]]) -> dict[Milestone, tuple[Milestone, ...]]:
    return {Milestone(name): tuple(map(Milestone, later)) for name, later in data.items()}


def _check_keys(rules: tuple[Rule, ...]) -> None:
    keys = [rule.key for rule in rules]
    if twice := {key for key in keys if keys.count(key) > 1 or "/" in key}:
        raise PolicyError(f"rule {min(twice)}: a key must be unique and hold no '/'")
