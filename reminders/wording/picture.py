"""The words on the picture of a deadline, in the person's language and zone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from locales import _, _n, fill, long_date
from programme.cutoffs import Cutoff
from programme.model.messages import Picture
from programme.model.zones import Zone
from reminders.wording.situation import ReminderSituation

if TYPE_CHECKING:
    from reminders.pictures.deadline_card import DeadlineCard

_STEPS: Final = (timedelta(hours=1), timedelta(minutes=10))
"""A picture counts in these, so that one serves many people; the text beside it is exact."""


def deadline_picture(situation: ReminderSituation, cutoff: Cutoff) -> Picture:
    """Draw the picture; a tenth of a second the first time, so call it in a thread."""
    from reminders.pictures.deadline_card import draw  # Pillow is only loaded once a picture is drawn

    card = deadline_card(situation, cutoff)
    said = (card.headline, (card.today or "").rstrip("!"), card.date_line, card.time_line, card.own_time_line)
    return Picture(draw(card), ". ".join(filter(None, said)))


def dated_picture(situation: ReminderSituation, cutoff: Cutoff) -> Picture:
    """Draw until when, and nothing that is left: true whenever it is seen. Call it in a thread, as the other."""
    from reminders.pictures.deadline_card import draw

    card = replace(deadline_card(situation, cutoff), headline=_("Batas beli pelatihan"), days_left=0, today=None)
    said = (card.headline, card.date_line, card.time_line, card.own_time_line)
    return Picture(draw(card), ". ".join(filter(None, said)))


def deadline_card(situation: ReminderSituation, cutoff: Cutoff) -> DeadlineCard:
    """Write the card: what is left, until when on both clocks, and what to do."""
    from reminders.pictures.deadline_card import DeadlineCard

    days = situation.days_left(cutoff)
    return DeadlineCard(
        headline=_days(days) if days else _about(cutoff.at - situation.now),
        days_left=days,
        date_line=long_date(cutoff.day),
        time_line=f"{cutoff.at.astimezone(Zone.WIB.tz):%H.%M} {Zone.WIB}",
        own_time_line=_own_time(situation, cutoff),
        footer=fill(_("Beli pelatihan pertama {wave}"), wave=situation.wave),
        today=None if days else _today(situation),
    )


def _days(days: int) -> str:
    return fill(_n("{days} hari lagi", "{days} hari lagi", days), days=days)


def _today(situation: ReminderSituation) -> str:
    return _("Hari ini!") if situation.person.zone is Zone.WIB else _("Malam ini!")


def _about(left: timedelta) -> str:
    step = next((step for step in _STEPS if left >= step), None)
    if step is None:
        return fill(_("Tinggal {time}"), time=left)
    return fill(_("Tinggal {time} lebih"), time=left - left % step)


def _own_time(situation: ReminderSituation, cutoff: Cutoff) -> str | None:
    zone = situation.person.local
    if zone is Zone.WIB:
        return None
    own = cutoff.at.astimezone(zone.tz)
    return fill(_("{hour} {zone}, {day}"), hour=f"{own:%H.%M}", zone=zone, day=long_date(own.date()))
