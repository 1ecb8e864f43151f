"""*Kalau beli tanggal 22 jam 1 pagi di Jayapura, masih masuk?*: a moment held against the cutoff, with the sum."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from handlers.dialogue.listening import OTHERS, WHOSE, Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.reported import REPORTS, tells_a_step
from handlers.dialogue.turn import Turn
from handlers.phrases.asked_further import DATE_QUESTIONS
from handlers.phrases.cutoff_words import on_both_clocks, what_is_left
from handlers.phrases.matches import matches
from handlers.phrases.next_step import with_next_step
from handlers.phrases.own_clock import moment_there
from handlers.phrases.which_wave import which_wave
from handlers.understanding.days_asked import days_asked
from handlers.understanding.durations import still_waited
from handlers.understanding.moments import Past, read_clock, read_moment
from handlers.understanding.phrases import says
from handlers.understanding.same_hours import but_said_twice
from handlers.understanding.sentences import sentences
from handlers.understanding.spelling import spelt
from locales import _
from programme.cutoffs import Cutoff
from programme.facts import Certainty
from programme.model.messages import Open
from programme.model.milestones import Milestone
from programme.model.zones import Zone

NAME = "in_time"

_NIGHT_ENDS = time(5)
_JUST_NOW = timedelta(minutes=5)
_ABOUT_NOW = timedelta(hours=1)
"""Nobody is farther out with the hour that it is."""
_NOW = "now"
"""The answer that tells that it is asked of this moment alone."""
_LATE = "late"
"""What is settled where a moment was said to be too late."""
_TOO_LATE = frozenset(("revoked", "missed_it"))
"""Conversations that say that all is over."""
_BRIEF = 10
"""Words that only tell what the clock says."""


def asks_whether_in_time(spoken: Spoken) -> Recognised | None:
    """Hear a question whether a moment that is named is still before the cutoff."""
    hour = spoken.understood.entity("hour") is not None or says("at midnight", spoken.text)
    supposed = hour and says("supposed to buy then", spoken.text)
    lost = says("the place is lost", spoken.text) and not supposed
    reported = not hour and tells_a_step(spoken.text, spoken.today)  # which answers by itself that it was in time
    if spoken.understood.entity("partner") is not None or lost or reported:
        return None
    if _asks_of_now(spoken):
        told = _told(spoken.now, _zone_spoken_of(spoken), spoken)
        return Recognised(Open(NAME, told), "deadline", spoken.understood.confidence)
    timed = hour or says("about buying", spoken.text)
    of_the_night = says("until an hour", spoken.text)
    of_the_night = of_the_night or (hour and says("a little past it", spoken.text) and _after_midnight(spoken))
    if (wait := still_waited(spelt(spoken.text))) is not None and says("still in time", spoken.text):
        told = _told(spoken.now + wait, spoken.participant.local, spoken)
        return Recognised(Open(NAME, told), "deadline", spoken.understood.confidence)
    after_one = hour and spoken.matter is not None and spoken.matter.conversation == NAME
    again = after_one and (says("supposing", spoken.text) or says("meant otherwise", spoken.text))
    still = says("still in time", spoken.text) or says("not late yet", spoken.text)
    asked = supposed or of_the_night or again or still
    if not timed or not asked or says("about the incentive", spoken.text):
        return None
    zone = _zone_spoken_of(spoken)
    meant = but_said_twice(_meant(spoken.text), spoken.participant.zone)
    match read_moment(meant, spoken.now.astimezone(zone.tz)):
        case datetime() as at:
            pass
        case Past(at) if hour:
            pass
        case _ if spoken.understood.certain or not says("still in time now", spoken.text):
            return None
        case _:
            return Recognised(Open("deadline"), "deadline", spoken.understood.confidence)
    if _is_of_the_night_before(at, spoken):
        at -= timedelta(days=1)  # who names a date with an hour after midnight means the hour of that date
    night = {"night": "1"} if of_the_night and spoken.understood.entity("date") is None else {}
    return Recognised(Open(NAME, _told(at, zone, spoken) | night), "deadline", spoken.understood.confidence)


def _zone_spoken_of(spoken: Spoken) -> Zone:
    """Return the zone whose clock is meant: of the place that is named or was spoken of, else the person's own."""
    spoken_of = spoken.matter.told if spoken.matter is not None else {}
    named = spoken.place or spoken.understood.entity("zone") or spoken_of.get("zone")
    return Zone(named) if named in set(Zone) else spoken.participant.local


