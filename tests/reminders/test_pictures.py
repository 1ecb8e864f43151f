"""The deadline picture: what a person sees of it, on a phone and in a list of chats."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from reminders.pictures.deadline_card import DeadlineCard, TextBlock, draw, layout
from reminders.pictures.lettering import Box
from reminders.pictures.shapes import CALM, GREY, INK, SIDE, SOON, TODAY, TOMORROW, WHITE, Colour, Mood, mood

THREE_DAYS = DeadlineCard(
    headline="3 hari lagi",
    days_left=3,
    date_line="Kamis, 21 Oktober 2021",
    time_line="23.59 WIB",
    own_time_line=None,
    footer="Beli pelatihan pertamamu",
)
MAKASSAR = replace(THREE_DAYS, own_time_line="00.59 WITA, Jumat 22 Oktober")
LAST_DAY = replace(MAKASSAR, headline="Tinggal 6 jam lebih", days_left=0, today="Hari ini!")
CARD = Box(0, 0, SIDE, SIDE)
EDGE = 32  # pixels around the card where no word may stand

words = st.one_of(st.text(max_size=300), st.text("aÅWgjÉ il.", max_size=300), st.just("W" * 300))
cards = st.builds(
    DeadlineCard,
    headline=words,
    days_left=st.integers(0, 400),
    date_line=words,
    time_line=words,
    own_time_line=st.none() | words,
    footer=words,
    today=st.none() | words,
)


def picture(card: DeadlineCard) -> Image.Image:
    return Image.open(BytesIO(draw(card))).convert("RGB")


def text_of(block: TextBlock) -> str:
    return " ".join(line.text for line in block.lines)


def set_texts(card: DeadlineCard) -> list[str]:
    return [text_of(block) for block in layout(card) if block.lines]


@pytest.mark.parametrize("card", [THREE_DAYS, MAKASSAR, LAST_DAY, replace(THREE_DAYS, days_left=14)])
def test_it_is_a_square_png_that_a_slow_connection_can_load(card: DeadlineCard) -> None:
    """Channels show 1080 x 1080 unscaled; 150 kB load in seconds even on 2G."""
    png = draw(card)
    image = Image.open(BytesIO(png))
    assert (image.format, image.size) == ("PNG", (SIDE, SIDE))
    assert len(png) < 150_000


def test_a_whole_wave_gets_the_same_bytes() -> None:
    """Drawing again gives the same bytes, and the second person costs nothing."""
    assert draw.__wrapped__(MAKASSAR) == draw.__wrapped__(MAKASSAR)
    assert draw(MAKASSAR) is draw(replace(MAKASSAR))


def test_the_days_are_told_once() -> None:
    """ "3 hari lagi" is a large 3 with "hari lagi" below it."""
    assert set_texts(THREE_DAYS) == [
        "3",
        "hari lagi",
        "Kamis, 21 Oktober 2021",
        "23.59 WIB",
        "Beli pelatihan pertamamu",
    ]


def test_a_headline_without_the_number_stays_whole() -> None:
    """ "Besok batasnya" stands below the 1."""
    assert set_texts(replace(THREE_DAYS, headline="Besok batasnya", days_left=1))[:2] == [
        "1",
        "Besok batasnya",
    ]


def test_the_last_day_tells_the_hours_in_its_headline() -> None:
    """Not a 0, but the hours, and below them that it is today; a person in Makassar sees both times."""
    assert set_texts(LAST_DAY) == [
        "Tinggal 6 jam lebih",
        "Hari ini!",
        "Kamis, 21 Oktober 2021",
        "23.59 WIB",
        "00.59 WITA, Jumat 22 Oktober",
        "Beli pelatihan pertamamu",
    ]


def test_a_day_that_is_not_named_leaves_no_empty_pill() -> None:
    """Without it the headline takes its room."""
    without = replace(LAST_DAY, today=None)
    assert "Hari ini!" not in set_texts(without)
    assert picture(without).getpixel((540, 640)) != WHITE
    assert picture(LAST_DAY).getpixel((540, 638)) == WHITE


def test_past_the_cutoff_there_is_no_picture() -> None:
    """A negative number of days is a mistake of the caller."""
    with pytest.raises(ValueError, match="past"):
        replace(THREE_DAYS, days_left=-1)


@settings(max_examples=25, deadline=None)
@example(replace(LAST_DAY, headline="0000¿ À"))
@given(cards)
def test_no_words_in_any_language_leave_the_card_or_run_into_each_other(card: DeadlineCard) -> None:
    """Whatever is written, each line stays in its slot, and slots and lines keep apart."""
    blocks = [block for block in layout(card) if block.lines]
    lines = [line for block in blocks for line in block.lines]
    assert all(CARD.holds(block.slot) for block in blocks)
    assert all(block.slot.holds(line.box) for block in blocks for line in block.lines)
    assert not any(meet(one.slot, other.slot) for one, other in combinations(blocks, 2))
    assert not any(overlap(one.box, other.box) > 0.1 for one, other in combinations(lines, 2))


def meet(one: Box, other: Box) -> bool:
    return overlap(one, other) > 0


def overlap(one: Box, other: Box) -> float:
    """The share of the lower box that the two have in common."""
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(0, width) * max(0, height) / max(1, other.width * other.height)


@pytest.mark.parametrize("days_left", [0, 1, 30])
def test_long_words_leave_the_edge_of_the_picture_clean(days_left: int) -> None:
    """The drawn pixels agree with the layout: the edge is the same with long words and with none."""
    long = DeadlineCard("Ayo " * 70, days_left, "W" * 90, "M" * 90, "É" * 90, "g" * 500, "Q" * 90)
    blank = DeadlineCard("", days_left, "", "", "", "", " ")
    difference = ImageChops.difference(picture(long), picture(blank))
    difference.paste(0, (EDGE, EDGE, SIDE - EDGE, SIDE - EDGE))
    assert difference.getbbox() is None


def test_words_that_are_too_many_end_in_an_ellipsis() -> None:
    """The reader sees that something is missing."""
    assert set_texts(replace(THREE_DAYS, footer="beli sekarang " * 40))[-1].endswith("…")


def test_two_lines_are_about_equally_long() -> None:
    """No word is left alone on the second line."""
    sentence = "Beli pelatihan pertamamu sebelum kepesertaanmu dicabut, jangan sampai terlewat ya"
    first, second = layout(replace(THREE_DAYS, footer=sentence))[-1].lines
    assert second.box.width > first.box.width / 2


def test_emoji_are_left_out() -> None:
    """The font has no emoji; a box in their place would look broken."""
    assert (
        set_texts(replace(THREE_DAYS, footer="Beli sekarang \N{FIRE}\N{VARIATION SELECTOR-16}"))[-1] == "Beli sekarang"
    )


@pytest.mark.parametrize("card", [THREE_DAYS, replace(THREE_DAYS, days_left=1), replace(MAKASSAR, days_left=14)])
def test_the_number_is_legible_in_a_thumbnail(card: DeadlineCard) -> None:
    """Scaled to 120 pixels the number is still as tall as a line of large print."""
    (number,) = layout(card)[0].lines
    assert number.box.height * 120 / SIDE >= 28


@pytest.mark.parametrize("headline", ["Hari terakhir!", "Last day!"])
def test_the_last_day_is_legible_in_a_thumbnail(headline: str) -> None:
    """Scaled to 120 pixels its words are as large as the text of a chat."""
    assert min(line.size for line in layout(replace(LAST_DAY, headline=headline))[0].lines) * 120 / SIDE >= 20


def test_the_everyday_lines_are_legible_on_a_phone() -> None:
    """At 300 of its 1080 pixels, as in a chat, nothing is below 12 pixels."""
    for card in (THREE_DAYS, MAKASSAR, LAST_DAY):
        assert all(line.size * 300 / SIDE >= 12 for block in layout(card) for line in block.lines)


def test_the_colour_grows_urgent_as_the_days_run_out() -> None:
    """Calm, amber, orange, red."""
    assert [mood(days) for days in (30, 7, 4, 3, 2, 1, 0)] == [CALM, CALM, CALM, SOON, SOON, TOMORROW, TODAY]


@pytest.mark.parametrize("colours", [CALM, SOON, TOMORROW, TODAY])
def test_every_word_stands_out_from_what_is_behind_it(colours: Mood) -> None:
    """WCAG AA: at least 4.5 to 1."""
    pairs = [
        (colours.on_ground, colours.ground),
        (colours.on_ground, colours.glow),
        (colours.accent, WHITE),
        (INK, WHITE),
        (GREY, WHITE),
    ]
    assert all(contrast(one, other) >= 4.5 for one, other in pairs)


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio as WCAG 2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Colour) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (c / 255 for c in colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_importing_the_module_does_not_load_pillow() -> None:
    """`sobat chat` starts at once."""
    code = "import sys, reminders.pictures.deadline_card; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603
