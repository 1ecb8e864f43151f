"""What the importing service says of files and rows, which is for a terminal, in the words of a page."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from bot.console.import_words import column_name
from locales import _, current_language

_LANGUAGE: Final = "en"
_GAP: Final = re.compile(r"\\\{(\w+)\\\}")


def in_words(sentence: str) -> str:
    """Say a sentence of `bot.importing` in the page's language; one that is not known stays as it is."""
    if current_language().code == _LANGUAGE:
        return sentence
    for written, said in _sentences().items():
        if (found := _pattern(written).fullmatch(sentence)) is not None:
            parts = {name: _part(name, told) for name, told in found.groupdict().items()}
            if "why" not in parts or parts["why"] != found["why"]:  # what follows a colon may be anything
                return said.format_map(parts)
    return sentence


def _part(name: str, told: str) -> str:
    if name in {"column", "named"}:
        return column_name(told)
    return in_words(told) if name == "why" else told


@cache
def _pattern(written: str) -> re.Pattern[str]:
    return re.compile(_GAP.sub(r"(?P<\1>.+?)", re.escape(written)), re.DOTALL)


def _sentences() -> dict[str, str]:
    """Return what is said by how it is written there; the more special ones first."""
    return {
        "{column}: is empty": _("{column}: kosong"),
        "{column}: {cell} is no Indonesian mobile number": _("{column}: {cell} bukan nomor HP Indonesia"),
        "{column}: {cell} is no whole number from {least} to {most}": _(
            "{column}: {cell} bukan bilangan bulat dari {least} sampai {most}"
        ),
        "{column}: {cell} is no day such as 2021-10-21 or 21/10/2021": _(
            "{column}: {cell} bukan tanggal seperti 2021-10-21 atau 21/10/2021"
        ),
        "{column}: {cell} is {day}, which is still to come": _("{column}: {cell} berarti {day}, yang belum tiba"),
        "{column}: {cell} is {day}, before the programme began": _(
            "{column}: {cell} berarti {day}, sebelum program dimulai"
        ),
        "{column}: {cell} is no place that is known here; write WIB, WITA or WIT": _(
            "{column}: {cell} bukan tempat yang dikenal; tulis WIB, WITA, atau WIT"
        ),
        "{column}: {cell} is no known {what}": _("{column}: {cell} tidak dikenal"),
        "{column}: {cell} is none of {states}, nor what the dashboard says": _(
            "{column}: {cell} bukan {states}, bukan pula kata-kata dashboard"
        ),
        "{column}: {cell} is not YYYY, YYYY-MM or a day": _("{column}: {cell} bukan YYYY, YYYY-MM, atau tanggal"),
        "{column}: {cell} is still to come": _("{column}: {cell} belum tiba"),
        "{column}: {cell} is neither ya nor tidak": _("{column}: {cell} bukan ya atau tidak"),
        "{column}: {day} is before the day of passing that is known, {before}": _(
            "{column}: {day} mendahului tanggal lolos yang sudah diketahui, {before}"
        ),
        "{column}: {day} is before wave {wave} opened ({before})": _(
            "{column}: {day} mendahului dibukanya gelombang {wave} ({before})"
        ),
        "{column}: {day} is before wave {wave} was announced ({before})": _(
            "{column}: {day} mendahului pengumuman gelombang {wave} ({before})"
        ),
        "{column}: {day} is before {named} ({before})": _("{column}: {day} mendahului {named} ({before})"),
        "is about the same as row {rows}, and says something else: neither is taken": _(
            "sama orangnya dengan baris {rows}, tapi isinya lain: keduanya tidak diambil"
        ),
        "has {cells} cells where the heading has {width}: is a comma or a quote too many?": _(
            "ada {cells} sel, judulnya {width}: kelebihan koma atau tanda kutip?"
        ),
        "Excel lost digits; format the column as text or as a number, and export it again": _(
            "digitnya hilang oleh Excel; ubah format kolomnya ke teks atau angka, lalu ekspor lagi"
        ),
        "days are read month first, as row {row} has {day}": _(
            "tanggal dibaca bulan dulu, karena baris {row} berisi {day}"
        ),
        "days are read day first, so 09/10/2021 is 9 October: no row tells otherwise": _(
            "tanggal dibaca hari dulu, jadi 09/10/2021 berarti 9 Oktober: tidak ada baris yang menyangkalnya"
        ),
        "the heading is in row {row}": _("judul kolom ada di baris {row}"),
        "columns that are not read: {names}": _("kolom yang tidak dibaca: {names}"),
        "read as {encoding}": _("dibaca sebagai {encoding}"),
        "sheet {name} is read": _("yang dibaca lembar {name}"),
        "NOT read: {names}, which look like lists too; save each as a file of its own": _(
            "TIDAK dibaca: {names}, yang tampak seperti daftar juga; simpan masing-masing sebagai berkas sendiri"
        ),
        "the last import of this kind ({name}) has not ended: {more}": _(
            "impor sejenis yang terakhir ({name}) belum selesai: terputus di tengah, atau masih berjalan"
        ),
        "row {one} puts the day first ({day}), row {two} the month ({month}): {more}": _(
            "baris {one} menulis hari dulu ({day}), baris {two} bulan dulu ({month}): tulis semuanya seperti 2021-09-22"
        ),
        "row {row} holds a byte that is not UTF-8, as the others are": _(
            "baris {row} berisi bita yang bukan UTF-8, padahal yang lain UTF-8"
        ),
        "row {row} can't be read as {encoding}; save it as 'CSV UTF-8'": _(
            "baris {row} tidak terbaca sebagai {encoding}; simpan sebagai 'CSV UTF-8'"
        ),
        "row {row} can't be read ({error})": _("baris {row} tidak terbaca ({error})"),
        'a quote (") is not closed from row {row} on; close it there, or take it out': _(
            'tanda kutip (") tidak ditutup mulai baris {row}; tutup di sana, atau hapus'
        ),
        "both {one} and {two} are read as {column}; leave one of them": _(
            "{one} dan {two} sama-sama dibaca sebagai {column}; sisakan satu"
        ),
        "the heading lacks {names}; what was read is: {read} ({how}). See --template": _(
            "tidak ada kolom {names}; yang terbaca: {read}"
        ),
        "is a spreadsheet; give it its ending, .xlsx or .xls": _(
            "ini lembar kerja; beri akhiran nama yang benar, .xlsx atau .xls"
        ),
        "not a spreadsheet ({error})": _("bukan lembar kerja ({error})"),
        "unpacks to more than any list has; save the list alone, best as CSV": _(
            "isinya jauh lebih besar dari daftar mana pun; simpan daftarnya saja, sebaiknya CSV"
        ),
        "is empty": _("kosong"),
        "{column}: {cell}: {why}": _("{column}: {cell}: {why}"),
        "{file}: {why}": _("{file}: {why}"),
    }
