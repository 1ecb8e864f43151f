"""Entries of a ticket as the staff read them in its topic."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from html import escape

from programme.model.messages import Sort
from programme.model.tickets import Author, Entry

_SEEN = frozenset({Sort.PHOTO, Sort.VIDEO, Sort.DOCUMENT, Sort.ANIMATION, Sort.VIDEO_NOTE})
_PICTURED = "\n<i>🔒 Gambar bisa memuat nomor kartu atau NIK: lihat seperlunya, jangan diteruskan.</i>"
_LONGEST = 3000  # characters of several entries in one message


def entry_html(entry: Entry, names: Mapping[str, str]) -> str:
    """Return one entry as HTML; what the desk itself says is HTML already."""
    who = escape(names.get(entry.who or "", "petugas"))
    changed = "✏️ <i>diubah:</i> " if entry.corrects else ""
    text = escape(entry.text, quote=False)
    match entry.author:
        case Author.PERSON:
            return f"👤 {changed}{text}{_PICTURED if _shows(entry) else ''}"
        case Author.BOT:
            return f"🤖 <i>{text}</i>"
        case Author.AGENT:
            return f"💬 <b>{who}</b>: {changed}{text}"
        case Author.NOTE:
            return f"📝 <b>{who}</b>: {changed}{text}"
        case Author.DESK:
            return entry.text


def _shows(entry: Entry) -> bool:
    """Whether there is something to look at, from which nothing can be cut."""
    return entry.attachment is not None and entry.attachment.sort in _SEEN


def with_card(card: str, news: Sequence[tuple[Entry, object]]) -> tuple[str, list[Entry]]:
    """Return a card that opens a topic together with what the desk said first, and these entries.

    The card shows it from then on: who holds the ticket, and how it stands. A group takes few messages a minute.
    """
    told: list[Entry] = []
    for entry, keys in news:
        if entry.author is not Author.DESK or keys or entry.shown is not None or len(card) > _LONGEST:
            break
        told.append(entry)
        card = f"{card}\n\n{entry.text}"
    return card, told


def bundled(entries: Sequence[Entry], with_keys: Collection[int]) -> Iterator[list[Entry]]:
    """Put entries that wait into as few messages as can be: a group takes few a minute.

    What has keys, a picture, or refers to another entry stands alone, so that it can be found again.
    """
    bundle: list[Entry] = []
    length = 0
    for entry in entries:
        alone = entry.id in with_keys or entry.attachment or entry.corrects or entry.replies_to
        if bundle and (alone or length + len(entry.text) > _LONGEST):
            yield bundle
            bundle, length = [], 0
        bundle.append(entry)
        length += len(entry.text)
        if alone:
            yield bundle
            bundle, length = [], 0
    if bundle:
        yield bundle
