"""*Belum, nanti, lagi kerja, tunggu gajian*: the answers to *kapan kamu mau beli?* that name no moment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from handlers.card_number import asks_for_it
from handlers.dialogue.another_matter import names_another_matter
from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.meant_otherwise import denies_own_wave
from handlers.dialogue.odds import SURE_OF_FAMILY
from handlers.dialogue.register import Traits, conversation, heard_at, traits_of
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import SAID, Turn
from handlers.phrases.asked_further import PLAN_QUESTIONS
from handlers.phrases.cutoff_words import on_both_clocks, what_is_left
from handlers.phrases.moments_told import leaves_the_plan, moment_alone, sets_right
from handlers.phrases.plans_told import clause_of_buying, day_behind, is_plan, last_moment, names_moment
from handlers.phrases.prefill import HEARD
from handlers.phrases.reasons import words_for
from handlers.phrases.reminder_orders import PLANNED, ordered
from handlers.phrases.told_in_answer import reported_in_answer
from handlers.phrases.waiting import asks_to_wait, puts_it_off
from handlers.plan import later_buttons
from handlers.reminder_settings import wants_none
from handlers.understanding.moment_meant import moment_meant
from handlers.understanding.moments import read_moment
from handlers.understanding.phrases import first_said, says
from handlers.understanding.replies import AGREES, ANNOYED, ANOTHER_PERSON, DONE, SAD, SMALL_TALK, reply_like
from handlers.understanding.reports import Said, claims, said_of
from handlers.understanding.ruled_out import without_denied
from handlers.understanding.sentences import stated
from handlers.understanding.sorter import NONE
from handlers.understanding.spelling import spelt
from handlers.understanding.statements import names_somebody, words_of
from handlers.understanding.step_answers import says_nothing_else
from handlers.wrong_person import NAME as WRONG_PERSON
from locales import _
from programme.model.messages import Matter, Open
from programme.model.milestones import Milestone

NAME: Final = "not_now"

_BUSY: Final = "busy now"
_NO_CONNECTION: Final = "no connection now"
_REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "no money of one's own": "money",
        "unwilling": "unwilling",
        _NO_CONNECTION: "connection",
        "does not know how": "lost",
        "nothing chosen yet": "choice",
        _BUSY: "busy",
        "not yet or later": "later",
    }
)
_LIKE: Final[Mapping[str, str]] = MappingProxyType({**_REASONS, AGREES: "agrees", SAD: "sad"})
"""What an answer may be like without a word of the lists."""
_NO_ANSWER: Final = frozenset((NONE, SMALL_TALK, DONE))
"""What is no answer to *when*: it is heard as if nothing had been asked."""
_GIVES_WAY: Final = frozenset(
    (
        *("deadline", "plan", "report_bought", "report_completed", "reminder_settings", "status", "help", "thanks"),
        *("greeting", "out_of_scope", "revoked", "register_wave", "incentive_rules"),
    )
)
"""Intents that an answer without a question only seems to have."""
_SHORT: Final = 8
"""Words of an answer that says nothing else, and so at least not now."""
_BARE: Final = 5
"""Words that tell of no purchase, and nothing else."""
_SURELY: Final = 0.9
"""The confidence from which thanks are nothing but thanks."""
_PROBABLY: Final = 0.75
"""The confidence from which few words without a reason are about what they seem to be about."""
_LONGEST: Final = 40
"""Words."""


def answers_when(spoken: Spoken) -> Open | None:
    """Read a text as the answer to the question when the person will buy, where that was asked last."""
    if spoken.matter is None or spoken.matter.conversation not in {"plan", NAME} or spoken.incoming.forwarded:
        return None
    if spoken.participant.has(Milestone.BOUGHT) or _is_done_elsewhere(spoken) or names_another_matter(spoken):
        return None
    of_cutoff = ("the hour it is", "it ends then", "the cutoff was moved", "others tell of more time")
    if spoken.asked == "zone" or any(says(what, spoken.text) for what in of_cutoff):
        return None  # *2 jam lagi habis ya?* is no moment of one's own
    if (aside := asks_for_it(spoken)) is not None:
        return aside.open
    if says("it failed again", spoken.text):
        of_it = spoken.asked == "what"  # the trouble that is open hears it
        return None if of_it else Open("purchase_problem", {HEARD: "1", "what": "other"})
    if (opened := reported_in_answer(spoken) or _misgiving(spoken)) is not None:
        return opened
    if (other := _of_reminding(spoken) or ordered(spoken) or _planned_first(spoken)) is not None:
        return other
    asked = says("a question", spoken.text) and not (
        _asks_leave(spoken) or _is_busy_protest(spoken) or sets_right(spoken)
    )
    if leaves_the_plan(spoken):
        return Open("out_of_scope", {SAID: spoken.text})
    if says("leave me alone for now", spoken.text):
        return _planned(spoken) or Open(NAME, {"reason": "busy"})
    if asked or _is_of_the_cutoff(spoken.text) or wants_none(spoken) or _may_be_a_report(spoken):
        return None
    return _put_off(spoken)


def _of_reminding(spoken: Spoken) -> Open | None:
    """Hear, by what an answer is like, that the reminders are a burden, or that somebody else reads them."""
    answer, certain = reply_like(spoken.text)
    other = _just_planned(spoken) or says("a question", spoken.text) or says("about buying", spoken.text)
    if other or not certain:
        return None
    if answer == ANNOYED:
        return Open("reminder_settings")  # which asks: a mishearing must not silence them
    return Open(WRONG_PERSON) if answer == ANOTHER_PERSON and spoken.understood.entity("wave") is None else None


def _is_done_elsewhere(spoken: Spoken) -> bool:
    """Whether a bare *sudah* follows something else than the question: *sudah login*, an answer to that, *sudah*."""
    return says_nothing_else(spoken.text) and not spoken.was_offered("report_bought")


def _planned_first(spoken: Spoken) -> Open | None:
    """Hear *nanti saya beli jam 8 malam, jam berapa di Jakarta*: a first clause plans, whatever is asked then."""
    first, *rest = re.split(r"[,;\n](?!\d)", spoken.text, maxsplit=1)
    if not rest or says("a question", first) or not says("a question", rest[0]):
        return None
    plans = says("about buying", first) and says("put ahead", first) and names_moment(first, spoken)
    done = said_of(Milestone.BOUGHT, first, today=spoken.today) in {Said.PLAINLY, Said.DOUBTFULLY}
    return Open("plan", {SAID: first, "answered": "1"}) if plans and not done and not says("supposing", first) else None


def _asks_leave(spoken: Spoken) -> bool:
    """Whether a text only asks whether its moment will do: *2 jam lagi ya?*, *tomorrow morning ok?*."""
    return says("asks leave", spoken.text) and names_moment(spoken.text, spoken)


def _is_of_the_cutoff(text: str) -> bool:
    """Whether a day is that of the cutoff, which is only made sure of: *eh batasnya tetap tgl 21 kan*."""
    return says("is that the cutoff", text) and not says("to be reminded", text)


def _is_busy_protest(spoken: Spoken) -> bool:
    """Whether a question only protests against the hurry: *kenapa harus cepat-cepat, saya lagi jaga istri*."""
    return says("why the hurry", spoken.text) and first_said(_REASONS, spoken.text) is not None


def has_not_bought(spoken: Spoken) -> Recognised | None:
    """Hear *belum beli*, *belum beli, lagi jaga kasir* though nothing was asked: when it will be is asked next."""
    if (waits := asks_to_wait(spoken)) is not None:
        return waits
    text, person = stated(spoken.text), spoken.participant
    ahead = said_of(Milestone.BOUGHT, text, today=spoken.today) is Said.AS_A_WISH and says("put off till later", text)
    ahead = ahead and not names_somebody(text)
    if person.has(Milestone.BOUGHT) or spoken.understood.certain or not (ahead or says("not bought yet", text)):
        return None
    if says("a question", text) or says("supposing", text) or _may_be_a_report(spoken):
        return None
    reason = first_said(_REASONS, text)
    if len(text.split()) > _SHORT or (reason in {None, "later"} and len(text.split()) > _BARE and not ahead):
        return None
    return Recognised(_planned(spoken) or Open(NAME, {"reason": reason or "later"}), "deadline")


def waits_for_money(spoken: Spoken) -> Recognised | None:
    """Hear *nanti gajian baru kubeli* though nothing was asked: nobody's own money is needed."""
    text, words = spoken.text, words_of("bought")
    buys = any(words.have("act", token) for token in spelt(text))
    money = says("no money of one's own", text) and not says("no balance to buy with", text)
    if spoken.participant.has(Milestone.BOUGHT) or not (buys and money) or says("a question", text):
        return None
    done = said_of(Milestone.BOUGHT, text, today=spoken.today) is Said.PLAINLY
    if done or len(text.split()) > _LONGEST:
        return None
    planned = clause_of_buying(spoken)
    opened = Open(NAME, {"reason": "money"}) if planned is None else Open("plan", {SAID: planned, "answered": "1"})
    return Recognised(opened, "deadline")


