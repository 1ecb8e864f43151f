"""The data hold together, and what does not is said in one sentence."""

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import pytest
from waves import with_waves

from programme.check import problems
from programme.facts import Certainty
from programme.programme import Programme
from programme.trainings import Offer, Training


def test_nothing_is_wrong_with_the_data(programme: Programme):
    assert problems(programme) == []


def spoilt_wave(programme: Programme, **facts: object) -> list[str]:
    return problems(with_waves(programme, [replace(programme.waves[14], **facts)]))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"source": " "}, "wave 14: no source"),
        ({"as_of": "lately"}, "wave 14: as_of is 'lately'"),
        ({"cutoff": date(2021, 4, 16)}, "padahal menurut aturan 2021-04-15"),
        ({"cutoff": date(2021, 3, 1), "certainty": Certainty.PUBLISHED}, "harus berurutan"),
    ],
)
def test_a_spoilt_wave_is_told(programme: Programme, facts: dict[str, object], sentence: str):
    assert any(sentence in problem for problem in spoilt_wave(programme, **facts))


def test_a_published_day_may_differ_from_the_rule(programme: Programme):
    assert spoilt_wave(programme, cutoff=date(2021, 4, 20), certainty=Certainty.PUBLISHED) == []


def test_waves_open_in_order(programme: Programme):
    opens = programme.waves[14].opens
    assert opens is not None
    told = spoilt_wave(programme, opens=opens - timedelta(days=60))
    assert told == ["gelombang 14: dibuka sebelum gelombang 13"]


def test_gaps_between_schemes_are_told(programme: Programme):
    first, second = programme.schemes
    gap = replace(programme, schemes=(first, replace(second, first_wave=50)))
    told = problems(gap)
    assert any(
        sentence.startswith("skema semi_bansos dan skema_normal: gelombangnya harus bersambung") for sentence in told
    )
    assert any(sentence.startswith("gelombang 48: tidak masuk skema mana pun") for sentence in told)


def test_a_training_must_be_sold_by_a_known_platform_for_a_price(programme: Programme):
    odd = Training(id="odd", title="x", offers=(Offer("Warung", 0),), seen="2021", source="", picks=(99,))
    told = problems(programme.with_trainings([odd]))
    assert len(told) == 4
    assert "training odd: platform 'Warung' is not in platforms.toml" in told


def test_an_alias_leads_to_one_platform_only(programme: Programme):
    twin = replace(programme.platforms["pintaria"], aliases=("tokped",))
    platforms = MappingProxyType({**programme.platforms, "pintaria": twin})
    assert any("“tokped” juga berarti" in problem for problem in problems(replace(programme, platforms=platforms)))


def test_a_failure_names_a_known_partner(programme: Programme):
    failure = replace(programme.failures["held"], partner="bank x")
    failures = MappingProxyType({**programme.failures, "held": failure})
    told = problems(replace(programme, failures=failures))
    assert told == ["alasan held: mitra “bank x” tidak ada di daftar mitra"]


def test_a_calendar_stays_within_its_year(programme: Programme):
    calendar = replace(programme.calendars[2021], surveys_until=date(2022, 1, 1))
    told = problems(replace(programme, calendars={2021: calendar}))
    assert told == ["calendar 2021: a day lies in another year"]
