"""Choosing a training: by topic, budget and platform, or as the programme recommends to the wave."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from talking import Talk

from bot.channels.buttons import ButtonSigner
from handlers.phrases.training_wishes import Wishes, unpacked, wishes
from programme.facts import Certainty
from programme.model.events import MilestoneReached
from programme.model.messages import Button, Open
from programme.model.milestones import Milestone
from programme.model.participants import Participant
from programme.programme import load_programme
from programme.trainings import Offer, Training

SIGNER = ButtonSigner(b"a key")


async def test_without_a_wish_the_official_picks_of_the_wave_come_first(jakarta: Talk) -> None:
    await jakarta.says("/pelatihan")
    assert "Rekomendasi resmi gelombang 21" in jakarta.plain
    assert "Service Excellence" in jakarta.text
    assert "Gramedia Academy" in jakarta.text
    assert "💰 Di bawah Rp500.000" in jakarta.buttons


async def test_the_picks_are_leafed_through_in_place(jakarta: Talk) -> None:
    await jakarta.opens("recommend", picks="1")
    assert "gelombang 21 · 1/2" in jakarta.plain
    assert "Cakap" in jakarta.plain
    assert jakarta.outcome is not None
    assert not jakarta.outcome.reply.edits, "the reminder with its picture stays"
    await jakarta.presses("Berikutnya ▶")
    assert "gelombang 21 · 2/2" in jakarta.plain
    assert "Gramedia Academy" in jakarta.plain
    assert jakarta.outcome.reply.edits
    await jakarta.presses("◀ Sebelumnya")
    assert "1/2" in jakarta.plain


async def test_a_wave_without_picks_is_told_so() -> None:
    talk = Talk(Participant(id=1, welcomed=True, wave=18))
    await talk.opens("recommend", picks="1")
    assert "gelombang 18 tidak ada di catatanku" in talk.plain
    await talk.opens("recommend")
    assert "Mau belajar apa?" in talk.plain


async def test_another_wave_can_be_asked_for(jakarta: Talk) -> None:
    await jakarta.opens("recommend", picks="1", wave="20")
    assert "gelombang 20" in jakarta.plain
    talk = Talk(Participant(id=1, welcomed=True, wave=18))
    await talk.opens("recommend", wave="21")
    await talk.presses("Lihat yang resmi")
    await talk.presses("Berikutnya ▶")
    assert "gelombang 21 · 2/2" in talk.plain


async def test_cooking_for_at_most_500rb(jakarta: Talk) -> None:
    await jakarta.says("/pelatihan kelas masak di bawah 500rb")
    assert "masak, sampai Rp500.000 · 1/" in jakarta.plain
    assert "Rp400.000" in jakarta.plain
    await jakarta.presses("Berikutnya ▶")
    assert "masak, sampai Rp500.000 · 2/" in jakarta.plain
    assert "Masakan Nusantara" in jakarta.plain


async def test_what_was_understood_is_not_asked_again(talk: Talk) -> None:
    await talk.opens("recommend", topic="masak", budget="500000", platform="pijar")
    assert "masak, sampai Rp500.000, di Pijar Mahir" in talk.plain


async def test_practice_data_is_marked_before_anything_can_be_bought(jakarta: Talk) -> None:
    await jakarta.opens("recommend", topic="jamur")
    assert "Contoh data" in jakarta.plain
    assert "https://pijarmahir.id" in jakarta.links


async def test_the_sambal_class_shows_all_four_platforms_side_by_side(jakarta: Talk) -> None:
    await jakarta.opens("recommend", topic="sambal")
    for name in ("Tokopedia", "Bukalapak", "Karier.mu", "Pintaria"):
        assert f"• {name} · harga: lihat di platform" in jakarta.plain
    assert "Juru Masak" in jakarta.plain
    assert "Contoh data" not in jakarta.plain
    assert {"https://www.tokopedia.com", "https://www.pintaria.com", "https://www.prakerja.go.id"} <= set(jakarta.links)


async def test_before_buying_it_is_said_that_nothing_can_be_exchanged(jakarta: Talk) -> None:
    await jakarta.opens("recommend", topic="sambal")
    assert "tidak bisa ditukar" in jakarta.plain


async def test_where_exchange_is_not_known_nothing_is_claimed() -> None:
    talk = Talk(Participant(id=1, welcomed=True, wave=50))
    await talk.opens("recommend", topic="sambal")
    assert "ditukar" not in talk.plain


async def test_too_small_a_budget_names_what_was_given_up(jakarta: Talk) -> None:
    await jakarta.opens("recommend", topic="masak", budget="100000")
    heard = [jakarta.plain]
    while "Berikutnya ▶" in jakarta.buttons:
        await jakarta.presses("Berikutnya ▶")
        heard.append(jakarta.plain)
    dear = [words for words in heard if "dengan harga lain" in words]
    assert dear
    assert all("Belum ada yang pas untuk masak, sampai Rp100.000" in words and "Rp" in words for words in dear)


async def test_of_a_price_that_is_not_known_nothing_is_said_but_that(jakarta: Talk) -> None:
    await jakarta.opens("recommend", topic="masak", budget="100000")
    heard = [jakarta.plain]
    while "Berikutnya ▶" in jakarta.buttons:
        await jakarta.presses("Berikutnya ▶")
        heard.append(jakarta.plain)
    unknown = [words for words in heard if "Harganya belum diketahui, jadi belum tentu sampai Rp100.000" in words]
    assert unknown
    assert not any("harga lain" in words or "Belum ada yang pas" in words for words in unknown)


async def test_a_training_without_known_price_comes_last_and_says_so(jakarta: Talk) -> None:
    await jakarta.opens("recommend", topic="sambal", budget="500000")
    while "Berikutnya ▶" in jakarta.buttons:
        await jakarta.presses("Berikutnya ▶")
    assert "Kreasi Sambal" in jakarta.plain
    assert "dengan harga lain" in jakarta.plain or "belum tentu sampai Rp500.000" in jakarta.plain
    await jakarta.opens("recommend", topic="masak", budget="500000")
    while "Berikutnya ▶" in jakarta.buttons:
        await jakarta.presses("Berikutnya ▶")
    assert "belum tentu sampai Rp500.000" in jakarta.plain


async def test_what_nobody_teaches_is_said_not_to_be_there(jakarta: Talk) -> None:
    await jakarta.opens("recommend", topic="merakit drone")
    assert "Untuk merakit drone belum ada di catatanku" in jakarta.plain
    assert "https://www.prakerja.go.id" in jakarta.links
    assert "🔎 Topik lain" in jakarta.buttons


async def test_an_institution_can_be_named(talk: Talk) -> None:
    await talk.says("/pelatihan dari cakap")
    assert "Cakap" in talk.plain
    assert "1/4" in talk.plain


async def test_another_topic_is_asked_for_and_heard_in_free_text(jakarta: Talk) -> None:
    await jakarta.opens("recommend", ask="1")
    assert "Mau belajar apa?" in jakarta.plain
    await jakarta.says("kue di bawah 600rb di pijar")
    assert "kue, sampai Rp600.000, di Pijar Mahir · 1/" in jakarta.plain
    assert "Brownies" in jakarta.plain or "Roti" in jakarta.plain


async def test_another_topic_can_be_pressed(jakarta: Talk) -> None:
    await jakarta.opens("recommend", ask="1")
    await jakarta.presses("Bahasa Inggris")
    assert "bahasa inggris · 1/" in jakarta.plain


async def test_a_question_about_something_else_is_not_taken_for_a_topic(jakarta: Talk) -> None:
    await jakarta.opens("recommend", ask="1")
    await jakarta.says("batas beli kapan ya")
    assert "21 Oktober 2021" in jakarta.plain
    assert "Mau belajar apa?" in jakarta.plain, "and the question comes again"


async def test_every_topic_on_a_key_finds_something(jakarta: Talk) -> None:
    await jakarta.opens("recommend", ask="1")
    for label in jakarta.buttons:
        await jakarta.opens("recommend", ask="1")
        await jakarta.presses(label)
        assert "· 1/" in jakarta.plain
        assert "Belum ada yang pas" not in jakarta.plain


async def test_whoever_has_bought_is_led_to_the_second_training(jakarta: Talk) -> None:
    jakarta.participant = jakarta.participant.after(MilestoneReached(Milestone.BOUGHT, on=date(2021, 10, 17)))
    await jakarta.opens("recommend", topic="masak")
    assert "second_training" in jakarta.leads_to
    assert "report_bought" not in jakarta.leads_to


async def test_a_damaged_page_does_not_stumble(jakarta: Talk) -> None:
    await jakarta.opens("recommend", leaf="99,,,masak")
    assert "masak" in jakarta.plain
    await jakarta.opens("recommend", leaf="nonsense")
    assert "Rekomendasi resmi" in jakarta.plain
    await jakarta.opens("recommend", picks="1", page="x")
    assert "1/2" in jakarta.plain


async def test_the_message_stays_short(jakarta: Talk) -> None:
    await jakarta.opens("recommend", budget="9000000")
    while "Berikutnya ▶" in jakarta.buttons:
        assert len(jakarta.plain) < 650
        assert len(jakarta.messages[0].keys) <= 5
        await jakarta.presses("Berikutnya ▶")


@given(
    topic=st.none() | st.text(max_size=80),
    profession=st.none() | st.text(max_size=40),
    budget=st.none() | st.integers(0, 99_999_999).map(str) | st.text(max_size=5),
    platform=st.none() | st.sampled_from(sorted(load_programme().platforms)),
    page=st.integers(1, 99),
    cheapest=st.booleans(),
)
def test_any_wish_fits_into_a_button_and_comes_back_the_same(
    topic: str | None, profession: str | None, budget: str | None, platform: str | None, page: int, cheapest: bool
) -> None:
    made = wishes(topic, profession, budget, platform, cheapest=cheapest)
    assert unpacked(made.packed(page)) == (made, page)
    action = Open("recommend", {"leaf": made.packed(page)})
    assert SIGNER.read(SIGNER.write(action)) == action


def test_a_long_topic_is_cut_at_a_word() -> None:
    made = wishes("membuat aneka masakan nusantara", None, "500000", "mau_belajar_apa")
    assert made == Wishes("membuat aneka", 500_000, "mau_belajar_apa")


@pytest.mark.parametrize("label", ["⭐ Lihat yang resmi", "💰 Di bawah Rp500.000", "🍳 Masak"])
async def test_every_key_fits_into_a_messenger(jakarta: Talk, label: str) -> None:
    await jakarta.opens("recommend")
    await jakarta.presses(label)
    for key in jakarta.keys:
        if isinstance(key, Button):
            SIGNER.write(key.action)


async def test_a_wish_added_later_keeps_the_earlier_ones(jakarta: Talk) -> None:
    await jakarta.says("kelas masak di bawah 500rb")
    await jakarta.says("yang di tokopedia")
    assert "masak, sampai Rp500.000, di Tokopedia" in jakarta.plain
    await jakarta.says("kalau di bukalapak ada?")
    assert "masak, sampai Rp500.000, di Bukalapak" in jakarta.plain


async def test_a_topic_alone_changes_the_topic(jakarta: Talk) -> None:
    """Beside trainings, *bahasa Inggris* is something to learn, not the language to be spoken to in."""
    await jakarta.says("kelas desain grafis")
    await jakarta.says("yang bahasa inggris aja deh")
    assert "🔎 bahasa inggris ·" in jakarta.plain


async def test_praise_before_the_topic_hides_nothing(jakarta: Talk) -> None:
    """What stands behind *yang bagus buat jadi* is the topic, up to the price."""
    await jakarta.says("pelatihan yg bagus buat jadi admin medsos max 300rb")
    assert "admin medsos, sampai Rp300.000" in jakarta.plain


def _price(talk: Talk) -> float:
    found = re.findall(r"Rp([\d.]+)$", talk.plain, re.MULTILINE)
    return min((int(one.replace(".", "")) for one in found), default=inf)


@pytest.mark.parametrize("asked", ["pelatihan yg murah", "pelatihan yang paling murah", "kelas termurah apa min"])
async def test_who_asks_for_cheap_leafs_from_the_cheapest_to_what_has_no_known_price(jakarta: Talk, asked: str) -> None:
    await jakarta.says(asked)
    assert jakarta.plain.startswith("🔎 dari yang termurah · 1/")
    prices = [_price(jakarta)]
    while "Berikutnya ▶" in jakarta.buttons:
        await jakarta.presses("Berikutnya ▶")
        assert "dari yang termurah" in jakarta.plain
        prices.append(_price(jakarta))
    assert prices == sorted(prices)
    assert prices[0] == 150_000
    assert max(price for price in prices if price < inf) > 500_000, "cheap is an order and no ceiling"
    assert "Harganya belum diketahui, jadi belum tentu murah." in jakarta.plain


async def test_cheap_said_later_changes_the_order_and_keeps_the_rest(jakarta: Talk) -> None:
    await jakarta.says("kelas desain max 400rb")
    await jakarta.says("yg paling murah")
    assert "🔎 desain, sampai Rp400.000, dari yang termurah · 1/" in jakarta.plain
    first = _price(jakarta)
    await jakarta.says("lagi dong")
    assert "dari yang termurah · 2/" in jakarta.plain
    assert first <= _price(jakarta) <= 400_000


async def test_after_the_last_one_there_are_no_more(jakarta: Talk) -> None:
    await jakarta.says("kelas opini")
    await jakarta.says("ada lagi?")
    assert jakarta.plain.startswith("Itu sudah yang terakhir ya.")


async def test_what_only_comes_near_is_ordered_as_well(jakarta: Talk) -> None:
    await jakarta.says("pelatihan excel termurah")
    assert "Yang mendekati, dengan topik lain, dari yang termurah · 1/" in jakarta.plain


async def test_on_a_platform_its_own_price_counts() -> None:
    """Cheap at Bukalapak doesn't help whoever buys at Tokopedia."""
    known = load_programme()
    made = Training(id="a", title="Kelas rajut A", seen="2021-10", source="a list", offers=(Offer("bukalapak", 100_000),
                    Offer("tokopedia", 900_000)))  # fmt: skip
    other = replace(made, id="b", title="Kelas rajut B", offers=(Offer("tokopedia", 500_000),))
    programme = replace(known, catalogue=known.catalogue.plus([made, other]))
    wished = Wishes(topic="rajut", cheapest=True)
    assert [one.id for one in wished.search(programme, 2021).trainings] == ["a", "b"]
    assert [one.id for one in replace(wished, platform="tokopedia").search(programme, 2021).trainings] == ["b", "a"]