def _misgiving(spoken: Spoken) -> Open | None:
    """Hear what keeps somebody from buying though it need not."""
    if says("no balance to buy with", spoken.text):
        return Open("balance", {"ask": "missing"})
    if says("does not know how", spoken.text) and says("how to begin", spoken.text):
        return Open(NAME, {"reason": "lost"})
    if says("not clear", spoken.text):
        return Open("how_to_buy")
    failing = spoken.understood.certain and spoken.understood.intent == "purchase_problem"
    if not failing and says("is it free", spoken.text):
        return Open(NAME, {"reason": "money"})
    brief = len(spoken.text.split()) <= _SHORT and not spoken.understood.certain and "?" not in spoken.text
    return Open(NAME, {"reason": "choice"}) if brief and says("nothing chosen yet", spoken.text) else None


def _may_be_a_report(spoken: Spoken) -> bool:
    """Whether a text may tell of a purchase, which is asked about; *sabtu baru beli* lies ahead."""
    if says("not yet oneself", spoken.text) or _waits_for_money(spoken):
        return False
    doubtful = said_of(Milestone.BOUGHT, spoken.text, today=spoken.today) is Said.DOUBTFULLY
    claimed = doubtful or claims(Milestone.BOUGHT, spoken.text, today=spoken.today)
    return claimed and (says("in the past", spoken.text) or day_behind(spoken) or not is_plan(spoken))


