"""The trainings on offer, and finding among them what a person wishes for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations
from types import MappingProxyType

from rapidfuzz import fuzz

from programme.platforms import Platform, find_named
from programme.topics import Topics, stems
from programme.trainings import Training

__all__ = ["Catalogue", "Found", "Training"]

_NEAR = 10
_SAME, _PART, _COVERED, _ALIKE = 4.0, 3.0, 2.0, 1.0
_ALIKE_FROM, _LONG = 84, 5


@dataclass(frozen=True, slots=True)
class Found:
    """`trainings` fit every wish, best first. `near` are the nearest others, after giving up `relaxed`.

    A training without a known price fits no budget; it is among `near`, with `budget` relaxed.
    """

    trainings: tuple[Training, ...] = ()
    near: tuple[Training, ...] = ()
    relaxed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Wishes:
    topic: tuple[str, ...] = ()
    budget: int | None = None
    platform: str | None = None
    institution: str | None = None
    profession: tuple[str, ...] = ()
    year: int | None = None

    def told(self) -> tuple[str, ...]:
        names = ("budget", "platform", "institution", "profession", "topic")
        return tuple(name for name in names if getattr(self, name) not in {None, ()})


@dataclass(frozen=True, slots=True)
class _Indexed:
    training: Training
    title: frozenset[str]
    profession: frozenset[str]
    institution: frozenset[str]
    stems: frozenset[str]


@dataclass(frozen=True)
class Catalogue:
    """All trainings by id. `platforms` gives people's names for a platform their id."""

    trainings: Mapping[str, Training]
    platforms: Mapping[str, Platform]
    topics: Topics
    _index: tuple[_Indexed, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", tuple(self._indexed(each) for each in self.trainings.values()))

    def get(self, id: str) -> Training | None:  # noqa: A002 - the word for it
        """Return the training with this id."""
        return self.trainings.get(id)

    def picks(self, wave: int) -> tuple[Training, ...]:
        """Return what the programme itself recommended to `wave`."""
        return tuple(training for training in self.trainings.values() if wave in training.picks)

    def plus(self, more: Iterable[Training]) -> Catalogue:
        """Return the catalogue with more trainings; those with a known id replace the old ones."""
        merged = {**self.trainings, **{training.id: training for training in more}}
        return replace(self, trainings=MappingProxyType(merged))

    def without_samples(self) -> Catalogue:
        """Return the catalogue without practice data."""
        real = {id: training for id, training in self.trainings.items() if not training.sample}
        return replace(self, trainings=MappingProxyType(real))

    def search(
        self,
        *,
        topic: str | None = None,
        budget: int | None = None,
        platform: str | None = None,
        institution: str | None = None,
        profession: str | None = None,
        year: int | None = None,
    ) -> Found:
        """Return the trainings that fit the wishes told, ranked; and near ones, with what was given up for them.

        `budget` is the most to pay, in rupiah. `year` leaves out offers of platforms that no longer sold then.
        """
        known = find_named(platform, self.platforms) if platform else None
        wishes = _Wishes(
            topic=self.topics.words(topic or ""),
            budget=budget,
            platform=known.id if known else platform,
            institution=institution,
            profession=self.topics.words(profession or ""),
            year=year,
        )
        exact = self._ranked(wishes)
        near, relaxed = self._near(wishes, {training.id for training in exact})
        return Found(exact, near, relaxed)

    def _near(self, wishes: _Wishes, shown: set[str]) -> tuple[tuple[Training, ...], tuple[str, ...]]:
        told = wishes.told()
        if shown:
            if wishes.budget is None:
                return (), ()
            more = self._ranked(replace(wishes, budget=None))
            unpriced = tuple(one for one in more if one.id not in shown and one.cheapest is None)
            return unpriced[:_NEAR], ("budget",) if unpriced else ()
        for count in range(1, len(told) + 1):
            for given_up in combinations(told, count):
                near = self._ranked(
                    _without(wishes, given_up), partly=wishes if "topic" in given_up else None
                )
                if near and (count < len(told) or "topic" in given_up):
                    return near[:_NEAR], given_up
        return (), ()

    def _ranked(self, wishes: _Wishes, partly: _Wishes | None = None) -> tuple[Training, ...]:
        scored = [
            (score, indexed.training)
            for indexed in self._index
            if self._fits(indexed, wishes) and (score := self._score(indexed, wishes, partly))
        ]
        scored.sort(key=lambda each: (each[1].sample, -each[0], each[1].cheapest or 0, each[1].title))
        return tuple(training for _, training in scored)

    def _fits(self, indexed: _Indexed, wishes: _Wishes) -> bool:
        training = indexed.training
        offers = [offer for offer in training.offers if self._sells(offer.platform, wishes.year)]
        if training.offers and not offers:
            return False
        if wishes.platform is not None and all(offer.platform != wishes.platform for offer in offers):
            return False
        within = [offer for offer in offers if wishes.platform in {None, offer.platform}]
        if wishes.budget is not None and not any(
            offer.price is not None and offer.price <= wishes.budget for offer in within
        ):
            return False
        asked = (wishes.institution or "").casefold()
        return asked in (training.institution or "").casefold()

    def _sells(self, platform: str, year: int | None) -> bool:
        known = self.platforms.get(platform)
        return year is None or known is None or known.sells_in(year)

    def _score(self, indexed: _Indexed, wishes: _Wishes, partly: _Wishes | None) -> float:
        """Return 0 where a wished word is not found, else more the better it fits."""
        topics = [self._closeness(word, indexed) for word in wishes.topic]
        professions = [self._closeness(word, indexed) for word in wishes.profession]
        if not all(topics) or not all(professions):
            return 0.0
        if partly is not None:
            some = sum(self._closeness(word, indexed) for word in partly.topic)
            return some if not wishes.told() else 1.0 + some
        return 1.0 + sum(topics) + sum(professions)

    def _closeness(self, word: str, indexed: _Indexed) -> float:
        if stems(word) & indexed.stems:
            return _SAME
        words = indexed.title | indexed.profession
        if any(_begins(word, other) for other in words):
            return _PART
        if word in indexed.institution:
            return _PART
        if self.topics.covered(word) & indexed.stems:
            return _COVERED
        alike = len(word) >= _LONG and any(fuzz.ratio(word, other) >= _ALIKE_FROM for other in words)
        return _ALIKE if alike else 0.0

    def _indexed(self, training: Training) -> _Indexed:
        title = frozenset(self.topics.words(training.title))
        profession = frozenset(self.topics.words(training.profession or ""))
        institution = frozenset(self.topics.words(training.institution or ""))
        every = frozenset[str]().union(*(stems(word) for word in title | profession))
        return _Indexed(training, title, profession, institution, every)


def _begins(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _LONG and longer.startswith(shorter)


def _without(wishes: _Wishes, names: Iterable[str]) -> _Wishes:
    empty = _Wishes()
    return replace(wishes, **{name: getattr(empty, name) for name in names})
