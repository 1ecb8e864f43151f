"""One reader of moments: what people say about hours and days is the moment that they mean."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.understanding.durations import still_waited
from handlers.understanding.moment_meant import moment_meant
from handlers.understanding.moments import Past, SomeTime, read_clock, read_moment
from handlers.understanding.spelling import spelt
from programme.model.zones import Zone

EVENING = datetime.fromisoformat("2021-10-18T20:00:00+07:00")
"""A Monday, eight o'clock in the evening in Jakarta."""
MORNING = EVENING.replace(hour=9)
NIGHT = EVENING.replace(hour=1)
CUTOFF = datetime.fromisoformat("2021-10-21T23:59:59+07:00")
MINUTES = st.integers(0, 3_000_000)
NOWS = MINUTES.map(lambda minutes: MORNING.astimezone(Zone.WIT.tz) + timedelta(minutes=minutes))


def heard(said: str, now: datetime, *, asked_for: bool = False) -> str:
    read = read_moment(said, now, asked_for=asked_for, cutoff=CUTOFF)
    match read:
        case datetime():
            return f"{read.astimezone(now.tzinfo):%d %H.%M}"
        case Past(at):
            return f"past {at:%d %H.%M}"
        case _:
            return str(read)


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("ingatkan nanti jam 9", "18 21.00"),
        ("jam 10 malam ini", "18 22.00"),
        ("malam ini sekitar jam 10 an", "18 22.00"),
        ("jam 19.45", "19 19.45"),
        ("jam 21:15 ya", "18 21.15"),
        ("jam 2130", "18 21.30"),
        ("jam 9 30", "18 21.30"),
        ("jam sembilan tiga puluh", "18 21.30"),
        ("jam setengah sepuluh malam", "18 21.30"),
        ("setengah 10 malem ini", "18 21.30"),
        ("jam 9 kurang seperempat", "18 20.45"),
        ("jam 10 kurang 5", "18 21.55"),
        ("jam 9 lewat 10", "18 21.10"),
        ("jam 10 malam kurang seperempat", "18 21.45"),
        ("jam 9 malem lewat 5", "18 21.05"),
        ("nanti subuh", "19 05.00"),
        ("nanti pagi", "19 08.00"),
        ("habis sahur", "19 04.00"),
        ("tadi jam 9", "None"),
        ("salah pencet tadi", "None"),
        ("jam 9 lewat seperempat malam", "18 21.15"),
        ("jam 9 lebih 10 menit nanti malam", "18 21.10"),
        ("besok malam jam 7", "19 19.00"),
        ("jam 7 besok malam", "19 19.00"),
        ("besok jam 2", "19 14.00"),
        ("besok jam 9", "19 09.00"),
        ("besok siang jam setengah satu", "19 12.30"),
        ("besok sore", "19 16.00"),
        ("lusa pagi", "20 08.00"),
        ("kamis jam 12 malam", "22 00.00"),
        ("nanti jam 12", "19 00.00"),
        ("jam 12", "19 00.00"),
        ("nanti malam jam 1", "19 01.00"),
        ("jam 2 dini hari", "19 02.00"),
        ("tengah malam", "19 00.00"),
        ("hari ini jam 00.00", "19 00.00"),
        ("tanggal 18 jam 00.00", "19 00.00"),
        ("malam ini jam 12 malam", "19 00.00"),
        ("besok jam 12 malam", "20 00.00"),
        ("sebelum jam 12 malam", "18 23.59"),
        ("sblm jam 12", "18 23.59"),
        ("sblm tengah mlm", "18 23.59"),
        ("besok sebelum tengah malam", "19 23.59"),
        ("sebelum jam 12 siang besok", "19 12.00"),
        ("sebelum jam 10 malam", "18 22.00"),
        ("jam 3", "19 15.00"),
        ("jam 6", "19 06.00"),
        ("2 jam lagi", "18 22.00"),
        ("dua jam setengah lagi", "18 22.30"),
        ("1,5 jam lagi", "18 21.30"),
        ("sejam setengah lagi", "18 21.30"),
        ("1 jam 20 menit lagi", "18 21.20"),
        ("setengah jam lg", "18 20.30"),
        ("seperempat jam lagi", "18 20.15"),
        ("dalam 2 jam", "18 22.00"),
        ("30 menit dari sekarang", "18 20.30"),
        ("abis isya besok", "19 19.30"),
        ("abis magrib", "19 18.30"),
        ("ntar malem", "tonight"),
        ("besok pagi", "tomorrow_morning"),
        ("remind me at 9", "18 21.00"),
        ("in 2 hours", "18 22.00"),
        ("tomorrow at 7.30 pm", "19 19.30"),
        ("tonight at 9", "18 21.00"),
        ("tonight 9", "18 21.00"),
        ("9 in the evening", "18 21.00"),
        ("half past eight", "18 20.30"),
        ("quarter to 10 pm", "18 21.45"),
        ("twenty past nine tonight", "18 21.20"),
        ("tomorrow, ten to seven in the morning", "19 06.50"),
        ("half past midnight", "19 00.30"),
        ("tomorrow at noon", "19 12.00"),
        ("tomorrow at half past noon", "19 12.30"),
        ("9 p.m.", "18 21.00"),
        ("8 o'clock in the morning", "19 08.00"),
        ("in an hour and a half", "18 21.30"),
        ("in 2 hrs", "18 22.00"),
        ("the day after tomorrow at 8 am", "20 08.00"),
        ("in three days at 7 pm", "21 19.00"),
        ("next monday", "25 08.00"),
        ("on the 20th at 7 pm", "20 19.00"),
        ("oct 20th, 9am", "20 09.00"),
        ("20 oktober", "20 08.00"),
        ("this evening", "tonight"),
        ("tomorrow evening at 8", "19 20.00"),
        ("i finish work at 5, remind me at 9", "18 21.00"),
        ("jam 5 pulang kerja, ingatkan jam 9 malam", "18 21.00"),
        ("on the last day", "21 08.00"),
        ("hari terakhir jam 8 malam", "21 20.00"),
        ("jam 11 malam waktu makassar", "18 22.00"),
        ("at 11 pm bali time", "18 22.00"),
        ("at 50 percent", "None"),
        ("the 2nd course", "None"),
        ("jam 9 malam wita", "19 20.00"),
        ("jam 11 malam wit", "18 21.00"),
        ("hari ini jam 7", "past 18 19.00"),
        ("sejam sebelum batas beli", "21 22.59"),
        ("sehari sebelum batas jam 7 malam", "20 19.00"),
        ("seminggu sebelum batas", "past 14 08.00"),
        ("malam minggu jam 8", "23 20.00"),
        ("malem jumat", "21 19.00"),
        ("jumat malam jam 9", "22 21.00"),
        ("snooze 30 menit", "18 20.30"),
        ("tunda sampe besok", "tomorrow_morning"),
        ("selamat malam, ingatkan besok jam 8", "19 08.00"),
        ("nanti ya", "None"),
        ("ingatkan 3 orang temanku", "None"),
        ("jam 25", "None"),
        ("sebentar lagi", "None"),
    ],
)
def test_said_at_eight_in_the_evening_it_means(said: str, at: str) -> None:
    assert heard(said, EVENING) == at


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("nanti jam 9", "18 21.00"),
        ("jam 10", "18 10.00"),
        ("jam 8", "18 20.00"),
        ("jam 5", "18 17.00"),
        ("jam 7 pagi", "19 07.00"),
        ("sore ini", "18 16.00"),
        ("pagi ini", "18 10.00"),
        ("siang ini jam 8 pagi", "past 18 08.00"),
        ("kemarin jam 9", "past 17 09.00"),
        ("hari ini", "tonight"),
    ],
)
def test_said_at_nine_in_the_morning_it_means(said: str, at: str) -> None:
    assert heard(said, MORNING) == at


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("malam ini jam 2", "18 02.00"),
        ("jam 3", "18 03.00"),
        ("besok jam 9", "18 09.00"),
        ("nanti malam jam 8", "18 20.00"),
    ],
)
def test_in_the_small_hours_tomorrow_comes_after_the_sleep(said: str, at: str) -> None:
    assert heard(said, NIGHT) == at


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("9", "18 21.00"),
        ("9 pagi", "19 09.00"),
        ("19.45", "19 19.45"),
        ("udah 3x", "None"),
        ("sudah 5 kali", "None"),
        ("barusan", "None"),
        ("dini hari", "19 03.00"),
    ],
)
def test_where_a_moment_was_asked_for_a_number_is_an_hour(said: str, at: str) -> None:
    assert heard(said, EVENING, asked_for=True) == at


