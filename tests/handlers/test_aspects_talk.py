"""The aspect of a question decides the answer: when, how long, why, what if, by what way, of whichever matter it is."""

from __future__ import annotations

from datetime import datetime

import pytest

from handlers.dialogue.follow_up import ASKED, OF
from handlers.dialogue.register import conversations
from handlers.phrases.aspects import ANY, IN_SHORT, WORDS, words_for
from programme.model.milestones import Milestone
from programme.model.participants import Participant
from programme.model.zones import Zone
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
        "caranya gimana": "Singkatnya: masuk ke www.prakerja.go.id",
        "berapa lama": "Berapa menit belinya tidak disebut sumberku",
        "syaratnya apa": "nomor Kartu Prakerja untuk membayar",
        "di mana": "Mulai dari dashboard www.prakerja.go.id",
        "hubungi siapa": "Mau kontak platform mana?",
    },
    "saldo pelatihan berapa": {
        "berapa": "Rp1.000.000, hanya untuk beli pelatihan",
        "di mana": "Di dashboard www.prakerja.go.id",
        "masuk ke mana uangnya": "Tidak ke rekening",
        "aku harus gimana sekarang": "Saldonya tampil?",
        "itu apa": "Bukan uang tunai",
    },
    "batas beli kapan": {
        "wajib ga": "Wajib: pelatihan pertama",
        "kalau gagal gimana": "Apa yang terjadi waktu beli?",
        "masih sempat ga": "Masih, sampai Kamis, 21 Oktober 2021 pukul 23.59 WIB",
        "isih kecandak ora": "Kamis, 21 Oktober 2021 pukul 23.59 WIB",
        "kapan": "Batas belimu Kamis, 21 Oktober 2021",
        "kudu lapo saiki": "Tiga langkah",
        "mana dulu": "Video induksi dulu",
        "ada keringanan ga": "keringanan tidak ada di sumberku. Batasmu tetap Kamis, 21 Oktober 2021",
        "maksudnya apa": "Singkatnya: beli pelatihan pertamamu",
        "itu apa": "Hari terakhir untuk membeli pelatihan pertama",
        "bayar ga": "saldo pelatihan Rp1.000.000",
    },
    "boleh beli pelatihan kedua?": {
        "boleh ga": "Boleh, setelah yang pertama selesai",
        "wajib ga": "Tidak wajib",
        "berapa": "selama sisa saldo",
        "kalau gagal gimana": "Apa yang terjadi waktu beli?",
        "siapa yang urus": "Kamu sendiri",
        "totalnya berapa": "sumberku tidak sepakat",
        "syaratnya apa": "Pelatihan pertama sudah selesai",
        "kalau telat gimana": "Pelatihan kedua tidak wajib",
    },
    "insentif berapa": {
        "kapan": "3–5 hari kerja",
        "kalau gagal gimana": "Apa alasannya?",
        "siapa yang urus": "Prakerja yang menjadwalkan",
        "berapa": "Rp600.000 tiap kali, 4 kali: semuanya Rp2.400.000",
        "berapa kali": "4 kali, sebulan sekali, masing-masing Rp600.000",
        "syaratnya apa": "Tiga syarat",
        "masuk ke mana uangnya": "BNI, OVO, LinkAja, DANA, dan GoPay",
        "caranya gimana": "selesaikan pelatihan pertama, isi rating dan ulasan",
    },
    "survei dibayar ga": {
        "wajib ga": "Tidak disebut wajib",
        "berapa": "Rp50.000 tiap survei",
        "kapan": "sekitar 30 hari setelah insentif pertama cair",
        "iraha teh": "sekitar 30 hari setelah insentif pertama cair",
        "berapa lama": "terbuka 30 hari, dan dibayar dalam 14 hari",
        "sampai kapan": "terbuka 30 hari",
        "ping piro se cak": "3 kali, masing-masing Rp50.000",
        "di mana": "di dashboard www.prakerja.go.id",
        "masuk ke mana uangnya": "Ke akun mana dibayarnya tidak disebut sumberku",
        "ada keringanan ga": "Kelonggaran untuk itu tidak disebut sumberku",
        "aku harus gimana sekarang": "Pantau dashboard sekitar 30 hari",
        "kalau gagal gimana": "0800-150-3001",
        "siapa yang urus": "Kamu sendiri",
    },
    "cara kasih rating ulasan": {
        "wajib ga": "Wajib untuk insentif",
        "kapan": "Begitu pelatihannya selesai",
        "kalau telat gimana": "insentif tidak dijadwalkan",
        "nyo ndak awak isi baa jadinyo": "insentif tidak dijadwalkan",
        "di mana": "Di platform tempat kamu ikut",
        "berapa lama": "Tunggu 24 jam. Dananya masuk 3–5 hari kerja",
        "kalau gagal gimana": "platform mana",
        "siapa yang urus": "Kamu sendiri",
    },
    "sertifikat belum muncul": {
        "wajib ga": "Perlu: insentif dijadwalkan",
        "kalau gagal gimana": "platform mana",
        "berapa lama": "Berapa harinya tidak bisa kujanjikan",
        "siapa yang urus": "Platformmu yang mengirim laporan",
        "caranya gimana": "Pastikan pelatihannya tuntas 100%",
    },
    "syarat rekening e-wallet apa": {
        "wajib ga": "Wajib: sebelum rekening",
        "di mana": "Upgrade e-wallet: di aplikasi e-wallet itu sendiri",
        "syaratnya apa": "NIK sama dengan Prakerja",
        "caranya gimana": "Langkahnya",
        "kalau gagal gimana": "0800-150-3001",
        "siapa yang urus": "Kamu sendiri",
    },
    "otp ga masuk": {
        "siapa yang urus": "kalau buntu, Prakerja",
        "kalau gagal gimana": "0800-150-3001",
        "berapa lama": "tunggu 2 jam",
    },
    "video induksi harus ditonton?": {
        "wajib ga": "ketiganya ditonton sampai habis",
        "berapa": "Tiga video",
        "berapa lama": "2–3 menit",
        "kapan": "Sekarang juga bisa",
        "di mana": "di dashboard www.prakerja.go.id",
        "kalau kelewat gimana": "saldo pelatihan tidak tampil",
        "kalau gagal gimana": "macet",
        "siapa yang urus": "Kamu sendiri",
    },
    "bisa tukar pelatihan": {"wajib ga": "Tidak perlu", "boleh ga": "yang sudah dibeli tidak bisa ditukar"},
    "ada yg nawarin jasa cairin saldo bayar 50rb": {
        "kudu lapo saiki": "Jangan dijawab, jangan diklik",
        "hangus ya": "Cek sendiri di www.prakerja.go.id",
        "hubungi siapa": "0800-150-3001",
    },
    "nomor call center prakerja": {"kapan": "Jam dan hari layanan Prakerja tidak ada", "berapa": "bebas pulsa"},
    "gagal bayar di tokopedia": {
        "siapa yang urus": "Layanan platform",
        "kalau gagal gimana": "tokopedia.com/help",
        "syaratnya apa": "Siapkan nama pelatihan",
        "terus aku gimana dong": "Muat ulang halamannya",
    },
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


