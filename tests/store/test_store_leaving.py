"""What is kept about a person can be shown, and forgotten without a trace."""

from sqlalchemy import func, select

from bot.store import RosterPayment, RosterRow, Store, UnitOfWork
from bot.store.schema.conventions import metadata
from programme.model.deliveries import Outcome
from programme.model.dialogues import Dialogue
from programme.model.events import MilestoneReached, RosterMatched, WaveTold
from programme.model.messages import Kind
from programme.model.milestones import Milestone
from programme.model.payments import Payment, PaymentStatus
from programme.model.phones import OwnHash
from tests.store.samples import GREETING, MINUTE, MONDAY, claim, happen, incoming, meet, owed, settled, unhandled

PAYMENT = Payment(1, 600_000, PaymentStatus.PAID)


async def _live(tx: UnitOfWork, address: str, phone_hash: str) -> int:
    """Leave a trace in every table that may hold one."""
    person = await meet(tx, address)
    await tx.inbox.add(incoming(message=f"of {address}", address=address))
    await tx.people.join(OwnHash(phone_hash), person)
    await tx.roster.put([RosterRow(phone_hash=phone_hash, wave=21)])
    await tx.roster.put_payments([RosterPayment(phone_hash, PAYMENT)])
    await happen(tx, person, WaveTold(21), MilestoneReached(Milestone.PASSED), RosterMatched(21, payments=(PAYMENT,)))
    await tx.dialogues.start(person, Dialogue(conversation="purchase", answers={"day": "kemarin"}))
    await tx.reminders.set_row(person, MONDAY)
    await tx.outbox.put([owed(person, message=GREETING)])
    return person


async def _rows(tx: UnitOfWork) -> dict[str, int]:
    connection = tx.connection
    counts = {
        table.name: (await connection.execute(select(func.count()).select_from(table))).scalar_one()
        for table in metadata.sorted_tables
    }
    return {name: count for name, count in counts.items() if count}


async def test_the_export_tells_every_table(tx: UnitOfWork) -> None:
    """What is kept about me? All of it, as plain values, and nothing of anybody else."""
    person = await _live(tx, "makassar", "abc")
    await _live(tx, "jayapura", "xyz")
    export = await tx.people.export(person)
    assert set(export) == {
        "participant", "addresses", "progress", "payments", "dialogues", "history",
        "reminder_rows", "deliveries", "inbox", "roster", "roster_payments",
    }  # fmt: skip
    assert "makassar" in str(export)
    assert "jayapura" not in str(export)
    assert "xyz" not in str(export)


async def test_forgetting_leaves_nothing_but_the_seen_message(tx: UnitOfWork) -> None:
    """Every table is empty of the person; that a message was seen stays, without words or sender."""
    person = await _live(tx, "makassar", "abc")
    await tx.people.forget(person)
    assert await _rows(tx) == {"inbox": 1}
    assert await unhandled(tx, 5) == []
    assert await tx.inbox.add(incoming(message="of makassar")) is None
    assert await tx.people.export(person) == {}


async def test_forgetting_one_leaves_the_others(tx: UnitOfWork) -> None:
    """Another person's rows stay as they are."""
    other = await _live(tx, "jayapura", "xyz")
    before = await tx.people.export(other)
    await tx.people.forget(await _live(tx, "makassar", "abc"))
    assert await tx.people.export(other) == before


async def test_who_comes_back_is_a_stranger(tx: UnitOfWork) -> None:
    """The same address begins anew, under an id that nobody had."""
    person = await _live(tx, "makassar", "abc")
    await tx.people.forget(person)
    back = await tx.people.at("telegram", "makassar", language=None)
    assert back.id > person
    assert back.wave is None


async def test_the_farewell_goes_when_it_is_sent(store: Store) -> None:
    """The last answer to someone forgotten is delivered, then dropped too."""
    async with store.writing() as tx:
        person = await _live(tx, "makassar", "abc")
        await tx.people.forget(person)
        farewell = owed(person, "bye", Kind.REPLY, message=GREETING, channel="telegram", address="makassar")
        await tx.outbox.put([farewell])
    async with store.writing() as tx:
        claimed = await claim(tx)
        assert [one.address for one in claimed] == ["makassar"]
        await tx.outbox.settle([settled(claimed[0], Outcome.SENT, MONDAY + MINUTE)])
        assert await _rows(tx) == {"inbox": 1}
