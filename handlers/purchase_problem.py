"""Buying fails: what it usually is, and then the service of the right platform."""

from __future__ import annotations

from handlers.dialogue.follow_up import WHOM
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.odds import LIKELY
from handlers.dialogue.question import Option
from handlers.dialogue.register import Purpose, Traits, conversation, family_of
from handlers.dialogue.reply import Reply, button, say
from handlers.dialogue.turn import Turn
from handlers.how_to_buy import LITTLE_QUOTA
from handlers.phrases.asked_further import CONTACT_QUESTIONS
from handlers.phrases.aspects import in_short
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.bought_not_shown import ADVISED, not_shown
from handlers.phrases.contact_buttons import in_words, with_contacts, with_platform
from handlers.phrases.matches import matches, typed
from handlers.phrases.prefill import HEARD, prefill
from handlers.phrases.told_by import told_by
from handlers.phrases.which_platform import at_a_checkout, own_platform, platform_in_talk, which_platform
from handlers.phrases.year_end import with_near_year_end
from handlers.understanding.ones_own import told_of_own
from handlers.understanding.phrases import first_said, says
from handlers.understanding.ruled_out import rules_out, still_open, without_denied
from handlers.understanding.sentences import stated
from handlers.understanding.statements import names_somebody
from handlers.understanding.telling import takes_away
from locales import N_, Html, _, fill
from programme.calendars import YearEnd
from programme.model.events import ObstacleNamed
from programme.model.messages import Button, Open
from programme.model.milestones import Milestone
from programme.platforms import Platform

_FEW = 4
"""Words that say of one cause that it is in order, and nothing else."""

_CHECKED = "checked"
"""The answer that tells that the usual causes are in order, so that none of them is told again."""

_HEARD = {
    "the order was cancelled": "cancelled",
    "waits to be paid": "unpaid",
    "bought but not shown": "not_shown",
    "the balance does not suffice": "too_dear",
    "no balance to buy with": "balance",
    "little data quota": "quota",
    "a code that never comes": "no_code",
    "a number or code is refused": "number",
    "the connection fails": "connection",
    "the platform fails": "other",
}


_BREAKS_OFF = ("the connection breaks off", "not known whether paid", "little data quota")


def breaks_off(spoken: Spoken) -> Recognised | None:
    """Hear *pas bayar wifi mati*, *muter terus, gatau kebayar apa belum*, *pesananku dibatalkan tokped*."""
    text = spoken.text
    broken = says("about buying", text) and any(says(what, text) for what in _BREAKS_OFF)
    little = says("little data quota", text) and says("a step to the balance", text) and not spoken.understood.certain
    fails = says("paying fails", text) and any(says(what, text) for what in ("goes on later", WHOM))
    in_vain = says("tried and failed", text) and spoken.understood.entity("platform") is not None
    if not (broken or little or fails or in_vain or _is_cancelled(spoken)):
        return None
    return Recognised(Open("purchase_problem", spoken.told), "purchase_problem")


def code_refused(spoken: Spoken) -> Recognised | None:
    """Hear *otp masuk tapi katanya kode salah, padahal bener*, be it beside the code itself, which was cut out."""
    text, best = spoken.text, spoken.understood.guesses[0]
    refused = says("the code was wrong", text) or says("a code is turned down", text)
    ours = best.confidence >= LIKELY and best.intent in {"purchase_problem", "account_access"}
    linking = says("of linking", text) or spoken.understood.entity("partner") is not None
    if (
        not refused
        or not ours
        or linking
        or says("how many times wrong", text)
        or spoken.participant.has(Milestone.BOUGHT)
    ):
        return None
    return Recognised(Open("purchase_problem", {**spoken.told, "what": "number"}), "purchase_problem", best.confidence)


def _is_cancelled(spoken: Spoken) -> bool:
    """Whether an order of a training was cancelled, by somebody who has told of no purchase."""
    text, bought = spoken.text, spoken.participant.has(Milestone.BOUGHT)
    ours = spoken.understood.entity("platform") is not None or says("this programme itself", text)
    ours = ours or (spoken.matter is not None and family_of(spoken.matter.conversation) == "purchase_problem")
    asks = says("asks to cancel it", text) or says("about a revoked place", text)
    return says("the order was cancelled", text) and ours and not bought and not asks


