"""Bold and italic words arrive as such, and nothing else is changed by WhatsApp's reading of signs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.plain import plain
from bot.channels.splitting import units
from bot.channels.whatsapp.markup import WORD_JOINER, parts, written
from tests.channels.markup import html_of
from tests.fakes.whatsapp_text import read

ADDRESSES = (
    "https://www.prakerja.go.id/a_b_c/*x*",
    "https://wa.me/?text=_halo_%20*teman*",
    "info_1@prakerja.go.id",
    "prakerja.go.id/_x_",
)
_WORDS = (
    "gelombang",
    "21",
    "😀",
    "é",
    "a_b",
    "2*3*4",
    " ",
    " ",
    " ",
    "\n",
    "\n- ",
    "\n1. ",
    "\n> ",
    "\n* ",
    ".",
    "(",
    ")",
)
_SIGNS = ("*", "_", "~", "`", "```", "* ", " *", " _x_ ", "&lt;", "&amp;")
_SPACED = tuple(f" {address} " for address in ADDRESSES)
_PLAIN = st.sampled_from((*_WORDS, *_SIGNS, *_SPACED))

HTML = html_of(_PLAIN)


@given(HTML)
def test_every_word_is_seen_as_it_was_written(source: str) -> None:
    assert read(written(source)).text == plain(source)


@given(st.lists(_PLAIN, max_size=40).map("".join))
def test_what_is_neither_bold_nor_italic_has_no_looks(source: str) -> None:
    without = re.sub("|".join(re.escape(each) for each in ADDRESSES), "", source)
    seen = read(written(without))
    assert not any(words for words in seen.styled.values())
    assert not seen.listed


@given(HTML)
def test_nothing_is_put_into_an_address(source: str) -> None:
    shown = written(source)
    for address in ADDRESSES:
        assert shown.count(address) == source.count(address)


@given(HTML, st.integers(60, 120))
def test_parts_fit_with_their_marks_and_lose_nothing(source: str, limit: int) -> None:
    found = parts(source, limit)
    assert all(units(part) <= limit for part in found)
    assert re.sub(r"\s", "", "".join(read(part).text for part in found)) == re.sub(r"\s", "", plain(source))


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("Halo <b>dunia </b>ya", "Halo *dunia* ya"),
        ("<b> Kamis, 21 Oktober</b>, ya", " *Kamis, 21 Oktober*, ya"),
        ("<b>satu\ndua <i>tiga</i> empat</b>", "*satu*\n*dua _tiga_ empat*"),
        ("<i>satu <b>dua</b> tiga</i>", "_satu_ *_dua_* _tiga_"),
        ("(<b>tebal</b>): &lt;b&gt;", "(*tebal*): <b>"),
        ("<b>lihat https://a.id/_x_ ya</b>", "*lihat* https://a.id/_x_ *ya*"),
    ],
)
def test_marks_hug_the_words(source: str, shown: str) -> None:
    assert written(source) == shown


@pytest.mark.parametrize("source", ["Rp<b>600</b>ribu", "<b>a</b><i>b</i>", "<b>2*3</b>", "<b> </b>", "*<b>x</b>"])
def test_where_marks_would_be_seen_there_are_none(source: str) -> None:
    assert written(source).replace(WORD_JOINER, "") == plain(source)


@pytest.mark.parametrize("source", ["2*3*4 = 24", "file_name_x", "5 * 3 * 2", "a - b", "jam 1.30"])
def test_harmless_signs_stay_as_they_are(source: str) -> None:
    assert written(source) == source
