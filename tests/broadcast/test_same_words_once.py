"""Nobody gets the same words twice, whatever became of the order that brought them, unless staff wants it so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.store import RosterRow
from programme.model.broadcast_refusals import NobodyMeant
from programme.model.broadcasts import Audience, BroadcastAct
from programme.model.deliveries import Outcome, Settlement
from programme.model.fingerprint import fingerprint
from programme.model.milestones import Milestone, Source, Step
from programme.model.phones import OwnHash
from tests.broadcast.crowd import CUTOFF, JOKO, MONDAY, NOT_BOUGHT, Bureau, settle_in

EVERYBODY = set(range(1, 31))
EVENING = datetime(2021, 10, 18, 16, 30, tzinfo=UTC)


async def _send_half(bureau: Bureau) -> set[int]:
    """Send to ten, lose the answer of five, fail with five; then call it off. Return who may have it."""
    found = await bureau.orders()
    await bureau.rounds.run()
    had = set(await bureau.sends(limit=10)) | set(await bureau.sends(limit=5, outcome=Outcome.UNKNOWN))
    await bureau.sends(limit=5, outcome=Outcome.FAILED)
    await bureau.acts(found.id, BroadcastAct.CANCEL)
    return had


async def _send_all(bureau: Bureau, text: str = "Halo") -> None:
    await bureau.orders(text)
    await bureau.rounds.run()
    await bureau.sends()
    await bureau.rounds.run()


async def test_ordered_again_after_a_cancel_it_goes_to_the_others_alone(bureau: Bureau) -> None:
    """Who got it, and who perhaps got it, is left out and counted; who failed is tried."""
    had = await _send_half(bureau)
    second = await bureau.orders(member=JOKO)
    assert (second.expected, second.exclusions.heard) == (15, 15)
    await bureau.rounds.run()
    assert set(await bureau.sends()) == EVERYBODY - had
    await bureau.rounds.run()
    assert await bureau.state(second.id) == "done"


async def test_another_look_of_the_same_words_makes_no_difference(bureau: Bureau) -> None:
    """Markup, case, spaces, punctuation; nor does another audience with the same people, nor another day."""
    had = await _send_half(bureau)
    bureau.clock.set(MONDAY + timedelta(days=2))
    second = await bureau.orders(" <b>halo</b>!\n", audience=Audience(not_reached=(Milestone.BOUGHT,)))
    assert second.exclusions.heard == len(had)
    await bureau.rounds.run()
    assert set(await bureau.sends()).isdisjoint(had)


async def test_on_purpose_it_goes_to_everybody(bureau: Bureau) -> None:
    """And the records say so."""
    await _send_half(bureau)
    second = await bureau.orders(again=True)
    await bureau.rounds.run()
    assert set(await bureau.sends()) == EVERYBODY
    async with bureau.store.reading() as tx:
        [entry] = await tx.staff.records(second.source)
    assert entry.details == {"people": 30, "again": True}


async def test_where_everybody_has_it_the_refusal_says_so(bureau: Bureau) -> None:
    """As after one that is through; who came since gets it."""
    await _send_all(bureau)
    with pytest.raises(NobodyMeant) as refusal:
        await bureau.orders()
    assert refusal.value.heard == 30
    async with bureau.store.writing() as tx:
        await settle_in(tx, range(100, 103))
    await bureau.orders()
    await bureau.rounds.run()
    assert await bureau.sends() == [100, 101, 102]


async def test_two_at_once_in_the_same_words_reach_each_person_once(bureau: Bureau) -> None:
    """Their audiences overlap; which of the two brings it does not matter."""
    await bureau.orders()
    await bureau.orders(audience=Audience(not_reached=(Milestone.BOUGHT,)))
    await bureau.rounds.run()
    got = [person for _turn in range(20) for person in await bureau.sends(limit=7)]
    assert sorted(got) == [*range(1, 31), *range(61, 71)]


async def test_what_a_worker_still_holds_is_waited_for(bureau: Bureau) -> None:
    """It may arrive, or come back: only then is it known who is still to get it."""
    first = await bureau.orders()
    await bureau.rounds.run()
    held = await bureau.claim(limit=10)
    await bureau.acts(first.id, BroadcastAct.CANCEL)
    second = await bureau.orders()
    await bureau.rounds.run()
    assert await bureau.state(second.id) == "scheduled"
    outcomes = [Outcome.SENT] * 5 + [Outcome.FAILED] * 5
    settled = [Settlement(one, outcome, MONDAY) for one, outcome in zip(held, outcomes, strict=True)]
    async with bureau.store.writing() as tx:
        await tx.outbox.settle(settled)
    await bureau.rounds.run()
    assert set(await bureau.sends()) == EVERYBODY - {one.delivery.participant for one in held[:5]}


async def test_words_that_count_the_days_are_others_tomorrow(bureau: Bureau) -> None:
    """Three days left today are two tomorrow; twice on one day is once too often."""
    words = "Tinggal {sisa_hari} hari"
    await _send_all(bureau, words)
    with pytest.raises(NobodyMeant):
        await bureau.orders(words)
    tomorrow = await bureau.orders(words, starts_at=MONDAY + timedelta(days=1))
    assert (tomorrow.expected, tomorrow.not_after) == (30, CUTOFF)


async def test_a_retry_leaves_out_who_got_the_words_elsewhere(bureau: Bureau) -> None:
    """What failed in the first came with the second."""
    first = await bureau.orders()
    await bureau.rounds.run()
    failed = await bureau.sends(limit=10, outcome=Outcome.FAILED)
    await bureau.sends()
    await bureau.rounds.run()
    await bureau.orders()
    await bureau.rounds.run()
    assert await bureau.sends() == failed
    await bureau.acts(first.id, BroadcastAct.RETRY)
    assert await bureau.sends() == []


async def test_who_is_on_the_list_and_never_wrote_is_counted(bureau: Bureau) -> None:
    """As far as the list tells that they are meant: not who has bought, not another wave's."""
    bought = (Step(Milestone.BOUGHT, on=MONDAY.date(), source=Source.OFFICIAL),)
    rows = [RosterRow(phone_hash=f"h{number}", wave=21) for number in range(4)]
    more = [replace(rows[0], phone_hash="b", progress=bought), replace(rows[0], phone_hash="w", wave=20)]
    async with bureau.store.writing() as tx:
        await tx.roster.put([*rows, *more])
        await tx.people.join(OwnHash("h0"), 1)
    assert (await bureau.outlook(NOT_BOUGHT)).exclusions.unknown == 3
    assert (await bureau.outlook(Audience(waves=(21,)))).exclusions.unknown == 4
    assert (await bureau.outlook(Audience())).exclusions.unknown == 5


def test_the_fingerprint_is_of_words_and_not_of_their_dress() -> None:
    """What differs in a word is another broadcast; signs alone are words of their own."""
    same = ["Cek <b>saldo</b> ya", "cek saldo, ya!", "Cek  saldo\n\nya \N{WAVING HAND SIGN}", "Ｃｅｋ saldo ya"]
    assert len({fingerprint(text, EVENING) for text in same}) == 1
    others = ["Cek saldo", "Cek saldo ya 21", "\N{WAVING HAND SIGN}", "\N{PARTY POPPER}", "a &lt; b"]
    assert len({fingerprint(text, EVENING) for text in others}) == len(others)
    days = "Tinggal {sisa_hari} hari"
    assert fingerprint(days, EVENING) == fingerprint(days, MONDAY)
    assert fingerprint(days, EVENING) != fingerprint(days, EVENING + timedelta(hours=1)), "past midnight in WIB"
