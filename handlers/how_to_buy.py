"""How to join a training: the eight steps of the programme, one screen each, three in haste, or what is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from handlers.dialogue.follow_up import ASKED, OF
from handlers.dialogue.in_talk import FAR
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, button, say
from handlers.dialogue.reported import tells_a_step
from handlers.dialogue.turn import SAID, Turn
from handlers.phrases.asked_further import BUYING_QUESTIONS
from handlers.phrases.aspects import IN_SHORT
from handlers.phrases.before_cutoff import cutoff_passed, with_cutoff
from handlers.phrases.matches import matches, typed
from handlers.phrases.reporting import NOTED
from handlers.phrases.told_by import with_source
from handlers.phrases.which_rules import which_rules
from handlers.recommend import SHOWN
from handlers.understanding.phrases import says
from handlers.understanding.reports import Said, said_of
from handlers.understanding.statements import QUOTES, names_somebody
from locales import N_, SOURCE, Html, _, fill
from programme.model.messages import Open
from programme.model.milestones import Milestone
from programme.platforms import Platform
from programme.rules import Scheme

_HASTE: Final = timedelta(days=1)
"""With less left than this, only what must be done before the cutoff is shown."""

_SHOWING: Final = frozenset(("recommend", "training_detail"))
"""Matters that show a training."""
_BRIEF: Final = 8
"""Words of a wish that says nothing else."""
_IN_SHORT: Final = ("must one pay oneself", "with what one pays")
"""The phrases that ask with what it is paid, which the steps would only hide."""
LITTLE_QUOTA: Final = "little_quota"
"""The answer that tells that there is little data to do it with."""


@dataclass(frozen=True, slots=True)
class _Step:
    """What to do, in one sentence that stands alone, and what helps in doing it."""

    do: str
    hint: str


def tells_it_is_paid(spoken: Spoken) -> Open | None:
    """Hear *udah bayar* while buying is spoken of: whether the training is bought is asked once."""
    of_buying = spoken.matter is not None and spoken.matter.conversation == "how_to_buy"
    if not of_buying or spoken.participant.has(Milestone.BOUGHT) or not says("a purchase was paid", spoken.text):
        return None
    return Open("report_bought", {SAID: spoken.text, NOTED: "ask"})


def wants_to_buy(spoken: Spoken) -> Recognised | None:
    """Hear *mau beli di Pijar Mahir nih*, *cara beli singkat aja*: who means to buy and says no more is shown how."""
    if says("in few words", spoken.text) and says("how to go on buying", spoken.text):
        return Recognised(Open("how_to_buy", spoken.told), "how_to_buy", spoken.understood.confidence)
    text, wish = spoken.text, said_of(Milestone.BOUGHT, spoken.text, today=spoken.today) is Said.AS_A_WISH
    if not wish or spoken.participant.has(Milestone.BOUGHT) or says("a question", text) or names_somebody(text):
        return None
    quoted = any(sign in QUOTES for sign in text)  # what a page said is a trouble
    denied = any(says(what, text) for what in ("not bought yet", "unwilling", "supposing", "put off till later"))
    brief = len(text.split()) <= _BRIEF
    opened = Open("how_to_buy", spoken.told)
    return Recognised(opened, "how_to_buy", spoken.understood.confidence) if brief and not (denied or quoted) else None


def wants_that_one(spoken: Spoken) -> Recognised | None:
    """Hear *ambil disitu aja*, *belinya gimana* of the training that is shown: the steps of whoever sells it."""
    text, matter = spoken.text, spoken.matter
    shown = matter.told.get(SHOWN) if matter is not None and matter.conversation in _SHOWING else None
    chosen = says("buy that one", text) and not says("a question", text)
    asked = chosen or (says("how to go on buying", text) and says("about buying", text))
    if matter is None or shown is None or not asked or spoken.participant.has(Milestone.BOUGHT):
        return None
    named = spoken.understood.entity("platform")
    if (named is not None and not chosen) or says("the payment failed", text):
        return None
    if tells_a_step(text, spoken.today):
        return None
    training = spoken.programme.catalogue.trainings.get(shown)
    sellers = {one.platform for one in training.offers} if training is not None else set()
    wished = named or matter.told.get("platform") or (min(sellers) if len(sellers) == 1 else None)
    where = {} if wished is None else {"platform": wished}
    return Recognised(Open("how_to_buy", {**where, SHOWN: shown}), "how_to_buy", spoken.understood.confidence)


@conversation(
    "how_to_buy",
    about=N_("Cara beli & ikut pelatihan"),
    commands=("cara",),
    traits=Traits(
        tells=True,
        slots=frozenset({"platform"}),
        follow_ups=BUYING_QUESTIONS,
        expects=tells_it_is_paid,
        listens={Stage.FIRST: wants_that_one, Stage.WISH: wants_to_buy},
    ),
)
async def how_to_buy(turn: Turn) -> Reply | Open:
    """Show all eight steps; whoever wants to be led sees one at a time, whoever is in haste three."""
    asked = next((what for what in _IN_SHORT if matches(turn, what)), None)
    if asked is not None and len(typed(turn).split()) <= _BRIEF:
        return Open(IN_SHORT, {OF: "how_to_buy", ASKED: asked})
    rules = await which_rules(turn)
    number = turn.told("step")
    if number is None and turn.told("all") is None and rules.wave == turn.participant.wave:
        if turn.too_late:
            return _late(turn)
        if turn.told(LITTLE_QUOTA) is not None:
            return _with_little_quota(turn)
        if _in_haste(turn) and turn.told("platform") is None and not _is_far(turn):
            return _in_three(turn)
    platform = turn.programme.platform(turn.told("platform") or "")
    if number is None and turn.told("all") is None and (shorter := _shorter(platform, turn)) is not None:
        return shorter
    steps = _steps(rules.scheme, turn)
    if number is None or not number.isdecimal():
        reply = _with_ends(_all(steps, turn), turn)
        return reply.in_place() if turn.told("all") is not None else reply
    at = min(max(int(number), 1), len(steps))
    reply = _one(steps[at - 1], at, len(steps), turn).in_place()
    return with_cutoff(reply, turn) if turn.too_late else reply


def _shorter(platform: Platform | None, turn: Turn) -> Reply | None:
    """Show less than all where a platform is named, the balance is there, or few words are wished for."""
    if platform is not None:
        return _at(platform, turn)
    if _is_far(turn):
        return _at_the_choice(turn)
    return _in_three(turn) if matches(turn, "in few words") else None


def _at(platform: Platform, turn: Turn) -> Reply:
    """Tell the platform's own steps where a source does; of another no menu is invented."""
    if platform.steps is not None:
        told = platform.steps.by_language
        steps = told.get(turn.participant.language) or told[SOURCE]
        lines = [fill("{number}. {do}", number=at, do=do) for at, do in enumerate(steps, start=1)]
        reply = say(_("🛒 <b>Beli di {name}</b>\n{steps}"), name=platform.name, steps=Html("\n".join(lines)))
        reply = with_source(reply, platform.steps, turn.now)
    else:
        reply = say(
            _(
                "🛒 <b>Beli di {name}</b>\n1. Masuk ke akunmu di <b>{site}</b>, pastikan dana pelatihan sudah ada.\n"
                "2. Di Rekomendasi Pelatihan, pilih yang dijual {name}, tekan Beli Pelatihan.\n"
                "3. Bayar dengan <b>nomor Kartu Prakerja</b>.\n\nMenu di dalam {name} tidak ada di sumberku, jadi "
                "ikuti petunjuknya di sana."
            ),
            name=platform.name,
            site=turn.programme.contacts["dashboard"].value,
        )
    reply = with_cutoff(reply, turn)
    reply = reply.button(_("📋 Lihat semua langkah"), "how_to_buy", all="1")
    return _with_ends(reply, turn)


