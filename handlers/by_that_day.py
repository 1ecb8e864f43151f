"""*Tanggal 16 masih bisa nyambung?*, *kalau lusa?*, *21 apa 22?*: days held against the end of what is spoken of.

A moment with its hour is held against the first-purchase cutoff by `in_time`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from handlers.dialogue.another_matter import names_another_matter
from handlers.dialogue.follow_up import ASKED, OF
from handlers.dialogue.in_talk import is_paid, is_past_buying
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.reported import tells_a_step
from handlers.dialogue.turn import SAID, Turn
from handlers.phrases.aspects import IN_SHORT
from handlers.phrases.cutoff_words import on_both_clocks, what_is_left
from handlers.phrases.next_step import with_next_step
from handlers.phrases.which_wave import which_wave
from handlers.phrases.year_end import until, year_end
from handlers.understanding.corrections import tells_of_failure
from handlers.understanding.days_asked import days_asked
from handlers.understanding.phrases import says
from handlers.understanding.reports import Said, said_of
from locales import Html, _, fill, long_date
from programme.calendars import YearEnd
from programme.cutoffs import Cutoff
from programme.facts import Certainty
from programme.model.messages import Open
from programme.model.milestones import Milestone
from programme.model.zones import Zone

NAME: Final = "by_that_day"
PURCHASE: Final = "purchase"
_WHAT: Final = "ends"
"""The answer that tells of what the end is asked: one of `YearEnd`, or the first purchase."""
_DAYS: Final = "days"
_HOUR: Final = "hour_asked"
_LATE: Final = "late"
"""The answer that tells that it was asked what becomes of whoever comes later."""
_OF_THE_END: Final = frozenset(("deadline", "revoked"))
"""Intents of whoever asks whether buying on a day is in time."""
_FEW: Final = 4
_LONGEST: Final = 14
"""Words of a question that leaves out what it is about."""
_SPOKEN_OF: Final = MappingProxyType(
    {
        "payment_account": YearEnd.LINKING.value,
        "incentive_problem": YearEnd.LINKING.value,
        "second_training": YearEnd.BALANCE.value,
        "balance": YearEnd.BALANCE.value,
        "survey": YearEnd.SURVEYS.value,
        "deadline": PURCHASE,
        "in_time": PURCHASE,
        "plan": PURCHASE,
        "status": PURCHASE,
    }
)
_TOLD_ELSEWHERE: Final = MappingProxyType(
    {
        YearEnd.LINKING.value: Open("payment_account", {"ask": "until"}),
        YearEnd.BALANCE.value: Open("balance", {"asked": "until which day"}),
        YearEnd.SURVEYS.value: Open("survey", {"ask": "until"}),
        PURCHASE: Open("deadline"),
    }
)
"""What answers where no source has told the end yet."""


def asks_by_a_day(spoken: Spoken) -> Open | None:
    """Hear whether something can be done on a day, or until when, of what is named or was spoken of."""
    text = spoken.text
    named = _named(spoken)
    if says("of linking", text) and says("of a survey", text):
        return None
    if any(says(what, text) for what in ("when it is paid", "the money, when", "how long one waits", "reckon the day")):
        return None  # *insentif kapan masuk kalau beli besok* asks of the money
    what = named or (None if names_another_matter(spoken) else _spoken_of(spoken))
    closes = says("when it closes", text)
    if what is None or tells_a_step(text, spoken.today) or (tells_of_failure(text) and not closes):
        return None
    days = _past(_still_ahead(days_asked(text, spoken.today), spoken.today), text)
    of_days = bool(days) and (_asks_of_days(text) or (named is None and _is_fragment(spoken)))
    either = len(days) > 1 and says("one of these days", text)
    if what == PURCHASE:
        asked = any(day >= spoken.today for day in days) and _asks_of_buying(spoken, either=either)
    else:
        closes = closes or _asks_of_its_deadline(spoken)
        asked = closes or either or says("still in time now", text) or of_days
    if not asked:
        return None
    hour = {_HOUR: "1"} if says("an hour of the clock", text) else {}
    kept = {kind: value for kind, value in spoken.told.items() if kind == "zone" or (kind, what) == ("wave", PURCHASE)}
    return Open(NAME, {SAID: text, _WHAT: what, _DAYS: ",".join(day.isoformat() for day in days), **hour, **kept})


def hears_by_a_day(spoken: Spoken) -> Recognised | None:
    """Hear the same in words that name what it is about, whoever said them first."""
    found = asks_by_a_day(spoken) if _named(spoken) is not None else None
    return Recognised(found, "deadline", spoken.understood.confidence) if found is not None else None


def tells_day_too_late(spoken: Spoken) -> Recognised | None:
    """Hear *sa bisanya sabtu*: the only day that suits lies after the cutoff, which must be said."""
    cutoff, text = spoken.programme.cutoff_of(spoken.participant), spoken.text
    if cutoff is None or spoken.now > cutoff.at or is_past_buying(spoken) or not says("a day that suits", text):
        return None
    if said_of(Milestone.BOUGHT, text, today=spoken.today) is not Said.NOT_AT_ALL:
        return None
    days = [day for day in days_asked(text, spoken.today) if day > cutoff.day]
    learns = says("to learn on a day", text) or says("the money, when", text)
    return None if learns or not days else Recognised(Open(NAME, {_WHAT: PURCHASE, _DAYS: str(days[0])}), "deadline")


def _still_ahead(days: tuple[date, ...], today: date) -> tuple[date, ...]:
    """Return the days that are not behind; *kemarin teman bilang tanggal 17* asks of the 17th."""
    return tuple(day for day in days if day >= today) or days


def _past(days: tuple[date, ...], text: str) -> tuple[date, ...]:
    """Return the days after those that are named to be over: *kalau lewat tanggal 15?*."""
    return tuple(day + timedelta(days=1) for day in days) if says("past a day", text) else days


def _asks_of_buying(spoken: Spoken, *, either: bool) -> bool:
    """Whether it is asked of a day, and of no hour, if buying on it is in time."""
    text, matter = spoken.text, spoken.matter
    hour = any(entity.kind == "hour" for entity in spoken.understood.entities) or says("a part of the day", text)
    if hour or spoken.understood.also or says("past a day", text):
        return False
    of_the_end = spoken.understood.intent in _OF_THE_END or not spoken.understood.certain
    named = says("supposed to be that day", text) or (says("about buying", text) and says("still in time", text))
    once_more = matter is not None and matter.conversation in {NAME, "in_time"} and _is_fragment(spoken)
    return either or once_more or (of_the_end and named)


def _named(spoken: Spoken) -> str | None:
    """Return of what the end is asked, by the words themselves."""
    text, bought = spoken.text, is_past_buying(spoken)
    account = spoken.understood.entity("partner") is not None or says("an account to be linked", text)
    if says("of linking", text) and (account or _spoken_of(spoken) == YearEnd.LINKING):
        return YearEnd.LINKING.value
    if (
        says("a second training", text)
        or says("the second one is bought", text)
        or (bought and says("of the balance", text))
    ):
        return YearEnd.BALANCE.value
    if says("of a survey", text):
        return YearEnd.SURVEYS.value
    return PURCHASE if not bought and says("supposed to be that day", text) else None


def _spoken_of(spoken: Spoken) -> str | None:
    """Return of what the end is asked in a few words that leave it out: what was spoken of last."""
    matter, bought = spoken.matter, is_past_buying(spoken)
    if matter is None or len(spoken.text.split()) > _LONGEST:
        return None
    what = matter.told.get(_WHAT) or _SPOKEN_OF.get(matter.conversation)
    if _asks_of_its_deadline(spoken) and (
        what in {None, PURCHASE} or (what == YearEnd.LINKING and is_paid(spoken))
    ):  # whose own deadline is behind them asks of what else was spoken of
        what = next(_ends_ahead(spoken), what)
    of_buying = says("about buying", spoken.text) and what != YearEnd.BALANCE
    what = PURCHASE if of_buying and what is not None else what
    hidden = (what == PURCHASE and bought) or (matter.conversation == "balance" and not bought)
    return None if hidden else what


def _asks_of_its_deadline(spoken: Spoken) -> bool:
    """Whether *deadline* is that of what is spoken of: of somebody past buying, who names neither that nor a wave."""
    of_buying = says("about buying", spoken.text) or spoken.understood.entity("wave") is not None
    return says("until when of anything", spoken.text) and not of_buying and is_past_buying(spoken)


def _ends_ahead(spoken: Spoken) -> Iterator[str]:
    """Yield what was spoken of that has an end of its own, the latest first, but for what is behind the person."""
    behind = {None, PURCHASE, *({YearEnd.LINKING.value} if is_paid(spoken) else ())}
    return (what for one in spoken.matters if (what := _SPOKEN_OF.get(one.conversation)) not in behind and what)


def _asks_of_days(text: str) -> bool:
    return any(says(what, text) for what in ("still in time", "is it allowed then", "is it that day"))


def _is_fragment(spoken: Spoken) -> bool:
    """Whether a few words ask of a day: *kalau lusa?*, *tgl 16?*; of one more, *tgl 20 gitu*."""
    text, once_more = spoken.text, spoken.matter is not None and spoken.matter.conversation == NAME
    few = len(text.split()) <= _FEW
    asked = says("a question", text) and not says("how to do it", text)
    return (once_more and few) or (asked and (few or says("supposing", text)))


@conversation(
    NAME,
    traits=Traits(
        tells=True,
        expects=asks_by_a_day,
        listens={Stage.FIRST: hears_by_a_day, Stage.WISH: tells_day_too_late},
        orders=tells_day_too_late,
        slots=frozenset({_WHAT}),
        follow_ups={
            **{what: Open(NAME) for what in ("really", "when it is", "a doubt", "until which day")},
            **{what: Open(NAME, {_LATE: "1"}) for what in ("what if it is missed", "is it gone")},
        },
    ),
)
async def by_that_day(turn: Turn) -> Reply | Open:
    """Say of each day whether it is in time, then until when it is."""
    what = turn.told(_WHAT) or PURCHASE
    turn.settle(_WHAT, what)
    number = await which_wave(turn) if what == PURCHASE else 0
    end = _cutoff(number, turn) if what == PURCHASE else year_end(YearEnd(what), turn)
    if end is None or end.certainty is Certainty.UNSURE:
        return _TOLD_ELSEWHERE[what]
    if turn.told(_LATE) is not None:
        of = {OF: _TOLD_ELSEWHERE[what].conversation, ASKED: "what if it is missed"}
        return Open("revoked") if what == PURCHASE else Open(IN_SHORT, of)
    days = [date.fromisoformat(day) for day in turn.answers.get(_DAYS, "").split(",") if day]
    now = says("still in time now", turn.said) or says("still in time", turn.said)
    days = days or ([turn.today] if now else [])
    reply = say(_until(what, end, number, turn))
    if days:
        reply = reply.after(Html("\n".join(_of(day, end, turn) for day in days)))
    if turn.told(_HOUR) is not None and what in {YearEnd.BALANCE, YearEnd.SURVEYS} and turn.now <= end.at:
        reply = reply.also(_("Jam tutupnya tidak disebut sumberku, jadi jangan ditunda."))
    if what == PURCHASE and any(day > end.at.astimezone((turn.place or Zone.WIB).tz).date() for day in days):
        reply = reply.also(_("Lewat dari itu kepesertaan dicabut."))
    if what == PURCHASE and number != turn.participant.wave:
        return reply.button(_("🔔 Gelombangku, ingatkan aku"), "start", own_wave=str(number))
    return _with_way_on(reply, what, turn)


def _cutoff(number: int, turn: Turn) -> Cutoff | None:
    own = number == turn.participant.wave
    return turn.programme.cutoff_of(turn.participant) if own else turn.programme.cutoff(number)


def _until(what: str, end: Cutoff, number: int, turn: Turn) -> Html:
    if what != PURCHASE:
        return until(YearEnd(what), end, turn)
    words = _("⏰ Batas gelombang {wave}: {when}\n{left}")
    left = what_is_left(end, turn.now) if turn.now <= end.at else Html("")
    return Html(fill(words, wave=number, when=on_both_clocks(end, turn.place), left=left).rstrip())


def _of(day: date, end: Cutoff, turn: Turn) -> str:
    """Say whether a day on the person's own clock is in time."""
    zone = turn.place or Zone.WIB
    last = end.at.astimezone(zone.tz)
    if turn.now > end.at or day > last.date():
        return fill(_("❌ {day} <b>sudah terlambat</b>."), day=long_date(day))
    if day == last.date() and day > end.day:
        words = _("⚠️ {day} hanya sampai pukul <b>{hour} {zone}</b>, tengah malam.")
        return fill(words, day=long_date(day), hour=f"{last:%H.%M}", zone=zone.value)
    if day == end.day:
        return fill(_("✅ {day} <b>masih bisa</b>: itu hari terakhirnya, jangan mepet ya."), day=long_date(day))
    return fill(_("✅ {day} <b>masih bisa</b>."), day=long_date(day))


def _with_way_on(reply: Reply, what: str, turn: Turn) -> Reply:
    match what:
        case YearEnd.LINKING:
            return reply.button(_("💳 Syarat & mitra lain"), "payment_account")
        case YearEnd.BALANCE:
            return reply.button(_("🔎 Cari pelatihan berikutnya"), "recommend")
        case YearEnd.SURVEYS:
            return reply.button(_("📝 Soal survei"), "survey")
        case _:
            return with_next_step(reply, turn)
