"""Questions about the incentive that have a shape of their own: each is answered in a sentence, whatever it names.

*Yang kedua kapan?*, *yang gagal dikirim ulang?*, *belum premium bisa?*, *OVO-ku masih aktif kok*: a wallet that is
named in them is only where they are asked of.
"""

from __future__ import annotations

from typing import Final

from handlers.dialogue.follow_up import ASKED, OF
from handlers.dialogue.listening import Spoken, Stage
from handlers.dialogue.register import Traits, conversation, family_of, heard_at
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import SAID, Turn
from handlers.phrases.ask_prakerja import with_prakerja
from handlers.phrases.asked_further import PHONE_QUESTIONS
from handlers.phrases.aspects import IN_SHORT
from handlers.phrases.contact_buttons import in_words, with_contacts
from handlers.phrases.failure_words import SO
from handlers.phrases.next_step import with_next_step
from handlers.phrases.payments_ahead import by_itself, still_to_come
from handlers.phrases.which_rules import Rules, which_rules
from handlers.understanding.phrases import first_said, says
from handlers.understanding.ruled_out import without_denied
from handlers.understanding.statements import names_somebody
from locales import Rupiah, _
from programme.model.messages import Open
from programme.model.milestones import Milestone
from programme.partners import Partner, PartnerKind

NAME: Final = "incentive_asked"
_SHAPES: Final = {
    "once or monthly": "sum",
    "the sum in cash": "in all",
    "does it come by itself": "by_itself",
    "the next payment": "next",
    "is there more to come": "more",
    "not upgraded, may it be": "not_upgraded",
    "must it be upgraded": "upgraded",
    "sent once more": "again",
    "the account is active": "active",
    "to change the number": "dead",
    "the old number is dead": "dead",
    "the numbers differ": "phone",
    "which is to be changed": "which is to be changed",
    "will it come": "so",
}
"""What is asked, by the phrases that ask it; the first that is said counts."""
_WITHOUT_A_TALK: Final = frozenset({"next", "more", "by_itself", "sum", "in all", "not_upgraded", "upgraded", "again"})
"""What says by itself what it is about, once money or a wallet is named."""
_IN_SHORT: Final = {"in all": "incentive_rules", "which is to be changed": "account_access"}
"""What a sentence answers, and of which matter."""
_MONEY: Final = frozenset({"incentive_problem", "incentive_rules", "survey"})
"""The families of conversations that speak of the incentive."""
_CLOSED: Final = "account_closed"
_NUMBERS: Final = "phone_differs"
_COME_BY_THEMSELVES: Final = ("of the balance", "about a certificate", "of a survey")
"""What else may be asked to come by itself."""


def asks_in_its_own_shape(spoken: Spoken) -> Open | None:
    """Hear one of these questions, where the incentive or the account it goes to is spoken of."""
    said = without_denied(spoken.text)
    asked = _sum_asked(spoken) or first_said(_SHAPES, said) or _after_linking(spoken)
    if asked is None or says("another aid", said) or heard_at(Stage.ALARM, spoken) is not None:
        return None
    of_else = says("a second training", said) or (asked == "next" and _is_of_else(spoken.text))
    of_else = of_else or (asked == "by_itself" and any(says(what, said) for what in _COME_BY_THEMSELVES))
    if of_else or not _is_of_it(asked, spoken):
        return None
    if asked == "so":
        return Open("incentive_problem", {"shows": "failed", "why": _trouble(spoken) or "", SO: "1"})
    if asked in _IN_SHORT:
        return Open(IN_SHORT, {OF: _IN_SHORT[asked], ASKED: asked})
    partner = spoken.understood.entity("partner") or spoken.of_the_talk("partner")
    return Open(NAME, {SAID: spoken.text, "what": asked, **({"partner": partner} if partner is not None else {})})


def _trouble(spoken: Spoken) -> str | None:
    """Return the failure that was spoken of last; a telephone that has changed is one, too."""
    return spoken.of_the_talk("why") or (_NUMBERS if spoken.of_the_talk("trouble") == "phone" else None)


def _sum_asked(spoken: Spoken) -> str | None:
    """Hear *insentif yg kedua nominalnya berapa*: the second payment, which is no second training."""
    text, matter = spoken.text, spoken.matter
    of_money = matter is not None and family_of(matter.conversation) in _MONEY
    payment = says("a later payment", text) or (of_money and says("named the second", text))
    asks = any(says(what, text) for what in ("a question", "is it so", "a question at its end", "a sum is asked"))
    if not payment or not asks or says("when it is paid", text) or says("of a survey", text):
        return None
    return "sum" if says("a sum is asked", text) else None


