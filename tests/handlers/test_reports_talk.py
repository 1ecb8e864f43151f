"""What is noted is what was said: dialogues without a purchase silence no reminder, reports are heard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from talking import Talk

from programme.model.milestones import Milestone, Source, Step
from programme.model.participants import Participant
from programme.model.zones import Zone
from reminders.planner import Planner
from reminders.policy import load_policy

HERE = Path(__file__).parent
LAST_DAY = datetime.fromisoformat("2021-10-21T14:00:00+07:00")


class Chat(NamedTuple):
    voice: str
    who: str
    turns: tuple[str, ...]


def chats(name: str) -> Iterator[Chat]:
    for line in (HERE / name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            voice, who, turns = line.split("\t")
            yield Chat(voice, who, tuple(turns.split(" / ")))


def somebody(who: str) -> Talk:
    known = {} if who == "new" else {"wave": 21, "zone": Zone.WIB}
    talk = Talk(Participant(id=1, welcomed=True, **known))
    talk.now = LAST_DAY if who == "late" else talk.now
    return talk


async def lead(talk: Talk, chat: Chat) -> None:
    for place, turn in enumerate(chat.turns):
        if turn.startswith("[") and turn.endswith("]"):
            await talk.presses(turn[1:-1])
        else:
            await talk.says(turn, forwarded=chat.who == "fw" and place == 0)


def reminders(talk: Talk) -> list[str]:
    """The reminders of the first purchase that are still ahead of somebody of wave 21."""
    person = talk.participant
    assert person.wave in {None, 21}, "another wave has other reminders"
    assert person.zone in {None, Zone.WIB}
    ahead = Planner(talk.programme, load_policy()).upcoming(person if person.wave else _in_21(person), talk.now)
    return [due.source for due in ahead if due.unless is Milestone.BOUGHT]


def _in_21(person: Participant) -> Participant:
    from programme.model.events import WaveTold

    return person.after(WaveTold(21))


async def test_no_dialogue_without_a_purchase_silences_a_reminder() -> None:
    silenced = []
    for chat in chats("without_a_purchase.tsv"):
        talk = somebody(chat.who)
        await lead(talk, chat)
        everything = 3 if chat.who == "late" else 6
        if talk.participant.progress or len(reminders(talk)) < everything - 1:
            silenced.append((chat.turns, sorted(talk.participant.progress), reminders(talk)))
    assert not silenced


async def test_who_has_bought_is_heard_after_one_question_at_most() -> None:
    unheard = []
    for chat in chats("with_a_purchase.tsv"):
        talk = somebody(chat.who)
        await lead(talk, chat)
        if not talk.participant.has(Milestone.BOUGHT):
            yes = [label for label in talk.buttons if label in {"✅ Ya, aku sudah beli", "Aku sudah beli pelatihan"}]
            if yes:
                await talk.presses(yes[0])
        if not talk.participant.has(Milestone.BOUGHT):
            unheard.append((chat.turns, talk.outcome.intent if talk.outcome else None, talk.plain[:90]))
    assert not unheard


async def test_a_plain_report_is_noted_without_a_question() -> None:
    asked = []
    for chat in chats("with_a_purchase.tsv"):
        if chat.voice == "plain":
            talk = somebody(chat.who)
            await lead(talk, chat)
            if not talk.participant.has(Milestone.BOUGHT):
                asked.append(chat.turns)
    assert not asked


@pytest.mark.parametrize("said", ["udah", "sudah kak", "oke sudah", "uwis"])
async def test_a_bare_word_is_asked_about_neutrally_and_once_more_says_nothing(said: str) -> None:
    talk = somebody("21")
    await talk.says(said)
    assert talk.buttons == ["Sudah beli pelatihan", "Sudah selesai pelatihan", "Bukan itu"]
    await talk.says("udah")
    assert "tidak ada yang kucatat" in talk.text
    assert not talk.participant.progress


@pytest.mark.parametrize("said", ["udah ganti", "sudah diperbarui", "udah disimpen", "sudah tersambung"])
async def test_another_verb_is_never_asked_about_as_a_purchase(said: str) -> None:
    talk = somebody("21")
    await talk.says("lupa password")
    for text in (said, "udah", "udah"):
        await talk.says(text)
        assert "✅ Ya, aku sudah beli" not in talk.buttons
    assert not talk.participant.progress


async def test_a_bare_word_after_a_key_that_reports_the_purchase_is_asked_about_it() -> None:
    talk = somebody("21")
    await talk.says("kapan batas beli")
    assert "report_bought" in talk.leads_to
    await talk.says("udah")
    assert "✅ Ya, aku sudah beli" in talk.buttons


async def test_platform_and_day_are_kept_with_the_first_word_of_the_purchase() -> None:
    talk = somebody("21")
    await talk.says("udah beli di tokped")
    bought = talk.participant.progress[Milestone.BOUGHT]
    assert (bought.platform, bought.on) == ("tokopedia", None)
    other = somebody("21")
    await other.says("udah beli kemarin")
    assert other.participant.progress[Milestone.BOUGHT].on == date(2021, 10, 17)


async def test_what_is_asked_for_beside_a_report_is_answered_and_the_purchase_asked_about_below() -> None:
    talk = somebody("21")
    await talk.says("terlanjur beli kelas excel di pintaria, bisa ditukar ga?")
    assert "tidak bisa ditukar" in talk.text
    assert talk.buttons[-2:] == ["✅ Ya, aku sudah beli", "Belum"]
    await talk.says("iya")
    assert talk.participant.progress[Milestone.BOUGHT].platform == "pintaria"


@pytest.mark.parametrize("said", ["sudah", "belum"])
async def test_a_bare_word_at_the_question_below_notes_nothing(said: str) -> None:
    talk = somebody("21")
    await talk.says("terlanjur beli kelas excel, bisa ditukar ga?")
    await talk.says(said)
    await talk.says(said)
    assert not talk.participant.progress


@pytest.mark.parametrize(
    "said", ["stop remindernya, aku udah beli dari hari selasa", "udah beli dari lusa eh kemarin lusa"]
)
async def test_a_day_in_a_report_is_no_wish_to_be_reminded(said: str) -> None:
    talk = somebody("21")
    await talk.says(said)
    assert talk.participant.plan_at is None
    assert talk.participant.has(Milestone.BOUGHT) or "✅ Ya, aku sudah beli" in talk.buttons


@pytest.mark.parametrize(
    "said",
    [
        "maksudku beli pulsa",
        "itu punya adikku",
        "eh yang beli istri saya",
        "bukan saya, kakak saya",
        "canda, baru buka",
        "eh belum deng",
        "eh tunggu, belum",
        "no wait, not yet",
        "oops, wrong button",
        "sorry i was wrong, not yet",
    ],
)
async def test_what_was_meant_otherwise_is_taken_back_and_said_so(said: str) -> None:
    talk = somebody("21")
    before = reminders(talk)
    await talk.says("udah beli")
    await talk.says(said)
    assert "Sudah kubatalkan" in talk.text
    assert reminders(talk) == before


@pytest.mark.parametrize(
    "said",
    [
        "eh maksudnya di tokopedia",
        "makasih",
        "suami saya juga mau ikut",
        "istri saya senang",
        "maksudnya gimana?",
        "makasih banyak",
        "saldo sisa 300rb",
        "tokped pakai hp",
        "beli bareng teman di tokped",
    ],
)
async def test_what_is_only_told_of_a_purchase_takes_nothing_back(said: str) -> None:
    talk = somebody("21")
    await talk.says("udah beli")
    await talk.says(said)
    assert talk.participant.progress[Milestone.BOUGHT].source is Source.SELF


@pytest.mark.parametrize(
    "said",
    [
        "batal ke indomaret, hujan",
        "cancel yg linkaja",
        "nda jadi ka pergi ke bank",
        "bisa diganti ga pelatihannya, salah pencet kayaknya",
        "min salah klik kelas nih, kok malah bahasa inggris",
        "ga jadi komplain",
    ],
)
async def test_what_is_called_off_beside_a_purchase_leaves_it(said: str) -> None:
    talk = somebody("21")
    await talk.says("udah beli di tokopedia kemarin")
    await talk.says(said)
    assert talk.participant.has(Milestone.BOUGHT)


@pytest.mark.parametrize("said", ["eh batal min, pembayarannya ditolak", "salah pencet min", "cancel, saldonya kurang"])
async def test_a_purchase_that_is_called_off_itself_is_taken_back(said: str) -> None:
    talk = somebody("21")
    await talk.says("udah beli di tokopedia kemarin")
    await talk.says(said)
    assert not talk.participant.has(Milestone.BOUGHT)


async def test_of_whom_is_spoken_of_the_purchase_is_theirs_and_the_question_answered(jakarta: Talk) -> None:
    await jakarta.says("oh iya adik saya jg dapat, gelombang 20. batasnya kapan?")
    await jakarta.says("ternyata katanya sudah beli tgl 10 oktober di pijar mahir. brarti dia aman kan? ceknya di mana")
    assert not jakarta.participant.has(Milestone.BOUGHT)
    assert "dia aman" in jakarta.plain
    assert "dashboard dia sendiri" in jakarta.plain
    assert "kamu sendiri" not in jakarta.plain


async def test_anothers_account_buys_nothing_for_oneself(jakarta: Talk) -> None:
    await jakarta.says("temen gue udah beli di sekolahmu btw")
    await jakarta.says("gue pake akun dia aja bisa ga")
    assert "Tidak bisa" in jakarta.plain
    assert "Kamis, 21 Oktober 2021" in jakarta.plain


async def test_who_wished_to_buy_somewhere_and_then_paid_did_so_there(jakarta: Talk) -> None:
    await jakarta.says("tiang mau ambil pelatihan masak di pijar mahir")
    await jakarta.says("ok udah tiang bayar barusan, suksma bli")  # *bli* is a brother: what was paid is asked
    await jakarta.presses("Sudah beli pelatihan")
    assert jakarta.participant.progress[Milestone.BOUGHT].platform == "pijar_mahir"


async def test_the_place_that_was_only_asked_about_last_is_asked_for(jakarta: Talk) -> None:
    await jakarta.says("gue mau beli yg excel di bukalapak")
    await jakarta.says("kalo di pintaria ada ga")
    await jakarta.says("udah beli barusan")
    assert jakarta.participant.progress[Milestone.BOUGHT].platform is None
    assert "Di Pintaria?" in jakarta.plain


async def test_an_account_that_is_linked_is_noted_beside_the_question_what_comes_next(talk: Talk) -> None:
    await talk.says("min bni sy udah jadi & udah sy sambungin td di daskboard. skrg nunggu apa lg?")
    assert talk.participant.has(Milestone.ACCOUNT_CONNECTED)
    assert "Statusmu" in talk.plain
    assert "gelombang berapa" not in talk.plain


async def test_a_certificate_is_noted_beside_the_question_whether_a_review_must_be() -> None:
    talk = _who_reported_days_ago()
    await talk.says("sertifikat udah nongol di dashboard, rating wajib ga sih")
    assert talk.participant.has(Milestone.CERTIFIED)
    assert "wajib" in talk.plain.casefold()


@pytest.mark.parametrize(
    ("said", "noted"),
    [
        ("sertifikat ulun sudah ada di dashboard tapi insentif kada masuk2", True),
        ("sertifikat sudah dapat lewat email tapi di dashboard belum muncul", False),
        ("kata platform sertifikat udah keluar tapi ga ada di dashboard", False),
    ],
)
async def test_a_certificate_is_noted_beside_what_is_still_missing(said: str, noted: bool) -> None:
    talk = _who_reported_days_ago()
    await talk.says(said)
    assert talk.participant.has(Milestone.CERTIFIED) is noted


async def test_a_purchase_is_noted_beside_the_question_what_to_do_before_a_day(jakarta: Talk) -> None:
    await jakarta.says("saya telah membeli di Pintaria kemarin. Apakah perlu melakukan sesuatu sebelum tanggal 21?")
    assert jakarta.participant.progress[Milestone.BOUGHT].platform == "pintaria"


async def test_where_and_when_another_bought_is_not_kept_for_oneself() -> None:
    talk = somebody("21")
    await talk.says("temen gue udah beli kemarin di tokped")
    await talk.says("ya, aku juga udah beli")
    bought = talk.participant.progress[Milestone.BOUGHT]
    assert (bought.platform, bought.on) == (None, None)


async def test_help_of_the_family_keeps_where_it_was_bought() -> None:
    talk = somebody("21")
    await talk.says("dibantu suami tadi, kelasnya sudah kebeli di pintaria")
    assert talk.participant.progress[Milestone.BOUGHT].platform == "pintaria"


@pytest.mark.parametrize(
    "said",
    [
        "makasih min",
        "sertifikatnya gagal diunduh",
        "insentif masih pending",
        "kapan mulai kelasnya?",
        "kalau gagal gimana?",
        "bisa refund ga?",
        "rating gagal dikirim",
        "ovo ku gagal nyambung",
        "ternyata gampang ya",
        "mantap",
        "kodenya ditaruh dimana",
        "video nya error terus",
        "sempat gagal tapi berhasil kok",
        "kelasnya seru",
        "harga 300rb",
        "saldo sisa 200rb bisa buat apa",
        "kelas apa lagi yang bagus",
        "insentif belum cair",
        "belum dapat sertifikat",
        "aku belum mulai belajar",
        "ga gagal kok",
        "oke siap",
        "batas selesainya kapan",
        "temenku juga mau beli",
        "gimana cara ulasan",
        "terima kasih banyak ya",
        "sertifikat keluar berapa lama?",
        "insentif pertama berapa?",
        "cara login kelasnya gimana",
        "lupa password tokopedia",
        "kelasnya error ga bisa dibuka videonya",
        "aku mau ganti rekening",
        "linkaja ku belum upgrade",
        "kapan survei",
        "boleh beli lagi?",
        "sisa saldo hangus ga?",
        "saldo masih 400 ribu, bisa beli lagi?",
        "ok min",
        "kalau insentif gagal kirim ke siapa",
        "ternyata kelasnya asik",
        "susah banget soal kuisnya",
        "belum nonton videonya",
        "nilai pretestnya jelek",
    ],
)
async def test_what_follows_a_purchase_casts_no_doubt_on_it(said: str) -> None:
    talk = somebody("21")
    await talk.says("sudah beli kemarin di bukalapak")
    await talk.says(said)
    assert talk.participant.has(Milestone.BOUGHT)


async def test_a_doubt_takes_the_note_back_helps_and_offers_the_report_again() -> None:
    talk = somebody("21")
    before = reminders(talk)
    await talk.says("sudah beli 2 hari lalu di tokopedia")
    await talk.says("astaghfirullah ternyata pembayarannya gagal, saldo utuh. gimana nih")
    assert reminders(talk) == before
    assert talk.outcome is not None
    first, *others = [message.text for message in talk.outcome.reply.messages]
    assert "kubatalkan dulu" in first
    assert any("waktu beli" in text for text in others)
    other = somebody("21")
    await other.says("udah beli")
    await other.says("eh ternyata cuma wishlist")
    await other.presses("✅ Ya, aku sudah beli")
    assert other.participant.has(Milestone.BOUGHT)


async def test_a_doubt_is_heard_for_a_day_whatever_was_spoken_of_meanwhile() -> None:
    talk = somebody("21")
    await talk.says("udah beli di tokped")
    talk.now += timedelta(hours=20)
    await talk.says("kapan insentif cair?")
    talk.now += timedelta(hours=2)
    await talk.says("pembayarannya masih pending ternyata")
    assert not talk.participant.progress


@pytest.mark.parametrize(
    ("said", "platform"),
    [
        ("bukan di tokped ya min, aku belinya di Pijar Mahir", "pijar_mahir"),
        ("sempat ragu mau tokopedia atau bukalapak, eh akhirnya saya beli di bukalapak", "bukalapak"),
        ("udah beli di tokped barengan sama temen kantor", "tokopedia"),
        ("gw sama bini gw udah beli dua2nya, gw di bukalapak bini di tokped", "bukalapak"),
        ("sudah beli di kemnaker", "sisnaker"),
        ("temen beli di pintaria, aku sih udah beli di tokped", "tokopedia"),
        ("kawan bilang pintaria lambat, tapi aku tadi beli di situ", "pintaria"),
        ("temen gue udah beli di tokped, aku juga udah beli", None),
    ],
)
async def test_the_platform_of_the_own_purchase_is_kept(said: str, platform: str | None) -> None:
    talk = somebody("21")
    await talk.says(said)
    if not talk.participant.has(Milestone.BOUGHT):
        await talk.presses(next(label for label in talk.buttons if label.endswith("Ya, aku sudah beli")))
    assert talk.participant.progress[Milestone.BOUGHT].platform == platform


async def test_a_question_that_ends_in_no_does_not_deny_a_purchase(jakarta: Talk) -> None:
    await jakarta.says("kemarin kayaknya aku beli di sekolahmu, salah pilih deh")
    await jakarta.says("bisa ditukar sama yang lain ga?")
    assert "belum kucatat sebagai pembelianmu" not in jakarta.plain
    assert "tidak bisa ditukar" in jakarta.plain


@pytest.mark.parametrize("said", ["mohon dicatat, saya sudah membeli pelatihan di pintaria minggu lalu"])
async def test_who_asks_that_it_be_noted_is_noted(said: str, jakarta: Talk) -> None:
    await jakarta.says(said)
    assert jakarta.participant.progress[Milestone.BOUGHT].platform == "pintaria"


async def test_only_words_that_take_something_back_undo_a_purchase() -> None:
    kept, taken = (HERE / "takes_nothing_back.txt").read_text("utf-8").split("== taken back\n")
    for part, bought in ((kept, True), (taken, False)):
        for line in part.splitlines():
            if not line.startswith("#"):
                talk = _who_reported_days_ago()
                await talk.says(line)
                assert talk.participant.has(Milestone.BOUGHT) is bought, line


def _who_reported_days_ago() -> Talk:
    step = Step(Milestone.BOUGHT, on=LAST_DAY.date() - timedelta(days=10), platform="tokopedia")
    return Talk(Participant(id=1, welcomed=True, wave=21, zone=Zone.WIB, progress={Milestone.BOUGHT: step}))


async def test_what_was_said_a_moment_ago_is_no_day(jakarta: Talk) -> None:
    await jakarta.says("udah beli di tokopedia")
    await jakarta.says("kan td sy bilang 10 oktober")
    assert jakarta.participant.progress[Milestone.BOUGHT].on == date(2021, 10, 10)


@pytest.mark.parametrize(
    "said",
    [
        "tadi habis subuh sambil nunggu bolu mateng aku udah bayar pelatihannya di sekolahmu kak",
        "udah kubeli td siang bang sambil nunggu cabe ditimbang. pintaria, yg sambal2 tu",
    ],
)
async def test_a_purchase_told_in_the_middle_of_life_is_noted(jakarta: Talk, said: str) -> None:
    await jakarta.says(said)
    assert jakarta.participant.has(Milestone.BOUGHT)
