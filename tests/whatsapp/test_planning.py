"""Before it is ordered, a broadcast tells who gets it over WhatsApp, what that costs, and for how long."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert

from bot.channels.whatsapp.prices import load_prices
from bot.store import Store
from bot.store.schema.people import progress
from handlers.staff.refused import refused
from handlers.staff.whatsapp_words import outlook_words
from locales import speaking
from programme.model.broadcast_refusals import AtRiskFirst, OverQuota
from programme.model.broadcasts import Audience, BroadcastAct
from programme.model.messages import Kind
from programme.model.milestones import Milestone, Source
from programme.model.whatsapp_outlook import DayQuota, OverWhatsApp, WhatsAppOutlook
from tests.broadcast.crowd import CUTOFF, JOKO, MONDAY, NOT_BOUGHT, Bureau, settle_in
from tests.whatsapp.planning_crowd import DAYS_AGO, come_over, crowd


async def _outlook(bureau: Bureau, audience: Audience = NOT_BOUGHT) -> WhatsAppOutlook:
    found = (await bureau.outlook(audience)).whatsapp
    assert found is not None
    return found


async def test_who_is_counted_is_who_a_claim_sends_there(store: Store) -> None:
    """By the latest address that can be reached, whatever else the person has; bought or reminders off is nobody."""
    bureau = Bureau(store)
    async with store.writing() as tx:
        await settle_in(tx, range(1, 7))
        await settle_in(tx, range(7, 9), reached=Milestone.BOUGHT)
        await come_over(tx, range(1, 3), MONDAY + timedelta(seconds=1))  # later than on Telegram
        await come_over(tx, range(3, 4), MONDAY)  # at the same moment, but known later
        await come_over(tx, range(4, 5), DAYS_AGO)  # Telegram is later
        await come_over(tx, range(5, 6), MONDAY + timedelta(seconds=1), reachable=False)
        await come_over(tx, range(7, 9), MONDAY + timedelta(seconds=1))
    assert (await _outlook(bureau)).reach == OverWhatsApp(people=3, outside=0)
    await bureau.orders()
    await bureau.rounds.run()
    assert [each.channel for each in await bureau.claim()] == ["whatsapp"] * 3 + ["telegram"] * 3


async def test_whoever_wrote_a_day_ago_is_outside(store: Store) -> None:
    """Five minutes before Meta says so."""
    bureau = Bureau(store)
    await crowd(store, inside=3, outside=4, tier=250)
    assert (await _outlook(bureau)).reach == OverWhatsApp(people=7, outside=4)
    bureau.clock.set(MONDAY + timedelta(hours=23, minutes=55, seconds=2))
    assert (await _outlook(bureau)).reach == OverWhatsApp(people=7, outside=7)


async def test_where_nobody_is_there_nothing_is_told_of_it(store: Store) -> None:
    """And time and Stars are as ever."""
    bureau = Bureau(store)
    async with store.writing() as tx:
        await settle_in(tx, range(1, 31))
    outlook = await bureau.outlook()
    assert (outlook.count, outlook.whatsapp, outlook.lasts) == (30, None, timedelta(seconds=2))


async def test_the_quota_of_the_day_spreads_it(store: Store) -> None:
    """Of 10 a day reminders keep two; 3 are used up, so 5 go now, 8 tomorrow, and the last on the day after."""
    bureau = Bureau(store)
    await crowd(store, inside=0, outside=14, tier=10, used=3)
    whatsapp = await _outlook(bureau)
    assert (whatsapp.quota.per_day, whatsapp.quota.free, whatsapp.days) == (8, 5, 3)
    assert timedelta(hours=48) < whatsapp.lasts < timedelta(hours=49)


async def test_the_setting_goes_before_what_meta_told(store: Store) -> None:
    """And without a word of either it is the least that Meta gives."""
    bureau = Bureau(store)
    await crowd(store, inside=0, outside=1, tier=-1)
    assert (await _outlook(bureau)).quota == DayQuota()
    bureau.office.rules = replace(bureau.rules, whatsapp_tier=1000)
    assert (await _outlook(bureau)).quota.per_day == 800


@given(st.integers(0, 5000), st.integers(1, 500), st.integers(0, 700))
def test_nobody_waits_a_day_more_than_the_quota_makes_them(outside: int, per_day: int, used: int) -> None:
    """As counted by hand, a day after the other."""
    quota, left, days = DayQuota(per_day, used), outside, 0
    left -= min(left, max(0, per_day - used))
    while left:
        assert quota.waits(outside) > days
        left, days = left - min(left, per_day), days + 1
    assert quota.waits(outside) == days
    assert 0 <= quota.last_portion(outside) <= max(per_day, quota.free or 0)


async def test_what_the_quota_would_not_let_through_in_time_is_refused(store: Store) -> None:
    """With the arithmetic, and the latest start where there is one."""
    bureau = Bureau(store)
    await crowd(store, inside=0, outside=30, tier=10)
    with pytest.raises(OverQuota) as never:
        await bureau.orders(not_after=MONDAY + timedelta(hours=50))
    assert never.value.latest is None
    assert "30 people have not written within 24 hours; 8 a day may be written to" in str(never.value)
    with pytest.raises(OverQuota) as later:
        await bureau.orders(starts_at=MONDAY + timedelta(hours=20), not_after=CUTOFF)
    assert later.value.latest is not None
    await bureau.orders(starts_at=later.value.latest, not_after=CUTOFF)
    said = refused(later.value).messages[0].text
    assert "30 orang di luar jendela 24 jam, kuotanya 8 orang per hari (8 sekarang), jadi butuh 4 hari" in said


async def test_those_at_risk_come_first(store: Store) -> None:
    """For days nobody else takes their quota while their cutoff is near; to them alone it may be ordered."""
    bureau = Bureau(store)
    await crowd(store, inside=0, outside=40, tier=10)
    async with store.writing() as tx:
        step = {"milestone": Milestone.BOUGHT, "source": Source.SELF, "noted_at": MONDAY}
        await tx.connection.execute(insert(progress), [{"participant": bought, **step} for bought in range(101, 121)])
    for everybody in (Audience(waves=(21,)), Audience()):
        with pytest.raises(AtRiskFirst) as first:
            await bureau.orders("Kabar", audience=everybody)
        assert (first.value.wave, first.value.days) == (21, 5)
    await bureau.orders("Kabar", audience=NOT_BOUGHT)
    bureau.clock.set(CUTOFF + timedelta(seconds=1))
    await bureau.orders("Kabar lain", audience=Audience(waves=(21,)))


async def test_what_one_day_is_enough_for_goes_to_everybody_at_once(store: Store) -> None:
    """Nobody at risk waits for it."""
    bureau = Bureau(store)
    await crowd(store, inside=30, outside=8, tier=10)
    assert (await bureau.orders(audience=Audience(waves=(21,)))).expected == 38


async def test_whoever_approves_sees_the_cost(store: Store) -> None:
    """It is reckoned anew by what was counted when it was ordered, and refused if it has become too late."""
    bureau = Bureau(store)
    bureau.office.rules = bureau.rounds.rules = replace(bureau.rules, approval_above=5)
    await crowd(store, inside=0, outside=9, tier=10)
    async with store.writing() as tx:
        await tx.people.at("telegram", JOKO.address, language="id")
        await tx.staff.put(JOKO)
    found = await bureau.orders()
    assert found.over_whatsapp == OverWhatsApp(people=9, outside=9)
    async with store.reading() as tx:
        asked = [each.message.text for each in await tx.outbox.log(10) if each.message and each.kind is Kind.STAFF]
    assert any("Lewat WhatsApp: 9 orang, 9 di luar jendela 24 jam" in text for text in asked)
    bureau.clock.set(CUTOFF - timedelta(hours=20))
    with pytest.raises(OverQuota):
        await bureau.acts(found.id, BroadcastAct.APPROVE, JOKO)


def test_a_line_says_it_all() -> None:
    """As in the plan: 9,800 outside at two cents, the year of the price, and the days of the quota."""
    cost = load_prices().of_announcement(OverWhatsApp(9_800, 9_800), 0)
    whatsapp = WhatsAppOutlook(
        reach=OverWhatsApp(12_300, 9_800), quota=DayQuota(8_000), lasts=timedelta(days=1), cost=cost
    )
    said = (
        "Lewat WhatsApp: 12.300 orang, 9.800 di luar jendela 24 jam: kira-kira US$196 (tarif 2024, cek dulu) dan 2 hari"
    )
    short = "Di luar jendela yang sampai satu baris, paling banyak 600 huruf, tanpa gambar dan tombol."
    assert outlook_words(whatsapp) == f"{said} (kuota 8.000 orang per hari, 8.000 sekarang). {short}"
    with speaking("en"):
        assert "12,300 people, 9,800 outside the 24-hour window: about US$196" in outlook_words(whatsapp)


def test_what_is_said_within_the_window_costs_once_the_free_ones_are_used_up() -> None:
    """1,000 a month; an unknown price makes no sum."""
    prices = load_prices()
    assert prices.of_announcement(OverWhatsApp(900, 0), 0).amount == 0
    assert prices.of_announcement(OverWhatsApp(900, 0), 900).messages == {"utility": 0, "service": 800}
    assert prices.sum_of({"marketing": 100, "service": 1}) == Decimal("4.13")
    assert prices.sum_of({"authentication": 1}) is None
    unknown = replace(prices, announcements="authentication").of_announcement(OverWhatsApp(5, 5), 0)
    whatsapp = WhatsAppOutlook(reach=OverWhatsApp(5, 5), quota=DayQuota(), lasts=timedelta(), cost=unknown)
    assert "biayanya 5 authentication (harganya belum diketahui)." in outlook_words(whatsapp)
