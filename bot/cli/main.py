"""`sobat`: the command line. Heavy parts are imported by the command that needs them."""

from __future__ import annotations

import asyncio
import gc
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.errors import told
from bot.cli.options import as_moment

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="""
[bold]Sobat[/] keeps participants of Kartu Prakerja from losing their place.

Try it:  [bold]sobat run[/] and open http://127.0.0.1:8080, or [bold]sobat chat[/] right here.

Settings come from the environment (TELEGRAM_TOKEN, DATABASE_URL, ...): see README.md.
""",
)
db = typer.Typer(no_args_is_help=True, help="Look after the database.")
app.add_typer(db, name="db")
whatsapp = typer.Typer(no_args_is_help=True, help="Look after the number on WhatsApp.")
if sys.argv[1:2] != ["chat"]:  # a chat starts at once, without what only staff needs
    from bot.cli import (
        backup,
        breach,
        broadcast,
        dead_letters,
        helpdesk,
        import_commands,
        person,
        staff,
        whatsapp_costs,
        whatsapp_templates,
    )

    app.add_typer(broadcast.app, name="broadcast")
    app.add_typer(import_commands.app, name="import")
    app.add_typer(staff.app, name="staff")
    app.add_typer(helpdesk.app, name="helpdesk")
    app.add_typer(person.app, name="person")
    app.add_typer(dead_letters.app, name="dead-letters")
    app.add_typer(whatsapp, name="whatsapp")
    app.command("breach")(breach.breach)
    app.command("backup")(backup.backup)
    app.command("restore")(backup.restore)
    whatsapp.command("costs")(whatsapp_costs.costs)
    whatsapp.add_typer(whatsapp_templates.app, name="templates")

DEMO_START = "2021-10-18T09:00:00+07:00"


Database = Annotated[
    str | None, typer.Option("--database", help="sqlite:///FILE or postgresql://...; without it, in memory.")
]


class ChatChannel(StrEnum):
    """What `sobat chat` stands for."""

    terminal = "terminal"
    whatsapp = "whatsapp"


@app.command()
def run(
    only: Annotated[
        str | None,
        typer.Option(help="Do one part, beside other processes: web, worker, scheduler or console."),
    ] = None,
) -> None:
    """Serve Sobat: a demonstration on a web page, or the real bot where TELEGRAM_TOKEN is set.

    The demonstration has a phone, a clock that starts on Monday 18 October 2021 09.00 WIB, and a list of
    what went out when.
    """
    from bot.app.processes import ProcessRole
    from bot.app.serve import run as serve

    if only is not None and only not in tuple(ProcessRole):
        raise typer.BadParameter("choose web, worker, scheduler or console", param_hint="--only")
    told(lambda: serve(ProcessRole(only) if only else None))


@app.command()
def chat(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, in and out, for scripts.")] = False,
    at: Annotated[str, typer.Option(help="Where the clock stands, with its time zone.")] = DEMO_START,
    person: Annotated[str, typer.Option(help="Who is talking; one person for each name.")] = "kamu",
    database: Database = None,
    vouch: Annotated[
        bool, typer.Option("--vouch", help="With --database: numbers typed here are the person's own; audited.")
    ] = False,
    why: Annotated[bool, typer.Option("--why", help="Tell of each answer what it follows from.")] = False,
    channel: Annotated[
        ChatChannel, typer.Option(help="Show messages as the terminal's own, or as WhatsApp would show them.")
    ] = ChatChannel.terminal,
) -> None:
    """Talk with Sobat in the terminal.

    With --json each line in is {"text": ...}, {"press": LABEL}, {"contact": "+62812..."} or {"clock": ISO};
    each line out tells what was understood and every message that went out.
    """
    moment, as_whatsapp = as_moment(at), channel is ChatChannel.whatsapp

    gc.disable()  # until all is loaded: looking for garbage among it only takes time

    async def talk() -> None:
        if as_json:
            from bot.cli.chat_json import run_json

            await run_json(at=moment, person=person, database=database, vouch=vouch, why=why, whatsapp=as_whatsapp)
        else:
            from bot.cli.chat_terminal import run_terminal

            await run_terminal(at=moment, person=person, database=database, vouch=vouch, why=why, whatsapp=as_whatsapp)

    told(lambda: asyncio.run(talk()))


@app.command()
def check(
    *,
    live: Annotated[bool, typer.Option("--live", help="What waits at this moment, in the running service.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for machines.")] = False,
) -> None:
    """Check settings and programme data: sources, dates, platforms, words.

    With --live, look into the store of the running service instead: how many messages wait for an answer, what
    is due, whether Telegram wants a pause, whether each role does its work, and whether the reminders of the next
    cutoff will be out in time.

    Exit code 0 where all is well, 1 where something is wrong or waits for too long, and 2 where a setting or the
    database can't be used at all.
    """
    from bot.cli.check import check_everything
    from bot.cli.check_service import check_live

    told(lambda: sys.exit(asyncio.run(check_live(as_json=as_json)) if live else check_everything(as_json=as_json)))


@db.command("upgrade")
def upgrade(database: Database = None) -> None:
    """Bring the database to the newest revision; safe to run again."""
    from bot.cli.check import upgrade_database

    told(lambda: asyncio.run(upgrade_database(database)))


@app.command()
def understand(
    words: Annotated[list[str] | None, typer.Argument(help="What somebody wrote; or review, label, learn.")] = None,
    *,
    file: Annotated[Path | None, typer.Option("--file", help="Lines of TEXT tab INTENTS to evaluate.")] = None,
    dialogues: Annotated[Path | None, typer.Option(help="Dialogues to play and judge: a file, or a folder.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The figures as JSON.")] = False,
    limit: Annotated[int, typer.Option(help="How many misses to list.")] = 50,
    database: Database = None,
) -> None:
    """Show what a text is understood as, evaluate a file of them, or learn from what was missed.

    sobat understand "gel 21 terakhir kapan"      shows intent, certainty and named things

    sobat understand --file lines.tsv [--json]    evaluates lines of TEXT tab INTENTS

    sobat understand --dialogues FILE [--json]    plays the dialogues of a file or folder and judges the answers

    sobat understand review                       lists what was not understood

    sobat understand label 12 deadline            says what number 12 meant

    sobat understand learn                        adds what was labelled to the training; then: make model
    """
    from bot.cli import learn as learning
    from bot.cli.understand import evaluate_dialogues, evaluate_file, show_text

    match words or []:
        case [] if dialogues is not None:
            told(lambda: evaluate_dialogues(dialogues, as_json=as_json))
        case [] if file is not None:
            told(lambda: evaluate_file(file, as_json=as_json))
        case ["review"]:
            told(lambda: asyncio.run(learning.review(database, limit)))
        case ["label", *pairs]:
            told(lambda: asyncio.run(learning.label(database, pairs)))
        case ["learn"]:
            told(lambda: asyncio.run(learning.learn(database)))
        case []:
            raise typer.BadParameter("give a text, or --file.")
        case text:
            told(lambda: show_text(" ".join(text)))
