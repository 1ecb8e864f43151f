"""What people answer to *kapan kamu mau beli?* and to *sudah tampil di dashboard?*, in their own words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from talking import Talk

from programme.model.milestones import Milestone, Source, Step
from programme.model.participants import Participant
from programme.model.zones import Zone
from programme.programme import load_programme
from reminders.policy import load_policy
from reminders.timetable import timetable
from reminders.wording.compose import without_picture
from reminders.wording.situation import ReminderSituation

LAST_EVENING = datetime.fromisoformat("2021-10-21T19:10:00+07:00")
MONDAY = datetime.fromisoformat("2021-10-18T09:30:00+07:00")


def _asked(person: Participant, at: datetime) -> Talk:
    """Have somebody read the message of Sobat's own that was due last."""
    programme, policy, now = load_programme(), load_policy(), at.astimezone(UTC)
    past = [due for due in timetable(person, programme, policy) if due.at <= now]
    last = max(past, key=lambda due: due.at)
    talk = Talk(person, at=at)
    message = without_picture(last.source, ReminderSituation(person, programme, policy, min(now, last.not_after)))
    assert message is not None
    talk.read(message)
    return talk


def _buyer() -> Participant:
    step = Step(Milestone.BOUGHT, on=date(2021, 10, 19), platform="tokopedia", source=Source.SELF)
    return replace(_passed(), progress={Milestone.BOUGHT: step})


def _passed() -> Participant:
    return Participant(id=1, welcomed=True, wave=21, zone=Zone.WIB)


@pytest.mark.parametrize(
    "said",
    [
        "udah ada kok",
        "sudah terpampang nyata",
        "tampil min, trus gimana lagi",
        "udh tampil kak. tp sy blm mulai nonton, hangus ga nanti mlm?",
        "makasih ya udah diingetin, udah muncul",
    ],
)
async def test_a_purchase_that_was_seen_ends_the_reminders(said: str) -> None:
    talk = _asked(_buyer(), LAST_EVENING)
    await talk.says(said)
    assert talk.participant.progress[Milestone.BOUGHT].source is Source.SEEN


@pytest.mark.parametrize(
    "said",
    [
        "belum euy",
        "ada, tapi tulisannya menunggu",
        "di riwayat transaksi tokped ada tapi di prakerja ngga",
        "muncul di hp istri, di hp saya ngga",
        "saldo masih utuh sejuta",
        "sonde ada kaka",
    ],
)
async def test_what_does_not_show_or_is_not_done_there_is_no_purchase(said: str) -> None:
    talk = _asked(_buyer(), LAST_EVENING)
    await talk.says(said)
    assert Milestone.BOUGHT not in talk.participant.progress
    assert "Jangan beli ulang dulu" in talk.plain


@pytest.mark.parametrize(
    "said",
    [
        "kata temen saya udah muncul",
        "kyknya udah",
        "bentar tak cek",
        "lagi ga bisa buka, sinyal jelek",
        "ga perlu dicek udah pasti",
        "kalau belum tampil berarti hangus?",
        "sudah muncul di hp anak saya",
    ],
)
async def test_what_the_person_has_not_seen_settles_nothing(said: str) -> None:
    talk = _asked(_buyer(), LAST_EVENING)
    await talk.says(said)
    assert talk.participant.progress[Milestone.BOUGHT].source is Source.SELF
    assert "23.59 WIB" in talk.plain


@pytest.mark.parametrize("said", ["gak tau", "lupa caranya ngecek", "dimana liatnya", "dashboard apaan"])
async def test_who_does_not_know_where_to_look_is_told(said: str) -> None:
    talk = _asked(_buyer(), LAST_EVENING)
    await talk.says(said)
    assert "halaman akunmu" in talk.plain


async def test_who_is_locked_out_gets_help_with_the_account() -> None:
    talk = _asked(_buyer(), LAST_EVENING)
    await talk.says("passwordnya lupa jadi ga bisa buka dashboard")
    assert "Atur ulang" in talk.plain


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("udah min tp blm masuk dashboard", "Belinya di platform mana?"),
        ("emangnya bayar?", "tidak perlu uangmu sendiri"),
        ("apa harus sekarang", "Kamis, 21 Oktober 2021 pukul 23.59 WIB"),
        ("kenapa pulak harus cepat cepat saya lagi jaga istri di rumah sakit", "Jam berapa kira-kira sempat?"),
        ("kok buru-buru amat sih", "30 hari"),
    ],
)
async def test_what_keeps_somebody_from_buying_is_met(said: str, heard: str) -> None:
    talk = _asked(_passed(), MONDAY)
    await talk.says(said)
    assert heard in talk.plain
    assert not talk.participant.progress


@pytest.mark.parametrize(
    ("said", "then", "planned"),
    [
        ("besok malem aja ya", "jam 8 lah abis futsal", "2021-10-19T20:00"),
        ("lusa pagi", "jam 10 deng", "2021-10-20T10:00"),
        ("besok malem aja ya", "eh nanti malam jam 8 aja", "2021-10-18T20:00"),
        ("besok malem aja ya", "2 jam lagi deh", "2021-10-18T11:30"),
    ],
)
async def test_an_hour_right_after_a_plan_is_of_the_planned_day(said: str, then: str, planned: str) -> None:
    talk = _asked(_passed(), MONDAY)
    await talk.says(said)
    await talk.says(then)
    assert talk.participant.plan_at is not None
    assert f"{talk.participant.plan_at.astimezone(Zone.WIB.tz):%Y-%m-%dT%H:%M}" == planned
