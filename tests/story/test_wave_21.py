"""The last week of wave 21, as people in three time zones live it."""

from __future__ import annotations

import re

import pytest
from town import Person, Town

from bot.inbound.addresses import UNSPOKEN
from programme.model.messages import Incoming, Kind, Sort
from programme.model.zones import Zone

MORNING_AFTER = "2021-10-22T12:00:00+07:00"


async def test_somebody_new_learns_the_deadline_of_the_wave_at_once(town: Town) -> None:
    """The answer comes first; getting acquainted is only offered."""
    budi = town.person("budi")
    await budi.says("gel 21 trakhir beli tgl brp min")
    assert "Kamis, 21 Oktober 2021 pukul 23.59 WIB" in budi.heard
    assert "3 hari 14 jam" in budi.heard
    assert "kepesertaan dicabut" in budi.heard
    assert any("Kenalan" in label for label in budi.buttons)


async def test_who_asks_without_a_wave_is_asked_for_it(town: Town) -> None:
    """A deadline is never guessed."""
    budi = town.person("budi")
    await budi.says("batas belinya kapan ya")
    assert "gelombang berapa" in budi.heard
    assert "Oktober" not in budi.heard
    await budi.says("21")
    assert "21 Oktober 2021" in budi.heard


@pytest.mark.parametrize(
    ("zone", "own_clock"),
    [
        ("makassar", "Jumat, 22 Oktober 2021 pukul 00.59 WITA"),
        ("jayapura", "Jumat, 22 Oktober 2021 pukul 01.59 WIT"),
    ],
)
async def test_east_of_jakarta_both_clocks_are_told(town: Town, zone: str, own_clock: str) -> None:
    """23.59 WIB is the next day in Makassar and Jayapura."""
    person = await town.person(zone).lives(zone)
    assert "Kamis, 21 Oktober 2021 pukul 23.59 WIB" in person.heard
    assert own_clock in person.heard


async def test_reminders_come_until_the_cutoff_and_once_after(town: Town, makassar: Person) -> None:
    """H-3 to the last day at 09.00, 18.00 and 21.00 WIB, then one message the next morning; nothing in between."""
    await town.until(MORNING_AFTER)
    moments = [f"{shown.at.astimezone(Zone.WIB.tz):%d %H.%M}" for shown in makassar.reminders]
    assert moments == ["19 08.00", "20 08.00", "21 09.00", "21 18.00", "21 21.00", "22 08.00"]
    assert "sudah lewat" in makassar.reminders[-1].text
    last_evening = makassar.reminders[-2]
    assert last_evening.message.picture is not None
    assert "dicabut" in last_evening.text
    assert "00.59" in last_evening.text


async def test_buying_stops_the_deadline_reminders_at_once(town: Town, jakarta: Person) -> None:
    """Nothing about the deadline goes to whoever reported buying."""
    await town.until("2021-10-20T12:00:00+07:00")
    before = len(jakarta.reminders)
    await jakarta.says("udah beli kemarin di tokped")
    assert "Tokopedia" in jakarta.heard
    assert "19 Oktober 2021" in jakarta.heard
    await town.until(MORNING_AFTER)
    assert [shown.text for shown in jakarta.reminders[before:] if "dicabut" in shown.text] == []


async def test_a_mistaken_report_can_be_undone_and_the_reminders_come_back(town: Town, jakarta: Person) -> None:
    """Undo brings back the deadline and its reminders."""
    await jakarta.says("udah beli kemarin di tokped")
    await jakarta.presses("Batalkan, belum beli")
    assert "kembali terbuka" in jakarta.heard
    await town.until("2021-10-20T10:00:00+07:00")
    assert jakarta.reminders


async def test_a_plan_brings_one_more_reminder_at_that_hour(town: Town, jakarta: Person) -> None:
    """*Nanti malam* is a promise: one reminder this evening."""
    await town.until("2021-10-20T09:30:00+07:00")
    await jakarta.presses("Nanti malam")
    assert "pukul 19.00 WIB" in jakarta.heard
    await town.until("2021-10-20T19:30:00+07:00")
    evening = [shown for shown in jakarta.reminders if shown.at.hour == 12 and shown.at.day == 20]
    assert len(evening) == 1


async def test_a_wish_for_once_comes_at_its_minute_beside_all_others(town: Town, jakarta: Person) -> None:
    """*Ingatkan nanti jam 9* at eight in the evening is 21.00, once; the usual ones keep their hour."""
    await town.until("2021-10-19T20:00:00+07:00")
    await jakarta.says("ingatkan nanti jam 9 lewat 10")
    assert "Selasa, 19 Oktober 2021 pukul 21.10 WIB" in jakarta.heard
    await town.until("2021-10-20T12:00:00+07:00")
    came = [f"{shown.at.astimezone(Zone.WIB.tz):%d %H.%M}" for shown in jakarta.reminders]
    assert came[-2:] == ["19 21.10", "20 09.00"]


