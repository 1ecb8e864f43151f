"""Words of many places: what nobody listed cost most in voices that nobody had met, so families of words are listed."""

from __future__ import annotations

import pytest

from handlers.dialogue.priorities import NO_ANSWER
from handlers.understanding.reports import Said, said_of, tells_of_others
from handlers.understanding.spelling import spelt
from programme.model.milestones import Milestone
from programme.model.participants import Participant
from tests.handlers.talking import MONDAY, Talk


@pytest.fixture
def talk() -> Talk:
    return Talk(Participant(id=1, welcomed=True, wave=21), at=MONDAY)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ulun balum nukar", "saya belum beli"),
        ("bisa nukar pelatihan ga", "bisa nukar pelatihan tidak"),
        ("melu maneh iso ta", "ikut lagi bisa ta"),
        ("maneh geus daftar", "kamu sudah daftar"),
        ("ntr gw bl", "nanti saya beli"),
        ("cs bl brp", "call center bukalapak berapa"),
        ("pake duit gw dl", "pakai uang saya dulu"),
        ("dl nya kapan", "batas nya kapan"),
        ("saldo su tapotong", "saldo sudah terpotong"),
        ("sempatka", "sempat"),
    ],
)
def test_a_word_is_read_by_its_company_and_by_what_its_place_adds_to_it(text: str, meant: str) -> None:
    assert " ".join(token.word for token in spelt(text)) == meant


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("done beli ya min, pintaria", Said.PLAINLY),
        ("alhamdulillah hudah tatukar di bukalapak tadi siang min", Said.PLAINLY),
        (
            "tadi sore saya sudah beli pelatihan di Pintaria dan saldo sudah terpotong. Setelah ini apa lagi?",
            Said.PLAINLY,
        ),
        ("saya sudah beli di pintaria tapi saldo belum terpotong", Said.DOUBTFULLY),
        ("mohon maaf baru balas. kemarin saya sudah beli di pijar mahir, dibantu keponakan", Said.PLAINLY),
        ("maaf kak salah, sudah beli di pintaria", Said.DOUBTFULLY),
        ("sudah saya beli tadi di karier.mu, anak saya yang bantu", Said.PLAINLY),
        ("sudah beli di tokopedia, anak saya yang beli", Said.DOUBTFULLY),
        ("sudah dibeli di tokopedia, dibelikan anak", Said.DOUBTFULLY),
    ],
)
def test_who_helped_and_what_was_deducted_cast_no_doubt_on_a_report(text: str, said: Said) -> None:
    assert said_of(Milestone.BOUGHT, text, today=MONDAY.date()) is said


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ya udah kamis jam 10 pagi gue beli", False),
        ("yaudah rabu malam aku beli", False),
        ("yo wis sesuk jam 9 tak tuku", False),
        ("iya udah beli tadi jam 8 di bukalapak", True),
        ("ya sudah kemarin beli di tokopedia", True),
    ],
)
def test_giving_in_to_a_moment_ahead_is_no_report(text: str, plain: bool) -> None:
    assert (said_of(Milestone.BOUGHT, text, today=MONDAY.date()) is Said.PLAINLY) is plain


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("kawan saya sudah beli di pintaria katanya bagus, saya ikut pintaria juga apa boleh", True),
        ("kawan saya sudah beli, saya juga sudah beli", False),
    ],
)
def test_what_a_friend_bought_is_told_apart(text: str, others: bool) -> None:
    assert tells_of_others(Milestone.BOUGHT, text, today=MONDAY.date()) is others


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("mw bl d pijar mahir nih", "Beli di Pijar Mahir"),
        ("oh nanti gajian baru kubeli", "tidak perlu uangmu"),
        ("lolos prkrj dksh wktu brp hr", "21 Oktober"),
        ("udh co di tokped tp statusnya msh menunggu pembayaran, itu keitung udh beli blm sih", "belum dihitung beli"),
        ("ovo apa gopay ya enaknya", "OVO dan GoPay bisa semua"),
        ("aman ndak kalau kode otp saya sebutkan ke suami", "OTP, PIN, dan kata sandi hanya untukmu"),
        ("23.59 itu jam Jakarta kah jam Papua", "Saat yang sama"),
        ("di fb bilang batasnya tgl 18. ulun balum nukar, habis kah sudah?", "Belum lewat"),
        ("apa bisa minta tambah hari sedikit saja", "Kepesertaan"),
        ("gelombang 22 melu iso ta", "tidak bisa ikut gelombang mana pun"),
        ("ada 2 pelatihan yg disarankan utk gelombang kami, saya dulu di hotel, itu apa saja", "Rekomendasi resmi"),
        ("orang bilang prakerja tipu to? baru brp yg betul2 jadi uang", "2.400.000"),
    ],
)
async def test_the_one_thing_that_was_asked_is_answered(talk: Talk, said: str, heard: str) -> None:
    await talk.says(said)
    assert heard in talk.plain


@pytest.mark.parametrize(
    ("first", "then", "heard"),
    [
        ("insentif saya dalam pengecekan", "tu gagal kah artinya?", "Bukan gagal"),
        ("sisa saldo 400rb, bisa beli lagi?", "jadi beli dulu atau diselesaikan dulu?", "selesai dulu"),
        ("nomor bukalapak berapa", "kalo trada yg angkat, sa lapor mana lagi", "Formulir Pengaduan"),
        ("cara beli di tokopedia", "yang diminta nomor kartu sama apa lagi?", "Beli di Tokopedia"),
        ("mau beli di pijar mahir", "nomor kartu ditolak terus", "3630"),
        ("sambungin ovo gimana", "klo udh nyambung bs dipindah ke gopay?", "putuskan dulu"),
    ],
)
async def test_a_talk_goes_on_with_what_it_is_about(talk: Talk, first: str, then: str, heard: str) -> None:
    await talk.says(first)
    await talk.says(then)
    assert heard in talk.plain


@pytest.mark.parametrize(
    "said", ["mabar ml yuk kurang 1", "hp gue ngelag klo buka tiktok, solusinya apa", "persebaya menang ta?"]
)
async def test_what_is_of_life_at_large_is_turned_away(talk: Talk, said: str) -> None:
    await talk.says(said)
    assert talk.outcome is not None
    assert talk.outcome.intent == NO_ANSWER


@pytest.mark.parametrize(
    ("first", "then", "platform"),
    [
        ("saya sudah beli di bukalapak", "eh salah sebut saya, bukan bukalapak", None),
        (
            "sudah kubeli mi yg di bukalapak",
            "salahka pilih, kukira bikin kue ternyata bukan. bisaji ditukar?",
            "bukalapak",
        ),
    ],
)
async def test_a_wrong_name_or_training_is_no_purchase_less(talk: Talk, first: str, then: str, platform: str) -> None:
    await talk.says(first)
    await talk.says(then)
    assert talk.participant.has(Milestone.BOUGHT)
    if platform is not None:
        assert talk.participant.progress[Milestone.BOUGHT].platform == platform
    else:
        await talk.says("tokopedia yang betul")
        assert talk.participant.progress[Milestone.BOUGHT].platform == "tokopedia"


async def test_a_wave_that_somebody_new_corrects_of_their_own_is_kept() -> None:
    talk = Talk(Participant(id=1, welcomed=True), at=MONDAY)
    await talk.says("gelombang 20 ka kak")
    await talk.says("eh kuliat lagi smsku.. 21 pale")
    assert talk.participant.wave == 21
