"""A question is answered by what answers it, for a day; a key by its name; nobody by somebody else's words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from talking import Talk

from programme.model.messages import Sort
from programme.model.milestones import Milestone
from programme.model.participants import Participant
from programme.model.zones import Zone


async def test_a_date_of_another_matter_answers_no_question_a_month_later(jakarta: Talk) -> None:
    await jakarta.says("udah beli")
    await jakarta.presses("Tokopedia")
    jakarta.now += timedelta(days=31)
    await jakarta.says("insentif dijadwalkan tanggal 10 tapi belum masuk")
    assert jakarta.participant.progress[Milestone.BOUGHT].on is None
    assert jakarta.outcome is not None
    assert jakarta.outcome.intent == "incentive_problem"


async def test_nor_at_once(jakarta: Talk) -> None:
    await jakarta.says("udah beli")
    await jakarta.presses("Tokopedia")
    await jakarta.says("insentif dijadwalkan tanggal 10 tapi belum masuk")
    assert jakarta.participant.progress[Milestone.BOUGHT].on is None


@pytest.mark.parametrize("later", ["21", "tanggal 10", "tokopedia", "ya", "sudah"])
async def test_after_a_day_words_answer_nothing_any_more(jakarta: Talk, later: str) -> None:
    await jakarta.says("temen gue udah beli kemaren")
    jakarta.now += timedelta(days=1, minutes=1)
    await jakarta.says(later)
    assert not jakarta.participant.progress


async def test_its_button_still_does(jakarta: Talk) -> None:
    await jakarta.says("suami sudah belikan di pintaria")
    jakarta.now += timedelta(days=2)
    await jakarta.presses("Ya, aku sudah beli")
    assert jakarta.participant.has(Milestone.BOUGHT)


async def test_a_key_is_called_by_its_name(talk: Talk) -> None:
    await talk.says("/start g21")
    await talk.presses("WIB")
    await talk.says("bagikan nomorku")
    assert "lewat tombol ini" in talk.plain
    await talk.says("batas beli kapan")
    await talk.says("cara beli pelatihan")
    assert "Masuk ke akunmu" in talk.plain


async def test_a_bare_link_is_no_wish_to_share(jakarta: Talk) -> None:
    await jakarta.says("https://dashboard.prakerja.go.id")
    assert "Terima kasih sudah peduli" not in jakarta.plain


@pytest.mark.parametrize(
    "words",
    ["saya lolos gelombang 18", "udah beli kemarin di tokped", "aku tinggal di Jayapura"],
)
async def test_forwarded_words_note_nothing_unless_they_are_about_oneself(words: str) -> None:
    talk = Talk(Participant(id=1, welcomed=True, wave=21, zone=Zone.WIB))
    before = talk.participant
    await talk.says(words, forwarded=True)
    assert talk.participant == before
    assert "kamu sendiri" in talk.plain
    await talk.presses("Ya, tentang aku")
    assert talk.participant != before


async def test_forwarded_words_are_answered(jakarta: Talk) -> None:
    await jakarta.says("saya lolos gelombang 20, kapan batas belinya?", forwarded=True)
    assert "gelombang 20" in jakarta.plain
    assert jakarta.participant.wave == 21


async def test_so_is_the_caption_of_a_forwarded_picture(jakarta: Talk) -> None:
    await jakarta.sends(Sort.PHOTO, "udah beli kemarin di tokped", forwarded=True)
    assert not jakarta.participant.progress


async def test_forwarded_words_answer_no_open_question(jakarta: Talk) -> None:
    await jakarta.says("temen gue udah beli kemaren")
    await jakarta.says("sudah", forwarded=True)
    assert not jakarta.participant.progress


@pytest.mark.parametrize(
    ("said", "back"),
    [
        ("saya tinggal di jayapura", "ralat"),
        ("ingatkan yang penting saja", "eh salah"),
        ("ingatkan nanti malam", "batal"),
    ],
)
async def test_what_else_was_noted_is_taken_back_too(jakarta: Talk, said: str, back: str) -> None:
    before = jakarta.participant
    await jakarta.says(said)
    assert jakarta.participant != before, jakarta.plain
    await jakarta.says(back)
    after = jakarta.participant
    assert (after.wave, after.zone, after.reminders, after.plan_at, after.progress) == (
        before.wave, before.zone, before.reminders, before.plan_at, before.progress,
    )  # fmt: skip
    assert "Sudah kubatalkan" in jakarta.plain


async def test_a_later_step_is_noted_with_those_before_it_only_when_asked(jakarta: Talk) -> None:
    await jakarta.says("pelatihannya udah selesai semua kak")
    assert not jakarta.participant.progress
    assert "beli dan selesaikan" in jakarta.plain
    await jakarta.presses("Ya, sudah")
    assert jakarta.participant.has(Milestone.BOUGHT)
    assert jakarta.participant.has(Milestone.COMPLETED)
    await jakarta.says("salah pencet")
    assert not jakarta.participant.progress


async def test_undoing_a_purchase_undoes_what_takes_it_for_granted(jakarta: Talk) -> None:
    await jakarta.says("udah beli kemarin di tokped")
    await jakarta.opens("report_completed", date="2021-10-18")
    await jakarta.opens("undo", milestone="bought")
    assert not jakarta.participant.progress


async def test_who_writes_after_a_question_on_finishing_has_not_finished() -> None:
    talk = Talk(Participant(id=1, welcomed=True, wave=21))
    await talk.says("udah beli kemarin di tokped")
    await talk.says("sertifikat belum muncul")
    await talk.says("udah nanya platform")
    assert not talk.participant.has(Milestone.COMPLETED)


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("insentif dijadwalkan tgl 10 kok belum masuk", "3–5 hari kerja"),
        ("sertifikat saya harusnya keluar tgl 5", "Sertifikat muncul di dashboard"),
        ("akun saya ga bisa login dari tgl 15", "kita buka lagi akunmu"),
        ("kemarin beli di tokopedia gagal terus tgl 18", "Apa yang terjadi waktu beli?"),
    ],
)
async def test_a_day_of_another_matter_is_not_the_day_of_the_announcement(talk: Talk, said: str, heard: str) -> None:
    await talk.says("batas gelombangku kapan")
    await talk.says(said)
    assert heard in talk.plain
    assert "tidak ada gelombang yang diumumkan" not in talk.plain
    assert talk.participant.wave is None


@pytest.mark.parametrize("said", ["tgl 22 september", "saya lolos tgl 22 september, mau beli pelatihan"])
async def test_the_day_of_the_announcement_still_tells_the_wave(talk: Talk, said: str) -> None:
    await talk.says("batas gelombangku kapan")
    await talk.says(said)
    assert talk.participant.wave == 21


async def test_doubt_between_two_sides_of_one_trouble_is_none(jakarta: Talk) -> None:
    await jakarta.says("insentif dijadwalkan tgl 10 kok belum masuk")
    assert "3–5 hari kerja" in jakarta.plain


@pytest.mark.parametrize(
    "reported", ["aku beli kemarin di tokopedia", "kemarin saya beli di bukalapak", "td mlm beli di tokped"]
)
@pytest.mark.parametrize(
    "before", ["cara beli di tokopedia", "nomor tokopedia berapa", "bedanya tokopedia sama bukalapak"]
)
async def test_what_was_spoken_of_takes_no_report_for_a_question(jakarta: Talk, before: str, reported: str) -> None:
    """A place that is named goes on from the last answer; a purchase that is told there does not."""
    await jakarta.says(before)
    await jakarta.says(reported)
    assert jakarta.participant.has(Milestone.BOUGHT)


async def test_the_day_of_a_purchase_is_not_that_of_passing(talk: Talk) -> None:
    await talk.says("/start")
    await talk.says("gelombang 21")
    await talk.says("aku beli kemarin di tokopedia")
    assert talk.participant.passed_on != talk.participant.progress[Milestone.BOUGHT].on
