"""A list is understood however an office saved it, or the message says what was read."""

from __future__ import annotations

import csv
import stat
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.importing.errors import UnreadableFile
from bot.importing.intake import Import, Report
from bot.importing.lists import Office
from bot.importing.rolls import LISTS
from tests.importing.conftest import Bring

PLAIN = "phone,wave\n081234567890,21\n081234567891,21\n"


@pytest.mark.parametrize(
    "content",
    [
        PLAIN,
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace(",", "|"),
        "sep=;\n" + PLAIN.replace(",", ";"),
        "sep=|\r\n" + PLAIN.replace(",", "|").replace("\n", "\r\n"),
        "Daftar peserta lolos\nper 22 September 2021\n\n" + PLAIN,
        "Daftar peserta; gelombang dua puluh satu, Makassar;\n" + PLAIN,
        "No HP;Gelombang\n081234567890;Gelombang 21\n081234567891;Gel. ke-21\n",
        "NO. HP (terdaftar)\tGel.\n081234567890\t21.0\n081234567891\t21,0\n",
        'nama,Nomor_HP,GELOMBANG\n"Sari, S.Pd",\'0812-3456-7890,21\nBudi,"=""081234567891""",21\n',
    ],
)
async def test_separators_titles_and_headings(content: str, read: Bring) -> None:
    report = await read(content)
    assert (report.good, report.bad) == (2, [])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
async def test_encodings(encoding: str, read: Bring) -> None:
    report = await read("phone;wave;nama\n081234567890;21;José\n081234567891;21;Zoë\n".encode(encoding))
    assert (report.good, report.bad) == (2, [])
    assert encoding != "cp1252" or "Windows-1252" in report.notes[0]


async def test_tsv_and_its_ending(read: Bring) -> None:
    assert (await read(PLAIN.replace(",", "\t"), name="list.tsv")).good == 2


async def test_the_sheet_with_the_list_is_found_wherever_it_stands(office: Office, tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["Petunjuk", "isi lembar kedua"])
    sheet = book.create_sheet("Data")
    for row in (["Rekap"], [], ["No HP", "Gelombang", "Tgl Lolos", "Sudah Beli"]):
        sheet.append(row)
    sheet.append([81234567890.0, 21, datetime(2021, 9, 22), True])  # noqa: DTZ001 - a cell has no zone
    sheet.append(["0812-3456-7891", "Gelombang 21", 44461, "belum"])
    book.create_sheet("Cadangan").append(["phone", "wave"])
    book.save(tmp_path / "list.xlsx")
    report = await Import(None, office).take(LISTS["roster"], tmp_path / "list.xlsx", Report())
    assert (report.good, report.bad) == (2, [])
    assert any("Data" in note for note in report.notes)
    assert any("Cadangan" in note for note in report.notes)


async def test_a_sheet_that_nobody_sees_is_not_read_before_one_that_is_seen(office: Office, tmp_path: Path) -> None:
    """An old list that lies hidden in the file."""
    book = Workbook()
    assert book.active is not None
    for sheet, wave in ((book.active, 20), (book.create_sheet("Gel 21"), 21)):
        sheet.append(["phone", "wave"])
        sheet.append(["081234567890", wave])
    book.active.title, book.active.sheet_state = "Lama", "hidden"
    book.active = 1
    book.save(tmp_path / "list.xlsx")
    report = await Import(None, office).take(LISTS["roster"], tmp_path / "list.xlsx", Report())
    assert (report.good, report.notes[0].partition(",")[0]) == (1, "NOT read: Lama")


async def test_what_a_phone_puts_around_a_number_is_passed_over(read: Bring) -> None:
    """Marks for the way of writing, as numbers have that were copied out of an address book."""
    report = await read("phone,wave\n\u202a+62 812-3456-7890\u202c,21\n\u2066081234567891\u2069,\u200e21\n")
    assert (report.good, report.bad) == (2, [])


