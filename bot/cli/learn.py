"""Learning from misses: staff read what was not understood, label it, and it joins the training."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from rich.console import Console
from rich.table import Table

from bot.cli.acting import opened
from bot.store import Miss
from bot.store.repositories.misses import folded
from handlers.intents import INTENTS
from handlers.understanding.utterances import TRAINING, VOICE, utterances

console = Console()


class BadLabel(ValueError):
    """A label that can't be used; the sentence says what to write."""


async def review(database: str | None, limit: int) -> None:
    """List what was not understood and has no label yet, by the engine's guess, the commonest first."""
    async with opened(database) as store:
        await store.prepare()
        async with store.reading() as tx:
            misses = await tx.misses.grouped(limit)
    if not misses:
        console.print("Nothing waits for a label.")
        return
    for guess, group in groupby(sorted(misses, key=_by_guess), key=lambda miss: miss.guess or "?"):
        table = Table("no.", "times", "sure", "text", title=f"perhaps {guess}", title_justify="left", box=None)
        for miss in group:
            sure = f"{miss.confidence:.0%}" if miss.confidence is not None else ""
            table.add_row(str(miss.id), str(miss.times), sure, miss.text)
        console.print(table)
    console.print("[dim]Label: sobat understand label NO INTENT [NO INTENT ...]; then: sobat understand learn[/]")


async def label(database: str | None, words: Sequence[str]) -> None:
    """Note intents for misses, given as number, intent, number, intent. Raises BadLabel."""
    if not words or len(words) % 2:
        raise BadLabel("write pairs: sobat understand label NO INTENT [NO INTENT ...]")
    pairs = list(pairwise(words))[::2]
    for number, intent in pairs:
        if not number.isdecimal():
            raise BadLabel(f"{number!r} is no number of `sobat understand review`")
        if intent not in INTENTS:
            raise BadLabel(f"{intent!r} is no intent; they are {', '.join(INTENTS)}")
    async with opened(database) as store:
        await store.prepare()
        async with store.writing() as tx:
            for number, intent in pairs:
                if not await tx.misses.label(int(number), intent):
                    raise BadLabel(f"there is no number {number}: see sobat understand review")
    console.print(f"{len(pairs)} labelled")


async def learn(database: str | None) -> None:
    """Add what was labelled to the training files, each text once; then `make model` trains anew."""
    async with opened(database) as store:
        await store.prepare()
        async with store.reading() as tx:
            labelled = await tx.misses.labelled()
    known = {folded(utterance.text) for utterance in utterances()}
    new = [miss for miss in labelled if folded(miss.text) not in known]
    for miss in new:
        with (TRAINING / "intents" / f"{miss.intent}.tsv").open("a", encoding="utf-8") as file:
            file.write(f"{VOICE}\t{' '.join(miss.text.split())}\n")
    console.print(f"{len(new)} new utterances. Read them over, then: make model")


def _by_guess(miss: Miss) -> tuple[str, int]:
    return (miss.guess or "?", -miss.times)
