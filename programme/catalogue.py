"""The trainings on offer, and finding among them what a person wishes for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations
from types import MappingProxyType

from programme.matching import Indexed, SearchTerms, asked, closeness, indexed
from programme.organisations import find_named
from programme.platforms import Platform
from programme.topics import Topics
from programme.trainings import Offer, Training

_NEAR = 10
_LEAST_WANTED_FIRST = ("budget", "platform", "topic")


@dataclass(frozen=True, slots=True)
class SearchResult:
    """`trainings` fit every wish, best first. `near` are the nearest others, after giving up `relaxed`.

    A training without a known price fits no budget; it is among `near`, with `budget` relaxed.
    """

    trainings: tuple[Training, ...] = ()
    near: tuple[Training, ...] = ()
    relaxed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Wishes:
    topic: tuple[SearchTerms, ...] = ()
    budget: int | None = None
    platform: str | None = None
    year: int | None = None

    def told(self) -> tuple[str, ...]:
        return tuple(name for name in _LEAST_WANTED_FIRST if getattr(self, name) not in {None, ()})

    def without(self, names: Iterable[str]) -> _Wishes:
        return replace(self, **{name: getattr(_NOTHING, name) for name in names})


_NOTHING = _Wishes()


@dataclass(frozen=True)
class Catalogue:
    """All trainings by id. `platforms` turns people's names for a platform into its id."""

    trainings: Mapping[str, Training]
    platforms: Mapping[str, Platform]
    topics: Topics
    _index: tuple[Indexed, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = tuple(indexed(training, self.topics) for training in self.trainings.values())
        object.__setattr__(self, "_index", index)

    def picks(self, wave: int) -> tuple[Training, ...]:
        """Return what the programme itself recommended to `wave`."""
        return tuple(training for training in self.trainings.values() if wave in training.picks)

    def plus(self, more: Iterable[Training]) -> Catalogue:
        """Return the catalogue with more trainings; those with a known id replace the old ones."""
        added = {training.id: training for training in more}
        return replace(self, trainings=MappingProxyType({**self.trainings, **added})) if added else self

    def without_samples(self) -> Catalogue:
        """Return the catalogue without practice data."""
        real = {training.id: training for training in self.trainings.values() if not training.sample}
        return replace(self, trainings=MappingProxyType(real))

    def search(
        self,
        *,
        topic: str | None = None,
        budget: int | None = None,
        platform: str | None = None,
        year: int | None = None,
    ) -> SearchResult:
        """Return the trainings that fit the wishes, ranked, and near ones with what was given up for them.

        `budget` is the most to pay, in rupiah. With a `year`, offers of platforms that no longer sold
        then are left out. Real trainings come before samples.
        """
        known = find_named(platform, self.platforms) if platform else None
        wishes = _Wishes(
            topic=asked(topic, self.topics),
            budget=budget,
            platform=known.id if known else platform or None,
            year=year,
        )
        exact = self._ranked(wishes)
        near, relaxed = self._unpriced(wishes) if exact else self._nearest(wishes)
        return SearchResult(exact, near, relaxed)

    def _unpriced(self, wishes: _Wishes) -> tuple[tuple[Training, ...], tuple[str, ...]]:
        if wishes.budget is None:
            return (), ()
        fitting = self._ranked(wishes.without(["budget"]))
        unpriced = tuple(training for training in fitting if training.cheapest is None)[:_NEAR]
        return unpriced, ("budget",) if unpriced else ()

    def _nearest(self, wishes: _Wishes) -> tuple[tuple[Training, ...], tuple[str, ...]]:
        """Give up as few wishes as possible, the least wanted first; of a topic, keep what words can be kept."""
        told = wishes.told()
        for count in range(1, len(told) + 1):
            for given_up in combinations(told, count):
                kept = wishes.topic if "topic" in given_up else ()
                near = self._ranked(wishes.without(given_up), partly=kept, needed=count == len(told))
                if near:
                    return near[:_NEAR], given_up
        return (), ()

    def _ranked(
        self, wishes: _Wishes, partly: tuple[SearchTerms, ...] = (), *, needed: bool = False
    ) -> tuple[Training, ...]:
        scored = []
        for one in self._index:
            offers = self._selling(one.training, wishes.year)
            if not _fits(one.training, offers, wishes):
                continue
            closest = [closeness(wish, one) for wish in wishes.topic]
            some = sum(closeness(wish, one) for wish in partly)
            if all(closest) and (some or not (partly and needed)):
                scored.append((sum(closest) + some, replace(one.training, offers=offers)))
        scored.sort(key=lambda each: (each[1].sample, -each[0], each[1].cheapest or 0, each[1].title))
        return tuple(training for _, training in scored)

    def _selling(self, training: Training, year: int | None) -> tuple[Offer, ...]:
        if year is None:
            return training.offers
        return tuple(offer for offer in training.offers if self._sells(offer.platform, year))

    def _sells(self, platform: str, year: int) -> bool:
        known = self.platforms.get(platform)
        return known is None or known.sells_in(year)


def _fits(training: Training, offers: tuple[Offer, ...], wishes: _Wishes) -> bool:
    """Tell whether offers fit; a training that is no longer sold anywhere fits nobody."""
    if training.offers and not offers:
        return False
    there = [offer for offer in offers if wishes.platform in {None, offer.platform}]
    if wishes.platform and not there:
        return False
    budget = wishes.budget
    return budget is None or any(offer.price is not None and offer.price <= budget for offer in there)
