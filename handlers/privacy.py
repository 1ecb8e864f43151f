"""What is kept of a person, why and for how long; showing it, and deleting it."""

from __future__ import annotations

from handlers.dialogue.question import Option
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.kept_of_me import kept_of_me
from handlers.phrases.matches import matches
from handlers.phrases.next_step import with_next_step
from handlers.phrases.yes_or_no import yes_or_no
from handlers.understanding.phrases import says
from locales import N_, _
from programme.model.events import Forgotten
from programme.model.messages import Open


@conversation(
    "privacy", about=N_("Data & privasiku"), commands=("privasi", "privacy"), traits=Traits(tells=True, beside=True)
)
async def privacy(turn: Turn) -> Reply | Open:
    """Say what is kept; show all of it, send it as a file, or go on to deleting it."""
    if matches(turn, "delete my data"):
        return _to_delete(turn)
    if (right := _right_named(turn)) is not None:
        return right
    if turn.told("file") is not None or matches(turn, "my data as a file"):
        return _as_file(turn)
    if turn.told("show") is not None or matches(turn, "show my data"):
        return _shown(turn)
    reply = say(
        _(
            "🔒 <b>Yang kusimpan</b>: nama panggilan, gelombang dan tanggal lolos, zona waktu, bahasa, langkah yang "
            "kamu laporkan, pengaturan pengingat, dan percakapan kita. Gunanya menghitung batas belimu dan "
            "mengingatkanmu.\n\n"
            "<b>Tidak kusimpan</b>: nomor kartu, OTP, NIK, kata sandi. Kalau tertulis, langsung kuhapus. Nomor HP "
            "yang kamu bagikan hanya disimpan dalam bentuk acak yang tidak bisa dibaca lagi.\n\n"
            "Disimpan sampai kamu minta hapus, atau dua tahun sejak pesan terakhirmu. Yang bisa melihatnya hanya "
            "petugas yang membantumu."
        )
    )
    if turn.controller is not None:
        told = _("<b>Penanggung jawab datamu</b>: {name}. Hubungi: {contact}")
        reply = reply.also(told, name=turn.controller.name, contact=turn.controller.contact)
    reply = reply.button(_("👀 Lihat dataku"), "privacy", show="1").button(_("⚖️ Hakku atas data"), "data_rights")
    return with_next_step(reply.button(_("🗑 Hapus semua dataku"), "forget_me"), turn)


@conversation("forget_me", commands=("hapusdata",))
async def forget_me(turn: Turn) -> Reply:
    """Delete everything after one honest confirmation."""
    words = say(
        _(
            "🗑 Hapus <b>semua</b> datamu di sini? Yang hilang: gelombang, langkahmu, percakapan, dan semua pengingat, "
            "jadi aku <b>tidak akan mengingatkanmu lagi</b> sebelum batas beli. Ini tidak bisa dikembalikan.\n\n"
            "Kepesertaan Kartu Prakerja-mu tidak berubah; itu ada di Prakerja."
        )
    )
    own_note = _("⏰ Catat sendiri, batas belimu:\n{when}")
    options = [
        Option("yes", _("🗑 Ya, hapus semua"), (_("ya hapus"), _("hapus"), _("ya"))),
        Option("no", _("Jangan, simpan saja"), (_("jangan"), _("tidak"), _("nggak"))),
    ]
    if await turn.choose("sure", with_cutoff(words, turn, own_note), options, read=_thinks_better) != "yes":
        return with_next_step(say(_("Oke, tidak ada yang kuhapus.")), turn)
    reply = say(_("✅ Semua datamu sudah kuhapus. Terima kasih sudah mengobrol denganku. 👋"))
    reply = with_cutoff(reply, turn, own_note)
    turn.record(Forgotten())
    return reply.also(_("Kalau nanti butuh lagi, cukup sapa aku."))


def _thinks_better(text: str) -> str | None:
    """Read a no in free words; a yes is said by its button or in its own words, and not made out of any others."""
    if text in {"yes", "no"}:
        return text
    return "no" if yes_or_no(text) == "no" or says("not to delete", text) else None


def _to_delete(turn: Turn) -> Reply | Open:
    """Lead to deleting, unless it is not wanted, or of somebody else: a bare *ya* would cost them their reminders."""
    if matches(turn, "not to delete"):
        return with_next_step(say(_("Oke, tidak ada yang kuhapus.")), turn)
    if matches(turn, "the data of another"):
        reply = say(
            _(
                "🔒 Yang bisa kuhapus hanya data orang yang menulis kepadaku, jadi tidak ada yang kuhapus. Minta ia "
                "menulis <b>/hapusdata</b> ke Sobat dari HP-nya sendiri."
            )
        )
        return reply.button(_("🗑 Hapus semua dataku"), "forget_me")
    return Open("forget_me")


def _right_named(turn: Turn) -> Open | None:
    """Return where a right leads that the words name; by a question about one, nothing is done yet."""
    if matches(turn, "correct my data"):
        return Open("correct_data")
    named = any(matches(turn, what) for what in ("withdraw my consent", "leave my data alone", "my rights"))
    return Open("data_rights") if named else None


def _shown(turn: Turn) -> Reply:
    reply = say(_("👀 Ini semua yang kuketahui tentangmu:\n{kept}"), kept=kept_of_me(turn))
    reply = reply.also(_("Selain itu tersimpan pesan-pesan kita, tanpa nomor kartu, OTP, NIK, dan kata sandi."))
    reply = reply.button(_("📄 Kirim sebagai berkas"), "privacy", file="1")
    reply = reply.button(_("✏️ Gelombangku salah"), "change_wave").button(_("🗑 Hapus semua dataku"), "forget_me")
    return with_next_step(reply.button(_("🔔 Atur pengingat"), "reminder_settings"), turn)


def _as_file(turn: Turn) -> Reply:
    reply = say(
        _(
            "📄 Ini salinan semua yang tersimpan tentangmu, dalam satu berkas (JSON). Isinya pribadi: jangan teruskan "
            "ke siapa pun."
        )
    )
    reply = reply.with_own_data().button(_("🗑 Hapus semua dataku"), "forget_me")
    return with_next_step(reply, turn)
