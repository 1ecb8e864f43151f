"""Long texts arrive whole, in parts that read well."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.splitting import split, width
from tests.channels.markup import html_of
from tests.fakes.telegram_html import read

_WORDS = st.sampled_from(["gelombang ", "&amp;", "&lt;b&gt; ", "😀", "👩🏽‍🌾", "é", "\n", "\n\n", "a" * 30, "  "])

HTML = html_of(_WORDS)


def _letters(source: str) -> str:
    return re.sub(r"\s+", "", read(source, "HTML").text)


@settings(deadline=None, max_examples=60)
@given(HTML, st.integers(20, 60))
def test_every_part_is_well_formed_and_fits_and_nothing_is_lost(source: str, limit: int) -> None:
    parts = split(source, limit)
    assert all(width(part) <= limit for part in parts)
    assert "".join(_letters(part) for part in parts) == _letters(source)


@settings(deadline=None, max_examples=60)
@given(HTML, st.integers(20, 60))
def test_bold_letters_stay_bold(source: str, limit: int) -> None:
    def bold(html: str) -> int:
        shown = read(html, "HTML")
        raw = shown.text.encode("utf-16-le", "surrogatepass")
        inside = {at for kind, start, size, _ in shown.entities if kind == "bold" for at in range(start, start + size)}
        return sum(1 for at in inside if not raw[2 * at : 2 * at + 2].decode("utf-16-le", "replace").isspace())

    assert sum(bold(part) for part in split(source, limit)) == bold(source)


@settings(deadline=None, max_examples=60)
@given(HTML)
def test_width_is_what_telegram_counts(source: str) -> None:
    shown = read(f".{source}.", "HTML")
    assert width(f".{source}.") == shown.units


def test_a_short_text_stays_one() -> None:
    assert split("<b>Halo</b>", 4096) == ["<b>Halo</b>"]


def test_paragraphs_are_kept_together_before_lines_and_lines_before_words() -> None:
    assert split("satu dua\n\ntiga empat", 14) == ["satu dua", "tiga empat"]
    assert split("satu dua\ntiga empat", 14) == ["satu dua", "tiga empat"]
    assert split("satu dua tiga empat", 14) == ["satu dua tiga", "empat"]


def test_a_word_longer_than_a_message_is_cut_but_no_character_is() -> None:
    assert split("😀" * 5, 4) == ["😀😀", "😀😀", "😀"]
    assert split("👩🏽‍🌾" * 2, 8) == ["👩🏽‍🌾", "👩🏽‍🌾"]


def test_open_tags_are_closed_and_opened_again() -> None:
    assert split("<b>satu dua tiga <i>empat lima</i></b>", 16) == ["<b>satu dua tiga</b>", "<b><i>empat lima</i></b>"]


def test_nothing_but_blanks_is_left_to_telegram_to_refuse() -> None:
    assert len(split(" " * 5000, 4096)) == 1


def test_a_long_address_stays_whole_where_it_fits() -> None:
    address = "https://prakerja.go.id/" + "x" * 30
    assert split(f"satu <b>dua</b> {address}", 60) == ["satu <b>dua</b>", address]
