"""What is wrong with the words of a broadcast, in a sentence for who writes it."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.dialogue.register import open_to_people
from locales import _, fill
from programme.announcement import WrongBroadcast, compose_broadcast
from programme.placeholders import PLACES, UnknownPlaceholder
from programme.programme import Programme
from programme.typed_facts import typed_facts


def wrong_text(words: str, longest: int) -> str | None:
    """Say what is wrong with a text, as HTML; None where it can be sent."""
    if len(words) > longest:
        return fill(_("Terlalu panjang: paling banyak {most} huruf."), most=longest)
    try:
        compose_broadcast({"id": words}, conversations=())
    except UnknownPlaceholder as unknown:
        known = [f"{{{place}}}" for place in PLACES]
        told = _("{name} tidak kukenal. Yang bisa dipakai: {known}.")
        return fill(told, name=f"{{{unknown.name}}}", known=known)
    except WrongBroadcast:
        return _("Ada tanda &lt;b&gt; atau &lt;i&gt; yang belum ditutup. Coba tulis lagi ya.")
    return None


def typed_by_hand(words: str, programme: Programme, waves: tuple[int, ...]) -> list[str]:
    """Say, as HTML, what stands typed that each one's own data would fill in: a date for all is wrong for somebody."""
    told = _("“{words}” jangan diketik sendiri: tulis {place}, supaya diisi dari data program tiap orang.")
    return [fill(told, words=fact.words, place=fact.place) for fact in typed_facts(words, programme, waves)]


def wrong_buttons(lines: Sequence[str]) -> str | None:
    """Say what is wrong with buttons, as HTML; None where they can be sent."""
    try:
        compose_broadcast({"id": "."}, lines, conversations=open_to_people())
    except WrongBroadcast:
        return _("Ada tombol yang belum pas. Tulis <i>Label -&gt; tujuan</i>, satu baris satu tombol.")
    return None
