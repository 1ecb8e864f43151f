"""What a person wishes of a training: a topic, a price, a platform; small enough to travel in a button."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from math import inf
from urllib.parse import quote

from handlers.dialogue.turn import Turn
from handlers.understanding import find_entities
from handlers.understanding.phrases import says, without
from handlers.understanding.reports import names_training
from handlers.understanding.ruled_out import meant_rather
from locales import Html, Rupiah, _, fill
from programme.catalogue import SearchResult
from programme.facts import Certainty
from programme.model.messages import Sort
from programme.programme import Programme
from programme.topics import stems
from programme.trainings import Training

AFFORDABLE = 500_000
"""The most to pay, in rupiah, that a button offers to start from; no fact."""
LAST_PAGE = 99
"""The highest page that packed wishes have room for."""
ROOM = 40
"""Bytes that a button leaves for packed wishes, after its signature and the name of the conversation."""

_WORD = re.compile(r"[^\W_]+")
_KINDS = ("topic", "profession", "budget", "platform")
_NEAR = 3
"""Words from *pelatihan* to what it is about."""
_NO_TOPIC = frozenset({"kelas", "pelatihan", "kursus"})
_CHEAP = "cheapest first"
_TO_LEARN = frozenset(("topic", "profession"))
_NOT_SOUGHT = ("one's own work", "denied before")
_CHEAPEST_FIRST = "murah"


@dataclass(frozen=True, slots=True)
class Wishes:
    """`budget` is the most to pay in rupiah, `platform` an id; `cheapest` come first where that was asked for.

    Made by `wishes`, they fit into a button.
    """

    topic: str | None = None
    budget: int | None = None
    platform: str | None = None
    cheapest: bool = False

    def __bool__(self) -> bool:
        return self != Wishes()

    def packed(self, page: int) -> str:
        """Write the wishes and a page (from 1 to `LAST_PAGE`) as one short answer."""
        packed = f"{page},{self.budget or ''},{self.platform or ''},{self.topic or ''}"
        return f"{packed},{_CHEAPEST_FIRST}" if self.cheapest else packed

    def search(self, programme: Programme, year: int) -> SearchResult:
        """Return what the catalogue has for these wishes on platforms that sell in `year`.

        Uncertain trainings, and those that were last seen in an earlier year, come after the others. Who wants to sell
        online sees titles about that first; then come those whose seller is known. With
        `cheapest` it is the price that counts before the doubt, and what has no known price comes last.
        """
        catalogue = programme.catalogue
        found = catalogue.search(topic=self.topic, budget=self.budget, platform=self.platform, year=year)

        online = says("of the internet", self.topic or "")

        def doubtful(training: Training) -> tuple[bool, bool, bool, bool]:
            unsure = training.certainty is Certainty.UNSURE or int(training.seen[:4]) < year
            elsewhere = online and not says("of the internet", training.title)
            return training.sample, unsure, elsewhere, not training.offers

        near = found.near if "topic" in found.relaxed else tuple(sorted(found.near, key=doubtful))
        found = replace(found, trainings=tuple(sorted(found.trainings, key=doubtful)), near=near)
        if not self.cheapest:
            return found
        by_price = partial(sorted, key=self._price)
        return replace(found, trainings=tuple(by_price(found.trainings)), near=tuple(by_price(found.near)))

    def price_of(self, training: Training) -> int | None:
        """Return the lowest known price in rupiah, on the platform wished for or on any; None where none is known."""
        there = (offer for offer in training.offers if self.platform in {None, offer.platform})
        return min((offer.price for offer in there if offer.price is not None), default=None)

    def _price(self, training: Training) -> float:
        price = self.price_of(training)
        return inf if price is None else price

    def how_many(self, programme: Programme, year: int) -> int:
        """Return how many trainings the catalogue has for these wishes, and near them."""
        found = self.search(programme, year)
        return len(found.trainings) + len(found.near)

    def found_nothing(self, programme: Programme, year: int) -> bool:
        """Whether the catalogue has neither what is wished for nor anything near it."""
        return not self.how_many(programme, year)

    def changed(self, new: Wishes) -> Wishes:
        """Return these wishes with what `new` names instead; anything else stays."""
        budget, platform = new.budget or self.budget, new.platform or self.platform
        cheapest = new.cheapest or self.cheapest
        return wishes(new.topic or self.topic, None, str(budget or ""), platform, cheapest=cheapest)

    def in_words(self, programme: Programme) -> Html:
        """Write the wishes as the person would list them, but for the order."""
        told = [fill("{topic}", topic=self.topic)] if self.topic else []
        if self.budget:
            told.append(fill(_("sampai {budget}"), budget=Rupiah(self.budget)))
        if self.platform and (platform := programme.platforms.get(self.platform)):
            told.append(fill(_("di {platform}"), platform=platform.name))
        return Html(", ".join(told))


def wishes(
    topic: str | None, profession: str | None, budget: str | None, platform: str | None, *, cheapest: bool = False
) -> Wishes:
    """Make wishes of what was understood; a topic too long for a button is cut at a word."""
    words = [*dict.fromkeys(_WORD.findall(f"{topic or ''} {profession or ''}".casefold()))]
    most = int(budget) or None if budget and budget.isdecimal() and len(budget) <= 8 else None
    blank = Wishes(None, most, platform, cheapest)
    return replace(blank, topic=_cut(words, ROOM - len(blank.packed(LAST_PAGE))))


def unpacked(packed: str) -> tuple[Wishes, int] | None:
    """Read wishes and page back; None where the text is not of that kind."""
    match packed.split(","):
        case [page, budget, platform, topic, *order] if page.isdecimal() and order in ([], [_CHEAPEST_FIRST]):
            return wishes(topic, None, budget, platform or None, cheapest=bool(order)), max(1, int(page))
        case _:
            return None


def told(turn: Turn) -> Wishes:
    """Return what the opening message wished for, in its named things or in other words of it."""
    if _denies(turn.said):
        return written(turn.said, turn)
    topic, profession, budget, platform = map(turn.told, _KINDS)
    if now := _TO_LEARN & {one.kind for one in find_entities(turn.said, today=turn.today)}:
        topic, profession = (topic if "topic" in now else None), (profession if "profession" in now else None)
    if sought := _sought(turn.said, turn):
        topic, profession = sought.get("topic"), sought.get("profession")
    known = turn.programme.platform(platform) if platform else None
    cheapest = says(_CHEAP, turn.said)
    found = wishes(topic, profession, budget, known.id if known else None, cheapest=cheapest)
    found = _narrowed(found, turn.said, turn)
    if not found and (argument := turn.told("argument")):
        return written(argument, turn)
    typed = turn.incoming.sort is Sort.TEXT and not turn.incoming.text.startswith("/")
    said = turn.said or (turn.incoming.text if typed else "")
    return _or_by_its_words(found, said, turn) if said else found


def _sought(text: str, turn: Turn) -> dict[str, str]:
    """Return the topic and the profession that are looked for, where a text names several of them.

    What stands behind *pelatihan* is: *mau jualan, ada kelas bikin sambal?*; one's own work and what is denied is not:
    *sy guru bahasa inggris, mau belajar excel*.
    """
    named = [one for one in find_entities(text, today=turn.today) if one.kind in _TO_LEARN]
    if len({one.value for one in named}) < 2:
        return {}
    led = [one for one in named if names_training(" ".join(text[: one.start].split()[-_NEAR:]))]
    other = [one for one in named if not any(says(what, text[: one.start]) for what in _NOT_SOUGHT)]
    return {one.kind: one.value for one in (*reversed(other), *reversed(led))}


def written(text: str, turn: Turn) -> Wishes:
    """Return the wishes in the answer to *what do you want to learn?*."""
    return _or_by_its_words(named(text, turn), text, turn)


def named(text: str, turn: Turn) -> Wishes:
    """Return the wishes that a text names: a known topic or profession, a price, a platform; none that it denies."""
    text = (meant_rather(text) or text) if _denies(text) else text
    found: dict[str, str] = {}
    for entity in find_entities(text, today=turn.today, kinds=_KINDS):
        found.setdefault(entity.kind, entity.value)
    if sought := _sought(text, turn):
        found = {kind: value for kind, value in found.items() if kind not in _TO_LEARN} | sought
    platform = turn.programme.platform(found.get("platform", ""))
    sold_by = platform.id if platform else None
    topic = found.get("topic") if found.get("topic") not in _NO_TOPIC else None
    meant = wishes(topic, found.get("profession"), found.get("budget"), sold_by, cheapest=says(_CHEAP, text))
    return _narrowed(meant, text, turn)


def _narrowed(found: Wishes, text: str, turn: Turn) -> Wishes:
    """Add what of a text stands in the title of something found: *masakan nusantara* wishes for more than to cook."""
    for one in find_entities(text, today=turn.today):
        if one.kind in _TO_LEARN and one.value not in (found.topic or ""):
            text = text.replace(one.text, " ")  # of another topic, which may be denied
    for word in turn.programme.catalogue.topics.words(text[:200]) if found.topic else ():
        if stems(word) & {stem for known in (found.topic or "").split() for stem in stems(known)}:
            continue
        longer = replace(found, topic=f"{found.topic} {word}")
        titles = [one.title.casefold().split() for one in longer.search(turn.programme, turn.today.year).trainings]
        names_it = any(one.startswith(word) for title in titles for one in title)
        if len(longer.packed(LAST_PAGE)) <= ROOM and names_it:
            found = longer
    return found


def _denies(text: str) -> bool:
    return says("denied first", text) or says("denied beside it", text)


def _or_by_its_words(found: Wishes, text: str, turn: Turn) -> Wishes:
    """Where nothing was found, or only an order, look for it by the other words."""
    if found and found != Wishes(cheapest=True):
        return found
    meant = (meant_rather(text) or text) if _denies(text) else text
    return replace(_by_its_words(without(_CHEAP, meant), turn), cheapest=found.cheapest)


def _by_its_words(text: str, turn: Turn) -> Wishes:
    """Take words that find something although they name no known topic: an institution, a title."""
    words = turn.programme.catalogue.topics.words(text[:200])
    found = wishes(" ".join(words), None, None, None)
    return found if found and found.search(turn.programme, turn.today.year).trainings else Wishes()


def _cut(words: list[str], room: int) -> str | None:
    kept = ""
    for word in words:
        longer = f"{kept} {word}".strip()
        if len(quote(longer, safe=" /:")) > room:
            break
        kept = longer
    if words and not kept:
        kept = "".join(sign for sign in words[0] if sign.isascii())[:room]
    return kept or None
