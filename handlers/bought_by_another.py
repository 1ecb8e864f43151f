"""*Suami aku sudah beli di Pintaria*: somebody else's purchase, which does nothing for the person who writes."""

from __future__ import annotations

from datetime import date
from typing import Final

from handlers.dialogue.follow_up import ASKED
from handlers.dialogue.in_talk import SOMEBODY, named_in_talk
from handlers.dialogue.listening import OTHERS_WAVE, Recognised, Spoken, Stage
from handlers.dialogue.own_questions import asks
from handlers.dialogue.register import Traits, conversation, heard_at
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.matches import matches
from handlers.phrases.next_step import with_next_step
from handlers.phrases.reporting import for_another, with_own_cutoff
from handlers.phrases.told_beside_another import told_beside_another
from handlers.phrases.wave_number import wave_number
from handlers.understanding.of_whom import is_all_of_another, names_its_writer
from handlers.understanding.phrases import says
from handlers.understanding.reports import Said, said_of
from handlers.understanding.sentences import sentences
from handlers.understanding.spelling import spelt
from handlers.understanding.statements import words_of
from locales import _, fill
from programme.facts import Certainty
from programme.model.messages import Open
from programme.model.milestones import Milestone

NAME: Final = "bought_by_another"
_IN_TIME: Final = "theirs in time"
_WITH_THEIRS: Final = "with theirs"
_OF_A_PURCHASE: Final = frozenset((NAME, "report_bought", "not_bought_yet"))
_FURTHER: Final = {
    "and mine": Open("deadline"),
    **{
        what: Open(NAME)
        for what in (
            *("must one buy as well", "safe as well", "not yet oneself", "I have not", "theirs, not mine"),
            *(_WITH_THEIRS, _IN_TIME),
        )
    },
    "both of them": Open("deadline"),
}


def asks_of_theirs(spoken: Spoken) -> Recognised | None:
    """Hear *istri saya gel 20, sudah beli tgl 12, aman kan?*, and whether one may use what a relative has bought."""
    text, known = spoken.text, named_in_talk(spoken.matter)
    asked = next((what for what in (_WITH_THEIRS, _IN_TIME) if says(what, text)), None)
    if asked is None or not asks(text) or heard_at(Stage.ALARM, spoken) is not None:
        return None
    if said_of(Milestone.BOUGHT, text, today=spoken.today) is Said.PLAINLY:
        return None
    somebody = not known.keys().isdisjoint({OTHERS_WAVE, SOMEBODY})
    goes_on = asked == _WITH_THEIRS and spoken.matter is not None and spoken.matter.conversation in _OF_A_PURCHASE
    if says("with my own account", text) or not (_they_bought(text, known=somebody) or (somebody and goes_on)):
        return None
    day = spoken.understood.entity("date")
    told = {"wave": spoken.understood.entity("wave") or known.get(OTHERS_WAVE), "date": day}
    return Recognised(Open(NAME, {ASKED: asked, **{name: value for name, value in told.items() if value}}), "deadline")


def _they_bought(text: str, *, known: bool) -> bool:
    """Whether the purchase that is told of is somebody else's: they are named before it, or in the question."""
    act = next((token for token in spelt(text) if words_of("bought").have("act", token)), None)
    if act is None:
        return False
    before, asking = text[: act.start], [part for part in sentences(text) if "?" in part]
    clause = before.rpartition(",")[2].rpartition(".")[2]
    if names_its_writer(clause) and not is_all_of_another(clause, known=known):
        return False
    return any(is_all_of_another(part, known=known) for part in (before, *asking))


@conversation(
    NAME,
    traits=Traits(tells=True, listens={Stage.FIRST: asks_of_theirs}, follow_ups=_FURTHER, expects=told_beside_another),
)
async def bought_by_another(turn: Turn) -> Reply | Open:
    """Say that nothing is noted, that each buys for themselves, and until when the person may."""
    theirs = _in_time(turn) if turn.told(ASKED) == _IN_TIME or matches(turn, "are they safe") else None
    if turn.too_late and turn.told(ASKED) is not None and theirs is None:
        return Open("revoked")
    reply = with_own_cutoff(theirs or say(_opening(turn.told(ASKED))), turn)
    if not turn.participant.has(Milestone.BOUGHT):
        reply = reply.button(_("✅ Aku juga sudah beli"), "report_bought")
    return with_next_step(reply, turn)


def _in_time(turn: Turn) -> Reply:
    """Hold the day of somebody else's purchase against the cutoff of their wave, as far as both are told."""
    number, day = wave_number(turn.told("wave") or turn.talk.get(OTHERS_WAVE)), turn.told("date") or ""
    cutoff = turn.programme.cutoff(number) if number is not None else None
    if cutoff is None or cutoff.certainty is Certainty.UNSURE:
        reply = say(_("Yang menentukan: dia membelinya sebelum batas gelombangnya sendiri."))
    else:
        words = _("Yang menentukan: terbeli sebelum batas gelombang {wave} lewat, {cutoff} pukul 23.59 WIB.")
        reply = say(words, wave=number, cutoff=cutoff.day)
        if day and day <= turn.today.isoformat():
            in_time = _("✅ Kalau memang terbeli {day}, dia <b>aman</b>."), _("❌ {day} itu <b>sesudah</b> batasnya.")
            reply = reply.after(fill(in_time[day > cutoff.day.isoformat()], day=date.fromisoformat(day)))
    return reply.also(_("Ceknya di dashboard dia sendiri, www.prakerja.go.id: pembeliannya harus tampil di sana."))


def _opening(asked: str | None) -> str:
    match asked:
        case "must one buy as well":
            return _("Ya: pembelian dia hanya berlaku untuk dia. Kamu harus <b>beli sendiri</b>.")
        case "safe as well":
            return _("Belum: pembelian dia hanya berlaku untuk dia. Tiap peserta harus <b>beli sendiri</b>.")
        case "not yet oneself" | "I have not":
            return _("Oke, kamu belum. Pilih dan <b>beli sendiri</b> dari dashboard-mu ya, sebelum batasnya.")
        case "with theirs":
            return _("❌ Tidak bisa: akun, kartu, dan pembelian dia hanya untuk dia. Kamu harus <b>beli sendiri</b>.")
        case "theirs, not mine":
            return for_another()
        case _:
            return _("👍 Itu pembelian dia, jadi tidak kucatat untukmu. Tiap peserta harus <b>beli sendiri</b>.")