def _is_of_else(said: str) -> bool:
    """Whether the sum is asked for, or the next one is told to be late: *insentif kedua belum masuk*."""
    sum_asked = says("which sum", said) and not says("when it is paid", said)
    return sum_asked or (says("but it fails", said) and not says("a question", said))


def _after_linking(spoken: Spoken) -> str | None:
    """Hear *kapan cairnya? kemarin gagal* of somebody whose account is linked by now."""
    linked = spoken.participant.has(Milestone.ACCOUNT_CONNECTED)
    failed = says("the payment failed", spoken.text) and says("when it is paid", spoken.text)
    return "again" if linked and failed else None


def _is_of_it(asked: str, spoken: Spoken) -> bool:
    """Whether the question is about the incentive: by its own words, or by what was spoken of."""
    text, matter = spoken.text, spoken.matter
    if asked in {"which is to be changed", "so"}:
        return _trouble(spoken) is not None and (asked == "so" or _trouble(spoken) == _NUMBERS)
    if asked == "active":
        closed = spoken.of_the_talk("why") == _CLOSED or spoken.of_the_talk("what") == "active"
        return closed or says("it is said to be closed", text)
    if matter is not None and family_of(matter.conversation) in _MONEY:
        return True
    if asked == "phone" and names_somebody(text):
        return False  # whose account it is comes first
    wallet = spoken.understood.entity("partner") is not None or says("an e-wallet", text)
    if asked in {"not_upgraded", "upgraded", "phone"}:
        return wallet
    understood = spoken.understood
    of_money = any(says(what, text) for what in ("about the incentive", "a later payment")) or (
        understood.certain and family_of(understood.intent) in _MONEY
    )
    return of_money and asked in _WITHOUT_A_TALK


@conversation(
    NAME,
    traits=Traits(
        tells=True,
        trouble=True,
        part_of="incentive_problem",
        subject="insentif",
        expects=asks_in_its_own_shape,
        slots=frozenset({"partner"}),
        follow_ups={"if it fails": Open("incentive_problem", {"shows": "failed"}), **PHONE_QUESTIONS},
    ),
)
async def incentive_asked(turn: Turn) -> Reply | Open:
    """Answer the one thing that was asked."""
    partner = turn.programme.partner(turn.told("partner") or "")
    match turn.told("what"):
        case "by_itself" if not turn.too_late:
            return by_itself(turn)
        case "next" | "more" if turn.participant.payments:
            return Open("incentive_history")
        case "next" | "more" | "sum" as asked:
            answer = {"next": _next, "more": still_to_come, "sum": _sum}[asked]
            return answer(await which_rules(turn), turn)
        case "again":
            return _again(turn)
        case "dead":
            return _old_number(turn)
        case "phone":
            return Open("incentive_problem", {**turn.answers, "shows": "failed", "why": "phone_differs"})
        case "active":
            return _active(partner, turn)
        case "not_upgraded" | "upgraded" if partner is not None and partner.kind is PartnerKind.BANK:
            return Open("payment_account", {"partner": partner.id})
        case "not_upgraded":
            return _upgrade(_("❌ Belum bisa: <b>{name}</b> harus premium (KYC) dulu."), partner, turn)
        case "upgraded":
            return _upgrade(_("✅ Ya, <b>{name}</b> harus premium (KYC) dulu."), partner, turn)
        case _:
            return Open("incentive_rules")


def _paid_once(rules: Rules, turn: Turn) -> Reply:
    reply = say(_("💰 Untuk gelombang {wave} insentifnya <b>satu kali</b> saja."), wave=rules.wave)
    return with_next_step(reply, turn)


def _next(rules: Rules, turn: Turn) -> Reply:
    """Say that the incentive is paid monthly, and where the date of the next payment is."""
    scheme = rules.scheme
    if scheme.incentive_times == 1:
        return _paid_once(rules, turn)
    reply = say(
        _(
            "💰 Insentif dibayar <b>{times} kali, tiap bulan</b>, masing-masing {sum}. Tanggal yang berikutnya tampil "
            "di History Insentif di dashboard-mu; aku tidak bisa melihatnya dari sini."
        ),
        times=scheme.incentive_times,
        sum=Rupiah(scheme.incentive),
    )
    if scheme.payout_days_at_least is not None and scheme.schedule_wait_hours is not None:
        reply = reply.also(
            _(
                "Uangnya masuk {least}–{most} hari kerja setelah tanggal itu. Tanggalnya belum ada? Tunggu {hours} "
                "jam, lalu tanya Prakerja: {phone} (bebas pulsa)."
            ),
            least=scheme.payout_days_at_least,
            most=scheme.payout_days_at_most,
            hours=scheme.schedule_wait_hours,
            phone=turn.programme.contacts["phone"].value,
        )
    reply = reply.link(_("🌐 Buka dashboard"), turn.programme.contacts["dashboard"].url)
    return reply.button(_("😕 Sudah lewat, belum masuk"), "incentive_problem", shows="late")