def answers_whether_it_shows(spoken: Spoken) -> Open | None:
    """Return the note of the purchase where it was looked for and shows by now, with all that was told of it."""
    looked_for = spoken.matter is not None and spoken.matter.told.get("what") == "not_shown"
    if not looked_for or names_somebody(spoken.text):
        return None
    if says("it does not show", spoken.text) or not says("it shows", stated(spoken.text)):
        return None
    actions = (key.action for key in spoken.offered if isinstance(key, Button))
    noted = (one for one in actions if isinstance(one, Open) and one.conversation == "report_bought")
    return next(noted, None)


def tells_that_it_is_bought(spoken: Spoken) -> Open | None:
    """Hear *nah berhasil, di Pintaria juga, udah ada di dashboard* after a trouble: the purchase went through."""
    if (shown := answers_whether_it_shows(spoken)) is not None:
        return shown
    text, matter = spoken.text, spoken.matter
    if matter is None or matter.conversation != "purchase_problem" or spoken.participant.has(Milestone.BOUGHT):
        return None
    doubted = "?" in text or names_somebody(text) or takes_away(Milestone.BOUGHT, text, today=spoken.today)
    told = told_of_own(text, today=spoken.today)
    likely = spoken.understood.guesses[0].intent == "report_bought" and says("it works at last", text)
    if doubted or "platform" not in told or not likely:
        return None
    return Open("report_bought", told)


@conversation(
    "purchase_problem",
    about=N_("Gagal beli pelatihan"),
    commands=("kendala",),
    traits=Traits(
        purpose=Purpose.BUYING_FAILS,
        trouble=True,
        expects=tells_that_it_is_bought,
        slots=frozenset({"platform"}),
        listens={Stage.STATEMENT: breaks_off, Stage.WISH: code_refused},
        follow_ups={
            "all in order": Open("purchase_problem", {HEARD: "1", "what": "other", _CHECKED: "1"}),
            **dict.fromkeys(("if it fails", "if it stays so"), Open("platform_contact")),
            **in_short("purchase_problem"),
            "is it gone": Open("balance", {"ask": "taken"}),
            **CONTACT_QUESTIONS,
        },
    ),
)
async def purchase_problem(turn: Turn) -> Reply | Open:
    """Ask what goes wrong, and advise; then ask where, and name whom to ask."""
    if HEARD not in turn.answers and matches(turn, "a code that never comes") and not at_a_checkout(turn):
        return Open("account_access", {"trouble": "otp"})
    if HEARD not in turn.answers and _all_in_order(typed(turn)):
        return Open("purchase_problem", {HEARD: "1", **turn.answers, "what": "other", _CHECKED: "1"})
    if (opening := prefill(turn, "purchase_problem", "what", _HEARD)) is not None:
        return opening
    what = await _what(turn)
    if what == _CHECKED:
        return Open("purchase_problem", {HEARD: "1", **turn.answers, "what": "other", _CHECKED: "1"})
    if what == "balance":
        return Open("balance", {"ask": "missing"})
    if what == "quota":
        return Open("how_to_buy", {LITTLE_QUOTA: "1"})
    if not turn.participant.has(Milestone.BOUGHT):
        turn.record(ObstacleNamed("purchase_fails"))
    if turn.too_late and what != "not_shown":
        return Open("revoked", {"bought": "no"})
    if what == "cancelled":
        return _cancelled(turn)
    if "platform" not in turn.answers and turn.told(ADVISED) is None:
        known = own_platform(turn) if what == "not_shown" else platform_in_talk(turn)
        told = {ADVISED: "1"} if known is None else {"platform": known.id}
        return Open("purchase_problem", {**turn.answers, **told})
    if what == "not_shown":
        return await not_shown(turn)
    advice = say(_words(what or "")) if turn.told(_CHECKED) is None else _checked_already()
    asked = advice.also(_("Belum beres juga? Belinya di platform mana? Kuberi kontak layanannya."))
    chosen = await which_platform(turn, asked)
    whom = _whom_to_ask(turn.programme.platforms.get(chosen or ""), turn)
    answer = say("{whom}", whom=whom) if turn.told(ADVISED) is not None else advice.also("{whom}", whom=whom)
    return _with_contact(answer, turn.programme.platforms.get(chosen or ""), turn)


