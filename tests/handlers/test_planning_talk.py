"""A plan keeps the hour that the person named, as far as it is safe."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from talking import Talk

from handlers.wanted_moment import heard_moment
from programme.events import PlanMade, RemindersWished
from programme.participants import Participant
from programme.zones import Zone

WAVE_21 = Participant(id=1, welcomed=True, wave=21, zone=Zone.WIB)
AFTER = datetime.fromisoformat("2021-10-22T10:00:00+07:00")
MOMENTS = st.integers(0, 3_000_000).map(lambda minutes: NINE.astimezone(Zone.WIT.tz) + timedelta(minutes=minutes))
NINE = datetime.fromisoformat("2021-10-18T09:00:00+07:00")


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
    await jayapura.opens("plan", date="2021-10-19", hour="22:00")
    assert planned(jayapura) == "2021-10-19 22.00"
    assert jayapura.participant.plan_at == datetime.fromisoformat("2021-10-19T22:00:00+09:00").astimezone(UTC)


async def test_the_question_when_takes_an_hour_too(jakarta: Talk) -> None:
    await jakarta.opens("plan")
    assert jakarta.buttons == ["🌙 Nanti malam", "🌅 Besok pagi", "Belum tahu"]
    await jakarta.says("besok jam 7 malam aja")
    assert planned(jakarta) == "2021-10-19 19.00"


async def test_no_plan_is_made_where_none_is_safe_any_more() -> None:
    talk = Talk(WAVE_21, at=datetime.fromisoformat("2021-10-21T22:10:00+07:00"))
    await talk.opens("plan", date="2021-10-21", hour="23:30")
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


@given(MOMENTS, st.integers(1, 23), st.sampled_from(["jam", "menit"]))
def test_so_long_from_now_is_so_long(now: datetime, count: int, unit: str) -> None:
    here = now.replace(second=0, microsecond=0)
    left = timedelta(hours=count) if unit == "jam" else timedelta(minutes=count)
    assert heard_moment(f"ingetin {count} {unit} lagi ya", here) == (here + left).isoformat(timespec="minutes")


@given(MOMENTS, st.integers(1, 12), st.sampled_from(["", " malam"]))
def test_an_hour_is_the_next_such_hour(here: datetime, hour: int, part: str) -> None:
    heard = heard_moment(f"ingatkan jam {hour}{part}", here)
    assert heard is not None
    at = datetime.fromisoformat(heard)
    assert timedelta(0) < at - here <= timedelta(days=1)
    assert at.hour % 12 == hour % 12
    assert heard_moment(heard, here) == heard


@pytest.mark.parametrize(
    "said", ["ingatkan aku", "ingatkan 3 orang temanku", "siang ini jam 8 pagi", "tanggal 17 jam 9"]
)
def test_what_names_no_moment_ahead_is_none(said: str) -> None:
    assert heard_moment(said, NINE) is None
