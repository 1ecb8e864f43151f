"""Orders an announcement from the command line, after showing what it comes to."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import typer
from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot.broadcasts.listing import make_list
from bot.broadcasts.telling import ask_to_approve
from bot.broadcasts.trying import author_of, example_for, for_sample, sample_of, send_to_author
from bot.channels.pictures import as_png
from bot.channels.plain import plain
from bot.cli.acting import CommandContext, open_desk
from bot.cli.broadcast_report import duration, left_out, wib
from bot.cli.text_files import read_words
from bot.cli.whatsapp_words import whatsapp_lines
from handlers.dialogue.register import open_to_people
from programme.announcement import WrongBroadcast, compose_broadcast
from programme.model.broadcast_refusals import NeverWrote, check_in_time
from programme.model.broadcasts import (
    Audience,
    BroadcastAct,
    BroadcastActed,
    BroadcastOrdered,
    BroadcastState,
    Draft,
    Forecast,
)
from programme.model.messages import Link, Message, Picture
from programme.model.milestones import Milestone
from programme.model.staff import StaffMember
from programme.model.zones import Zone
from programme.placeholders import sample
from programme.programme import load_programme
from programme.typed_facts import typed_facts

console = Console(stderr=True)
LARGEST_PICTURE = 20_000_000
LARGEST_SIDE = 1280  # pixels; Telegram shows no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked for on the command line."""

    text: Path
    english: Path | None = None
    waves: tuple[int, ...] = ()
    reached: tuple[Milestone, ...] = ()
    not_reached: tuple[Milestone, ...] = ()
    zones: tuple[Zone, ...] = ()
    linked: bool | None = None
    got: int | None = None
    left_with_it: bool = False
    people: Path | None = None
    share: int | None = None
    sample: int | None = None
    picture: Path | None = None
    picture_says: str = ""
    buttons: tuple[str, ...] = ()
    at: datetime | None = None
    until: datetime | None = None
    again: bool = False

    def draft(self) -> Draft:
        """Read the files and return the announcement. Raises WrongBroadcast or OSError."""
        texts = {"id": read_words(self.text)}
        if self.english is not None:
            texts["en"] = read_words(self.english)
        refuse_typed(texts.values(), self.waves)
        picture = None if self.picture is None else read_picture(self.picture, self.picture_says)
        return Draft(
            audience=Audience(
                waves=self.waves,
                reached=self.reached,
                not_reached=self.not_reached,
                zones=self.zones,
                linked=self.linked,
                got=self.got,
                left_with_it=self.left_with_it,
                share=self.share,
            ),
            messages=compose_broadcast(texts, self.buttons, picture, conversations=open_to_people()),
            starts_at=self.at,
            not_after=self.until,
            again=self.again,
        )


async def order(
    wish: Request,
    acting_as: str | None,
    database: str | None,
    clock: datetime | None,
    *,
    dry_run: bool,
    preview: bool,
    yes: bool,
) -> None:
    """Show what it comes to; then order it, unless it is only to be looked at. Raises BroadcastRefused."""
    draft = wish.draft()
    async with open_desk(database, clock) as desk:
        member = await desk.member(acting_as)
        draft = await _narrowed(desk, wish, draft, member)
        if preview:
            await _send_preview(desk, draft, member)
            return
        with console.status("counting ..."):
            outlook = await desk.office.outlook(draft.meant(desk.now))
        _show(await _seen(desk, draft), outlook, draft.not_after)
        now = desk.now
        check_in_time(outlook, draft.starts_at or now, draft.not_after or outlook.not_after, now)
        if dry_run:
            console.print("nothing was ordered (--dry-run)")
            return
        if not yes and not _agreed(outlook):
            console.print("nothing was ordered")
            raise typer.Exit(1)
        async with desk.store.writing() as tx:
            wanted = BroadcastOrdered(draft, outlook)
            found = await desk.turns.obey(tx, wanted, member, f"command/{uuid4().hex}")
            await desk.record_typist(tx, member, found.source)
        waits = found.state is BroadcastState.WAITING_APPROVAL
        then = f"somebody else approves it: sobat broadcast approve {found.id}" if waits else "it goes out by sobat run"
        console.print(f"[green]✓[/] ordered as number [bold]{found.id}[/]; {then}", highlight=False)


async def _narrowed(desk: CommandContext, wish: Request, draft: Draft, member: StaffMember) -> Draft:
    """Keep to the list that was given, or to a sample."""
    if wish.people is not None:
        lines = read_words(wish.people).splitlines()
        async with desk.store.writing() as tx:
            listed = await make_list(tx, (line.split(",")[0] for line in lines), desk.numbers, member.who)
        console.print(f"list        {listed.people:,} people are known, {listed.strangers:,} lines are not")
        draft = replace(draft, audience=replace(draft.audience, listed=listed.number))
    if wish.sample is not None:
        people = await sample_of(desk.office, draft, wish.sample)
        async with desk.store.writing() as tx:
            draft = await for_sample(tx, draft, people, member.who)
    return draft


