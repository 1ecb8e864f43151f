"""Until when a training that was bought has to be finished."""

from __future__ import annotations

from typing import Final

from handlers.dialogue.listening import Recognised, Spoken, Stage
from handlers.dialogue.register import Traits, conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.ask_prakerja import ask_prakerja
from handlers.phrases.before_cutoff import with_cutoff
from handlers.phrases.bought_words import bought_words
from handlers.phrases.contact_buttons import in_words, with_contacts
from handlers.phrases.next_step import with_next_step
from handlers.phrases.which_platform import own_platform
from handlers.phrases.which_rules import which_rules
from handlers.phrases.year_end import with_year_end
from handlers.understanding.phrases import says
from handlers.understanding.reports import claims
from handlers.understanding.spelling import spelt
from locales import N_, _
from programme.calendars import YearEnd
from programme.model.messages import Open
from programme.model.milestones import Milestone

_ONLY_BUYING: Final = "buying"
_FINISHING: Final = "finishing"
"""That the cutoff is for buying alone, or that the class must be finished by then: what was asked about."""
_BITS: Final = "bits"
"""That it may be learnt bit by bit."""
_ASKED: Final = "in_time"
"""The answer that tells that it was asked what the cutoff is for."""


def asks_by_when(spoken: Spoken) -> Recognised | None:
    """Hear *kapan terakhir selesai kelasnya*."""
    if not (says("finish by when", spoken.text) or says("when the class starts", spoken.text)):
        return None
    return Recognised(Open("finish_by", spoken.told), "finish_by", spoken.understood.confidence)


def asks_what_must_be_in_time(spoken: Spoken) -> Recognised | None:
    """Hear *harus selesai dulu sebelum tanggal 21, atau cukup beli?*, and *boleh dicicil belajarnya?*."""
    if says("learning bit by bit", spoken.text) and not claims(Milestone.BOUGHT, spoken.text, today=spoken.today):
        return Recognised(Open("finish_by", {**spoken.told, _ASKED: _BITS}), "finish_by", spoken.understood.confidence)
    if says("which comes first", spoken.text) or not _asks(spoken.text):
        return None
    if says("to learn on a day", spoken.text) and not claims(Milestone.BOUGHT, spoken.text, today=spoken.today):
        return Recognised(Open("finish_by", {**spoken.told, _ASKED: "1"}), "finish_by", spoken.understood.confidence)
    either = says("buying or finishing", spoken.text)
    if not either and (what := _which_of_the_two(spoken)) is not None:
        return Recognised(Open("finish_by", {**spoken.told, _ASKED: what}), "finish_by", spoken.understood.confidence)
    if not either:
        return None
    of_two = spoken.matter is not None and spoken.matter.conversation in {"second_training", "balance"}
    if of_two and spoken.understood.entity("date") is None:
        return None  # which of two comes first
    return Recognised(Open("finish_by", {**spoken.told, _ASKED: "1"}), "finish_by", spoken.understood.confidence)


def _which_of_the_two(spoken: Spoken) -> str | None:
    """Hear *tgl 21 cuma buat beli kan?* and *bener harus selesai sebelum tgl 21?*: of the cutoff's own day."""
    days = {entity.value for entity in spoken.understood.entities if entity.kind == "date"}
    of_it = bool(days) or says("until when of anything", spoken.text)
    if not of_it or says("a second training", spoken.text):
        return None
    if says("it must be finished by then", spoken.text):
        return _FINISHING
    return _ONLY_BUYING if says("only for buying", spoken.text) else None


def _asks(text: str) -> bool:
    asked = any(says(what, text) for what in ("a question", "a question at its end", "is it so", "is it true"))
    return asked or not {"atau", "or"}.isdisjoint(token.word for token in spelt(text))


@conversation(
    "finish_by",
    about=N_("Batas menyelesaikan pelatihan"),
    traits=Traits(
        tells=True,
        slots=frozenset({"platform"}),
        listens={Stage.FIRST: asks_what_must_be_in_time, Stage.WISH: asks_by_when},
    ),
)
async def finish_by(turn: Turn) -> Reply:
    """Tell the days that are known, and say plainly that none is known for finishing."""
    rules, platform = await which_rules(turn), own_platform(turn)
    if turn.told(_ASKED) in {_ONLY_BUYING, _FINISHING}:
        return _what_the_cutoff_is_for(turn)
    if turn.told(_ASKED) not in {None, _BITS} and not turn.too_late:
        return _buying_is_enough(turn)
    reply = (
        _in_bits()
        if turn.told(_ASKED) == _BITS
        else say(
            _(
                "📆 Batas <b>menyelesaikan</b> pelatihan tidak ada di sumberku; jadwal dan masa aksesnya ditentukan "
                "lembaga dan platformnya. Yang pasti ada batasnya: <b>membeli</b> pelatihan pertama."
            )
        )
    )
    if rules.scheme.next_training_days is not None:
        words = _("Pelatihan berikutnya dibeli dalam <b>{days} hari</b> setelah yang pertama selesai.")
        reply = reply.also(words, days=rules.scheme.next_training_days)
    reply = with_cutoff(with_year_end(reply, YearEnd.BALANCE, turn), turn)
    if platform is not None and platform.contacts:
        words = _("Tanya dulu {name}: {ways}.")
        reply = reply.also(words, name=platform.name, ways=in_words(platform.contacts))
        reply = with_contacts(reply, platform.name, platform.contacts)
    return ask_prakerja(reply, turn)


def _in_bits() -> Reply:
    """Nothing is known against learning bit by bit, nor until when it may last."""
    return say(
        _(
            "🐢 Belajar sedikit-sedikit: di sumberku <b>tidak ada larangannya</b>. Batas menyelesaikannya juga tidak "
            "ada di situ; jadwal dan masa aksesnya ditentukan lembaga dan platformnya. Jangan terlalu lama: insentif "
            "baru dijadwalkan setelah pelatihan selesai dan ulasan terisi."
        )
    )


def _buying_is_enough(turn: Turn) -> Reply:
    """Say what the cutoff is for: the rule names the purchase."""
    words = _(
        "✅ Yang harus sebelum batas cukup <b>membeli</b> pelatihan pertama. Kelasnya diikuti menurut jadwal lembaga "
        "dan platformnya; batas menyelesaikannya tidak ada di sumberku."
    )
    return with_next_step(with_cutoff(say(words), turn), turn)


def _what_the_cutoff_is_for(turn: Turn) -> Reply:
    """Answer yes or no, then whether it still concerns the person."""
    if turn.told(_ASKED) == _ONLY_BUYING:
        reply = say(_("✅ Ya, batas itu cuma untuk <b>membeli</b> pelatihan pertama."))
    else:
        reply = say(_("❌ Tidak: batas itu untuk <b>membeli</b> pelatihan pertama, bukan untuk menyelesaikannya."))
    if turn.is_behind(Milestone.BOUGHT):
        reply = reply.also(bought_words(turn))
    reply = reply.also(_("Batas menyelesaikannya tidak ada di sumberku: ikuti jadwal lembaga dan platformnya."))
    return with_next_step(with_cutoff(reply, turn), turn)
