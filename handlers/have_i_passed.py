"""*Saya lolos apa tidak?*: how one sees it, and what would have to be bought by when."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.next_step import with_next_step
from handlers.phrases.possible_waves import with_possible_waves
from handlers.understanding.of_whom import Whose, speaks_of
from handlers.understanding.phrases import says
from locales import _
from programme.model.messages import Open

ASKED: Final = "have I passed"
"""The phrases that ask whether one has passed."""

_SEEN: Final = "seen"
"""The answer that tells that the balance or the videos were seen on the dashboard."""
_SHOWN: Final = ("the dashboard shows it", "the balance is there")


def asks_if_passed(spoken: Spoken) -> Recognised | None:
    """Hear *tidak tahu lolos apa tidak*, *ada saldo sejuta, itu artinya lolos?*; of others only they can see it."""
    text = spoken.text
    if not says(ASKED, text) or speaks_of(text, "stage") is Whose.OTHERS or says("told to have passed", text):
        return None
    seen = {_SEEN: "1"} if any(says(what, text) for what in _SHOWN) else {}
    return Recognised(Open("have_i_passed", seen), "status", spoken.understood.confidence)


@conversation(
    "have_i_passed",
    traits=Traits(
        tells=True,
        subject="lolos",
        listens={Stage.TOLD: asks_if_passed},
        follow_ups={what: Open("have_i_passed", {_SEEN: "1"}) for what in _SHOWN},
    ),
)
async def have_i_passed(turn: Turn) -> Reply:
    """Say where it shows; where it was seen, that it is so, and by when to buy."""
    site, phone = turn.programme.contacts["dashboard"].value, turn.programme.contacts["phone"].value
    if turn.told(_SEEN) is not None:
        reply = say(
            _("✅ Ya, itu artinya kamu <b>sudah lolos</b>: saldo pelatihan hanya tampil di akun yang lolos. 🎉")
        )
        return _with_the_cutoff(reply, turn)
    reply = say(
        _(
            "🔎 Aku tidak bisa melihatnya, tapi kamu bisa: masuk ke <b>{site}</b>. Kalau <b>saldo pelatihan</b> atau 3 "
            "video induksi tampil di dashboard, kamu lolos. Pengumumannya juga lewat SMS. Tidak bisa masuk? Tanya "
            "Prakerja: {phone} (bebas pulsa)."
        ),
        site=site,
        phone=phone,
    )
    return _with_the_cutoff(reply.link(_("🌐 Buka dashboard"), turn.programme.contacts["dashboard"].url), turn)


def _with_the_cutoff(reply: Reply, turn: Turn) -> Reply:
    """Add the cutoff, or those that it may be where the wave is not known."""
    if turn.participant.wave is None:
        return with_possible_waves(reply, turn, _("Pelatihan pertama harus dibeli sebelum batas gelombangmu:"))
    return with_next_step(with_cutoff(reply, turn), turn)
