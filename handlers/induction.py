"""The induction videos, and what else comes before the first purchase."""

from __future__ import annotations

from handlers.dialogue.in_talk import FAR
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.ask_prakerja import ask_prakerja
from handlers.phrases.aspects import in_short
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.matches import matches
from handlers.phrases.next_step import with_next_step
from locales import N_, _
from programme.model.messages import Open

FOLLOW_UPS = {
    **in_short("induction"),
    "tried already": Open("call_center"),
    "if it fails": Open("induction", {"trouble": "stuck"}),
    "it is stuck": Open("induction", {"trouble": "stuck"}),
    "what comes next": Open("how_to_buy"),
    "how many minutes": Open("induction"),
    "when one may buy": Open("induction"),
}


@conversation(
    "induction",
    about=N_("Video induksi & kapan bisa beli"),
    traits=Traits(tells=True, trouble=True, follow_ups=FOLLOW_UPS),
)
async def induction(turn: Turn) -> Reply | Open:
    """Say what has to be watched and that it can't be skipped; whose video is stuck learns what to try."""
    if turn.told("trouble") == "stuck" or matches(turn, "it is stuck"):
        turn.settle("trouble", "stuck")
        return _stuck(turn)
    if matches(turn, "videos are watched") and not matches(turn, "must it be"):
        return _watched(turn)
    reply = say(
        _(
            "🎬 Sebelum beli ada <b>3 video induksi</b> di dashboard, masing-masing 2–3 menit. Harus ditonton sampai "
            "habis, tidak bisa dilewati. Setelah itu keluar, masuk lagi: begitu saldo pelatihan tampil, kamu "
            "<b>langsung bisa beli</b>."
        )
    )
    if matches(turn, "of data quota"):
        reply = reply.after(_("📶 Berapa kuotanya tidak ada di sumberku, tapi videonya cuma tiga dan pendek."))
    if FAR in turn.talk:
        reply = reply.after(_("👍 Saldomu sudah tampil, jadi videonya sudah beres: langsung beli saja."))
    reply = with_cutoff(reply, turn).button(_("😵 Videonya macet"), "induction", trouble="stuck")
    return with_next_step(reply.button(_("💸 Saldo belum ada"), "balance", ask="missing"), turn)


def _watched(turn: Turn) -> Reply | Open:
    """Go on from what is done: to buying where the balance shows, to its absence where it doesn't."""
    if matches(turn, "the funds are missing"):
        return Open("balance", {"ask": "missing", "why": "watched"})
    if matches(turn, "the balance is there"):
        return Open("how_to_buy", {FAR: "1"})
    words = _(
        "👍 Kalau ketiga videonya sudah ditonton sampai habis, induksinya beres. Keluar, masuk lagi: begitu saldo "
        "pelatihan tampil, kamu <b>langsung bisa beli</b>."
    )
    reply = with_cutoff(say(words), turn).button(_("💸 Saldo belum ada"), "balance", ask="missing")
    return with_next_step(reply, turn)


def _stuck(turn: Turn) -> Reply:
    reply = say(
        _(
            "🎬 Video induksi macet? Videonya memang tidak bisa dilewati (masing-masing 2–3 menit), jadi coba urut:\n"
            "1. Pindah ke koneksi yang lebih kuat: wifi atau sinyal lain.\n"
            "2. Muat ulang halamannya, atau pakai browser lain.\n"
            "3. Keluar dari akun, masuk lagi, putar dari awal."
        )
    )
    reply = ask_prakerja(reply.also(_("Tetap macet? Simpan tangkapan layarnya, lalu lapor.")), turn)
    return with_cutoff(reply, turn)