def test_before_the_end_means_nothing_where_the_end_is_not_known() -> None:
    assert read_moment("ingatkan sejam sebelum batas", EVENING) is None


@pytest.mark.parametrize(
    ("said", "clocks"),
    [
        ("tiap hari jam 9", ["09.00", "21.00"]),
        ("tiap hari jam 19.45", ["19.45"]),
        ("tiap hari jam setengah delapan malam", ["19.30"]),
        ("jam 7 lewat 10 pagi", ["07.10"]),
        ("jam 8 wib", ["10.00", "22.00"]),
        ("tiap hari", []),
    ],
)
def test_an_hour_of_every_day_is_on_the_persons_own_clock(said: str, clocks: list[str]) -> None:
    here = EVENING.astimezone(Zone.WIT.tz)
    assert [f"{clock:%H.%M}" for clock in read_clock(said, here)] == clocks


@given(NOWS, st.integers(1, 23), st.sampled_from(["jam", "menit"]), st.sampled_from(["lagi", "dari sekarang"]))
def test_so_long_from_now_is_so_long(now: datetime, count: int, unit: str, ending: str) -> None:
    left = timedelta(hours=count) if unit == "jam" else timedelta(minutes=count)
    assert read_moment(f"ingetin {count} {unit} {ending} ya", now) == now + left


