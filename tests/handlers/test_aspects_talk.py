"""The aspect of a question decides the answer: when, how long, why, what if, by what way, of whichever matter it is."""

from __future__ import annotations

import pytest

from handlers.dialogue.follow_up import ASKED, OF
from handlers.dialogue.register import conversations
from handlers.in_short import WORDS
from handlers.phrases.aspects import ASPECTS, IN_SHORT
from programme.model.milestones import Milestone
from tests.handlers.talking import Talk

BUYING = "cara beli pelatihan gimana"
SHORT = {
    BUYING: {
        "boleh ga": "Boleh, begitu dana pelatihan tampil",
        "wajib ga": "Wajib: pelatihan pertama dibeli dalam 30 hari",
        "berapa": "dibayar dari saldo pelatihan Rp1.000.000",
        "kalau gagal gimana": "Apa yang terjadi waktu beli?",
        "siapa yang urus": "Kamu sendiri",
        "kapan": "Kamis, 21 Oktober 2021",
    },
    "batas beli kapan": {"wajib ga": "Wajib: pelatihan pertama", "kalau gagal gimana": "Apa yang terjadi waktu beli?"},
    "boleh beli pelatihan kedua?": {
        "boleh ga": "Boleh, setelah yang pertama selesai",
        "wajib ga": "Tidak wajib",
        "berapa": "selama sisa saldo",
        "kalau gagal gimana": "Apa yang terjadi waktu beli?",
        "siapa yang urus": "Kamu sendiri",
    },
    "insentif berapa": {
        "kapan": "3–5 hari kerja",
        "kalau gagal gimana": "Apa alasannya?",
        "siapa yang urus": "Prakerja yang menjadwalkan",
    },
    "survei dibayar ga": {
        "wajib ga": "Tidak disebut wajib",
        "berapa": "Rp50.000 tiap survei",
        "kapan": "setelah insentif pertama cair",
        "kalau gagal gimana": "0800-150-3001",
        "siapa yang urus": "Kamu sendiri",
    },
    "cara kasih rating ulasan": {
        "wajib ga": "Wajib untuk insentif",
        "kapan": "Begitu pelatihannya selesai",
        "kalau gagal gimana": "platform mana",
        "siapa yang urus": "Kamu sendiri",
    },
    "sertifikat belum muncul": {"wajib ga": "Perlu: insentif dijadwalkan", "kalau gagal gimana": "platform mana"},
    "syarat rekening e-wallet apa": {
        "wajib ga": "Wajib: sebelum rekening",
        "kalau gagal gimana": "0800-150-3001",
        "siapa yang urus": "Kamu sendiri",
    },
    "otp ga masuk": {"siapa yang urus": "kalau buntu, Prakerja", "kalau gagal gimana": "0800-150-3001"},
    "video induksi harus ditonton?": {
        "wajib ga": "ketiganya ditonton sampai habis",
        "berapa": "Tiga video",
        "berapa lama": "2–3 menit",
        "kapan": "Sekarang juga bisa",
        "kalau gagal gimana": "macet",
        "siapa yang urus": "Kamu sendiri",
    },
    "bisa tukar pelatihan": {"wajib ga": "Tidak perlu"},
    "nomor call center prakerja": {"kapan": "Jam dan hari layanan Prakerja tidak ada", "berapa": "bebas pulsa"},
    "gagal bayar di tokopedia": {"siapa yang urus": "Layanan platform", "kalau gagal gimana": "tokopedia.com/help"},
}


@pytest.mark.parametrize(
    ("about", "asked", "heard"),
    [(about, asked, heard) for about, answers in SHORT.items() for asked, heard in answers.items()],
)
async def test_a_short_question_of_any_matter_gets_the_answer_to_that_aspect(
    about: str, asked: str, heard: str, jakarta: Talk
) -> None:
    await jakarta.says(about)
    whole = jakarta.plain
    await jakarta.says(asked)
    assert heard in jakarta.plain
    assert not jakarta.plain.startswith(whole[:60])


async def test_one_aspect_after_the_other_is_asked_of_the_same_matter(jakarta: Talk) -> None:
    await jakarta.says("cara kasih rating ulasan")
    for asked, heard in (("wajib ga?", "Wajib untuk insentif"), ("kapan?", "Begitu pelatihannya selesai")):
        await jakarta.says(asked)
        assert heard in jakarta.plain


def test_every_aspect_that_is_said_to_have_a_sentence_has_one() -> None:
    promised = {
        (leads_to.answers[OF], leads_to.answers.get(ASKED, what))
        for known in conversations().values()
        for what, leads_to in known.traits.follow_ups.items()
        if leads_to.conversation == IN_SHORT
    }
    assert promised == set(WORDS)
    assert {what for _about, what in promised} <= set(ASPECTS)


