"""`sobat helpdesk`: how well it does, and inviting staff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.errors import at_desk
from bot.cli.options import Database
from programme.model.staff import Role

if TYPE_CHECKING:
    from bot.cli.acting import CommandContext
    from bot.helpdesk.figures import Figures

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
    from bot.helpdesk.figures import figures
    from programme.helpdesk import load_helpdesk

    async def show(desk: CommandContext) -> None:
        async with desk.store.reading() as tx:
            since = tx.now - timedelta(days=days)
            found = figures(await tx.views.times(since), load_helpdesk(), since, tx.now)
        if as_json:
            import orjson

            print(orjson.dumps(asdict(found)).decode())  # noqa: T201 - for scripts
        else:
            _show(found, days)

    at_desk(database, show)


@app.command()
def invite(
    role: Annotated[Role, typer.Option(help="What the invited person may do.")] = Role.AGENT,
    shift: Annotated[str | None, typer.Option(help="A shift of programme/data/helpdesk.toml.")] = None,
    team: Annotated[str | None, typer.Option(help="Whose tickets they get.")] = None,
    database: Database = None,
) -> None:
    """Make an invitation that works once; it is sent to the bot as /start staf-CODE."""
    from bot.store.repositories.agents import Invitation
    from programme.helpdesk import load_helpdesk

    rules = load_helpdesk()
    if shift is not None and shift not in rules.hours.shifts:
        raise typer.BadParameter(f"no shift {shift!r}; there are {', '.join(rules.hours.shifts)}")

    async def make(desk: CommandContext) -> None:
        who = (await desk.member(None)).who
        async with desk.store.writing() as tx:
            invitation = Invitation(role, who, shift, team)
            code = await tx.agents.invite(invitation, tx.now + rules.invitation_lasts)
            await tx.staff.record(who, "staff.invite", role.value)
        console.print(f"https://t.me/YOUR_BOT?start=staf-{code}", highlight=False, soft_wrap=True)

    at_desk(database, make, first=True)


def _show(found: Figures, days: int) -> None:
    console.print(f"{found.opened} opened, {found.closed} of them closed, in {days} days", highlight=False)
    times = Table("", "tickets", "median", "p90", "within target")
    for name, one in (("first answer", found.first_answer), ("closing", found.closing)):
        times.add_row(name, str(one.count), _minutes(one.median), _minutes(one.p90), _share(one.in_time))
    console.print(times)
    stars = "none yet" if found.stars is None else f"{found.stars:.2f} from {found.rated}"
    each = ", ".join(f"{count} gave {star}" for star, count in found.by_stars.items())
    console.print(f"stars: {stars}{f' ({each})' if each else ''}", highlight=False)
    console.print(f"reopened: {_share(found.reopen_rate)} of what was closed", highlight=False)
    if not found.backlog:
        console.print("no open tickets")
        return
    console.print(_backlog(found.backlog))
    open_ = sum(sum(kinds.values()) for kinds in found.backlog.values())
    console.print(
        f"of {open_} open: {found.unanswered} without any answer, {found.overdue} past a target, "
        f"{found.urgent} with less than a day to their cutoff",
        highlight=False,
        soft_wrap=True,
    )


def _backlog(backlog: Mapping[str, Mapping[str, int]]) -> Table:
    """Put kinds below each other, ages beside each other, and the sums around."""
    kinds = Counter[str]()
    for counts in backlog.values():
        kinds.update(counts)
    table = Table("kind", *map(_short, backlog), "all", show_footer=True, title="open tickets", title_justify="left")
    table.columns[0].no_wrap = True
    for column, counts in zip(table.columns[1:-1], backlog.values(), strict=True):
        column.footer, column.justify = str(sum(counts.values())), "right"
    table.columns[0].footer, table.columns[-1].footer = "all", str(kinds.total())
    table.columns[-1].justify = "right"
    for kind, count in kinds.most_common():
        table.add_row(kind, *(str(counts.get(kind, "")) for counts in backlog.values()), str(count))
    return table


def _short(age: str) -> str:
    """Write *under 4 hours* as *< 4 h*, so that all fit beside each other."""
    return age.replace("under", "<").replace(" and more", "+").replace(" hours", " h").replace(" hour", " h")


def _minutes(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f} min"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.0%}"
