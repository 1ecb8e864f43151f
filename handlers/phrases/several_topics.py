"""*Laundry atau masak, ada ga?*, *mana yang bagus?*: several topics of one wish, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from handlers.phrases.training_wishes import Wishes, wishes
from handlers.understanding import Entity, find_entities
from handlers.understanding.phrases import says
from locales import Html, Rupiah, _, fill
from programme.trainings import Training

_BETWEEN: Final = 24
"""Characters between two topics of one wish."""
_SEVERAL: Final = 2


class Sides(NamedTuple):
    """What several topics found, by topic, and those that found nothing."""

    found: Mapping[str, Training]
    lacking: Sequence[str]


def several_topics(text: str, wished: Wishes, turn: Turn) -> Sides | None:
    """Return what each topic of a text finds with the same price and platform; None where it names but one."""
    topics = _joined(text, [one for one in find_entities(text, today=turn.today) if one.kind == "topic"])
    if len(topics) < _SEVERAL:
        return None
    best = {topic: _best(of_topic(topic, wished), turn) for topic in topics}
    found = {topic: training for topic, training in best.items() if training is not None}
    return Sides(found, [topic for topic in topics if topic not in found])


def of_topic(topic: str, wished: Wishes) -> Wishes:
    """Return the same wishes of another topic."""
    budget = str(wished.budget or "")
    return wishes(topic, None, budget, wished.platform, cheapest=wished.cheapest)


def lacks(topics: Sequence[str]) -> str:
    """Say which topics are not known."""
    return fill(_("Untuk <i>{topics}</i> belum ada di catatanku."), topics=topics)


def side_by_side(sides: Sides, wished: Wishes, text: str) -> Reply:
    """Show the first training of each topic; which is better is nobody's to tell but the person's."""
    reply = say("{lines}", lines=Html("\n".join(map(_line, sides.found, sides.found.values()))))
    reply = reply.after(_("🔎 Ini satu dari masing-masing:"))
    if sides.lacking:
        reply = reply.also("{lacking}", lacking=Html(lacks(sides.lacking)))
    if says("which is better", text):
        reply = reply.also(
            _("Mana yang lebih bagus tidak bisa kunilai: pilih yang paling dekat dengan kerja atau rencana.")
        )
    if any(training.sample for training in sides.found.values()):
        reply = reply.also(_("⚠️ <b>Contoh data</b>: bukan penawaran resmi, judul dan harganya bisa berbeda."))
    reply = reply.also(_("Bandingkan isinya dulu: yang sudah dibeli <b>tidak bisa ditukar</b>."))
    for topic in sides.found:
        label = fill(_("🔎 Lihat {topic}"), topic=topic)
        reply = reply.button(label, "recommend", leaf=of_topic(topic, wished).packed(1))
    return reply


def _joined(text: str, topics: Sequence[Entity]) -> list[str]:
    """Return the topics that *atau* or *dan* puts side by side."""
    joined: dict[str, None] = {}
    for one, other in pairwise(topics):
        between = text[one.end : other.start]
        if one.value != other.value and len(between) <= _BETWEEN and says("joins topics", f"{between} x"):
            joined |= {one.value: None, other.value: None}
    return list(joined)


def _best(wished: Wishes, turn: Turn) -> Training | None:
    found = wished.search(turn.programme, turn.today.year).trainings
    return found[0] if found else None


def _line(topic: str, training: Training) -> str:
    price = fill(" · {price}", price=Rupiah(training.cheapest)) if training.cheapest is not None else ""
    who = fill(" ({name})", name=training.institution) if training.institution else ""
    return fill("• <b>{topic}</b>: {title}{who}{price}", topic=topic, title=training.title, who=who, price=price)
