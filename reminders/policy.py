"""When to remind whom, read from `policy.toml`: rules, quiet hours and the hours of a plan."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import time, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

from programme.edits import NO_EDITS, Edits
from programme.model.milestones import Milestone, Source, Step
from programme.model.participants import Participant, ReminderLevel
from reminders.policy_sheet import FILE, PolicyError, read_laid
from reminders.quiet import QuietHours


class Anchor(StrEnum):
    """What a rule counts its days from, besides the milestones."""

    CUTOFF = "cutoff"
    JOINED = "joined"
    PASSED = "passed"


class WhoseClock(StrEnum):
    """On whose clock a rule's day and time are meant."""

    LOCAL = "local"
    WIB = "WIB"


class OfWhom(StrEnum):
    """Whom a rule concerns, of those who have taken the step that makes it pointless by their own word alone."""

    NOBODY = ""
    REPORT = "report"  # them, and nobody else
    VAGUE_REPORT = "vague report"  # them too, where they did not tell the place and the day


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
    of: OfWhom = OfWhom.NOBODY
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
        return bool(self._shown_by(participant, milestone))

    def doubted(self, participant: Participant, milestone: Milestone) -> bool:
        """Tell whether nothing but the person's word says that they reached `milestone`."""
        steps = self._shown_by(participant, milestone)
        return bool(steps) and all(step.source is Source.SELF for step in steps)

    def concerns(self, rule: Rule, participant: Participant) -> bool:
        """Tell whether a rule is for this person, by what they have reached and how sure that is."""
        if not self.reached(participant, rule.unless):
            return rule.of is not OfWhom.REPORT
        if rule.of is OfWhom.NOBODY or not self.doubted(participant, rule.unless):
            return False
        return rule.of is OfWhom.REPORT or _is_vague(participant.progress.get(rule.unless))

    @property
    def fingerprint(self) -> str:
        """Tell this policy from another one, in any process."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]

    def become(self, newer: Policy) -> None:
        """Say from now on what `newer` says: everybody in a process holds the one policy, and goes on with it.

        Nothing awaits meanwhile, so nobody sees half of it.
        """
        for each in fields(self):
            object.__setattr__(self, each.name, getattr(newer, each.name))

    def _shown_by(self, participant: Participant, milestone: Milestone) -> list[Step]:
        steps = (milestone, *self.implied.get(milestone, ()))
        return [participant.progress[step] for step in steps if participant.has(step)]


def _is_vague(step: Step | None) -> bool:
    return step is None or step.on is None or step.platform is None


def load_policy(file: Path = FILE, edits: Edits = NO_EDITS) -> Policy:
    """Return the policy with `edits` laid over its file; one without any is read once.

    Raises `PolicyError` with one sentence that names the mistake.
    """
    return _read(file, edits) if edits.by_row else _unedited(file)


@cache
def _unedited(file: Path) -> Policy:
    return _read(file, NO_EDITS)


def _read(file: Path, edits: Edits) -> Policy:
    data = read_laid(file, edits)
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
                "of": OfWhom(entry.get("of", "")),
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
