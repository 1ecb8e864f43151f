"""Verdicts: whether the last answer of a dialogue was the right one, and what was noted what was said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.cli.dialogues.play import Played
from bot.cli.dialogues.script import Script
from handlers.dialogue.priorities import NO_ANSWER
from programme.model.milestones import Milestone
from programme.model.participants import Participant, ReminderLevel
from programme.model.zones import Zone
from programme.organisations import find_named


class Verdict(StrEnum):
    """What an answer is worth, the best first."""

    RIGHT = "right"
    ASKED = "asked"
    """It asks back, and that is sensible."""
    NEEDLESS = "needless"
    """It asks back where the words were clear."""
    WRONG = "wrong"
    DANGEROUS = "dangerous"
    """Something is noted that was not said, all is called well that isn't, or a fraud is not warned of."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A dialogue with its verdict, the reasons for it, and what was said."""

    script: Script
    verdict: Verdict
    why: tuple[str, ...]
    transcript: tuple[str, ...]


def judge(script: Script, played: Played) -> Judged:
    """Judge the last answer of a dialogue that was played."""
    dangers = tuple(_dangers(script, played))
    faults = tuple(_faults(script, played))
    asks = played.outcome is not None and played.outcome.asks
    if dangers:
        verdict = Verdict.DANGEROUS
    elif not faults:
        verdict = Verdict.RIGHT
    elif asks:
        warned = "muted" in script.records  # who turns the reminders off is warned once, and asked
        verdict = Verdict.ASKED if warned or script.asks in {"fine", "must"} else Verdict.NEEDLESS
    else:
        verdict = Verdict.WRONG
    return Judged(script, verdict, (*dangers, *faults), tuple(played.transcript))


def figures(judged: Iterable[Judged]) -> dict[str, Any]:
    """Return how many there are of each verdict, in all and by kind, with the failing ones."""
    every = list(judged)
    kinds = sorted({one.script.kind for one in every})
    return {
        "n": len(every),
        **_counts(every),
        "kinds": {
            kind: {"n": sum(one.script.kind == kind for one in every)}
            | _counts([one for one in every if one.script.kind == kind])
            for kind in kinds
        },
        "failing": [
            {
                "name": one.script.name,
                "place": one.script.place,
                "verdict": one.verdict.value,
                "why": list(one.why),
                "said": list(one.transcript),
            }
            for one in every
            if one.verdict not in {Verdict.RIGHT, Verdict.ASKED}
        ],
    }


def _counts(judged: list[Judged]) -> dict[str, int]:
    counted = Counter(one.verdict for one in judged)
    return {verdict.value: counted[verdict] for verdict in Verdict}


def _dangers(script: Script, played: Played) -> Iterable[str]:
    answer = played.answer.casefold()
    yield from (f"says {one!r}" for one in script.never if one in played.words.casefold())
    yield from (f"warns of nothing like {each}" for each in script.warns if not any(one in answer for one in each))
    wanted = {record.split()[0] for record in script.records}
    new = set(played.participant.progress) - set(played.before.progress)
    yield from (f"notes {step.value}" for step in sorted(new) if step.value not in wanted)
    if script.reminded is True and not played.is_reminded:
        yield "no reminder is ahead any more"


def _faults(script: Script, played: Played) -> Iterable[str]:
    answer = played.answer.casefold()
    yield from (f"says nothing of {each}" for each in script.has if not any(one in answer for one in each))
    yield from (f"says {one!r}" for one in script.lacks if one in played.words.casefold())
    yield from (f"does not note {record!r}" for record in script.records if not _noted(record, played))
    if script.reminded is False and played.is_reminded:
        yield "reminders are still ahead"
    if script.outside and (played.outcome is None or played.outcome.intent != NO_ANSWER):
        yield "is not turned away"
    if script.asks == "must" and not (played.outcome is not None and played.outcome.asks):
        yield "does not ask"


def _noted(record: str, played: Played) -> bool:
    person = played.participant
    match record.split():
        case ["not", step]:
            return not person.has(Milestone(step))
        case ["bought", *platform]:
            return person.has(Milestone.BOUGHT) and _at_platform(" ".join(platform), played)
        case [("completed" | "certified" | "reviewed" | "account_connected" | "incentive_paid") as step, *_rest]:
            return person.has(Milestone(step))
        case ["wave", number]:
            return person.wave == int(number)
        case ["zone", zone]:
            return person.zone is not None and person.zone.value == zone
        case ["plan", *moment]:
            return _planned(" ".join(moment), person)
        case ["muted"]:
            return person.reminders.level is not ReminderLevel.ALL
        case _:
            return False


def _at_platform(named: str, played: Played) -> bool:
    wanted = find_named(named, played.programme.platforms)
    return not named or (wanted is not None and played.participant.progress[Milestone.BOUGHT].platform == wanted.id)


def _planned(moment: str, person: Participant) -> bool:
    if person.plan_at is None:
        return False
    on_clocks = [person.plan_at.astimezone(zone.tz) for zone in (person.local, Zone.WIB)]
    day, _space, hour = moment.partition(" ")
    return any(day in {"", f"{at:%Y-%m-%d}"} and hour in {"", f"{at:%H:%M}"} for at in on_clocks)
