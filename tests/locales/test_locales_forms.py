"""Days, moments, durations, sums and lists, as each language writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales import (
    Html,
    Rupiah,
    day_and_month,
    fill,
    hours_and_minutes,
    long_date,
    moment,
    plainly,
    short_date,
    speaking,
    spell,
)
from programme.model.zones import Zone

LAST_DAY = date(2021, 10, 21)
CUTOFF = datetime(2021, 10, 21, 16, 59, 59, tzinfo=UTC)
DURATIONS = st.timedeltas(timedelta(0), timedelta(days=400))


@pytest.mark.parametrize(
    ("code", "long", "short"),
    [
        ("id", "Kamis, 21 Oktober 2021", "21 Oktober 2021"),
        ("en", "Thursday, 21 October 2021", "21 October 2021"),
    ],
)
def test_a_day_is_written_with_and_without_its_weekday(code: str, long: str, short: str):
    with speaking(code):
        assert (long_date(LAST_DAY), short_date(LAST_DAY), spell(LAST_DAY)) == (long, short, long)
        assert day_and_month(LAST_DAY) == {"id": "21 Okt", "en": "21 Oct"}[code]


@pytest.mark.parametrize(
    ("code", "zone", "written"),
    [
        ("id", Zone.WIB, "Kamis, 21 Oktober 2021 pukul 23.59 WIB"),
        ("id", Zone.WITA, "Jumat, 22 Oktober 2021 pukul 00.59 WITA"),
        ("id", Zone.WIT, "Jumat, 22 Oktober 2021 pukul 01.59 WIT"),
        ("en", Zone.WIB, "Thursday, 21 October 2021 at 23.59 WIB"),
        ("en", Zone.WIT, "Friday, 22 October 2021 at 01.59 WIT"),
    ],
)
def test_the_cutoff_falls_on_the_next_day_east_of_java(code: str, zone: Zone, written: str):
    with speaking(code):
        assert moment(CUTOFF, zone.tz, zone.value) == written


def test_a_moment_without_a_zone_is_refused():
    """Nobody reads a bare time wrongly: it can't be put into a sentence."""
    with pytest.raises(TypeError, match="time zone"):
        spell(CUTOFF)


@pytest.mark.parametrize(
    ("left", "indonesian", "english"),
    [
        (timedelta(days=3, hours=14, minutes=59), "3 hari 14 jam", "3 days 14 hours"),
        (timedelta(days=1, minutes=5), "1 hari", "1 day"),
        (timedelta(hours=1, minutes=1), "1 jam 1 menit", "1 hour 1 minute"),
        (timedelta(minutes=45, seconds=59), "45 menit", "45 minutes"),
        (timedelta(seconds=59), "0 menit", "0 minutes"),
        (timedelta(seconds=-1), "0 menit", "0 minutes"),
    ],
)
def test_a_duration_is_its_two_largest_units_rounded_down(left: timedelta, indonesian: str, english: str):
    with speaking("id"):
        assert spell(left) == indonesian
    with speaking("en"):
        assert spell(left) == english


@given(DURATIONS)
def test_a_duration_never_promises_more_than_is_left(left: timedelta):
    with speaking("en"):
        words = hours_and_minutes(left).replace(",", "").split()
    sizes = {"day": timedelta(days=1), "hour": timedelta(hours=1), "minute": timedelta(minutes=1)}
    told = sum(
        (int(count) * sizes[unit.rstrip("s")] for count, unit in zip(words[::2], words[1::2], strict=True)),
        timedelta(0),
    )
    assert told <= left
    assert left - told < (timedelta(hours=1) if left >= timedelta(days=1) else timedelta(minutes=1))


@pytest.mark.parametrize(("code", "written"), [("id", "Rp2.400.000"), ("en", "Rp2,400,000")])
def test_rupiah_are_grouped_as_the_language_does(code: str, written: str):
    """Who reads English takes a dot for the start of the sen."""
    with speaking(code):
        assert spell(Rupiah(2_400_000)) == written


@given(st.integers(0, 10**12))
def test_no_rupiah_is_lost_in_writing(amount: int):
    assert int(spell(Rupiah(amount)).removeprefix("Rp").replace(".", "")) == amount


def test_plain_numbers_are_grouped_as_the_language_does():
    with speaking("id"):
        assert spell(754929) == "754.929"
    with speaking("en"):
        assert spell(754929) == "754,929"


def test_a_list_ends_with_and():
    with speaking("id"):
        assert spell(["OVO", "DANA", "BNI"]) == "OVO, DANA, dan BNI"
        assert spell(("OVO", "DANA")) == "OVO dan DANA"
    with speaking("en"):
        assert spell(["OVO", "DANA", "BNI"]) == "OVO, DANA and BNI"
        assert spell([Rupiah(50_000), LAST_DAY]) == "Rp50,000 and Thursday, 21 October 2021"


def test_what_people_wrote_can_not_become_markup():
    assert fill("Kata: <i>{words}</i>", words="<b>& lewat") == "Kata: <i>&lt;b&gt;&amp; lewat</i>"
    assert fill("{names}", names=["<a>", "b"]) == "&lt;a&gt; dan b"


def test_what_is_markup_already_is_left_alone():
    assert fill("{when}\n{left}", when=Html("<b>21 Oktober</b>"), left="1 < 2") == "<b>21 Oktober</b>\n1 &lt; 2"


@given(st.text())
def test_words_that_are_shown_as_they_are_stay_as_they_were_typed(text: str):
    """Of a message's HTML they are what one reads; without it nothing is escaped."""
    assert plainly("{text}", text=text) == unescape(fill("{text}", text=text)) == text


@given(st.text())
def test_no_text_brings_a_tag_into_a_message(text: str):
    written = fill("{text}", text=text)
    assert "<" not in written
    assert ">" not in written


def test_braces_that_people_write_are_only_braces():
    assert fill("{words}", words="{wave} {0}") == "{wave} {0}"
