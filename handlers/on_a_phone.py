"""*Bisa lewat HP, atau harus laptop?*: what is done on a phone, and what only the training itself can tell."""

from __future__ import annotations

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.next_step import with_next_step
from handlers.understanding.phrases import says
from locales import _
from programme.model.messages import Open

NAME = "on_a_phone"
_OTHER_MATTERS = ("a code that never comes", "the phone has changed", "a lure", "about the incentive")


def asks_of_a_phone(spoken: Spoken) -> Recognised | None:
    """Hear whoever asks whether a phone will do."""
    text = spoken.text
    asked = says("on a phone", text) and (says("a question", text) or says("still in time", text))
    other = any(says(matter, text) for matter in _OTHER_MATTERS)
    return Recognised(Open(NAME), "how_to_buy", spoken.understood.confidence) if asked and not other else None


@conversation(NAME, traits=Traits(beside=True, listens={Stage.TOLD: asks_of_a_phone}))
async def on_a_phone(turn: Turn) -> Reply:
    """Say that the dashboard opens on a phone; what a training needs, its own page tells."""
    reply = say(
        _(
            "📱 <b>Lewat HP bisa</b>: dashboard dengan video dan tombol belinya dibuka di browser HP.\n\n"
            "Apakah kelasnya sendiri butuh laptop atau banyak kuota, tergantung pelatihannya. Lihat keterangannya "
            "sebelum beli, karena yang sudah dibeli tidak bisa ditukar."
        )
    )
    return with_next_step(reply.button(_("🔎 Cari pelatihan"), "recommend"), turn)
