"""`sobat check` and `sobat db upgrade`: is everything in order before people rely on it?"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Mapping
from datetime import date

import orjson
from rich.console import Console
from telegram.error import InvalidToken, TelegramError

from bot.app.database_errors import TOO_NEW, missing_file, place_troubles
from bot.app.health import complaints, lines, look
from bot.app.number_keys import foreign, lost
from bot.app.settings import DEFAULT_DATABASE, Settings, WrongSetting, read_settings
from bot.app.telemetry.starting import lacking
from bot.app.whatsapp_health import number_complaints, template_complaints
from bot.channels.network import AnswerLost, NotSent
from bot.channels.telegram.account import open_account
from bot.channels.whatsapp.graph import Graph, GraphError
from bot.channels.whatsapp.number import NUMBER_FIELDS, facts_of
from bot.channels.whatsapp.template_rules import problems as template_problems
from bot.channels.whatsapp.templates import load_templates
from bot.cli.acting import opened
from bot.cli.check_clock import clock_troubles
from bot.cli.errors import sentence_of
from bot.helpdesk.filling import unknown_place
from handlers.dialogue.register import conversations
from handlers.intents import INTENTS
from handlers.understanding import find_entities
from locales import languages
from programme.check import problems
from programme.helpdesk import load_helpdesk
from programme.programme import load_programme
from reminders.policy import load_policy

console = Console()

_WITHIN = 5.0
"""Seconds in which the database and Telegram have to answer."""


def check_everything(*, as_json: bool = False) -> int:
    """Check settings, programme data, policy and conversations; return 0 where all is in order."""
    console.quiet = as_json
    checks: dict[str, Callable[[], list[str]]] = {
        "settings": _settings,
        "database": lambda: asyncio.run(_database()),
        "clock and zones": lambda: asyncio.run(clock_troubles()),
        "Telegram": lambda: asyncio.run(_telegram()),
        "WhatsApp": lambda: asyncio.run(_whatsapp()),
        "secret": lambda: asyncio.run(_secret()),
        "programme data": lambda: problems(load_programme()),
        "reminder policy": _policy,
        "helpdesk": _helpdesk,
        "conversations": _conversations,
        "names people use": _names,
    }
    found = {name: _wrong(check) for name, check in checks.items()}
    for name, wrong in found.items():
        console.print(f"[green]✓[/] {name}" if not wrong else f"[red]✗[/] {name}")
        for complaint in wrong:
            console.print(f"    {complaint}", highlight=False)
    if as_json:
        checks_told = [{"name": name, "ok": not wrong, "wrong": wrong} for name, wrong in found.items()]
        _print_json({"ok": not any(found.values()), "checks": checks_told})
    return 1 if any(found.values()) else 0


def _print_json(told: Mapping[str, object]) -> None:
    sys.stdout.write(orjson.dumps(told).decode() + "\n")


def _wrong(check: Callable[[], list[str]]) -> list[str]:
    """Return what one check finds wrong; an error that an operator can mend is one of the findings."""
    try:
        return check()
    except WrongSetting:
        raise
    except Exception as error:
        sentence = sentence_of(error)
        if sentence is None:
            raise
        return [sentence]


async def check_live(database: str | None = None, *, as_json: bool = False) -> int:
    """Tell how the running service is doing; return 0 where nothing waits for too long."""
    console.quiet = as_json
    async with opened(database) as store, store.reading() as tx:
        stats = await look(tx)
        templates = await tx.accounts.templates() if stats.whatsapp is not None else None
    for line in lines(stats):
        console.print(f"  {line}", highlight=False, soft_wrap=True)
    wrong = complaints(stats, read_settings().whatsapp_tier)
    if templates is not None:
        wrong += template_complaints(templates, load_programme(), stats.at)
    for complaint in wrong:
        console.print(f"[red]✗[/] {complaint}", highlight=False, soft_wrap=True)
    if not wrong:
        console.print("[green]✓[/] nothing waits for too long")
    if as_json:
        _print_json({"ok": not wrong, "waits": lines(stats), "wrong": wrong})
    return 1 if wrong else 0


async def upgrade_database(database: str | None) -> None:
    """Bring the database to the newest revision."""
    async with opened(database, first=True) as store:
        await store.prepare()
    console.print("[green]✓[/] the database is up to date")


def _settings() -> list[str]:
    settings = read_settings()
    console.print(f"  serving: {_mode(settings)}; languages: {', '.join(languages())}", highlight=False)
    return lacking(settings)


async def _database() -> list[str]:
    """It must be within reach, and not newer than this Sobat."""
    settings = read_settings()
    url = settings.database_url or (DEFAULT_DATABASE if settings.is_real else None)
    if url is None:
        return []
    if (wrong := place_troubles(url)) or missing_file(url):
        return wrong
    try:
        async with opened(url, first=True) as store, asyncio.timeout(_WITHIN):
            too_new = await store.is_too_new()
    except TimeoutError:
        return [f"the database did not answer within {_WITHIN:g} s: is DATABASE_URL right, and does the server run?"]
    return [TOO_NEW] if too_new else []


async def _telegram() -> list[str]:
    """Telegram must take the token, if it can be asked from here."""
    settings = read_settings()
    if settings.telegram_token is None:
        return []
    account = open_account(settings.telegram_token.get_secret_value(), settings.telegram_base_url)
    try:
        await account.open()
        async with asyncio.timeout(_WITHIN):
            await account.get_me()
    except InvalidToken:
        return ["TELEGRAM_TOKEN: Telegram refuses it; copy it anew from @BotFather"]
    except (TelegramError, TimeoutError) as error:
        why = str(error) or f"no answer within {_WITHIN:g} s"
        console.print(f"  the token was not tried, Telegram can't be asked from here: {why}", highlight=False)
    finally:
        await account.shutdown()
    return []


async def _whatsapp() -> list[str]:
    """Meta must take the token, know the number, and let it send; our templates must be in order."""
    settings = read_settings()
    found = template_problems(load_templates(), load_policy())
    if settings.whatsapp_token is None:
        return found
    token, number = settings.whatsapp_token.get_secret_value(), settings.whatsapp_phone_number_id or ""
    try:
        async with Graph(settings.whatsapp_base_url, token) as graph, asyncio.timeout(_WITHIN):
            told = facts_of(await graph.get(number, fields=NUMBER_FIELDS))
    except GraphError as error:
        return [*found, f"WHATSAPP_TOKEN or WHATSAPP_PHONE_NUMBER_ID: Meta refuses them: {error}"]
    except (NotSent, AnswerLost, TimeoutError) as error:
        why = str(error) or f"no answer within {_WITHIN:g} s"
        console.print(f"  the token was not tried, Meta can't be asked from here: {why}", highlight=False)
        return found
    return [*found, *number_complaints(told)]


async def _secret() -> list[str]:
    """The secret must be the one with which the database's hashes were made."""
    settings = read_settings()
    url = settings.database_url or (DEFAULT_DATABASE if settings.is_real else None)
    if url is None or missing_file(url):
        return []
    async with opened(url, first=True) as store, store.reading() as tx:
        if not await tx.number_keys.begun():
            return []
        wrong = await foreign(tx, settings.secrets)
        lying = await lost(tx, settings.secrets)
    lines = [] if wrong is None else [str(wrong)]
    return lines + [
        f"{left:,} numbers lie under key {place}, whose secret is not in SOBAT_SECRET_OLD"
        for place, left in lying.items()
        if wrong is None
    ]


