"""What of a participant comes from lists: as a document, and put back without touching what came meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import orjson

from bot.store.repositories.loading import payment_of
from bot.store.schema.codec import step_from
from programme.model.events import ListTakenBack
from programme.model.participants import Participant
from programme.model.zones import Zone

_WHOLE = ("official", "wave", "passed_on", "zone", "payments")


def official_of(person: Participant) -> ListTakenBack:
    """Return how somebody stands, in what an undone list would put back."""
    return ListTakenBack(
        person.official,
        person.wave,
        person.passed_on,
        person.zone,
        tuple(person.progress.values()),
        person.payments,
    )


def to_document(before: Participant, after: Participant, subject: str) -> dict[str, Any]:
    """Write what a list changed of somebody, who stands behind the line of this subject."""
    plain: dict[str, Any] = orjson.loads(
        orjson.dumps({"before": official_of(before), "after": official_of(after), "subject": subject})
    )
    return plain


def put_back(person: Participant, document: Mapping[str, Any]) -> Participant:
    """Return somebody as before the list, in whatever is still as the list left it; the rest came meanwhile, and stays.

    Each step on the path is looked at by itself.
    """
    before, after, now = _from(document["before"]), _from(document["after"]), official_of(person)
    whole = {
        name: getattr(before, name) if getattr(now, name) == getattr(after, name) else getattr(now, name)
        for name in _WHOLE
    }
    steps_before, steps_after = ({step.milestone: step for step in one.progress} for one in (before, after))
    steps = dict(person.progress)
    for milestone in steps_before.keys() | steps_after.keys():
        if steps.get(milestone) == steps_after.get(milestone):
            steps.pop(milestone, None)
            if milestone in steps_before:
                steps[milestone] = steps_before[milestone]
    return person.after(ListTakenBack(**whole, progress=tuple(steps.values())))


def _from(document: Mapping[str, Any]) -> ListTakenBack:
    passed_on, zone = document["passed_on"], document["zone"]
    return ListTakenBack(
        document["official"],
        document["wave"],
        date.fromisoformat(passed_on) if passed_on else None,
        Zone(zone) if zone else None,
        tuple(step_from(step) for step in document["progress"]),
        tuple(payment_of(payment) for payment in document["payments"]),
    )