def _sum(rules: Rules, turn: Turn) -> Reply:
    """Say that each payment is the same, and that they come one by one."""
    scheme = rules.scheme
    if scheme.incentive_times == 1:
        return _paid_once(rules, turn)
    reply = say(
        _(
            "💰 Tiap pembayaran <b>{sum}</b>, yang kedua dan seterusnya juga: {times} kali, sebulan sekali, tidak "
            "sekaligus."
        ),
        sum=Rupiah(scheme.incentive),
        times=scheme.incentive_times,
    )
    if says("six hundred", turn.said) and says("is it so", turn.said):
        reply = reply.after(_("✅ Ya, betul."))
    reply = reply.link(_("🌐 Buka dashboard"), turn.programme.contacts["dashboard"].url)
    return reply.button(_("📅 Kapan masuknya?"), NAME, what="next")


def _old_number(turn: Turn) -> Reply:
    """The number of Prakerja and of the wallet must be the same, but the old one is lost."""
    reply = say(
        _(
            "📱 Nomor HP di Prakerja dan di e-wallet harus <b>sama</b>. Nomor lama mati atau hilang?\n"
            "1. Minta operator menghidupkan nomor yang sama, kalau masih bisa.\n"
            "2. Tidak bisa? Hanya Prakerja yang dapat membantu menggantinya: {phone} (bebas pulsa) atau Formulir "
            "Pengaduan.\n3. <b>Putuskan dulu</b> e-wallet sebelum nomornya diganti; setelah sama, sambungkan lagi."
        ),
        phone=turn.programme.contacts["phone"].value,
    )
    reply = with_prakerja(reply, turn)
    return reply.button(_("💬 Bicara dengan petugas"), "handoff", about="incentive", tried="1")


def _again(turn: Turn) -> Reply:
    """No source tells whether a payment that failed is sent once more: say so, and who can tell."""
    reply = say(_("🔁 Apakah dan kapan insentif yang gagal dikirim lagi tidak ada di sumberku, jadi tidak kujanjikan."))
    mended = turn.participant.has(Milestone.ACCOUNT_CONNECTED)
    todo = (
        _("Akunmu sudah tersambung, jadi tinggal pantau History Insentif.")
        if mended
        else _("Bereskan dulu sebabnya, lalu pantau History Insentif.")
    )
    reply = reply.also(
        _("{todo} Yang bisa memastikan: Prakerja, {phone} (bebas pulsa) atau Formulir Pengaduan."),
        todo=todo,
        phone=turn.programme.contacts["phone"].value,
    )
    return with_prakerja(reply, turn)


def _active(partner: Partner | None, turn: Turn) -> Reply:
    """An account that works but is said to be closed: perhaps another one is linked."""
    name = partner.name if partner is not None else _("akunmu")
    reply = say(
        _(
            "🔎 Kalau <b>{name}</b> masih aktif, mungkin yang tersambung di Prakerja <b>akun lain</b>: nomor lama, "
            "atau akun yang dulu ditutup. Cek di dashboard nomor mana yang tersambung.\n\n"
            "• Beda? Putuskan, samakan nomornya dengan Prakerja, lalu sambungkan lagi.\n"
            "• Sudah sama? Minta mitranya mengecek; kalau mereka bilang aman, lapor ke Prakerja: {phone} (bebas pulsa)."
        ),
        name=name,
        phone=turn.programme.contacts["phone"].value,
    )
    if partner is not None:
        reply = reply.also(_("Kontak {partner}: {ways}."), partner=partner.name, ways=in_words(partner.contacts))
        reply = with_contacts(reply, partner.name, partner.contacts)
    reply = reply.button(_("📱 Ya, nomor lama"), "incentive_problem", shows="failed", why="phone_differs")
    return reply.button(_("💬 Bicara dengan petugas"), "handoff", about="incentive", tried="1")


def _upgrade(words: str, partner: Partner | None, turn: Turn) -> Reply:
    """Say yes or no first, then what an upgrade takes."""
    name = partner.name if partner is not None else _("e-wallet")
    reply = say(words, name=name).also(
        _("Yang belum premium bikin insentif gagal masuk. Upgrade di aplikasinya dengan NIK sendiri, lalu sambungkan.")
    )
    if names_somebody(turn.said) and says("an account of another", turn.said):
        reply = reply.also(_("❌ Akun suami, istri, atau teman tidak bisa dipakai: NIK-nya harus milikmu sendiri."))
    return with_next_step(reply.button(_("💳 Syarat & mitra lain"), "payment_account"), turn)
