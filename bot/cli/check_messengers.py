"""Whether both messengers take what is set: token, staff groups and their rights, number, subscription, templates."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from rich.console import Console
from telegram.error import InvalidToken, TelegramError

from bot.app.settings import Settings, read_settings
from bot.app.whatsapp_health import number_complaints
from bot.channels.telegram.account import Account, open_account
from bot.channels.whatsapp.graph import Graph, GraphError
from bot.channels.whatsapp.number import NUMBER_FIELDS, facts_of
from bot.channels.whatsapp.template_rules import problems as template_problems
from bot.channels.whatsapp.templates import load_templates
from bot.channels.wire import AnswerLost, NotSent
from reminders.policy import load_policy

_WITHIN: Final = 5.0
"""Seconds in which a messenger has to answer."""


async def telegram_troubles(console: Console) -> list[str]:
    """Telegram must take the token, and let the bot keep topics in the staff's groups, if it can be asked from here."""
    settings = read_settings()
    if settings.telegram_token is None:
        return []
    try:
        async with _asked(settings.telegram_token.get_secret_value(), settings) as account:
            await account.get_me()
            return [trouble async for trouble in _groups(account, settings)]
    except InvalidToken:
        return ["TELEGRAM_TOKEN: Telegram refuses it; copy it anew from @BotFather"]
    except (TelegramError, TimeoutError) as error:
        why = str(error) or f"no answer within {_WITHIN:g} s"
        console.print(f"  the token was not tried, Telegram can't be asked from here: {why}", highlight=False)
    return []


@asynccontextmanager
async def _asked(token: str, settings: Settings) -> AsyncIterator[Account]:
    """Have the account for as long as a messenger has to answer. Raises TimeoutError."""
    account = open_account(token, settings.telegram_base_url)
    try:
        await account.open()
        async with asyncio.timeout(_WITHIN):
            yield account
    finally:
        await account.shutdown()


async def _groups(account: Account, settings: Settings) -> AsyncIterator[str]:
    for group in settings.staff_groups:
        if (lacks := await _lacks(account, group)) is not None:
            yield f"TELEGRAM_STAFF_GROUP: {group} {lacks}, so complaints are not shown there"


async def _lacks(account: Account, group: str) -> str | None:
    """Say what a staff group lacks; None where topics can be kept in it."""
    try:
        chat = await account.call("getChat", chat_id=group)
        standing = await account.call("getChatMember", chat_id=group, user_id=account.number)
    except TelegramError as error:
        return f"is not known to the bot ({error}): add it to the group"
    if not chat.get("is_forum"):
        return "has no topics: turn them on in the group's settings"
    if not standing.get("can_manage_topics") and standing.get("status") != "creator":
        return "does not let the bot manage topics: make it an administrator with that right"
    return None


async def telegram_webhook_troubles(console: Console) -> list[str]:
    """Updates must arrive where this service hears them; asked of a running one, which sets that itself."""
    settings = read_settings()
    if settings.telegram_token is None:
        return []
    try:
        async with _asked(settings.telegram_token.get_secret_value(), settings) as account:
            found = str((await account.call("getWebhookInfo")).get("url", ""))
    except (TelegramError, TimeoutError) as error:
        console.print(f"  where Telegram sends updates could not be asked: {error}", highlight=False)
        return []
    wanted = f"{settings.telegram_webhook_url.rstrip('/')}/telegram" if settings.telegram_webhook_url else ""
    if found == wanted:
        return []
    where = "to an address that is not ours" if found else "nowhere"
    return [f"Telegram sends updates {where}, so nobody's message arrives: is a web process running? It mends that"]


async def whatsapp_troubles(console: Console) -> list[str]:
    """Meta must take the token, know the number, let it send and tell us; our templates must be in order."""
    settings = read_settings()
    found = template_problems(load_templates(), load_policy())
    if settings.whatsapp_token is None:
        return found
    token, number = settings.whatsapp_token.get_secret_value(), settings.whatsapp_phone_number_id or ""
    try:
        async with Graph(settings.whatsapp_base_url, token) as graph, asyncio.timeout(_WITHIN):
            told = facts_of(await graph.get(number, fields=NUMBER_FIELDS))
            apps = (await graph.get(f"{settings.whatsapp_account_id}/subscribed_apps")).get("data")
    except GraphError as error:
        return [*found, f"WHATSAPP_TOKEN, WHATSAPP_PHONE_NUMBER_ID or WHATSAPP_ACCOUNT_ID: Meta refuses them: {error}"]
    except (NotSent, AnswerLost, TimeoutError) as error:
        why = str(error) or f"no answer within {_WITHIN:g} s"
        console.print(f"  the token was not tried, Meta can't be asked from here: {why}", highlight=False)
        return found
    return [*found, *number_complaints(told), *([] if apps else [_UNSUBSCRIBED])]


_UNSUBSCRIBED: Final = (
    "no app is subscribed to the WhatsApp Business Account, so nobody's message arrives: set up the webhook at Meta "
    "(docs/WHATSAPP.md, step 8)"
)
