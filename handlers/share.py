"""A ready message for family and friends who passed too, with their deadline where it is known."""

from __future__ import annotations

from html import unescape
from urllib.parse import quote, urlencode

from handlers.dialogue.register import conversation
from handlers.dialogue.reply import Reply, button, say
from handlers.dialogue.turn import Turn
from handlers.phrases.next_step import with_next_step
from handlers.phrases.wave_number import wave_number
from locales import N_, _, fill
from programme.cutoffs import Cutoff
from programme.facts import Certainty


@conversation("share", about=N_("Bagikan ke teman & keluarga"), commands=("bagikan",))
async def share(turn: Turn) -> Reply:
    """Give a message that can be passed on as it is, and the buttons that do it."""
    wave = _wave(turn)
    cutoff = _ahead(wave, turn) if wave else None
    words = _for_wave(wave, cutoff, turn) if wave and cutoff else _for_anybody(turn)
    reply = say(_("📣 Terima kasih sudah peduli! Teruskan pesan ini ke temanmu:"))
    reply = reply.then(say("{words}", words=words))
    reply = reply.link(_("Kirim lewat WhatsApp"), "https://wa.me/?" + _query(text=words))
    url = turn.programme.contacts["dashboard"].url
    reply = reply.link(_("Kirim lewat Telegram"), "https://t.me/share/url?" + _query(url=url, text=words))
    reply = reply.row(
        *(
            button(fill(_("Gelombang {number}"), number=number), "share", wave=str(number))
            for number in _others(wave, turn)
        )
    )
    return with_next_step(reply, turn)


def _wave(turn: Turn) -> int | None:
    return wave_number(turn.told("wave")) or turn.participant.wave


def _ahead(wave: int, turn: Turn) -> Cutoff | None:
    """Return the cutoff of a whole wave, if it is certain and still ahead; a friend's own day is unknown."""
    if turn.programme.wave(wave, turn.now) is None:
        return None
    cutoff = turn.programme.cutoff(wave)
    sure = cutoff is not None and cutoff.certainty is not Certainty.UNSURE
    return cutoff if cutoff is not None and sure and turn.now <= cutoff.at else None


def _others(wave: int | None, turn: Turn) -> list[int]:
    return sorted(number for number in turn.programme.waves if number != wave and _ahead(number, turn))[-3:]


def _for_wave(wave: int, cutoff: Cutoff, turn: Turn) -> str:
    values = {"wave": wave, "day": cutoff.day, **_contacts(turn)}
    if turn.programme.scheme(wave).rejoin_after_revoked is False:
        words = _(
            "⏰ Lolos Kartu Prakerja gelombang {wave}? Beli pelatihan pertama paling lambat {day} pukul 23.59 WIB "
            "(di WITA 00.59, di WIT 01.59, sudah ganti tanggal). Lewat dari itu kepesertaan dicabut: insentif hilang "
            "dan tidak bisa ikut gelombang lagi. Cek saldo dan beli lewat {site}. Bingung? Telepon {phone}, bebas "
            "pulsa."
        )
    else:
        words = _(
            "⏰ Lolos Kartu Prakerja gelombang {wave}? Beli pelatihan pertama paling lambat {day} pukul 23.59 WIB "
            "(di WITA 00.59, di WIT 01.59, sudah ganti tanggal), supaya kepesertaan tidak dicabut. Cek saldo dan beli "
            "lewat {site}. Bingung? Telepon {phone}, bebas pulsa."
        )
    return unescape(fill(words, **values))


def _for_anybody(turn: Turn) -> str:
    words = _(
        "⏰ Lolos seleksi Kartu Prakerja? Segera beli pelatihan pertama: waktunya terbatas, dan kalau lewat "
        "kepesertaan dicabut. Tanggal batasmu ada di dashboard {site}. Bingung? Telepon {phone}, bebas pulsa."
    )
    return unescape(fill(words, **_contacts(turn)))


def _contacts(turn: Turn) -> dict[str, str]:
    contacts = turn.programme.contacts
    return {"site": contacts["dashboard"].value, "phone": contacts["phone"].value}


def _query(**values: str) -> str:
    """Encode with %20 for a space: a plus sign would be shown as such."""
    return urlencode(values, quote_via=quote)
