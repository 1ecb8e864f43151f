"""`/konsol`: a member of the staff gets a link into the console, for two minutes and once."""

from __future__ import annotations

from handlers.dialogue.register import conversation
from handlers.dialogue.reply import Reply, say
from handlers.dialogue.turn import Turn
from locales import _
from programme.model.messages import Open
from programme.model.staff import ConsoleWished


@conversation("console", commands=("konsol",), staff=True)
async def console(turn: Turn) -> Reply | Open:
    """Order a link; the roof makes it and answers with it."""
    if turn.staff is None:
        return Open("help")
    turn.order(ConsoleWished())
    return no_console()


def way_in(link: str) -> Reply:
    """Show the link, and what it is good for."""
    return say(
        _("🔑 Tautan masuk konsol, hanya untukmu. Berlaku 2 menit, sekali pakai. Jangan diteruskan.\n{link}"),
        link=link,
    )


def no_console() -> Reply:
    """Say that there is none, and who can change that."""
    return say(_("Konsol belum dipasang di sini. Minta operator menjalankannya dan mengisi CONSOLE_URL."))
