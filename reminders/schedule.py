"""Schedule: one row a participant, the moment at which they are next to be reminded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from programme.model.deliveries import Due
from programme.model.participants import Participant, ReminderLevel
from programme.model.ports import ReminderRows
from programme.programme import Programme
from reminders.owed import latest_owed, next_after, send_at
from reminders.policy import Policy
from reminders.sources import moved_source
from reminders.timetable import certain_cutoff, timetable


async def reschedule(
    rows: ReminderRows,
    participant: Participant,
    programme: Programme,
    policy: Policy,
    *,
    catch_up: bool = False,
    taken_back: bool = False,
) -> None:
    """Plan the person's next reminder, and withdraw what waits in the outbox but is no longer wanted.

    To be called whenever something about the person changed. A row that fell due and whose reminder is still
    owed stays, so nobody is skipped for writing at that very second. `catch_up` is for people who come to
    the bot late, as by an import: they are owed the most urgent of what they missed, and only that.
    With `taken_back`, what was cancelled because of a report that was a mistake is owed again.
    """
    now, dues = rows.now, timetable(participant, programme, policy)
    await rows.withdraw(participant.id, keeping=_still_wanted(dues, participant, programme))
    if taken_back and (cancelled := latest_owed(dues, None, now)):
        await rows.revive(participant.id, cancelled.source)
    row = await rows.row_of(participant.id)
    planned = _row(dues, row, participant, policy, now, catch_up=catch_up)
    if planned != row:
        await rows.set_row(participant.id, planned)


def _row(
    dues: Sequence[Due],
    row: datetime | None,
    participant: Participant,
    policy: Policy,
    now: datetime,
    *,
    catch_up: bool,
) -> datetime | None:
    upcoming = next_after(dues, now)
    if row is not None and row <= now and latest_owed(dues, row, now):
        return row
    if catch_up and (missed := latest_owed(dues, None, now)):
        at = send_at(missed, upcoming, participant, policy, now)
        if at is not None and (upcoming is None or upcoming.at - max(at, now) > policy.spacing):
            return missed.at
    return upcoming.at if upcoming else None


def _still_wanted(dues: Sequence[Due], participant: Participant, programme: Programme) -> list[str]:
    wanted = [due.source for due in dues]
    cutoff = certain_cutoff(participant, programme)
    if cutoff and participant.wave and participant.reminders.level is not ReminderLevel.NONE:
        wanted.append(moved_source(participant.wave, cutoff.day))
    return wanted
