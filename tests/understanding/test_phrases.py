"""What is said by the way is heard however it is spelt, and its lists are well written."""

from __future__ import annotations

import pytest

from handlers.understanding.lexicon import rows
from handlers.understanding.phrases import says


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
    ],
)
def test_it_is_not_heard_where_it_is_not_said(what: str, text: str):
    """Half a phrase, or a word within another, says nothing."""
    assert not says(what, text)


def test_every_list_has_a_name_and_phrases():
    """One row a list, and no phrase is empty."""
    listed = list(rows("phrases.tsv"))
    assert len({what for what, _ in listed}) == len(listed)
    assert all(phrase.strip() for _, phrases in listed for phrase in phrases.split(","))
