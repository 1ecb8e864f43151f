"""The cutoff went by without a purchase: what is lost, what a balance that still shows is worth, a try that failed."""

from __future__ import annotations

import re
from typing import Final

from handlers.dialogue.in_talk import is_past_buying
from handlers.dialogue.listening import Spoken, Stage
from handlers.dialogue.register import Traits, conversation, family_of, heard_at
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import SAID, Turn
from handlers.phrases.ask_prakerja import with_prakerja
from handlers.phrases.asked_further import CONTACT_QUESTIONS
from handlers.phrases.contact_buttons import in_words, with_contacts
from handlers.phrases.wave_number import wave_number
from handlers.phrases.which_wave import ask_own_wave
from handlers.understanding.phrases import says
from handlers.understanding.statements import names_somebody
from locales import _
from programme.cutoffs import Cutoff
from programme.facts import Certainty
from programme.model.events import WaveTold
from programme.model.messages import Open
from programme.programme import load_programme

NAME: Final = "missed_it"
_CLAUSE: Final = re.compile(r"[,.;!?]+\s+|\n")
_MISSED: Final = "missed"
_WITHOUT_WAVE: Final = {
    "pleads for more time": "plea",
    "even a little late": "late",
    "where the money goes": "money",
    "may it be tried still": "still",
    "others tell of more time": "grace",
}
"""What is answered alike whatever the wave is, in a talk about a lost place."""
_OF_WHO_IS_LATE: Final = {
    **_WITHOUT_WAVE,
    "tried, but it failed": "tried",
    "may the balance be used": "balance",
    "all of it lost": "lost",
    "missed it": _MISSED,
    "what can still be done": _MISSED,
}
"""What whoever is too late tells or asks, by the phrases; the first that is said counts."""


def tells_of_being_late(spoken: Spoken) -> Open | None:
    """Hear *telat beli, ketiduran*, and of who is too late *hangus ya?*, *saldonya masih ada, bisa dipakai?*."""
    text = spoken.text
    if is_past_buying(spoken) or says("a second training", text) or heard_at(Stage.ALARM, spoken) is not None:
        return None
    wave = spoken.participant.wave or wave_number(spoken.understood.entity("wave"))
    wave = wave or wave_number(spoken.of_the_talk("wave"))
    if wave is None:
        in_talk = any(family_of(one.conversation) == "revoked" for one in spoken.matters)
        over_or_not = [one for one in _WITHOUT_WAVE if _WITHOUT_WAVE[one] != "still"]  # which says that it is over
        what = next((one for one in over_or_not if in_talk and says(one, text)), None)
        if what is not None:
            return Open(NAME, {SAID: text, "ask": _WITHOUT_WAVE[what]})
        own = says("missed it", text) and not _of_another("missed it", text)
        return Open(NAME, {SAID: text, "ask": _MISSED}) if own else None
    what = next((one for one in _OF_WHO_IS_LATE if says(one, text)), None) if _is_past(wave, spoken) else None
    if what is None or _of_another(what, text):
        return None
    asked = _OF_WHO_IS_LATE[what]
    platform = spoken.understood.entity("platform")
    named = {"platform": platform} if platform is not None else {}
    return Open(NAME, {SAID: text, "ask": asked, "wave": str(wave), **named})


def _of_another(what: str, text: str) -> bool:
    """Whether it is somebody else's: *temen saya telat beli*, but not *telat beli, jaga anak sakit*."""
    parts = [part for part in _CLAUSE.split(text) if says(what, part)]
    return any(map(names_somebody, parts or [text]))


def _is_past(wave: int, spoken: Spoken) -> bool:
    cutoff = load_programme().cutoff(wave)
    return cutoff is not None and cutoff.certainty is not Certainty.UNSURE and spoken.now > cutoff.at


@conversation(
    NAME,
    traits=Traits(
        tells=True,
        trouble=True,
        part_of="revoked",
        expects=tells_of_being_late,
        follow_ups={
            "join another": Open("revoked"),
            "join again": Open("revoked"),
            "is it final": Open("revoked"),
            "leniency": Open("revoked"),
            **CONTACT_QUESTIONS,
        },
    ),
)
async def missed_it(turn: Turn) -> Reply | Open:
    """Say plainly what the rule is, that the dashboard decides, and what may still be reported."""
    if turn.told("ask") in _WITHOUT_WAVE.values():
        return _whatever_the_wave(turn)
    number = await _wave(turn)
    cutoff = turn.programme.cutoff(number)
    if cutoff is None or cutoff.certainty is Certainty.UNSURE or turn.now <= cutoff.at:
        return Open("deadline", {"wave": str(number)})
    match turn.told("ask"):
        case "tried":
            return _tried(cutoff, turn)
        case "balance":
            return _balance(number, cutoff, turn)
        case "lost":
            return _lost(cutoff, turn)
        case _:
            return _missed(number, cutoff, turn)