def _checked_already() -> Reply:
    return say(
        _(
            "👍 Oke, itu semua sudah kamu cek. Coba sekali lagi: <b>keluar dari akun platform, masuk lagi</b>, lalu "
            "bayar."
        )
    )


def _all_in_order(text: str) -> bool:
    """Whether a text names causes only to say that none of them is one: *sinyal bagus, otp bener, tetap gagal*."""
    said = without_denied(text)
    named = first_said(_HEARD, said) not in {None, "not_shown", "too_dear"} and not says("not paid yet", said)
    return named and rules_out(said) and first_said(_HEARD, still_open(said)) is None


async def _what(turn: Turn) -> str | None:
    words = say(
        _(
            "🆘 Yuk dibereskan. Paling sering sebabnya: koneksi putus, nomor kartu atau OTP keliru, atau dananya belum "
            "masuk.\n\nApa yang terjadi waktu beli? Nomor kartu dan OTP jangan ditulis di sini ya."
        )
    )
    platform = turn.programme.platform(turn.told("platform") or "")
    if platform is not None and platform.contacts:
        shortcut = _("Sudah dicek semua? Layanan <b>{name}</b>: {ways}.")
        words = words.also(shortcut, name=platform.name, ways=in_words(platform.contacts))
        words = with_contacts(words, platform.name, platform.contacts)
    elif platform is not None:
        words = words.also(
            _("Kontak {name} tidak ada di catatanku; Prakerja sendiri: {phone} (bebas pulsa)."),
            name=platform.name,
            phone=turn.programme.contacts["phone"].value,
        )
    options = [
        Option("not_shown", _("📦 Sudah beli, belum muncul"), (_("belum muncul"), _("tidak muncul"))),
        Option("connection", _("📶 Koneksi putus / lemot"), (_("koneksi"), _("sinyal"), _("internet"))),
        Option("number", _("🔢 Nomor kartu / OTP ditolak"), (_("nomor"), _("otp"), _("nomor kartu"))),
        Option("balance", _("💸 Dana belum ada"), (_("saldo"), _("dana"))),
        Option("other", _("❓ Hal lain"), (_("lain"), _("lainnya"))),
    ]
    return await turn.choose("what", words, options, read=_read)


def _read(text: str) -> str | None:
    """Take *ga tau kenapa* for something else than is offered; an unpaid or cancelled order is heard, never offered."""
    if text in {"unpaid", "cancelled", "too_dear", "quota", "no_code", _CHECKED}:
        return text
    if says("number and code are right", text):
        return _CHECKED
    if says("it failed again", text):
        return "other"
    ruled_out = len(text.split()) <= _FEW and rules_out(text) and not says("a question", text)
    return "other" if text == "other" or says("not known", text) or ruled_out else None


def _cancelled(turn: Turn) -> Reply:
    """The order is gone: whether the balance is back decides what can be done."""
    platform = turn.programme.platform(turn.told("platform") or "")
    reply = say(
        _(
            "❌ Dibatalkan berarti <b>belum dihitung beli</b>. Cek saldo di dashboard:\n"
            "• sudah utuh lagi: beli lagi, boleh di platform lain\n"
            "• belum kembali: tanya platformnya. Kembali atau tidaknya, dan berapa lama, tidak ada di sumberku; tidak "
            "beres juga, Prakerja {phone} (bebas pulsa)"
        ),
        phone=turn.programme.contacts["phone"].value,
    )
    return _with_contact(with_platform(reply, platform), None, turn)


