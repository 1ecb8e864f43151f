"""What the service says of files and rows, the pages say in Indonesian: no sentence is left out."""

from __future__ import annotations

import pytest

from bot.console.import_sentences import in_words
from bot.importing.errors import UnreadableFile
from locales import speaking
from tests.importing.conftest import Bring

ROSTER = """phone,wave,passed_on,zone,bought_on,platform,completed_on
,21,,,,,
0812,21,,,,,
8.12E+11,21,,,,,
081234567801,,,,,,
081234567802,999,,,,,
081234567803,21,besok,,,,
081234567804,21,2031-01-01,,,,
081234567805,21,2019-01-01,,,,
081234567806,21,2021-03-01,,,,
081234567807,21,,Wakanda,,,
081234567808,21,,,,Warung,
081234567809,21,2021-09-22,,2021-09-01,,
081234567810,21,,,2021-04-01,,
081234567811,21,,,2021-10-02,,2021-10-01
081234567812,21,,,,,,lebih
081234567813,21,,,,,
081234567813,20,,,,,
"""
PAYMENTS = """phone,number,amount,status
081234567801,1,600000,
081234567802,1,600000,entah
081234567803,1,600,paid
"""
TRAININGS = """title,platforms,source,seen,sample
,Tokopedia,x,2021,
Sambal,Warung,x,2021,
Sambal,Tokopedia,x,kapan,
Sambal,Tokopedia,x,2031,
Sambal,Tokopedia,x,2021,entah
"""


@pytest.mark.parametrize(
    ("what", "content", "rows"), [("roster", ROSTER, 17), ("incentives", PAYMENTS, 3), ("trainings", TRAININGS, 5)]
)
async def test_every_reason_has_words(read: Bring, what: str, content: str, rows: int) -> None:
    report = await read(content, what)
    assert len(report.bad) == rows
    with speaking("id"):
        assert [reason for _row, reason in report.bad if in_words(reason) == reason] == []
    with speaking("en"):
        assert [in_words(reason) for _row, reason in report.bad] == [reason for _row, reason in report.bad]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "nama,kelas\nSiti,1\n",
        "no hp,hp,wave\n08,08,21\n",
        'phone,wave\n"081234567890,21\n',
        "PK\x03\x04 of a spreadsheet",
        "phone,wave,passed_on\n081234567890,21,22/09/2021\n081234567891,21,09/22/2021\n",
    ],
)
async def test_every_trouble_with_a_file_has_words(read: Bring, content: str) -> None:
    with pytest.raises(UnreadableFile) as trouble:
        await read(content)
    with speaking("id"):
        assert in_words(str(trouble.value)).partition(": ")[2] != str(trouble.value).partition(": ")[2]


async def test_every_note_has_words(read: Bring) -> None:
    report = await read("daftar\nphone,wave,catatan,passed_on\n081234567890,21,x,02/10/2021\n")
    assert len(report.notes) == 3
    with speaking("id"):
        assert [note for note in report.notes if in_words(note) == note] == []
