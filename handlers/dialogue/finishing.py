"""Last touches on every answer: a warning, a way into English, an offer to get acquainted."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers.dialogue.english import english_button, offers_english
from handlers.dialogue.fewer_keys import with_fewer_keys
from handlers.dialogue.one_bubble import said_once
from handlers.dialogue.people import without_promises
from handlers.dialogue.redacted import CUT, warn
from handlers.dialogue.register import Purpose, conversation_for
from handlers.dialogue.turn_input import TurnOutcome
from handlers.understanding.phrases import says
from locales import SOURCE, _
from programme.model.events import Forgotten, Welcomed
from programme.model.messages import Incoming, Matter, Sort
from programme.model.tickets import HelpdeskView

_OPENING: Final = 3
"""Words with which a message begins."""


def finished(outcome: TurnOutcome, incoming: Incoming, helpdesk: HelpdeskView | None) -> TurnOutcome:
    """Return the outcome with whatever its person must or may hear besides, and nobody promised who isn't there."""
    outcome = replace(outcome, reply=with_fewer_keys(said_once(without_promises(outcome.reply, helpdesk))))
    met = _greeted_back(_comforted(_in_english(outcome, incoming), incoming), incoming)
    return _introduce(_warn(met, incoming))


def _comforted(outcome: TurnOutcome, incoming: Incoming) -> TurnOutcome:
    """Meet sadness before business, in one sentence that promises nothing."""
    sad = incoming.sort is Sort.TEXT and not incoming.forwarded and says("sad", incoming.text)
    if not sad or not outcome.reply.messages:
        return outcome
    return replace(
        outcome, reply=outcome.reply.after(_("🫂 Berat ya, aku ikut prihatin. Pelan-pelan, kita urus satu-satu."))
    )


def _greeted_back(outcome: TurnOutcome, incoming: Incoming) -> TurnOutcome:
    """Return a salaam with which a message begins, whatever the answer is about."""
    opening = " ".join(incoming.text.split()[:_OPENING])
    own = incoming.sort is Sort.TEXT and not incoming.forwarded and says("a salaam", opening)
    answer = _("Waalaikumsalam!")
    if not own or not outcome.reply.messages or any(answer in one.text for one in outcome.reply.messages):
        return outcome
    return replace(outcome, reply=outcome.reply.after(answer))


def _warn(outcome: TurnOutcome, incoming: Incoming) -> TurnOutcome:
    if not incoming.redacted:
        return outcome
    reply = warn(incoming.redacted).then(outcome.reply)
    about = reply.messages[-1].about or Matter(conversation_for(Purpose.NO_ANSWER))
    told = {**about.told, CUT: ",".join(incoming.redacted)}
    return replace(outcome, reply=reply.about(replace(about, told=told)))


def _in_english(outcome: TurnOutcome, incoming: Incoming) -> TurnOutcome:
    """Offer English to whoever writes it and is answered in Indonesian."""
    spoken = incoming.sort is Sort.TEXT and outcome.participant.language == SOURCE
    if not spoken or not offers_english(incoming.text):
        return outcome
    return replace(outcome, reply=outcome.reply.row(english_button()))


def _introduce(outcome: TurnOutcome) -> TurnOutcome:
    """Offer to get acquainted, once, to somebody who came straight with a question."""
    known = outcome.participant.welcomed or outcome.participant.wave is not None
    if known or outcome.asks or Forgotten() in outcome.events:
        return outcome
    met = outcome.participant.after(Welcomed())
    reply = outcome.reply.button(_("👋 Kenalan dulu (1 menit)"), "start")
    return replace(outcome, participant=met, events=(*outcome.events, Welcomed()), reply=reply)
