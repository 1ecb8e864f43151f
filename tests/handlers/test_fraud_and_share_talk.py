"""Warning of fraud, and the message that is passed on to those who passed too."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from talking import Talk

from programme.model.participants import Participant


async def test_the_signs_of_fraud_and_what_never_to_share(talk: Talk) -> None:
    await talk.opens("fraud")
    for sign in ("OTP", "kata sandi", "NIK", "nomor kartu", "joki", "pencairan saldo", "prakerja.go.id"):
        assert sign in talk.text
    assert {"call_center", "share"} <= talk.leads_to


async def test_who_has_shared_already_gets_the_steps_in_order(talk: Talk) -> None:
    await talk.opens("fraud")
    await talk.presses("telanjur memberi data")
    assert talk.text.index("Ganti kata sandi") < talk.text.index("0800-150-3001")
    assert "jangan kamu tulis di sini" in talk.text
    assert {"payment_account", "fraud_thread"} <= talk.leads_to


@pytest.mark.parametrize(
    ("first", "threat"),
    [
        ("ada orang telepon dari prakerja minta otp", "katanya kalau tidak kasih dicabut"),
        ("ada yg wa minta transfer 50rb biar insentif cair", "kalo ga bayar hari ini katanya hangus"),
        ("org ngaku admin minta nik sama otp", "dia ancam kepesertaan saya dicabut min, gimana dong"),
        ("someone called and asked for my otp, said from prakerja", "he said if i don't give it my card gets blocked"),
    ],
)
async def test_what_a_fraud_threatens_with_is_no_rule(jakarta: Talk, first: str, threat: str) -> None:
    """Whoever is afraid of losing the place hears what loses it, and that a code kept to oneself does not."""
    await jakarta.says(first)
    await jakarta.says(threat)
    assert "ancaman" in jakarta.text or "threat" in jakarta.text
    assert "fraud" in jakarta.leads_to


async def test_a_question_of_ones_own_about_revocation_is_no_threat(jakarta: Talk) -> None:
    await jakarta.says("ada yg minta kode otp katanya dr prakerja")
    await jakarta.says("kalau saya ga beli pelatihan dicabut ga?")
    assert "ancaman" not in jakarta.text
    assert "30 hari" in jakarta.text


def _shared(talk: Talk) -> tuple[str, str]:
    whatsapp, telegram = (urlsplit(url) for url in talk.links)
    assert (whatsapp.netloc, whatsapp.path) == ("wa.me", "/")
    assert (telegram.netloc, telegram.path) == ("t.me", "/share/url")
    assert parse_qs(telegram.query)["url"] == ["https://www.prakerja.go.id"]
    return parse_qs(whatsapp.query)["text"][0], parse_qs(telegram.query)["text"][0]


async def test_the_message_to_pass_on_carries_the_waves_deadline_in_every_zone(jakarta: Talk) -> None:
    await jakarta.opens("share")
    by_whatsapp, by_telegram = _shared(jakarta)
    assert by_whatsapp == by_telegram == jakarta.messages[1].text
    for fact in ("gelombang 21", "Kamis, 21 Oktober 2021 pukul 23.59 WIB", "WITA 00.59", "WIT 01.59", "0800-150-3001"):
        assert fact in by_whatsapp
    assert "dicabut" in by_whatsapp
    assert "how_to_buy" in jakarta.leads_to


async def test_links_are_encoded_without_plus_signs(jakarta: Talk) -> None:
    await jakarta.opens("share")
    assert all("%20" in url and "+" not in url and " " not in url for url in jakarta.links)


async def test_without_a_wave_no_date_is_told_but_waves_can_be_picked(talk: Talk) -> None:
    await talk.opens("share")
    assert "Oktober" not in _shared(talk)[0]
    await talk.presses("Gelombang 21")
    assert "Kamis, 21 Oktober 2021" in _shared(talk)[0]
    assert talk.participant.wave is None


async def test_a_deadline_that_is_over_is_not_passed_on() -> None:
    at = datetime.fromisoformat("2021-10-22T08:00:00+07:00")
    talk = Talk(Participant(id=1, welcomed=True, wave=21), at=at)
    await talk.opens("share")
    assert "21 Oktober" not in _shared(talk)[0]


async def test_a_wave_without_a_certain_cutoff_gets_no_date() -> None:
    at = datetime.fromisoformat("2023-05-01T09:00:00+07:00")
    talk = Talk(Participant(id=1, welcomed=True, wave=51), at=at)
    await talk.opens("share")
    assert "2023" not in _shared(talk)[0]