def _with_contact(reply: Reply, platform: Platform | None, turn: Turn) -> Reply:
    reply = with_cutoff(reply, turn)
    if turn.participant.has(Milestone.BOUGHT):
        reply = with_near_year_end(reply, YearEnd.BALANCE, turn)
    if platform is not None:
        reply = with_contacts(reply, platform.name, platform.contacts)
    more = {"platform": platform.id} if platform else {}
    reply = reply.row(button(_("✅ Sudah bisa, terbeli"), "report_bought", **more))
    reply = reply.row(button(_("🔁 Kendala lain"), "purchase_problem", **more), button(_("☎️ Prakerja"), "call_center"))
    return reply.button(_("💬 Bicara dengan petugas"), "handoff", about="buying", **more, tried="1")


def _words(what: str) -> str:
    match what:
        case "connection":
            return _(
                "📶 Soal koneksi:\n1. Pindah ke tempat yang sinyalnya kuat, atau ganti antara Wi-Fi dan data.\n"
                "2. Tutup dan buka lagi aplikasi atau browser-nya.\n"
                "3. <b>Sebelum bayar ulang</b>, cek dulu pesananmu di platform dan saldo di dashboard: bisa jadi sudah "
                "terbeli."
            )
        case "unpaid":
            return _(
                "⏳ Selama pembayarannya belum selesai, itu <b>belum dihitung beli</b>. Buka pesananmu di platform, "
                "bayar dengan nomor Kartu Prakerja (bukan uangmu sendiri), lalu pastikan pelatihannya tampil di "
                "dashboard."
            )
        case "too_dear":
            return _(
                "💸 Saldo tidak cukup berarti harga pelatihannya <b>lebih dari saldo di dashboard-mu</b>. Pilih yang "
                "harganya tidak lebih dari itu. Menambah dengan uang sendiri tidak disebut di sumberku, jadi jangan "
                "transfer ke siapa pun."
            )
        case "no_code":
            return _(
                "📩 Kode OTP belum masuk?\n1. Cek sinyal, kotak SMS jangan penuh, dan nomornya harus yang "
                "<b>terdaftar</b>.\n2. Jangan minta berkali-kali: tunggu, lalu minta sekali lagi dan pakai kode yang "
                "paling baru.\n3. Tetap tidak masuk juga: boleh beli di platform lain.\n\n"
                "Kodenya hanya untukmu: jangan dikirim ke siapa pun, termasuk aku."
            )
        case "number":
            return _(
                "🔢 Soal nomor kartu atau OTP:\n1. Cocokkan nomor Kartu Prakerja angka demi angka dengan yang ada di "
                "dashboard.\n2. Pakai OTP dari SMS yang <b>paling baru</b>; nomor HP-nya harus yang terdaftar.\n"
                "3. Jangan minta OTP berkali-kali: tunggu, lalu coba sekali lagi.\n\n"
                "Keduanya jangan dikirim ke siapa pun, termasuk aku."
            )
        case _:
            return _(
                "🧰 Coba urut:\n1. Pastikan harganya tidak lebih dari saldo di dashboard.\n"
                "2. Cek koneksi, nomor kartu, dan OTP.\n3. Keluar dari akun platform, masuk lagi, ulangi.\n"
                "4. Masih gagal? Simpan tangkapan layar pesannya."
            )


def _whom_to_ask(platform: Platform | None, turn: Turn) -> Html:
    if platform is None:
        words = _("Semua sudah benar tapi masih gagal? Tanya layanan platformnya, atau Call Center Prakerja {phone}.")
        return Html(fill(words, phone=turn.programme.contacts["phone"].value))
    if not platform.contacts:
        words = _(
            "Masih gagal? Kontak {name} tidak ada di catatanku: coba aplikasi atau situs resminya, atau Prakerja."
        )
        return Html(fill(words, name=platform.name))
    words = _("Semua sudah benar tapi masih gagal? Hubungi layanan <b>{name}</b>: {ways}. {source}")
    ways, source = in_words(platform.contacts), told_by(platform, turn.now)
    return Html(fill(words, name=platform.name, ways=ways, source=source))
