"""The rights of Law 27/2022, said in one's own words: heard at once, confirmed, and nothing is noted meanwhile."""

from __future__ import annotations

import pytest
from talking import Talk

from handlers.phrases.consent import CONSENT
from programme.consent_words import all_consent_words, consent_words
from programme.model.events import ProcessingPaused, ProcessingResumed
from programme.model.milestones import Milestone
from programme.model.participants import Pause


@pytest.mark.parametrize(
    "words",
    [
        "tarik persetujuan",
        "cabut persetujuan data gw",
        "Saya ingin menarik persetujuan atas penggunaan data pribadi saya.",
        "saya tidak setuju data saya diproses",
        "I withdraw my consent",
    ],
)
async def test_consent_is_withdrawn_at_once_and_the_cutoff_told(jakarta: Talk, words: str) -> None:
    await jakarta.says(words)
    assert jakarta.events == [ProcessingPaused("withdrawn")]
    assert "sudah ditarik, berlaku sekarang" in jakarta.plain
    assert "Kamis, 21 Oktober 2021" in jakarta.text
    assert jakarta.coming == []


@pytest.mark.parametrize(
    "words",
    [
        "jangan proses data saya",
        "batasi pemrosesan data saya",
        "dataku jangan dipake",
        "Berhenti memproses data pribadi saya",
        "stop using my data",
    ],
)
async def test_processing_is_restricted_at_once(jakarta: Talk, words: str) -> None:
    await jakarta.says(words)
    assert jakarta.events == [ProcessingPaused("restricted")]
    assert "sudah dibatasi, berlaku sekarang" in jakarta.plain
    assert jakarta.coming == []


@pytest.mark.parametrize("words", ["gimana cara tarik persetujuan?", "hak saya atas data pribadi apa saja"])
async def test_a_question_about_a_right_does_nothing_yet(jakarta: Talk, words: str) -> None:
    await jakarta.says(words)
    assert jakarta.events == []
    assert {"withdraw_consent", "restrict_processing", "correct_data", "forget_me"} <= jakarta.leads_to


async def test_somebody_elses_words_withdraw_nothing(jakarta: Talk) -> None:
    await jakarta.says("tarik persetujuan", forwarded=True)
    assert jakarta.participant.pause is None


async def test_who_is_restricted_is_answered_and_nothing_is_noted(jakarta: Talk) -> None:
    await jakarta.opens("restrict_processing")
    await jakarta.says("batas belinya kapan?")
    assert "21 Oktober 2021" in jakarta.text
    await jakarta.says("aku sudah beli di tokopedia kemarin")
    assert "tidak kucatat" in jakarta.text
    assert not jakarta.participant.has(Milestone.BOUGHT)
    assert jakarta.events == [ProcessingPaused("restricted")]


async def test_who_is_restricted_can_still_correct_and_delete(jakarta: Talk) -> None:
    await jakarta.opens("restrict_processing")
    await jakarta.opens("change_wave")
    await jakarta.says("20")
    assert (jakarta.participant.wave, jakarta.coming) == (20, [])
    await jakarta.opens("forget_me")
    await jakarta.presses("Ya, hapus semua")
    assert jakarta.participant.pause is None


@pytest.mark.parametrize(
    ("right", "shown"), [("restrict_processing", "pemrosesan: dibatasi"), ("withdraw_consent", "persetujuan: sudah")]
)
async def test_what_is_kept_says_that_it_is_left_alone(jakarta: Talk, right: str, shown: str) -> None:
    await jakarta.opens(right)
    await jakarta.opens("privacy", show="1")
    assert shown in jakarta.text


async def test_who_withdrew_has_nothing_kept_not_even_a_correction(jakarta: Talk) -> None:
    await jakarta.opens("withdraw_consent")
    await jakarta.says("eh gelombangku 20")
    assert jakarta.participant.wave == 21
    assert jakarta.dialogue is None


async def test_agreeing_again_shows_the_words_and_reminds_as_before(jakarta: Talk) -> None:
    before = jakarta.coming
    await jakarta.says("tarik persetujuan")
    await jakarta.presses("Setuju lagi")
    assert jakarta.events[-1] == ProcessingResumed()
    assert consent_words().text in jakarta.text
    assert jakarta.coming == before


async def test_who_never_stopped_it_hears_that_nothing_changed(jakarta: Talk) -> None:
    await jakarta.opens("resume_processing")
    assert "tidak ada yang diubah" in jakarta.text
    assert jakarta.events == []


async def test_wrong_data_are_shown_with_what_puts_them_right(jakarta: Talk) -> None:
    await jakarta.says("data saya salah, perbaiki")
    assert "gelombang: 21" in jakarta.text
    assert {"change_wave", "my_zone"} <= jakarta.leads_to
    await jakarta.presses("Zonaku salah")
    await jakarta.says("makassar")
    assert "WITA" in jakarta.text


def test_the_words_shown_are_the_newest_version_kept() -> None:
    """A consent names its version, so the words behind it must stay."""
    assert all_consent_words()[-1].text == CONSENT
    assert set(Pause) == {Pause.RESTRICTED, Pause.WITHDRAWN}