def _waits_for_money(spoken: Spoken) -> bool:
    """Whether a text names a day ahead on which money comes: *honor keluar tgl 25, sudah itu baru beli*."""
    return _day_ahead(spoken) is not None and says("no money of one's own", spoken.text)


def _day_ahead(spoken: Spoken) -> date | None:
    """Return the day that a text names, as whoever was asked *kapan* means it: the next such one."""
    moment = read_moment(spoken.text, spoken.local_time) if spoken.understood.entity("date") is not None else None
    return moment.date() if isinstance(moment, datetime) else None


def _put_off(spoken: Spoken) -> Open | None:
    """Read a moment, or a reason why not now; a few words that tell neither still mean not now."""
    text, understood, reason = spoken.text, spoken.understood, _reason_in(spoken.text)
    if reason is None and _is_no_answer(spoken):
        return None
    if denies_own_wave(spoken) is not None:
        return None
    if understood.intent == "thanks" and understood.confidence >= _SURELY and not names_moment(text, spoken):
        return None
    if reason is None and says("not yet oneself", text):
        reason = "later"
    if _is_strange(spoken, reason) or len(text.split()) > _LONGEST:
        return None
    if reason in {"money", "unwilling"} and (alone := moment_alone(spoken) or clause_of_buying(spoken)) is not None:
        return Open("plan", {SAID: alone, "answered": "1"})
    may_plan = reason in {None, "busy", "later", "connection"} and not _only_tells_since_when(spoken)
    if may_plan and (planned := _planned(spoken)) is not None:
        return planned
    long = len(text.split()) > _SHORT
    if reason is None and (understood.certain or _is_likely_else(spoken) or long):
        return None
    if reason == "later" and long and _is_in_trouble(spoken):
        return None  # a *ya* or *tunggu* among other words
    day = _day_ahead(spoken)
    when = {"date": day.isoformat()} if day is not None else {}
    return Open(NAME, {"reason": reason or "later", **when})


def _is_no_answer(spoken: Spoken) -> bool:
    """Whether a text is like what tells neither when nor why not: in small talk *hari ini* is no plan."""
    answer, certain = reply_like(spoken.text)
    if answer not in _NO_ANSWER or not (certain or answer == NONE):
        return False
    return not names_moment(spoken.text, spoken) or (certain and not says("about buying", spoken.text))


def _only_tells_since_when(spoken: Spoken) -> bool:
    """Whether a moment only tells since when somebody can't: *si kecil rewel dari pagi*."""
    since = reply_like(spoken.text) in {(_BUSY, True), (_NO_CONNECTION, True)} and not _just_planned(spoken)
    ahead = any(says(what, spoken.text) for what in ("put ahead", "about buying", "asks leave"))
    digits = any(sign.isdecimal() for sign in spoken.text)
    return since and not (ahead or digits)


