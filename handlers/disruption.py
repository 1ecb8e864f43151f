"""A disruption that was announced: until when, where else to buy, and what whoever paid already does."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.register import Purpose, Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.contact_buttons import with_platform
from locales import _
from programme.model.messages import Open

NAME: Final = "disruption"
_ITSELF: Final = (
    "how long",
    "when it is",
    "still possible",
    "another place",
    "what to do now",
    "the platform fails",
    "one of these",
    "more of them",
)


@conversation(
    NAME,
    traits=Traits(
        purpose=Purpose.DISRUPTED,
        tells=True,
        part_of="purchase_problem",
        subject="gagal beli di platform",
        slots=frozenset({"platform"}),
        follow_ups={
            "a doubt": Open("deadline", {"doubted": "1"}),
            "in whose time": Open("deadline", {"clocks": "1"}),
            "what if it is missed": Open("revoked"),
            "paid meanwhile": Open(NAME),
            **{what: Open(NAME) for what in _ITSELF},
            "whom to ask": Open("platform_contact"),
        },
    ),
)
async def disruption(turn: Turn) -> Reply:
    """Tell no more of it than was announced: nothing is known of its end, and nothing of the others but their names."""
    platform = turn.programme.platform(turn.told("platform") or "")
    others = [one.name for one in turn.programme.sellers(turn.today.year) if one != platform]
    where = platform.name if platform is not None else turn.programme.contacts["dashboard"].value
    reply = say(
        _(
            "🛠 Soal gangguan <b>{where}</b>, yang kutahu hanya yang tertulis di pengumuman itu. Sampai kapan, di luar "
            "yang tertulis, aku belum tahu dan tidak mau menebak. Batas beli tidak ikut mundur karenanya."
        ),
        where=where,
    )
    if platform is not None:
        reply = reply.also(_("Belum beli? Tidak usah menunggu, ada platform lain: {others}."), others=others)
    reply = reply.also(
        _(
            "Sudah bayar saat gangguan? <b>Jangan beli ulang dulu</b>: lihat dashboard, simpan buktinya, lalu tanyakan "
            "ke layanannya."
        )
    )
    return with_platform(with_cutoff(reply, turn), platform)
