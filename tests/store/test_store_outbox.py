"""What is owed is owed once, found in order, and can be taken back."""

from bot.store import State, UnitOfWork
from programme.model.deliveries import Outcome
from programme.model.messages import Kind, Message, Picture
from programme.model.milestones import Milestone
from tests.databases import at
from tests.store.samples import (
    CUTOFF,
    GREETING,
    HOUR,
    MINUTE,
    MONDAY,
    claim,
    meet,
    owed,
    settled,
    sources,
    states,
)


async def test_the_same_source_is_owed_once_to_a_person(tx: UnitOfWork) -> None:
    """Putting it again changes nothing, also after it was sent; another person is owed it too."""
    one, two = await meet(tx, "1"), await meet(tx, "2")
    await tx.outbox.put([owed(one, message=Message("pertama")), owed(one, message=Message("kedua"))])
    await tx.outbox.put([owed(one, message=Message("ketiga"))])
    claimed = await claim(tx)
    assert [one.delivery.message for one in claimed] == [Message("pertama")]
    await tx.outbox.settle([settled(claimed[0], Outcome.SENT)])
    await tx.outbox.put([owed(one), owed(two)])
    assert [one.delivery.participant for one in await claim(tx)] == [two]


async def test_a_delivery_comes_back_as_it_was_put_in(tx: UnitOfWork) -> None:
    """With its limits, its words and picture, the way it shall take, and what it replaces."""
    person = await meet(tx)
    full = owed(
        person,
        not_after=CUTOFF,
        unless=Milestone.BOUGHT,
        message=Message(GREETING.text, GREETING.keys, Picture(b"\x89PNG\x00\xff", "3 hari lagi")),
        channel="telegram",
        address="makassar",
        edits="77",
    )
    bare = owed(person, "bare")
    await tx.outbox.put([full, bare])
    assert [claimed.delivery for claimed in await claim(tx)] == [full, bare]


async def test_words_for_many_are_kept_once(tx: UnitOfWork) -> None:
    """A broadcast's picture lies in the database once, and reaches everybody."""
    poster = Message("Gelombang 22 dibuka", picture=Picture(b"x" * 10_000, "poster"))
    people = [await meet(tx, str(number)) for number in range(20)]
    await tx.outbox.put([owed(person, "news", Kind.BROADCAST, message=poster) for person in people])
    claimed = await claim(tx, limit=50)
    assert [one.delivery.message for one in claimed] == [poster] * 20
    assert [entry.message for entry in await tx.outbox.log(2)] == [poster] * 2
    kept = await tx.people.export(people[0])
    assert kept["deliveries"][0]["content"].count("poster") == 1  # type: ignore[index]
    assert "message" not in kept["deliveries"][0]  # type: ignore[index]


async def test_replies_are_held_from_the_start(tx: UnitOfWork) -> None:
    """They are returned in order, to be sent at once, and no worker takes them meanwhile."""
    person = await meet(tx)
    replies = [owed(person, f"reply {n}", Kind.REPLY, message=Message(str(n))) for n in range(3)]
    held = await tx.outbox.put_claimed(replies, lease=MINUTE)
    assert [claimed.delivery for claimed in held] == replies
    assert {(claimed.channel, claimed.address, claimed.attempt) for claimed in held} == {("telegram", "makassar", 1)}
    assert await sources(tx) == []
    assert await tx.outbox.put_claimed(replies, lease=MINUTE) == []
    assert await tx.outbox.put_claimed([], lease=MINUTE) == []
    assert await sources(tx, MONDAY + MINUTE) == ["reply 0", "reply 1", "reply 2"]


async def test_the_next_moment_is_that_of_a_delivery_or_of_a_lease(tx: UnitOfWork) -> None:
    """A clock that jumps knows where to stop."""
    person = await meet(tx)
    assert await tx.outbox.next_due() is None
    await tx.outbox.put([owed(person, "late", Kind.REPLY, due_at=MONDAY + HOUR), owed(person, "soon")])
    assert await tx.outbox.next_due() == MONDAY
    held = await claim(tx)
    assert await tx.outbox.next_due() == MONDAY + MINUTE
    await tx.outbox.settle([settled(held[0], Outcome.SENT)])
    assert await tx.outbox.next_due() == MONDAY + HOUR


