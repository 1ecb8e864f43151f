"""What is kept of a person: said, shown in plain words, deleted on one honest question."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from talking import MONDAY, Talk

from programme.model.controllers import DataController
from programme.model.events import (
    CutoffTold,
    Forgotten,
    MilestoneReached,
    ObstacleNamed,
    PlanMade,
    RemindersWished,
    RosterMatched,
)
from programme.model.milestones import Milestone
from programme.model.participants import Participant
from programme.model.payments import Payment, PaymentStatus
from programme.model.zones import Zone


async def test_what_is_kept_why_and_for_how_long(jakarta: Talk) -> None:
    await jakarta.opens("privacy")
    assert "zona waktu" in jakarta.text
    assert "Tidak kusimpan: nomor kartu, OTP, NIK, kata sandi" in jakarta.plain
    assert "Disimpan sampai kamu minta hapus" in jakarta.text
    assert {"privacy", "forget_me", "how_to_buy"} <= jakarta.leads_to


async def test_who_answers_for_the_data_is_named_with_how_to_reach_them(jakarta: Talk) -> None:
    """As the operator set it; nothing of it is markup."""
    await jakarta.opens("privacy")
    assert "Penanggung jawab" not in jakarta.text
    jakarta.controller = DataController("Yayasan A & <b>", "data@a.example")
    await jakarta.opens("privacy")
    assert "Penanggung jawab datamu: Yayasan A &amp; &lt;b&gt;. Hubungi: data@a.example" in jakarta.plain


async def test_everything_that_is_known_is_shown() -> None:
    person = Participant(id=1, welcomed=True, joined_at=MONDAY.astimezone(UTC), zone=Zone.WITA)
    for event in (
        RosterMatched(21, date(2021, 9, 22), payments=(Payment(1, 600_000, PaymentStatus.FAILED),)),
        MilestoneReached(Milestone.BOUGHT, on=date(2021, 10, 17), platform="tokopedia"),
        RemindersWished("fewer", time(8, 15)),
        PlanMade(datetime(2021, 10, 18, 12, tzinfo=UTC)),
        CutoffTold(datetime(2021, 10, 21, 16, 59, 59, tzinfo=UTC)),
        ObstacleNamed("forgot_password"),
    ):
        person = person.after(event)
    talk = Talk(person)
    await talk.opens("privacy")
    await talk.presses("Lihat dataku")
    for known in (
        "bahasa: Bahasa Indonesia",
        "zona waktu: WITA",
        "mulai mengobrol denganku: 18 Oktober 2021",
        "gelombang: 21",
        "dinyatakan lolos: 22 September 2021",
        "cocok dengan daftar peserta",
        "Jumat, 22 Oktober 2021 pukul 00.59 WITA",
        "tidak bisa masuk akun",
        "pengingat: yang penting saja",
        "jam pengingat: 08.15",
        "Senin, 18 Oktober 2021 pukul 20.00 WITA",
        "17 Oktober 2021, Tokopedia, dan dari laporanmu",
        "insentif 1: Rp600.000, gagal",
    ):
        assert known in talk.text
    assert {"change_wave", "forget_me"} <= talk.leads_to


async def test_what_is_kept_in_mind_of_a_trouble_is_shown(jakarta: Talk) -> None:
    await jakarta.says("insentif saya belum cair sudah dua minggu")
    await jakarta.opens("privacy")
    await jakarta.presses("Lihat dataku")
    assert "“insentif saya belum cair sudah dua minggu”" in jakarta.text


async def test_of_somebody_new_hardly_anything_is_known(talk: Talk) -> None:
    await talk.opens("privacy", show="1")
    assert "gelombang:" not in talk.text
    assert "pengingat: semua" in talk.text


async def test_deleting_asks_once_and_says_what_is_lost(jakarta: Talk) -> None:
    await jakarta.opens("privacy")
    await jakarta.presses("Hapus semua dataku")
    assert "tidak akan mengingatkanmu lagi" in jakarta.plain
    assert "Kamis, 21 Oktober 2021" in jakarta.text
    assert jakarta.participant.wave == 21
    await jakarta.presses("Ya, hapus semua")
    assert Forgotten() in jakarta.events
    assert jakarta.participant.wave is None
    assert "sudah kuhapus" in jakarta.text


async def test_who_thinks_better_of_it_keeps_everything(jakarta: Talk) -> None:
    await jakarta.opens("forget_me")
    await jakarta.says("jangan")
    assert "tidak ada yang kuhapus" in jakarta.text
    assert jakarta.events == []
    assert jakarta.participant.wave == 21


@pytest.mark.parametrize("words", ["ya jangan", "ya udah jangan", "jangan hapus", "ga usah hapus", "enggak ya"])
async def test_a_no_in_any_words_keeps_everything(jakarta: Talk, words: str) -> None:
    await jakarta.opens("forget_me")
    await jakarta.says(words)
    assert "tidak ada yang kuhapus" in jakarta.text
    assert Forgotten() not in jakarta.events


@pytest.mark.parametrize("words", ["ya ampun", "ya nanti aja", "boleh deh", "ya hapus gelombangnya aja", "oke", "ya?"])
async def test_a_yes_is_made_out_of_no_other_words(jakarta: Talk, words: str) -> None:
    await jakarta.opens("forget_me")
    await jakarta.says(words)
    assert Forgotten() not in jakarta.events


@pytest.mark.parametrize("words", ["jangan hapus data saya", "data saya jangan dihapus ya", "ga mau hapus data"])
async def test_who_wants_nothing_deleted_is_not_asked_to_confirm_it(jakarta: Talk, words: str) -> None:
    await jakarta.says(words)
    assert "tidak ada yang kuhapus" in jakarta.text


@pytest.mark.parametrize("words", ["hapus data ibu saya", "data suami tolong dihapus", "delete my friend's data"])
async def test_the_data_of_another_are_theirs_to_delete(jakarta: Talk, words: str) -> None:
    """A bare *ya* to the usual question would have cost one's own reminders."""
    await jakarta.says(words)
    assert "hanya data orang yang menulis kepadaku" in jakarta.text
    await jakarta.says("ya")
    assert Forgotten() not in jakarta.events


async def test_asking_for_deletion_in_words_leads_to_the_question(jakarta: Talk) -> None:
    await jakarta.says("hapus semua data saya")
    assert "Ya, hapus semua" in jakarta.buttons[0]


async def test_asking_to_see_in_words_shows_at_once(jakarta: Talk) -> None:
    await jakarta.says("data apa saja yang kamu simpan tentang saya")
    assert "gelombang: 21" in jakarta.text


async def test_messages_of_somebody_of_whom_nothing_is_known_go_too() -> None:
    talk = Talk(Participant(id=1))
    await talk.opens("forget_me")
    await talk.presses("Ya, hapus semua")
    assert Forgotten() in talk.events
