"""How people really talk: beside the point, in between, about themselves, and back again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from town import Person, Town

from bot.app.retention import Retention
from programme.model.zones import Zone


@pytest.fixture
def channel() -> str:
    """Talks are lived once: the words are those of wave 21's stories, and `test_everything_said` knows Meta's form."""
    return "terminal"


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


async def test_a_question_in_between_is_answered_and_the_open_one_comes_back_once(town: Town, jakarta: Person) -> None:
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
    """Unsure asks with buttons; unsure again leads to those who can help, and promises nobody who isn't there."""
    await jakarta.says("itu lho yang kemarin itu gimana")
    assert "Tidak ada yang cocok" in jakarta.buttons
    await jakarta.presses("Tidak ada yang cocok")
    assert "siapa yang bisa menolong" in jakarta.heard
    assert "petugas" not in jakarta.heard.casefold()


async def test_forgetting_leaves_nothing_and_says_goodbye(town: Town, jakarta: Person) -> None:
    """The goodbye arrives, and the next word meets a stranger."""
    await jakarta.says("hapus semua data saya")
    await jakarta.presses("Ya, hapus semua")
    assert jakarta.heard
    assert "Kenalan" not in " ".join(jakarta.buttons)
    async with town.app.store.reading() as tx:
        assert await tx.people.get(1) is None
        assert await tx.outbox.log(100) == []
    await jakarta.says("batas belinya kapan ya")
    assert "gelombang berapa" in jakarta.heard


async def test_the_official_record_outweighs_what_was_told(town: Town) -> None:
    """A number on the roster makes the status official, with its payments."""
    from bot.demo.people import PAID, seed

    await seed(town.app.store, town.app.inbox_processor.numbers)
    siti = town.person("siti")
    await siti.shares_number(PAID)
    assert "data resmi" in siti.heard
    await siti.presses("Ada insentif yang gagal")
    assert "gagal" in siti.heard


@pytest.mark.parametrize(
    "words",
    [
        "temen saya udah beli kemarin di tokopedia, saya belum",
        "suami saya sudah beli tanggal 5 di bukalapak",
        "udah beli belum ya aku lupa, kayaknya tgl 10 di pijar mahir",
        "aku udah beli pulsa kemarin di tokopedia",
    ],
)
async def test_somebody_elses_purchase_stops_nobodys_reminders(town: Town, jakarta: Person, words: str) -> None:
    """A doubtful report is asked about, and not noted before the answer."""
    await jakarta.says(words)
    await town.until("2021-10-20T12:00:00+07:00")
    assert [shown for shown in jakarta.reminders if "dicabut" in shown.text]


async def test_a_purchase_counts_before_its_details_are_told(town: Town, jakarta: Person) -> None:
    """Who says it and puts the phone away is asked once whether it shows, and reminded a last time at 21.00."""
    await jakarta.says("aku udah beli")
    assert "platform" in jakarta.heard
    await town.until("2021-10-21T20:59:00+07:00")
    assert not [shown for shown in jakarta.reminders if "dicabut" in shown.text]
    assert "Sudah tampil" in jakarta.reminders[-1].text
    await town.until("2021-10-22T12:00:00+07:00")
    last = jakarta.reminders[-1]
    assert last.at.astimezone(Zone.WIB.tz).hour == 21
    assert "kamu bilang sudah beli" in last.text.casefold(), "whoever reported is not spoken to as if they had not"


@pytest.mark.parametrize("answer", ["sudah tampil kok", "udah", "ada min", "Sudah tampil", "udah muncul kak"])
async def test_whose_purchase_shows_hears_no_more_of_the_deadline(town: Town, jakarta: Person, answer: str) -> None:
    """Asked at 18.00 on the last day, answered in words or by the key's name."""
    await jakarta.says("aku udah beli")
    await town.until("2021-10-21T18:05:00+07:00")
    await jakarta.says(answer)
    assert "Pengingat batas beli selesai" in jakarta.heard
    await town.until("2021-10-22T12:00:00+07:00")
    assert not [shown for shown in jakarta.reminders if "dicabut" in shown.text]


@pytest.mark.parametrize("answer", ["belum", "ga ada", "belum muncul min", "Belum, bantu aku"])
async def test_whose_purchase_does_not_show_is_helped_and_reminded_at_nine(
    town: Town, jakarta: Person, answer: str
) -> None:
    await jakarta.says("udah beli kemarin di tokped")
    await town.until("2021-10-21T18:05:00+07:00")
    assert "kamu bilang sudah beli" in jakarta.reminders[-1].text.casefold()
    assert "di Tokopedia" in jakarta.reminders[-1].text
    await jakarta.says(answer)
    assert "Jangan beli ulang dulu" in jakarta.heard
    await town.until("2021-10-21T22:00:00+07:00")
    assert "Pengingat terakhir" in jakarta.reminders[-1].text


