"""The benchmark on another domain: its own word list, and what that is good for."""

from __future__ import annotations

from pathlib import Path

from benchmarks.xsid import CONCEPTS, Method, Row, right, trained, with_concepts, without_concepts
from handlers.understanding.concepts import about
from handlers.understanding.lexicon import concepts_in

TAUGHT = """
batalkan alarm saya	cancel
hapus alarm besok pagi	cancel
tampilkan alarm saya	show
perlihatkan alarm besok pagi	show
setel alarm saya	set
pasang alarm besok pagi	set
"""
ASKED = """
tiadakan alarm besok	cancel
singkirkan alarm pagi	cancel
tinjau alarm besok	show
sebutkan alarm pagi	show
buatkan alarm besok	set
aktifkan alarm pagi	set
"""


def lines(told: str) -> list[Row]:
    return [Row((*text.split(),), intent) for text, intent in (row.split("\t") for row in told.strip().splitlines())]


def learned(method: Method) -> float:
    return right(trained(lines(TAUGHT), method), lines(ASKED))


def test_words_are_found_in_the_list_under_their_prefixes_and_suffixes() -> None:
    """A stem is enough; a word may be about several things, and a word of no list about none."""
    found = with_concepts().about
    assert found("penundaannya") == found("tunda") == ("SNOOZE",)
    assert {"ALARM", "WAKE"} <= {*found("membangunkan")}
    assert found("prakerja") == ()


def test_the_domain_and_the_programme_keep_their_concepts_apart() -> None:
    """The programme's list stays what it is, whatever another list says."""
    assert "BATAS" in about("batas")
    assert "BATAS" not in with_concepts().about("batas")


def test_the_list_has_single_words_as_the_classifier_sees_them() -> None:
    """A phrase or a capital letter would never be found; an empty word is a slip of the comma."""
    listed = concepts_in(CONCEPTS)
    assert all(word and word == word.lower() and word.isalnum() for word in listed)


def test_a_word_that_no_line_taught_is_understood_by_its_concept() -> None:
    """What the list is for: another verb of the same meaning."""
    assert learned(with_concepts()) == 1
    assert learned(without_concepts()) < 1


def test_a_list_of_ones_own_is_read_from_its_path(tmp_path: Path) -> None:
    """Comments are left out; a word in two rows is about both."""
    (tmp_path / "own.tsv").write_text("# concept\twords\nBIRD\tayam, bebek\nFOOD\tayam\n", "utf-8")
    found = with_concepts(tmp_path / "own.tsv").about
    assert (found("ayam"), found("bebeknya"), found("alarm")) == (("BIRD", "FOOD"), ("BIRD",), ())
