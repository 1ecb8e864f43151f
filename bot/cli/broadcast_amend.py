"""Takes announcements back, corrects them where they stand, and stops all, from the command line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from rich.console import Console

from bot.broadcasts.amending import Amending
from bot.broadcasts.telling import tell_author
from bot.cli.acting import open_desk
from bot.cli.broadcast_order import refuse_typed
from bot.cli.text_files import read_words
from programme.announcement import compose_broadcast
from programme.model.amendments import AmendmentState
from programme.model.broadcast_refusals import NoSuchBroadcast

console = Console(stderr=True)


async def withdraw(number: int, acting_as: str | None, database: str | None) -> None:
    """Call an announcement off, and take it back where it went out. Raises BroadcastRefused."""
    async with open_desk(database) as desk:
        member = await desk.member(acting_as)
        async with desk.store.writing() as tx:
            amendment = await Amending(desk.office).withdraw(tx, number, member, f"command/{uuid4().hex}")
            await desk.record_typist(tx, member, f"broadcast/{number}")
            if (found := await tx.broadcasts.get(number)) is not None:
                await tell_author(tx, found, desk.office.rules)
    console.print(
        f"[green]✓[/] number {amendment.broadcast} is cancelled, and taken back by sobat run where that can be done; "
        f"see how far: sobat broadcast status {number}",
        highlight=False,
    )


async def edit(number: int, text: Path, english: Path | None, acting_as: str | None, database: str | None) -> None:
    """Have an announcement say something else, where it went out and from now on. Raises BroadcastRefused."""
    messages = compose_broadcast(_texts(text, english), conversations=())
    async with open_desk(database) as desk:
        member = await desk.member(acting_as)
        async with desk.store.writing() as tx:
            found = await tx.broadcasts.get(number)
            if found is None:
                raise NoSuchBroadcast(number)
            words = {language: replace(each, keys=found.messages["id"].keys) for language, each in messages.items()}
            amendment = await Amending(desk.office).edit(tx, number, words, member, f"command/{uuid4().hex}")
            await desk.record_typist(tx, member, f"broadcast/{number}")
    waits = amendment.state is AmendmentState.WAITING_APPROVAL
    then = "it waits for a second person, at the console" if waits else "sobat run puts the new words in their place"
    console.print(f"[green]✓[/] {then}; to go on with the others: sobat broadcast resume {number}", highlight=False)


async def stop_all(acting_as: str | None, database: str | None) -> None:
    """Pause everything that goes out or is scheduled. Raises BroadcastRefused."""
    async with open_desk(database) as desk:
        member = await desk.member(acting_as)
        async with desk.store.writing() as tx:
            stopped = await desk.turns.stop_all(tx, member)
            await desk.record_typist(tx, member, "broadcast")
    numbers = ", ".join(str(each.id) for each in stopped) or "none was going out"
    console.print(f"[green]✓[/] paused: {numbers}", highlight=False)


def _texts(text: Path, english: Path | None) -> dict[str, str]:
    texts = {"id": read_words(text)}
    texts |= {"en": read_words(english)} if english is not None else {}
    refuse_typed(texts.values(), ())
    return texts