async def test_an_obstacle_is_named_helped_and_counted(town: Town, jakarta: Person) -> None:
    """What keeps people from buying is kept as a reason that staff can count."""
    await town.until("2021-10-20T09:30:00+07:00")
    await jakarta.presses("Ada kendala")
    await jakarta.presses("Lupa kata sandi")
    assert "Yuk, kita buka lagi akunmu" in jakarta.heard
    async with town.app.store.reading() as tx:
        named = [person.obstacle async for person in tx.reminders.everybody(21) if person.obstacle]
    assert named == ["forgot_password"]


async def test_off_means_off_after_one_honest_warning(town: Town, jakarta: Person) -> None:
    """Who insists hears nothing more, not even on the last evening."""
    await jakarta.says("stop ngingetin aku")
    assert "21 Oktober" in jakarta.heard
    await jakarta.presses("Tetap matikan")
    await town.until(MORNING_AFTER)
    assert jakarta.reminders == []


@pytest.mark.parametrize(
    "stop_at", ["2021-10-19T09:00:00+07:00", "2021-10-21T18:00:00+07:00", "2021-10-21T21:05:00+07:00"]
)
async def test_nothing_comes_twice_whatever_is_restarted_when(town: Town, jakarta: Person, stop_at: str) -> None:
    """The rows are the schedule: a restart at any moment neither repeats nor forgets."""
    await town.until(stop_at)
    await town.restart()
    await town.until(stop_at)
    await town.restart()
    await town.until(MORNING_AFTER)
    sent = [shown.at for shown in jakarta.reminders]
    assert len(sent) == len(set(sent)) == 6


async def test_after_a_long_standstill_only_the_most_urgent_reminder_comes(town: Town, jakarta: Person) -> None:
    """Five missed reminders are one message, not five."""
    town.clock.set(town.clock.now().replace(day=21, hour=12))  # 19.00 WIB on the last day
    await town.app.jobs.run()
    assert len(jakarta.reminders) == 1
    assert re.search("(hari|malam) ini", jakarta.reminders[0].text.casefold())


async def test_dialogues_survive_a_restart_at_any_question(town: Town) -> None:
    """What was told so far is in the store; the next answer continues there."""
    budi = town.person("budi")
    await budi.says("/start")
    await town.restart()
    await budi.says("gelombang 21")
    await town.restart()
    await budi.says("tgl 22 september")
    assert "zona waktu" in budi.heard
    await town.restart()
    await budi.says("jayapura")
    assert "01.59 WIT" in budi.heard


async def test_a_message_that_was_taken_before_a_crash_is_answered_after_it(town: Town) -> None:
    """What was acknowledged is never lost."""
    here = {"channel": town.phones.name, "address": "budi"}
    incoming = Incoming(**here, id="x1", at=town.clock.now(), text="gel 21 terakhir kapan")
    assert await town.app.inbox_processor.take(incoming) is not None
    await town.restart()
    assert await town.app.inbox_processor.take(incoming) is None, "the messenger sends it again"
    for row in await town.app.inbox_processor.left_over():
        await town.app.inbox_processor.answer(row)
    assert "21 Oktober 2021" in town.person("budi").history[-1].text
    assert await town.app.inbox_processor.left_over() == []


async def test_every_kind_of_message_is_answered_helpfully(town: Town, jakarta: Person) -> None:
    """Stickers, voice, photos, nothing at all: each gets words and a way on."""
    for sort in Sort:
        if sort in {Sort.TEXT, Sort.PRESS, Sort.CONTACT, *UNSPOKEN}:
            continue
        await jakarta.sends(sort)
        assert jakarta.heard
        assert jakarta.buttons
    await jakarta.says("   ")
    assert jakarta.buttons
    await jakarta.says("insentif " * 1200)
    assert jakarta.heard


async def test_who_blocked_the_bot_gets_nothing_and_who_comes_back_does(town: Town, jakarta: Person) -> None:
    """A blocked bot does not go on sending."""
    await jakarta.sends(Sort.STOPPED)
    await town.until("2021-10-19T12:00:00+07:00")
    assert jakarta.reminders == []
    await jakarta.sends(Sort.RESUMED)
    await town.until("2021-10-20T12:00:00+07:00")
    assert len(jakarta.reminders) == 1


async def test_secrets_are_cut_out_and_the_person_is_told(town: Town, jakarta: Person) -> None:
    """A card number never reaches the store."""
    await jakarta.says("kartu saya 4567 8901 2345 6789 kok ditolak pas beli")
    assert "nomor kartu" in jakarta.heard
    assert "4567" not in jakarta.heard
    async with town.app.store.reading() as tx:
        person = await tx.people.export(1)
    assert "4567" not in str(person)


async def test_replies_are_replies_and_reminders_are_reminders(town: Town, jakarta: Person) -> None:
    """Each message says why it came."""
    await town.until("2021-10-19T12:00:00+07:00")
    assert {shown.kind for shown in jakarta.history} == {Kind.REPLY, Kind.REMINDER}
