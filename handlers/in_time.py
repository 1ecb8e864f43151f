"""*Kalau beli tanggal 22 jam 1 pagi di Jayapura, masih masuk?*: a moment held against the cutoff, with the sum."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.reported import REPORTS
from handlers.dialogue.turn import Turn
from handlers.phrases.asked_further import DATE_QUESTIONS
from handlers.phrases.cutoff_words import on_both_clocks
from handlers.phrases.matches import matches
from handlers.phrases.next_step import with_next_step
from handlers.phrases.which_wave import which_wave
from handlers.understanding.days_asked import days_asked
from handlers.understanding.moments import Past, read_moment
from handlers.understanding.phrases import says
from locales import _, fill, moment
from programme.facts import Certainty
from programme.model.messages import Open
from programme.model.milestones import Milestone
from programme.model.zones import Zone

NAME = "in_time"

_NIGHT_ENDS = 5
_AT_THE_CUTOFF = frozenset(("23:59", "00:59", "01:59"))
_BRIEF = 10
"""Words that only tell what the clock says."""


def asks_whether_in_time(spoken: Spoken) -> Recognised | None:
    """Hear a question whether a moment that is named is still before the cutoff."""
    hour = spoken.understood.entity("hour") is not None
    supposed = hour and says("supposed to buy then", spoken.text)
    lost = says("the place is lost", spoken.text) and not supposed
    if spoken.understood.entity("partner") is not None or lost:
        return None
    if _asks_of_now(spoken):
        zone = spoken.place or spoken.participant.local.value
        return Recognised(Open(NAME, _told(spoken.now, Zone(zone), spoken)), "deadline", spoken.understood.confidence)
    timed = hour or says("about buying", spoken.text)
    of_the_night = says("until an hour", spoken.text)
    of_the_night = of_the_night or (hour and says("a little past it", spoken.text) and _after_midnight(spoken))
    again = hour and spoken.matter is not None and spoken.matter.conversation == NAME and says("supposing", spoken.text)
    asked = supposed or of_the_night or again or says("still in time", spoken.text)
    if not timed or not asked or says("about the incentive", spoken.text):
        return None
    spoken_of = spoken.matter.told if spoken.matter is not None else {}
    named = spoken.understood.entity("zone") or spoken_of.get("zone")
    zone = Zone(named) if named in set(Zone) else spoken.participant.local
    match read_moment(spoken.text, spoken.now.astimezone(zone.tz)):
        case datetime() as at:
            pass
        case Past(at) if spoken.understood.entity("hour") is not None:
            pass
        case _ if spoken.understood.certain or not says("still in time now", spoken.text):
            return None
        case _:
            return Recognised(Open("deadline"), "deadline", spoken.understood.confidence)
    if at.hour < _NIGHT_ENDS and _is_of_the_night_before(at, spoken):
        at -= timedelta(days=1)  # who names a date with an hour after midnight means the hour of that date
    night = {"night": "1"} if of_the_night and spoken.understood.entity("date") is None else {}
    return Recognised(Open(NAME, _told(at, zone, spoken) | night), "deadline", spoken.understood.confidence)


def asks_in_whose_time(spoken: Spoken) -> Recognised | None:
    """Hear *23.59 itu jam Jakarta apa jam sini*: on whose clock the cutoff is."""
    named = spoken.understood.entity("hour") in _AT_THE_CUTOFF or says("of the deadline", spoken.text)
    if not named or not says("in whose time", spoken.text):
        return None
    return Recognised(Open("deadline", {"clocks": "1"}), "deadline", spoken.understood.confidence)


def _asks_of_now(spoken: Spoken) -> bool:
    """Hear *sudah lewat jam 1, masih bisa?*, *di sini sudah tanggal 22*: of this moment, and of nothing else."""
    understood, text = spoken.understood, spoken.text
    also = {intent for intent in understood.also if intent not in REPORTS}
    other = also or (understood.certain and understood.intent != "deadline")
    if other or spoken.participant.has(Milestone.BOUGHT) or not says("gone by the clock", text):
        return False
    return len(text.split()) <= _BRIEF or says("still in time", text)


def _after_midnight(spoken: Spoken) -> bool:
    """Whether the hour that is named, *jam 12 lewat 10*, is one of the night, so that it follows the cutoff."""
    at = read_moment(spoken.text, spoken.now.astimezone(spoken.participant.local.tz))
    return isinstance(at, datetime) and at.hour < _NIGHT_ENDS


def _told(at: datetime, zone: Zone, spoken: Spoken) -> dict[str, str]:
    wave = {kind: value for kind, value in spoken.told.items() if kind == "wave"}
    return {"moment": at.isoformat(), "zone": zone.value} | wave


def _is_of_the_night_before(at: datetime, spoken: Spoken) -> bool:
    return at.date() - timedelta(days=1) in days_asked(spoken.text, spoken.today)


@conversation(
    NAME,
    traits=Traits(
        listens={Stage.FIRST: asks_whether_in_time, Stage.WISH: asks_in_whose_time}, follow_ups=DATE_QUESTIONS
    ),
)
async def in_time(turn: Turn) -> Reply | Open:
    """Say yes or no first, then the moment on both clocks, then the cutoff."""
    number = await which_wave(turn)
    own = number == turn.participant.wave
    cutoff = turn.programme.cutoff_of(turn.participant) if own else turn.programme.cutoff(number)
    at, zone = datetime.fromisoformat(turn.answers["moment"]), Zone(turn.answers["zone"])
    if cutoff is None or cutoff.certainty is Certainty.UNSURE:
        return Open("deadline", {"wave": str(number)})
    if turn.told("night") is not None:
        at += timedelta(days=round((cutoff.at - at) / timedelta(days=1)))  # *sampai jam 2 pagi* is of the last night
    words = (
        _("✅ <b>Masih bisa</b>, batasnya belum lewat saat itu: {sum}.\n\nBatas gelombang {wave}: {when}")
        if at <= cutoff.at
        else _("❌ <b>Sudah terlambat</b> saat itu: {sum}.\n\nBatas gelombang {wave}: {when}")
    )
    reply = say(words, sum=_sum(at, zone), wave=number, when=on_both_clocks(cutoff, zone))
    if at <= cutoff.at:
        reply = reply.also(_("Jangan mepet ya: situs dan sinyal bisa macet di jam terakhir. Lebih aman beli sekarang."))
        if matches(turn, "what to prepare"):
            reply = reply.also(_("Siapkan nomor kartu dan HP yang terdaftar ya."))
    return with_next_step(reply, turn)


def _sum(at: datetime, zone: Zone) -> str:
    """Write the moment on its own clock, and in WIB where that is another."""
    there = moment(at, zone.tz, zone.value)
    if zone is Zone.WIB:
        return there
    return fill(_("{there} = {jakarta}"), there=there, jakarta=moment(at, Zone.WIB.tz, Zone.WIB.value))
