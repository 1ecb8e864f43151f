"""What people write back to a reminder: reasons, *sudah* in their own words, trouble, weariness, the wrong person.

The lines are those of authors who saw only the reminder and a voice to play.
"""

from __future__ import annotations

import pytest
from talking import Talk
from test_context_talk import reminded

from programme.model.milestones import Milestone

SOMETHING_ELSE_IS_DONE = (
    *("sudah selesai pelatihan", "saya udah selesai semua video induksi kak", "sudah kak, kemarin login nya"),
    *(
        "udah, tadi nonton videonya",
        "sudah saya masukkan rekeningnya kemarin",
        "udah daftar kemarin",
        "sampun dhahar mbak",
    ),
    *("baik kak sudah saya catat semua, terima kasih atas bantuannya dari kemarin", "bisuak pagi, sudah subuah"),
    *("ya sudah mbak terima kasih banyak ya sudah dibantu tadi", "udah siap mau beli ni", "ya sudah", "yo wis"),
    *("geus anggeus nongton induksi 3/3 tapi tombol pilih pelatihan na masih kekonci", "sampun wengi bli"),
    "saldo udah, video udah, batasnya 3 hari lagi, tapi bingung milihnya ada ratusan",
    *(
        "okee dibeli",
        "makasi banyak e, beta beli su",
        "ya wis isun tuku saiki",
        "pinjem 500 dulu boleh min? baru sy beli",
    ),
)
DONE = (
    *(
        "sudah min tgl 17",
        "sudah tadi subuh pas nunggu kapal",
        "udah geh, yang jahit itu",
        "yup udah",
        "kitong su dari sabtu",
    ),
    *("wis mau bengi pas bocah turu", "udah yg cakap itu min", "aman kk udh", "seminggu kepungkur sampun kula"),
)


@pytest.mark.parametrize("said", SOMETHING_ELSE_IS_DONE)
async def test_something_else_that_is_done_is_no_purchase(jakarta: Talk, said: str) -> None:
    reminded(jakarta)
    await jakarta.says(said)
    assert not jakarta.participant.has(Milestone.BOUGHT)


@pytest.mark.parametrize("said", DONE)
async def test_done_is_noted_after_one_question_at_most(jakarta: Talk, said: str) -> None:
    """The question gave the verb; where no list has the words, one press says so."""
    reminded(jakarta)
    await jakarta.says(said)
    if not jakarta.participant.has(Milestone.BOUGHT):
        await jakarta.presses("✅ Ya, aku sudah beli")
    assert jakarta.participant.has(Milestone.BOUGHT)


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("gk bisa login", "🔑"),
        ("dak biso login", "🔑"),
        ("lupak sandi kamek", "🔑"),
        ("dompet lagi tipis bgt ini", "tidak perlu uangmu sendiri"),
        ("si kecil rewel dari pagi", "selesaikan dulu urusanmu"),
        ("sinyal di kebun hilang timbul", "wifi"),
        ("otw buka webnya kak", "kutunggu kabarnya"),
        ("brisik skali ngoni", "Mau diubah?"),
        ("jang kirim subuh-subuh kaka, anak bangun", "Mau diubah?"),
        ("salah sambung bli", "orang yang salah"),
        ("iki hape bapakku, bapake lagi lunga", "orang yang salah"),
        ("lagi berantem sama suami, nangis terus", "prihatin"),
    ],
)
async def test_each_answer_is_met_as_what_it_is(jakarta: Talk, said: str, answered: str) -> None:
    reminded(jakarta)
    await jakarta.says(said)
    assert answered in jakarta.plain


async def test_whoever_is_the_wrong_person_stops_nothing_before_a_press(jakarta: Talk) -> None:
    """A mishearing must not silence a reminder: what stops is offered, and asked about once more."""
    reminded(jakarta)
    before = jakarta.coming
    await jakarta.says("salah orang kak, ini bukan punya saya")
    assert jakarta.coming == before
    assert "🔕 Hentikan pengingat" in jakarta.buttons
