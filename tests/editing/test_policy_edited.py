"""The reminder policy is edited by two: whom it touches is shown, and everybody is planned anew without a restart."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.app.jobs import Jobs
from bot.editing import policy_impact
from bot.editing.in_force import policy_of, programme_of
from bot.editing.outlook import outlook_of
from bot.editing.policy_impact import policy_impact_of
from bot.editing.refusals import EditRefused, Why
from bot.editing.service import Wish, approve, check, propose
from bot.outbound.sender import Sender
from bot.store import Store
from programme.edits import Place
from programme.model.milestones import Milestone
from reminders.policy import Policy, load_policy
from tests.broadcast.crowd import JOKO, RINA, Bureau, settle_in
from tests.reminders.moments import wib
from tests.story.town import Town, open_town

EVENING = Wish(
    place=Place("policy.toml", "H-1", "time"), value="17:00", source="rapat 18 Oktober 2021", as_of="2021-10-18"
)


def wish(row: str, field: str, value: str) -> Wish:
    return replace(EVENING, place=Place("policy.toml", row, field), value=value)


async def agreed(store: Store, wanted: Wish = EVENING) -> None:
    async with store.writing() as tx:
        await approve(tx, await propose(tx, wanted, RINA), JOKO)


async def would_be(store: Store, wanted: Wish) -> Policy:
    async with store.writing() as tx:
        policy = (await outlook_of(tx, await check(tx, wanted, RINA))).policy
    assert policy is not None
    return policy


async def jobs_of(store: Store) -> Jobs:
    programme, policy = await programme_of(store), await policy_of(store)
    return Jobs(store, programme, policy, Sender(store, store.clock, programme, {}), Bureau(store).rounds)


@pytest.fixture
async def town(sqlite_url: str) -> AsyncIterator[Town]:
    async with open_town(sqlite_url) as opened:
        yield opened


async def test_a_reminder_comes_at_its_new_hour_without_a_restart(town: Town) -> None:
    """Whoever was planned for nine is reminded at five, once; a restart plans nothing else."""
    siti = await town.person("siti").lives("jakarta")
    await town.app.following.follow()
    await agreed(town.app.store)
    await town.app.following.follow()
    await town.restart()
    await town.until("2021-10-20T16:59:00+07:00")
    assert not [shown for shown in siti.reminders if shown.at.date().day == 20]
    await town.until("2021-10-20T23:00:00+07:00")
    assert [shown.at for shown in siti.reminders if shown.at.date().day == 20] == [wib("2021-10-20 17:00")]


async def test_quiet_hours_that_changed_hold_for_what_people_wish(town: Town) -> None:
    """The conversation asks the same policy that was taken up."""
    policy = town.app.policy
    await agreed(town.app.store, wish("quiet", "ends", "07:00"))
    await town.app.following.follow()
    assert town.app.policy is policy
    assert (f"{policy.quiet.ends:%H.%M}", load_policy().quiet.ends.hour) == ("07.00", 8)


async def test_everybody_is_planned_anew_and_what_was_broken_off_goes_on(store: Store) -> None:
    """A portion at a time; whose row stands already is left as it is, and once it is through nobody is looked at."""
    Bureau(store)  # whose clock is that of the store
    async with store.writing() as tx:
        await settle_in(tx, range(1, 121))
        for number in range(1, 121):
            await tx.reminders.set_row(number, wib("2021-10-20 09:00"))
    await (await jobs_of(store)).follow_policy()
    await agreed(store, wish("H-3", "time", "13:00"))
    jobs = await jobs_of(store)
    async with store.writing() as tx:
        await tx.planned_policy.remember(jobs.policy.fingerprint, 60)  # another process died here
    await jobs.follow_policy()
    async with store.reading() as tx:
        rows = [await tx.reminders.row_of(number) for number in (1, 60, 61, 120)]
        known = await tx.planned_policy.known()
    assert rows == [wib(f"2021-10-{day}") for day in ("20 09:00", "20 09:00", "18 13:00", "18 13:00")]
    assert known == (jobs.policy.fingerprint, None)


async def test_it_is_told_beforehand_whose_reminders_change(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has bought is none of them; who would miss one that was still to come is counted by itself."""
    bureau = Bureau(store)  # Monday, nine in Jakarta
    async with store.writing() as tx:
        await settle_in(tx, range(1, 41))
        await settle_in(tx, range(41, 51), reached=Milestone.BOUGHT)
    before, programme = load_policy(), bureau.programme
    moved = await policy_impact_of(store, programme, before, await would_be(store, EVENING), {})
    assert (moved.every, moved.touched, moved.planned, moved.lost, moved.gained) == (1, 40, 0, 0, 0)
    later = await policy_impact_of(store, programme, before, await would_be(store, wish("H-3", "day", "-2")), {})
    assert (later.touched, later.planned, later.gained) == (40, 40, 40)
    gone = await policy_impact_of(store, programme, await would_be(store, wish("H-3", "day", "-2")), before, {})
    assert gone.lost == 40
    called = await policy_impact_of(
        store, programme, before, await would_be(store, wish("H-0-21", "time", "22:30")), {"telegram": 25.0}
    )
    assert [(one.moved.wave, one.calls_at) for one in called.calls] == [(21, wib("2021-10-21 22:30"))]
    monkeypatch.setattr(policy_impact, "LOOKED_AT", 25)
    shared = await policy_impact_of(store, programme, before, await would_be(store, EVENING), {})
    assert (shared.every, shared.touched) == (2, 40)


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (wish("H-1", "time", "25:00"), Why.UNREADABLE),
        (wish("H-1", "time", "09:30+07:00"), Why.UNREADABLE),
        (wish("H-1", "time", "09:00"), Why.SAME),
        (wish("H-1", "time", "22:00"), Why.CONTRADICTS),  # within the quiet hours
        (wish("H-1", "day", "-2"), Why.CONTRADICTS),  # it says tomorrow
        (wish("H-0-21", "level", "all"), Why.CONTRADICTS),  # who wants fewer would not hear the last call
        (wish("H-0-18", "time", "12:00"), Why.CONTRADICTS),  # it says this evening
        (wish("H-0-09", "ends", "12:00"), Why.CONTRADICTS),
        (wish("H-7", "day", "-14"), Why.CONTRADICTS),  # two at once
        (wish("H-7", "level", "none"), Why.UNREADABLE),
        (wish("finish-3", "day", "-1"), Why.CONTRADICTS),
        (wish("survey-30", "day", "3"), Why.CONTRADICTS),  # before it opens
        (wish("quiet", "begins", "09:00"), Why.CONTRADICTS),
        (wish("plan", "safe_minutes", "0"), Why.CONTRADICTS),
        (wish("H-1", "words", "last_call"), Why.FIXED),
        (wish("H-1", "unless", "reviewed"), Why.FIXED),
        (wish("H-99", "time", "10:00"), Why.FIXED),
        (wish("implied", "bought", "reviewed"), Why.FIXED),
    ],
)
async def test_a_policy_that_would_mislead_is_not_even_proposed(
    in_memory: None, store: Store, wanted: Wish, why: Why
) -> None:
    """False words, a reminder at night, and a last call that misses somebody."""
    async with store.writing() as tx:
        with pytest.raises(EditRefused) as refused:
            await propose(tx, wanted, RINA)
    assert refused.value.why is why


@pytest.mark.parametrize(
    ("row", "field", "value"),
    [("H-14", "wished", "no"), ("H+1", "ends", "18:00"), ("finish-3", "ends", "48"), ("passed-2", "picture", "yes")],
)
async def test_each_kind_of_field_is_read_as_the_file_has_it(
    in_memory: None, store: Store, row: str, field: str, value: str
) -> None:
    """What was approved holds, and the rest is as it was."""
    await agreed(store, wish(row, field, value))
    policy, file = await policy_of(store), load_policy()
    assert [rule.key for rule in policy.rules if rule != file.rule(rule.key)] == [row]
    assert policy.fingerprint != file.fingerprint
