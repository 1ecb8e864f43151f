"""A place that is named in passing: on which clock the answer is given, and what is noted of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from programme.model.participants import Participant
from programme.model.zones import Zone
from tests.handlers.talking import Talk


@pytest.fixture
def somewhere(jakarta: Talk) -> Talk:
    """A participant of wave 21 who has not told where they live."""
    jakarta.participant = replace(jakarta.participant, zone=None)
    return jakarta


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("aku di Jayapura, batasku jam berapa", Zone.WIT),
        ("saya tinggal di Makassar, batasnya kapan", Zone.WITA),
        ("oh itu wib. aku lg kkn di kendari nih, waktu sini jd jam brp tgl brp?", Zone.WITA),
        ("lagi di kampung istri, kupang. jam sini berapa jatuhnya", Zone.WITA),
        ("itu menurut waktu mana? saya sekarang tinggal di Sorong ikut anak saya", Zone.WIT),
        (
            "kak pindahma di sorong ikut om. kalo kubeli tgl 22 setengah 2 malam jam sini masih dihitung ji kah",
            Zone.WIT,
        ),
        ("sa di jayapura. batas jam berapa, tra salah hitung kah", Zone.WIT),
        ("maaf mau tanya saya di denpasar batas gelombang 21 jam berapa", Zone.WITA),
        ("kalau beli tgl 22 jam 1 pagi masih masuk? saya di ambon", Zone.WIT),
        ("sy di baubau, batasnya kapan", Zone.WITA),
        ("sa yosef dari jayapura, batasnya kapan", Zone.WIT),
        ("nama saya Made dari Denpasar, batasnya kapan", Zone.WITA),
        ("malam kak, saya Yulius Jayapura, batasnya kapan", Zone.WIT),
        ("kita Frans, Bitung. batasnya kapan", Zone.WITA),
    ],
)
async def test_a_place_of_ones_own_is_noted_and_the_answer_says_so(said: str, zone: Zone, somewhere: Talk) -> None:
    await somewhere.says("batas gelombang 21 kapan")
    await somewhere.says(said)
    assert somewhere.participant.zone is zone, somewhere.plain
    assert f"Kucatat: kamu di zona {zone.value}" in somewhere.plain
    assert zone.value in somewhere.plain.partition("\n")[2]


@pytest.mark.parametrize(
    "said",
    [
        "istri saya lagi di makassar, batasnya jam berapa",
        "teman saya yosef dari jayapura, batasnya jam berapa",
        "teman saya Yosef Jayapura, batasnya jam berapa",
        "saya Mau Makassar, batasnya jam berapa",
        "saya baru pulang dari jayapura, batasnya jam berapa",
        "saya dapat info dari jayapura, batasnya jam berapa",
        "kakak saya tinggal di makassar, batasnya jam berapa",
        "jam berapa itu kalau di makassar kak?",
        "kalau saya di makassar batasnya jam berapa",
        "dulu saya tinggal di makassar, batasnya jam berapa",
        "saya mau ke makassar besok, batasnya jam berapa",
        "saya bukan di makassar, batasnya jam berapa",
        "batasnya 23.59 WITA ya?",
        "itu WIB apa WITA?",
        "kata grup: \u201csaya tinggal di makassar\u201d, batasnya jam berapa",
        ">>saya tinggal di makassar, batasnya jam berapa",
    ],
)
async def test_a_place_that_is_not_ones_own_is_not_noted(said: str, somewhere: Talk) -> None:
    await somewhere.says("batas gelombang 21 kapan")
    await somewhere.says(said.removeprefix(">>"), forwarded=said.startswith(">>"))
    assert somewhere.participant.zone is None
    assert "Kucatat" not in somewhere.plain


async def test_a_place_named_in_passing_wins_for_this_answer_alone(jakarta: Talk) -> None:
    await jakarta.says("kalau di jayapura batas gelombang 21 jam berapa")
    assert "01.59 WIT" in jakarta.plain
    assert jakarta.participant.zone is Zone.WIB
    await jakarta.says("batas gelombang 21 kapan")
    assert "WIT" not in jakarta.plain


async def test_who_moved_is_noted_at_the_new_place_and_a_visitor_is_not(jakarta: Talk) -> None:
    await jakarta.says("aku di jayapura, batasnya jam berapa")
    assert "01.59 WIT" in jakarta.plain
    assert jakarta.participant.zone is Zone.WIB, "they may be there for a day"
    await jakarta.says("saya tinggal di makassar, batasnya kapan")
    assert jakarta.participant.zone is Zone.WITA


async def test_an_hour_with_its_zone_does_not_change_the_clock_of_the_answer(jayapura: Talk) -> None:
    await jayapura.says("batas beli 21 oktober 23.59 WIB itu kapan di tempatku")
    assert "01.59 WIT" in jayapura.plain


async def test_a_guess_that_is_not_answered_decides_nothing(talk: Talk) -> None:
    await talk.says("saya tinggal di makassar, batasnya kapan")
    assert "Kucatat" in talk.plain
    assert [type(event).__name__ for event in talk.events] == ["ZoneTold"]


async def test_where_one_is_is_told_by_here() -> None:
    """*Di gorontalo sini* says where its writer is, whatever is asked in the same breath."""
    ana = Talk(Participant(id=1, welcomed=True, wave=21))
    await ana.says("tanggal 21 itu sampe jam brapa klo di gorontalo sini")
    assert ana.participant.zone is Zone.WITA
