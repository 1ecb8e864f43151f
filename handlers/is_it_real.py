"""Whether the news of having passed is real: how to check it oneself, where nobody asks for anything."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.follow_up import AGAIN, ASKED
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.next_step import with_next_step
from handlers.understanding.fraud_told import given_away
from handlers.understanding.phrases import says, without
from locales import _
from programme.model.messages import Matter, Open

SEEN: Final = "seen"
"""The answer that tells that the dashboard shows the place or the balance already."""
SHOWN: Final = "the dashboard shows it"
"""The phrases that say that the place or the balance was seen."""
NOTHING_GIVEN: Final = "nothing given"
"""The phrases that say that a code or a password was not given away."""

NOTHING_ASKED: Final = "nothing is asked for"
"""The phrases that say that nobody wants a code, data or money."""

_OF_IT: Final = frozenset(("is_it_real", "fraud"))
_LONGEST: Final = 25
"""Words; a longer story is heard for its signs of a fraud."""


def asks_if_real(spoken: Spoken) -> Recognised | None:
    """Hear *sms lolos ini bener apa penipuan*, *ngeceknya di mana*: nothing is asked for, so nothing is warned of."""
    text = spoken.text
    if len(text.split()) > _LONGEST or says("a lure", without(NOTHING_ASKED, text)):
        return None
    doubted = says("is it safe", text) or says("how to check it", text)
    of_the_news = says("told to have passed", text) and says("is it safe", text)
    seen = says(SHOWN, text)
    if not (of_the_news or (_is_spoken_of(spoken.matter) and (says("how to check it", text) or (seen and doubted)))):
        return None
    told = {SEEN: "1"} if seen else {}
    return Recognised(Open("is_it_real", told), "is_it_real", spoken.understood.confidence)


def _is_spoken_of(matter: Matter | None) -> bool:
    return matter is not None and any(one.conversation in _OF_IT for one in (matter, *matter.earlier()))


@conversation(
    "is_it_real",
    traits=Traits(
        tells=True,
        alert=True,
        part_of="fraud",
        listens={Stage.STATEMENT: asks_if_real},
        follow_ups={
            "what then": Open("how_to_buy"),
            NOTHING_GIVEN: Open("is_it_real"),
            SHOWN: Open("is_it_real", {SEEN: "1"}),
            NOTHING_ASKED: Open("is_it_real"),
            "how to check it": Open("is_it_real"),
            "is it safe": Open("is_it_real", {AGAIN: "1"}),
        },
    ),
)
async def is_it_real(turn: Turn) -> Reply | Open:
    """Say where it is seen for certain; what one's own dashboard shows is so."""
    if turn.told(ASKED) == NOTHING_GIVEN and given_away(turn.said):
        return Open("fraud", {"happened": "1"})  # *OTP belum, tapi nomor kartunya telanjur kukirim*
    site, phone = turn.programme.contacts["dashboard"].value, turn.programme.contacts["phone"].value
    if turn.told(ASKED) != NOTHING_GIVEN and turn.told(SEEN) is not None:
        reply = say(
            _("✅ Ya, benar: yang tampil di akunmu sendiri di <b>{site}</b> itu resmi, jadi kamu memang lolos."),
            site=site,
        )
        return with_next_step(reply, turn)
    if turn.told(ASKED) == NOTHING_GIVEN:
        reply = say(
            _(
                "👍 Bagus: tanpa OTP dan kata sandimu mereka tidak bisa masuk. Tetap jangan diberi. Ada data lain yang "
                "telanjur kamu kirim? Ganti kata sandi akun Prakerja dan e-mailmu, lalu blokir nomornya."
            )
        )
        return with_next_step(reply.button(_("☎️ Laporkan ke Prakerja"), "call_center"), turn)
    reply = say(
        _(
            "🔎 Cara memastikannya: buka sendiri <b>{site}</b> dan masuk ke akunmu, jangan lewat tautan di pesan. "
            "Kalau saldo pelatihan atau 3 video induksi tampil di dashboard, kamu memang lolos. Masih ragu? Tanya "
            "Prakerja di {phone} (bebas pulsa).\n\nPesan yang cuma memberi kabar belum tentu penipuan; yang minta "
            "OTP, kata sandi, nomor kartu, atau uang pasti <b>penipuan</b>: jangan dijawab."
        ),
        site=site,
        phone=phone,
    )
    reply = reply.link(_("🌐 Buka dashboard"), turn.programme.contacts["dashboard"].url)
    return with_next_step(reply.button(_("😟 Aku telanjur memberi data"), "fraud", happened="1"), turn)
