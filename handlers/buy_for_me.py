"""*Bisa beliin aja ga min?*: Sobat buys for nobody, nor should anybody else."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.odds import may_be_fraud
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.next_step import with_next_step
from handlers.understanding.phrases import says
from handlers.understanding.statements import names_somebody
from locales import _
from programme.model.messages import Open

NAME: Final = "buy_for_me"


def asks_to_buy(spoken: Spoken) -> Recognised | None:
    """Hear a wish that the bot buy; a stranger's offer is warned of, and one's own people are another matter."""
    if not says("buy it for me", spoken.text):
        return None
    if says("somebody offers", spoken.text) or may_be_fraud(spoken.understood):
        return Recognised(Open("fraud"), "fraud", spoken.understood.confidence)
    asked = not names_somebody(spoken.text)
    return Recognised(Open(NAME), "how_to_buy", spoken.understood.confidence) if asked else None


@conversation(NAME, traits=Traits(listens={Stage.TOLD: asks_to_buy}))
async def buy_for_me(turn: Turn) -> Reply:
    """Say no kindly, warn, and lead to the steps."""
    reply = say(
        _(
            "🙏 Maaf, aku tidak bisa membelikan: belinya dari akunmu sendiri, cukup beberapa menit. Akun, kata sandi, "
            "OTP, dan nomor kartu <b>jangan diserahkan</b> ke siapa pun yang menawarkan membelikan."
        )
    )
    reply = reply.button(_("📋 Lihat semua langkah"), "how_to_buy").button(_("🔎 Cari pelatihan"), "recommend")
    return with_next_step(with_cutoff(reply, turn), turn)