def _whatever_the_wave(turn: Turn) -> Reply:
    """Meet whoever pleads, doubts or is angry with a human word, and say once what is so."""
    words = {
        "plea": _(
            "🫂 Aku mengerti, dan maaf: begitu batasnya lewat, aku <b>tidak bisa</b> memberi perpanjangan. Aku cuma "
            "asisten, bukan Prakerja, dan kelonggaran tidak ada di sumberku. Yang bisa memutuskan hanya Prakerja: "
            "{phone} (bebas pulsa), ceritakan sebabnya dan tanyakan apa yang masih mungkin."
        ),
        "late": _(
            "😔 Ya, menurut aturan begitu: belum beli sampai batasnya berarti dicabut, walaupun telatnya sebentar. Aku "
            "ikut sedih. Yang resmi status di dashboard-mu; kalau sebabnya bukan darimu (saldo tidak masuk, sistem "
            "gagal), laporkan ke Prakerja {phone} (bebas pulsa)."
        ),
        "grace": _(
            "❌ Tidak ada kelonggaran seperti itu di sumberku: yang belum beli sampai batasnya dicabut. Kabar lain "
            "jangan dipercaya sebelum Prakerja sendiri yang bilang: {phone} (bebas pulsa)."
        ),
        "money": _(
            "🫂 Wajar kalau kamu kesal. Saldo yang tidak dipakai <b>kembali ke program</b>: itu bukan uang tunai, jadi "
            "tidak masuk ke rekening siapa pun. Mau memastikan? Prakerja {phone} (bebas pulsa)."
        ),
        "still": _(
            "🤷 Menurut aturan batasnya sudah lewat, jadi <b>tidak bisa kujanjikan</b> pembelian sekarang masih "
            "dihitung, walaupun tombolnya ada. Pastikan dulu ke Prakerja: {phone} (bebas pulsa). Sibuk terus? Isi "
            "Formulir Pengaduan, itu tidak menunggu jam telepon."
        ),
    }
    reply = say(words[turn.told("ask") or ""], phone=turn.programme.contacts["phone"].value)
    if turn.told("ask") != "money" and says("angry", turn.said):
        reply = reply.after(_("🙏 Wajar kalau kamu kesal."))
    return with_prakerja(reply, turn)


async def _wave(turn: Turn) -> int:
    told = turn.told("wave")
    if told is not None:
        return int(told)
    words = _("😔 Aku ikut prihatin. Biar kucek batasnya: kamu lolos di <b>gelombang berapa</b>?")
    number = turn.participant.wave or await ask_own_wave(turn, words=say(words)) or 0
    turn.record(WaveTold(number))
    return number


def _missed(number: int, cutoff: Cutoff, turn: Turn) -> Reply:
    reply = say(
        _(
            "😔 Aku ikut sedih. Batas beli gelombang {wave} <b>sudah lewat</b>: {day} pukul 23.59 WIB. Menurut "
            "aturan, kepesertaan yang belum beli sampai batas itu dicabut, dan aku tidak tahu jalan untuk "
            "mengembalikannya."
        ),
        wave=number,
        day=cutoff.day,
    )
    reply = reply.also(
        _(
            "Yang resmi status di dashboard-mu, jadi cek dulu. Kendalanya bukan darimu (saldo tidak masuk, sistem "
            "gagal)? Laporkan dengan tangkapan layarnya ke Prakerja: {phone} (bebas pulsa). Yang menawarkan bisa "
            "mengurusnya dengan bayaran itu penipuan."
        ),
        phone=turn.programme.contacts["phone"].value,
    )
    return with_prakerja(reply, turn).button(_("Sudah beli sebelum itu"), "revoked", bought="yes")


def _lost(cutoff: Cutoff, turn: Turn) -> Reply:
    reply = say(
        _(
            "😔 Menurut aturan ya: tanpa pembelian sampai {day} pukul 23.59 WIB, insentif tidak cair dan saldo "
            "kembali ke program. Yang resmi status di dashboard-mu; yang bisa memastikan Prakerja: {phone} (bebas "
            "pulsa)."
        ),
        day=cutoff.day,
        phone=turn.programme.contacts["phone"].value,
    )
    return with_prakerja(reply, turn)


def _balance(number: int, cutoff: Cutoff, turn: Turn) -> Reply:
    reply = say(
        _(
            "Menurut aturan <b>tidak</b>: batas beli gelombang {wave} sudah lewat {day} pukul 23.59 WIB, walaupun "
            "angka saldonya masih tampil. Yang bisa memastikan Prakerja: {phone} (bebas pulsa) atau Formulir Pengaduan."
        ),
        wave=number,
        day=cutoff.day,
        phone=turn.programme.contacts["phone"].value,
    )
    return with_prakerja(reply, turn)


def _tried(cutoff: Cutoff, turn: Turn) -> Reply:
    """A try is no purchase; what hindered it before the cutoff may be reported, and nothing is promised."""
    platform = turn.programme.platform(turn.told("platform") or "")
    reply = say(
        _(
            "Batasnya sudah lewat {day} pukul 23.59 WIB, dan yang dihitung <b>pembelian yang berhasil</b>. Tapi "
            "laporkan dengan tangkapan layarnya, sebutkan tanggal dan jam kamu mencoba: Prakerja {phone} (bebas "
            "pulsa) atau Formulir Pengaduan. Hasilnya tidak bisa kujanjikan."
        ),
        day=cutoff.day,
        phone=turn.programme.contacts["phone"].value,
    )
    if platform is not None and platform.contacts:
        words = _("Minta juga keterangan dari <b>{name}</b>: {ways}.")
        reply = reply.also(words, name=platform.name, ways=in_words(platform.contacts))
        reply = with_contacts(reply, platform.name, platform.contacts)
    more = {"platform": platform.id} if platform is not None else {}
    reply = with_prakerja(reply, turn)
    return reply.button(_("📋 Buatkan ringkasannya"), "handoff", about="buying", tried="1", **more)
