"""How people really talk: beside the point, in between, about themselves, and back again."""

from __future__ import annotations

import pytest
from town import Person, Town


async def test_who_tells_the_wave_is_told_the_deadline(town: Town) -> None:
    """*Aku gelombang 21* asks nothing, and yet says what the person needs."""
    budi = town.person("budi")
    await budi.says("aku gelombang 21 kak")
    assert "21 Oktober 2021" in budi.heard
    await budi.says("batas belinya kapan ya")
    assert "21 Oktober 2021" in budi.heard, "the wave was kept"


async def test_who_tells_the_town_reads_the_deadline_on_that_clock(town: Town, jakarta: Person) -> None:
    """Whoever moved to Jayapura says so in passing."""
    await jakarta.says("saya tinggal di jayapura")
    assert "01.59 WIT" in jakarta.heard


async def test_a_question_in_between_is_answered_and_the_open_one_comes_back_once(
    town: Town, jakarta: Person
) -> None:
    """Nobody loses the thread, and nobody is nagged."""
    await jakarta.says("udah beli nih")
    assert "platform" in jakarta.heard
    await jakarta.says("batas belinya kapan sih")
    assert "21 Oktober" in jakarta.heard
    assert "platform mana" in jakarta.heard
    await jakarta.says("makasih ya")
    assert "platform mana" not in jakarta.heard


async def test_a_setting_that_was_just_made_is_not_asked_for_again(town: Town, jakarta: Person) -> None:
    """*Stop* in the settings stops; the settings do not come back with the old state."""
    await jakarta.says("mau atur pengingat")
    await jakarta.says("stop ngingetin aku")
    await jakarta.presses("Tetap matikan")
    assert "mati" in jakarta.heard
    assert "Mau diubah" not in jakarta.heard


async def test_the_evening_can_be_promised_in_words(town: Town, makassar: Person) -> None:
    """*Ingatkan nanti malam* is a plan on the person's own clock."""
    await makassar.says("ingatkan aku nanti malam dong")
    assert "19.00 WITA" in makassar.heard


@pytest.mark.parametrize("word", ["batal", "kembali", "menu"])
async def test_the_words_that_work_everywhere(town: Town, jakarta: Person, word: str) -> None:
    """In the middle of a question and without one."""
    await jakarta.says(word)
    assert jakarta.buttons
    await jakarta.says("udah beli nih")
    await jakarta.says(word)
    assert jakarta.buttons


async def test_after_the_second_miss_a_person_is_offered(town: Town, jakarta: Person) -> None:
    """Unsure asks with buttons; unsure again leads to people."""
    await jakarta.says("itu lho yang kemarin itu gimana")
    assert "Bukan semuanya" in jakarta.buttons
    await jakarta.presses("Bukan semuanya")
    assert "petugas" in jakarta.heard.casefold()


async def test_forgetting_leaves_nothing_and_says_goodbye(town: Town, jakarta: Person) -> None:
    """The goodbye arrives, and the next word meets a stranger."""
    await jakarta.says("hapus semua data saya")
    await jakarta.presses("Ya, hapus semua")
    assert jakarta.heard
    assert "Kenalan" not in " ".join(jakarta.buttons)
    async with town.house.store.reading() as tx:
        assert await tx.people.get(1) is None
        assert await tx.outbox.log(100) == []
    await jakarta.says("batas belinya kapan ya")
    assert "gelombang berapa" in jakarta.heard


async def test_the_official_record_outweighs_what_was_told(town: Town) -> None:
    """A number on the roster makes the status official, with its payments."""
    from bot.chat import DEMO_KEY
    from bot.demo import PAID, seed

    await seed(town.house.store, DEMO_KEY)
    siti = town.person("siti")
    await siti.shares_number(PAID)
    assert "data resmi" in siti.heard
    await siti.presses("Ada insentif yang gagal")
    assert "gagal" in siti.heard
