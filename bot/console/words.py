"""Words that several pages of the console share: roles, states, matters, numbers, lengths of time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from babel.numbers import format_decimal, format_percent

from handlers.helpdesk.outside import name_of
from handlers.phrases.matters import matter_name
from locales import _, _n, current_language, plainly
from programme.model.staff import Role
from programme.model.tickets import Ticket, TicketState
from programme.model.zones import Zone
from programme.programme import Programme


def role_name(role: Role) -> str:
    """Name a role."""
    return {Role.AGENT: _("petugas"), Role.SUPERVISOR: _("supervisor"), Role.ADMIN: _("admin")}[role]


def state_name(state: TicketState) -> str:
    """Name where a ticket stands."""
    return {
        TicketState.WAITING: _("menunggu"),
        TicketState.HELD: _("dipegang"),
        TicketState.WITH_BOT: _("di bot"),
        TicketState.CLOSED: _("ditutup"),
    }[state]


def number(count: int) -> str:
    """Write a count: *754.929*."""
    return str(format_decimal(count, locale=current_language().locale))


def share(part: int, whole: int) -> str:
    """Write a share in whole percent; a dash where there is nothing to have a share of."""
    return str(format_percent(part / whole, locale=current_language().locale)) if whole else "–"


def lasting(time: timedelta) -> str:
    """Write a length of time in its largest unit."""
    minutes = int(time.total_seconds() // 60)
    if minutes < 60:
        return plainly(_n("{count} menit", "{count} menit", minutes), count=minutes)
    if minutes < 48 * 60:
        return plainly(_n("{count} jam", "{count} jam", minutes // 60), count=minutes // 60)
    return plainly(_n("{count} hari", "{count} hari", minutes // 1440), count=minutes // 1440)


def left(time: timedelta) -> str:
    """Write how much time is left, in days and hours, or hours and minutes."""
    minutes = int(time.total_seconds() // 60)
    if minutes < 60:
        return lasting(time)
    if minutes < 48 * 60:
        return plainly(_("{hours} jam {minutes} menit"), hours=minutes // 60, minutes=minutes % 60)
    return plainly(_("{days} hari {hours} jam"), days=minutes // 1440, hours=minutes % 1440 // 60)


def to_cutoff(cutoff: datetime | None, now: datetime) -> str:
    """Write how long it is to a cutoff; empty where there is none."""
    if cutoff is None:
        return ""
    return _("batas lewat") if cutoff <= now else plainly(_("sisa {time}"), time=lasting(cutoff - now))


def urgency(cutoff: datetime | None, now: datetime) -> str:
    """Name how near a cutoff is, as the phone's colours have it: over, today, tomorrow, soon, calm."""
    if cutoff is None:
        return "calm"
    left = cutoff - now
    limits = (("over", 0), ("today", 24), ("tomorrow", 48), ("soon", 72))
    return next((name for name, hours in limits if left <= timedelta(hours=hours)), "calm")


def wib(at: datetime) -> str:
    """Write a moment on the programme's clock: *18/10 09.00 WIB*."""
    return f"{at.astimezone(Zone.WIB.tz):%d/%m %H.%M} WIB"


def here_words(looking: Sequence[str], writing: Sequence[str]) -> str:
    """Say who else is at a complaint; empty where nobody is."""
    look = [name for name in looking if name not in writing]
    parts = [plainly(_("{names} menulis…"), names=", ".join(writing)) if writing else ""]
    parts.append(plainly(_("{names} melihat"), names=", ".join(look)) if look else "")
    return " · ".join(filter(None, parts))


def matter_of(one: Ticket, programme: Programme) -> str:
    """Name what a complaint is about, with the platform or partner."""
    concerned = name_of(programme, one.concerned)
    return " · ".join(filter(None, (matter_name(one.about), concerned)))
