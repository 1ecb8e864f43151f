"""Words that the browser says by itself, in the language of the page: the keys, what is found, what was copied."""

from __future__ import annotations

from json import dumps

from locales import _


def browser_words() -> str:
    """Return a script that holds them, to stand before the console's own."""
    told = {
        "copied": _("Tersalin."),
        "close": _("Tutup"),
        "keysTitle": _("Tombol"),
        "keys": _keys(),
        "find": _("Cari semuanya"),
        "findWhat": _("Tiket, nomor HP, kata, halaman, atau tindakan"),
        "found": _("Hasil"),
        "nothing": _("Tidak ada yang cocok."),
    }
    written = dumps(told, ensure_ascii=False).replace("</", "<\\/")
    return f"<script>const konsolWords = {written}</script>"


def connection_words() -> dict[str, str]:
    """Return what a page says by itself of its connection, by the names under which NiceGUI asks for it."""
    return {
        "connection_lost": _("Sambungan terputus."),
        "trying_to_reconnect": _("Menyambung lagi …"),
        "message_too_long": _("Terlalu panjang"),
        "message_too_long_body": _("Tulisan ini terlalu panjang untuk dikirim."),
    }


def _keys() -> list[tuple[str, str]]:
    """Return each key and what it does, in the order in which they are used."""
    return [
        ("J / K", _("aduan berikut, sebelumnya")),
        ("T", _("ambil")),
        ("R", _("tulis jawaban")),
        ("/", _("balasan siap")),
        ("N", _("simpan sebagai catatan")),
        ("M", _("minta data")),
        ("E", _("tutup")),
        ("X", _("tutup, lanjut ke berikutnya")),
        ("Z", _("urungkan")),
        ("S", _("serahkan")),
        ("L", _("eskalasi")),
        ("D", _("tunda")),
        ("G", _("label")),
        ("I", _("ikat ke insiden")),
        ("B", _("kembalikan ke bot")),
        ("O", _("buka lagi")),
        ("Ctrl K", _("cari semuanya")),
        ("Ctrl Enter", _("kirim")),
        ("Esc", _("keluar dari isian")),
    ]
