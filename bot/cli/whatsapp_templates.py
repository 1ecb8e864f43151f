"""`sobat whatsapp templates`: look over the texts that Meta approves, send them in, and see how they stand."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.errors import told
from bot.cli.options import Database

if TYPE_CHECKING:
    from bot.channels.whatsapp.graph import Graph
    from bot.channels.whatsapp.template_account import KeptTemplate
    from bot.channels.whatsapp.templates import Template
    from bot.store import Store

app = typer.Typer(no_args_is_help=True, help="The texts that Meta approves beforehand.")
console = Console()
_WIDE = 250  # columns for whoever reads it by another program


@app.command()
def check() -> None:
    """Look over our templates without asking Meta: lengths, places, examples, languages, words that become false."""
    told(lambda: sys.exit(_check()))


@app.command()
def push(
    *,
    edit: Annotated[bool, typer.Option("--edit", help="Change those that differ at Meta, too.")] = False,
) -> None:
    """Send in what Meta has not got yet. What differs there is listed, and changed with --edit only.

    Meta looks at each, mostly within a day; it takes in at most 100 an hour, so the first time needs two rounds. One
    template can be changed once a day and ten times in 30 days, and can't be sent while it is looked at.
    """
    told(lambda: sys.exit(asyncio.run(_push(edit=edit))))


@app.command()
def status(database: Database = None) -> None:
    """List how each template stands at Meta, note it in the store, and say what to do.

    Exit code 1 where one of them is not sent.
    """
    told(lambda: sys.exit(asyncio.run(_status(database))))


Name = Annotated[str, typer.Argument(help="As status lists it, such as sobat_deadline_12h.")]
Language = Annotated[str, typer.Argument(help="id or en.")]


@app.command()
def stop(name: Name, language: Language, database: Database = None) -> None:
    """Send a template no more, whatever Meta says; a shorter one of its family goes out instead."""
    told(lambda: asyncio.run(_stop(database, name, language, stopped=True)))


@app.command()
def go_on(name: Name, language: Language, database: Database = None) -> None:
    """Send a template again that was stopped: by hand, or since Meta had filed it as MARKETING."""
    told(lambda: asyncio.run(_stop(database, name, language, stopped=False)))


@app.command(name="try")
def try_out(
    number: Annotated[str, typer.Argument(help="Your own number on WhatsApp, in digits: 628...")],
    database: Database = None,
) -> None:
    """Send yourself every template that may be sent, with made-up values: Meta holds part of a wave of an untried one.

    Each counts as used from then on; each costs what a message costs.
    """
    told(lambda: sys.exit(asyncio.run(_try(number, database))))


async def _try(number: str, database: str | None) -> int:
    from bot.app.settings import read_settings
    from bot.channels.buttons import ButtonSigner
    from bot.channels.whatsapp.addresses import is_number, recipient
    from bot.channels.whatsapp.template_bodies import body_of
    from programme.notices import notice
    from reminders.wording.compose import sample_picture

    if not is_number(number):
        raise typer.BadParameter("the number is written in digits with its country code, such as 6281234567890")
    sender = read_settings().whatsapp_phone_number_id
    signer = ButtonSigner(read_settings().secrets.current.buttons)
    known, sent = _checked(), []
    async with _store(database) as store, _account() as at:
        async with store.reading() as tx:
            usable = await tx.templates.usable()
        ready = [one for one in known if _key(one) in usable]
        image = await at.graph.upload(f"{sender}/media", sample_picture().data, name="batas-beli.png", mime="image/png")
        for one in ready:
            told_ = notice(one.notice, one.language, **{place: one.examples[place] for place in one.places})
            body = body_of(one, told_, signer.write, image if one.picture else None)
            await at.graph.post(f"{sender}/messages", {**body, **recipient(number)})
            sent.append(_key(one))
        async with store.writing() as tx:
            await tx.templates.used(sent)
    _say(f"{len(sent)} templates sent to your phone; see there how they look")
    return 0 if sent else 1


def _check() -> int:
    from bot.channels.whatsapp.template_rules import problems
    from bot.channels.whatsapp.templates import load_templates
    from reminders.policy import load_policy

    known = load_templates()
    found = problems(known, load_policy())
    for problem in found:
        _say(f"[red]✗[/] {problem}")
    if not found:
        families = len({one.notice for one in known.all})
        _say(f"[green]✓[/] {len(known.all)} templates of {families} families are in order")
    return 1 if found else 0


async def _push(*, edit: bool) -> int:
    from bot.channels.whatsapp.template_account import change, differences, take_in

    known = _checked()
    async with _account() as at:
        kept = await at.kept()
        new = [one for one in known if _key(one) not in kept]
        sample = await _sample(at.graph, new)
        for one in new:
            _say(f"{one.name} ({one.language}) sent in: {await take_in(at.graph, at.id, one, sample)}")
        pairs = [(one, kept[_key(one)]) for one in known if _key(one) in kept]
        differing = [(one, there, found) for one, there in pairs if (found := differences(one, there))]
        sample = await _sample(at.graph, [one for one, _there, _found in differing]) if edit else None
        for one, there, found in differing:
            if edit:
                await change(at.graph, there, one, sample)
            verb = "changed" if edit else "differs, and is left as it is without --edit"
            _say(f"{one.name} ({one.language}) {verb}: {', '.join(found)}")
    if len(pairs) == len(known) and not differing:
        _say("[green]✓[/] Meta has all of them as they are here")
    return 1 if differing and not edit else 0


async def _sample(graph: Graph, templates: Sequence[Template]) -> str | None:
    """Show Meta's reviewers the picture that some of these have; return its handle."""
    if not any(one.picture for one in templates):
        return None
    from reminders.wording.compose import sample_picture

    return await graph.upload_sample(sample_picture().data, name="batas-beli.png", mime="image/png")


