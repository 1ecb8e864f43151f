"""A few words in the middle of a talk are read with what was spoken of last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handlers.dialogue.announced import stamped
from programme.model.broadcasts import Audience
from programme.model.messages import Message
from programme.model.milestones import Milestone
from programme.model.participants import Participant
from tests.handlers.talking import MONDAY, Talk

TODAY = date(2021, 10, 18)


@pytest.fixture
def talk() -> Talk:
    return Talk(Participant(id=1, welcomed=True, wave=21), at=MONDAY)


def announced(talk: Talk, text: str, *waves: int) -> None:
    """Let a broadcast be what the person read last."""
    talk.read(stamped({"id": Message(text)}, Audience(waves=waves), TODAY)["id"])


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        ("rating dan ulasan diisi di mana?", "wajibkah?", "Wajib"),
        ("otp tidak masuk masuk", "sudah lima kali saya coba", "2 jam"),
        ("bisa sambung e-wallet apa saja", "kalau shopeepay?", "LinkAja"),
        ("survei prakerja itu apa", "kalau ga diisi gimana", "Rp50.000"),
        ("batas beli gelombang 21 kapan", "kenapa cuma sebulan", "Permenko"),
        ("ada pelatihan memasak?", "di mana saja dijual yang pertama?", "Tokopedia"),
    ],
)
async def test_a_fragment_is_about_what_was_spoken_of(talk: Talk, first: str, then: str, told: str) -> None:
    await talk.says(first)
    await talk.says(then)
    assert "Aku belum yakin maksudmu" not in talk.plain
    assert told in talk.plain


@pytest.mark.parametrize("said", ["makan apa ya enaknya", "resep rendang dong"])
async def test_what_is_foreign_to_the_programme_stays_so_in_the_middle_of_a_talk(talk: Talk, said: str) -> None:
    await talk.says("survei prakerja itu apa")
    await talk.says(said)
    assert "di luar kemampuanku" in talk.plain


async def test_a_fragment_reports_nothing(talk: Talk) -> None:
    await talk.says("cara beli di tokopedia")
    await talk.says("udah")
    assert not talk.participant.has(Milestone.BOUGHT)


async def test_a_side_question_does_not_end_what_was_listed(talk: Talk) -> None:
    await talk.says("nomor cs bukalapak sama sekolahmu berapa")
    await talk.says("bayar ga?")
    await talk.says("yang kedua")
    assert "813" in talk.plain
    assert "13333" not in talk.plain


async def test_the_second_of_two_wallets_is_found(talk: Talk) -> None:
    await talk.says("nomor layanan ovo dan linkaja berapa")
    assert "1500696" in talk.plain
    assert "150911" in talk.plain
    await talk.says("yang kedua tadi")
    assert "150911" in talk.plain
    assert "1500696" not in talk.plain


async def test_a_wave_that_was_spoken_of_is_not_asked_for_again() -> None:
    talk = Talk(Participant(id=1, welcomed=True), at=MONDAY)
    await talk.says("lolos sa. gelombang 21")
    assert talk.participant.wave == 21
    await talk.says("sampe tgl brp bisa beli")
    assert "21 Oktober 2021" in talk.plain


@pytest.mark.parametrize("said", ["sampai kapan gangguannya", "yang lain apa aja", "kalo tokopedia aman kan"])
async def test_a_reply_to_an_announced_disruption_is_about_it(talk: Talk, said: str) -> None:
    announced(talk, "Pembelian pelatihan di Pintaria sedang terganggu malam ini. Silakan beli di platform lain dulu.")
    await talk.says(said)
    assert "gangguan" in talk.plain
    assert "Pintaria" in talk.plain or "Tokopedia" in talk.plain


@pytest.mark.parametrize(("waves", "told"), [((18, 19), "bukan untukmu"), ((20, 21, 22), "20–22")])
async def test_whom_a_broadcast_is_for_is_known_to_its_replies(talk: Talk, waves: tuple[int, ...], told: str) -> None:
    announced(talk, "Sertifikat yang tertunda sudah diproses ulang, cek dashboard masing-masing.", *waves)
    await talk.says("ini buat saya juga?")
    assert told in talk.plain


def test_a_span_of_waves_is_read_whole() -> None:
    message = Message("Saldo pelatihan gelombang 12 sampai 22 paling lambat dipakai 30 November 2021.")
    about = stamped({"id": message}, Audience(), TODAY)["id"].about
    assert about is not None
    assert about.told["waves"].split(",")[0] == "12"
    assert about.told["waves"].split(",")[-1] == "22"
    assert "wave" not in about.told


def test_all_languages_are_about_the_same() -> None:
    words = {"id": Message("Survei evaluasi sudah bisa diisi di dashboard."), "en": Message("The survey is open.")}
    found = stamped(words, Audience(waves=(21,)), TODAY)
    assert found["id"].about == found["en"].about
    assert {language: replace(each, about=None) for language, each in found.items()} == words
