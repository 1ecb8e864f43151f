"""What staff are warned of: targets about to be missed, and complaints that jump."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.helpdesk.card import today
from handlers.helpdesk.outside import name_of
from handlers.phrases.matters import matter_name
from programme.helpdesk import HelpdeskRules
from programme.model.tickets import Ticket, TicketState
from programme.programme import Programme

_NEAR = timedelta(days=4)  # a weekend with a holiday before it


@dataclass(frozen=True, slots=True)
class Warned:
    """A target that will be missed in `left` working time; `target` is `answer` or `closing`.

    `too_late` says that the cutoff comes before anybody is at work long enough to answer.
    """

    target: str
    left: timedelta
    too_late: bool = False


def warnings_due(ticket: Ticket, rules: HelpdeskRules, now: datetime) -> list[Warned]:
    """Return the targets of an open ticket that are nearly used up, or missed already.

    The nearer the cutoff at this moment, the tighter the target; after hours, what counts is whether anybody
    is at work again before it. Tickets that wait for somebody outside, or are with the bot,
    are not rushed to closing.
    """
    target = rules.target(ticket.cutoff, now)
    worked = rules.hours.worked(_begun(ticket), now)
    found = []
    if not _answered(ticket) and ticket.state is not TicketState.WITH_BOT:
        left = target.first_answer - worked
        too_late = _is_too_late(ticket.cutoff, min(left, target.first_answer * rules.warn_before), rules, now)
        found.append(Warned("answer", timedelta() if too_late else left, too_late))
    if ticket.outside is None and ticket.state is not TicketState.WITH_BOT:
        found.append(Warned("closing", target.closing - worked))
    limits = {"answer": target.first_answer, "closing": target.closing}
    return [each for each in found if each.left <= limits[each.target] * rules.warn_before]


def _begun(ticket: Ticket) -> datetime:
    """Return since when its targets run: one that was opened again begins anew."""
    return ticket.queued_at if ticket.reopened else ticket.opened_at


def _answered(ticket: Ticket) -> bool:
    return ticket.answered_at is not None and (ticket.waits_since is None or ticket.answered_at >= _begun(ticket))


def _is_too_late(cutoff: datetime | None, work: timedelta, rules: HelpdeskRules, now: datetime) -> bool:
    """Tell whether the cutoff comes before so much has been worked; one far ahead is not looked at."""
    if cutoff is None or not now < cutoff <= now + _NEAR or work <= timedelta():
        return False
    done_at = rules.hours.after(now, work)
    return done_at is None or done_at > cutoff


def alarm_words(ticket: Ticket, warning: Warned, now: datetime, number: str, holder: str) -> str:
    """Write a warning; `number` names the ticket, `holder` whoever has it, both as HTML."""
    what = "jawaban pertama" if warning.target == "answer" else "penyelesaian"
    minutes = int(warning.left.total_seconds() // 60)
    left = f"tinggal {minutes} menit kerja" if minutes > 0 else "sudah lewat"
    cutoff = f", {today(ticket.cutoff, now)} ke batas beli" if ticket.cutoff and ticket.cutoff > now else ""
    told = f"target {what} {left}{cutoff}"
    if warning.too_late and ticket.cutoff is not None:
        told = f"🌙 {today(ticket.cutoff, now)} ke batas beli, dan tidak ada jam kerja lagi sebelum itu"
    held = f" Dipegang {holder}." if holder else " Belum ada yang memegang."
    return f"⚠️ Aduan {number} ({matter_name(ticket.about)}): {told}.{held}"


def jumped(
    about: str, concerned: str | None, *, lately: int, before: int, rules: HelpdeskRules, programme: Programme
) -> str | None:
    """Say that complaints of a kind jumped; None where they did not.

    `lately` counts those in the window, `before` those in the usual days before it.
    """
    rule = rules.incidents
    usual = before * (rule.window / timedelta(days=rule.usual_days))
    if lately < rule.at_least or lately < rule.times_usual * usual:
        return None
    name = name_of(programme, concerned)
    minutes = int(rule.window.total_seconds() // 60)
    return (
        f"📈 <b>{lately} aduan {matter_name(about)}{f' {name}' if name else ''}</b> dalam {minutes} menit "
        f"(biasanya {usual:.1f}). Jadikan insiden supaya satu kabar menjawab semuanya?"
    )
