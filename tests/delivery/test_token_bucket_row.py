"""One row holds the rate of an account, for all workers, on either database."""

from __future__ import annotations

import pytest

from bot.rate_limit.shared_row import TokenBuckets
from bot.rate_limit.shares import RESERVED, USED
from bot.store import Store

NOW = 5000.0
A = "telegram/1"


async def _opened(store: Store, rate: float = 100.0) -> None:
    async with store.writing() as tx:
        await TokenBuckets(tx.connection).open(A, rate, 0.02)


async def test_leases_follow_one_another_without_a_gap(store: Store) -> None:
    """Whoever leases next gets the slots after those of the one before."""
    await _opened(store)
    async with store.writing() as tx:
        first = await TokenBuckets(tx.connection).lease(A, 25, NOW)
        second = await TokenBuckets(tx.connection).lease(A, 25, NOW)
    assert first.apart == pytest.approx(1 / (100 * USED))
    assert second.begins_in - first.begins_in == pytest.approx(25 * first.apart, abs=0.05)


async def test_nobody_gets_a_slot_while_the_messenger_wants_silence(store: Store) -> None:
    await _opened(store)
    async with store.writing() as tx:
        await TokenBuckets(tx.connection).freeze(A, 35.0, NOW)
        granted = await TokenBuckets(tx.connection).lease(A, 5, NOW)
    assert granted.frozen_for == pytest.approx(35, abs=0.2)
    assert granted.begins_in == pytest.approx(35, abs=0.2)


async def test_a_shorter_freeze_does_not_end_a_longer_one(store: Store) -> None:
    await _opened(store)
    async with store.writing() as tx:
        await TokenBuckets(tx.connection).freeze(A, 35.0, NOW)
        await TokenBuckets(tx.connection).freeze(A, 1.0, NOW)
        assert (await TokenBuckets(tx.connection).lease(A, 1, NOW)).frozen_for == pytest.approx(35, abs=0.2)


async def test_while_people_talk_bulk_leaves_them_room(store: Store) -> None:
    await _opened(store)
    async with store.writing() as tx:
        await TokenBuckets(tx.connection).spend(A, 1, NOW)
        assert (await TokenBuckets(tx.connection).lease(A, 5, NOW)).apart == pytest.approx(1 / (100 * (1 - RESERVED)))


async def test_an_account_without_a_rate_is_a_mistake(store: Store) -> None:
    async with store.writing() as tx:
        with pytest.raises(LookupError):
            await TokenBuckets(tx.connection).lease("telegram/2", 1, NOW)


@pytest.mark.parametrize("jump", [-3600.0, 3600.0, -4990.0])
async def test_a_clock_that_jumps_holds_nobody_up(sqlite_url: str, jump: float) -> None:
    """An hour either way, or a machine that was started again."""
    from bot.store import open_store

    store = open_store(sqlite_url)
    await _opened(store)
    async with store.writing() as tx:
        await TokenBuckets(tx.connection).lease(A, 500, NOW)
        granted = await TokenBuckets(tx.connection).lease(A, 5, NOW + jump)
    await store.close()
    assert 0 <= granted.begins_in < 6
    assert granted.frozen_for == 0