async def _status(database: str | None) -> int:
    from bot.channels.whatsapp.template_account import what_to_do
    from bot.channels.whatsapp.templates import load_templates

    known = load_templates().all
    async with _account() as at:
        kept = await at.kept()
    pairs = [(one, kept.get((one.name, one.language))) for one in known]
    stopped = await _note(database, [(one, there) for one, there in pairs if there is not None])
    table = Table("template", "", "state", "category", "quality", "lives", "what to do")
    for one, there in pairs:
        here = "stopped here: go-on, once it is UTILITY and lives as it should" if _key(one) in stopped else ""
        table.add_row(one.name, one.language, *_cells(there), "; ".join(filter(None, (what_to_do(one, there), here))))
    (console if console.is_terminal else Console(width=_WIDE)).print(table)
    for name, language in sorted(set(kept) - {_key(one) for one in known}):
        _say(f"{name} ({language}) is at Meta and not here: delete it in WhatsApp Manager once nothing sends it")
    sent = [there is not None and there.is_sent_as(one) and _key(one) not in stopped for one, there in pairs]
    return 0 if all(sent) else 1


async def _note(database: str | None, pairs: Sequence[tuple[Template, KeptTemplate]]) -> frozenset[tuple[str, str]]:
    """Write into the store what Meta tells, say which it has taken from us since, and return which are stopped here."""
    async with _store(database, first=True) as store, store.writing() as tx:
        barred = await tx.templates.apply([there.news(tx.now, one) for one, there in pairs])
        standing = await tx.templates.all()
    for one in barred:
        why = f" ({one.reason})" if one.reason else ""
        _say(f"[red]✗[/] {one.name} ({one.language}) is no longer sent: {one.by}{why}")
    return frozenset((one.name, one.language) for one in standing if one.stopped_at is not None)


async def _stop(database: str | None, name: str, language: str, *, stopped: bool) -> None:
    async with _store(database) as store, store.writing() as tx:
        change = tx.templates.stop if stopped else tx.templates.go_on
        if not await change(name, language):
            raise typer.BadParameter(f"nothing is known of {name} ({language}): see sobat whatsapp templates status")
    _say(f"{name} ({language}) {'is sent no more' if stopped else 'is sent again, if Meta lets it'}")


@asynccontextmanager
async def _store(database: str | None, *, first: bool = False) -> AsyncIterator[Store]:
    from bot.cli.acting import opened

    async with opened(database, first=first) as store:
        await store.prepare()
        yield store


def _key(template: Template) -> tuple[str, str]:
    return template.name, template.language


def _cells(there: KeptTemplate | None) -> tuple[str, str, str, str]:
    if there is None:
        return "-", "-", "-", "-"
    lives = f"{there.ttl // 60} min" if there.ttl else "30 days"
    return there.state, there.category or "-", there.quality or "-", lives


def _checked() -> Sequence[Template]:
    """Return our templates. Raises DataError where Meta would refuse one."""
    from bot.channels.whatsapp.template_rules import problems
    from bot.channels.whatsapp.templates import load_templates
    from programme.loading import DataError
    from reminders.policy import load_policy

    known = load_templates()
    if found := problems(known, load_policy()):
        raise DataError(f"{found[0]}; see sobat whatsapp templates check")
    return known.all


@dataclass(frozen=True, slots=True)
class _Account:
    graph: Graph
    id: str

    async def kept(self) -> dict[tuple[str, str], KeptTemplate]:
        from bot.channels.whatsapp.template_account import kept_templates

        return await kept_templates(self.graph, self.id)


@asynccontextmanager
async def _account() -> AsyncIterator[_Account]:
    """Open our account at Meta. Raises WrongSetting, and Misconfigured for what Meta refuses."""
    from bot.app.settings import WrongSetting, read_settings
    from bot.channels.channel import Misconfigured
    from bot.channels.whatsapp.graph import Graph, GraphError
    from bot.channels.wire import AnswerLost, NotSent

    settings = read_settings()
    if settings.whatsapp_token is None or settings.whatsapp_account_id is None:
        raise WrongSetting("WHATSAPP_TOKEN: needed to ask Meta about templates")
    try:
        async with Graph(settings.whatsapp_base_url, settings.whatsapp_token.get_secret_value()) as graph:
            yield _Account(graph, settings.whatsapp_account_id)
    except GraphError as error:
        raise Misconfigured(f"Meta refuses it: {error}; what was done until then stays, run it again") from None
    except (NotSent, AnswerLost) as error:
        raise Misconfigured(f"Meta can't be reached: {error}; run it again") from None


def _say(line: str) -> None:
    console.print(line, highlight=False, soft_wrap=True)