def _of_somebody_else(spoken: Spoken) -> dict[str, str]:
    """Return the wave of the relative that was spoken of: *di sana sudah tanggal 22, dia masih bisa?*."""
    spoken_of = spoken.matter.told if spoken.matter is not None else {}
    if spoken_of.get(WHOSE) != OTHERS or "wave" not in spoken_of:
        return {}
    return {"wave": spoken_of["wave"], WHOSE: OTHERS}


def _meant(text: str) -> str:
    """Return the sentence that puts a moment right: *itu sudah lewat kan? saya maksud nanti malam jam 12*."""
    return next((part for part in sentences(text) if says("meant otherwise", part)), text)


def says_not_late(spoken: Spoken) -> Open | None:
    """Hear *kok terlambat? ini baru jam 8*, which of this moment is so before the cutoff."""
    understood, said_so = spoken.understood, says("not late yet", spoken.text)
    other = understood.certain and understood.intent not in {"deadline", "revoked", "reminder_settings"}
    other = other or says("to be reminded", spoken.text)
    if other or spoken.participant.has(Milestone.BOUGHT) or not said_so:
        return None
    if not says("it is only", spoken.text) and understood.entity("hour") is not None:
        return None  # which is asked of another moment
    said = spoken.matter is not None and (_LATE in spoken.matter.told or spoken.matter.conversation in _TOO_LATE)
    zone = Zone(spoken.place or spoken.participant.local.value)
    return Open(NAME, {**_told(spoken.now, zone, spoken), _NOW: "1", **({_LATE: "1"} if said else {})})


def hears_of_now(spoken: Spoken) -> Open | None:
    """Hear *kok terlambat? ini baru jam 8*, and *sudah setengah satu di sini, telat kah?*: of this moment."""
    if (said := says_not_late(spoken)) is not None:
        return said
    asks = any(says(what, spoken.text) for what in ("a question", "is it gone", "still in time", "late already"))
    return Open(NAME, _told(spoken.now, _zone_spoken_of(spoken), spoken)) if asks and _asks_of_now(spoken) else None


def _asks_of_now(spoken: Spoken) -> bool:
    """Hear *sudah lewat jam 1, masih bisa?*, *di sini sudah tanggal 22*: of this moment, and of nothing else."""
    understood, text = spoken.understood, spoken.text
    also = {intent for intent in understood.also if intent not in {*REPORTS, *_TOO_LATE, "reminder_settings"}}
    bought = spoken.participant.has(Milestone.BOUGHT) and not _of_somebody_else(spoken)
    other = also or (understood.certain and understood.intent not in {"deadline", *_TOO_LATE})
    said = {token.word for token in spelt(text)}
    ahead = {"besok", "lusa", "kalau"} & said
    now = says("gone by the clock", text) or says("the hour it is", text) or _is_the_hour_here(spoken)
    timed = understood.entity("hour") or understood.entity("date")
    now = now or ("sekarang" in said and timed is None and says("still in time", text) and _is_ahead(spoken))
    if other or ahead or bought or not now:
        return False
    return len(text.split()) <= _BRIEF or says("still in time", text)


def _is_ahead(spoken: Spoken) -> bool:
    """Whether the cutoff of the wave that is named, else of the person's own, is still to come."""
    named = spoken.understood.entity("wave")
    of_wave = spoken.programme.cutoff(int(named)) if named is not None else None
    cutoff = of_wave or spoken.programme.cutoff_of(spoken.participant)
    return cutoff is not None and spoken.now <= cutoff.at


def _is_the_hour_here(spoken: Spoken) -> bool:
    """Whether an hour that is said to be there is the one that the person's own clock shows: *sudah setengah satu*."""
    here = spoken.local_time
    named = read_clock(spoken.text, here, asked_for=True) if says("the clock shows it", spoken.text) else ()
    round_the_clock = timedelta(days=1) if says("a part of the day", spoken.text) else timedelta(hours=12)
    away = (abs(datetime.combine(here, clock, here.tzinfo) - here) % round_the_clock for clock in named)
    return any(min(each, round_the_clock - each) <= _ABOUT_NOW for each in away)


