"""Whoever does not know their wave finds it: by the day it was announced, or where the number stands."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from talking import Talk

from programme.model.participants import Participant
from programme.model.zones import Zone

IN_2023 = datetime.fromisoformat("2023-03-01T10:00:00+07:00")


async def test_the_waves_show_when_they_were_announced(talk: Talk) -> None:
    await talk.says("kapan batas beli")
    assert talk.buttons == [
        "Gelombang 21 · diumumkan 22 Sep",
        "Gelombang 20",
        "Gelombang 19 · diumumkan 1 Sep",
        "Gelombang 18 · diumumkan 24 Agu",
        "🤔 Lupa / tidak tahu",
    ]


@pytest.mark.parametrize("said", ["gak tau", "saya lupa gelombang berapa", "lupa min", "ga inget", "kurang tahu kak"])
async def test_who_forgot_is_told_where_it_stands_and_both_cutoffs(talk: Talk, said: str) -> None:
    await talk.says("kapan batas beli")
    await talk.says(said)
    assert "dashboard" in talk.plain
    assert "Gelombang 21: Kamis, 21 Oktober 2021 pukul 23.59 WIB" in talk.plain
    assert "Gelombang 20: Kamis, 14 Oktober 2021, sudah lewat" in talk.plain
    assert "15 Sep" not in talk.text, "the day of wave 20 is only derived"
    assert "call_center" in talk.leads_to
    await talk.presses("Gelombang 21")
    assert "gelombang 21" in talk.plain
    assert talk.participant.wave == 21


async def test_the_question_is_not_asked_three_times_alike(talk: Talk) -> None:
    await talk.says("kapan batas beli")
    asked = [talk.text]
    for said in ("gak tau", "saya lupa gelombang berapa"):
        await talk.says(said)
        asked.append(talk.text)
    assert len(set(asked)) == 3
    await talk.says("diumumkan 22 september")
    assert "Kamis, 21 Oktober 2021 pukul 23.59 WIB" in talk.plain


async def test_the_day_is_taken_at_the_first_question_too(talk: Talk) -> None:
    await talk.opens("deadline")
    await talk.says("yg diumumkan 22 september")
    assert talk.participant.wave == 21


async def test_a_day_on_which_nothing_was_announced_is_no_wave(talk: Talk) -> None:
    await talk.opens("deadline")
    await talk.says("3 agustus")
    assert "tidak ada gelombang yang diumumkan" in talk.text
    assert talk.participant.wave is None


@pytest.mark.parametrize("said", ["15 september", "pertengahan september kayaknya", "yg diumumkan 16 september"])
async def test_a_day_near_an_announcement_tells_what_it_may_be_and_notes_nothing(talk: Talk, said: str) -> None:
    """The day of wave 20 is not published, so nobody's wave is concluded from it."""
    await talk.opens("deadline")
    await talk.says(said)
    assert "paling dekat gelombang 20" in talk.plain
    assert talk.participant.wave is None


@pytest.mark.parametrize(
    ("said", "wave"),
    [
        ("21 kak, yg diumumin akhir september", 21),
        ("iya 21!! sekarang kan tgl 21, msh bisa tidak", 21),
        ("18 la kubilang! tgl 15 apo 16 tutupnyo", 18),
        ("kan alah ambo sabuik patang, 21. ambo nan mangurus", 21),
        ("ponakan saya baca di dashboard tulisannya gelombang 20", 20),
        ("20 apa 21 gitu lupa", None),
        ("kalau beli tanggal 22 jam 1 masih bisa ga", None),
        ("umur saya 45 boleh ikut ga", None),
    ],
)
async def test_a_number_beside_other_words_answers(talk: Talk, said: str, wave: int | None) -> None:
    await talk.opens("deadline")
    await talk.says(said)
    assert talk.participant.wave == wave


BEFORE_THE_14TH = datetime.fromisoformat("2021-10-12T19:00:00+07:00")


@pytest.mark.parametrize(
    "said",
    [
        "waduh, kayak gelombang 20 tulisannya di dashboard. cara beli gimana",
        "kan sy bilang gelombang 20 di dashboard",
        "iya itu sy, gelombang 20. saldonya sudah masuk",
        "ternyata aku gel 20 bukan 21",
        "smsnya bilang gelombang 20 kak",
        "suamiku gelombang 21, aku 20",
    ],
)
async def test_an_earlier_cutoff_is_believed_at_once_and_said(said: str) -> None:
    talk = Talk(Participant(id=1, welcomed=True, wave=21), at=BEFORE_THE_14TH)
    await talk.says(said)
    assert talk.participant.wave == 20
    assert "14 Oktober 2021" in talk.plain


