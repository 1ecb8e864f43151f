"""The buttons below a reminder: buy now, make a plan, report, or say what is in the way."""

from __future__ import annotations

from locales import _
from programme.model.messages import Button, Key, Open
from reminders.planner import TOMORROW_MORNING, TONIGHT, Planner
from reminders.wording.situation import ReminderSituation

Rows = tuple[tuple[Key, ...], ...]


def button(label: str, conversation: str, /, **answers: str) -> Button:
    """Make a button that opens `conversation` with these answers given."""
    return Button(label, Open(conversation, answers))


def plan_rows(situation: ReminderSituation, *, picks: bool, later: bool = True) -> Rows:
    """Return the buttons that ask for a plan: only those hours that are left, and picks where there are any.

    Without `later` it is now or never.
    """
    rows: list[tuple[Key, ...]] = [
        (button(_("Beli sekarang"), "how_to_buy"),),
        _later(situation) if later else (),
        (_bought(situation), button(_("Ada kendala"), "obstacle")),
    ]
    if picks and _has_picks(situation):
        rows.append((button(_("Lihat rekomendasi"), "recommend", picks="1"),))
    return tuple(row for row in rows if row)


def _bought(situation: ReminderSituation) -> Button:
    """Return the button that reports the purchase; where it was reported, the one that confirms it."""
    if situation.reported:
        return button(_("Sudah tampil"), "purchase_shown", shown="yes")
    return button(_("Sudah beli"), "report_bought")


def _later(situation: ReminderSituation) -> tuple[Key, ...]:
    planner = Planner(situation.programme, situation.policy)
    offers = ((_("Nanti malam"), TONIGHT), (_("Besok pagi"), TOMORROW_MORNING))
    return tuple(
        button(label, "plan", when=when)
        for label, when in offers
        if planner.plan_for(situation.person, when, situation.now)
    )


def _has_picks(situation: ReminderSituation) -> bool:
    wave = situation.person.wave
    return wave is not None and bool(situation.programme.catalogue.picks(wave))
