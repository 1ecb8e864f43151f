"""*Wajib ga?*, *siapa yang urus?*, *kalau gagal gimana?*: the short answer to one aspect of what was spoken of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from handlers.dialogue.follow_up import ASKED, OF
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.odds import may_be_fraud
from handlers.dialogue.register import Traits, conversation, conversations
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.aspects import IN_SHORT
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.next_step import with_next_step
from handlers.phrases.which_rules import Rules, which_rules
from handlers.phrases.year_end import with_near_year_end
from handlers.understanding.phrases import says
from handlers.understanding.reports import names_training
from locales import N_, Rupiah, _
from programme.calendars import YearEnd
from programme.model.messages import Open

_CUT: Final = re.compile(r"[.,;:!?\n]+")
_CHOOSING: Final = frozenset(("recommend", "training_detail", "how_to_buy", "what_no_source_tells", IN_SHORT))
"""Matters in which *gratis?* is asked of a training."""
_OF_THE_PRICE: Final = ("a training for free", "with what one pays")
_ONESELF: Final = N_("🙋 Kamu sendiri, bukan orang lain. Ditemani boleh; akun, kata sandi, dan OTP jangan diserahkan.")

WORDS: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {
        ("how_to_buy", "may it be"): N_(
            "✅ Boleh, begitu dana pelatihan tampil di dashboard dan sebelum batas belimu."
        ),
        ("how_to_buy", "how much"): N_(
            "💳 Harganya lain-lain menurut pelatihannya; dibayar dari saldo pelatihan <b>{balance}</b>, bukan uangmu."
        ),
        ("how_to_buy", "must one pay oneself"): N_(
            "💳 Tenang, tidak perlu uangmu sendiri: pelatihan dibayar dari <b>saldo pelatihan {balance}</b>. Yang "
            "minta biaya admin atau tambahan, jangan dibayar."
        ),
        ("how_to_buy", "a training for free"): N_(
            "💳 Semua pelatihan dibayar dari <b>saldo pelatihan {balance}</b>: kamu tidak keluar uang sendiri, tapi "
            "harganya memotong saldo itu. Yang harganya nol tidak ada di catatanku."
        ),
        ("how_to_buy", "with what one pays"): N_(
            "💳 Pakai <b>nomor Kartu Prakerja</b> dari dashboard: harganya dipotong dari saldo pelatihan {balance}. "
            "Uangmu sendiri tidak terpakai."
        ),
        ("how_to_buy", "who does it"): _ONESELF,
        ("deadline", "must it be"): N_(
            "✅ Wajib: pelatihan pertama dibeli dalam <b>{days} hari</b> sejak lolos, kalau tidak kepesertaan dicabut."
        ),
        ("induction", "must it be"): N_(
            "✅ Wajib: ketiganya ditonton sampai habis dan tidak bisa dilewati, baru saldo pelatihan tampil."
        ),
        ("induction", "how much"): N_("🎬 Tiga video, masing-masing 2–3 menit."),
        ("induction", "how long"): N_("🎬 Masing-masing 2–3 menit, ada tiga."),
        ("induction", "when it is"): N_("🎬 Sekarang juga bisa, sebelum beli: saldo pelatihan tampil sesudahnya."),
        ("induction", "who does it"): _ONESELF,
        ("rating_review", "must it be"): N_(
            "✅ Wajib untuk insentif: tanpa rating <b>dan</b> ulasan, insentif tidak dijadwalkan."
        ),
        ("rating_review", "when it is"): N_(
            "⭐ Begitu pelatihannya selesai. Tanggal terakhirnya tidak disebut sumberku."
        ),
        ("rating_review", "who does it"): _ONESELF,
        ("rating_review", "a short review"): N_(
            "⭐ Panjang ulasan dan banyaknya bintang tidak diatur sumberku; yang wajib untuk insentif: rating "
            "<b>dan</b> ulasannya terisi. Tulis jujur saja."
        ),
        ("survey", "must it be"): N_(
            "Tidak disebut wajib di sumberku; yang diisi dibayar <b>{survey}</b> tiap survei."
        ),
        ("survey", "how much"): N_("📝 <b>{survey}</b> tiap survei, semuanya {surveys} survei."),
        ("survey", "when it is"): N_("📝 Survei pertama terbuka setelah insentif pertama cair: pantau dashboard-mu."),
        ("survey", "who does it"): _ONESELF,
        ("survey", "what if it is missed"): N_(
            "📝 Tiap survei terbuka {open} hari, dan yang diisi dibayar {survey}. Nasib yang terlambat mengisi tidak "
            "disebut sumberku: isi sebelum tanggal di dashboard-mu. Terlanjur lewat? Prakerja {phone} (bebas pulsa)."
        ),
        ("certificate", "must it be"): N_(
            "✅ Perlu: insentif dijadwalkan setelah sertifikat ada, ulasan terisi, dan rekening tersambung."
        ),
        ("payment_account", "must it be"): N_(
            "✅ Wajib: sebelum rekening atau e-wallet atas namamu tersambung, insentif tidak bisa masuk."
        ),
        ("payment_account", "who does it"): _ONESELF,
        ("payment_account", "the steps"): N_(
            "👣 Langkahnya:\n1. Siapkan BNI atau e-wallet <b>atas namamu sendiri</b>: NIK sama dengan Prakerja; "
            "e-wallet juga nomor HP-nya, dan sudah upgrade (premium/KYC).\n2. <b>Putuskan</b> dulu akun yang lama di "
            "dashboard.\n3. <b>Sambungkan</b> yang baru di dashboard itu juga.\n4. Pantau History Insentif.\n\nLetak "
            "tombolnya tidak ada di sumberku; macet? Telepon {phone} (bebas pulsa)."
        ),
        ("payment_account", "to disconnect"): N_(
            "🔌 Sambungan diputus di dashboard Prakerja, <b>{site}</b>, sebelum menyambungkan yang lain dan sebelum "
            "ganti nomor HP. Letak tombolnya tidak ada di sumberku; tidak ketemu? Telepon {phone} (bebas pulsa)."
        ),
        ("payment_account", "what if it is missed"): N_(
            "📆 Nasib yang terlambat menyambungkan tidak disebut sumberku, jadi sambungkan sekarang. Terlanjur lewat? "
            "Tanya Prakerja: {phone} (bebas pulsa)."
        ),
        ("payment_account", "of one household"): N_(
            "❌ Tetap tidak bisa, walau satu KK atau serumah: yang harus sama <b>NIK</b>, dan NIK itu per orang."
        ),
        ("payment_account", "which comes first"): N_(
            "👣 <b>Upgrade dulu</b> di aplikasinya (premium/KYC), baru <b>sambungkan</b> di dashboard Prakerja."
        ),
        ("second_training", "may it be"): N_("✅ Boleh, setelah yang pertama selesai dan selama saldonya cukup."),
        ("second_training", "must it be"): N_("Tidak wajib. Insentif dihitung dari <b>pelatihan pertama</b>."),
        ("second_training", "how much"): N_("💳 Harganya bebas, selama sisa saldo di dashboard-mu cukup."),
        ("second_training", "who does it"): _ONESELF,
        ("incentive_rules", "who does it"): N_(
            "🏛 Prakerja yang menjadwalkan dan membayar; kamu yang menyelesaikan pelatihan, mengisi ulasan, dan "
            "menyambungkan rekening."
        ),
        ("incentive_rules", "in all"): N_(
            "💰 Semuanya {total}: yang berupa <b>uang {cash}</b> (insentif {incentive} × {times} = {in_all}, survei "
            "{survey} × {surveys}), sisanya saldo pelatihan {balance} yang hanya untuk beli pelatihan."
        ),
        ("account_access", "which is to be changed"): N_(
            "📱 Dua-duanya harus <b>sama</b>. Mana yang diganti tidak disebut sumberku; pilih nomor yang masih kamu "
            "pegang. <b>Putuskan dulu</b> e-wallet di dashboard, samakan nomornya, baru sambungkan lagi."
        ),
        ("balance", "how long"): N_(
            "⏳ Berapa lama sampai saldo tampil tidak disebut di sumberku. Masih kosong setelah keluar dan masuk lagi? "
            "Telepon Prakerja di {phone} (bebas pulsa)."
        ),
        ("balance", "who does it"): N_(
            "🏛 Prakerja yang mengisinya. Bagianmu: tonton ketiga video induksi sampai habis, lalu masuk lagi."
        ),
        ("account_access", "who does it"): N_("🙋 Kamu sendiri dulu; kalau buntu, Prakerja di {phone} (bebas pulsa)."),
        ("purchase_problem", "who does it"): N_(
            "🏬 Layanan platform tempat kamu beli; kalau tidak selesai, Prakerja di {phone} (bebas pulsa)."
        ),
        ("change_training", "must it be"): N_("Tidak perlu, dan memang tidak bisa ditukar: ikuti yang sudah dibeli."),
    }
)


def asks_in_short(spoken: Spoken) -> Recognised | None:
    """Hear the short questions that say by themselves what they are about, or do so while choosing."""
    return asks_how_it_is_paid(spoken) or asks_whether_it_must_be(spoken)


def asks_how_it_is_paid(spoken: Spoken) -> Recognised | None:
    """Hear *yg gratis ada?*, *bayarnya pake apa* of a training: nothing is free, and nothing costs one's own money."""
    choosing = spoken.matter is not None and spoken.matter.conversation in _CHOOSING
    asked = next((what for what in _OF_THE_PRICE if says(what, spoken.text)), None)
    if asked is None or not (choosing or names_training(spoken.text)) or may_be_fraud(spoken.understood):
        return None
    return Recognised(Open(IN_SHORT, {OF: "how_to_buy", ASKED: asked}), "how_to_buy", spoken.understood.confidence)


