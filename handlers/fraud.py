"""Fraud: what gives it away, what never to share, and what to do when it has happened."""

from __future__ import annotations

from typing import Final

from handlers.card_number import is_of_a_checkout
from handlers.dialogue.another_matter import names_another_matter
from handlers.dialogue.follow_up import AGAIN, ASKED, WHOM, alerted
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.odds import is_surely_fraud
from handlers.dialogue.register import Traits, conversation, family_of
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import SAID, Turn
from handlers.false_alarm import denies_it
from handlers.fraud_thread import ASKED_FURTHER, HAPPENED, LISTED, SECURE, opened_by, was_taken_in
from handlers.fraud_thread import NAME as THREAD
from handlers.phrases.contact_buttons import in_words, with_contacts
from handlers.phrases.cutoff_words import on_both_clocks
from handlers.phrases.fraud_verdicts import calls_for_a_verdict, of_blackmail
from handlers.phrases.next_step import with_next_step
from handlers.phrases.strange_hosts import strange_hosts
from handlers.understanding.fraud_told import asks_as_a_victim, asks_leave_to_obey, given_away
from handlers.understanding.own_checkout import was_paid
from handlers.understanding.phrases import says, without
from locales import N_, _, fill
from programme.model.messages import Matter, Open
from programme.model.milestones import Milestone

_SIGNS: Final = (
    "a stranger wants money",
    "an account handed over",
    "to be done by another",
    "an offer to cash it",
    "a phone taken over",
)


def smells_of_fraud(spoken: Spoken) -> Recognised | None:
    """Hear a fraud before anything else: a strange address, a third person who wants a code, an account or money."""
    text = spoken.text
    ours = spoken.matter is not None or says("this programme itself", text)
    left = without("no cash wanted", text) if says("by oneself", text) else text  # *bukan joki, saya sendiri yang beli*
    signs = (ours and any(says(what, left) for what in _SIGNS)) or _is_pressed(spoken)
    stranger = says("of a stranger", text)
    own = (says("asks for one's own code", text) or says("signing in asks for a code", text)) and not stranger
    waited_for = says("a code that never comes", text) and not stranger
    asked_for = says("a stranger wants a code", text) and not own and not waited_for
    code = asked_for or says("a code given away", text) or _is_called_so(spoken)
    still = alerted(spoken.matter) and not names_another_matter(spoken)
    code = code or (still and given_away(text) and not was_paid(text))
    news = says("told to have passed", text) and not says("a code", text)  # of that alone nobody is robbed
    surely = is_surely_fraud(spoken.understood) and not (own or waited_for or news)
    strange = _strange_address(text)
    if is_of_a_checkout(text, spoken.today) and not strange:
        return None  # a shop's own checkout
    told = signs or code or strange or surely
    told = told or (was_taken_in(spoken) and asks_as_a_victim(text))
    if not told or denies_it(spoken) is not None:
        return None
    return Recognised(_opened_by(spoken), "fraud", spoken.understood.confidence)


def _opened_by(spoken: Spoken) -> Open:
    """Return the first aid for who gave something, once; else the thread where it goes on, or the signs at first."""
    given = given_away(spoken.text)
    if was_taken_in(spoken) or (alerted(spoken.matter) and not given):
        return opened_by(spoken)
    return Open("fraud", {**spoken.told, **({HAPPENED: "1"} if given else {})})


def _is_pressed(spoken: Spoken) -> bool:
    """Whether somebody is blackmailed, or is offered a lost place back for money."""
    return any(says(what, spoken.text) for what in ("blackmail", "paid to get it back"))


def _is_called_so(spoken: Spoken) -> bool:
    """Whether a text calls whoever was spoken of a fraud beyond doubt, or asks if they are, or whether to obey."""
    understood = spoken.understood
    if not any(family_of(one.conversation) == "fraud" for one in spoken.matters):
        return False
    surely = understood.certain and understood.intent == "fraud" and not says("about buying", spoken.text)
    asked = says("is it a fraud", spoken.text) or says("should it be given", spoken.text)
    asked = asked or (_is_of_fraud(spoken.matter) and asks_leave_to_obey(spoken.text))
    return asked or (surely and says("names a fraud", spoken.text))


