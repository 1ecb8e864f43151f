"""*Anak saya sudah lolos, tolong cek*: for somebody else, answered in general and noted of nobody."""

from __future__ import annotations

from handlers.dialogue.in_talk import named_in_talk
from handlers.dialogue.listening import OTHERS_WAVE, WHOSE, Recognised, Spoken, Stage
from handlers.dialogue.priorities import NO_ANSWER
from handlers.dialogue.question import Option
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.asked_further import DATE_QUESTIONS
from handlers.phrases.next_step import with_next_step
from handlers.phrases.possible_waves import cutoff_line
from handlers.understanding.of_whom import Whose, is_all_of_another
from handlers.understanding.phrases import says
from handlers.understanding.whose_wave import waves_said
from locales import Html, _
from programme.model.messages import Open

NAME = "for_whom"
_FOR_BOTH = "waves_of_both"
_GIVES_WAY = frozenset(("deadline", "stand_in", "help", "greeting", "status", "share", NO_ANSWER))
"""Intents that a text with two people's waves only seems to have."""


def of_both(spoken: Spoken) -> Recognised | None:
    """Hear *ibu gelombang 20, saya gelombang 21*: each has a cutoff of their own."""
    own, understood = spoken.own_wave, spoken.understood
    others = [one.number for one in waves_said(spoken.text, spoken.today) if one.whose is Whose.OTHERS]
    strange = understood.certain and understood.intent not in _GIVES_WAY
    if own is None or len(set(others)) != 1 or strange:
        return None
    if any(spoken.programme.cutoff(number) is None for number in (own.number, others[0])):
        return None
    told = {"wave": str(own.number), OTHERS_WAVE: str(others[0])}
    return Recognised(Open(_FOR_BOTH, told), "deadline", spoken.understood.confidence)


def reminds_both(spoken: Spoken) -> Open | None:
    """Hear *ingetin dua-duanya bisa?*, *ingatkan ibu juga* of two whose waves were told."""
    own, other = spoken.participant.wave, named_in_talk(spoken.matter).get(OTHERS_WAVE)
    if own is None or other is None or not says("to be reminded", spoken.text):
        return None
    if not says("both of them", spoken.text) and not is_all_of_another(spoken.text, known=True):
        return None
    if any(spoken.programme.cutoff(number) is None for number in (own, int(other))):
        return None
    return Open(_FOR_BOTH, {"wave": str(own), OTHERS_WAVE: other})


_HEARD = {Stage.TOLD: of_both}


@conversation(_FOR_BOTH, traits=Traits(tells=True, expects=reminds_both, listens=_HEARD, follow_ups=DATE_QUESTIONS))
async def waves_of_both(turn: Turn) -> Reply | Open:
    """Tell both cutoffs, and which of the two this chat reminds of."""
    own, other = turn.told("wave"), turn.told(OTHERS_WAVE)
    if own is None or other is None:
        return Open("deadline")
    lines = [cutoff_line(int(number), turn, whose=whose) for number, whose in ((own, _("kamu")), (other, _("dia")))]
    reply = say(_("⏰ Batas beli kalian masing-masing:\n{waves}"), waves=Html("\n".join(lines)))
    if turn.has_missed_it:
        words = _(
            "Batasmu sendiri sudah lewat, jadi tidak ada lagi yang kuingatkan di chat ini. Mau chat ini kupakai untuk "
            "mengingatkan batas dia? Tekan tombolnya; sesudah itu yang tercatat di sini gelombang {wave}."
        )
        return reply.also(words, wave=int(other)).button(_("🔔 Ya, ingatkan batas dia"), "change_wave", own_wave=other)
    words = _(
        "Satu chat mengingatkan satu gelombang: di sini batasmu. Supaya dia diingatkan juga, dia bisa menulis ke Sobat "
        "dari nomornya sendiri, atau catat batasnya ya."
    )
    return with_next_step(reply.also(words), turn)


def of_somebody_else(spoken: Spoken) -> Recognised | None:
    """Hear that somebody else has passed, or is to be looked up."""
    understood, told = spoken.understood, spoken.understood.entity("wave")
    of_the_cutoff = understood.certain and understood.intent == "deadline" and WHOSE in spoken.told
    if not says("somebody else has passed", spoken.text) or (told is not None and of_the_cutoff):
        return None  # whose wave is told needs no question
    wave = {"wave": told} if told is not None else {}
    return Recognised(Open(NAME, wave), "status", spoken.understood.confidence)


@conversation(NAME, traits=Traits(listens={Stage.TOLD: of_somebody_else}))
async def for_whom(turn: Turn) -> Reply | Open:
    """Ask once whose matter it is; of others only what holds for everybody is told."""
    words = say(
        _(
            "Ini untuk siapa? Status pribadi cuma bisa dilihat yang punya akun, di dashboard-nya. Batas beli dan "
            "caranya bisa kuberi tahu untuk siapa saja."
        )
    )
    options = [Option("me", _("🙋 Untukku sendiri")), Option("other", _("👥 Orang lain"), (_("dia"), _("bukan aku")))]
    whom = await turn.choose("whom", words, options, read=_read)
    if whom == "me":
        return Open("status")
    told = {"wave": turn.answers["wave"]} if turn.told("wave") is not None else {}
    return Open("deadline", {"whose": "other", **told})


def _read(text: str) -> str | None:
    if text in {"me", "other"}:
        return text
    if says("of oneself rather", text):
        return "me"
    return "other" if says("somebody else's", f"kalau {text}") else None
