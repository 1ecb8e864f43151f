"""Hours of two zones, and days held against an end: yes or no first."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from talking import Talk

from handlers.understanding.days_asked import days_asked
from handlers.understanding.moments import read_moment
from handlers.understanding.same_hours import hours_there
from programme.calendars import YearEnd
from programme.model.events import MilestoneReached
from programme.model.milestones import Milestone
from programme.model.participants import Participant
from programme.model.zones import Zone
from programme.programme import load_programme

CUTOFF = datetime.fromisoformat("2021-10-21T23:59:59+07:00")
MORNING = datetime.fromisoformat("2021-10-19T08:00:00+07:00")
MADE_BY = datetime.fromisoformat("2021-12-13T09:00:00+07:00")


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ("jam 10 malam jakarta = jam 12 malam jayapura", True),
        ("pukul 21.00 WIB sama dengan pukul 22.00 WIT", False),
        ("jam 9 di jakarta berarti jam 11 di ambon kan", True),
        ("23.59 wib itu jam 00.59 di makassar ya", True),
        ("di kupang jam 8 pagi, jakarta jam 9 pagi?", False),
    ],
)
def test_two_hours_are_the_same_moment_or_not(said: str, same: bool) -> None:
    one, other = hours_there(said, None)
    assert one.is_same(other) is same


def test_here_is_the_persons_own_clock() -> None:
    said = "jam 10 malam di jakarta itu jam 12 malam di sini toh"
    assert [one.zone for one in hours_there(said, Zone.WIT)] == [Zone.WIB, Zone.WIT]
    assert len(hours_there(said, None)) == 1


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("tgl 15 apa 16 tutupnya", (15, 16)),
        ("masih bisa besok lusa", (16,)),
        ("kalau kamis", (16,)),
        ("tanggal 15", (15,)),
        ("rekening saya", ()),
    ],
)
def test_the_days_of_a_question_lie_ahead(said: str, days: tuple[int, ...]) -> None:
    assert tuple(day.day for day in days_asked(said, date(2021, 12, 14))) == days


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("H-2 sore jam 5an", "2021-10-19 17:00"),
        ("h min 1", "2021-10-20 08:00"),
        ("H - 3 malam", "2021-10-18 19:00"),
        ("dua hari sebelum batas sore jam 5", "2021-10-19 17:00"),
    ],
)
def test_days_are_counted_down_from_the_cutoff(said: str, at: str) -> None:
    now = datetime(2021, 10, 14, 9, 30, tzinfo=ZoneInfo("Asia/Jakarta"))
    found = read_moment(said, now, cutoff=CUTOFF)
    assert isinstance(found, datetime)
    assert f"{found:%Y-%m-%d %H:%M}" == at


@pytest.mark.parametrize(
    "said", ["pagi kak, saya mau tanya", "jangan sampai saya lewat tanggal 21", "malem min, mau nanya dong"]
)
def test_a_greeting_and_a_feared_day_are_no_moment(said: str) -> None:
    now = datetime(2021, 10, 14, 9, 30, tzinfo=ZoneInfo("Asia/Jakarta"))
    assert read_moment(said, now) is None


def test_the_ends_of_a_year_are_known_from_the_day_they_were_told() -> None:
    programme = load_programme()
    known = programme.calendar(21, MADE_BY)
    assert known is not None
    ends = {what: known.cutoff(what) for what in YearEnd}
    assert {what: end and end.day for what, end in ends.items()} == {
        YearEnd.BALANCE: date(2021, 11, 30),
        YearEnd.SURVEYS: date(2021, 12, 10),
        YearEnd.LINKING: date(2021, 12, 15),
    }
    before = programme.calendar(21, datetime.fromisoformat("2021-11-01T09:00:00+07:00"))
    assert before is not None
    assert all(before.cutoff(what) is None for what in YearEnd)


async def test_a_day_after_the_last_is_never_said_to_do() -> None:
    """The day it closes is the day on the programme's clock, whatever the person's own says."""
    for zone, said in ((Zone.WIB, "terlambat"), (Zone.WITA, "00.59 WITA"), (Zone.WIT, "01.59 WIT")):
        person = Participant(id=1, welcomed=True, wave=18, zone=zone).after(MilestoneReached(Milestone.BOUGHT))
        talk = Talk(person, at=MADE_BY)
        await talk.says("tanggal 16 masih bisa sambung rekening ga")
        assert said in talk.text
        assert "✅" not in talk.text


async def test_an_hour_is_by_the_clock_of_the_place_that_was_named() -> None:
    talk = Talk(Participant(id=1, welcomed=True, wave=21), at=MORNING)
    await talk.says("batasnya kalau di makassar sampai jam berapa?")
    assert talk.participant.zone is None
    await talk.says("nanti sore saya beli pulang kerja jam 5")
    assert talk.participant.plan_at == MORNING.replace(hour=16, minute=0)
    assert "17.00 WITA = 16.00 WIB" in talk.plain
    await talk.says("kok belum diingatkan, katanya mau ingatkan jam 5")
    assert talk.participant.plan_at == MORNING.replace(hour=16, minute=0)
    assert "Maaf" in talk.plain


@pytest.mark.parametrize(
    ("said", "on", "told"),
    [
        ("sudah beli di tokopedia tadi jam 12.40 malam", 21, "22 Oktober 2021 WIT = Kamis, 21 Oktober 2021 WIB"),
        ("sudah beli di tokopedia kemarin", 21, "21 Oktober 2021"),
        ("sudah beli di tokopedia tanggal 22", 21, "masih sebelum batas"),
    ],
)
async def test_the_day_of_a_purchase_is_that_of_wib(said: str, on: int, told: str) -> None:
    talk = Talk(Participant(id=1, welcomed=True, wave=21, zone=Zone.WIT), at=CUTOFF.replace(hour=22, minute=48))
    await talk.says(said)
    assert talk.participant.progress[Milestone.BOUGHT].on == date(2021, 10, on)
    assert told in talk.plain
    await talk.says("loh batasnya kan 21. sa terlambat kah?")
    assert talk.plain.startswith("✅ Tidak terlambat")


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("teman bilang batasnya jam 12 malam papua, betul kah?", "❌ Bukan jam itu"),
        ("batasnya jam 2 malam papua, betul kah?", "✅ Ya, betul"),
        ("batasnya jam 23.59 wib, betul kah?", "✅ Ya, betul"),
    ],
)
async def test_an_hour_that_is_to_be_confirmed_is_confirmed_or_denied(said: str, verdict: str) -> None:
    talk = Talk(Participant(id=1, welcomed=True, wave=21, zone=Zone.WIT), at=CUTOFF.replace(hour=20))
    await talk.says(said)
    assert talk.plain.startswith(verdict)


@pytest.mark.parametrize(
    ("said", "on"),
    [
        ("sudah beli tgl 22 jam 00.30 di tokopedia", 21),
        ("sudah beli tgl 22 jam 01.30 malam di tokopedia", 22),
        ("sudah beli tgl 22 jam 1 di tokopedia", 22),
        ("sudah beli tgl 21 jam 23.40 wib di tokopedia", 21),
    ],
)
async def test_an_hour_told_later_decides_the_day_in_wib(said: str, on: int) -> None:
    person = Participant(id=1, welcomed=True, wave=21, zone=Zone.WITA)
    talk = Talk(person, at=CUTOFF.replace(day=22, hour=20))
    await talk.says(said)
    assert talk.participant.progress[Milestone.BOUGHT].on == date(2021, 10, on)
    assert ("sesudah batas beli" in talk.plain) is (on > CUTOFF.day)


async def test_the_cutoff_that_somebody_names_is_confirmed_once(jakarta: Talk) -> None:
    await jakarta.says("batasnya jam 12 malam, bener ga?")
    assert jakarta.plain.count("etul") == 1