def _is_far(turn: Turn) -> bool:
    return turn.told(FAR) is not None or FAR in turn.talk


def _in_haste(turn: Turn) -> bool:
    missing = turn.cutoff is not None and not turn.participant.has(Milestone.BOUGHT)
    return missing and turn.cutoff is not None and turn.cutoff.at - turn.now < _HASTE


def _in_three(turn: Turn) -> Reply:
    reply = say(
        _(
            "🛒 <b>Beli sekarang, 3 langkah:</b>\n"
            "1. Masuk ke akunmu di <b>{site}</b>. Saldo belum tampil? Tonton dulu 3 video induksinya sampai habis.\n"
            "2. Pilih satu pelatihan di platform mitra.\n"
            "3. Bayar dengan <b>nomor Kartu Prakerja</b>, lalu kabari aku."
        ),
        site=turn.programme.contacts["dashboard"].value,
    )
    reply = with_cutoff(reply, turn).link(_("🌐 Buka dashboard"), turn.programme.contacts["dashboard"].url)
    return _with_ends(reply, turn).button(_("📋 Lihat semua langkah"), "how_to_buy", all="1")


def _with_little_quota(turn: Turn) -> Reply:
    """Say what the little is to be spent on: what has a deadline."""
    reply = say(
        _(
            "📶 Kuotanya dipakai untuk yang ada batasnya dulu: <b>membeli</b>.\n"
            "1. Tonton 3 video induksi di dashboard, 2–3 menit satunya: tidak bisa dilewati, baru saldo tampil.\n"
            "2. Pilih satu pelatihan, bayar dengan nomor Kartu Prakerja.\n"
            "3. Materinya menyusul, kalau sudah ada wifi atau kuota.\n\n"
            "Berapa MB persisnya tidak ada di sumberku. Kalau bisa, menumpang wifi."
        )
    )
    return _with_ends(with_cutoff(reply, turn), turn)