async def test_a_key_from_before_there_was_an_order_still_works(jakarta: Talk) -> None:
    await jakarta.opens("recommend", leaf="2,500000,pijar_mahir,masak")
    assert "masak, sampai Rp500.000, di Pijar Mahir · 2/" in jakarta.plain


async def test_after_a_recommendation_anything_else_is_answered_alone(jakarta: Talk) -> None:
    await jakarta.says("kelas masak di bawah 500rb")
    await jakarta.says("batas beli saya kapan?")
    assert "21 Oktober 2021" in jakarta.plain
    assert "masak" not in jakarta.plain
    await jakarta.says("kelas masak di bawah 500rb")
    await jakarta.says("asdf qwer")
    assert "masak, sampai" not in jakarta.plain


async def test_looking_at_trainings_in_between_does_not_lose_the_question(jakarta: Talk) -> None:
    await jakarta.opens("purchase_problem")
    await jakarta.says("kelas masak di bawah 500rb ada?")
    assert "masak" in jakarta.plain
    assert "Apa yang terjadi waktu beli?" in jakarta.plain


async def test_what_is_uncertain_or_old_comes_last(jakarta: Talk) -> None:
    found = Wishes(topic="masak").search(jakarta.programme, 2021).trainings
    real = [one for one in found if not one.sample]
    doubts = [one.certainty is Certainty.UNSURE or one.seen < "2021" for one in real]
    assert doubts == sorted(doubts)


async def test_a_title_or_institution_is_looked_for_in_the_order_asked_for(jakarta: Talk) -> None:
    await jakarta.says("pelatihan sambal paling murah")
    assert "sambal" in jakarta.plain.lower()
    assert "dari yang termurah" in jakarta.plain
