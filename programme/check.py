"""Whether the data hold together: what staff should mend before participants hear it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import chain, pairwise

from locales import _, plainly
from programme.cutoffs import cutoff_on
from programme.facts import Certainty, Sourced, last_day_of
from programme.programme import Programme
from programme.rules import Scheme
from programme.waves import Wave


def problems(programme: Programme) -> list[str]:
    """Return one sentence for everything that does not hold together; none where all is well.

    What staff could bring about by an edit is said in the language being spoken, the rest to whoever mends the files.
    """
    return list(
        chain(
            _unsourced(programme),
            _schemes(programme.schemes),
            chain.from_iterable(_wave(wave, programme) for wave in programme.waves.values()),
            _order(programme.waves.values()),
            _trainings(programme),
            _names(programme),
            _calendars(programme),
        )
    )


def _unsourced(programme: Programme) -> Iterator[str]:
    told: list[tuple[str, Sourced]] = [
        *((f"wave {number}", wave) for number, wave in programme.waves.items()),
        *((f"platform {name}", platform) for name, platform in programme.platforms.items()),
        *((f"partner {name}", partner) for name, partner in programme.partners.items()),
        *((f"contact {name}", contact) for name, contact in programme.contacts.items()),
        *((f"failure {name}", failure) for name, failure in programme.failures.items()),
        *((f"obstacle {name}", obstacle) for name, obstacle in programme.obstacles.items()),
        *((f"limit {name}", limit) for name, limit in programme.limits.items()),
        *((f"status {status.text}", status) for status in programme.statuses),
        *((f"rule {scheme.id}.{name}", fact) for scheme in programme.schemes for name, fact in scheme.facts.items()),
    ]
    for name, fact in [*told, *_contacts(programme)]:
        if not fact.source.strip():
            yield f"{name}: no source; write who says so"
        if not _readable(fact.as_of):
            yield f"{name}: as_of is {fact.as_of!r}; write YYYY, YYYY-MM or YYYY-MM-DD"
    for training in programme.catalogue.trainings.values():
        if not training.source.strip() or not _readable(training.seen):
            yield f"training {training.id}: source or seen is missing; write who saw it and when"


def _contacts(programme: Programme) -> Iterator[tuple[str, Sourced]]:
    for platform in programme.platforms.values():
        yield from ((f"contact of {platform.id}", contact) for contact in platform.contacts)
    for partner in programme.partners.values():
        yield from ((f"contact of {partner.id}", contact) for contact in partner.contacts)


def _schemes(schemes: Iterable[Scheme]) -> Iterator[str]:
    ordered = sorted(schemes, key=lambda scheme: scheme.first_wave)
    for before, after in pairwise(ordered):
        if before.last_wave is None or before.last_wave + 1 != after.first_wave:
            told = _("skema {before} dan {after}: gelombangnya harus bersambung, tanpa celah dan tanpa tumpang tindih")
            yield plainly(told, before=before.id, after=after.id)


def in_order(wave: Wave) -> bool:
    """Tell whether a wave opens, closes, is announced and reaches its cutoff in this order."""
    end = cutoff_on(wave.cutoff, wave.certainty, wave.source).at if wave.cutoff else None
    moments = [moment for moment in (wave.opens, wave.closes, wave.announced_at, end) if moment]
    return moments == sorted(moments)


def _wave(wave: Wave, programme: Programme) -> Iterator[str]:
    if not any(scheme.covers(wave.number) for scheme in programme.schemes):
        told = _("gelombang {wave}: tidak masuk skema mana pun; lebarkan gelombang pertama atau terakhirnya")
        yield plainly(told, wave=wave.number)
        return
    if not in_order(wave):
        told = _("gelombang {wave}: buka, tutup, pengumuman, dan batas belinya harus berurutan")
        yield plainly(told, wave=wave.number)
    scheme = programme.scheme(wave.number)
    counted = wave.certainty is not Certainty.PUBLISHED and scheme.announcement_is_day_one
    if wave.cutoff and wave.announced_on and counted:
        by_rule = wave.announced_on + timedelta(days=scheme.days_to_buy - 1)
        if by_rule != wave.cutoff:
            told = _("gelombang {wave}: batas beli {cutoff}, padahal menurut aturan {by_rule}; betulkan salah satunya")
            yield plainly(told, wave=wave.number, cutoff=wave.cutoff.isoformat(), by_rule=by_rule.isoformat())


def _order(waves: Iterable[Wave]) -> Iterator[str]:
    opened = sorted((wave.number, wave.opens) for wave in waves if wave.opens)
    for (number, opens), (later, opens_later) in pairwise(opened):
        if opens_later < opens:
            yield plainly(_("gelombang {wave}: dibuka sebelum gelombang {other}"), wave=later, other=number)


def _trainings(programme: Programme) -> Iterator[str]:
    for training in programme.catalogue.trainings.values():
        for offer in training.offers:
            if offer.platform not in programme.platforms:
                yield f"training {training.id}: platform {offer.platform!r} is not in platforms.toml"
            if offer.price == 0:
                yield f"training {training.id}: a price of 0; leave it out where it is not known"
        for wave in training.picks:
            if wave not in programme.waves:
                yield f"training {training.id}: recommended for wave {wave}, which has no row in waves.tsv"


def _names(programme: Programme) -> Iterator[str]:
    for among in (programme.platforms, programme.partners):
        owner: dict[str, str] = {}
        for one in among.values():
            for name in {alias.casefold() for alias in (one.id, one.name, *one.aliases)}:
                if owner.setdefault(name, one.id) != one.id:
                    told = _("{one}: “{name}” juga berarti {other}; satu sebutan untuk satu saja")
                    yield plainly(told, one=one.id, name=name, other=owner[name])
    for failure in programme.failures.values():
        if failure.partner and failure.partner not in programme.partners:
            told = _("alasan {failure}: mitra “{partner}” tidak ada di daftar mitra")
            yield plainly(told, failure=failure.id, partner=failure.partner)


def _calendars(programme: Programme) -> Iterator[str]:
    for calendar in programme.calendars.values():
        days = [day for day in (calendar.balance_until, calendar.surveys_until) if day]
        if any(day.year != calendar.year for day in days):
            yield f"calendar {calendar.year}: a day lies in another year"


def _readable(as_of: str) -> bool:
    try:
        last_day_of(as_of)
    except ValueError:
        return False
    return True
