"""`sobat understand`: what a text is understood as, and how well a file of them is."""

from __future__ import annotations

import sys
from pathlib import Path

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