def _at_the_choice(turn: Turn) -> Reply:
    """Show what is left for who is in and has the balance: nobody is sent back to what is done."""
    turn.settle(FAR, "1")
    sellers = [one.name for one in turn.programme.sellers(turn.today.year)]
    reply = say(
        _(
            "👍 Berarti tinggal beli:\n"
            "1. Di dashboard, buka <b>Rekomendasi Pelatihan</b>, pilih satu, tekan <b>Beli Pelatihan</b> di salah satu "
            "platform: {sellers}.\n"
            "2. Bayar dengan <b>nomor Kartu Prakerja</b>, lalu kabari aku."
        ),
        sellers=sellers,
    )
    reply = with_cutoff(reply, turn).link(_("🌐 Buka dashboard"), turn.programme.contacts["dashboard"].url)
    return _with_ends(reply, turn)


def _late(turn: Turn) -> Reply:
    """Say first that buying comes too late, then what can still be done."""
    reply = say(
        _(
            "Yang masih bisa:\n"
            "• Sudah beli sebelum itu? Kabari aku, dan simpan buktinya.\n"
            "• Belum? Cek dulu statusmu di dashboard, itu yang resmi: menurut aturan, tanpa pembelian sampai batas "
            "itu kepesertaan dicabut, dan membeli sekarang tidak mengembalikannya."
        )
    ).after(cutoff_passed(turn))
    reply = reply.button(_("✅ Sudah beli sebelum itu"), "report_bought")
    reply = reply.button(_("Belum beli, masih bisa apa?"), "revoked", bought="no")
    reply = reply.link(_("🌐 Buka dashboard"), turn.programme.contacts["dashboard"].url)
    return reply.button(_("📋 Lihat semua langkah"), "how_to_buy", all="1")


def _all(steps: list[_Step], turn: Turn) -> Reply:
    lines = [fill("{number}. {do}", number=at, do=Html(step.do)) for at, step in enumerate(steps, start=1)]
    reply = say(_("🛒 <b>Cara ikut pelatihan</b>\n{steps}"), steps=Html("\n".join(lines)))
    reply = with_cutoff(reply, turn)
    return reply.button(_("👣 Pandu satu per satu"), "how_to_buy", step="1")


def _one(step: _Step, at: int, total: int, turn: Turn) -> Reply:
    reply = say(
        _("👣 <b>Langkah {at}/{total}</b>\n{do}\n\n{hint}"), at=at, total=total, do=Html(step.do), hint=Html(step.hint)
    )
    if at in {1, 2}:
        reply = reply.link(_("🌐 Buka dashboard"), turn.programme.contacts["dashboard"].url)
    back = [button(_("◀ Sebelumnya"), "how_to_buy", step=str(at - 1))] if at > 1 else []
    on = [button(_("Lanjut ▶"), "how_to_buy", step=str(at + 1))] if at < total else []
    reply = reply.row(*back, *on)
    if at == total:
        return _with_ends(reply, turn)
    if at in {3, 4}:
        reply = reply.button(_("🔎 Cari pelatihan"), "recommend")
    if at in {2, 5}:
        reply = reply.button(_("🆘 Ada kendala"), "purchase_problem")
    return reply.button(_("📋 Lihat semua"), "how_to_buy", all="1")


