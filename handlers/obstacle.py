"""What is in the way of buying: named once, helped at once, and counted for staff."""

from __future__ import annotations

from handlers.dialogue.question import Option
from handlers.dialogue.register import conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.understanding import understand
from locales import _
from programme.model.events import ObstacleNamed
from programme.model.messages import Open

LEADS_TO = {
    "forgot_password": "account_access",
    "dont_know_how": "how_to_buy",
    "balance_missing": "balance",
    "cant_choose": "recommend",
    "purchase_fails": "purchase_problem",
    "other": "handoff",
}


@conversation("obstacle", commands=("hambatan",))
async def obstacle(turn: Turn) -> Reply | Open:
    """Ask what is in the way, keep it, and go straight to its help."""
    options = [Option(name, label) for name, label in obstacle_names().items() if name in turn.programme.obstacles]
    words = _("Apa yang menghalangi kamu beli pelatihan?")
    named = await turn.choose("obstacle", words, options, read=lambda text: _read(text, turn))
    assert named is not None  # noqa: S101 - it can't be skipped
    turn.record(ObstacleNamed(named))
    if named == "found_work":
        return _found_work()
    return Open(LEADS_TO[named])


def obstacle_names() -> dict[str, str]:
    """Name what can be in the way, by the name in `programme/data`."""
    return {
        "forgot_password": _("🔑 Lupa kata sandi / tak bisa masuk"),
        "dont_know_how": _("🤔 Belum tahu caranya"),
        "balance_missing": _("💸 Saldo pelatihan belum ada"),
        "cant_choose": _("🔎 Bingung pilih pelatihan"),
        "purchase_fails": _("❌ Pembelian gagal terus"),
        "found_work": _("💼 Sudah dapat kerja"),
        "other": _("💬 Hal lain"),
    }


def _read(text: str, turn: Turn) -> str | None:
    """Take what hinders from free text: each obstacle is where its help is asked for."""
    if text in {*LEADS_TO, "found_work"}:
        return text
    understood = understand(text, today=turn.today)
    leading = {conversation: name for name, conversation in LEADS_TO.items()}
    return leading.get(understood.intent) if understood.certain else None


def _found_work() -> Reply:
    reply = say(
        _(
            "Selamat ya! 🎉 Keputusan ada di kamu. Sebelum melepasnya, ini yang hilang kalau tidak beli sampai "
            "batasnya: kepesertaan dicabut, insentif tidak cair, dan kamu tidak bisa ikut gelombang lain lagi.\n\n"
            "Pelatihannya online, jadi banyak yang bisa diikuti sambil kerja."
        )
    )
    reply = reply.button(_("🛒 Tetap mau beli"), "how_to_buy").button(_("🔎 Cari yang singkat"), "recommend")
    return reply.button(_("🔕 Hentikan pengingat"), "reminder_settings", level="none")
