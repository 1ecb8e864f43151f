"""What whoever was taken in asks next, each with an answer of its own; what no source tells is left to Prakerja."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from handlers.dialogue.turn import Turn
from handlers.phrases.contact_buttons import in_words
from handlers.phrases.wave_number import wave_number
from handlers.understanding import find_entities
from handlers.understanding.fraud_told import ASKED_BY_A_VICTIM, days_of_checking
from handlers.understanding.phrases import says
from locales import _, fill
from programme.cutoffs import Cutoff
from programme.facts import Certainty

BANK: Final = "bank"
"""The step of having told the bank or the wallet."""


def answers_to_a_victim(turn: Turn, done: set[str]) -> list[str]:
    """Return the answers to what the words ask or tell; `done` are the steps that were told as done."""
    asked = {what: says(what, turn.said) for what in ASKED_BY_A_VICTIM}
    asked["not my purchase"] &= not (asked["a stranger's purchase"] or asked["does it come back"])  # which say more
    asked["may the balance be lost"] &= not asked["does it come back"]
    asked["is the card number safe"] &= not asked["may the balance be lost"]
    asked["checked for days"] &= not asked["another with the rest"]
    asked["is my wallet safe"] &= BANK not in done
    return [say_so(turn) for what, say_so in _ANSWERS.items() if asked[what]]


def _ashamed(_turn: Turn) -> str:
    return _("🫂 Jangan menyalahkan diri: mereka memang pandai meyakinkan. Yang penting sekarang cepat diurus.")


def _call(turn: Turn) -> str:
    words = _("☎️ Ya, telepon Prakerja {phone} (bebas pulsa). Ceritakan apa adanya, dan minta akunmu dicek.")
    return fill(words, phone=_phone(turn))


def _back(turn: Turn) -> str:
    words = _(
        "💳 Bisa kembali atau tidak, tidak ada di sumberku: <b>hanya Prakerja yang tahu</b>, jadi tanya hari ini di "
        "{phone} (bebas pulsa). Simpan tangkapan layar sisa saldo dan pelatihan yang bukan kamu beli."
    )
    if not says("of the balance", turn.said):
        words = _(
            "💸 Bisa kembali atau tidak, tidak ada di sumberku. Hubungi <b>bank atau e-walletmu sekarang</b>, minta "
            "transfernya ditelusuri, dan lapor Prakerja {phone} (bebas pulsa). Simpan bukti transfernya."
        )
    return fill(words, phone=_phone(turn))


def _wallet(turn: Turn) -> str:
    named = find_entities(turn.said, today=turn.today, kinds=("partner",))
    partner = turn.programme.partner(named[0].value) if named else None
    if partner is None:
        return _("📱 Aman atau belum, hanya bank atau e-wallet itu yang tahu: hubungi sekarang, minta akunmu dicek.")
    words = _(
        "📱 {partner}: aman atau belum, hanya mereka yang tahu. Kodenya mungkin dari sana, jadi hubungi sekarang dan "
        "minta akunmu diamankan: {ways}."
    )
    return fill(words, partner=partner.name, ways=in_words(partner.contacts))


def _counts(turn: Turn) -> str:
    words = _(
        "🤷 Apakah pelatihan yang dibeli orang itu dianggap pelatihan pertamamu, tidak ada di sumberku: <b>hanya "
        "Prakerja yang tahu</b>. Tanya hari ini di {phone} (bebas pulsa), sebut bukan kamu yang beli. Di catatanku itu "
        "bukan pembelianmu."
    )
    return _before_the_cutoff(fill(words, phone=_phone(turn)), turn)


def _not_mine(_turn: Turn) -> str:
    return _("👌 Oke, tidak kucatat sebagai pembelianmu. Sebutkan ke Prakerja bahwa itu bukan kamu yang beli.")


def _another(turn: Turn) -> str:
    words = _(
        "🤷 Apakah membeli lagi dengan sisa saldo bisa, dan terhitung sebagai pelatihan pertamamu, tidak ada di "
        "sumberku: <b>hanya Prakerja yang tahu</b>. Tanya hari ini sebelum membeli: {phone} (bebas pulsa)."
    )
    return _before_the_cutoff(fill(words, phone=_phone(turn)), turn)


def _card_number(turn: Turn) -> str:
    words = _(
        "💳 OTP-nya jangan pernah diberi, dan blokir orangnya. Apakah nomor kartu saja cukup untuk memakai saldonya, "
        "dan bisakah nomornya diganti, tidak ada di sumberku. Hanya Prakerja yang tahu: {phone} (bebas pulsa). "
        "Laporkan orangnya juga ke sana."
    )
    return fill(words, phone=_phone(turn))


def _may_be_lost(turn: Turn) -> str:
    """Say what is safe by itself; whether what was given away is enough to take the rest, no source tells."""
    if says("about the incentive", turn.said):
        words = _(
            "💰 Insentif hanya dikirim ke rekening atau e-wallet atas NIK-mu yang kamu sambungkan sendiri. Jaga kata "
            "sandi dan OTP. Apakah data yang telanjur terkirim bisa dipakai untuk hal lain, hanya Prakerja yang tahu: "
            "{phone} (bebas pulsa)."
        )
    else:
        words = _(
            "💳 Cek sendiri di dashboard: saldonya masih utuh, dan tidak ada pelatihan yang bukan kamu beli? Kode OTP "
            "yang masuk jangan diteruskan ke siapa pun. Apakah data yang telanjur terkirim cukup untuk memakai "
            "saldonya tidak ada di sumberku. Hanya Prakerja yang tahu: {phone} (bebas pulsa)."
        )
    return fill(words, phone=_phone(turn))


def _checked(turn: Turn) -> str:
    """Reckon whether the answer comes before the cutoff; what happens otherwise, no source tells."""
    days, cutoff = days_of_checking(turn.said), _cutoff(turn)
    if days is None or cutoff is None or turn.now > cutoff.at:
        words = _("⏳ Selesainya kapan hanya Prakerja yang tahu: {phone} (bebas pulsa).")
        return fill(words, phone=_phone(turn))
    until = turn.today + timedelta(days=days)
    if until <= cutoff.day:
        words = _(
            "⏳ {days} hari dari hari ini sampai {until}: masih sebelum batasmu, {day} pukul 23.59 WIB, tapi mepet. "
            "Belum ada kabar? Tanya Prakerja lagi: {phone} (bebas pulsa)."
        )
    else:
        words = _(
            "⚠️ <b>Tidak keburu</b> kalau ditunggu: {days} hari dari hari ini sampai {until}, padahal batasmu {day} "
            "pukul 23.59 WIB. Telepon Prakerja lagi hari ini, {phone} (bebas pulsa), minta kepastian sebelum batas itu."
        )
    return fill(words, days=days, until=until, day=cutoff.day, phone=_phone(turn))


def _before_the_cutoff(words: str, turn: Turn) -> str:
    cutoff = _cutoff(turn)
    if cutoff is None or turn.now > cutoff.at:
        return words
    return words + " " + fill(_("Batas belimu tetap {day} pukul 23.59 WIB."), day=cutoff.day)


def _cutoff(turn: Turn) -> Cutoff | None:
    """Return the cutoff of the person's own wave, else of the one that they named in the talk."""
    named = wave_number(turn.told("wave"))
    found = turn.programme.cutoff(named) if turn.participant.wave is None and named is not None else None
    return turn.cutoff or (found if found is not None and found.certainty is not Certainty.UNSURE else None)


def _phone(turn: Turn) -> str:
    return turn.programme.contacts["phone"].value


_ANSWERS: Final[dict[str, Callable[[Turn], str]]] = {
    "ashamed of it": _ashamed,
    "shall I call": _call,
    "does it come back": _back,
    "is my wallet safe": _wallet,
    "a stranger's purchase": _counts,
    "not my purchase": _not_mine,
    "another with the rest": _another,
    "is the card number safe": _card_number,
    "may the balance be lost": _may_be_lost,
    "checked for days": _checked,
}