def _is_of_fraud(matter: Matter | None) -> bool:
    return matter is not None and family_of(matter.conversation) == "fraud"


def asks_to_tell_a_code(spoken: Spoken) -> Recognised | None:
    """Hear *aman ndak kalau OTP-nya saya sebutkan ke suami*: a code is nobody else's, of the family neither."""
    code = says("a code", spoken.text) and says("a code told to one's own", spoken.text)
    if not code or given_away(spoken.text):
        return None
    return Recognised(Open("fraud", {"code": "1"}), "fraud", spoken.understood.confidence)


def fears_for_money(spoken: Spoken) -> Recognised | None:
    """Hear *insentifnya ga bakal ketarik sama yang megang nomor kartuku kan*: one fear, and no list of signs."""
    if not (says("may the balance be lost", spoken.text) and says("is the card number safe", spoken.text)):
        return None
    told = {SAID: spoken.text, HAPPENED: "1", LISTED: "aid"}
    return Recognised(Open(THREAD, told), "fraud", spoken.understood.confidence)


def _asks_with_nothing_new(spoken: Spoken) -> Recognised | None:
    return fears_for_money(spoken) or asks_to_tell_a_code(spoken)


def _strange_address(text: str) -> bool:
    """Whether a text names an address that is neither the programme's nor a partner's, and speaks of the programme."""
    strange = strange_hosts(text)
    return bool(strange) and ("prakerja" in "".join(strange) or says("what frauds promise", text))


@conversation(
    "fraud",
    about=N_("Waspada penipuan"),
    commands=("penipuan",),
    traits=Traits(
        tells=True,
        alert=True,
        listens={Stage.ALARM: smells_of_fraud, Stage.STATEMENT: _asks_with_nothing_new},
        follow_ups=ASKED_FURTHER,
    ),
)
async def fraud(turn: Turn) -> Reply | Open:
    """Warn first; whoever has shared something already gets the steps, in the order of their urgency."""
    if _has_happened(turn) or turn.told(ASKED) == WHOM:
        return _happened(turn)
    if calls_for_a_verdict(turn.said):
        return Open(THREAD, {SAID: turn.said})
    if turn.told("code") is not None:
        return _of_a_code(turn)
    if turn.told("threat") is not None:
        return _of_a_threat(turn)
    if turn.told("praised") is not None:
        return _in_short(turn).after(
            _("Cerita “berhasil” justru umpannya: yang bercerita sering ikut menipu, atau belum sadar tertipu.")
        )
    if turn.told(AGAIN) is not None:
        return _in_short(turn)
    reply = say(
        _(
            "🚨 Ini tanda <b>penipuan</b>:\n"
            "• minta OTP, kata sandi, PIN, NIK, atau nomor kartu\n"
            "• menawarkan “pencairan saldo” pelatihan: saldo bukan uang tunai\n"
            "• “joki” pelatihan, atau minta bayaran supaya lolos atau insentif cair\n"
            "• tautan masuk akun atau pencairan di luar <b>{site}</b>\n\n"
            "Jangan dijawab, jangan diklik, blokir saja. Aku juga tidak pernah meminta data itu; yang meminta atas "
            "namaku pasti palsu. Ragu? Tanya Prakerja di {phone} (bebas pulsa)."
        ),
        site=turn.programme.contacts["dashboard"].value.removeprefix("www."),
        phone=turn.programme.contacts["phone"].value,
    )
    reply = _if_it_happened(_with_the_true_cutoff(reply, turn))
    reply = reply.button(_("☎️ Laporkan ke Prakerja"), "call_center")
    return with_next_step(reply.button(_("📣 Ingatkan temanku"), "share"), turn)


def _if_it_happened(reply: Reply) -> Reply:
    """Add the way on for whoever has told already what nobody may know."""
    return reply.button(_("😟 Aku telanjur memberi data"), "fraud", happened="1")


def _in_short(turn: Turn) -> Reply:
    """Say once more only what decides: the signs were listed already."""
    contacts = turn.programme.contacts
    reply = say(
        _(
            "⚠️ Jangan percaya siapa pun yang minta OTP, kata sandi, nomor kartu, atau uang, atau menawarkan "
            "pencairan saldo dan joki: itu <b>penipuan</b>. Masuk akun hanya lewat <b>{site}</b> yang kamu buka "
            "sendiri. Ragu? Tanya Prakerja di {phone} (bebas pulsa)."
        ),
        site=contacts["dashboard"].value,
        phone=contacts["phone"].value,
    )
    return with_next_step(_if_it_happened(_with_the_true_cutoff(reply, turn)), turn)


