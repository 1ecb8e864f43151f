"""`sobat understand`: what a text is understood as, and how well a file of them is."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import orjson
from rich.console import Console
from rich.table import Table

from handlers.understanding import understand
from programme.model.clock import SystemClock
from programme.model.zones import Zone

console = Console()


def show_text(text: str) -> None:
    """Show the normalised text, the likeliest meanings and the entities."""
    understood = understand(text, today=SystemClock().now().astimezone(Zone.WIB.tz).date())
    console.print(f"[dim]normalised[/]  {understood.normalised}", highlight=False)
    verdict = "answers at once" if understood.certain else "asks back"
    console.print(f"[dim]verdict[/]     {', also '.join((verdict, *understood.also))}", highlight=False)
    table = Table("intent", "confidence", box=None, header_style="dim")
    for guess in understood.guesses[:3]:
        table.add_row(guess.intent, f"{guess.confidence:.1%}")
    console.print(table)
    for entity in understood.entities:
        console.print(f"[dim]{entity.kind:<11}[/] {entity.value}  [dim]({entity.text})[/]", highlight=False)


def evaluate_file(file: Path, *, as_json: bool) -> None:
    """Evaluate lines of `text TAB acceptable,intents` and print the figures."""
    from handlers.understanding import evaluate

    figures = evaluate.evaluate_file(file)
    if as_json:
        sys.stdout.write(orjson.dumps(figures).decode() + "\n")
        return
    for name, value in figures.items():
        if name != "wrong":
            console.print(f"{name:<24}{value}", highlight=False)
    for miss in figures["wrong"]:
        console.print(miss, highlight=False)


def evaluate_dialogues(path: Path, *, as_json: bool) -> None:
    """Play the dialogues of a file or folder, judge their last answers, and print the figures."""
    from bot.cli.dialogues.judge import Verdict, figures, judge
    from bot.cli.dialogues.play import play
    from bot.cli.dialogues.script import read_scripts
    from programme.programme import load_programme
    from reminders.policy import load_policy

    async def judged() -> dict[str, Any]:
        programme, policy = load_programme(), load_policy()
        return figures([judge(one, await play(one, programme, policy)) for one in read_scripts(path)])

    told = asyncio.run(judged())
    if as_json:
        sys.stdout.write(orjson.dumps(told).decode() + "\n")
        return
    table = Table("", "n", *Verdict, box=None, header_style="dim")
    for name, row in (("all", told), *told["kinds"].items()):
        table.add_row(name, *(str(row[column]) for column in ("n", *Verdict)))
    for failing in told["failing"]:
        console.print(f"[bold]{failing['verdict']}[/] {failing['name']} ({failing['place']})", highlight=False)
        console.print("\n".join(failing["said"]), highlight=False, markup=False)
        console.print("\n".join(f"  - {why}" for why in failing["why"]), style="yellow", highlight=False, markup=False)
    console.print(table)
