"""`sobat helpdesk`: how well it does, and inviting staff."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.commands.options import Database
from programme.staff import Role

app = typer.Typer(no_args_is_help=True, help="See how the helpdesk does, and invite people to work there.")
console = Console()


@app.command()
def report(
    *,
    days: Annotated[int, typer.Option(min=1, help="How many days back.")] = 7,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    database: Database = None,
) -> None:
    """Tell first-answer and closing times (working minutes), stars, reopened tickets, and the backlog."""
    from bot.commands.acting import Desk
    from bot.helpdesk.figures import Figures, figures
    from programme.helpdesk import load_helpdesk

    async def show(desk: Desk) -> None:
        until = desk.clock.now()
        since = until - timedelta(days=days)
        async with desk.store.reading() as tx:
            found = figures(await tx.views.times(since), load_helpdesk(), since, until)
        if as_json:
            import orjson

            print(orjson.dumps(asdict(found)).decode())  # noqa: T201 - for scripts
        else:
            _show(found)

    def _show(found: Figures) -> None:
        console.print(f"{found.opened} opened, {found.closed} of them closed, in {days} days", highlight=False)
        times = Table("", "tickets", "median", "p90", "within target")
        for name, one in (("first answer", found.first_answer), ("closing", found.closing)):
            cells = [_minutes(one.median), _minutes(one.p90), _share(one.in_time)]
            times.add_row(name, str(one.count), *cells)
        console.print(times)
        stars = "none yet" if found.stars is None else f"{found.stars:.2f} from {found.rated}"
        console.print(f"stars: {stars}; reopened: {_share(found.reopen_rate)}", highlight=False)
        backlog = Table("open for", "kind", "tickets")
        for age, kinds in found.backlog.items():
            for kind, count in sorted(kinds.items()):
                backlog.add_row(age, kind, str(count))
        console.print(backlog if found.backlog else "no open tickets")

    _with_desk(database, show)


@app.command()
def invite(
    role: Annotated[Role, typer.Option(help="What the invited person may do.")] = Role.AGENT,
    shift: Annotated[str | None, typer.Option(help="A shift of programme/data/helpdesk.toml.")] = None,
    team: Annotated[str | None, typer.Option(help="Whose tickets they get.")] = None,
    database: Database = None,
) -> None:
    """Make an invitation that works once; it is sent to the bot as /start staf-CODE."""
    from bot.commands.acting import Desk
    from programme.helpdesk import load_helpdesk

    rules = load_helpdesk()
    if shift is not None and shift not in rules.hours.shifts:
        raise typer.BadParameter(f"no shift {shift!r}; there are {', '.join(rules.hours.shifts)}")

    async def make(desk: Desk) -> None:
        who, now = (await desk.member(None)).who, desk.clock.now()
        async with desk.store.writing() as tx:
            code = await tx.agents.invite(role, who, now + rules.invitation_lasts, shift=shift, team=team)
            await tx.staff.record(who, "staff.invite", role.value, now)
        console.print(f"https://t.me/YOUR_BOT?start=staf-{code}", highlight=False, soft_wrap=True)

    _with_desk(database, make)


def _minutes(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f} min"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.0%}"


def _with_desk(database: str | None, act: Callable[..., Awaitable[None]]) -> None:
    """Run `act` at an open desk; what is wrong is told in one sentence."""
    from bot.commands.acting import open_desk
    from bot.complaints import told

    async def run() -> None:
        async with open_desk(database) as desk:
            await act(desk)

    told(lambda: asyncio.run(run()))