@pytest.mark.parametrize(
    "said", ["kalo saya gelombang 20 kapan batasnya", "temen gw gel 20 blm beli", "kata teman gelombang 20"]
)
async def test_what_is_supposed_or_of_others_changes_nothing(said: str) -> None:
    talk = Talk(Participant(id=1, welcomed=True, wave=21), at=BEFORE_THE_14TH)
    await talk.says(said)
    assert talk.participant.wave == 21


@pytest.mark.parametrize("said", ["aku gelombang 21", "eh di dashboard tulisannya gelombang 21, cara belinya gimana"])
async def test_a_later_cutoff_takes_a_word_more(said: str) -> None:
    talk = Talk(Participant(id=1, welcomed=True, wave=20), at=BEFORE_THE_14TH)
    await talk.says(said)
    assert talk.participant.wave == 20
    assert "Tadi kucatat gelombang 20" in talk.plain
    await talk.says("iya kak")
    assert talk.participant.wave == 21


async def test_a_wave_that_is_over_takes_a_word_more() -> None:
    """Whoever is taken to be too late hears of no deadline any more."""
    talk = Talk(Participant(id=1, welcomed=True, wave=21))
    await talk.says("saya gelombang 20")
    assert talk.participant.wave == 21
    await talk.says("bukan")
    assert talk.participant.wave == 21


async def test_of_two_people_each_has_a_cutoff_of_their_own() -> None:
    talk = Talk(at=BEFORE_THE_14TH)
    await talk.says("saya mau tanya buat ibu saya juga. ibu gelombang 20, saya gelombang 21")
    assert talk.participant.wave == 21
    assert "Gelombang 21 (kamu): Kamis, 21 Oktober 2021" in talk.plain
    assert "Gelombang 20 (dia): Kamis, 14 Oktober 2021" in talk.plain
    await talk.says("kalo saya batasnya kapan?")
    assert "21 Oktober 2021" in talk.plain
    assert "14 Oktober" not in talk.plain


async def test_a_wave_whose_day_nobody_published_is_offered_all_the_same() -> None:
    talk = Talk(at=IN_2023)
    await talk.opens("deadline")
    assert talk.buttons[:2] == ["Gelombang 48", "Gelombang 38 · diumumkan 29 Jul"]


async def test_a_wave_still_being_registered_is_not_offered() -> None:
    talk = Talk(at=datetime.fromisoformat("2021-10-26T10:00:00+07:00"))
    await talk.opens("deadline")
    assert talk.buttons[0].startswith("Gelombang 21")


async def test_where_no_date_is_certain_the_rule_is_told_from_the_persons_own_day() -> None:
    talk = Talk(Participant(id=1), at=IN_2023)
    for said in ("/start", "48", "28 februari 2023", "WIB"):
        await talk.says(said)
    assert "15 hari sejak kamu lolos (28 Februari 2023)" in talk.plain
    assert "beli sekarang" in talk.plain
    assert "Maret" not in talk.plain
    assert {"how_to_buy", "report_bought"} <= talk.leads_to


async def test_a_rule_long_run_out_is_not_told_as_if_there_were_time() -> None:
    person = Participant(id=1, welcomed=True, wave=48, passed_on=IN_2023.date(), zone=Zone.WIB)
    talk = Talk(person, at=datetime.fromisoformat("2023-05-01T10:00:00+07:00"))
    await talk.opens("deadline")
    assert "mungkin sudah lewat" in talk.text
    assert "aman" not in talk.text


async def test_who_forgot_the_day_as_well_is_told_to_buy_now() -> None:
    talk = Talk(Participant(id=1, welcomed=True, wave=48, zone=Zone.WIB), at=IN_2023)
    await talk.opens("deadline")
    assert "15 hari sejak dinyatakan lolos" in talk.plain
    assert "beli sekarang" in talk.plain
    assert "how_to_buy" in talk.leads_to


@pytest.mark.parametrize("asked", ["batas beliku kapan", "gelombang 24 terakhir beli kapan"])
async def test_who_passed_in_a_wave_that_the_data_do_not_know_yet_hears_the_cutoff_that_the_status_has(
    asked: str,
) -> None:
    """The roster knows the day of passing; nobody with it hears that the wave is not announced."""
    person = Participant(id=1, welcomed=True, wave=24, passed_on=date(2021, 10, 10), official=True, zone=Zone.WIB)
    talk = Talk(person)
    await talk.says(asked)
    assert "8 November 2021" in talk.plain
    await talk.opens("status")
    assert "8 November 2021" in talk.plain


