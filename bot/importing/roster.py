"""The roster: who passed, by phone number, of which only a keyed hash is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import orjson

from bot.importing.cells import maybe_day, maybe_named, maybe_step, maybe_zone, wave
from bot.importing.changes import Effect, EffectKind
from bot.importing.columns import Column
from bot.importing.errors import BadRow
from bot.importing.lists import Office, Roll, Stated
from bot.importing.official import to_document
from bot.importing.sheets import Row
from bot.store import Line, Lines, UnitOfWork
from programme.facts import Certainty
from programme.model.milestones import Milestone, Source
from programme.model.phones import NumberHash
from programme.programme import Programme
from reminders.schedule import reschedule

_STEPS = {
    "bought_on": Milestone.BOUGHT,
    "completed_on": Milestone.COMPLETED,
    "reviewed_on": Milestone.REVIEWED,
    "account_connected_on": Milestone.ACCOUNT_CONNECTED,
}
_NOTHING = "{}"


class PeopleList(Roll):
    """What every list of people has in common: each line begins with the hash of a number."""

    of_people = True

    async def renew(self, said: Sequence[Stated], tx: UnitOfWork) -> None:
        """Put what lies under former hashes under the one in use."""
        await tx.roster.rekey(NumberHash(each.line[0], each.former) for each in said if each.former)

    async def follow(self, lines: Sequence[Line], tx: UnitOfWork, office: Office) -> dict[int, Any]:
        """Bring people who shared their number before up to what the list says, with the one reminder due."""
        changed: dict[int, Any] = {}
        for hashed, number in (await tx.roster.linked([line[0] for line in lines])).items():
            person, matched = await tx.people.get(number), await tx.roster.find(hashed)
            if person is None or person.pause is not None or matched is None:
                continue  # who wants their data left alone hears of it at an import after they agree again
            if (official := person.after(matched)) == person:
                continue
            await tx.people.save(official, [matched])
            await reschedule(tx.reminders, official, office.programme, office.policy, catch_up=True)
            changed[number] = to_document(person, official, hashed.text)
        return changed

    async def linked(self, subjects: Iterable[str], tx: UnitOfWork) -> set[str]:
        """Return those hashes of numbers that somebody shared."""
        return {number.text for number in await tx.roster.linked(subjects)}


class RosterList(PeopleList):
    """One row a person. A line: phone hash, wave, day of passing, zone, steps as a document."""

    keys = 1
    columns: tuple[Column, ...] = (
        Column("roster", "phone", "mobile number registered with Prakerja", "081234567890", required=True),
        Column("roster", "wave", "number of the wave in which the person passed", "21", required=True),
        Column("roster", "passed_on", "day of passing, WIB", "2021-09-22", day=True),
        Column("roster", "zone", "WIB, WITA or WIT, or a town or province", "WITA"),
        Column("roster", "bought_on", "day of the first purchase, or ya; tidak: none", "2021-10-19", day=True),
        Column("roster", "platform", "where it was bought", "Tokopedia"),
        Column("roster", "completed_on", "day of finishing the training, or ya", day=True),
        Column("roster", "reviewed_on", "day of rating and review, or ya", day=True),
        Column("roster", "account_connected_on", "day of connecting bank account or e-wallet, or ya", day=True),
    )

    def read(self, row: Row, office: Office) -> Line:
        """Return wave, day of passing, zone, and the steps that are told, as a document. Raises BadRow."""
        today = office.today
        number, passed_on = wave(row, office.programme), maybe_day(row, "passed_on", today)
        steps = {milestone: maybe_step(row, column, today) for column, milestone in _STEPS.items()}
        _check_order(number, passed_on, steps, office.programme)
        platform = maybe_named(row, "platform", office.programme.platforms, "platform")
        zone = maybe_zone(row, today)
        said = _said(steps, platform.id if platform else None)
        return (number, passed_on.isoformat() if passed_on else None, zone.value if zone else None, said)

    def lines(self, tx: UnitOfWork) -> Lines:
        """Return the repository of the roster's lines."""
        return tx.roster.lines

    def merged(self, known: Line | None, said: Line, office: Office) -> Line:
        """Add what is said to what is known: another wave voids the day of passing, nothing else is dropped untold."""
        hashed, number, passed_on, zone, steps = said
        if known is None:
            return (hashed, number, passed_on, zone, _with("[]", steps))
        _, old_wave, old_passed_on, old_zone, progress = known
        passed_on = passed_on or (old_passed_on if number == old_wave else None)
        merged = _with(progress, steps)
        if passed_on and (bought := _bought(merged)) and bought < passed_on:
            raise BadRow(f"bought_on: {bought} is before the day of passing that is known, {passed_on}")
        return (hashed, number, passed_on, zone or old_zone, merged)

    def effects(self, known: Line | None, merged: Line, office: Office) -> Iterator[Effect]:
        """Count who loses a purchase, who changes the wave, and who will hear no reminder."""
        _, number, passed_on, _, progress = merged
        if known is not None:
            if known[1] != number:
                yield Effect(EffectKind.OTHER_WAVE, f"{known[1]} to {number}")
            if _bought(known[4]) is not None and _bought(progress) is None:
                yield Effect(EffectKind.NOT_BOUGHT)
        if not office.has_cutoff(number, passed_on):
            yield Effect(EffectKind.NO_CUTOFF, f"wave {number}")