async def test_no_cell_keeps_the_others_from_being_read(read: Bring) -> None:
    """Years at the ends of the calendar, a NUL, and a number without end."""
    rows = ("081234567891,21,9999-12-31T23:59Z", "081234567892,21,0001-01-01 00:00+14:00", "0812\x00345,21,")
    report = await read("\n".join(["phone,wave,passed_on", *rows, f"081234567893,{'9' * 5000},", "081234567890,21,"]))
    assert (report.good, [row for row, _ in report.bad]) == (1, [2, 3, 4, 5])


async def test_what_is_told_of_a_row_names_nobody(read: Bring) -> None:
    """Where the columns have moved, a name stands in place of a number."""
    report = await read(
        "phone,wave\nSiti Aminah,21\nsiti.aminah@mail.id,21\n081234567890,Budi Santoso\n0812\x003456789x,21"
    )
    told = " ".join(reason for _, reason in report.bad)
    assert (len(report.bad), "'S… A…' is no Indonesian mobile number" in told) == (4, True)
    assert not [name for name in ("Siti", "Aminah", "siti", "Budi", "Santoso", "3456") if name in told]
    with pytest.raises(UnreadableFile, match=r"what was read is: S… A… \| 0812… \(12 digits\) \| 21"):
        await read("Siti Aminah,081234567890,21\nBudi,081234567891,21\n")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00", "is a spreadsheet; give it its ending"),
        ("Telepon Rumah;Batch\n021508133;21\n", "lacks phone; what was read is: Telepon Rumah | Batch .*semicolons"),
        ("081234567890,21\n081234567891,21\n", "lacks phone, wave"),
        ("No HP;Telepon;Gelombang\n1;2;3\n", "'No HP' and 'Telepon' are read as phone"),
        (PLAIN + '"081234567892,21\n081234567893,21\n', 'a quote .* is not closed from row 4'),
        ('phone,wave,nama\n081234567890,21,"Sari\n081234567891,21,Budi\n081234567892,21,"Ani\n', "from row 2"),
        (PLAIN.encode() + "081234567892,21,é\n".encode() + b"081234567893,21,\xe9\n", "row 5 holds a byte"),
        (PLAIN.encode("utf-16") + b"\x00", "row 4"),
        ("phone,wave,passed_on\n081234567890,21,22/09/2021\n081234567891,21,09/22/2021\n", "row 2 .* row 3"),
    ],
)  # fmt: skip
async def test_a_file_that_cant_be_read_says_why_and_where(content: str | bytes, told: str, read: Bring) -> None:
    with pytest.raises(UnreadableFile, match=told) as refused:
        await read(content)
    assert "081234567" not in str(refused.value)


async def test_what_is_odd_about_a_file_is_said(read: Bring) -> None:
    report = await read("Rekap\nphone,wave,passed_on,nama\n081234567890,21,09/10/2021,Sari\n")
    assert report.notes == [
        "the heading is in row 2",
        "columns that are not read: nama",
        "days are read day first, so 09/10/2021 is 9 October: no row tells otherwise",
    ]


