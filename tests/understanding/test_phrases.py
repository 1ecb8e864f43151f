"""What is said by the way is heard however it is spelt, and its lists are well written."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import handlers
from handlers.phrases.aspects import WORDS
from handlers.understanding.lexicon import rows
from handlers.understanding.phrases import names, says, without


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("not in the dashboard", "wis tuku tapi neng dashboard durung muncul"),
        ("no purchase after all", "eh ternyata blm jadi beli"),
        ("no purchase after all", "ternyata kemarin gagal"),
        ("one moment", "ntar mlm aja"),
        ("one moment", "2jam lagi"),
        ("to be reminded", "elingno aku yo"),
        ("fewer reminders", "kesering2an nih"),
        ("no reminders", "mohon pengingat dinonaktifkan"),
        ("leave me alone", "JANGAN chat lagi"),
        ("all reminders", "nyalain lagi dong"),
        ("the account is locked", "akunku terkunci"),
        ("the balance is missing", "mana saldoku"),
        ("the balance is missing", "saldo prakerjaku kok 0"),
        ("the balance as cash", "bisa diambil ga"),
        ("bought but not shown", "td udh beli tp blm muncul"),
        ("more of them", "ada lagi dong kak!"),
        ("nothing to add", "udah, itu aja kak"),
        ("how far the complaint is", "Aduanku?"),
        ("a complaint", "saya mau komplain"),
        ("not known", "hilap euy"),
        ("should it be given", "kita kase le?"),
        ("bot or person", "ngana ni bot ka orang?"),
        ("a careless answer", "kalau kujawab apa adanya nanti insentif ndik cair kah?"),
        ("must one pay oneself", "pelatihan tu bayar pakai duit kite ke?"),
    ],
)
def test_it_is_heard_as_written_or_as_meant(what: str, text: str):
    """Slang, capitals and regional words say the same."""
    assert says(what, text)


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("not in the dashboard", "udah beli, muncul di dashboard"),
        ("no purchase after all", "kelas yang kubeli ternyata belum mulai"),
        ("one moment", "ganti jam pengingat"),
        ("no reminders", "pengingat otomatis"),
        ("all reminders", "nonaktifkan pengingat"),
        ("the account is locked", "kata kunci"),
        ("the balance is missing", "beli di mana"),
        ("the balance is missing", "belum dipakai"),
        ("the balance is missing", "saldo gelombang ini dari program tahun 0"),
        ("the balance as cash", "diambil kelasnya kapan"),
        ("bought but not shown", "saldo sudah dipakai bayar tapi kelas belum muncul"),
        ("more of them", "lagi cari kelas"),
        ("nothing to add", "sudah tiga minggu"),
        ("a complaint", "paspor saya ditahan agen, lapor ke mana"),
        ("who says so", "masak"),
        ("a parcel", "lumayan buat ongkir"),
        ("a trade", "sampai kapan batas beli"),
    ],
)
def test_it_is_not_heard_where_it_is_not_said(what: str, text: str):
    """Half a phrase, or a word within another, says nothing."""
    assert not says(what, text)


def test_a_long_text_that_nearly_says_it_takes_no_time():
    """Parts that are found are not looked for again in other ways, of which such a text has millions."""
    assert not says("bought but not shown", "sudah beli belum " * 2000)


def test_names_that_are_data_of_their_own_are_heard():
    """A name may have two words, and is no part of another word."""
    assert names("pakai Bahasa Inggris ya", "bahasa inggris", "English")
    assert not names("keinggris-inggrisan", "inggris")


def test_what_is_said_can_be_taken_out():
    """The rest of the words stays."""
    assert without("cheapest first", "Kelas masak yang termurah").split() == ["kelas", "masak", "yang"]


def test_the_code_asks_for_every_list_and_for_no_other():
    """A list that nobody asks for is for nothing, and a name misspelt would fail in the middle of a talk."""
    listed = {what for what, _ in rows("phrases.tsv")}
    trees = [ast.parse(path.read_text("utf-8")) for path in Path(handlers.__path__[0]).rglob("*.py")]
    written = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    written |= {asked for _matter, asked in WORDS}
    asked = {name for tree in trees for name in _asked_for(tree)}
    assert asked
    assert asked <= listed <= written


def _asked_for(tree: ast.AST) -> Iterator[str]:
    """Yield the names in calls of `says(what, ...)` and `matches(turn, what)`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"says", "matches"}:
            yield from (each.value for each in node.args if isinstance(each, ast.Constant) and each.value)


def test_every_list_has_a_name_and_phrases():
    """One row a list, and no phrase is empty."""
    listed = list(rows("phrases.tsv"))
    assert len({what for what, _ in listed}) == len(listed)
    assert all(phrase.strip() for _, phrases in listed for phrase in phrases.split(","))
