"""Whom to call: the programme, a platform, a payment partner; never a made-up number."""

from __future__ import annotations

import pytest
from talking import Talk

from programme.model.events import MilestoneReached
from programme.model.milestones import Milestone
from programme.model.participants import Participant


async def test_the_call_center_is_given_with_number_and_form(talk: Talk) -> None:
    await talk.opens("call_center")
    assert "0800-150-3001 (bebas pulsa)" in talk.plain
    assert "https://bantuan.prakerja.go.id/hc/id/requests/new" in talk.links
    assert "tel:08001503001" in talk.links
    assert "handoff" in talk.leads_to


async def test_opening_hours_are_not_invented(talk: Talk) -> None:
    await talk.opens("call_center")
    assert "belum bisa kupastikan" in talk.text


async def test_whoever_has_not_bought_is_reminded_of_the_cutoff_on_their_own_clock(makassar: Talk) -> None:
    await makassar.opens("call_center")
    assert "Kamis, 21 Oktober 2021 pukul 23.59 WIB" in makassar.plain
    assert "Jumat, 22 Oktober 2021 pukul 00.59 WITA" in makassar.plain


async def test_a_named_payment_partner_comes_along(talk: Talk) -> None:
    await talk.opens("call_center", partner="ovo")
    assert "1500696" in talk.text
    assert "tel:1500696" in talk.links


@pytest.mark.parametrize(
    ("platform", "contact", "url"),
    [
        ("bukalapak", "021-508 13333", "tel:+622150813333"),
        ("mau_belajar_apa", "+62 811 8807 172", "https://wa.me/628118807172"),
        ("pijar_mahir", "+62 821 1111 3630", "https://wa.me/6282111113630"),
        ("pintaria", "www.pintaria.com", "https://www.pintaria.com"),
        ("sekolahmu", "+62 813 1579 2171", "https://wa.me/6281315792171"),
        ("sisnaker", "021-508 16000", "tel:+622150816000"),
        ("tokopedia", "www.tokopedia.com/help", "https://www.tokopedia.com/help"),
    ],
)
async def test_each_platform_has_the_contact_of_the_founding_article(
    talk: Talk, platform: str, contact: str, url: str
) -> None:
    await talk.opens("platform_contact", platform=platform)
    assert contact in talk.text
    assert url in talk.links
    assert "purchase_problem" in talk.leads_to


async def test_a_platform_without_known_contact_gets_none_invented(talk: Talk) -> None:
    await talk.opens("platform_contact", platform="kariermu")
    assert "Karier.mu" in talk.text
    assert "tidak ada di catatanku" in talk.text
    assert talk.links == []
    assert "call_center" in talk.leads_to


async def test_a_platform_that_sells_no_more_is_said_to(talk: Talk) -> None:
    await talk.opens("platform_contact", platform="skill_academy")
    assert "sejak 2021" in talk.text


async def test_kemnaker_is_reached_through_sisnaker(talk: Talk) -> None:
    await talk.opens("platform_contact", platform="kemnaker")
    assert "021-508 16000" in talk.text


async def test_an_unnamed_platform_is_asked_for_once(talk: Talk) -> None:
    await talk.opens("platform_contact")
    assert "kontak platform mana" in talk.text
    await talk.presses("Tokopedia")
    assert "www.tokopedia.com/help" in talk.text
    await talk.presses("Platform lain")
    assert "kontak platform mana" in talk.text


async def test_where_the_person_bought_needs_no_asking_and_another_can_be_had() -> None:
    bought = MilestoneReached(Milestone.BOUGHT, platform="pijar_mahir")
    talk = Talk(Participant(id=1, welcomed=True, wave=21).after(bought))
    await talk.opens("platform_contact")
    assert "+62 821 1111 3630" in talk.text
    await talk.presses("Platform lain")
    await talk.presses("Bukalapak")
    assert "021-508 13333" in talk.text


async def test_a_platform_that_is_not_listed_leads_to_people(talk: Talk) -> None:
    await talk.opens("platform_contact")
    await talk.presses("Tidak ada di sini")
    assert "tidak ada di catatanku" in talk.text
    assert {"call_center", "handoff"} <= talk.leads_to


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("mending tokopedia apa bukalapak kak", "021-508 13333"),
        ("platform mana yang paling bagus", "Pijar Mahir"),
        ("enakan beli dimana min", "Pijar Mahir"),
        ("which platform is better", "Pijar Mahir"),
    ],
)
async def test_no_platform_is_praised_and_what_is_known_of_each_is_told(jakarta: Talk, said: str, told: str) -> None:
    await jakarta.says(said)
    assert "lebih bagus aku tidak tahu" in jakarta.plain
    assert told in jakarta.plain
    assert "recommend" in jakarta.leads_to


@pytest.mark.parametrize("said", ["pelatihan mana yang paling bagus di tokopedia", "kelas masak mana yang bagus"])
async def test_the_better_training_is_another_question(jakarta: Talk, said: str) -> None:
    await jakarta.says(said)
    assert "lebih bagus aku tidak tahu" not in jakarta.plain


@pytest.mark.parametrize("said", ["nomor call center kena biaya ga sih kak", "telpon cs prakerja bayar nggak"])
async def test_what_a_call_costs_is_told_before_any_contact_was_given(jakarta: Talk, said: str) -> None:
    await jakarta.says(said)
    assert "bebas pulsa" in jakarta.plain
