"""`sobat broadcast`: announce to a wave, and look after what was announced."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.errors import told
from bot.cli.options import Database, maybe_moment
from programme.model.broadcasts import BroadcastAct
from programme.model.milestones import Milestone
from programme.model.zones import Zone

app = typer.Typer(
    invoke_without_command=True,
    help="""
Announce something to a wave: to everybody in it, or to those who have or have not come so far.

See what it comes to:  [bold]sobat broadcast --wave 21 --not-bought --text-file news.txt --dry-run[/]

In the text, {nama} and {sisa_hari} are filled for each person; <b> and <i> are kept. Buttons:
--button "Cara beli -> how_to_buy" --button "Dashboard -> https://www.prakerja.go.id"

It goes out while [bold]sobat run[/] is running. What would end after the cutoff is refused, with the latest
possible start; a large one waits for a second person: [bold]sobat broadcast approve[/].
""",
)

_MILESTONES = ", ".join(each.value for each in Milestone)

Number = Annotated[int, typer.Argument(help="The announcement's number; sobat broadcast status lists them.")]
As = Annotated[str | None, typer.Option("--as", help="Telegram id of the staff member who acts; else your login.")]
Clock = Annotated[
    str | None, typer.Option("--clock", help="Rehearse at another moment, such as 2021-10-18T09:00:00+07:00.")
]


@app.callback()
def broadcast(
    context: typer.Context,
    *,
    wave: Annotated[list[int] | None, typer.Option(help="Whose wave; repeat it for several.")] = None,
    everybody: Annotated[bool, typer.Option("--everybody", help="All waves.")] = False,
    bought: Annotated[
        bool | None, typer.Option("--bought/--not-bought", help="Only who has (not) bought the first training.")
    ] = None,
    reached: Annotated[
        list[Milestone] | None, typer.Option(metavar="MILESTONE", help=f"Only who reached it: {_MILESTONES}.")
    ] = None,
    not_reached: Annotated[
        list[Milestone] | None, typer.Option(metavar="MILESTONE", help="Only who has not reached it.")
    ] = None,
    linked: Annotated[
        bool | None, typer.Option("--linked/--not-linked", help="Only who is (not) linked to official data.")
    ] = None,
    got: Annotated[int | None, typer.Option(help="Only who got the announcement of this number.")] = None,
    left_with_it: Annotated[
        bool, typer.Option("--left-with-it", help="Of these, only who still has its former words.")
    ] = False,
    people: Annotated[
        Path | None, typer.Option("--list", help="Only these: a phone number or participant's number a line.")
    ] = None,
    share: Annotated[int | None, typer.Option(min=1, max=99, help="Only so many percent of them.")] = None,
    sample: Annotated[int | None, typer.Option(min=1, max=100, help="To so many of them, as a try.")] = None,
    zone: Annotated[list[Zone] | None, typer.Option(help="Only who lives in this time zone.")] = None,
    text_file: Annotated[Path | None, typer.Option(help="The words in Indonesian.")] = None,
    text_en_file: Annotated[Path | None, typer.Option(help="In English; without it they get the Indonesian.")] = None,
    picture: Annotated[Path | None, typer.Option(help="A PNG or JPEG to go with it.")] = None,
    picture_says: Annotated[str, typer.Option(help="What the picture shows, for those who can't see it.")] = "",
    button: Annotated[
        list[str] | None, typer.Option(help='"Label -> conversation" or "Label | English -> https://...".')
    ] = None,
    at: Annotated[str | None, typer.Option(help="When to begin, with time zone; else at once.")] = None,
    until: Annotated[str | None, typer.Option(help="The last moment to send; else the waves' cutoff.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Also to those who already got these words.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count and show everything, order nothing.")] = False,
    preview: Annotated[bool, typer.Option("--preview", help="Send it to yourself alone (with --as).")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask before ordering.")] = False,
    acting_as: As = None,
    clock: Clock = None,
    database: Database = None,
) -> None:
    """Order an announcement."""
    if context.invoked_subcommand is not None:
        return
    if text_file is None:
        raise typer.BadParameter("which words? --text-file FILE (or a command: see sobat broadcast --help)")
    if not wave and not everybody and got is None and people is None:
        raise typer.BadParameter("to whom? --wave NUMBER, --got NUMBER, --list FILE, or --everybody")
    from bot.cli.broadcast_order import Request, order

    wish = Request(
        waves=tuple(wave or ()),
        reached=(*(reached or ()), *((Milestone.BOUGHT,) if bought else ())),
        not_reached=(*((Milestone.BOUGHT,) if bought is False else ()), *(not_reached or ())),
        zones=tuple(zone or ()),
        linked=linked,
        got=got,
        left_with_it=left_with_it,
        people=people,
        share=share,
        sample=sample,
        text=text_file,
        english=text_en_file,
        picture=picture,
        picture_says=picture_says,
        buttons=tuple(button or ()),
        at=maybe_moment(at),
        until=maybe_moment(until),
        again=again,
    )
    told(
        lambda: asyncio.run(
            order(wish, acting_as, database, maybe_moment(clock), dry_run=dry_run, preview=preview, yes=yes)
        )
    )


@app.command()
def status(
    number: Annotated[int | None, typer.Argument(help="Which one; without it, the latest ten.")] = None,
    *,
    watch: Annotated[bool, typer.Option("--watch", help="Stay and show a bar until it is through.")] = False,
    database: Database = None,
) -> None:
    """Show how far announcements are."""
    from bot.cli.broadcast_report import show, show_latest

    told(lambda: asyncio.run(show_latest(database) if number is None else show(number, database, watch=watch)))


@app.command()
def results(
    number: Number,
    file: Annotated[Path | None, typer.Option("--file", help="Where to write; else to the terminal.")] = None,
    database: Database = None,
) -> None:
    """Write what became of each person's message, as CSV; people are told apart by number, not by phone."""
    from bot.cli.broadcast_report import write_results

    told(lambda: asyncio.run(write_results(number, file, database)))


