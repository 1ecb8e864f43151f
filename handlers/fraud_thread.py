"""A fraud goes on: what is asked and told after its warning, by whoever doubts it and by whoever was taken in."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from handlers.card_number import is_of_a_checkout
from handlers.dialogue.another_matter import names_another_matter
from handlers.dialogue.follow_up import AGAIN, WHOM, alerted
from handlers.dialogue.listening import WHOSE, Spoken
from handlers.dialogue.register import Traits, conversation, family_of
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import SAID, Turn
from handlers.is_it_real import NOTHING_ASKED, NOTHING_GIVEN, SEEN, SHOWN
from handlers.phrases.after_fraud import BANK, answers_to_a_victim
from handlers.phrases.ask_prakerja import with_prakerja
from handlers.phrases.aspects import in_short
from handlers.phrases.fraud_verdicts import OF_ANYBODY, verdicts
from handlers.phrases.next_step import with_next_step
from handlers.understanding.fraud_told import ASKED_BY_A_VICTIM, given_away, wants_something
from handlers.understanding.own_checkout import was_paid
from handlers.understanding.phrases import says
from locales import Html, _, fill
from programme.model.messages import Matter, Open

NAME: Final = "fraud_thread"
HAPPENED: Final = "happened"
"""The answer that tells that something was shared already."""

SECURE: Final = "secure"
"""The answer that asks how an account is made safe."""

_DONE: Final = "done"
LISTED: Final = "steps_listed"
"""The answer that tells where the steps were listed already, by the first aid or here: they are once."""

_STEPS_DONE: Final = {
    "the password is changed": "password",
    "the wallet is told": BANK,
    "the balance is whole": "balance",
    "Prakerja is told": "prakerja",
    "the stranger is blocked": "blocked",
}
_MISUSED: Final = "may it be misused"
_WHAT_TO_DO: Final = ("what to do now", "what then", "what must a victim do")
_OF_A_VICTIM: Final = (_MISUSED, *_WHAT_TO_DO, *_STEPS_DONE, *ASKED_BY_A_VICTIM)
_ACCOUNT_MISUSED: Final = "my account misused"
_OF_ANYBODY: Final = (*OF_ANYBODY, _ACCOUNT_MISUSED)

ASKED_FURTHER: Final = MappingProxyType(
    {
        "of the money": Open("incentive_rules"),
        "more given away": Open("fraud", {HAPPENED: "1"}),
        "a threat": Open("fraud", {"threat": "1"}),
        NOTHING_GIVEN: Open("is_it_real"),
        SHOWN: Open("is_it_real", {SEEN: "1"}),
        NOTHING_ASKED: Open("is_it_real"),
        "how to check it": Open("is_it_real"),
        "others say it works": Open("fraud", {"praised": "1"}),
        "is it safe": Open("fraud", {AGAIN: "1"}),
        WHOM: Open("fraud"),
        "then I buy": Open("how_to_buy"),
        **in_short("fraud"),
    }
)
"""What else goes on from a fraud, whether it was only tried or has happened."""


def goes_on(spoken: Spoken) -> Open | None:
    """Hear *masa penipu tau nama sy?*, *adik bilang coba aja*; of who was taken in *bisa dipakai orang itu?*."""
    last = spoken.matter
    other = (says("a threat", spoken.text) and not says("blackmail", spoken.text)) or says(WHOM, spoken.text)
    if last is None or not alerted(last) or other or names_another_matter(spoken):
        return None
    going_on, harmed = family_of(last.conversation) == "fraud", was_taken_in(spoken)
    if is_of_a_checkout(spoken.text, spoken.today) or was_paid(spoken.text):
        return None  # what a shop asks for, and what was paid there, is no fraud's
    if going_on and not harmed and given_away(spoken.text):
        return Open("fraud", {HAPPENED: "1"})
    if going_on and wants_something(spoken.text):
        return opened_by(spoken)
    heard: tuple[str, ...] = _OF_ANYBODY if going_on else ()
    heard += _OF_A_VICTIM if going_on and harmed else ()
    heard += (_MISUSED, *ASKED_BY_A_VICTIM) if harmed else ()
    return opened_by(spoken) if any(says(what, spoken.text) for what in heard) else None


def opened_by(spoken: Spoken) -> Open:
    """Return the thread with these words, and what was told of it before."""
    kept = {} if spoken.matter is None else _told_before(spoken.matter)
    if _gave_nothing(spoken.text):
        kept.pop(HAPPENED, None)
    told = spoken.told
    wave = {"wave": told["wave"]} if "wave" in told and WHOSE not in told else {}
    return Open(NAME, {SAID: spoken.text, **wave, **kept})


def _told_before(last: Matter) -> dict[str, str]:
    told: dict[str, str] = {}
    for one in reversed((last, *last.earlier())):
        told |= {name: one.told[name] for name in (HAPPENED, _DONE, LISTED) if name in one.told}
    return told


def was_taken_in(spoken: Spoken) -> bool:
    """Tell whether it was said in the talk that something was shared with a fraud; *belum kasih apa-apa* ends that."""
    if spoken.matter is None or _gave_nothing(spoken.text):
        return False
    return HAPPENED in _told_before(spoken.matter)


def _gave_nothing(text: str) -> bool:
    return says("gave nothing at all", text) and not given_away(text)


@conversation(NAME, traits=Traits(tells=True, alert=True, part_of="fraud", expects=goes_on, follow_ups=ASKED_FURTHER))
async def fraud_thread(turn: Turn) -> Reply | Open:
    """Answer each thing that is said of it in a few words; the list of signs was given before."""
    happened = turn.told(HAPPENED) is not None
    if happened:
        turn.settle(HAPPENED, "1")
    if turn.told(SECURE) is not None:
        return _how_to_secure(turn)
    parts = verdicts(turn)
    if happened:
        return _to_a_victim(parts, turn)
    if says(_ACCOUNT_MISUSED, turn.said):
        parts.append(_nobody_gets_in())
    if not parts:
        return Open("fraud", {AGAIN: "1"})
    reply = say("{parts}", parts=Html("\n\n".join(parts)))
    reply = reply.button(_("😟 Aku telanjur memberi data"), "fraud", happened="1")
    return with_next_step(reply.button(_("☎️ Laporkan ke Prakerja"), "call_center"), turn)


def _to_a_victim(parts: list[str], turn: Turn) -> Reply:
    """Answer what is asked; what is left to do comes to whoever asks for it or for nothing, or gave away more."""
    given = given_away(turn.said)
    parts = [] if given else parts
    done = {*filter(None, (turn.told(_DONE) or "").split(","))}
    told_now = {step for what, step in _STEPS_DONE.items() if says(what, turn.said)}
    done |= told_now
    turn.settle(_DONE, ",".join(sorted(done)))
    answers = answers_to_a_victim(turn, done)
    asks_for_it = given or any(says(what, turn.said) for what in _WHAT_TO_DO)
    misused = says(_MISUSED, turn.said) and turn.told(LISTED) != "thread"
    if asks_for_it or not (answers or (parts and not misused)):
        parts += _what_is_left(told_now, done, turn)
    elif told_now:
        parts.append(_praise(told_now, turn))
    reply = say("{parts}", parts=Html("\n\n".join([*parts, *answers])))
    if "password" not in done:
        reply = reply.button(_("🔑 Cara amankan akun"), NAME, **{SECURE: "1", HAPPENED: "1"})
    return with_prakerja(reply, turn)


def _nobody_gets_in() -> str:
    return _(
        "🔒 Selama OTP dan kata sandimu tidak kamu beri, mereka tidak bisa masuk dengan itu. Telanjur memberi? Ganti "
        "kata sandi akun Prakerja dan e-mailmu sekarang juga."
    )


def _praise(done: set[str], turn: Turn) -> str:
    praise = {
        "password": _("kata sandi sudah diganti"),
        BANK: _("bank atau e-wallet sudah dihubungi"),
        "balance": _("saldo masih utuh"),
        "prakerja": _("sudah lapor ke Prakerja"),
        "blocked": _("orangnya sudah diblokir"),
    }
    had = [words for step, words in praise.items() if step in done]
    words = _("👍 Bagus: {done}. Benar-benar aman atau belum, hanya Prakerja yang bisa memastikan: {phone}.")
    return fill(words, done=had, phone=turn.programme.contacts["phone"].value)


def _what_is_left(told_now: set[str], done: set[str], turn: Turn) -> list[str]:
    """Say what is left to whoever has shared something, in the order of its urgency; told again, only what is next."""
    lead = _("😟 Yang sudah memegang kodemu bisa mencoba masuk ke akunmu, jadi anggap <b>belum aman</b> dulu.")
    report = _("Laporkan ke Prakerja {phone} (bebas pulsa), minta akunmu dicek. Kode lain jangan diberi lagi.")
    steps = {
        "password": _("Ganti kata sandi akun Prakerja dan e-mailmu sekarang."),
        "balance": _("Buka dashboard sendiri: cek saldo, dan apakah ada pelatihan yang bukan kamu beli."),
        "prakerja": fill(report, phone=turn.programme.contacts["phone"].value),
    }
    left = [words for step, words in steps.items() if step not in done]
    if turn.told(LISTED) == "thread" or (turn.told(LISTED) is not None and not says(_MISUSED, turn.said)):
        lead, left = _("🫂 Satu per satu saja. Yang paling penting sekarang:"), left[:1]
    turn.settle(LISTED, "thread")
    if told_now:
        lead = _praise(told_now, turn)
    if not left:
        wait = _("Sekarang tinggal menunggu jawaban Prakerja. Kode dan data jangan diberi lagi ke siapa pun.")
        return [_praise(told_now, turn), wait] if told_now else [wait]
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
