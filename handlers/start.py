"""Getting acquainted, in under a minute: which wave, where, and when passed if that decides the cutoff.

Every step can be skipped.
"""

from __future__ import annotations

import re
from datetime import date

from handlers.about_oneself import names_only_a_place, told_of_oneself
from handlers.deadline import deadline
from handlers.dialogue.in_talk import ANNOUNCED_ON
from handlers.dialogue.listening import Spoken
from handlers.dialogue.question import Option
from handlers.dialogue.register import InAdvance, Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.asked_further import DATE_QUESTIONS
from handlers.phrases.consent import consent
from handlers.phrases.cutoff_words import on_both_clocks
from handlers.phrases.next_step import with_next_step
from handlers.phrases.reminders_set import next_reminder
from handlers.phrases.salutations import greeted_back
from handlers.phrases.share_number import ask_number
from handlers.phrases.wave_number import wave_number
from handlers.phrases.which_wave import ask_own_wave
from handlers.phrases.zone import ask_zone
from handlers.understanding.phrases import says
from locales import _, fill, short_date
from programme.model.events import WaveTold, Welcomed, ZoneTold
from programme.model.zones import Zone

REMIND = "remind"
"""The answer that tells that reminders were asked for in the middle of a talk."""

_DEEP_LINK = re.compile(r"(?:g|gel|gelombang)[-_ ]?(\d{1,3})", re.IGNORECASE)


def _told_in_advance(spoken: Spoken) -> InAdvance | None:
    """Keep the town that was named before it was asked for, or the wave that came to mind after it was."""
    return _zone_in_advance(spoken) or _wave_remembered(spoken)


def _wave_remembered(spoken: Spoken) -> InAdvance | None:
    """Hear *lolos gel 21 kayaknya* at another question, from somebody whose wave is not known."""
    wave, understood = spoken.understood.entity("wave"), spoken.understood
    if wave is None or spoken.participant.wave is not None or understood.certain or says("a question", spoken.text):
        return None
    return InAdvance({"own_wave": wave}, fill(_("👌 Kucatat: gelombang {wave}."), wave=wave))


def _zone_in_advance(spoken: Spoken) -> InAdvance | None:
    if told_of_oneself(spoken.understood, spoken.today) != "my_zone" and not names_only_a_place(spoken.understood):
        return None
    zone = next(entity.value for entity in spoken.understood.entities if entity.kind == "zone")
    return InAdvance({"zone": zone}, fill(_("👌 Kucatat: kamu di zona <b>{zone}</b>."), zone=zone))


@conversation(
    "start",
    commands=("start", "mulai"),
    traits=Traits(in_advance=_told_in_advance, follow_ups=DATE_QUESTIONS, can_wait=True),
)
async def start(turn: Turn) -> Reply:
    """Ask what makes a deadline certain, then tell it."""
    turn.answers = _with_deep_link(turn)
    if turn.told("zone") in set(Zone):
        turn.record(ZoneTold(Zone(turn.answers["zone"])))  # told before it was asked for
    number = await _wave(turn)
    if number is not None:
        turn.record(WaveTold(number))
        turn.record(WaveTold(number, await _passed_on(turn, number)))
    zone = await ask_zone(turn, first=_cutoff_first(turn))
    if zone is not None:
        turn.record(ZoneTold(zone))
    turn.record(Welcomed())
    return (await _first_answer(turn)).then(_what_is_kept(turn))


async def _wave(turn: Turn) -> int | None:
    if turn.participant.official:
        return turn.participant.wave
    if turn.told("own_wave") is not None:
        return await ask_own_wave(turn)
    if turn.told("passed") is not None:
        words = say(_("Selamat, kamu lolos! 🎉 Supaya batas belinya tidak lewat: kamu di <b>gelombang berapa</b>?"))
        return await ask_own_wave(turn, words=words, skip=_("Lewati, belum tahu"))
    if turn.told(REMIND) is not None:
        words = say(
            _("🔔 Bisa! Supaya pengingatnya tepat, kenalan sebentar ya: kamu lolos di <b>gelombang berapa</b>?")
        )
        return await ask_own_wave(turn, words=words, skip=_("Lewati, belum tahu"))
    hello = say(
        _(
            "{hello} Aku <b>Sobat</b> 👋\nAku bantu supaya kepesertaan Kartu Prakerja-mu tidak hangus: kuingatkan "
            "batas belinya, kubantu pilih pelatihan, sampai insentif cair.\n\n"
            "Kenalan dulu, cuma sebentar. Kamu lolos di <b>gelombang berapa</b>?"
        ),
        hello=greeted_back(turn),
    )
    return await ask_own_wave(turn, words=hello, skip=_("Lewati, belum tahu"))


async def _passed_on(turn: Turn, number: int) -> date | None:
    """Ask for the day only where it decides the cutoff; offer the wave's own announcement."""
    wave = turn.programme.wave(number, turn.now)
    announced = wave.announced_on if wave else None
    if announced is not None and announced.isoformat() in {turn.told("date"), turn.talk.get(ANNOUNCED_ON)}:
        return announced
    if wave is not None and turn.cutoff is not None:
        return None
    words = say(_("Gelombang {wave} ya, siap. Kapan kamu dinyatakan <b>lolos</b>?"), wave=number)
    offered = (
        [Option(announced.isoformat(), fill(_("{day} (pengumuman)"), day=short_date(announced)))] if announced else []
    )
    return await turn.date("passed_on", words, latest=turn.today, offered=offered, skip=_("Lewati, lupa"))


def _cutoff_first(turn: Turn) -> str | None:
    """Tell the cutoff before anything else is asked: it is what somebody who has just come wants to know."""
    number = turn.participant.wave
    known = number is not None and turn.programme.wave(number, turn.now) is not None
    if not known or turn.cutoff is None:
        return None
    if turn.now > turn.cutoff.at:
        return fill(_("Gelombang {wave} ya, siap."), wave=number)
    words = _("Gelombang {wave} ya, siap. Batas belimu:\n{when}")
    return fill(words, wave=number, when=on_both_clocks(turn.cutoff, turn.place))


async def _first_answer(turn: Turn) -> Reply:
    if turn.participant.wave is None:
        reply = say(
            _(
                "Oke, tidak apa-apa. Begitu kamu tahu gelombangnya, kabari aku: dari situ aku hitung batas belimu "
                "dan kuingatkan sebelum lewat."
            )
        )
        return with_next_step(reply, turn)
    return _reminding(await deadline(turn), turn)


def _reminding(reply: Reply, turn: Turn) -> Reply:
    """Say that the reminders are on, and when the next one comes."""
    if turn.cutoff is None or not turn.reminders.upcoming(turn.participant, turn.now):
        return reply
    return reply.after(fill(_("🔔 Siap, pengingatmu menyala. {next}"), next=next_reminder(turn)))


def _what_is_kept(turn: Turn) -> Reply:
    reply = consent()
    if not turn.participant.official:
        reply = ask_number(reply, turn)
    return reply.button(_("🔔 Atur pengingat"), "reminder_settings")


def _with_deep_link(turn: Turn) -> dict[str, str]:
    """Take the wave out of `?start=g21`, or out of a message that named it."""
    answers = dict(turn.answers)
    found = _DEEP_LINK.fullmatch(answers.get("argument", ""))
    named = wave_number(found[1] if found else answers.get("wave"))
    if named is not None and "own_wave" not in answers:
        answers = {"own_wave": str(named), **answers}
    return answers