def _with_ends(reply: Reply, turn: Turn) -> Reply:
    reply = reply.row(button(_("🔎 Cari pelatihan"), "recommend"), button(_("🆘 Gagal beli"), "purchase_problem"))
    if turn.participant.has(Milestone.BOUGHT):
        return reply.button(_("🎓 Pelatihanku sudah selesai"), "report_completed")
    return reply.button(_("✅ Sudah beli"), "report_bought")


def _steps(scheme: Scheme, turn: Turn) -> list[_Step]:
    sellers = [one.name for one in turn.programme.sellers(turn.today.year)]
    site = turn.programme.contacts["dashboard"].value
    return [
        _Step(
            fill(_("Masuk ke akunmu di <b>{site}</b>."), site=site),
            _("Lupa kata sandi? Atur ulang dari halaman masuk, lewat e-mail waktu mendaftar."),
        ),
        _Step(
            _("Tonton 3 video induksi di dashboard sampai <b>dana pelatihan</b> tampil di sana."),
            _("Masing-masing 2–3 menit, tidak bisa dilewati. Belum tampil juga? Keluar, lalu masuk lagi."),
        ),
        _Step(
            fill(_("<b>Bandingkan</b> pelatihan di mitra resmi: {sellers}."), sellers=sellers),
            _("Judul yang sama bisa dijual di beberapa platform. Aku bisa menampilkannya berdampingan."),
        ),
        _Step(
            _("<b>Pilih</b> yang sesuai kebutuhanmu."),
            _("Cocokkan dengan pekerjaan yang kamu tuju, dan harganya dengan saldomu."),
        ),
        _Step(
            _("<b>Beli</b>, bayar dengan <b>nomor Kartu Prakerja</b>."),
            _("Ketik nomor dan OTP hanya di platform resmi. Jangan pernah mengirimnya ke orang lain, termasuk aku."),
        ),
        _next_training(scheme),
        _reviews(scheme),
        _Step(
            _("<b>Sertifikat</b> muncul di dashboard setelah laporan platform diterima."),
            _("Harinya tidak bisa kujanjikan; kalau lama, tanya platformnya apakah laporannya sudah dikirim."),
        ),
    ]


def _next_training(scheme: Scheme) -> _Step:
    if scheme.trainings_in_sequence and scheme.exchange_allowed is False:
        return _Step(
            _("Yang kedua boleh setelah yang pertama <b>selesai</b>, selama saldo cukup. <b>Tidak bisa ditukar</b>."),
            _("Yang sudah dibeli tidak bisa diganti, walaupun belum kamu ikuti. Jadi pastikan dulu sebelum bayar."),
        )
    if scheme.next_training_days is not None:
        return _Step(
            fill(
                _("Pelatihan berikutnya dibeli dalam <b>{days} hari</b> setelah yang pertama selesai."),
                days=scheme.next_training_days,
            ),
            _(
                "Apakah bisa ditukar, untuk gelombangmu belum bisa kupastikan. Jadi pilih yang benar-benar cocok "
                "sebelum bayar."
            ),
        )
    return _Step(
        _("Pastikan pilihanmu sebelum bayar."),
        _("Soal pelatihan kedua dan penukaran di gelombangmu belum bisa kupastikan; lihat dashboard-mu."),
    )


def _reviews(scheme: Scheme) -> _Step:
    do = _("<b>Selesaikan</b> pelatihannya, lalu beri <b>rating dan ulasan</b> di platform itu.")
    if scheme.review_required:
        return _Step(do, _("Tanpa rating dan ulasan, insentif tidak bisa cair."))
    return _Step(do, _("Apakah itu syarat insentif di gelombangmu belum bisa kupastikan. Isi saja, biar aman."))
