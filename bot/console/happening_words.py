"""Words for what happened to somebody: a title, who says so, and what was said, without what nobody has to see."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, NamedTuple

from bot.channels.plain import plain
from bot.store.delivery_queue.states import State
from bot.store.repositories.timelines import Happening, HappeningSort
from handlers.phrases.matters import matter_name
from handlers.phrases.milestone_titles import titles
from locales import _, plainly
from programme.model.messages import Kind, Message
from programme.model.milestones import Milestone, Source
from programme.model.participants import Participant
from programme.placeholders import sample
from programme.programme import Programme
from programme.redaction.without_numbers import without_numbers
from reminders.policy import Policy
from reminders.wording.titles import title_of

MASKED: Final = "•••"
_SHOWN: Final = 400
_CHANNELS: Final = {"telegram": "Telegram", "whatsapp": "WhatsApp"}


class Told(NamedTuple):
    """How a happening is shown: its icon, its title, who or what is behind it, and words that were said."""

    sign: str
    title: str
    behind: str = ""
    said: str = ""


def told_of(one: Happening, names: Mapping[str, str], name: str | None, policy: Policy) -> Told:
    """Put a happening into words; `name` is the person's, which is masked in what was said."""
    match one.sort:
        case HappeningSort.JOINED:
            return Told("person", _("Pertama kali menulis ke Sobat"))
        case HappeningSort.EVENT:
            return Told("note", _event(one.name, one.fields))
        case HappeningSort.REACHED | HappeningSort.UNDONE:
            return _step(one, names)
        case HappeningSort.SENT:
            return _sent(one, name, policy)
        case HappeningSort.SAID:
            where = plainly(_("di aduan #{number}"), number=one.number) if one.number else _("di halaman web")
            return Told("chat", _("Peserta menulis"), where, _masked(without_numbers(one.text), name))
        case HappeningSort.OPENED:
            return Told("ticket", plainly(_("Aduan #{number} dibuka"), number=one.number or 0), _matter(one.name))
        case HappeningSort.CLOSED:
            return Told("done", plainly(_("Aduan #{number} ditutup"), number=one.number or 0), _matter(one.name))


def as_it_went_out(one: Happening, person: Participant, programme: Programme) -> Happening:
    """Fill the places of a broadcast as they were then, by what is known of the person; others stay to be seen."""
    if one.kind is not Kind.BROADCAST:
        return one
    try:
        return replace(one, text=sample(Message(one.text), person, programme, one.at).text)
    except KeyError:  # a place of another version
        return one


def source_name(source: Source) -> str:
    """Name who says that a milestone was reached."""
    return {
        Source.SELF: _("kata peserta"),
        Source.SEEN: _("peserta lihat di dashboard"),
        Source.OFFICIAL: _("data resmi"),
    }[source]


def channel_name(channel: str) -> str:
    """Name a channel."""
    return _CHANNELS.get(channel, _("halaman web"))


def _matter(about: str) -> str:
    return matter_name(about)


def _step(one: Happening, names: Mapping[str, str]) -> Told:
    milestone = titles()[Milestone(one.name)]
    on = f" ({one.fields['on']})" if one.fields.get("on") else ""
    if one.who:
        behind = plainly(_("dibetulkan petugas {name}"), name=names.get(one.who, one.who))
    else:
        behind = source_name(Source(one.by))
    if one.sort is HappeningSort.UNDONE:
        return Told("close", plainly(_("Tidak jadi: {step}"), step=milestone), behind if one.who else "", one.text)
    return Told("tick", milestone + on, behind, one.text)


def _sent(one: Happening, name: str | None, policy: Policy) -> Told:
    signs = {Kind.REMINDER: "bell", Kind.BROADCAST: "megaphone", Kind.STAFF: "person"}
    number = one.name.rpartition("/")[2]
    titled = {
        Kind.BROADCAST: plainly(_("Siaran #{number}"), number=number),
        Kind.STAFF: _("Jawaban petugas"),
        Kind.REPLY: _("Jawaban Sobat"),
    }
    title = titled.get(one.kind or Kind.REPLY) or plainly(_("Pengingat: {name}"), name=title_of(one.name, policy))
    return Told(signs.get(one.kind or Kind.REPLY, "reply"), title, _state(one), _masked(plain(one.text), name))


def _state(one: Happening) -> str:
    channel = channel_name(one.fields.get("channel", ""))
    return {
        State.SENT: plainly(_("lewat {channel}, belum tentu dibaca"), channel=channel),
        State.GONE: _("tidak terkirim: chatnya tertutup"),
        State.FAILED: _("gagal terkirim"),
        State.UNKNOWN: _("hasilnya tidak diketahui"),
        State.CANCELLED: _("dibatalkan, sudah tidak perlu"),
        State.EXPIRED: _("tidak dikirim, sudah lewat waktunya"),
    }.get(State(one.by), _("belum terkirim"))


def _masked(text: str, name: str | None) -> str:
    """Return words without the person's name, cut where they are long."""
    shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    for part in (name or "").split():
        shown = re.sub(rf"\b{re.escape(part)}\b", MASKED, shown, flags=re.IGNORECASE)
    return shown


def _event(name: str, fields: Mapping[str, Any]) -> str:
    wave = fields.get("wave") or ""
    told = {
        "WaveTold": plainly(_("Menyebut gelombang {wave}"), wave=wave),
        "ZoneTold": plainly(_("Menyebut zona waktu {zone}"), zone=fields.get("zone", "")),
        "LanguageChosen": _("Memilih bahasa"),
        "Welcomed": _("Selesai berkenalan"),
        "RemindersWished": _("Mengatur pengingat"),
        "PicturesWished": _("Mengatur gambar pengingat"),
        "PlanMade": _("Minta diingatkan pada waktu sendiri"),
        "PlanDropped": _("Membatalkan rencananya"),
        "ObstacleNamed": _("Menyebut kendala"),
        "CutoffTold": _("Diberi tahu batas belinya"),
        "RosterMatched": plainly(_("Nomornya cocok dengan daftar lolos gelombang {wave}"), wave=wave),
        "ProcessingPaused": _("Minta datanya tidak diproses"),
        "ProcessingResumed": _("Setuju datanya diproses lagi"),
    }
    return told.get(name, name)
