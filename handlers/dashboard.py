"""Where the dashboard is that everything official stands in."""

from __future__ import annotations

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.matches import matches
from handlers.phrases.next_step import with_next_step
from handlers.phrases.strange_hosts import strange_hosts
from handlers.understanding.phrases import says
from locales import _
from programme.model.messages import Open

NAME = "dashboard"


def asks_where(spoken: Spoken) -> Recognised | None:
    """Hear whoever doesn't know what the dashboard is, or where, or which of two addresses is the real one."""
    real = says("which address is real", spoken.text) and not strange_hosts(spoken.text)
    return Recognised(Open(NAME)) if real or says("where the dashboard is", spoken.text) else None


@conversation(NAME, commands=("dashboard",), traits=Traits(beside=True, listens={Stage.TOLD: asks_where}))
async def dashboard(turn: Turn) -> Reply:
    """Say what it is, and how to get there."""
    site = turn.programme.contacts["dashboard"]
    reply = say(
        _(
            "🌐 <b>Dashboard</b> itu halaman akunmu di <b>{site}</b>, bukan aplikasi lain. Buka di browser HP, masuk "
            "dengan e-mail dan kata sandi waktu mendaftar. Saldo, pelatihan, sertifikat, dan insentifmu tampil di sana."
        ),
        site=site.value,
    )
    if matches(turn, "which address is real"):
        reply = reply.also(_("✅ Hanya itu yang resmi. Alamat lain, semirip apa pun, jangan dibuka."))
    reply = reply.link(_("🌐 Buka dashboard"), site.url).button(_("🔑 Tidak bisa masuk"), "account_access")
    return with_next_step(reply, turn)
