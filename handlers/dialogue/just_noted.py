"""Undo memory: what was noted last, kept for a day so that *batal* or *eh salah* takes it back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from handlers.dialogue.complaint_memory import KEPT_FOR
from handlers.dialogue.register import Purpose, conversation_for
from locales import _, fill
from programme.model.dialogues import Dialogue
from programme.model.events import (
    Event,
    MilestoneReached,
    MilestoneUndone,
    PlanDropped,
    PlanMade,
    RemindersWished,
    WaveTold,
    ZoneTold,
)
from programme.model.milestones import Milestone, Step
from programme.model.participants import Participant
from programme.model.zones import Zone

JUST = "just"
"""The answer under which it is kept, with an open dialogue or as one that is over."""

_BOUGHT_AT = "bought_at"
"""The answer that keeps when a purchase was noted, whatever else is spoken of afterwards."""

_GAP, _NOTHING = ";", "-"

NO_PLAN = f"plan={_NOTHING}"
"""What is restored where a plan is given up."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something that was noted, by its kind, and what it was before: `restored` says so, where that was known."""

    what: str
    value: str = ""
    restored: Event | None = None


def remember(
    dialogue: Dialogue | None, before: Participant, events: Sequence[Event], now: datetime, *, kept: str | None = None
) -> Dialogue | None:
    """Return the dialogue that is kept, with what was noted in this turn, or `kept` before and added to in it."""
    noted = _noted(before, events) or (kept if _added_to(kept, events) else None)
    if noted is None:
        return dialogue
    if dialogue is None:
        return Dialogue(
            conversation=conversation_for(Purpose.TAKES_BACK), answers={JUST: noted}, forget_at=now + KEPT_FOR
        )
    return replace(dialogue, answers={**dialogue.answers, JUST: noted})


def remember_purchase(
    kept: Dialogue | None, stored: Dialogue | None, events: Sequence[Event], now: datetime
) -> Dialogue | None:
    """Return the dialogue that is kept, with the moment at which a purchase was noted, for a day after it."""
    noted = any(isinstance(event, MilestoneReached) and event.milestone is Milestone.BOUGHT for event in events)
    since = now if noted else _bought_at(stored)
    if since is None or now >= since + KEPT_FOR:
        return kept
    answers = {_BOUGHT_AT: since.isoformat()}
    if kept is None:
        return Dialogue(conversation=conversation_for(Purpose.TAKES_BACK), answers=answers, forget_at=since + KEPT_FOR)
    return replace(kept, answers={**kept.answers, **answers})


def noted_lately(stored: Dialogue | None, now: datetime) -> bool:
    """Tell whether a purchase was noted within a day."""
    since = _bought_at(stored)
    return since is not None and now < since + KEPT_FOR


def _bought_at(stored: Dialogue | None) -> datetime | None:
    told = stored.answers.get(_BOUGHT_AT) if stored is not None else None
    return datetime.fromisoformat(told) if told is not None else None


def told_in_passing(events: Sequence[Event], opened: Collection[str]) -> str | None:
    """Say what was noted beside the answer to something else, where the answer itself does not show it."""
    zones = [event.zone.value for event in events if isinstance(event, ZoneTold)]
    if zones:
        return fill(_("👌 Kucatat: kamu di zona <b>{zone}</b>."), zone=zones[-1])
    steps = [event.milestone for event in events if isinstance(event, MilestoneReached)]
    said = [words for step, (words, saying) in _steps().items() if step in steps and saying not in opened]
    return fill(_("👌 Kucatat: {steps}."), steps=said) if said else None


def _steps() -> dict[Milestone, tuple[str, str]]:
    """Return how each step is said that is noted beside something else, and the conversation that says it anyway."""
    return {
        Milestone.CERTIFIED: (_("sertifikatmu sudah ada"), "certificate"),
        Milestone.ACCOUNT_CONNECTED: (_("akunmu sudah tersambung"), "payment_account"),
        Milestone.INCENTIVE_PAID: (_("insentif pertamamu sudah cair"), "survey"),
    }


def mistakes(kept: str | None) -> list[Mistake]:
    """Read what was kept: several milestones, or one other thing."""
    return [_mistake(*part.split("=", 1)) for part in kept.split(_GAP)] if kept else []


def cancels(kept: str) -> bool:
    """Tell whether *batal* in the middle of a dialogue takes it back; a wave told at the start of one stays."""
    return all(mistake.what not in {"wave", "zone"} for mistake in mistakes(kept))


def _noted(before: Participant, events: Sequence[Event]) -> str | None:
    """Write down what these events noted that may be a mistake; milestones go before all else."""
    reached = [
        event.milestone for event in events if isinstance(event, MilestoneReached) and not before.has(event.milestone)
    ]
    if reached:
        return steps_noted(dict.fromkeys(reached))
    undone = [event.milestone for event in events if isinstance(event, MilestoneUndone) and before.has(event.milestone)]
    if undone:
        return _GAP.join(f"undone={_as_told(before.progress[step])}" for step in dict.fromkeys(undone))
    for event in reversed(events):
        match event:
            case WaveTold() if before.wave != event.wave:
                return f"wave={before.wave or _NOTHING},{before.passed_on or _NOTHING}"
            case ZoneTold():
                return f"zone={before.zone.value if before.zone else _NOTHING}"
            case PlanMade():
                return f"plan={before.plan_at.isoformat() if before.plan_at else _NOTHING}"
            case RemindersWished():
                at = before.reminders.at
                return f"reminders={before.reminders.level.value},{at.isoformat() if at else _NOTHING}"
    return None


def steps_noted(steps: Iterable[str]) -> str:
    """Write down steps as what was noted and may be taken back."""
    return _GAP.join(f"milestone={step}" for step in steps)


def _as_told(step: Step) -> str:
    """Write down a step with where and when it was taken, so that it can be told anew."""
    return f"{step.milestone.value},{step.platform or _NOTHING},{step.on.isoformat() if step.on else _NOTHING}"


def _added_to(kept: str | None, events: Sequence[Event]) -> bool:
    """Whether these events tell more of a milestone that was noted before, such as its day."""
    noted = {mistake.value for mistake in mistakes(kept) if mistake.what == "milestone"}
    return any(isinstance(event, MilestoneReached) and event.milestone in noted for event in events)


def _mistake(what: str, was: str) -> Mistake:
    match what, was.split(","):
        case "wave", [wave, day] if wave != _NOTHING:
            passed = None if day == _NOTHING else date.fromisoformat(day)
            return Mistake("wave", wave, WaveTold(int(wave), passed))
        case "zone", [zone] if zone != _NOTHING:
            return Mistake("zone", zone, ZoneTold(Zone(zone)))
        case "plan", [at]:
            return Mistake("plan", was, PlanDropped() if at == _NOTHING else PlanMade(datetime.fromisoformat(at)))
        case "reminders", [level, at]:
            return Mistake(
                "reminders", level, RemindersWished(level, None if at == _NOTHING else time.fromisoformat(at))
            )
        case "undone", [step, platform, day]:
            on = None if day == _NOTHING else date.fromisoformat(day)
            told = MilestoneReached(Milestone(step), on, None if platform == _NOTHING else platform)
            return Mistake("undone", step, told)
        case "milestone", _:
            return Mistake("milestone", Milestone(was).value)
        case _:
            return Mistake(what)
