"""Words of the page Impor: lists, columns, states, stages, what a list would change, why something ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.console.words import number, share, wib
from bot.importing.changes import EffectKind
from bot.importing.job import DIED, GONE, OTHER_DIFFERENCE, OTHER_FILE
from bot.importing.recognising import WrongColumns
from locales import _, _n, plainly
from programme.model.imports import (
    UNDONE_WITHIN,
    ChangedSince,
    ImportRefused,
    ImportState,
    ListImport,
    OwnImport,
    TooLate,
)


def list_name(what: str) -> str:
    """Name a sort of list."""
    return {"roster": _("Daftar lolos"), "trainings": _("Pelatihan"), "incentives": _n("Insentif", "Insentif", 2)}.get(
        what, what
    )


def column_name(name: str) -> str:
    """Name a column of any list."""
    return {
        "phone": _("Nomor HP"),
        "wave": _("Gelombang"),
        "passed_on": _("Tanggal lolos"),
        "zone": _("Zona waktu"),
        "bought_on": _("Pelatihan pertama dibeli"),
        "platform": _("Platform"),
        "completed_on": _("Selesai pelatihan"),
        "reviewed_on": _("Ulasan dan rating"),
        "account_connected_on": _("Rekening tersambung"),
        "title": _("Judul pelatihan"),
        "platforms": _("Platform dan harga"),
        "source": _("Sumber"),
        "seen": _("Keadaan per"),
        "institution": _("Lembaga"),
        "profession": _("Untuk pekerjaan"),
        "sample": _("Data latihan"),
        "number": _("Pembayaran ke"),
        "amount": _("Jumlah (Rp)"),
        "status": _("Status"),
        "scheduled_on": _("Dijadwalkan"),
        "paid_on": _("Dibayar"),
        "partner": _("Mitra pembayaran"),
        "reason": _("Alasan gagal"),
    }.get(name, name)


def state_name(state: ImportState) -> str:
    """Name where an import stands."""
    return {
        ImportState.UPLOADING: _("dikirim"),
        ImportState.RECOGNISING: _("dikenali"),
        ImportState.COLUMNS: _("kolom menunggu"),
        ImportState.COMPARING: _("dibandingkan"),
        ImportState.COMPARED: _("beda sudah dihitung"),
        ImportState.ORDERED: _("menunggu persetujuan"),
        ImportState.KEEPING: _("sedang masuk"),
        ImportState.KEPT: _("sudah masuk"),
        ImportState.STOPPED: _("terhenti"),
        ImportState.UNDOING: _("sedang dibatalkan"),
        ImportState.UNDONE: _("dibatalkan"),
        ImportState.DROPPED: _("dibuang"),
        ImportState.FAILED: _("gagal"),
    }[state]


def tint(state: ImportState) -> str:
    """Name the colour of a state, as pills have it."""
    if state in {ImportState.COLUMNS, ImportState.COMPARED, ImportState.ORDERED}:
        return "soon"
    return {ImportState.STOPPED: "today", ImportState.FAILED: "today", ImportState.KEPT: "good"}.get(state, "")


def stage_name(one: ListImport) -> str:
    """Name what is being done at this moment."""
    return {
        "reading": _("Membaca baris"),
        "comparing": _("Membandingkan dengan yang sudah diketahui"),
        "keeping": _("Memasukkan perubahan"),
        "undoing": _("Mengembalikan ke keadaan semula"),
    }.get(one.stage or "", _("Bersiap"))


def effect(kind: str, count: int, about: Mapping[str, int], of: int) -> str:
    """Tell one thing that a list would do, in a sentence."""
    told = plainly(
        {
            EffectKind.NOT_BOUGHT.name: _("{count} orang menjadi belum beli"),
            EffectKind.OTHER_WAVE.name: _("{count} orang pindah gelombang"),
            EffectKind.OTHER_AMOUNT.name: _("{count} pembayaran berubah jumlahnya"),
            EffectKind.NO_LONGER_PAID.name: _("{count} pembayaran menjadi belum dibayar"),
            EffectKind.NO_CUTOFF.name: _("{count} orang ada di gelombang tanpa batas beli: tidak akan diingatkan"),
        }[kind],
        count=number(count),
    )
    named = ", ".join(f"{_about(name)}: {number(times)}" for name, times in about.items())
    more = plainly(_("dan {count} lagi"), count=number(of - len(about))) if of > len(about) else ""
    inside = ", ".join(filter(None, (named, more)))
    return f"{told} ({inside})" if inside else told


def _about(name: str) -> str:
    """Turn `wave 24` and `20 to 21` into words."""
    wave, _space, rest = name.partition(" ")
    if wave == "wave":
        return plainly(_("gelombang {wave}"), wave=rest)
    return name.replace(" to ", " → ")


def doubts(found: Mapping[str, Any]) -> Iterator[str]:
    """Tell what looks wrong about a list: a larger share than a list that is right would have."""
    for kind, count, of in found["doubts"]:
        what = effect(kind, count, {}, 0) if kind else plainly(_("{count} baris ditolak"), count=number(count))
        yield plainly(_("{what}, yaitu {share} dari {of}"), what=what, share=share(count, of), of=number(of))


def effects(found: Mapping[str, Any]) -> Iterator[str]:
    """Tell what a list would do beside being new or different."""
    for kind, count in found["effects"].items():
        yield effect(kind, count, found["about"].get(kind, {}), found["of"].get(kind, 0))


def why(one: ListImport) -> str:
    """Tell why an import ended, or went back; empty where there is nothing to tell."""
    known = {
        GONE: _("Berkasnya sudah tidak ada. Kirim lagi: yang sudah masuk tidak berubah dua kali."),
        OTHER_FILE: _("Isi berkasnya bukan lagi yang diperiksa. Kirim lagi."),
        OTHER_DIFFERENCE: _(
            "Data berubah sejak disetujui, jadi bedanya lain. Periksa lagi, lalu minta persetujuan lagi."
        ),
        DIED: _(
            "Prosesnya mati berulang kali saat mengerjakan berkas ini. Beri tahu operator; simpan ulang sebagai CSV."
        ),
    }
    return known.get(one.reason or "", one.reason or "")


def standing(one: ListImport, me: str, names: Mapping[str, str]) -> str:
    """Tell what an import waits for, or what came of it, to whoever looks on."""
    who, by, mine = names.get(one.author, one.author), names.get(one.approver or "", ""), one.author == me
    match one.state:
        case ImportState.COLUMNS if not mine:
            return plainly(_("Menunggu {name} memeriksa kolomnya. Belum ada yang berubah."), name=who)
        case ImportState.COLUMNS:
            return _("Belum ada yang berubah.")
        case ImportState.COMPARED:
            return _("Belum ada yang berubah. Kalau bedanya benar, mintalah persetujuan orang kedua.")
        case ImportState.ORDERED if mine:
            return _("Menunggu orang kedua: kamu tidak bisa menyetujui daftarmu sendiri.")
        case ImportState.ORDERED:
            told = _("{name} minta persetujuan. Yang masuk persis beda ini; kalau datanya berubah, tidak jadi masuk.")
            return plainly(told, name=who)
        case ImportState.KEPT:
            until = wib(one.ended_at + UNDONE_WITHIN) if one.ended_at else ""
            told = _("{kept} perubahan masuk, disetujui {by}. Bisa dibatalkan utuh sampai {until}.")
            return plainly(told, kept=number(one.kept), by=by or who, until=until)
        case ImportState.STOPPED:
            told = _("{kept} dari {of} perubahan sudah masuk, masing-masing utuh.")
            return plainly(told, kept=number(one.kept), of=number(one.changes))
        case ImportState.UNDONE:
            return _undone(one)
        case ImportState.DROPPED:
            return _("Dibuang. Tidak ada yang berubah.")
        case ImportState.FAILED:
            return _("Tidak ada yang berubah. Perbaiki berkasnya, lalu kirim lagi.")
        case ImportState.UPLOADING:
            return _("Kalau kirimannya terputus, jatuhkan berkasnya lagi di halaman Impor.")
        case _:
            return _("Sedang dikerjakan.")


def _undone(one: ListImport) -> str:
    told = [plainly(_("{count} perubahan dikembalikan."), count=number(one.undone))]
    if one.left:
        left = _("{count} dibiarkan, karena sesudahnya diubah daftar lain atau dihapus orangnya.")
        told.append(plainly(left, count=number(one.left)))
    told.append(_("Pesan yang sudah terkirim karenanya tidak bisa ditarik."))
    return " ".join(told)


def refusal(refused: ImportRefused) -> str:
    """Say why nothing was done."""
    return {
        OwnImport: _("Yang membawa daftar tidak menyetujuinya sendiri."),
        TooLate: _("Sudah lewat sehari, atau tidak ada yang bisa dibatalkan."),
        WrongColumns: _("Kolom wajib belum dipilih, atau satu kolom dipilih dua kali."),
        ChangedSince: _("Impor ini baru saja berubah. Lihat lagi keadaannya."),
    }.get(type(refused), _("Hanya yang membawa daftar ini yang bisa meneruskannya."))
