"""Locked out of the Prakerja account: password, OTP, number, e-mail."""

from __future__ import annotations

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.odds import LIKELY
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.aspects import in_short
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.contact_buttons import with_platform
from handlers.phrases.matches import matches, typed
from handlers.phrases.next_step import with_next_step
from handlers.phrases.prefill import HEARD
from handlers.phrases.told_by import told_by
from handlers.phrases.which_platform import at_a_checkout
from handlers.understanding.phrases import first_said, says
from handlers.understanding.ruled_out import still_open, without_denied
from locales import N_, _
from programme.model.events import ObstacleNamed
from programme.model.messages import Open
from programme.model.milestones import Milestone
from programme.platforms import Platform

_HEARD = {
    "the account is hacked": "hacked",
    "the account is locked": "blocked",
    "the e-mail is dead": "email",
    "the password is lost": "password",
    "the phone has changed": "phone",
    "the code does not come": "otp",
    "the e-mail is lost": "email",
}


def is_locked_out(spoken: Spoken) -> Recognised | None:
    """Hear *OTP-nya ga masuk-masuk*, *hp ganti*, which keep one out of the account whatever one wants there."""
    code, phone = says("a code that never comes", spoken.text), says("the phone has changed", spoken.text)
    best = spoken.understood.guesses[0]
    likely = best.intent == "account_access" and best.confidence >= LIKELY
    if likely and says("the password is lost", spoken.text) and not (code or phone):
        return Recognised(Open("account_access", spoken.told), "account_access", best.confidence)
    if says("the code was wrong", spoken.text) and says("how many times wrong", spoken.text):
        return Recognised(Open("payment_account", {"ask": "code"}), "account_access", best.confidence)
    if not (code or phone):
        return None
    told = {**spoken.told, "trouble": "otp" if code else "phone"}
    return Recognised(Open("account_access", told), "account_access", spoken.understood.confidence)


@conversation(
    "account_access",
    about=N_("Tidak bisa masuk akun"),
    commands=("akun",),
    traits=Traits(
        tells=True,
        trouble=True,
        listens={Stage.WISH: is_locked_out},
        follow_ups={
            **in_short("account_access"),
            "asked for a code many times": Open("account_access", {"trouble": "otp"}),
            **dict.fromkeys(("tried already", "if it fails", "if it stays so"), Open("call_center")),
            "the phone has changed": Open("account_access", {"trouble": "phone"}),
            "the e-mail is dead": Open("account_access", {"trouble": "email"}),
            "by another way": Open("contact_detail"),
            "which comes first": Open("account_access", {"trouble": "phone"}),
        },
    ),
)
async def account_access(turn: Turn) -> Reply | Open:
    """Answer the trouble that was named; else say what helps most and offer the others."""
    trouble = (
        turn.told("trouble")
        or first_said(_HEARD, still_open(without_denied(typed(turn))))
        or first_said(_HEARD, without_denied(typed(turn)))
    )
    answers = {"otp": _otp, "phone": _phone, "blocked": _blocked, "password": _password, "email": _email}
    if trouble == "otp" and at_a_checkout(turn):
        return Open("purchase_problem", {HEARD: "1", **turn.answers, "what": "no_code"})
    if trouble == "hacked":
        return Open("fraud", {"happened": "1"})
    if (platform := _of_platform(trouble, turn)) is not None:
        return _at_platform(platform, turn)
    if trouble is None and matches(turn, "it is slow"):
        return _slow(turn)
    if trouble not in answers:
        return _overview(turn)
    turn.settle("trouble", trouble)
    if trouble == "password" and not turn.participant.has(Milestone.BOUGHT):
        turn.record(ObstacleNamed("forgot_password"))
    reply = with_cutoff(answers[trouble](turn), turn)
    reply = reply.link(_("🌐 Buka Prakerja"), turn.programme.contacts["dashboard"].url)
    reply = reply.button(_("☎️ Kontak Prakerja"), "call_center").button(_("Kendala login lain"), "account_access")
    return with_next_step(reply, turn)


def _slow(turn: Turn) -> Reply:
    """A page that won't open on a bad signal locks nobody out."""
    reply = say(
        _(
            "📶 Itu sinyal atau situsnya yang lambat, akunmu tidak terkunci. Cari tempat bersinyal lebih kuat atau "
            "wifi, buka <b>{site}</b> di browser HP, dan coba lagi di jam lain. Jangan tunggu malam terakhir."
        ),
        site=turn.programme.contacts["dashboard"].value,
    )
    reply = with_cutoff(reply, turn).link(_("🌐 Buka Prakerja"), turn.programme.contacts["dashboard"].url)
    return with_next_step(reply.button(_("🔑 Tidak bisa masuk akun"), "account_access"), turn)


