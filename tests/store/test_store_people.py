"""People are found by where they write from, and what happened to them is kept."""

from datetime import date, datetime, time, timedelta

from bot.store import UnitOfWork
from programme.model.events import (
    CutoffTold,
    LanguageChosen,
    MilestoneReached,
    MilestoneUndone,
    ObstacleNamed,
    PicturesWished,
    PlanMade,
    RemindersWished,
    RosterMatched,
    WaveTold,
    Welcomed,
    ZoneTold,
)
from programme.model.milestones import Milestone, Source, Step
from programme.model.participants import ReminderLevel, ReminderWishes
from programme.model.payments import Payment, PaymentStatus
from programme.model.zones import Zone
from tests.databases import at
from tests.store.samples import CUTOFF, HOUR, MONDAY, PASSED_ON, happen, meet

PAID = Payment(1, 600_000, PaymentStatus.PAID, date(2021, 10, 4), date(2021, 10, 6), "bni", None)
FAILED = Payment(2, 600_000, PaymentStatus.FAILED, reason="not_upgraded")


async def test_a_new_address_is_a_new_person(tx: UnitOfWork) -> None:
    """Whoever writes for the first time is met then, and known the next time."""
    met = await tx.people.at("telegram", "1", language="en")
    assert (met.language, met.joined_at, met.welcomed) == ("en", MONDAY, False)
    assert await at(tx, MONDAY + HOUR).people.at("telegram", "1", language="id") == met
    assert (await tx.people.at("web", "1", language=None)).id != met.id


async def test_everything_that_happens_is_kept(tx: UnitOfWork) -> None:
    """A person comes back from the store exactly as the events left them."""
    person = await meet(tx)
    after = await happen(
        tx,
        person,
        Welcomed(),
        WaveTold(21, PASSED_ON),
        ZoneTold(Zone.WITA),
        LanguageChosen("en"),
        MilestoneReached(Milestone.PASSED, PASSED_ON),
        MilestoneReached(Milestone.BOUGHT, date(2021, 10, 17), "tokopedia"),
        RemindersWished(ReminderLevel.FEWER, time(19, 45)),
        PicturesWished(wanted=False),
        PlanMade(MONDAY + HOUR),
        ObstacleNamed("forgot_password"),
        CutoffTold(CUTOFF),
    )
    assert await tx.people.get(person) == after
    assert after.reminders == ReminderWishes(ReminderLevel.FEWER, time(19, 45), pictures=False)
    assert (await tx.people.many([person, 999])) == {person: after}
    assert await tx.people.get(999) is None


async def test_a_roster_match_brings_official_progress_and_payments(tx: UnitOfWork) -> None:
    """Official steps and payments are kept; a later match replaces the payments."""
    person = await meet(tx)
    bought = Step(Milestone.BOUGHT, date(2021, 10, 1), "bukalapak", Source.OFFICIAL)
    after = await happen(tx, person, RosterMatched(21, PASSED_ON, Zone.WIT, (bought,), (PAID, FAILED)))
    assert await tx.people.get(person) == after
    assert after.official
    again = await happen(tx, person, RosterMatched(21, PASSED_ON, Zone.WIT, (bought,), (PAID,)))
    assert await tx.people.get(person) == again
    assert again.payments == (PAID,)


async def test_an_undone_step_stays_in_the_history(tx: UnitOfWork) -> None:
    """A report that was taken back is gone from the path, yet both are still told in the export."""
    person = await meet(tx)
    await happen(tx, person, MilestoneReached(Milestone.BOUGHT, date(2021, 10, 17)))
    undone = await happen(tx, person, MilestoneUndone(Milestone.BOUGHT), now=MONDAY + HOUR)
    assert not undone.has(Milestone.BOUGHT)
    assert await tx.people.get(person) == undone
    again = await happen(tx, person, MilestoneReached(Milestone.BOUGHT, date(2021, 10, 18)))
    assert await tx.people.get(person) == again
    export = await tx.people.export(person)
    assert [step.get("undone_at") for step in export["progress"]] == ["2021-10-18T03:00:00+00:00", None]  # type: ignore[attr-defined]
    assert [event["event"] for event in export["history"]] == [  # type: ignore[attr-defined]
        "MilestoneReached",
        "MilestoneUndone",
        "MilestoneReached",
    ]


async def test_saving_what_the_address_gave_keeps_the_changes(tx: UnitOfWork) -> None:
    """The usual way of a message: found, changed, saved, in one transaction, even twice."""
    found = await tx.people.at("telegram", "1", language=None)
    for event in (WaveTold(21), WaveTold(22)):
        found = found.after(event)
        await tx.people.save(found, [event])
    assert await tx.people.get(found.id) == found


async def test_someone_who_left_is_not_saved(tx: UnitOfWork) -> None:
    """Saving a person who was forgotten meanwhile changes nothing."""
    found = await tx.people.at("telegram", "1", language=None)
    await tx.people.forget(found.id)
    await tx.people.save(found.after(WaveTold(21)), [WaveTold(21)])
    assert await tx.people.get(found.id) is None


async def test_everybody_of_a_wave_is_gone_through_once(tx: UnitOfWork) -> None:
    """In order and in batches, whoever is in another wave left out."""
    people = [await meet(tx, str(number)) for number in range(7)]
    for person in people:
        await happen(tx, person, WaveTold(22 if person == people[3] else 21))
    found = [person.id async for person in tx.reminders.everybody(21)]
    assert found == [person for person in people if person != people[3]]
    assert [person async for person in tx.reminders.everybody(23)] == []


async def test_moments_are_utc_and_need_a_zone(tx: UnitOfWork) -> None:
    """Any zone goes in, UTC comes out; a moment without a zone is refused."""
    import pytest

    local = datetime(2021, 10, 18, 10, 0, tzinfo=Zone.WITA.tz)
    met = await at(tx, local).people.at("telegram", "1", language=None)
    assert met.joined_at == local
    assert met.joined_at is not None
    assert met.joined_at.utcoffset() == timedelta(0)
    with pytest.raises(Exception, match="no time zone"):
        await at(tx, local.replace(tzinfo=None)).people.at("telegram", "2", language=None)
