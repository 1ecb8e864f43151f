"""The whole programme, loaded from the data files: what everything else asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType

from programme.calendars import Calendar, load_calendars
from programme.catalogue import Catalogue
from programme.contacts import Contact, contact_from
from programme.cutoffs import Cutoff, find_cutoff
from programme.edits import NO_EDITS, Edits
from programme.failures import Failure, failure_from
from programme.limits import Limit, limit_from
from programme.loading import load_records
from programme.model.participants import Participant
from programme.model.payments import PaymentStatus
from programme.obstacles import Obstacle, obstacle_from
from programme.organisations import find_named
from programme.partners import Partner, partner_from
from programme.platforms import Platform, platform_from
from programme.rules import Scheme, load_schemes
from programme.statuses import StatusText, load_statuses
from programme.topics import load_topics
from programme.trainings import Training, load_trainings
from programme.waves import Wave, load_waves

DATA = Path(__file__).with_name("data")


@dataclass(frozen=True, kw_only=True, repr=False)
class Programme:
    """Everything that the bot may say about Kartu Prakerja, each fact with its source."""

    waves: Mapping[int, Wave]
    schemes: tuple[Scheme, ...]
    calendars: Mapping[int, Calendar]
    platforms: Mapping[str, Platform]
    partners: Mapping[str, Partner]
    contacts: Mapping[str, Contact]
    failures: Mapping[str, Failure]
    obstacles: Mapping[str, Obstacle]
    limits: Mapping[str, Limit]
    statuses: tuple[StatusText, ...]
    catalogue: Catalogue

    def wave(self, number: int, now: datetime) -> Wave | None:
        """Return a wave as it was known at `now`; None without a row, or before it could be known."""
        wave = self.waves.get(number)
        return wave.as_known_at(now) if wave else None

    def latest_wave(self, now: datetime) -> Wave | None:
        """Return the wave with the highest number that was known at `now`."""
        known = (self.wave(number, now) for number in sorted(self.waves, reverse=True))
        return next((wave for wave in known if wave), None)

    def open_wave(self, now: datetime) -> Wave | None:
        """Return the wave whose registration is known to be open at `now`."""
        return next((self.wave(wave.number, now) for wave in self.waves.values() if wave.is_open(now)), None)

    def scheme(self, wave: int) -> Scheme:
        """Return the rules of a wave. Raises LookupError for a number that no scheme covers."""
        found = next((scheme for scheme in self.schemes if scheme.covers(wave)), None)
        if found is None:
            raise LookupError(f"no scheme in rules.toml covers wave {wave}")
        return found

    def calendar(self, wave: int, now: datetime) -> Calendar | None:
        """Return the last days of the programme year to which a wave belongs, as far as known at `now`."""
        found = next((calendar for calendar in self.calendars.values() if calendar.covers(wave)), None)
        return found.as_known_at(now) if found else None

    def calendar_of(self, year: int, now: datetime) -> Calendar | None:
        """Return the last days of a programme year, as far as known at `now`."""
        found = self.calendars.get(year)
        return found.as_known_at(now) if found else None

    def cutoff(self, wave: int, passed_on: date | None = None) -> Cutoff | None:
        """Return the first-purchase cutoff of a wave, or None where nothing allows it.

        The published day is the truth, whatever `passed_on` (a day in WIB) says; else the rule counts from
        the broadcast; else from `passed_on`. Only what is published or derived may be told as certain.
        """
        if not any(scheme.covers(wave) for scheme in self.schemes):
            return None
        return find_cutoff(self.waves.get(wave), self.scheme(wave), passed_on)

    def cutoff_of(self, participant: Participant) -> Cutoff | None:
        """Return the cutoff of one person, as far as their wave is known."""
        return self.cutoff(participant.wave, participant.passed_on) if participant.wave else None

    def platform(self, name: str) -> Platform | None:
        """Return the platform that people call `name`: its id, name or an alias."""
        return find_named(name, self.platforms)

    def sellers(self, year: int) -> list[Platform]:
        """Return the platforms that sell trainings in a year."""
        return [one for one in self.platforms.values() if one.sells_in(year)]

    def partner(self, name: str) -> Partner | None:
        """Return the payment partner that people call `name`."""
        return find_named(name, self.partners)

    def payment_status(self, text: str) -> PaymentStatus | None:
        """Return what the dashboard's words for a payment's status mean; None where no source tells."""
        said = " ".join(text.split()).casefold()
        return next((each.status for each in self.statuses if said.startswith(each.text.casefold())), None)

    def with_trainings(self, more: Iterable[Training]) -> Programme:
        """Return the programme with more trainings; those with a known id replace the old ones."""
        return replace(self, catalogue=self.catalogue.plus(more))

    def without_samples(self) -> Programme:
        """Return the programme without practice data in its catalogue."""
        return replace(self, catalogue=self.catalogue.without_samples())

    def become(self, newer: Programme) -> None:
        """Say from now on what `newer` says: everybody in a process holds the one programme, and goes on with it.

        Nothing awaits meanwhile, so nobody sees half of it.
        """
        for each in fields(self):
            object.__setattr__(self, each.name, getattr(newer, each.name))


def load_programme(folder: Path | None = None, edits: Edits = NO_EDITS) -> Programme:
    """Return the programme of a folder of data files, with `edits` laid over them.

    The house's own is read once where no folder is named and nothing edited. Raises DataError naming file, line
    and what to fix.
    """
    return _own() if folder is None and not edits.by_row else _read(folder or DATA, edits)


@cache
def _own() -> Programme:
    return _read(DATA, NO_EDITS)


def _read(folder: Path, edits: Edits) -> Programme:
    platforms = load_records(folder / "platforms.toml", platform_from, edits)
    trainings = load_trainings(folder / "trainings.tsv", folder / "picks.tsv", platforms)
    by_id = MappingProxyType({training.id: training for training in trainings})
    return Programme(
        waves=load_waves(folder / "waves.tsv", edits),
        schemes=load_schemes(folder / "rules.toml", edits),
        calendars=load_calendars(folder / "calendars.toml"),
        platforms=platforms,
        partners=load_records(folder / "partners.toml", partner_from, edits),
        contacts=load_records(folder / "contacts.toml", lambda _name, entry: contact_from(entry), edits),
        failures=load_records(folder / "failures.toml", failure_from, edits),
        obstacles=load_records(folder / "obstacles.toml", obstacle_from),
        limits=load_records(folder / "otp.toml", limit_from),
        statuses=load_statuses(folder / "payment_statuses.tsv"),
        catalogue=Catalogue(by_id, platforms, load_topics(folder / "topics.tsv")),
    )