ROSTER = "phone,wave,passed_on,zone,bought_on,platform,completed_on\n"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("081234567890,1.8,,,,,", "wave: '1.8' is no whole number"),
        ("081234567890,-21,,,,,", "wave: '-21' is no whole number"),
        ("081234567890,180,,,,,", "wave"),
        ("081234567890,0,,,,,", "wave"),
        ("081234567890,,,,,,", "wave: is empty"),
        (",21,,,,,", "phone: is empty"),
        ("8.12E+11,21,,,,,", r"phone: '8.12E\+11': Excel lost digits"),
        ("81234567823.5,21,,,,,", "no Indonesian mobile number"),
        ("8123456782.3,21,,,,,", "no Indonesian mobile number"),
        ("081234567890 / 081234567891,21,,,,,", "no Indonesian mobile number"),
        ("hubungi 081234567890,21,,,,,", "no Indonesian mobile number"),
        ("3273011205900003,21,,,,,", "16 digits"),
        ("081234567890,21,2021-09-22junk,,,,", "passed_on"),
        ("081234567890,21,2021-09-01,,,,", "before wave 21 opened"),
        ("081234567890,21,22/09/1921,,,,", "before the programme began"),
        ("081234567890,21,2021-09-22,,2031-10-19,,", "2031-10-19, which is still to come"),
        ("081234567890,21,2021-09-22,,2021-09-21,,", "bought_on: 2021-09-21 is before passed_on"),
        ("081234567890,21,,,2021-09-21,,", "before wave 21 was announced"),
        ("081234567890,21,2021-09-22,,2021-10-19,,2021-10-18", "completed_on: 2021-10-18 is before bought_on"),
        ("081234567890,21,,Atlantis,,,", "write WIB, WITA or WIT"),
        ("081234567890,21,,,,Tokoijo,", "no known platform"),
        ("081234567890,21,,,,,,,21", "has 9 cells where the heading has 7"),
    ],
)
async def test_a_row_that_cant_be_right_is_refused_with_what_was_read(row: str, why: str, read: Bring) -> None:
    report = await read(f"{ROSTER}081234567899,21,,,,,\n{row}\n")
    assert report.good == 1
    [(number, reason)] = report.bad
    assert number == 3
    with pytest.raises(ValueError, match=why):
        raise ValueError(reason)
    assert "081234567890" not in reason
    assert "3273011205900003" not in reason


@pytest.mark.parametrize(
    "zone", ["WITA", "wita", "Makassar", "Kota Denpasar", "Kalimantan Timur", "Asia/Makassar", "NTT"]
)
async def test_a_place_tells_its_zone(zone: str, read: Bring) -> None:
    assert (await read(f"phone,wave,kota\n081234567890,21,{zone}\n")).bad == []


async def test_payments_are_read_as_offices_write_them_and_refused_where_a_comma_cut_them(read: Bring) -> None:
    report = await read(
        "No HP,Insentif ke,Nominal,Status,Tgl Bayar\n"
        '81234567890.0,1.0,"Rp 600.000,00",Berhasil,22 Sep 2021\n'
        "081234567891,2,600 ribu,Gagal,-\n"
        "081234567892,1,600,000,Gagal,\n"
        "081234567893,1,600,failed,\n"
        "081234567894,1,60000000,failed,\n"
        "081234567895,10.5,600000,failed,\n"
        "081234567896,1,600000,hilang,\n",
        "incentives",
    )
    assert report.good == 2
    assert [row for row, _ in report.bad] == [4, 5, 6, 7, 8]
    assert report.changes.fractions == 2


async def test_prices_and_days_of_trainings(read: Bring) -> None:
    report = await read(
        'Judul;Platform;Sumber;Per\nMenjahit;"Tokopedia=Rp 350.000; Bukalapak=0,4 juta";daftar;2021.0\n'
        'Memasak;"Tokopedia=1.8";daftar;2021\nMelukis;Tokopedia;daftar;Okt 2031\n',
        "trainings",
    )
    assert report.good == 1
    assert [row for row, _ in report.bad] == [3, 4]


async def test_bad_rows_lie_in_a_file_that_can_be_mended_and_brought_in(read: Bring, tmp_path: Path) -> None:
    report = await read("Rekap;;\nphone;wave;nama\n081234567890;21;Sari\n081234567891;1.8;Budi\n12;21;Ani\n")
    assert report.refused == tmp_path / "list.csv.ditolak.csv"
    assert stat.S_IMODE(report.refused.stat().st_mode) == 0o600
    with report.refused.open(encoding="utf-8-sig", newline="") as file:
        heading, *rows = csv.reader(file, delimiter=";")
    assert heading == ["phone", "wave", "nama", "alasan ditolak", "baris"]
    assert [(*row[:3], row[4]) for row in rows] == [("081234567891", "1.8", "Budi", "4"), ("12", "21", "Ani", "5")]
    mended = report.refused.read_text("utf-8-sig").replace("1.8", "18").replace("12;", "081234567892;")
    assert (await read(mended)).good == 2
