"""The turn of the year and 29 February, as people say and hear them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from talking import Talk

from programme.model.participants import Participant
from programme.model.zones import Zone


def _passed(at: str, zone: Zone = Zone.WIB, passed_on: date | None = None) -> Talk:
    return Talk(
        Participant(id=1, welcomed=True, wave=30, zone=zone, passed_on=passed_on), at=datetime.fromisoformat(at)
    )


async def test_a_cutoff_on_the_last_night_of_the_year_is_next_year_in_makassar() -> None:
    talk = _passed("2022-12-31T20:00:00+07:00", Zone.WITA, date(2022, 12, 2))
    await talk.says("batas belinya kapan?")
    assert "31 Desember 2022 pukul 23.59 WIB" in talk.text
    assert "1 Januari 2023 pukul 00.59 WITA" in talk.text


@pytest.mark.parametrize(
    ("at", "said", "kept"),
    [
        ("2024-03-05T09:00:00+07:00", "29 februari", date(2024, 2, 29)),
        ("2023-03-05T09:00:00+07:00", "29 februari 2023", None),
        ("2023-01-02T09:00:00+07:00", "30 desember", date(2022, 12, 30)),
        ("2023-01-01T00:30:00+07:00", "kemarin", date(2022, 12, 31)),
    ],
)
async def test_a_day_is_the_one_that_was_and_one_that_never_was_is_asked_again(
    at: str, said: str, kept: date | None
) -> None:
    talk = _passed(at)
    await talk.opens("start", own_wave="30")
    await talk.says(said)
    await talk.says("jakarta") if kept else None
    assert talk.participant.passed_on == kept


async def test_tomorrow_morning_on_the_last_evening_is_in_the_new_year() -> None:
    talk = _passed("2022-12-31T20:00:00+07:00", passed_on=date(2022, 12, 20))
    await talk.says("ingatkan aku besok pagi jam 8")
    assert talk.participant.plan_at == datetime.fromisoformat("2023-01-01T08:00:00+07:00")