def _after_midnight(spoken: Spoken) -> bool:
    """Whether the hour that is named, *jam 12 lewat 10*, is one of the night, so that it follows the cutoff."""
    at = read_moment(spoken.text, spoken.now.astimezone(spoken.participant.local.tz))
    return isinstance(at, datetime) and at.time() < _NIGHT_ENDS


def _told(at: datetime, zone: Zone, spoken: Spoken) -> dict[str, str]:
    wave = {kind: value for kind, value in spoken.told.items() if kind == "wave"}
    return {"moment": at.isoformat(), "zone": zone.value} | _of_somebody_else(spoken) | wave


def _is_of_the_night_before(at: datetime, spoken: Spoken) -> bool:
    """Whether an hour of the night was read as that after the day that is named; midnight itself ends that day."""
    before = at - timedelta(days=1)
    after_midnight = time() < at.time() < _NIGHT_ENDS
    return after_midnight and before > spoken.now and before.date() in days_asked(spoken.text, spoken.today)


@conversation(
    NAME,
    traits=Traits(
        expects=hears_of_now,
        listens={Stage.FIRST: asks_whether_in_time},
        follow_ups=DATE_QUESTIONS,
    ),
)
async def in_time(turn: Turn) -> Reply | Open:
    """Say yes or no first, then the moment on both clocks, then the cutoff."""
    number = await which_wave(turn)
    own = number == turn.participant.wave and turn.told(WHOSE) is None
    cutoff = turn.programme.cutoff_of(turn.participant) if own else turn.programme.cutoff(number)
    at, zone = datetime.fromisoformat(turn.answers["moment"]), Zone(turn.answers["zone"])
    zone = turn.participant.local if zone is Zone.WIB else zone
    if cutoff is None or cutoff.certainty is Certainty.UNSURE:
        return Open("deadline", {"wave": str(number)})
    if turn.told(_NOW) is not None:
        return Open("revoked") if turn.now > cutoff.at else with_next_step(_not_late(cutoff, number, turn), turn)
    if at < turn.now - _JUST_NOW and turn.now <= cutoff.at:
        return Open("deadline", {"wave": str(number)})  # nobody asks of what is gone, whether it will be in time
    if turn.told("night") is not None:
        at += timedelta(days=round((cutoff.at - at) / timedelta(days=1)))  # *sampai jam 2 pagi* is of the last night
    words = (
        _("✅ <b>Masih bisa</b>, batasnya belum lewat saat itu: {sum}.\n\nBatas gelombang {wave}: {when}")
        if at <= cutoff.at
        else _("❌ <b>Sudah terlambat</b> saat itu: {sum}.\n\nBatas gelombang {wave}: {when}")
    )
    if at > cutoff.at:
        turn.settle(_LATE, "1")
    reply = say(words, sum=moment_there(at, zone), wave=number, when=on_both_clocks(cutoff, zone))
    if at <= cutoff.at:
        reply = reply.also(_("Jangan mepet ya: situs dan sinyal bisa macet di jam terakhir. Lebih aman beli sekarang."))
        if matches(turn, "what to prepare"):
            reply = reply.also(_("Siapkan nomor kartu dan HP yang terdaftar ya."))
    return with_next_step(reply, turn)


def _not_late(cutoff: Cutoff, number: int, turn: Turn) -> Reply:
    """Say that it is not too late, with a word of regret where something sounded like it."""
    words = _("✅ Betul, sekarang <b>belum terlambat</b>.\n\n⏰ Batas gelombang {wave}: {when}\n{left}")
    if turn.told(_LATE) is not None:
        words = _("🙏 Maaf bikin kaget: sekarang <b>belum terlambat</b>.\n\n⏰ Batas gelombang {wave}: {when}\n{left}")
    when, left = on_both_clocks(cutoff, turn.place), what_is_left(cutoff, turn.now)
    return say(words, wave=number, when=when, left=left)
