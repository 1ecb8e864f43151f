"""`sobat check` and `sobat db upgrade`: is everything in order before people rely on it?"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Mapping
from datetime import date

import orjson
from rich.console import Console

from bot.app.database_errors import TOO_NEW, missing_file, place_troubles
from bot.app.number_keys import foreign, lost
from bot.app.settings import DEFAULT_DATABASE, Settings, WrongSetting, read_settings
from bot.app.telemetry.starting import lacking
from bot.cli.acting import opened
from bot.cli.check_clock import clock_troubles
from bot.cli.check_messengers import telegram_troubles, whatsapp_troubles
from bot.cli.errors import sentence_of
from bot.helpdesk.filling import unknown_place
from handlers.dialogue.register import conversations
from handlers.intents import INTENTS
from handlers.understanding import find_entities
from locales import languages, speaking
from programme.check import problems
from programme.helpdesk import load_helpdesk
from programme.programme import load_programme
from reminders.policy import load_policy
from reminders.policy_check import policy_problems

console = Console()

_WITHIN = 5.0
"""Seconds in which the database has to answer."""


def check_everything(*, as_json: bool = False) -> int:
    """Check settings, programme data, policy and conversations; return 0 where all is in order."""
    console.quiet = as_json
    checks: dict[str, Callable[[], list[str]]] = {
        "settings": _settings,
        "database": lambda: asyncio.run(_database()),
        "clock and zones": lambda: asyncio.run(clock_troubles()),
        "Telegram": lambda: asyncio.run(telegram_troubles(console)),
        "WhatsApp": lambda: asyncio.run(whatsapp_troubles(console)),
        "privacy notice": _privacy,
        "secret": lambda: asyncio.run(_secret()),
        "programme data": _programme,
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


async def upgrade_database(database: str | None) -> None:
    """Bring the database to the newest revision."""
    async with opened(database, first=True) as store:
        await store.prepare()
    console.print("[green]✓[/] the database is up to date")


def _settings() -> list[str]:
    settings = read_settings()
    console.print(f"  serving: {_mode(settings)}; languages: {', '.join(languages())}", highlight=False)
    return lacking(settings)


def _privacy() -> list[str]:
    """People must be told who answers for their data, where these are real people's."""
    settings = read_settings()
    if not settings.is_real or settings.controller is not None:
        return []
    return [
        "OPERATOR_NAME and OPERATOR_CONTACT: Law 27/2022, article 5, wants people told who answers for their data "
        "and how to reach them; /privasi tells both"
    ]


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


def _programme() -> list[str]:
    with speaking("en"):
        return problems(load_programme())


def _policy() -> list[str]:
    with speaking("en"):
        return policy_problems(load_policy())


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
