"""English as it is chatted: what decides by words hears the same as in Indonesian, and records no more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from programme.model.milestones import Milestone
from programme.model.zones import Zone
from tests.handlers.talking import Talk

LINES = (Path(__file__).parent / "no_purchase_in_english.txt").read_text("utf-8").split("== reply\n")
SINGLE, REPLIES = ([line for line in part.splitlines() if not line.startswith("#")] for part in LINES)


@pytest.fixture
def english(jakarta: Talk) -> Talk:
    """A participant of wave 21 who speaks English and has not told where they live."""
    jakarta.participant = replace(jakarta.participant, language="en", zone=None)
    return jakarta


@pytest.mark.parametrize(
    "said",
    [
        "i bought it yesterday at tokopedia",
        "already buy at tokopedia yesterday",
        "so i have bought it at tokopedia last night",
        "I've already paid for the course at tokopedia this morning",
    ],
)
async def test_a_purchase_told_in_english_is_noted(said: str, english: Talk) -> None:
    await english.says(said)
    assert english.participant.progress[Milestone.BOUGHT].platform == "tokopedia"


@pytest.mark.parametrize(
    "said",
    [
        "i not yet buy",
        "so i buy it at tokopedia then",
        "ok so i buy at tokopedia",
        "i will buy at tokopedia tonight",
        "i almost bought it at tokopedia",
        "i think i bought it at tokopedia",
        "my wife bought hers at tokopedia yesterday",
        "she already bought at tokopedia",
        "should i have bought it at tokopedia by now?",
        "i didn't buy at tokopedia yesterday",
        "i haven't bought it at tokopedia yet",
        "maybe i already bought at tokopedia",
        "he said he bought it at tokopedia yesterday",
        "i would have bought it at tokopedia yesterday",
        "if i had bought it at tokopedia yesterday",
        "i could not buy at tokopedia yesterday",
        "i was going to buy it at tokopedia yesterday",
        "i bought rice at tokopedia yesterday",
        "i wish i bought it yesterday at tokopedia",
        "i never bought anything at tokopedia",
        "i nearly paid for the course at tokopedia yesterday",
        "i was told i already bought at tokopedia",
        "i failed to buy at tokopedia yesterday",
        "i tried to buy it yesterday at tokopedia",
    ],
)
async def test_what_is_no_plain_purchase_in_english_is_not_noted(said: str, english: Talk) -> None:
    await english.says(said)
    assert not english.participant.has(Milestone.BOUGHT), english.plain


@pytest.mark.parametrize("said", SINGLE)
async def test_nothing_that_only_names_a_purchase_is_noted(said: str, english: Talk) -> None:
    await english.says(said)
    assert not english.participant.progress, english.plain


@pytest.mark.parametrize("said", REPLIES)
async def test_no_answer_that_leaves_the_purchase_open_is_noted(said: str, english: Talk) -> None:
    await english.says("remind me tomorrow at 7 pm")
    await english.says(said)
    assert not english.participant.progress, english.plain


@pytest.mark.parametrize(
    "said", ["i not finish yet the course", "i almost finished the course", "i will finish the course tomorrow"]
)
async def test_what_is_not_finished_in_english_is_not_noted(said: str, english: Talk) -> None:
    await english.says("i bought it yesterday at tokopedia")
    await english.says(said)
    assert not english.participant.has(Milestone.COMPLETED)


@pytest.mark.parametrize(
    ("said", "zone"),
    [("i'm in bali", Zone.WITA), ("I live in Jayapura", Zone.WIT), ("hi, we are staying in Kupang now", Zone.WITA)],
)
async def test_where_one_is_is_noted_in_english(said: str, zone: Zone, english: Talk) -> None:
    await english.says(said)
    assert english.participant.zone is zone


@pytest.mark.parametrize(
    "said",
    ["my brother lives in makassar", "i was in bali last week", "what if i was in bali", "is it the same in bali?"],
)
async def test_where_one_is_not_is_not_noted_in_english(said: str, english: Talk) -> None:
    await english.says(said)
    assert english.participant.zone is None


async def test_an_hour_is_one_of_the_town_that_was_told(english: Talk) -> None:
    await english.says("i'm in bali")
    await english.says("remind me tonight at 9")
    assert english.participant.plan_at is not None
    assert f"{english.participant.plan_at.astimezone(Zone.WITA.tz):%H.%M}" == "21.00"


async def test_a_moment_that_is_only_supposed_is_held_against_the_cutoff(english: Talk) -> None:
    await english.says("i'm in bali")
    await english.says("what if i buy on 22 october at half past midnight")
    assert "23.30 WIB" in english.plain
    assert "too late" not in english.plain
