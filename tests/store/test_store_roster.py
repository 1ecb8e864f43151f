"""The programme's list, by the hash of a number, and what else it told us."""

from dataclasses import replace
from datetime import date

from bot.store import RosterPayment, RosterRow, UnitOfWork
from programme.model.events import RosterMatched
from programme.model.milestones import Milestone, Source, Step
from programme.model.payments import Payment, PaymentStatus
from programme.model.phones import OwnHash
from programme.model.zones import Zone
from tests.databases import at
from tests.store.samples import CUTOFF, HOUR, PASSED_ON, meet

BOUGHT = Step(Milestone.BOUGHT, date(2021, 10, 2), "tokopedia", Source.OFFICIAL)
ROW = RosterRow(phone_hash="abc", wave=21, passed_on=PASSED_ON, zone=Zone.WITA, progress=(BOUGHT,))
PAID = Payment(1, 600_000, PaymentStatus.PAID, date(2021, 10, 4), date(2021, 10, 5), "bni", None)
FAILED = Payment(2, 600_000, PaymentStatus.FAILED, reason="not_upgraded")


async def test_a_number_on_the_roster_is_matched(tx: UnitOfWork) -> None:
    """With its progress and payments, in order."""
    await tx.roster.put([ROW])
    await tx.roster.put_payments([RosterPayment("abc", FAILED), RosterPayment("abc", PAID)])
    assert await tx.roster.find(OwnHash("abc")) == RosterMatched(21, PASSED_ON, Zone.WITA, (BOUGHT,), (PAID, FAILED))
    assert await tx.roster.find(OwnHash("xyz")) is None


async def test_importing_twice_changes_nothing(tx: UnitOfWork) -> None:
    """Only what is new or different counts."""
    others = [RosterRow(phone_hash=str(number), wave=21) for number in range(50)]
    assert await tx.roster.put([ROW, *others]) == 51
    assert await tx.roster.put([ROW, *others]) == 0
    assert await tx.roster.put([replace(ROW, wave=22), *others, RosterRow(phone_hash="new", wave=21)]) == 2
    assert await tx.roster.put([replace(ROW, wave=22, zone=None)]) == 1
    assert await tx.roster.put([]) == 0
    payments = [RosterPayment("abc", PAID), RosterPayment("abc", FAILED), RosterPayment("xyz", PAID)]
    assert await tx.roster.put_payments(payments) == 3
    assert await tx.roster.put_payments(payments) == 0
    assert await tx.roster.put_payments([RosterPayment("abc", replace(FAILED, number=1))]) == 1


async def test_the_last_of_two_lines_for_a_number_counts(tx: UnitOfWork) -> None:
    """A list may name somebody twice."""
    assert await tx.roster.put([ROW, replace(ROW, wave=22)]) == 1
    found = await tx.roster.find(OwnHash("abc"))
    assert found is not None
    assert found.wave == 22


async def test_lines_are_put_and_found_as_plain_values(tx: UnitOfWork) -> None:
    """The same on both databases: days as ISO, documents as text."""
    await tx.roster.put([ROW])
    [line] = await tx.roster.lines.find(["abc", "nobody"])
    assert line[:4] == ("abc", 21, PASSED_ON.isoformat(), "WITA")
    other = ("xyz", 22, None, None, "[]")
    await tx.roster.lines.put([line, other])
    await tx.roster.lines.put([line, ("xyz", 22, "2021-11-01", "WIB", line[4])])
    assert await tx.roster.find(OwnHash("xyz")) == RosterMatched(22, date(2021, 11, 1), Zone.WIB, (BOUGHT,))
    assert await tx.roster.lines.add([("xyz", 23, None, None, "[]"), ("new", 23, None, None, "[]")]) == 1
    assert {row[:2] for row in await tx.roster.lines.find(["xyz", "new"])} == {("xyz", 22), ("new", 23)}
    await tx.roster.put_payments([RosterPayment("abc", PAID), RosterPayment("abc", FAILED)])
    assert len(await tx.roster.payment_lines.find(["abc"])) == 2


async def test_a_late_list_reaches_those_who_shared_their_number_before(tx: UnitOfWork) -> None:
    """Linked are the people who joined with one of these numbers."""
    one, two = await meet(tx, "1"), await meet(tx, "2")
    await tx.people.join(OwnHash("abc"), one)
    await tx.people.join(OwnHash("xyz"), two)
    assert await tx.roster.linked(["abc", "nobody"]) == {OwnHash("abc"): one}
    assert await tx.roster.linked([*(str(n) for n in range(1200)), "xyz"]) == {OwnHash("xyz"): two}
    assert await tx.roster.linked([]) == {}


async def test_a_moved_cutoff_is_noticed(tx: UnitOfWork) -> None:
    """The store tells what it saw last."""
    assert await tx.cutoffs.known() == {}
    await tx.cutoffs.remember(22, CUTOFF)
    await tx.cutoffs.remember(21, CUTOFF)
    await tx.cutoffs.remember(21, CUTOFF + HOUR)
    assert await tx.cutoffs.known() == {21: CUTOFF + HOUR, 22: CUTOFF}


async def test_trainings_are_kept_as_documents(tx: UnitOfWork) -> None:
    """The latest under a key stands."""
    await tx.trainings.lines.put(
        [("masak-1", '{"title":"Masak","price":450000}'), ("kue", '{"title":"Kue","tags":["a"]}')]
    )
    await tx.trainings.lines.put([("kue", '{"title":"Kue kering"}')])
    kept = {"masak-1": {"title": "Masak", "price": 450_000}, "kue": {"title": "Kue kering"}}
    assert await tx.trainings.all() == kept


async def test_what_was_not_understood_is_counted(tx: UnitOfWork) -> None:
    """The same words count together, the commonest first, until somebody labels them."""
    from tests.store.samples import MONDAY

    await tx.misses.add("kapan  Cair", "incentive_history", 0.41)
    await tx.misses.add("apa?", None, None)
    await at(tx, MONDAY + HOUR).misses.add("Kapan cair", "deadline", 0.38)
    common, rare = await tx.misses.grouped(10)
    assert (common.text, common.times, common.guess, common.last_at) == ("Kapan cair", 2, "deadline", MONDAY + HOUR)
    assert (rare.text, rare.times, rare.guess) == ("apa?", 1, None)
    await tx.misses.label(common.id, "incentive_history")
    assert await tx.misses.grouped(10) == [rare]
