"""What sounds like a later step and is none: another's, another certificate, a condition, something else finished."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from talking import Talk

from programme.model.milestones import Milestone, Source, Step
from programme.model.participants import Participant
from programme.model.zones import Zone

A_MONTH_LATER = datetime.fromisoformat("2021-11-05T14:30:00+07:00")
LATER = (
    Milestone.COMPLETED,
    Milestone.CERTIFIED,
    Milestone.REVIEWED,
    Milestone.ACCOUNT_CONNECTED,
    Milestone.INCENTIVE_PAID,
)


def _buyer() -> Talk:
    step = Step(Milestone.BOUGHT, on=date(2021, 10, 5), platform="tokopedia", source=Source.SELF)
    person = Participant(id=1, welcomed=True, wave=21, zone=Zone.WIB)
    return Talk(replace(person, progress={Milestone.BOUGHT: step}), at=A_MONTH_LATER)


@pytest.mark.parametrize(
    "said",
    [
        "sertifikat vaksinku wes metu mau isuk",
        "sertifikat halal warung udah terbit kemarin",
        "got my vaccine certificate yesterday, does that count?",
        "mpok sebelah insentipnya udah cair, aye kapan?",
        "makku wis rampung kelase, aku sing ngancani nonton",
        "sejak kelas kelar, normalnya brp hari baru dibayar",
        "insentif harus kelar dua pelatihan ga",
        "sudah selesai makan, sekarang lanjut cari pelatihan lagi",
        "udah selesai nyuci, baru bisa liat kelas",
        "induksi selesai mi kemarin, kelas sudah kupilih, tapi kenapa saldoku belum ada",
        "seminar parenting di sekolahmu udah keambil gratisan",
        "beres ya min, pelatihan pertama udah lunas kubeli",
        "baik. saya mengambilnya di sekolahmu",
        "tombol ulasan aku abu2 kak",
        "muncul akun sudah terhubung dengan peserta lain pas nyambungin dana",
    ],
)
async def test_nothing_later_is_noted(said: str) -> None:
    talk = _buyer()
    await talk.says(said)
    assert not any(map(talk.participant.has, LATER))


@pytest.mark.parametrize(
    ("said", "step"),
    [
        ("udah selesai kelas, sertifnya kapan", Milestone.COMPLETED),
        ("sa su selesai kelas, tapi sertifikat trada di dashboard. knapa kah", Milestone.COMPLETED),
        ("kak sertifikat saya akhirnya muncul, lega banget", Milestone.CERTIFIED),
        ("insentif pertama udah masuk, surveinya kok belum muncul di dashboard", Milestone.INCENTIVE_PAID),
    ],
)
async def test_what_is_told_beside_a_question_is_noted(said: str, step: Milestone) -> None:
    talk = _buyer()
    await talk.says(said)
    assert talk.participant.has(step)