@pytest.mark.parametrize(
    ("about", "asked", "heard"),
    [
        ("aku kayaknya udah beli", "terus ngapain lagi", "kamu sendiri sudah beli"),
        ("aku kayaknya udah beli", "next apa", "kamu sendiri sudah beli"),
        ("kalau ga beli sampai batas gimana", "yaudah beli deh, yg gampang aja", "Cara ikut pelatihan"),
        ("kalau ga beli sampai batas gimana", "masak", "Juru Masak"),
        ("cari kelas masak", "cukup", "Sip"),
        ("kelas masak yang murah", "ada yg lebih murah lagi", "Lebih murah dari ini belum ada"),
        ("insentif gagal ovo", "kalo lewat wa ada ga", "Nomor WhatsApp OVO tidak ada"),
        ("suami saya juga lolos", "kalau suami ga beli apa punya saya ikut kecabut", "per orang"),
        ("tadi kodenya udah kukasih ke dia", "hubungi siapa nih", "Pertama bank atau e-wallet"),
        ("otp ga masuk", "jadi tunggu sampe kapan", "2 jam"),
        ("bisa tukar pelatihan", "belum saya buka pun belum saya tonton masa tak bisa", "tidak bisa ditukar"),
        ("survei dibayar ga", "itu masuk dengan insentif atau sendiri", "terpisah dari insentif"),
        ("survei dibayar ga", "isi paling lambat tanggal berapa", "terbuka 30 hari"),
        ("saldo saya sisa 400rb", "berarti 600nya dapet lagi dong dari yg kedua?", "hanya untuk pelatihan pertama"),
    ],
)
async def test_what_used_to_get_the_whole_or_nothing_is_answered(
    about: str, asked: str, heard: str, jakarta: Talk
) -> None:
    await jakarta.says(about)
    await jakarta.says(asked)
    assert heard in jakarta.plain


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("pas bayar wifi toko mati", "Soal koneksi"),
        ("muter2 terus, gatau kebayar apa blm", "Soal koneksi"),
        ("insentif saya statusnya dalam pengecekan, artinya apa", "sedang dicocokkan"),
        ("status dana tertahan artinya apa? temen saya dalam pengecekan, itu beda ya?", "sedang dicocokkan"),
        ("saldo sisa 250rb masih bisa dibelikan pelatihan sampe tgl brp", "belum ada di sumberku"),
        ("no hp lama ilang min, e-wallet jg pake no yg lama. kl mau ganti no gmn", "Putuskan dulu"),
        ("saya mau masuk prakerja dia minta kode tapi kode tidak datang", "tunggu 2 jam"),
        ("yg direkomendasiin prakerja buat gel 21 apa aja min", "Rekomendasi resmi gelombang 21"),
    ],
)
async def test_a_situation_is_met_by_what_helps_in_it(said: str, heard: str, jakarta: Talk) -> None:
    await jakarta.says(said)
    assert heard in jakarta.plain
    assert Milestone.BOUGHT not in jakarta.participant.progress


@pytest.mark.parametrize(
    ("about", "asked", "heard"),
    [
        ("saldo pelatihan berapa", "kpn", "Sampai kapan saldo"),
        ("saldo pelatihan berapa", "kalo sisa gimana", "pelatihan berikutnya"),
        ("saldo pelatihan berapa", "hangus ga?", "pelatihan berikutnya"),
        ("boleh beli pelatihan kedua?", "kapan", "begitu pelatihan pertama selesai"),
        ("boleh beli pelatihan kedua?", "kalau yang pertama belum selesai", "Belum bisa"),
        ("insentif masuk ke mana", "paling lambat tanggal berapa", "Batas menyambungkan"),
        ("insentif masuk ke mana", "lewat ovo bisa?", "Bisa: insentif bisa masuk ke OVO"),
        ("survei dibayar ga", "kalau salah jawab gimana", "Tetap dibayar"),
        ("survei dibayar ga", "jadi totalnya berapa", "Rp3.550.000"),
        ("kalau ga beli sampai batas gimana", "sanksinya apa", "Sanksinya pencabutan"),
        ("kalau ga beli sampai batas gimana", "terus ikut gelombang 22 bisa kan", "Tidak bisa"),
        ("kalau ga beli sampai batas gimana", "uangnya lari ke mana", "kembali ke program"),
    ],
)
async def test_what_is_asked_of_a_matter_is_answered_first(about: str, asked: str, heard: str, jakarta: Talk) -> None:
    await jakarta.says(about)
    await jakarta.says(asked)
    assert heard in jakarta.plain


@pytest.mark.parametrize("about", ["cara beli pelatihan gimana", "boleh beli pelatihan kedua?", "survei dibayar ga"])
async def test_whether_somebody_else_may_do_it_is_no_question_of_the_cutoff(about: str, jakarta: Talk) -> None:
    await jakarta.says(about)
    await jakarta.says("bisa diwakilkan ga")
    assert "ikutlah sendiri" in jakarta.plain