async def do(
    number: int, act: BroadcastAct, acting_as: str | None, database: str | None, clock: datetime | None
) -> None:
    """Do something with an announcement. Raises BroadcastRefused.

    Whoever types here can type any name: to approve is asked of that person in their own chat.
    """
    async with open_desk(database, clock) as desk:
        member = await desk.member(acting_as)
        if act is BroadcastAct.APPROVE:
            await _ask_to_approve(desk, number, member)
            return
        async with desk.store.writing() as tx:
            found = await desk.turns.obey(tx, BroadcastActed(number, act), member, "command")
            await desk.record_typist(tx, member, found.source)
    console.print(f"[green]✓[/] number {found.id} is {found.state.value.replace('_', ' ')} now", highlight=False)


async def _ask_to_approve(desk: CommandContext, number: int, member: StaffMember) -> None:
    if member.channel == "terminal":
        raise typer.BadParameter("approving takes a second person in their own chat; ask one: --as TELEGRAM-ID")
    async with desk.store.writing() as tx:
        await ask_to_approve(tx, number, member, desk.office.rules)
    console.print(f"[green]✓[/] {member.name} is asked in Telegram; it goes out once they press Setujui there")


def refuse_typed(texts: Iterable[str], waves: tuple[int, ...]) -> None:
    """Let nobody type what each one's own data would fill in. Raises WrongBroadcast that names it and its place."""
    facts = [fact for text in texts for fact in typed_facts(text, load_programme(), waves)]
    if facts:
        told = ", ".join(f"{fact.words!r} as {fact.place}" for fact in facts)
        raise WrongBroadcast(f"typed by hand what the programme's data fill in for each person: write {told}")


def read_picture(file: Path, says: str) -> Picture:
    """Read a picture file as a PNG. Raises WrongBroadcast for anything else, or too large a one."""
    if file.stat().st_size > LARGEST_PICTURE:
        raise WrongBroadcast(f"{file} is larger than {LARGEST_PICTURE // 1_000_000} MB")
    png = as_png(file.read_bytes(), LARGEST_SIDE)
    if png is None:
        raise WrongBroadcast(f"{file} is no picture that can be read; take a PNG or JPEG")
    return Picture(png, says)


async def _seen(desk: CommandContext, draft: Draft, name: str | None = None) -> Mapping[str, Message]:
    """Return the words with the data of somebody who is to get them, but not with their name."""
    person = await desk.office.example(draft.meant(desk.now), name)
    if person is None:
        return draft.messages
    return {
        language: sample(each, person, desk.office.programme, desk.now) for language, each in draft.messages.items()
    }


def _show(messages: Mapping[str, Message], outlook: Forecast, until: datetime | None) -> None:
    for language, message in messages.items():
        console.print(Panel(_as_seen(message), title=language, width=60), highlight=False)
    console.print(f"people      {outlook.count:,}", highlight=False)
    for reason, count in left_out(outlook.exclusions):
        console.print(f"  left out  {count:,} {reason}", highlight=False)
    if had := outlook.exclusions.heard:
        fits = outlook.count + had
        console.print(f"            {had:,} of {fits:,} already got these words; --again sends them on purpose")
    console.print(f"takes       {duration(outlook.lasts)}", highlight=False)
    console.print(f"costs       {f'{outlook.stars:,} Stars' if outlook.stars else 'nothing'}", highlight=False)
    for label, line in whatsapp_lines(outlook.whatsapp):
        console.print(f"{label:<12}{line}", highlight=False, soft_wrap=True)
    if (end := until or outlook.not_after) is not None:
        console.print(f"ends by     {wib(end)}, so it starts by {wib(outlook.latest_start(end))}", highlight=False)
    if outlook.needs_approval:
        console.print("approval    by a second person, for it is large", highlight=False)


def _as_seen(message: Message) -> Text:
    keys = [key for row in message.keys for key in row]
    labels = [f"[{key.label}] {key.url if isinstance(key, Link) else ''}".rstrip() for key in keys]
    picture = ["(picture)"] if message.picture else []
    return Text("\n".join([*picture, plain(message.text), *labels]))


def _agreed(outlook: Forecast) -> bool:
    if not sys.stdin.isatty():
        raise typer.BadParameter("nobody is there to ask: add --yes to order it, or --dry-run to look only")
    return typer.confirm(f"Send it to {outlook.count:,} people?")


async def _send_preview(desk: CommandContext, draft: Draft, member: StaffMember) -> None:
    """Owe the announcement to its author alone, filled with the data of somebody who is to get it."""
    async with desk.store.reading() as tx:
        try:
            author = await author_of(tx, member)
        except NeverWrote:
            told = "a preview needs --as TELEGRAM-ID, and that person must have written to the bot"
            raise typer.BadParameter(told) from None
    example = await example_for(desk.office, draft, author.person.name)
    async with desk.store.writing() as tx:
        await send_to_author(tx, desk.office, draft, author, example)
    console.print(f"[green]✓[/] a preview is on its way to {member.name}", highlight=False)