async def test_who_is_on_the_roster_without_a_day_is_not_told_that_the_wave_is_to_come() -> None:
    talk = Talk(Participant(id=1, welcomed=True, wave=24, official=True, zone=Zone.WIB))
    await talk.opens("deadline")
    assert "belum diumumkan" not in talk.plain
    assert "beli sekarang" in talk.plain


@pytest.mark.parametrize(
    "said",
    [
        "saya di jayapura, misal beli jam 1 pagi tgl 22 masih masuk ga",
        "kalau aku belinya tgl 22 pagi masih bisa ga",
        "ada yang minta otp dan transfer sebelum tgl 20 bener ga",
    ],
)
async def test_a_day_in_a_question_is_no_day_of_an_announcement(talk: Talk, said: str) -> None:
    await talk.says("/start")
    await talk.says(said)
    assert "tidak ada gelombang yang diumumkan" not in talk.plain
    assert talk.participant.wave is None


async def test_a_likely_question_is_answered_by_the_one_that_is_open(talk: Talk) -> None:
    """The deadline has to ask for the wave as well: that is no word that was not caught."""
    await talk.says("/start")
    await talk.says("kalau di makassar batasnya jam berapa")
    assert "belum menangkap" not in talk.plain
    await talk.says("21")
    assert "00.59 WITA" in talk.plain


async def test_a_question_beside_the_wave_is_answered_and_the_wave_asked_again(talk: Talk) -> None:
    await talk.says("/start")
    await talk.says("nelpon call center bayar ga")
    assert "bebas pulsa" in talk.plain
    assert "Gelombang 20" in talk.buttons


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("kaka beta di kupang beta lulus gelombang dua puluh satu baru beta sonde tau habis ini bikin apa", 21),
        ("aku lolos gelombang 21 belum beli, gimana", 21),
        ("saya lolos gelombang 21 ga ya", None),
        ("saya lolos gelombang 21 kata teman saya", None),
        ("anak saya lolos gelombang 21 tidak tau harus apa", None),
        ("semoga saya lolos gelombang 22 tahun ini amin", None),
    ],
)
async def test_whose_wave_it_is_is_told_by_what_stands_before_it(talk: Talk, said: str, kept: int | None) -> None:
    await talk.says(said)
    assert talk.participant.wave == kept


@pytest.mark.parametrize("corrected", ["eh salah, dua puluh satu", "eh bukan, 21", "salah kak gelombang 21 yang benar"])
async def test_a_wave_that_was_corrected_is_not_meant_by_anything_said_before(talk: Talk, corrected: str) -> None:
    await talk.says("saya gelombang 20")
    await talk.says(corrected)
    assert talk.participant.wave == 21
    await talk.says("jadi habisnya kapan")
    assert "21 Oktober 2021" in talk.plain
    assert "14 Oktober" not in talk.plain


@pytest.mark.parametrize("said", ["0", "00", "000"])
async def test_nought_is_no_wave_and_nothing_after_it_fails(talk: Talk, said: str) -> None:
    """It was kept as the wave of the talk, and whatever came next found no rules for it."""
    await talk.says("saldo")
    await talk.says(said)
    await talk.says("kapan batas belinya")
    assert talk.leads_to or "gelombang berapa" in talk.plain
    assert talk.participant.wave is None
    await talk.says("21")
    assert "Kamis, 21 Oktober 2021 pukul 23.59 WIB" in talk.plain


@pytest.mark.parametrize("argument", ["g0", "g00", "g201", "g999"])
async def test_a_link_with_a_wave_that_can_be_none_asks_for_it(talk: Talk, argument: str) -> None:
    await talk.opens("start", argument=argument)
    assert "gelombang berapa" in talk.plain
    assert talk.participant.wave is None


@pytest.mark.parametrize(
    "said",
    [
        "eh bukan, 21 pang. yg diumumkan 22 september tu",
        "eh dudu ding, 21 sing bener",
        "Mohon maaf, saya keliru. Seharusnya gelombang 21 yang diumumkan tanggal 22 September.",
        "eh sa salah, sa pu gelombang 21",
    ],
)
async def test_a_wave_that_is_put_right_at_once_is_believed_and_reminded_of(talk: Talk, said: str) -> None:
    await talk.says("saya gelombang 20")
    assert not talk.coming
    await talk.says(said)
    assert talk.participant.wave == 21
    assert "Kamis, 21 Oktober 2021" in talk.plain
    assert talk.coming


async def test_anothers_wave_puts_nothing_right(talk: Talk) -> None:
    await talk.says("saya gelombang 20")
    await talk.says("eh adik saya yang 21, bukan saya")
    assert talk.participant.wave == 20
