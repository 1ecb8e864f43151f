"""What is to be said of a fraud that was told, in one paragraph each: the verdict first, and why."""

from __future__ import annotations

from handlers.dialogue.turn import Turn
from handlers.phrases.strange_hosts import strange_hosts
from handlers.understanding.fraud_told import asks_leave_to_obey, is_tempted
from handlers.understanding.phrases import says
from locales import _, fill

OF_ANYBODY = (
    *("an offer to cash it", "a fee first", "how they know me", "others press for it", "to the police"),
    *("blackmail", "paid to get it back", "is it allowed", "tempted by it", "its credentials"),
)
"""The phrases that go on from a fraud, whether something was given to it or not."""


def calls_for_a_verdict(text: str) -> bool:
    """Tell whether a text leans towards a fraud, or is pressed by one: the list of signs is no answer to that."""
    doubted = bool(strange_hosts(text)) and says("is it allowed", text)
    return doubted or is_tempted(text) or says("blackmail", text) or says("paid to get it back", text)


def verdicts(turn: Turn) -> list[str]:
    """Return what the words that opened the conversation call for, each once; a temptation is always answered."""
    text = turn.said
    if says("blackmail", text):
        return [of_blackmail(turn)]
    if hosts := strange_hosts(text):
        return [_of_an_address(hosts[0], turn)]
    said = [words for what, words in _words(turn).items() if says(what, text)]
    tempted = is_tempted(text) or says("others say it works", text) or asks_leave_to_obey(text)
    if tempted and not any(says(what, text) for what in ("paid to get it back", "is it allowed", "to the police")):
        return [_not_to_be_tried(turn)]
    return list(dict.fromkeys(said))


def of_blackmail(turn: Turn) -> str:
    """Say first that nothing is paid, whatever is threatened."""
    words = _(
        "🚨 <b>Jangan transfer</b> dan jangan dibalas, walaupun diancam: membayar tidak membuat datamu aman. Simpan "
        "pesan dan nomornya sebagai bukti, blokir, lalu laporkan ke Prakerja {phone} (bebas pulsa)."
    )
    return fill(words, phone=turn.programme.contacts["phone"].value)


def _of_an_address(host: str, turn: Turn) -> str:
    words = _("❌ <b>Jangan dibuka</b>: {host} bukan alamat Prakerja. Yang resmi hanya <b>{site}</b>, ketik sendiri.")
    return fill(words, host=host, site=turn.programme.contacts["dashboard"].value)


def _not_to_be_tried(turn: Turn) -> str:
    text = turn.said
    if says("others gave it", text) and not says("others say it works", text):
        words = _(
            "🙅 <b>Jangan</b>, walaupun yang lain sudah: sekali kode atau uangmu terkirim, itu sudah di tangan penipu. "
            "Yang telanjur memberi sebaiknya segera ganti kata sandinya dan lapor Prakerja {phone} (bebas pulsa)."
        )
        return fill(words, phone=turn.programme.contacts["phone"].value)
    if says("a code", text):
        return _("🙅 <b>Jangan</b>: yang minta OTP, kata sandi, atau datamu itu penipu. Jangan dibalas, blokir.")
    if not (says("of getting cash", text) or says("others say it works", text)):
        return _("🙅 <b>Jangan</b>: sekali kode atau uangmu terkirim, itu sudah di tangan penipu. Blokir saja.")
    return _(
        "🙅 <b>Jangan</b>: itu penipuan, dan cerita “banyak yang berhasil” justru umpannya. Saldo pelatihan bukan uang "
        "tunai; yang menjanjikan uang dari situ cuma mengincar saldo, data, dan uangmu. Jangan dibalas, blokir."
    )


def _words(turn: Turn) -> dict[str, str]:
    fee = _(
        "🚨 Jangan dibayar: diminta uang dulu supaya dana cair itu tanda <b>penipuan</b>. Jangan dibalas, blokir "
        "nomornya."
    )
    phone = turn.programme.contacts["phone"].value
    back = _(
        "🙅 <b>Jangan</b>: yang menawarkan bisa mengembalikan kepesertaan dengan bayaran itu <b>penipuan</b>. Yang "
        "bisa memutuskan hanya Prakerja: tunggu atau tanya sendiri di {phone} (bebas pulsa)."
    )
    allowed = _(
        "❌ <b>Tidak boleh</b>, walaupun saldo itu untukmu: saldo pelatihan bukan uang tunai, hanya untuk membeli "
        "pelatihan di platform resmi. Yang menawarkan menguangkannya penipu. Tolak saja, jangan beri data apa pun."
    )
    given = _("🚨 <b>Jangan</b> diberikan, dan itu bukan dariku: aku tidak pernah minta OTP atau data.")
    paid_back = says("paid to get it back", turn.said)
    words = {"paid to get it back": fill(back, phone=phone), "is it allowed": allowed}
    words |= {} if says("is it allowed", turn.said) else {"should it be given": given}
    words["is it a fraud"] = _("🚨 Ya, anggap itu <b>penipu</b>: jangan dijawab, jangan beri apa-apa, blokir.")
    words |= {} if paid_back else {"a stranger wants money": fee, "a fee first": fee}
    words["an offer to cash it"] = _(
        "🚨 Jangan diterima: saldo pelatihan <b>bukan uang tunai</b> dan tidak bisa dicairkan, dengan potongan "
        "berapa pun. Yang menawarkannya <b>penipu</b>: jangan dibalas, blokir."
    )
    words["how they know me"] = words["its credentials"] = fill(
        _(
            "🚨 Tetap <b>penipuan</b>: nama, foto, logo, surat, dan seragam mudah didapat atau ditiru, bukan bukti. "
            "Yang menentukan: yang minta kode, data, atau uang pasti penipu. Yang resmi hanya <b>{site}</b>. "
            "Jangan diberi, blokir."
        ),
        site=turn.programme.contacts["dashboard"].value,
    )
    words["wanted by it"] = _(
        "🚨 <b>Jangan</b> diberi sedikit pun: yang minta kode, kata sandi, nomor kartu, data, atau uang itu justru "
        "<b>penipu</b>. Tolak saja, blokir."
    )
    if paid_back:
        return words
    words["others press for it"] = _(
        "🙅 Jangan dicoba, siapa pun yang menyuruh: sekali kode atau uangmu terkirim, itu sudah di tangan mereka."
    )
    words["to the police"] = _(
        "👮 Soal lapor polisi tidak ada di sumberku, jadi keputusannya di kamu. Simpan saja buktinya: nomor penipu, "
        "percakapan, bukti transfer."
    )
    return words