def _mode(settings: Settings) -> str:
    if not settings.is_real:
        return "the demonstration (neither TELEGRAM_TOKEN nor WHATSAPP_TOKEN)"
    how = []
    if settings.telegram_token is not None:
        how.append("Telegram by webhook" if settings.telegram_webhook_url else "Telegram by long polling")
    if settings.whatsapp_token is not None:
        how.append("WhatsApp by webhook")
    return f"{' and '.join(how)}; the chat page is {'on' if settings.web_chat else 'off (WEB_CHAT)'}"


def _policy() -> list[str]:
    load_policy()
    return []


def _helpdesk() -> list[str]:
    """Every place in a canned reply must be one that can be filled."""
    found = {name: unknown_place(reply.text) for name, reply in load_helpdesk().canned.items()}
    return [
        f"canned_replies.toml: [{name}] has {{{place}}}, which nobody fills" for name, place in found.items() if place
    ]


def _names() -> list[str]:
    """Every platform and partner must be understood in free text, by its name."""
    programme, today = load_programme(), date(2021, 10, 18)
    wanted = [("platform", one.id, one.name) for one in programme.platforms.values()]
    wanted += [("partner", one.id, one.name) for one in programme.partners.values()]
    return [
        f"{name} is not understood: add it to handlers/understanding/words/names.tsv"
        for kind, number, name in wanted
        if number not in {found.value for found in find_entities(name, today=today, kinds=(kind,))}
    ]


def _conversations() -> list[str]:
    """Every intent must have its conversation, with words for its button."""
    known = conversations()
    lacking = [intent for intent in INTENTS if intent not in known]
    unnamed = [intent for intent in INTENTS if intent in known and not known[intent].about]
    return [f"no conversation for the intent {intent}" for intent in lacking] + [
        f"the conversation {intent} lacks its `about`" for intent in unnamed
    ]
