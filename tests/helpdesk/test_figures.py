"""The figures of the helpdesk, in working time."""

from __future__ import annotations

from datetime import datetime, timedelta

import orjson
from click.testing import CliRunner

from bot.helpdesk.figures import figures
from bot.store.repositories.ticket_views import TicketTimes
from programme.helpdesk import load_helpdesk
from tests.command_line import SOBAT

MONDAY = datetime.fromisoformat("2021-10-18T09:00:00+07:00")
HOUR = timedelta(hours=1)


def ticket(opened: datetime, answered: timedelta | None, closed: timedelta | None, **more: object) -> TicketTimes:
    given: dict[str, object] = {"about": "buying", "cutoff": None, "stars": None, "reopened": 0, **more}
    return TicketTimes(
        opened_at=opened,
        answered_at=None if answered is None else opened + answered,
        closed_at=None if closed is None else opened + closed,
        **given,  # type: ignore[arg-type]
    )


def test_times_count_only_while_somebody_works_and_meet_their_targets() -> None:
    evening = MONDAY.replace(hour=17)
    found = figures(
        [
            ticket(MONDAY, HOUR / 2, 2 * HOUR, stars=5),
            ticket(evening, 16 * HOUR, 16 * HOUR, stars=3, reopened=1),
            ticket(MONDAY, 3 * HOUR, None, cutoff=MONDAY + 20 * HOUR),
            ticket(MONDAY - timedelta(days=10), None, None, about="incentive"),
        ],
        load_helpdesk(),
        MONDAY - timedelta(days=1),
        MONDAY + timedelta(days=1),
    )
    assert (found.opened, found.closed) == (3, 2)
    assert found.first_answer.median == 60
    assert found.first_answer.in_time == 2 / 3
    assert found.closing.in_time == 2 / 3, "what is open and past its target is missed"
    assert (found.unanswered, found.overdue, found.urgent) == (1, 2, 0)
    assert found.by_stars == {5: 1, 3: 1}
    assert found.stars == 4
    assert found.reopen_rate == 0.5
    assert found.backlog == {"under 3 days": {"buying": 1}, "3 days and more": {"incentive": 1}}


def test_the_report_on_an_empty_helpdesk(sqlite_url: str) -> None:
    assert "no open tickets" in CliRunner().invoke(SOBAT, ["helpdesk", "report", "--database", sqlite_url]).output
    told = CliRunner().invoke(SOBAT, ["helpdesk", "report", "--json", "--database", sqlite_url])
    assert orjson.loads(told.output)["opened"] == 0
