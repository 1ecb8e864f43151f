"""Words of acts: what each line of the trail says was done. Their codes stay in the file that is downloaded."""

from __future__ import annotations

from collections.abc import Mapping

from locales import _, plainly
from programme.model.phones import without_phones


def act_name(code: str) -> str:
    """Name what was done, or tried; a code that nobody named stays as it is."""
    known = _acts()
    if code in known:
        return known[code]
    done, _dot, how = code.rpartition(".")
    if how == "refused":
        return plainly(_("{act}, ditolak"), act=act_name(done))
    if how == "overtaken":
        return plainly(_("{act}, didahului"), act=act_name(done))
    return code


def details_told(details: Mapping[str, object]) -> str:
    """Write what an act was done with; what was typed by hand may hold a mobile number."""
    named = _details()
    told = (f"{named.get(name, name)} {value}" for name, value in details.items() if value not in {"", None})
    return without_phones(", ".join(told))


def _details() -> Mapping[str, str]:
    return {
        "acts": _("tindakan"),
        "amendment": _("ralat"),
        "before": _("sebelumnya"),
        "bytes": _("byte"),
        "changes": _("perubahan"),
        "entry": _("pesan"),
        "file": _("berkas"),
        "invited_by": _("diundang"),
        "kept": _("masuk"),
        "left": _("keluar"),
        "lines": _("baris"),
        "list": _("daftar"),
        "name": _("nama"),
        "of": _("dari"),
        "on": _("pada"),
        "owner": _("pemegang"),
        "people": _("orang"),
        "role": _("peran"),
        "rows": _("baris"),
        "shift": _("giliran"),
        "stopped": _("dihentikan"),
        "target": _("tujuan"),
        "what": _("isian"),
        "why": _("sebab"),
    }


def _acts() -> Mapping[str, str]:
    return {
        **_on_tickets(),
        **_on_broadcasts(),
        **_on_people(),
        **_on_lists_and_facts(),
        **_of_staff(),
    }


def _on_tickets() -> dict[str, str]:
    return {
        "ticket.jawab": _("menjawab peserta"),
        "ticket.balas": _("memakai balasan siap"),
        "ticket.ambil": _("mengambil aduan"),
        "ticket.serahkan": _("menyerahkan aduan"),
        "ticket.catat": _("menulis catatan"),
        "ticket.minta": _("meminta data"),
        "ticket.bot": _("mengembalikan ke bot"),
        "ticket.luar": _("mengeskalasi ke luar"),
        "ticket.tutup": _("menutup aduan"),
        "ticket.buka": _("membuka lagi aduan"),
        "ticket.bisukan": _("membisukan aduan"),
        "ticket.suarakan": _("menyuarakan lagi aduan"),
        "ticket.insiden": _("mengikat ke insiden"),
        "ticket.tunda": _("menunda aduan"),
        "ticket.label": _("memberi label"),
        "ticket.kartu": _("meminta kartu aduan"),
        "ticket.bantuan": _("meminta bantuan perintah"),
        "ticket.assign": _("aduan dibagikan"),
        "ticket.back": _("aduan kembali ke antrean"),
        "ticket.quiet": _("aduan ditutup karena diam"),
        "ticket.edit": _("mengubah jawaban"),
        "ticket.undo": _("mengurungkan"),
        "ticket.file": _("membuka berkas peserta"),
        "incident.open": _("membuka insiden"),
        "incident.propose": _("mengusulkan kabar insiden"),
        "incident.agree": _("menyetujui kabar insiden"),
        "incident.drop": _("membuang usulan kabar"),
        "incident.news": _("mengirim kabar insiden"),
        "incident.close": _("menutup insiden"),
    }