def _with_the_true_cutoff(reply: Reply, turn: Turn) -> Reply:
    """Say that the cutoff stands, where the fraud told a later day: whoever believes it buys too late."""
    cutoff, day = turn.cutoff, turn.told("date")
    if cutoff is None or day is None or turn.too_late or turn.is_behind(Milestone.BOUGHT):
        return reply
    if day <= cutoff.day.isoformat():
        return reply
    return reply.also(_("⏰ Batas belimu tetap {when}"), when=on_both_clocks(cutoff, turn.place))


def _of_a_code(turn: Turn) -> Reply:
    reply = say(
        _(
            "🔒 <b>Jangan</b>: OTP, PIN, dan kata sandi hanya untukmu sendiri, keluarga pun jangan. Ditemani boleh, "
            "tapi ketik sendiri kodenya di HP-mu, hanya di <b>{site}</b> atau aplikasi platformnya. Aku juga tidak "
            "pernah memintanya."
        ),
        site=turn.programme.contacts["dashboard"].value,
    )
    return with_next_step(_if_it_happened(reply), turn)


def _of_a_threat(turn: Turn) -> Reply:
    """Take the fear away before anybody gives in: only what the rules say takes a place."""
    reply = say(
        _(
            "🛡 Itu cuma <b>ancaman</b> penipu supaya kamu panik. Tidak memberi OTP, data, atau uang tidak "
            "membuatmu dicabut; yang membuat dicabut: pelatihan pertama tidak dibeli sampai batasnya. Jangan dibalas, "
            "blokir saja."
        )
    )
    reply = _if_it_happened(reply)
    return with_next_step(reply.button(_("☎️ Laporkan ke Prakerja"), "call_center"), turn)


def _has_happened(turn: Turn) -> bool:
    return turn.told(HAPPENED) is not None or given_away(turn.said)


def _happened(turn: Turn) -> Reply:
    if _has_happened(turn):  # who only asks whom to call may have given nothing
        turn.settle(HAPPENED, "1")
        turn.settle(LISTED, "aid")
    contacts = turn.programme.contacts
    reply = say(
        _(
            "😟 Tenang, kerjakan sekarang, berurutan:\n"
            "1. <b>Ganti kata sandi</b> akun Prakerja dan e-mailmu.\n"
            "2. Memberi OTP atau PIN bank / e-wallet, atau sudah transfer? Hubungi bank atau e-wallet itu, minta "
            "akunmu diamankan.\n"
            "3. Laporkan ke Prakerja: {phone} (bebas pulsa).\n"
            "4. Simpan bukti: nomor penipu, percakapan, bukti transfer.\n\n"
            "Datanya jangan kamu tulis di sini ya."
        ),
        phone=contacts["phone"].value,
    )
    if says("blackmail", turn.said):
        reply = reply.after(of_blackmail(turn))
    if says("is it a fraud", turn.said):
        reply = reply.after(_("🚨 Ya, itu <b>penipuan</b>."))
    if turn.told(ASKED) == WHOM:
        words = _("📞 Pertama bank atau e-wallet yang OTP-nya kamu beri, sekarang juga; lalu Prakerja {phone}.")
        reply = reply.after(fill(words, phone=contacts["phone"].value))
    partner = turn.programme.partner(turn.told("partner") or "")
    if partner is not None:
        reply = reply.also(_("Kontak {partner}: {ways}."), partner=partner.name, ways=in_words(partner.contacts))
        reply = with_contacts(reply, partner.name, partner.contacts)
    reply = reply.link(_("☎️ Telepon Prakerja"), contacts["phone"].url)
    reply = reply.link(_("📝 Isi Formulir Pengaduan"), contacts["complaint_form"].url)
    reply = reply.button(_("💳 Kontak bank & e-wallet"), "payment_account")
    return reply.button(_("🔑 Amankan akunku"), THREAD, **{SECURE: "1", HAPPENED: "1"})
