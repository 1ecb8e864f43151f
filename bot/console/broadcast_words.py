"""Words about broadcasts that several pages share: states, figures, audiences, why somebody is left out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.channels.plain import plain
from bot.console.words import number
from handlers.staff.audience import audience_words, exclusion_lines
from handlers.staff.progress_words import state_words
from handlers.staff.whatsapp_words import outlook_words, receipt_words
from locales import _, hours_and_minutes, moment
from programme.model.broadcasts import Audience, Broadcast, BroadcastState, Exclusions, Progress
from programme.model.receipts import ReceiptState
from programme.model.whatsapp_outlook import WhatsAppOutlook
from programme.model.zones import Zone

_PILLS: Mapping[BroadcastState, str] = {
    BroadcastState.WAITING_APPROVAL: "soon",
    BroadcastState.SCHEDULED: "calm",
    BroadcastState.RUNNING: "running",
    BroadcastState.PAUSED: "tomorrow",
    BroadcastState.DONE: "done",
    BroadcastState.CANCELLED: "calm",
    BroadcastState.FAILED: "today",
}


def state_name(state: BroadcastState) -> str:
    """Name where a broadcast stands, in a word or two."""
    return {
        BroadcastState.WAITING_APPROVAL: _("menunggu persetujuan"),
        BroadcastState.SCHEDULED: _("dijadwalkan"),
        BroadcastState.RUNNING: _("sedang dikirim"),
        BroadcastState.PAUSED: _("dijeda"),
        BroadcastState.DONE: _("selesai"),
        BroadcastState.CANCELLED: _("dibatalkan"),
        BroadcastState.FAILED: _("terlambat"),
    }[state]


def pill_of(state: BroadcastState) -> str:
    """Name the look of a state's pill."""
    return f"pill {_PILLS[state]}"


def standing(found: Broadcast) -> str:
    """Say where a broadcast stands, with its moment or reason."""
    return plain(state_words(found))


def for_whom(audience: Audience) -> str:
    """Describe an audience in a few words, the first of them with a capital."""
    told = plain(audience_words(audience))
    return told[:1].upper() + told[1:]


def left_out(exclusions: Exclusions) -> list[str]:
    """Say how many people are left out and why, a line each."""
    return [line.removeprefix("• ") for line in plain(exclusion_lines(exclusions)).split("\n")]


def parts_of(progress: Progress) -> list[tuple[str, str, int]]:
    """Return how many messages stand where: style, name and count; accepted is all that is known of what was sent."""
    named = (
        ("sent", _("diterima pengirim"), progress.sent),
        ("waiting", _("menunggu"), progress.waiting),
        ("failed", _("gagal"), progress.failed),
        ("gone", _("tak terjangkau"), progress.gone),
        ("unknown", _("tidak pasti"), progress.unknown),
        ("cancelled", _("tidak perlu lagi"), progress.cancelled),
        ("expired", _("lewat waktu"), progress.expired),
    )
    return [(css, name, count) for css, name, count in named if count or css == "sent"]


def over_whatsapp(whatsapp: WhatsAppOutlook) -> str:
    """Say in a line how many get it over WhatsApp, what that costs, and how many days it takes."""
    return plain(outlook_words(whatsapp))


def receipts(told: Mapping[ReceiptState | None, int]) -> str:
    """Say how far those came that WhatsApp took; empty where there are none."""
    found = receipt_words(told)
    return "" if found is None else plain(found)


def at_wib(at: datetime) -> str:
    """Write a moment in full, on the programme's clock."""
    return moment(at, Zone.WIB.tz, Zone.WIB.value)


def lasts(time: timedelta) -> str:
    """Write how long sending takes; less than a minute is a minute."""
    return hours_and_minutes(max(time, timedelta(minutes=1)))


def out_of(progress: Progress, expected: int) -> str:
    """Write how many are through, of how many: *1.200 dari 10.000*."""
    through = progress.planned - progress.waiting
    return f"{number(through)} / {number(max(expected, progress.planned))}"
