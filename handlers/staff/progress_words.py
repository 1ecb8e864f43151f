"""What the staff is told about a broadcast: how far it is, and that it waits for approval."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.dialogue.reply import Reply, button, say
from handlers.staff.audience import audience_words
from handlers.staff.whatsapp_words import outlook_words, receipt_words
from locales import Html, _, fill, hours_and_minutes, moment
from programme.model.broadcasts import Broadcast, BroadcastAct, BroadcastState, Halt, Progress
from programme.model.messages import Button, Message
from programme.model.whatsapp_outlook import WhatsAppOutlook
from programme.model.zones import Zone


def progress_message(found: Broadcast, progress: Progress, left: timedelta, now: datetime) -> Message:
    """Show how far a broadcast is, with the buttons that its state allows."""
    reply = say(
        _("📣 <b>Pengumuman {number}</b>: {state}\n{audience}"),
        number=found.id,
        state=state_words(found),
        audience=Html(audience_words(found.audience)),
    )
    if progress.planned:
        reply = reply.also(
            _("{bar}\nTerkirim <b>{sent}</b> dari {all}"),
            bar=_bar(progress, found.expected),
            sent=progress.sent,
            all=max(found.expected, progress.planned),
        )
        if others := _others(progress):
            reply = reply.also("{others}", others=others)
        for reason, count in progress.reasons:
            reply = reply.also("• {reason}: {count}", reason=reason, count=count)
        if (receipts := receipt_words(progress.receipts)) is not None:
            reply = reply.also("{receipts}", receipts=receipts)
    if found.state is BroadcastState.RUNNING and left:
        reply = reply.also(_("Kira-kira selesai {when}."), when=_wib(now + left))
    return _with_buttons(reply, found).messages[0]


def approval_message(
    found: Broadcast, lasts: timedelta, stars: int, whatsapp: WhatsAppOutlook | None = None
) -> Message:
    """Ask a second person to look at a broadcast before it goes out."""
    reply = say(
        _(
            "🔏 <b>Pengumuman {number}</b> menunggu persetujuanmu.\n"
            "{audience}: <b>{count}</b> orang, {lasts}, mulai {when}."
        ),
        number=found.id,
        audience=Html(audience_words(found.audience)),
        count=found.expected,
        lasts=about(lasts),
        when=_wib(found.starts_at),
    )
    if stars:
        reply = reply.also(_("Biaya: {stars} Stars."), stars=stars)
    if whatsapp is not None:
        reply = reply.also("{whatsapp}", whatsapp=outlook_words(whatsapp))
    reply = reply.also(_("Isinya:\n\n{text}"), text=Html(found.messages["id"].text))
    return reply.row(
        _act(_("✅ Setujui"), found, BroadcastAct.APPROVE), _act(_("🚫 Tolak"), found, BroadcastAct.CANCEL)
    ).messages[0]


def state_words(found: Broadcast) -> Html:
    """Name the state, with its moment or reason."""
    names = {
        BroadcastState.WAITING_APPROVAL: _("menunggu persetujuan orang kedua"),
        BroadcastState.SCHEDULED: _("dijadwalkan {when}"),
        BroadcastState.RUNNING: _("sedang dikirim"),
        BroadcastState.PAUSED: _("dijeda"),
        BroadcastState.DONE: _("selesai"),
        BroadcastState.CANCELLED: _("dibatalkan"),
        BroadcastState.FAILED: _("tidak jadi dikirim karena sudah terlambat"),
    }
    words = fill(names[found.state], when=_wib(found.starts_at))
    if found.state is BroadcastState.PAUSED and found.reason == Halt.ACCOUNT:
        words = _("dijeda, karena akun bot ditolak. Minta operator memeriksanya, lalu lanjutkan")
    elif found.state is BroadcastState.PAUSED and found.reason:
        words = _("dijeda, karena semua pesannya ditolak")
    return Html(words)


def about(lasts: timedelta) -> str:
    """Say how long sending takes; less than a minute is a minute."""
    return fill(_("kira-kira {time}"), time=hours_and_minutes(max(lasts, timedelta(minutes=1))))


def _with_buttons(reply: Reply, found: Broadcast) -> Reply:
    match found.state:
        case BroadcastState.RUNNING:
            return reply.row(
                _act(_("⏸ Jeda"), found, BroadcastAct.PAUSE), _act(_("🚫 Batalkan"), found, BroadcastAct.CANCEL)
            )
        case BroadcastState.PAUSED:
            return reply.row(
                _act(_("▶️ Lanjutkan"), found, BroadcastAct.RESUME), _act(_("🚫 Batalkan"), found, BroadcastAct.CANCEL)
            )
        case BroadcastState.WAITING_APPROVAL | BroadcastState.SCHEDULED:
            return reply.row(_act(_("🚫 Batalkan"), found, BroadcastAct.CANCEL))
        case _:
            return reply


def _act(label: str, found: Broadcast, act: BroadcastAct) -> Button:
    return button(label, "announcement", n=str(found.id), do=act.value)


def _bar(progress: Progress, expected: int) -> str:
    """Draw how much is through: ▰▰▰▱▱▱▱▱▱▱ 30%."""
    every = max(expected, progress.planned, 1)
    through = progress.planned - progress.waiting
    tenths = through * 10 // every
    return f"{'▰' * tenths}{'▱' * (10 - tenths)} {through * 100 // every}%"


def _others(progress: Progress) -> list[str]:
    named = (
        (_("tidak bisa dihubungi {count}"), progress.gone),
        (_("gagal {count}"), progress.failed),
        (_("tidak pasti sampai {count}"), progress.unknown),
        (_("tidak perlu lagi {count}"), progress.cancelled),
        (_("lewat waktu {count}"), progress.expired),
    )
    return [fill(words, count=count) for words, count in named if count]


def _wib(at: datetime) -> str:
    return moment(at, Zone.WIB.tz, Zone.WIB.value)