async def test_how_long_the_balance_takes_is_not_answered_by_its_sum(jakarta: Talk) -> None:
    await jakarta.says("brp lama saldonya masuk")
    assert "Berapa lama sampai saldo masuk tidak ada di sumberku" in jakarta.plain


@pytest.mark.parametrize(
    ("about", "heard"),
    [
        ("batas beliku kapan", "30 hari sejak dinyatakan lolos"),
        ("saldo pelatihan berapa", "dana untuk pelatihan"),
        ("insentif kapan cair", "Kenapa perlu selama itu tidak disebut"),
        ("nomor call center", "Alasannya tidak disebut sumberku"),
    ],
)
@pytest.mark.parametrize("why", ["loh knp", "kenapa"])
async def test_a_why_gets_the_rule_or_the_word_that_none_is_known(
    about: str, heard: str, why: str, jakarta: Talk
) -> None:
    await jakarta.says(about)
    await jakarta.says(why)
    assert heard in jakarta.plain


@pytest.mark.parametrize(
    ("asked", "heard"),
    [
        ("bukanya sampe jam brp", "Jam dan hari layanan Prakerja tidak ada"),
        ("hari minggu?", "Jam dan hari layanan Prakerja tidak ada"),
        ("kalo lewat wa ada ga", "Nomor WhatsApp Prakerja tidak ada"),
        ("oke saya coba telp dulu", "Sip"),
        ("ga diangkat", "Belum dijawab Prakerja?"),
        ("yaudah bikinin laporan aja", "Ini soal apa?"),
    ],
)
async def test_a_contact_is_asked_further(asked: str, heard: str, jakarta: Talk) -> None:
    await jakarta.says("nomor call center prakerja")
    await jakarta.says(asked)
    assert heard in jakarta.plain


async def test_whom_to_ask_is_whoever_was_spoken_of(jakarta: Talk) -> None:
    await jakarta.says("insentif gagal, gopay kena limit bulanan")
    await jakarta.says("hubunginya ke mana")
    assert "customerservice@gojek.com" in jakarta.plain


async def test_price_and_fitness_are_those_of_the_training_shown(jakarta: Talk) -> None:
    await jakarta.says("cari kelas masak yang murah")
    await jakarta.says("yg itu bs buat pemula?")
    assert "Bisa untuk pemula atau tidak" in jakarta.plain
    await jakarta.says("berapa")
    assert "Rp400.000" in jakarta.plain


async def test_a_relatives_wave_does_not_stick_to_oneself(jakarta: Talk) -> None:
    await jakarta.says("adik saya lolos gel 20")
    await jakarta.says("kl sy di papua kan beda jam, jd bisa sampe jam 2 pagi dong")
    assert "Sudah terlambat" in jakarta.plain
    assert "gelombang 21" in jakarta.plain


@pytest.mark.parametrize("said", ["belum beli kak", "belum beli, lagi jaga kasir"])
async def test_who_has_not_bought_is_asked_when(said: str, jakarta: Talk) -> None:
    await jakarta.says(said)
    await jakarta.says("jam 9 malam")
    assert "21.00 WIB" in jakarta.plain


async def test_of_two_hours_in_a_row_the_second_is_meant(jakarta: Talk) -> None:
    await jakarta.says("nanti jam tujuh malam aku beli, ingatkan ya")
    await jakarta.says("eh tidak jadi jam tujuh jam sembilan saja")
    assert "21.00 WIB" in jakarta.plain


async def test_what_was_paid_is_asked_about_and_its_details_are_kept(jakarta: Talk) -> None:
    await jakarta.says("cara beli pelatihan gimana")
    await jakarta.says("udah bayar")
    await jakarta.says("tadi, tokped")
    assert "kamu sendiri" in jakarta.plain
    await jakarta.says("iya")
    assert "Tokopedia" in jakarta.plain
    assert "tercatat" in jakarta.plain


async def test_what_is_supposed_is_no_report(jakarta: Talk) -> None:
    await jakarta.says("kl bolong ga beli gpp kan udah kerja")
    assert "kamu sendiri" not in jakarta.plain


async def test_asking_for_ones_own_code_is_no_fraud(jakarta: Talk) -> None:
    await jakarta.says("saya minta kode masuk prakerja sudah 5 kali, tidak bisa")
    assert "penipuan" not in jakarta.plain


async def test_a_story_of_success_does_not_clear_a_fraud(jakarta: Talk) -> None:
    await jakarta.says("ada yg nawarin jasa cairin saldo bayar 50rb")
    await jakarta.says("temenku udah pake katanya berhasil")
    assert "umpannya" in jakarta.plain
    assert "penipuan" in jakarta.plain