async def test_pending_reminders_can_be_withdrawn(tx: UnitOfWork) -> None:
    """All but those to keep; other kinds, other people and what is on its way stay."""
    one, two = await meet(tx, "1"), await meet(tx, "2")
    await tx.outbox.put([owed(one, "on its way")])
    await claim(tx)
    await tx.outbox.put([owed(one, "h-1"), owed(one, "h-3"), owed(one, "news", Kind.BROADCAST), owed(two, "of two")])
    await tx.outbox.withdraw(one, ["h-1"])
    assert await states(tx) == {
        "on its way": "leased",
        "h-1": "pending",
        "h-3": "cancelled",
        "news": "pending",
        "of two": "pending",
    }


async def test_the_log_tells_what_went_out_when(tx: UnitOfWork) -> None:
    """Newest first, for all or for one person."""
    one, two = await meet(tx, "1"), await meet(tx, "2")
    await tx.outbox.put([owed(one, "a", message=GREETING), owed(two, "b")])
    first, second = await claim(tx)
    await tx.outbox.settle([settled(first, Outcome.SENT, MONDAY + MINUTE, provider_id="5")])
    log = await tx.outbox.log(10)
    assert [(entry.source, entry.state, entry.kind) for entry in log] == [
        ("b", State.LEASED, Kind.REMINDER),
        ("a", State.SENT, Kind.REMINDER),
    ]
    assert [entry.closed_at for entry in log] == [None, MONDAY + MINUTE]
    assert (log[1].message, log[1].channel, log[1].provider_id) == (GREETING, "telegram", "5")
    assert [entry.source for entry in await tx.outbox.log(10, one)] == ["a"]
    assert len(await tx.outbox.log(1)) == 1
    assert second.delivery.source == "b"


async def test_old_words_can_be_dropped(tx: UnitOfWork) -> None:
    """Pruning takes words and places of what is closed; it is still not sent again."""
    people = [await meet(tx, "1"), await meet(tx, "2")]
    await tx.outbox.put([owed(person, message=GREETING) for person in people])
    await tx.outbox.settle([settled(claimed, Outcome.SENT) for claimed in await claim(tx)])
    assert await tx.outbox.prune(MONDAY, 9) == 0
    assert await tx.outbox.prune(MONDAY + HOUR, 9) == 2
    assert [entry.message for entry in await tx.outbox.log(5)] == [None, None]
    await tx.outbox.put([owed(people[0], message=GREETING)])
    assert await sources(tx) == []


async def test_a_reminder_that_was_withdrawn_can_be_owed_again(tx: UnitOfWork) -> None:
    """What a mistaken report cancelled; what is past its use, or was sent, stays as it is."""
    person = await meet(tx)
    await tx.outbox.put([owed(person, not_after=CUTOFF)])
    (source,) = [one.source for one in await tx.outbox.log(5)]
    await tx.outbox.withdraw(person, keeping=())
    assert await claim(tx) == []
    await at(tx, CUTOFF + HOUR).outbox.revive(person, source)
    assert await claim(tx) == []
    await tx.outbox.revive(person, source)
    (claimed,) = await claim(tx)
    await tx.outbox.settle([settled(claimed, Outcome.SENT)])
    await tx.outbox.revive(person, source)
    assert await claim(tx) == []


async def test_what_a_person_was_sent_last_is_known(tx: UnitOfWork) -> None:
    """So that a key of it may be called by its name."""
    one, two = await meet(tx, "1"), await meet(tx, "2")
    assert await tx.outbox.latest_to(one, "id") is None
    await tx.outbox.put([owed(one, message=Message("pertama")), owed(two, message=Message("lain"))])
    await claim(tx)
    latest = await tx.outbox.latest_to(one, "id")
    assert latest is not None
    assert latest.message == Message("pertama")
