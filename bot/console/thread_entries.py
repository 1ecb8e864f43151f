"""What was said on a complaint, entry by entry, and the files that came with it."""

from __future__ import annotations

from bot.console.desk import Thread
from bot.console.desk_lines import in_language
from bot.console.parts import box, drawn, words
from bot.console.words import wib
from bot.helpdesk.console_acts import plain_told
from locales import _, plainly
from programme.model.messages import Sort
from programme.model.tickets import Author, Entry

_CSS = {
    Author.PERSON: "theirs",
    Author.BOT: "bot",
    Author.AGENT: "mine",
    Author.NOTE: "note",
    Author.DESK: "desk",
}


def draw_entry(entry: Entry, read: Thread) -> None:
    """Draw one entry; whatever anybody wrote is shown as words."""
    with box(f"entry {_CSS[entry.author]}", "article"):
        who = _who(entry, read.names.get(entry.who or "", _("petugas")))
        if who:
            words(who, "who")
        words(plain_words(entry), "text", "p")
        if entry.attachment is not None:
            _draw_file(entry)
        words(wib(entry.at), "when", "time")


def plain_words(entry: Entry) -> str:
    """Return what an entry says; what the desk itself says is markup of ours, all else is as it was typed."""
    return in_language(plain_told(entry.text)) if entry.author is Author.DESK else entry.text


def _who(entry: Entry, name: str) -> str:
    match entry.author:
        case Author.PERSON:
            return _("Peserta")
        case Author.BOT:
            return _("Sobat")
        case Author.NOTE:
            return plainly(_("Catatan {name}"), name=name)
        case Author.DESK:
            return ""
        case Author.AGENT:
            return name


def _draw_file(entry: Entry) -> None:
    """A picture is loaded when somebody wants to see it; other files are only ever saved."""
    where = f"/konsol/berkas/{entry.id}"
    if entry.attachment is None or entry.attachment.sort is not Sort.PHOTO:
        with box("file", "a", href=where, download=""):
            drawn("file")
            words(_("Unduh berkas. Bisa memuat nomor kartu atau NIK: lihat seperlunya."))
        return
    with box("file-shown", "details"):
        with box("file", "summary"):
            drawn("picture")
            words(_("Lihat gambar. Bisa memuat nomor kartu atau NIK: lihat seperlunya, jangan diteruskan."))
        box("picture", "img", src=where, loading="lazy", alt=_("Gambar dari peserta"))
