"""A fraud goes on: what is asked and told after its warning, by whoever doubts it and by whoever was taken in."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from handlers.dialogue.follow_up import AGAIN, WHOM, alerted
from handlers.dialogue.listening import Spoken
from handlers.dialogue.register import Traits, conversation, family_of
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import SAID, Turn
from handlers.is_it_real import NOTHING_ASKED, NOTHING_GIVEN, SEEN, SHOWN
from handlers.phrases.ask_prakerja import with_prakerja
from handlers.phrases.next_step import with_next_step
from handlers.understanding.phrases import says
from locales import Html, _, fill
from programme.model.messages import Matter, Open

NAME: Final = "fraud_thread"
HAPPENED: Final = "happened"
"""The answer that tells that something was shared already."""

SECURE: Final = "secure"
"""The answer that asks how an account is made safe."""

_DONE: Final = "done"
_STEPS_DONE: Final = {
    "the password is changed": "password",
    "the wallet is told": "bank",
    "the balance is whole": "balance",
}
_OF_A_VICTIM: Final = ("may it be misused", "what to do now", "what then", *_STEPS_DONE)
_MISUSED: Final = "may it be misused"
_ACCOUNT_MISUSED: Final = "my account misused"
_OF_ANYBODY: Final = (
    *("an offer to cash it", "a fee first", "how they know me", "others press for it", "to the police"),
    _ACCOUNT_MISUSED,
)

ASKED_FURTHER: Final = MappingProxyType(
    {
        "of the money": Open("incentive_rules"),
        "more given away": Open("fraud", {HAPPENED: "1"}),
        "a threat": Open("fraud", {"threat": "1"}),
        NOTHING_GIVEN: Open("is_it_real"),
        "given away": Open("fraud", {HAPPENED: "1"}),
        SHOWN: Open("is_it_real", {SEEN: "1"}),
        NOTHING_ASKED: Open("is_it_real"),
        "how to check it": Open("is_it_real"),
        "others say it works": Open("fraud", {"praised": "1"}),
        "is it safe": Open("fraud", {AGAIN: "1"}),
        WHOM: Open("fraud"),
    }
)
"""What else goes on from a fraud, whether it was only tried or has happened."""


def goes_on(spoken: Spoken) -> Open | None:
    """Hear *masa penipu tau nama sy?*, *adik bilang coba aja*; of who was taken in *bisa dipakai orang itu?*."""
    last = spoken.matter
    other = says("a threat", spoken.text) or says(WHOM, spoken.text)
    if last is None or not alerted(last) or other:
        return None
    going_on, harmed = family_of(last.conversation) == "fraud", was_taken_in(last)
    heard = (_OF_ANYBODY if going_on else ()) + (_OF_A_VICTIM if going_on and harmed else ())
    heard += (_MISUSED,) if harmed else ()
    return opened_by(spoken) if any(says(what, spoken.text) for what in heard) else None


def opened_by(spoken: Spoken) -> Open:
    """Return the thread with these words, and what was told of it before."""
    kept = {} if spoken.matter is None else _told_before(spoken.matter)
    return Open(NAME, {SAID: spoken.text, **kept})


def _told_before(last: Matter) -> dict[str, str]:
    told: dict[str, str] = {}
    for one in reversed((last, *last.earlier())):
        told |= {name: one.told[name] for name in (HAPPENED, _DONE) if name in one.told}
    return told


def was_taken_in(last: Matter | None) -> bool:
    """Tell whether it was said in the talk that something was shared with a fraud."""
    return last is not None and HAPPENED in _told_before(last)


@conversation(NAME, traits=Traits(tells=True, alert=True, part_of="fraud", expects=goes_on, follow_ups=ASKED_FURTHER))
async def fraud_thread(turn: Turn) -> Reply | Open:
    """Answer each thing that is said of it in a few words; the list of signs was given before."""
    happened = turn.told(HAPPENED) is not None
    if happened:
        turn.settle(HAPPENED, "1")
    if turn.told(SECURE) is not None:
        return _how_to_secure(turn)
    parts = _warnings(turn)
    if not happened and says(_ACCOUNT_MISUSED, turn.said):
        parts.append(_nobody_gets_in())
    if happened and (not parts or any(says(what, turn.said) for what in _OF_A_VICTIM)):
        parts += _of_the_account(turn)
    if not parts:
        return Open("fraud", {AGAIN: "1"})
    reply = say("{parts}", parts=Html("\n\n".join(parts)))
    if happened:
        return with_prakerja(reply.button(_("🔑 Cara amankan akun"), NAME, **{SECURE: "1", HAPPENED: "1"}), turn)
    reply = reply.button(_("😟 Aku telanjur memberi data"), "fraud", happened="1")
    return with_next_step(reply.button(_("☎️ Laporkan ke Prakerja"), "call_center"), turn)


def _warnings(turn: Turn) -> list[str]:
    fee = _(
        "🚨 Jangan dibayar: diminta uang dulu supaya dana cair itu tanda <b>penipuan</b>. Jangan dibalas, blokir "
        "nomornya."
    )
    words = {
        "should it be given": _(
            "🚨 <b>Jangan</b> diberikan, dan itu bukan dariku: aku tidak pernah minta OTP atau data."
        ),
        "is it a fraud": _("🚨 Ya, anggap itu <b>penipu</b>: jangan dijawab, jangan beri apa-apa, blokir."),
        "a stranger wants money": fee,
        "an offer to cash it": _(
            "🚨 Jangan diterima: saldo pelatihan <b>bukan uang tunai</b> dan tidak bisa dicairkan, dengan potongan "
            "berapa pun. Yang menawarkannya <b>penipu</b>: jangan dibalas, blokir."
        ),
        "a fee first": fee,
        "how they know me": fill(
            _(
                "🚨 Tetap <b>penipuan</b>: nama, foto, dan logo mudah didapat atau ditiru, jadi bukan bukti apa-apa. "
                "Yang menentukan: yang minta kode, data, atau uang pasti penipu. Yang resmi hanya <b>{site}</b>. "
                "Jangan diberi, blokir."
            ),
            site=turn.programme.contacts["dashboard"].value,
        ),
        "others press for it": _(
            "🙅 Jangan dicoba, siapa pun yang menyuruh: sekali kode atau uangmu terkirim, itu sudah di tangan mereka."
        ),
    }
    words["to the police"] = _(
        "👮 Soal lapor polisi tidak ada di sumberku, jadi keputusannya di kamu. Simpan saja buktinya: nomor penipu, "
        "percakapan, bukti transfer."
    )
    return list(dict.fromkeys(said for what, said in words.items() if says(what, turn.said)))


def _nobody_gets_in() -> str:
    return _(
        "🔒 Selama OTP dan kata sandimu tidak kamu beri, mereka tidak bisa masuk dengan itu. Telanjur memberi? Ganti "
        "kata sandi akun Prakerja dan e-mailmu sekarang juga."
    )


def _of_the_account(turn: Turn) -> list[str]:
    """Say to whoever has shared something what is done already, and what is left in the order of its urgency."""
    done = set(filter(None, (turn.told(_DONE) or "").split(",")))
    told_now = {step for what, step in _STEPS_DONE.items() if says(what, turn.said)}
    done |= told_now
    turn.settle(_DONE, ",".join(sorted(done)))
    praise = {
        "password": _("kata sandi sudah diganti"),
        "bank": _("bank atau e-wallet sudah dihubungi"),
        "balance": _("saldo masih utuh"),
    }
    had = [words for step, words in praise.items() if step in told_now]
    lead = _("😟 Yang sudah memegang kodemu bisa mencoba masuk ke akunmu, jadi anggap <b>belum aman</b> dulu.")
    if had:
        lead = fill(_("👍 Bagus: {done}. Benar-benar aman atau belum, hanya Prakerja yang bisa memastikan."), done=had)
    steps = {
        "password": _("Ganti kata sandi akun Prakerja dan e-mailmu sekarang."),
        "balance": _("Buka dashboard sendiri: cek saldo, dan apakah ada pelatihan yang bukan kamu beli."),
    }
    left = [words for step, words in steps.items() if step not in done]
    phone = turn.programme.contacts["phone"].value
    left.append(
        fill(
            _("Laporkan ke Prakerja {phone} (bebas pulsa), minta akunmu dicek. Kode lain jangan diberi lagi."),
            phone=phone,
        )
    )
    numbered = "\n".join(f"{number}. {words}" for number, words in enumerate(left, 1))
    return [lead, numbered if len(left) > 1 else left[0]]


def _how_to_secure(turn: Turn) -> Reply:
    contacts = turn.programme.contacts
    reply = say(
        _(
            "🔑 Amankan akun Prakerja-mu, berurutan:\n"
            "1. Buka sendiri <b>{site}</b>, atur ulang kata sandi dari halaman masuk: isi e-mail pendaftaranmu, lalu "
            "buka e-mail itu.\n"
            "2. Ganti juga kata sandi e-mailnya; yang lama jangan dipakai lagi.\n"
            "3. Cek dashboard: saldo, dan pelatihan yang bukan kamu beli.\n"
            "4. Ada yang janggal atau tidak bisa masuk? Prakerja {phone} (bebas pulsa)."
        ),
        site=contacts["dashboard"].value,
        phone=contacts["phone"].value,
    )
    reply = reply.link(_("🌐 Buka dashboard"), contacts["dashboard"].url)
    return with_prakerja(reply, turn)