@app.command()
def approve(number: Number, acting_as: As = None, clock: Clock = None, database: Database = None) -> None:
    """Ask somebody (--as) to approve a large announcement, in their own chat; a name typed here approves nothing."""
    _act(number, BroadcastAct.APPROVE, acting_as, clock, database)


@app.command()
def pause(number: Number, acting_as: As = None, database: Database = None) -> None:
    """Stop sending for now; what is on its way still arrives."""
    _act(number, BroadcastAct.PAUSE, acting_as, None, database)


@app.command()
def resume(number: Number, acting_as: As = None, clock: Clock = None, database: Database = None) -> None:
    """Go on after a pause."""
    _act(number, BroadcastAct.RESUME, acting_as, clock, database)


@app.command()
def cancel(number: Number, acting_as: As = None, database: Database = None) -> None:
    """Call it off: what has not gone out never will."""
    _act(number, BroadcastAct.CANCEL, acting_as, None, database)


@app.command()
def retry(number: Number, acting_as: As = None, clock: Clock = None, database: Database = None) -> None:
    """Try again where it failed or nobody could be reached; nobody gets it twice."""
    _act(number, BroadcastAct.RETRY, acting_as, clock, database)


@app.command()
def withdraw(number: Number, acting_as: As = None, database: Database = None) -> None:
    """Call it off, and take it back where it went out: on Telegram within 48 hours, on WhatsApp never."""
    from bot.cli.broadcast_amend import withdraw

    told(lambda: asyncio.run(withdraw(number, acting_as, database)))


@app.command()
def edit(
    number: Number,
    *,
    text_file: Annotated[Path, typer.Option(help="What it is to say, in Indonesian.")],
    text_en_file: Annotated[Path | None, typer.Option(help="In English; without it they get the Indonesian.")] = None,
    acting_as: As = None,
    database: Database = None,
) -> None:
    """Have it say something else where it went out (not on WhatsApp), and from now on; it is paused first."""
    from bot.cli.broadcast_amend import edit

    told(lambda: asyncio.run(edit(number, text_file, text_en_file, acting_as, database)))


@app.command()
def correct(
    number: Number,
    *,
    text_file: Annotated[Path, typer.Option(help="The correction, in Indonesian.")],
    text_en_file: Annotated[Path | None, typer.Option(help="In English.")] = None,
    left_with_it: Annotated[
        bool, typer.Option("--left-with-it", help="Only where it was not withdrawn or edited.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count and show everything, order nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask before ordering.")] = False,
    acting_as: As = None,
    clock: Clock = None,
    database: Database = None,
) -> None:
    """Announce a correction to exactly those who got it, or perhaps got it."""
    from bot.cli.broadcast_order import Request, order

    wish = Request(text=text_file, english=text_en_file, got=number, left_with_it=left_with_it)
    told(
        lambda: asyncio.run(
            order(wish, acting_as, database, maybe_moment(clock), dry_run=dry_run, preview=False, yes=yes)
        )
    )


@app.command("stop-all")
def stop_all(acting_as: As = None, database: Database = None) -> None:
    """Pause everything that goes out or is scheduled, at once."""
    from bot.cli.broadcast_amend import stop_all

    told(lambda: asyncio.run(stop_all(acting_as, database)))


def _act(number: int, act: BroadcastAct, acting_as: str | None, clock: str | None, database: str | None) -> None:
    from bot.cli.broadcast_order import do

    told(lambda: asyncio.run(do(number, act, acting_as, database, maybe_moment(clock))))