async def test_in_a_longer_text_the_words_of_a_short_question_ask_nothing_of_it(jakarta: Talk) -> None:
    await jakarta.says("survei dibayar ga")
    await jakarta.says("gagal bayar terus di bukalapak")
    assert "Ada yang menagih?" not in jakarta.plain


async def test_who_gave_something_to_a_fraud_gets_the_first_aid_and_no_short_answer(jakarta: Talk) -> None:
    await jakarta.says("tadi kodenya udah kukasih ke dia")
    await jakarta.says("kudu lapo saiki")
    assert "Jangan dijawab, jangan diklik" not in jakarta.plain
    assert "sandi" in jakarta.plain


async def test_what_to_do_about_another_phone_number_is_no_advice_on_codes(jakarta: Talk) -> None:
    await jakarta.says("nomor hp prakerja saya sudah ganti")
    await jakarta.says("kudu lapo saiki")
    assert "minta OTP sekali" not in jakarta.plain


async def test_a_date_is_told_only_of_ones_own_cutoff_and_while_it_is_ahead() -> None:
    past = Talk(
        Participant(id=1, welcomed=True, wave=21, zone=Zone.WIB),
        at=datetime.fromisoformat("2021-10-25T09:00:00+07:00"),
    )
    await past.says("batas beli kapan")
    await past.says("masih sempat ga")
    assert "Masih, sampai" not in past.plain
    assert "sudah lewat" in past.plain.casefold()


def test_every_aspect_that_is_said_to_have_a_sentence_has_one() -> None:
    promised = {
        (leads_to.answers[OF], leads_to.answers.get(ASKED, what))
        for known in conversations().values()
        for what, leads_to in known.traits.follow_ups.items()
        if leads_to.conversation == IN_SHORT
    }
    assert all(words_for(about, what) is not None for about, what in promised)
    assert {cell for cell in WORDS if cell[0] != ANY} <= promised
    assert {what for about, what in WORDS if about == ANY} <= {what for _about, what in promised}


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
