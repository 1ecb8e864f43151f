"""A plan keeps the hour that the person named, as far as it is safe."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from talking import Talk

from programme.model.events import MilestoneReached, PlanMade, RemindersWished
from programme.model.milestones import Milestone
from programme.model.participants import Participant, ReminderWishes
from programme.model.zones import Zone

WAVE_21 = Participant(id=1, welcomed=True, wave=21, zone=Zone.WIB)
AFTER = datetime.fromisoformat("2021-10-22T10:00:00+07:00")


def planned(talk: Talk) -> str | None:
    at = talk.participant.plan_at
    return at and f"{at.astimezone(talk.participant.local.tz):%Y-%m-%d %H.%M}"


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("kalo malem ini aja deh gue beli ingetin jam sepuluh malem", "2021-10-18 22.00"),
        ("ingatkan nanti malam jam 8", "2021-10-18 20.00"),
        ("ingetin nanti malem ya", "2021-10-18 19.00"),
        ("ingetin besok jam 10 malam", "2021-10-19 22.00"),
        ("ingetin besok pagi", "2021-10-19 08.00"),
        ("ingetin sore ini", "2021-10-18 16.00"),
        ("ingatkan 2 jam lagi", "2021-10-18 11.00"),
        ("ingetin setengah jam lagi", "2021-10-18 09.30"),
        ("ingatkan aku tanggal 20 abis maghrib", "2021-10-20 18.30"),
    ],
)
async def test_the_hour_that_was_named_is_kept(jakarta: Talk, said: str, at: str) -> None:
    await jakarta.opens("plan", said=said)
    assert planned(jakarta) == at
    assert f"pukul {at[-5:]} WIB" in jakarta.text
    assert "report_bought" in jakarta.leads_to


async def test_whoever_asks_for_one_reminder_gets_a_plan(jakarta: Talk) -> None:
    await jakarta.says("ingetin besok jam 10 malam")
    assert planned(jakarta) == "2021-10-19 22.00"


async def test_what_is_too_late_becomes_the_last_safe_hour_and_is_told_so(jakarta: Talk) -> None:
    await jakarta.opens("plan", said="ingatkan aku jam 23.30 tanggal 21", date="2021-10-21", hour="23:30")
    assert planned(jakarta) == "2021-10-21 22.00"
    assert "Paling aman Kamis, 21 Oktober 2021 pukul 22.00 WIB" in jakarta.text


async def test_the_hour_is_that_of_the_persons_own_clock(jayapura: Talk) -> None:
    await jayapura.opens("plan", said="ingatkan besok jam 22.00")
    assert planned(jayapura) == "2021-10-19 22.00"
    assert jayapura.participant.plan_at == datetime.fromisoformat("2021-10-19T22:00:00+09:00").astimezone(UTC)


async def test_the_question_when_takes_an_hour_too(jakarta: Talk) -> None:
    await jakarta.opens("plan")
    assert jakarta.buttons == ["🌙 Nanti malam", "🌅 Besok pagi", "Belum tahu"]
    await jakarta.says("besok jam 7 malam aja")
    assert planned(jakarta) == "2021-10-19 19.00"


async def test_no_plan_is_made_where_none_is_safe_any_more() -> None:
    talk = Talk(WAVE_21, at=datetime.fromisoformat("2021-10-21T22:10:00+07:00"))
    await talk.opens("plan", said="ingatkan tanggal 21 jam 23.30")
    assert "beli sekarang" in talk.plain
    assert not any(isinstance(event, PlanMade) for event in talk.events)
    await talk.opens("plan", said="ingatkan 30 menit lagi")
    assert planned(talk) == "2021-10-21 22.40"


async def test_who_turned_reminders_off_is_asked_to_turn_them_on() -> None:
    talk = Talk(WAVE_21.after(RemindersWished("none", None)))
    await talk.opens("plan", when="tonight")
    assert "sedang mati" in talk.text
    assert talk.leads_to == {"reminder_settings"}


async def test_an_old_key_past_the_cutoff_says_that_it_is_past() -> None:
    talk = Talk(WAVE_21, at=AFTER)
    await talk.opens("plan", when="tomorrow_morning")
    assert talk.plain.startswith("⚫ Batas beli gelombangmu sudah lewat: Kamis, 21 Oktober 2021 pukul 23.59 WIB.")
    assert "beli sekarang" not in talk.plain.casefold()
    assert talk.buttons == ["Sudah beli sebelum itu", "Belum sempat"]


EVENING = datetime.fromisoformat("2021-10-18T20:00:00+07:00")


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("ingatkan nanti jam 9", "2021-10-18 21.00"),
        ("ingetin jam 10 malam ini", "2021-10-18 22.00"),
        ("tolong kabari aku jam 21.15", "2021-10-18 21.15"),
        ("ingetin besok jam setengah delapan malam", "2021-10-19 19.30"),
        ("ingetin aku sejam sebelum batas", "2021-10-21 22.59"),
        ("kasih tau lagi jam 9 malem ya", "2021-10-18 21.00"),
        ("ingetin pas jam sepuluh lewat seperempat", "2021-10-18 22.15"),
        ("colek aku besok pagi ya", "2021-10-19 08.00"),
        ("snooze 30 menit", "2021-10-18 20.30"),
        ("tunda sampe besok", "2021-10-19 08.00"),
    ],
)
async def test_a_wish_for_once_is_one_more_reminder_and_moves_no_other(said: str, at: str) -> None:
    talk = Talk(WAVE_21, at=EVENING)
    before = talk.coming
    await talk.says(said)
    assert planned(talk) == at
    assert f"pukul {at[-5:]} WIB" in talk.text
    assert talk.participant.reminders == ReminderWishes()
    plan = talk.participant.plan_at
    assert plan in talk.coming
    assert set(before) - set(talk.coming) <= {due for due in before if abs(due - plan) <= timedelta(hours=1)}


async def test_an_hour_said_on_the_persons_own_clock_is_told_on_it(makassar: Talk) -> None:
    makassar.now = EVENING.astimezone(UTC)
    await makassar.says("ingatkan nanti jam 10")
    assert planned(makassar) == "2021-10-18 22.00"
    assert "pukul 22.00 WITA" in makassar.text


async def test_an_hour_that_may_be_meant_for_every_day_is_offered_for_every_day() -> None:
    talk = Talk(WAVE_21, at=EVENING)
    await talk.says("ingatkan jam 19.45")
    await talk.presses("Semua pengingat pukul 19.45")
    assert talk.participant.reminders.at == time(19, 45)
    await talk.says("ingatkan nanti jam 9")
    assert not any("Semua pengingat" in label for label in talk.buttons)


async def test_a_second_wish_says_which_one_it_replaces() -> None:
    talk = Talk(WAVE_21, at=EVENING)
    await talk.says("ingatkan nanti jam 9")
    await talk.says("ingatkan besok jam 8 malam")
    assert planned(talk) == "2021-10-19 20.00"
    assert "menggantikan pengingat Senin, 18 Oktober 2021 pukul 21.00 WIB" in talk.plain


async def test_of_two_hours_in_one_message_it_says_which_one_is_kept() -> None:
    talk = Talk(WAVE_21, at=EVENING)
    await talk.says("ingetin besok jam 9 pagi sama jam 9 malam")
    assert planned(talk) == "2021-10-19 09.00"
    assert "satu pengingat tambahan" in talk.plain


async def test_an_hour_that_has_passed_is_told_and_asked_for_again() -> None:
    talk = Talk(WAVE_21, at=EVENING)
    await talk.says("ingatkan hari ini jam 7 malam")
    assert "Senin, 18 Oktober 2021 pukul 19.00 WIB sudah lewat" in talk.plain
    await talk.says("9")
    assert planned(talk) == "2021-10-18 21.00"


async def test_late_in_the_evening_the_night_is_too_late_and_not_the_deadline_too_near() -> None:
    talk = Talk(WAVE_21, at=EVENING.replace(hour=22, minute=30))
    await talk.says("ingetin nanti malem ya")
    assert "Malam ini sudah terlalu larut" in talk.plain
    assert "terlalu dekat" not in talk.plain
    await talk.presses("Besok pagi")
    assert planned(talk) == "2021-10-19 08.00"


async def test_a_day_behind_the_cutoff_is_told_to_be_behind_it() -> None:
    talk = Talk(WAVE_21, at=EVENING)
    await talk.says("ingetin minggu depan")
    assert planned(talk) == "2021-10-21 22.00"
    assert "batas belimu sudah lewat (Kamis, 21 Oktober 2021 pukul 23.59 WIB)" in talk.plain


@pytest.mark.parametrize(
    ("said", "clock"),
    [
        ("ingatkan tiap hari jam 9", time(9)),
        ("ingatkan tiap hari jam 19.45", time(19, 45)),
        ("pengingatnya jam setengah delapan malam aja", time(19, 30)),
        ("ganti jam pengingat jadi 19:45", time(19, 45)),
        ("remind me every day at 7 pm", time(19)),
        ("setiap jam 2 ingatkan", time(14)),
    ],
)
async def test_a_standing_wish_moves_the_hour_and_is_repeated(said: str, clock: time) -> None:
    talk = Talk(WAVE_21, at=EVENING)
    await talk.says(said)
    assert talk.participant.reminders.at == clock
    assert talk.participant.plan_at is None
    assert f"sekarang pukul {clock:%H.%M} WIB" in talk.plain
    assert f"Berikutnya: Rabu, 20 Oktober 2021 pukul {clock:%H.%M} WIB." in talk.plain


@pytest.mark.parametrize(
    "said", ["ingatkan tiap hari jam 7 pagi", "ingatkan tiap hari jam 7", "pengingatnya jam 23.00"]
)
async def test_an_hour_at_which_nothing_is_sent_is_told_and_asked_for_again(said: str) -> None:
    talk = Talk(WAVE_21, at=EVENING)
    await talk.says(said)
    assert "mulai pukul 08.00 dan sebelum pukul 21.00" in talk.plain
    assert talk.participant.reminders.at is None
    await talk.says("8.30 malam")
    assert talk.participant.reminders.at == time(20, 30)


async def test_every_hour_that_is_offered_is_the_hour_at_which_it_comes() -> None:
    talk = Talk(WAVE_21, at=EVENING)
    await talk.opens("reminder_hour")
    for label in [label for label in talk.buttons if label[0].isdigit()]:
        await talk.opens("reminder_hour")
        await talk.presses(label)
        assert f"Berikutnya: Rabu, 20 Oktober 2021 pukul {label} WIB." in talk.plain


async def test_who_has_bought_hears_what_is_reminded_of_and_when(jakarta: Talk) -> None:
    jakarta.participant = jakarta.participant.after(MilestoneReached(Milestone.BOUGHT, on=date(2021, 10, 17)))
    await jakarta.says("ingatkan besok jam 8")
    assert "hanya ada untuk batas beli" in jakarta.plain
    assert "Berikutnya: Rabu, 20 Oktober 2021 pukul 09.00 WIB" in jakarta.plain


async def test_an_hour_in_words_that_want_none_sets_nothing(jakarta: Talk) -> None:
    await jakarta.says("gausah ingetin jam 9")
    assert "jujur" in jakarta.plain, "it warns, and asks"
    assert jakarta.participant.plan_at is None
    assert jakarta.participant.reminders == ReminderWishes()


async def test_an_hour_that_is_not_wanted_is_asked_for_again(jakarta: Talk) -> None:
    await jakarta.says("jangan ingetin jam 5 pagi")
    assert "jam berapa?" in jakarta.plain
    assert jakarta.participant.reminders == ReminderWishes()


async def test_a_typed_number_among_hours_is_an_hour_and_no_place(jakarta: Talk) -> None:
    await jakarta.opens("reminder_hour")
    await jakarta.says("5")
    assert jakarta.participant.reminders.at == time(17)


async def test_the_zone_of_an_hour_is_not_where_the_person_lives() -> None:
    talk = Talk(replace(WAVE_21, zone=None), at=EVENING)
    await talk.says("ingatkan nanti jam 11 malam wit")
    assert talk.participant.zone is None
    assert planned(talk) == "2021-10-18 21.00"


@pytest.mark.parametrize(
    ("first", "then", "at"),
    [
        ("nanti malam jam 8 ingatkan", "jangan nanti malam lah lupa ada yasinan, besok pagi jam 9 saja", "19T09:00"),
        ("besok ingetin jam 8 malam buat beli", "eh jgn, jam 8 lg rame orderan. jam 10 malem aje", "19T22:00"),
        ("ingatkan besok jam 10 pagi buat beli", "eh jangan besok, sebentar malam saja jam 8", "18T20:00"),
        ("ingatkan besok jam 10 pagi buat beli", "jangan pagi, sore aja jam 4 deh", "19T16:00"),
        ("besok jam 10 malam ingatkan saya beli", "eh jangan, jam 4 sore aja", "19T16:00"),
        ("lg d jln ntr gw bl", "ga siang jg dh mlm an", "18T19:00"),
        ("lagi di jalan, nanti saya beli", "nanti sa beli jam 8 malam, ko hitung jakarta jam brp", "18T20:00"),
    ],
)
async def test_of_two_moments_the_one_that_is_not_set_aside_is_meant(
    jakarta: Talk, first: str, then: str, at: str
) -> None:
    await jakarta.says(first)
    await jakarta.says(then)
    planned = jakarta.participant.plan_at
    assert planned is not None
    assert planned.astimezone(jakarta.participant.local.tz).isoformat().startswith(f"2021-10-{at}")


@pytest.mark.parametrize("said", ["anak rewel, 2 jam lagi ingatkan", "sibuk nih, setengah jam lagi ingatkan"])
async def test_so_long_from_now_after_a_comma(jakarta: Talk, said: str) -> None:
    await jakarta.says(said)
    assert jakarta.participant.plan_at is not None
    assert jakarta.participant.plan_at - jakarta.now <= timedelta(hours=2)


async def test_an_hour_in_another_zone_is_no_question_about_zones() -> None:
    """The matter before was the cutoff, whose zones people ask about in like words."""
    talk = Talk(WAVE_21, at=EVENING)
    await talk.opens("deadline")
    await talk.says("ingatkan jam 22.00 WITA")
    assert planned(talk) == "2021-10-18 21.00"
    assert "pukul 21.00 WIB" in talk.text