def _check_order(
    number: int, passed_on: date | None, steps: Mapping[Milestone, date | bool | None], programme: Programme
) -> None:
    """Raise BadRow where a day can't be: passing before the wave opened, a step before the one that it needs."""
    found = programme.waves.get(number)
    opened = found.opened_on if found else None
    if passed_on is not None and opened is not None and passed_on < opened:
        raise BadRow(f"passed_on: {passed_on} is before wave {number} opened ({opened})")
    last, named = passed_on, "passed_on"
    if last is None and found is not None and found.announced_certainty is Certainty.PUBLISHED:
        last, named = found.announced_on, f"wave {number} was announced"
    for column in ("bought_on", "completed_on", "reviewed_on"):
        day = steps[_STEPS[column]]
        if isinstance(day, date):
            if last is not None and day < last:
                raise BadRow(f"{column}: {day} is before {named} ({last})")
            last, named = day, column


def _said(steps: Mapping[Milestone, date | bool | None], platform: str | None) -> str:
    """Write what a row says of the steps: the day of one that was taken, False for one that was not; and where."""
    told: dict[str, Any] = {"platform": platform} if platform else {}
    for milestone, day in steps.items():
        if day is False:
            told[milestone.value] = False
        elif day is not None:
            on = None if day is True else day.isoformat()
            told[milestone.value] = on
    return orjson.dumps(told).decode()


@lru_cache(maxsize=16_384)
def _with(progress: str, said: str) -> str:
    """Put what is said of the steps into a progress as the roster keeps it; what is not told stays."""
    if said == _NOTHING:
        return progress
    steps = {step["milestone"]: step for step in orjson.loads(progress)}
    told = orjson.loads(said)
    platform = told.pop("platform", None)
    for milestone, on in told.items():
        if on is False:
            steps.pop(milestone, None)
        else:
            old = steps.get(milestone, {})
            on_or_before = on or old.get("on")
            steps[milestone] = _step(milestone, on_or_before, old.get("platform"))
    if platform and (bought := steps.get(Milestone.BOUGHT)):  # where it was bought does not say that it was
        steps[Milestone.BOUGHT] = _step(Milestone.BOUGHT, bought["on"], platform)
    path = [milestone.value for milestone in Milestone]
    return orjson.dumps(sorted(steps.values(), key=lambda step: path.index(step["milestone"]))).decode()


def _step(milestone: str, on: str | None, platform: str | None) -> dict[str, Any]:
    """Write a step as the roster keeps it (`bot.store.schema.codec.step_to`)."""
    return {"milestone": milestone, "on": on, "platform": platform, "source": Source.OFFICIAL.value}


@lru_cache(maxsize=16_384)
def _bought(progress: str) -> str | None:
    """Return the day of the purchase, empty where it is not known; None where there is no purchase."""
    for step in orjson.loads(progress):
        if step["milestone"] == Milestone.BOUGHT:
            return step["on"] or ""
    return None