def _overview(turn: Turn) -> Reply:
    reply = say(
        _(
            "🔑 Yuk, kita buka lagi akunmu. Masuknya hanya di <b>{site}</b>, dengan e-mail yang kamu pakai waktu "
            "mendaftar."
        ),
        site=turn.programme.contacts["dashboard"].value,
    )
    reply = with_cutoff(reply, turn).also(_("Apa yang terjadi?"))
    reply = reply.button(_("🔑 Lupa kata sandi"), "account_access", trouble="password")
    reply = reply.button(_("📩 OTP tidak masuk"), "account_access", trouble="otp")
    reply = reply.button(_("📱 Nomor HP ganti / hilang"), "account_access", trouble="phone")
    reply = reply.button(_("✉️ E-mail tak bisa dibuka"), "account_access", trouble="email")
    return reply.button(_("🚫 Akun terkunci"), "account_access", trouble="blocked")


def _otp(turn: Turn) -> Reply:
    limit = turn.programme.limits["login"]
    return say(
        _(
            "📩 OTP tidak masuk? Jangan minta terus: setelah <b>{tries} kali minta</b>, kamu harus <b>tunggu {hours} "
            "jam</b>.\n\n1. Pastikan nomor yang terdaftar aktif, ada sinyal, dan kotak SMS tidak penuh.\n"
            "2. Sudah {tries} kali? Tunggu {hours} jam, lalu minta sekali saja.\n"
            "3. Pakai kode yang paling baru.\n\nOTP hanya untukmu: jangan kirim ke siapa pun, termasuk aku. {source}"
        ),
        tries=limit.tries,
        hours=limit.wait_hours,
        source=told_by(limit, turn.now),
    )


def _of_platform(trouble: str | None, turn: Turn) -> Platform | None:
    """Return the platform whose own account it is: *akun Tokopedia-ku lupa sandi*."""
    of_prakerja = "prakerja" in typed(turn).casefold() or trouble not in {None, "password", "email"}
    named = matches(turn, "an account of a platform") and not of_prakerja
    return turn.programme.platform(turn.told("platform") or "") if named else None


def _at_platform(platform: Platform, turn: Turn) -> Reply:
    """Say that a shop's account is the shop's, and that there are others."""
    reply = say(
        _(
            "🔑 Akun <b>{name}</b> bukan akun Prakerja: sandinya diatur ulang di {name} sendiri, di aplikasi atau "
            "situsnya. Kata sandi jangan dikirim ke sini ya."
        ),
        name=platform.name,
    )
    reply = with_platform(reply, platform)
    if not turn.participant.has(Milestone.BOUGHT):
        year = turn.today.year
        others = [one.name for one in turn.programme.sellers(year) if one != platform]
        reply = reply.also(_("Tidak harus di sana, ada platform lain: {others}."), others=others)
    return with_next_step(with_cutoff(reply, turn), turn)


def _password(turn: Turn) -> Reply:
    return say(
        _(
            "🔑 Lupa kata sandi? Atur ulang dari halaman masuk {site}:\n"
            "1. Isi e-mail yang kamu pakai waktu mendaftar.\n"
            "2. Buka e-mail itu, cek juga folder spam.\n"
            "3. Buat kata sandi baru, simpan di tempat aman.\n\n"
            "E-mailnya tidak datang atau kamu lupa alamatnya? Hubungi Prakerja. Kata sandi jangan dikirim ke sini ya."
        ),
        site=turn.programme.contacts["dashboard"].value,
    )


def _phone(turn: Turn) -> Reply:
    return say(
        _(
            "📱 Nomor lama masih bisa menerima SMS? Masuk dulu dengan nomor itu, baru ganti di akunmu. E-wallet sudah "
            "tersambung? <b>Putuskan dulu</b> sebelum ganti nomor, karena nomor Prakerja dan e-wallet harus sama.\n\n"
            "Nomornya mati atau HP hilang? Minta operator menghidupkan nomor yang sama. Kalau tidak bisa, hanya "
            "Prakerja yang dapat membantu: {phone}."
        ),
        phone=turn.programme.contacts["phone"].value,
    )


def _email(turn: Turn) -> Reply:
    return say(
        _(
            "✉️ Coba pulihkan dulu e-mailnya lewat penyedianya (misalnya Gmail atau Yahoo): itu jalan tercepat.\n\n"
            "Tidak bisa, atau lupa pakai e-mail apa? Hanya Prakerja yang dapat membantu: telepon {phone} atau isi "
            "Formulir Pengaduan. Jangan bikin akun baru dulu sebelum tanya."
        ),
        phone=turn.programme.contacts["phone"].value,
    )


def _blocked(turn: Turn) -> Reply:
    limit = turn.programme.limits["login"]
    return say(
        _(
            "🚫 Terkunci karena OTP diminta {tries} kali? Tunggu <b>{hours} jam</b>, lalu coba sekali lagi.\n\n"
            "Kalau tulisannya diblokir atau dibekukan, alasannya hanya Prakerja yang tahu: telepon {phone}, siapkan "
            "tangkapan layarnya."
        ),
        tries=limit.tries,
        hours=limit.wait_hours,
        phone=turn.programme.contacts["phone"].value,
    )