def _on_broadcasts() -> dict[str, str]:
    """Name the acts on broadcasts, most of which are noted by their bare name, too."""
    either = {
        "order": _("memesan siaran"),
        "approve": _("menyetujui siaran"),
        "pause": _("menjeda siaran"),
        "resume": _("melanjutkan siaran"),
        "cancel": _("membatalkan siaran"),
        "retry": _("mengirim lagi yang gagal"),
        "edit": _("meralat siaran"),
        "withdraw": _("menarik siaran"),
    }
    return {
        **either,
        **{f"broadcast.{act}": name for act, name in either.items()},
        "broadcast.preview": _("mengirim siaran ke diri sendiri"),
        "broadcast.sample": _("mengirim siaran ke contoh"),
        "broadcast.list": _("memakai daftar nomor untuk siaran"),
        "broadcast.stop_all": _("menghentikan semua siaran"),
        "broadcast.edit.approve": _("menyetujui ralat"),
        "broadcast.edit.stop": _("menghentikan ralat"),
        "broadcast.end": _("menghentikan siaran petugas yang keluar"),
    }


def _on_people() -> dict[str, str]:
    return {
        "person.open": _("membuka data peserta"),
        "person.name": _("menampilkan nama peserta"),
        "person.correct": _("membetulkan langkah"),
        "person.correct.undo": _("mengurungkan pembetulan"),
        "person.export": _("mengunduh data peserta"),
        "person.delete": _("menghapus data peserta"),
        "person.restricted": _("menghentikan pemrosesan data"),
        "person.withdrawn": _("menarik persetujuan peserta"),
        "chat.vouch": _("menjamin chat peserta"),
        "breach.list": _("mendaftar yang terkena kebocoran"),
        "understanding.label": _("memberi label kalimat"),
        "understanding.unlabel": _("melepas label kalimat"),
        "understanding.train": _("melatih model"),
        "understanding.use": _("memakai model"),
        "understanding.export": _("mengunduh kalimat"),
    }


def _on_lists_and_facts() -> dict[str, str]:
    return {
        "import.brought": _("membawa daftar"),
        "import.columns": _("memastikan kolom"),
        "import.compared": _("beda daftar dihitung"),
        "import.ordered": _("meminta persetujuan daftar"),
        "import.approved": _("menyetujui daftar"),
        "import.begun": _("daftar mulai dimasukkan"),
        "import.done": _("daftar selesai dimasukkan"),
        "import.stop": _("menghentikan daftar"),
        "import.stopped": _("daftar terhenti"),
        "import.resumed": _("melanjutkan daftar"),
        "import.failed": _("daftar gagal"),
        "import.dropped": _("membuang daftar"),
        "import.undo": _("membatalkan daftar"),
        "import.undone": _("daftar dikembalikan"),
        "programme.propose": _("mengusulkan perubahan program"),
        "programme.approve": _("menyetujui perubahan program"),
        "programme.approved": _("menyetujui perubahan program"),
        "programme.reject": _("menolak perubahan program"),
        "programme.rejected": _("menolak perubahan program"),
        "programme.withdraw": _("menarik usulan program"),
        "programme.withdrawn": _("menarik usulan program"),
    }


def _of_staff() -> dict[str, str]:
    return {
        "staff add": _("menambah petugas"),
        "staff remove": _("mengeluarkan petugas"),
        "staff.invite": _("mengundang petugas"),
        "staff.invite.revoke": _("membatalkan undangan"),
        "staff.join": _("bergabung sebagai petugas"),
        "staff.role": _("mengubah peran"),
        "staff.shift": _("mengubah giliran"),
        "duty.on": _("mulai berjaga"),
        "duty.off": _("istirahat"),
        "duty.left": _("jaga berakhir"),
        "typed": _("mengetik perintah di mesin"),
        "console.link": _("mendapat tautan masuk"),
        "console.enter": _("masuk ke konsol"),
        "console.leave": _("keluar dari konsol"),
        "console.refused": _("ditolak di konsol"),
        "console.search": _("mencari nomor"),
        "console.export": _("mengunduh berkas"),
    }