@given(NOWS, st.integers(1, 12), st.integers(0, 59), st.sampled_from(["", " malam"]))
def test_an_hour_is_the_next_such_hour(now: datetime, hour: int, minute: int, part: str) -> None:
    read = read_moment(f"ingatkan jam {hour}.{minute:02}{part}", now)
    assert isinstance(read, datetime)
    assert timedelta(0) < read - now <= timedelta(hours=25)
    assert (read.hour % 12, read.minute) == (hour % 12, minute)


@given(NOWS, st.integers(13, 23), st.integers(0, 59))
def test_an_hour_of_the_long_day_is_kept_to_the_minute(now: datetime, hour: int, minute: int) -> None:
    read = read_moment(f"ingatkan jam {hour}:{minute:02}", now)
    assert isinstance(read, datetime)
    assert now < read <= now + timedelta(days=1)
    assert read.time() == time(hour, minute)


@given(NOWS, st.integers(1, 12), st.integers(1, 29))
def test_minutes_before_and_after_an_hour_are_counted_from_it(now: datetime, hour: int, minutes: int) -> None:
    after = read_moment(f"besok jam {hour} lewat {minutes} malam", now)
    before = read_moment(f"besok jam {hour} kurang {minutes} malam", now)
    assert isinstance(after, datetime)
    assert isinstance(before, datetime)
    assert (after - before) % timedelta(hours=12) == timedelta(minutes=2 * minutes)


@given(NOWS, st.integers(1, 12), st.sampled_from(list(Zone)))
def test_a_zone_named_with_the_hour_is_its_clock(now: datetime, hour: int, zone: Zone) -> None:
    read = read_moment(f"ingatkan jam {hour} {zone.value.lower()}", now)
    assert isinstance(read, datetime)
    assert read.astimezone(zone.tz).hour % 12 == hour % 12


@given(st.text(max_size=60), NOWS)
def test_whatever_is_written_is_a_moment_ahead_or_none(text: str, now: datetime) -> None:
    read = read_moment(text, now, asked_for=True, cutoff=CUTOFF)
    assert not isinstance(read, datetime) or read >= now
    assert isinstance(read, datetime | SomeTime | Past | None)


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("harus nunggu 2 jam, keburu ga", 2),
        ("kalau tunggu sejam lagi masih bisa?", 1),
        ("udah nunggu 2 jam", None),
        ("2 jam lagi", None),
    ],
)
def test_what_is_still_to_be_waited_is_told_from_what_was(said: str, hours: int | None) -> None:
    assert still_waited(spelt(said)) == (None if hours is None else timedelta(hours=hours))


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("plg jam 3. jam 4 sore aja besok", "19 16.00"),  # the hour with *saja* is chosen
        ("hari rabu saja. rabu itu pasar bubar jam 12, jam 1 siang ibu beli pelatihannya", "20 13.00"),
        ("besok jam 8 ke kota, belinya lusa jam 9", "20 09.00"),
        ("jangan jam 8, jam 10 malam saja", "18 22.00"),
        ("itu jam 10 malam jam Bali, bukan jam Jakarta", "18 21.00"),
        ("jam 10 malam waktu Makassar", "18 21.00"),
        ("jmat jam 9 pagi", "22 09.00"),
        ("nanti rabu malam baru pulang. Kase inga pa kita jam stengah tiga pagi hari kamis neh", "21 02.30"),
        ("Bukan rabu ngana, KAMIS jam 8 pagi. Rabu kita masih di laut", "21 08.00"),  # denied wherever it is named
        ("stengah tiga itu nda jadi, pindah jo ka jam ampat subuh. Stengah tiga kita masih ba angka ikan", "19 04.00"),
        ("ojo jam 8 mas, ganti jam 9 wae", "18 21.00"),
        ("jam limo sore ora sido, jam pitu isuk wae", "19 07.00"),
        ("kamis jam 8 malam, bukan rabu jam 8", "21 20.00"),
        ("kamis sore nda jadi, jadi kamis malam jam 8", "21 20.00"),
        ("ganti dari jam 7 ke jam 9 malam", "18 21.00"),
        ("jam 5 subuh bukan jam 5 sore", "19 05.00"),
        ("rebo ora iso, kemis wae jam 10 isuk", "21 10.00"),
        ("dino rebo aku neng sawah, elingno kemis jam 5 isuk", "21 05.00"),
        ("sibuk jam 8, jam 9 aja", "18 21.00"),
        ("jangan lupa jam 8 malam ya", "19 20.00"),
        ("kamis nda jadi", "None"),  # nothing is left to be planned
        ("jangan jam 8", "None"),
    ],
)
def test_of_several_hours_the_one_that_is_meant_is_read_with_its_day(said: str, at: str) -> None:
    assert heard(moment_meant(said, today=EVENING.date()), EVENING, asked_for=True) == at