async def test_silence_ends_it_where_platform_and_day_were_told(town: Town, jakarta: Person) -> None:
    await jakarta.says("udah beli kemarin di tokped")
    await town.until("2021-10-22T12:00:00+07:00")
    assert len([shown for shown in jakarta.reminders if "Sudah tampil" in shown.text]) == 1
    assert not [shown for shown in jakarta.reminders if "dicabut" in shown.text]


async def test_a_reminder_that_a_mistaken_report_cancelled_comes_after_all(town: Town, jakarta: Person) -> None:
    """Pressed by mistake while the last reminder waited to go out, and taken back."""
    await town.until("2021-10-21T18:30:00+07:00")
    await jakarta.says("udah beli")
    await jakarta.says("eh salah pencet")
    assert "Pengingat batas beli jalan lagi" in jakarta.heard
    await town.until("2021-10-21T22:00:00+07:00")
    assert "Pengingat terakhir" in jakarta.reminders[-1].text


async def test_a_purchase_that_failed_after_all_is_taken_back_in_words(town: Town, jakarta: Person) -> None:
    """The deadline and its reminders come back at once."""
    await jakarta.says("kemarin udah beli di bukalapak")
    await jakarta.says("ternyata belum jadi beli, gagal")
    assert "kubatalkan" in jakarta.heard
    assert "jalan lagi" in jakarta.heard
    await town.until("2021-10-20T12:00:00+07:00")
    assert [shown for shown in jakarta.reminders if "dicabut" in shown.text]


async def test_a_purchase_after_the_cutoff_is_not_congratulated(town: Town, jakarta: Person) -> None:
    """It is noted, and said to be late before anything else."""
    await town.until("2021-10-22T10:00:00+07:00")
    await jakarta.says("udah beli tadi pagi di tokped")
    await jakarta.presses("Hari ini") if "Tanggal berapa" in jakarta.heard else None
    assert jakarta.heard.startswith("⚠️")


async def test_a_report_is_never_shown_as_official(town: Town) -> None:
    """What the person says and what the programme recorded stay apart."""
    from bot.demo.people import NOT_BOUGHT, seed

    await seed(town.app.store, town.app.inbox_processor.numbers)
    ani = town.person("ani")
    await ani.shares_number(NOT_BOUGHT)
    await ani.says("kemarin udah beli di tokopedia")
    await ani.says("status saya gimana")
    assert "menurut laporanmu" in ani.heard
    assert "Sesuai data resmi" not in ani.heard


async def test_a_town_named_too_early_is_kept(town: Town) -> None:
    """Nobody has to say it twice."""
    ani = town.person("ani")
    await ani.says("/start g22")
    await ani.says("Makassar")
    assert "WITA" in ani.heard
    await ani.presses("Lewati, lupa")
    assert "mana?" not in ani.heard


async def test_the_day_of_passing_is_asked_only_where_it_decides_the_cutoff(town: Town) -> None:
    """Wave 21's cutoff is published, and told before anything else is asked; wave 22 is not announced yet."""
    ani, budi = town.person("ani"), town.person("budi")
    await ani.says("/start g21")
    assert "21 Oktober 2021 pukul 23.59 WIB" in ani.heard
    assert "zona waktu" in ani.heard
    await budi.says("/start g22")
    assert "Kapan kamu dinyatakan" in budi.heard


async def test_wave_and_town_told_in_passing_are_kept(town: Town) -> None:
    """The question is answered, and who asks is known from then on."""
    ani = town.person("ani")
    await ani.says("saya gelombang 21 di makassar, cara belinya gimana ya")
    await ani.says("batasnya kapan")
    assert "00.59 WITA" in ani.heard


async def test_yes_turn_it_off_is_heard_as_yes(town: Town, jakarta: Person) -> None:
    """Off means off, also in words."""
    await jakarta.says("jangan kirim pengingat lagi")
    await jakarta.says("iya matikan")
    assert "mati" in jakarta.heard
    await town.until("2021-10-22T12:00:00+07:00")
    assert jakarta.reminders == []


async def test_what_was_kept_long_enough_is_dropped(town: Town, jakarta: Person) -> None:
    """Words of what was sent go after half a year; that it was sent stays known."""
    await jakarta.says("batasnya kapan")
    town.clock.set(town.clock.now().replace(year=2022, month=8))
    await Retention(town.app.store).drop()
    async with town.app.store.reading() as tx:
        entries = await tx.outbox.log(50)
    assert entries
    assert all(entry.message is None for entry in entries)


async def test_what_was_told_of_a_trouble_is_kept_for_a_day_at_most(town: Town, jakarta: Person) -> None:
    """A restart a moment later loses nothing; a day later nothing is left."""
    await jakarta.says("insentif saya belum cair sudah dua minggu")
    await Retention(town.app.store).forget()
    async with town.app.store.reading() as tx:
        kept = await tx.dialogues.of(1)
        assert kept is not None
        assert "insentif saya belum cair sudah dua minggu" in kept.answers.values()
    town.clock.set(town.clock.now() + timedelta(hours=23))
    await Retention(town.app.store).forget()
    async with town.app.store.reading() as tx:
        assert await tx.dialogues.of(1) is None
