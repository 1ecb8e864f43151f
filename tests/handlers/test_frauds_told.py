"""Who tells of a fraud without calling it one is warned; who only uses its words is answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from talking import Talk

from programme.model.participants import Participant

TOLD = [
    line.split("\t")
    for line in (Path(__file__).parent / "frauds_told.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


async def answers(label: str) -> list[tuple[str, str]]:
    """Return each line of this label with its answer."""
    found = []
    for told, line in TOLD:
        if told == label:
            talk = Talk(Participant(id=1, welcomed=True, wave=21))
            await talk.says(line)
            found.append((line, talk.plain))
    return found


async def test_next_to_all_who_are_being_tricked_are_warned() -> None:
    lines = await answers("warn")
    missed = [line for line, answer in lines if "penipu" not in answer.casefold()]
    assert len(missed) <= 0.05 * len(lines), "\n".join(missed)


async def test_hardly_anybody_is_alarmed_for_nothing() -> None:
    """That nobody pays the balance out but frauds may well be said; the alarm is for who is in danger."""
    lines = await answers("fine")
    alarmed = [line for line, answer in lines if "🚨" in answer]
    assert len(alarmed) <= 0.02 * len(lines), "\n".join(alarmed)


@pytest.mark.parametrize("forwarded", [True, False])
async def test_a_purchase_that_a_fraud_congratulates_on_is_nobodys(jakarta: Talk, forwarded: bool) -> None:
    await jakarta.says(
        "SELAMAT!! Akun PRAKERJA anda terpilih bonus insentif Rp2.500.000. Pembelian pelatihan anda di Tokopedia "
        "BERHASIL. Klaim kirim NIK + OTP ke wa.me/62899000111",
        forwarded=forwarded,
    )
    assert "penipuan" in jakarta.plain
    assert not jakarta.participant.progress
    assert "Itu tentang kamu sendiri" not in jakarta.plain
