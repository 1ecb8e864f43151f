"""Around the cutoff: which of two dates is right, what the clock shows here, and what is ordered beside a question."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from talking import Talk

from programme.model.events import MilestoneReached
from programme.model.milestones import Milestone, Step
from programme.model.participants import Participant
from programme.model.zones import Zone

LAST_NIGHT = datetime.fromisoformat("2021-10-21T23:30:00+07:00")
THEIR_DAY_IS_OVER = datetime.fromisoformat("2021-10-17T19:00:00+07:00")


def someone(zone: Zone = Zone.WIB, *, at: str = "2021-10-18T09:00:00+07:00", wave: int = 21) -> Talk:
    return Talk(Participant(id=1, welcomed=True, wave=wave, zone=zone), at=datetime.fromisoformat(at))


def planned(talk: Talk) -> str | None:
    at = talk.participant.plan_at
    return at and f"{at.astimezone(talk.participant.local.tz):%Y-%m-%d %H.%M}"


@pytest.mark.parametrize(
    "said",
    [
        "kata teman batasnya tgl 18, kataku tgl 21. mana yg benar?",
        "jd yg bener tgl 18 apa 21 okt?",
        "18 atau 21 oktober sih batasnya",
        "di berita batasnya 18 oktober, di sini 21, kok beda sih",
    ],
)
async def test_of_two_dates_the_wrong_one_is_named_as_wrong(said: str) -> None:
    talk = someone()
    await talk.says(said)
    assert talk.plain.startswith("✅ Yang benar 21 Oktober 2021, bukan tanggal 18.")


@pytest.mark.parametrize(
    "said",
    ["30 hari itu dihitung dari kapan?", "30 harinya itu hari kerja apa kalender?", "hari ke berapa dari 30 hari?"],
)
async def test_the_days_are_counted_out_from_the_announcement(said: str) -> None:
    talk = someone()
    await talk.says(said)
    assert "hari pertama (22 September 2021), jadi hari ke-30 itu 21 Oktober 2021" in talk.plain


async def test_each_wave_is_counted_from_its_own_announcement() -> None:
    talk = someone(at="2021-10-10T09:00:00+07:00", wave=20)
    await talk.says("30 hari itu dihitung dari kapan?")
    assert "hari pertama (15 September 2021), jadi hari ke-30 itu 14 Oktober 2021" in talk.plain


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        (Zone.WITA, "di sini sudah stengah 1 malam, lambat dah leh?"),
        (Zone.WITA, "sudah mi jam setengah satu malam di sini, telat mi ka?"),
        (Zone.WIT, "sini su jam stengah dua pagi, su hangus kah"),
        (Zone.WIB, "udah jam setengah 12, masih keburu ga"),
    ],
)
async def test_the_hour_that_the_clock_shows_here_is_this_moment(zone: Zone, said: str) -> None:
    talk = Talk(Participant(id=1, welcomed=True, wave=21, zone=zone), at=LAST_NIGHT)
    await talk.says(said)
    assert talk.plain.startswith("✅ Masih bisa")


async def test_an_hour_that_the_clock_does_not_show_is_asked_of_as_one_to_come() -> None:
    talk = someone()
    await talk.says("kalau sudah jam 1 pagi tanggal 22, masih bisa ga")
    assert "❌" in talk.text


@pytest.mark.parametrize(
    "said", ["sa bisanya sabtu", "saya baru bisa hari jumat", "otp gagal terus. lanjut sabtu saja ya"]
)
async def test_a_day_that_suits_after_the_cutoff_is_said_to_be_too_late(said: str) -> None:
    talk = someone()
    await talk.says(said)
    assert "sudah terlambat" in talk.plain
    assert planned(talk) is None


async def test_a_day_that_suits_before_the_cutoff_is_not() -> None:
    talk = someone()
    await talk.says("saya bisanya rabu")
    assert "terlambat" not in talk.plain


async def test_watching_may_wait_where_buying_may_not() -> None:
    talk = someone(at="2021-10-20T20:40:00+07:00")
    await talk.says("nontone senin iso? minggu narik")
    assert "cukup membeli" in talk.plain
    await talk.says("nek tukune senin iso?")
    assert "Senin, 25 Oktober 2021 sudah terlambat" in talk.plain


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("besok jam 8 malam kubeli, ingatkan ya. Videonya harus selesai sebelum jumat? Atau beli saja dulu?", "cukup"),
        ("bayarnya pake apa? trs ingetin aku besok jam 8 malem ya", "nomor Kartu Prakerja"),
        ("mau ambil yang barista, besok jam 8 malam belinya. ada pelatihan barista?", "barista"),
    ],
)
async def test_what_is_ordered_beside_a_question_is_done_and_the_question_answered(said: str, answered: str) -> None:
    talk = someone()
    await talk.says(said)
    assert answered in talk.plain
    assert planned(talk) == "2021-10-19 20.00"


@pytest.mark.parametrize(
    "said",
    [
        "besok jam 8 malam batas belinya ya? bayarnya pake apa?",
        "temanku beli besok jam 8 malam, bayarnya pake apa?",
        "jangan beli besok jam 8 malam ya? bayarnya pake apa?",
    ],
)
async def test_no_plan_is_made_of_what_is_asked_denied_or_anothers(said: str) -> None:
    talk = someone()
    await talk.says(said)
    assert planned(talk) is None


async def test_a_plan_in_formal_words_is_noted_and_a_second_hour_takes_its_place() -> None:
    talk = someone()
    await talk.says("Insya Allah saya akan membelinya besok, hari Selasa, pukul sembilan pagi.")
    assert planned(talk) == "2021-10-19 09.00"
    await talk.says("maaf, jam sebelas saja")
    assert planned(talk) == "2021-10-19 11.00"
    assert "menggantikan" in talk.plain
    assert not any(isinstance(event, MilestoneReached) for event in talk.events)


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("istri saya gelombang 20, sudah beli tgl 12 di tokopedia, aman kan?", "dia aman"),
        ("laki gua gel 20 belinya tgl 15 oktober, masih kehitung ga", "sesudah batasnya"),
    ],
)
async def test_a_relatives_purchase_is_held_against_their_own_cutoff(said: str, verdict: str) -> None:
    talk = Talk(Participant(id=1, welcomed=True, wave=21, zone=Zone.WIB), at=THEIR_DAY_IS_OVER)
    await talk.says(said)
    assert verdict in talk.plain
    assert "Batasmu sendiri Kamis, 21 Oktober 2021" in talk.plain
    assert not talk.participant.has(Milestone.BOUGHT)


async def test_whoever_turns_from_a_relative_to_themselves_hears_their_own_cutoff() -> None:
    talk = Talk(Participant(id=1, welcomed=True, wave=21, zone=Zone.WIB), at=THEIR_DAY_IS_OVER)
    await talk.says("adik saya gelombang 20, batasnya kapan?")
    await talk.says("punya saya masih tgl 21 kan, bukan ikut punya adik")
    assert "gelombang 21" in talk.plain


async def test_nobody_buys_with_a_relatives_account() -> None:
    talk = someone(Zone.WIT)
    await talk.says("sa pu maitua su beli di tokopedia kmarin")
    await talk.says("dia pu kartu sendiri, sa pu blm")
    await talk.says("jadi sa pake dia pu saja bisa kah")
    assert talk.plain.startswith("❌ Tidak bisa")
    assert talk.coming


async def test_a_relatives_wave_takes_no_purchase_of_ones_own_back() -> None:
    bought = {Milestone.BOUGHT: Step(Milestone.BOUGHT, on=date(2021, 10, 20))}
    talk = Talk(
        Participant(id=1, welcomed=True, wave=21, zone=Zone.WIB, progress=bought),
        at=datetime.fromisoformat("2021-11-05T19:30:00+07:00"),
    )
    await talk.says("suami saya lulus gelombang 22 kemarin, belum beli")
    assert talk.participant.has(Milestone.BOUGHT)
    await talk.says("yang beli itu suami saya, saya belum beli")
    assert not talk.participant.has(Milestone.BOUGHT)


async def test_whoever_lost_the_place_is_told_that_the_next_wave_is_closed_too() -> None:
    talk = someone(at="2021-10-15T09:10:00+07:00", wave=20)
    await talk.says("trus kalo nanti gel 22 buka saya ikut lagi bisa?")
    assert "Tidak bisa" in talk.plain


async def test_a_wave_put_right_by_its_announcement_is_noted() -> None:
    talk = Talk(at=datetime.fromisoformat("2021-10-15T18:40:00+07:00"))
    await talk.says("ulun gelombang 20")
    await talk.says("eh bukan, 21 pang. yg diumumkan 22 september tu")
    assert talk.participant.wave == 21
    assert talk.coming


@pytest.mark.parametrize(
    "said",
    [
        "baru bs buka hp dr pagi, msh sempat ndak beli skrg",
        "di hp saya sudah tgl 22 jam 12 lewat 20, saya belum beli. masih sempat?",
    ],
)
async def test_what_is_asked_of_now_is_not_asked_of_the_morning(said: str) -> None:
    palu = Talk(
        Participant(id=1, welcomed=True, wave=21, zone=Zone.WITA), at=datetime.fromisoformat("2021-10-21T23:21+07:00")
    )
    await palu.says(said)
    assert "Masih bisa" in palu.plain


async def test_the_day_of_the_announcement_tells_the_wave_among_a_few_words() -> None:
    pontianak = Talk(Participant(id=1, welcomed=True))
    await pontianak.says("saya lolos prakerja tapi lupa gelombang berapa")
    await pontianak.says("yg jls diumumkn 22 sept malam tu")
    assert pontianak.participant.wave == 21


async def test_whether_it_ends_at_an_hour_is_asked_and_plans_nothing() -> None:
    pemalang = Talk(
        Participant(id=1, welcomed=True, wave=21, zone=Zone.WIB), at=datetime.fromisoformat("2021-10-20T21:10+07:00")
    )
    await pemalang.says("telas jam 12 mlm to? sesuk isuk nyopir tekan sore")
    assert "Ya, betul" in pemalang.plain
    assert pemalang.participant.plan_at is None
