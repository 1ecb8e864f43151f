"""How the bot presents itself in Telegram: its menu of commands and its description, in every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from telegram import BotCommand, BotCommandScopeAllPrivateChats

from bot.channels.telegram.account import Account

_SCOPE = BotCommandScopeAllPrivateChats()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What people of one language see.

    `commands` by name without the slash (at most 32 characters), each with up to 256 characters of
    explanation, in the order of the menu; `description` up to 512, shown before the first message; `about` up
    to 120, shown on the bot's page.
    """

    commands: Mapping[str, str]
    description: str
    about: str


async def start(account: Account, profiles: Mapping[str, Profile], default: str = "id") -> None:
    """Bring the bot's face in line with `profiles`, by language code; `default` is for every other language.

    Changes only what differs, since Telegram throttles such changes for hours. Raises TelegramError.
    """
    for code, profile in (("", profiles[default]), *profiles.items()):
        await _commands(account, code, profile)
        if (await account.get_my_description(code)).description != profile.description:
            await account.set_my_description(profile.description, code)
        if (await account.get_my_short_description(code)).short_description != profile.about:
            await account.set_my_short_description(profile.about, code)


async def _commands(account: Account, code: str, profile: Profile) -> None:
    wanted = [BotCommand(name, words) for name, words in profile.commands.items()]
    if list(await account.get_my_commands(_SCOPE, code)) != wanted:
        await account.set_my_commands(wanted, _SCOPE, code)