def asks_whether_it_must_be(spoken: Spoken) -> Recognised | None:
    """Hear *belum pernah nonton video induksi, wajib kah?*: of the thing that is named, not of what was spoken of."""
    understood, asked = spoken.understood, "must it be"
    if not understood.certain or (understood.intent, asked) not in WORDS:
        return None
    if not any(says(asked, part.strip()) for part in _CUT.split(spoken.text)):
        return None
    opened = Open(IN_SHORT, {OF: understood.intent, ASKED: asked})
    return Recognised(opened, understood.intent, understood.confidence)


@conversation(IN_SHORT, traits=Traits(tells=True, beside=True, listens={Stage.FIRST: asks_in_short}))
async def in_short(turn: Turn) -> Reply | Open:
    """Answer the one aspect in a sentence; the whole is a tap away."""
    about, asked = turn.told(OF) or "", turn.told(ASKED) or ""
    turn.settle(OF, about)
    words = WORDS.get((about, asked))
    if words is None:
        return Open(about) if about in conversations() else Open("help")
    rules = await which_rules(turn)
    if not _holds(about, rules, turn):
        return Open(about)
    reply = say(_(words), **_facts(rules, turn))
    if about in {"how_to_buy", "deadline"}:
        reply = with_cutoff(reply, turn)
    if about == "payment_account":
        reply = with_near_year_end(reply, YearEnd.LINKING, turn)
        reply = reply.link(_("🌐 Buka dashboard"), turn.programme.contacts["dashboard"].url)
    reply = reply.button(_("📖 Selengkapnya"), about)
    return with_next_step(reply, turn)


def _holds(about: str, rules: Rules, turn: Turn) -> bool:
    """Whether the sentence is true of the person's own scheme and day; else the whole answer says more."""
    match about:
        case "how_to_buy" | "deadline":
            return not turn.too_late
        case "rating_review":
            return rules.scheme.review_required is True
        case "second_training":
            return rules.scheme.incentive_for_first_training_only is True
        case "survey":
            return rules.scheme.survey_open_days is not None
        case "change_training":
            return rules.scheme.exchange_allowed is False
        case _:
            return True


def _facts(rules: Rules, turn: Turn) -> dict[str, object]:
    scheme = rules.scheme
    return {
        "days": scheme.days_to_buy,
        "balance": Rupiah(scheme.balance),
        "survey": Rupiah(scheme.survey),
        "surveys": scheme.survey_times,
        "open": scheme.survey_open_days,
        "incentive": Rupiah(scheme.incentive),
        "times": scheme.incentive_times,
        "in_all": Rupiah(scheme.incentive * scheme.incentive_times),
        "total": Rupiah(scheme.total),
        "cash": Rupiah(scheme.total - scheme.balance),
        "phone": turn.programme.contacts["phone"].value,
        "site": turn.programme.contacts["dashboard"].value,
    }