def _reason_in(text: str) -> str | None:
    """Return why not now, by the lists, else by what the answer is like."""
    if (listed := first_said(_REASONS, text)) is not None:
        return listed
    answer, certain = reply_like(text)
    return _LIKE.get(answer) if certain else None


def _is_strange(spoken: Spoken, reason: str | None) -> bool:
    """Whether a text is surely about something else than when to buy."""
    understood = spoken.understood
    needs_money = reason == "money" and understood.intent != "purchase_problem" and reply_like(spoken.text)[0] != NONE
    if needs_money or says("only what one is doing", spoken.text):
        return False
    return understood.certain and understood.intent not in _GIVES_WAY


def _is_likely_else(spoken: Spoken) -> bool:
    """Whether few words that give no reason probably tell of something else, such as *otp tidak masuk*."""
    best, heard = spoken.understood, heard_at(Stage.TOLD, spoken)
    if isinstance(heard, Recognised) and heard.open.conversation not in {NAME, *_GIVES_WAY}:
        return True
    first, second = best.guesses[:2]
    trouble = traits_of(first.intent).trouble and traits_of(second.intent).trouble
    either = trouble and first.confidence + second.confidence >= SURE_OF_FAMILY
    return best.intent not in _GIVES_WAY and (best.confidence >= _PROBABLY or either)


def _is_in_trouble(spoken: Spoken) -> bool:
    """Whether a text most likely tells of a trouble with buying or signing in."""
    best = spoken.understood.guesses[0]
    return traits_of(best.intent).trouble and best.confidence >= _PROBABLY and not names_somebody(spoken.text)


def _planned(spoken: Spoken) -> Open | None:
    """Read a moment, or the one that is named in place of another: *jangan jam 8, jam 10 saja*."""
    text, meant = spoken.text, moment_meant(spoken.text, today=spoken.today)
    if not names_moment(meant, spoken) or (day_behind(spoken) and names_somebody(text)):
        return None
    if meant != text or _is_hour_of_plan(spoken):
        return Open("plan", {SAID: meant, "answered": "1", "instead": "1"})
    if says("meant otherwise", text):
        return Open("plan", {SAID: last_moment(without_denied(text), spoken), "answered": "1", "instead": "1"})
    return Open("plan", {SAID: text, "answered": "1"})


def _just_planned(spoken: Spoken) -> bool:
    """Whether a plan was noted last, whose moment may be put right."""
    return spoken.matter is not None and PLANNED in spoken.matter.told


def _is_hour_of_plan(spoken: Spoken) -> bool:
    """Whether an hour without a day is told right after a plan: *besok malam aja*, then *jam 8 lah*."""
    return _just_planned(spoken) and not says("a day", spoken.text) and not says("one moment", spoken.text)


@conversation(
    NAME,
    traits=Traits(
        expects=answers_when,
        listens={Stage.STATEMENT: puts_it_off, Stage.WISH: has_not_bought, Stage.TOLD: waits_for_money},
        subject="beli pelatihan",
        follow_ups=PLAN_QUESTIONS,
    ),
)
async def not_now(turn: Turn) -> Reply | Open:
    """Take the reason seriously, say until when it can wait, and ask for a moment."""
    if turn.too_late:
        return Open("revoked")
    if turn.cutoff is None:
        return Open("deadline")
    reason = turn.told("reason") or "later"
    reply = say(words_for(reason, turn))
    if turn.told("date") is not None and date.fromisoformat(turn.answers["date"]) > turn.cutoff.day:
        reply = reply.also(_("Menunggu sampai hari itu sudah <b>terlambat</b>."))
    when = on_both_clocks(turn.cutoff, turn.place)
    reply = reply.also(_("⏰ Batas belimu {when}\n{left}"), when=when, left=what_is_left(turn.cutoff, turn.now))
    if reason == "agrees":
        return (
            reply.button(_("🛒 Cara beli"), "how_to_buy")
            .button(_("✅ Sudah beli"), "report_bought")
            .about(Matter("plan"))
        )
    reply = reply.button(_("🛒 Beli sekarang"), "how_to_buy")
    if reason == "lost":
        reply = reply.button(_("👣 Pandu satu per satu"), "how_to_buy", step="1")
    if reason == "choice":
        reply = reply.button(_("⭐ Lihat rekomendasi"), "recommend", picks="1")
    if reason == "unwilling":
        return reply.button(_("🔕 Hentikan pengingat"), "reminder_settings", level="none")
    return later_buttons(reply, turn).button(_("🆘 Ada kendala"), "obstacle").about(Matter("plan"))
