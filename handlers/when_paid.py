"""How long the incentive takes: from the review to the schedule, and from the schedule to the money."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from handlers.dialogue.in_talk import SCHEDULED_FOR, named_in_talk
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation, family_of, heard_at
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.asked_further import MONEY_QUESTIONS
from handlers.phrases.late_payout import SCHEDULED, THEN, expected
from handlers.phrases.prefill import HEARD
from handlers.phrases.told_by import with_source
from handlers.phrases.which_rules import which_rules
from handlers.understanding.payment_days import scheduled_for
from handlers.understanding.phrases import says
from handlers.understanding.reports import claims
from locales import _
from programme.facts import Certainty
from programme.model.messages import Matter, Open
from programme.model.milestones import Milestone

_NEAR = frozenset(("incentive_history", "incentive_rules", "deadline"))
"""What the classifier takes it for; whose money is late is helped otherwise."""
_STILL_AWAITED: Final = timedelta(days=7)
"""For so long after a schedule's day its money is on its way; later it is late."""
_ON_WHICH_DAY: Final = ("on which day", "when it is paid", "the money, when", "reckon the day")
_WHEN: Final = (*_ON_WHICH_DAY, "how long", "paid by that day")
"""What asks when money comes that is scheduled."""
_OF_ELSE: Final = ("about buying", "about a certificate", "of an assessment", "of a survey")
_OF_MONEY: Final = frozenset(("incentive_problem", "incentive_rules", "incentive_history"))
_WAITS: Final = "waits"
"""The answer that tells that it was asked whether nothing is left but to wait."""


def asks_how_long(spoken: Spoken) -> Recognised | None:
    """Hear *dari jadwal sampai uangnya di tangan berapa lama*."""
    understood = spoken.understood
    other = understood.also or (understood.certain and understood.intent not in _NEAR)
    if other or says("another aid", spoken.text) or claims(Milestone.BOUGHT, spoken.text, today=spoken.today):
        return None
    money = says("of a payout", spoken.text) or says("about the incentive", spoken.text)
    asked = money and says("how long", spoken.text) and not says("not finished", spoken.text)
    return Recognised(Open("when_paid"), "incentive_rules", spoken.understood.confidence) if asked else None


def asks_from_a_schedule(spoken: Spoken) -> Open | None:
    """Hear *udah ada jadwal, tgl 9 november, masuknya tgl berapa*: the day is told, so it is reckoned from it."""
    text = spoken.text
    named, before = scheduled_for(text, spoken.today), _scheduled_before(spoken)
    of_it = says("of a schedule", text) or _was_scheduled_for(named, spoken.matter)
    day = named if named is not None and of_it else before
    asks = _WHEN if day == named else _ON_WHICH_DAY
    told = day is not None and day >= spoken.today - _STILL_AWAITED and any(says(what, text) for what in asks)
    if not told or says("another aid", text) or heard_at(Stage.ALARM, spoken) is not None:
        return None
    of_else = any(says(what, text) for what in _OF_ELSE)
    return None if of_else else Open("when_paid", {SCHEDULED: THEN if day == named else str(day)})


def _scheduled_before(spoken: Spoken) -> date | None:
    """Return the day of the schedule that was told in this talk, where the money was spoken of last."""
    day, matter = named_in_talk(spoken.matter).get(SCHEDULED_FOR), spoken.matter
    of_money = matter is not None and {matter.conversation, family_of(matter.conversation)} & _OF_MONEY
    return date.fromisoformat(day) if day is not None and of_money else None


def _was_scheduled_for(day: date | None, matter: Matter | None) -> bool:
    """Whether a day is that of the schedule that was spoken of: *berarti tgl 20 udah masuk?*."""
    of_money = matter is not None and family_of(matter.conversation) == "incentive_problem"
    return of_money and day is not None and matter is not None and matter.told.get("date") == day.isoformat()


def _expected(spoken: Spoken) -> Open | None:
    return asks_whether_to_wait(spoken) or asks_from_a_schedule(spoken)


def asks_whether_to_wait(spoken: Spoken) -> Open | None:
    """Hear *udah nyambung, tinggal nunggu kan?* where the money was spoken of, or its account is told to be linked."""
    text, matter = spoken.text, spoken.matter
    asked = says("only to wait", text) and (says("a question", text) or says("is it so", text))
    of_certificate = matter is not None and matter.conversation == "certificate" and says("the money comes", text)
    of_money = matter is not None and family_of(matter.conversation) in {"incentive_problem", "incentive_rules"}
    linked = claims(Milestone.ACCOUNT_CONNECTED, text, today=spoken.today)
    if not asked or says("another aid", text) or heard_at(Stage.ALARM, spoken) is not None:
        return None
    return Open("when_paid", {_WAITS: "1"}) if of_money or of_certificate or linked else None


@conversation(
    "when_paid",
    traits=Traits(
        part_of="incentive_problem",
        subject="insentif cair",
        expects=_expected,
        listens={Stage.TOLD: asks_how_long},
        follow_ups={"longer than that": Open("incentive_problem", {"shows": "late"}), **MONEY_QUESTIONS},
    ),
)
async def when_paid(turn: Turn) -> Reply | Open:
    """Tell both spans, where a source tells them for the person's wave."""
    why = turn.programme.failures.get(turn.told("why") or "")
    if why is not None and why.certainty is Certainty.UNSURE:
        return Open("incentive_problem", {"shows": "failed", "why": why.id, HEARD: "1"})
    scheme = (await which_rules(turn)).scheme
    if (days := expected(scheme, turn)) is not None:
        reply = say(days)
    elif scheme.payout_days_at_least is None or scheme.schedule_wait_hours is None:
        reply = say(_("⏳ Berapa lama insentif gelombangmu cair belum bisa kupastikan. Pantau dashboard-mu ya."))
    else:
        reply = say(
            _(
                "⏳ Setelah rating dan ulasan terisi, jadwal muncul di dashboard; kalau belum, tunggu <b>1x{hours} jam"
                "</b>. Uangnya masuk <b>{least}–{most} hari kerja</b> setelah tanggal jadwal."
            ),
            hours=scheme.schedule_wait_hours,
            least=scheme.payout_days_at_least,
            most=scheme.payout_days_at_most,
        )
        reply = with_source(reply, scheme.facts["payout_days_at_least"], turn.now)
    if turn.told(_WAITS) is not None:
        reply = reply.after(_still_missing(turn))
    reply = reply.button(_("😕 Lebih lama dari itu"), "incentive_problem")
    return reply.button(_("📜 Riwayat insentifku"), "incentive_history")


def _still_missing(turn: Turn) -> str:
    """Say whether waiting is all that is left, as far as the person told."""
    if turn.participant.has(Milestone.ACCOUNT_CONNECTED) and turn.participant.has(Milestone.REVIEWED):
        return _("✅ Ya, tinggal menunggu.")
    if turn.participant.has(Milestone.ACCOUNT_CONNECTED):
        return _("✅ Ya, tinggal menunggu, asal rating dan ulasanmu juga sudah terisi.")
    return _("✅ Ya, tinggal menunggu, asal ulasan sudah terisi dan rekening atau e-wallet atas namamu tersambung.")
